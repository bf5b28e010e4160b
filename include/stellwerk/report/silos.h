/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a store tells of silos: metrics that pull apart, stages over their channels, cases
 * that pass from owner to owner.
 */
#ifndef STELLWERK_REPORT_SILOS_H
#define STELLWERK_REPORT_SILOS_H

#include <stellwerk/scene/silos.h>
#include <stellwerk/store/store.h>

/* Measures over time, and each channel alone, and follows cases. What is found lives in the arena.
 * Fails where something cannot be measured, or the store was stopped; `out` is empty then. */
[[nodiscard]] bool silo_evidence_read(struct arena *arena, struct store *store,
                                      const struct journey *journey, const struct lens *lens,
                                      struct silo_evidence *out, struct error *err);

#endif
