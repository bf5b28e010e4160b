/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Single cases: what customers said in theirs, and all that is known of one.
 */
#ifndef STELLWERK_STORE_CASES_H
#define STELLWERK_STORE_CASES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>
#include <stellwerk/store/store.h>

#define CASE_SCORES_MOST ((size_t)1 << 22) /* answers that are read: 96 MB */

/*
 * The answers to the map's metrics that say whose case they are of, as scores by the anchors of
 * their metric, their context's own where it has some. Lives in the arena. Answers to what is
 * scored only as a whole (an order statistic) are left out.
 */
[[nodiscard]] bool store_case_scores_read(struct arena *arena, struct store *store,
                                          const struct journey *journey, struct case_scores *out,
                                          struct error *err);

#endif
