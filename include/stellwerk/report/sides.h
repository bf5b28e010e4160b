/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures of everybody and of each persona and context alone, read from a store.
 */
#ifndef STELLWERK_REPORT_SIDES_H
#define STELLWERK_REPORT_SIDES_H

#include <stellwerk/insight/contrast.h>
#include <stellwerk/store/store.h>

struct side_figures {
    struct figures **items; /* as sides_lens() has them; on the heap */
    size_t count;
    struct figures *everybody;
};

/* Measures them all, complete. Fails where one cannot be measured, or the store was stopped; `out`
 * is empty then. */
[[nodiscard]] bool side_figures_read(struct store *store, const struct journey *journey,
                                     const struct lens *lens, struct side_figures *out,
                                     struct error *err);

/* An empty one is fine. */
void side_figures_finish(struct side_figures *figures);

#endif
