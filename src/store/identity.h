/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What makes a row the same row when it comes again (import.h). Private to store/.
 *
 * A key is 48 bits of the row's time in milliseconds and 80 bits of a digest. Rows come more or
 * less in the order of time, so the index of keys grows at its end and not everywhere at once; and
 * among 20 million rows of one millisecond two share a key with a chance of one in ten billion.
 */
#ifndef STELLWERK_SRC_STORE_IDENTITY_H
#define STELLWERK_SRC_STORE_IDENTITY_H

#include <stdbool.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/csv.h>

#include "keys.h"
#include "plan.h"
#include "row.h"

struct identity {
    const struct plan *plan;
    struct keys *anonymous; /* of answers without an identity */
    struct str scratch;
};

void identity_init(struct identity *identity, const struct plan *plan);
void identity_finish(struct identity *identity);

/* Sets the key of a row that is complete, touchpoints and all. */
[[nodiscard]] bool identity_set_key(struct identity *identity, const struct record *record,
                                    struct row *row, struct error *err);

#endif
