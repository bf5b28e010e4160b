/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What contacts have cost: a sum of the events' `cost`, as any other metric is measured
 * (measure.h), so from the rollups. Of several currencies that counts which most costs are in.
 */
#ifndef STELLWERK_STORE_COSTS_H
#define STELLWERK_STORE_COSTS_H

#include <stdint.h>

#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/store/store.h>

/* Under a lens; NAN where no event says. They live in the arena. */
struct costs {
    double *touchpoints;  /* of the map */
    const char *currency; /* of these costs; NULL: no cost names any, and all count */
    uint64_t left_out;    /* events whose cost is in another currency, or names none */
};

[[nodiscard]] bool store_costs_read(struct arena *arena, struct store *store,
                                    const struct journey *journey, const struct lens *lens,
                                    struct costs *out, struct error *err);

#endif
