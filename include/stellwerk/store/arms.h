/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many customers got which variant of a touchpoint.
 */
#ifndef STELLWERK_STORE_ARMS_H
#define STELLWERK_STORE_ARMS_H

#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/store/store.h>

struct arm_customers {
    uint64_t a, b; /* who got this one, alone or not */
    uint64_t both; /* who got both: in `a` and in `b` */
};

/*
 * Counts them at the touchpoint under the lens, over all rows of the experiment's kind (the source
 * of its metric: events or answers), whatever the metric asks of them: a variant that drives people
 * away before they are measured is to be noticed. A customer is a person, else a case, else a row.
 * A persona or context that no row says chooses nobody.
 */
[[nodiscard]] bool store_arm_customers(struct store *store, const struct journey *journey,
                                       const struct lens *lens, int touchpoint,
                                       const struct experiment *experiment,
                                       struct arm_customers *out, struct error *err);

#endif
