/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Some entries of an index, in their order, as the bytes of a row. Private to store/.
 *
 * An entry is a key of 128 bits and the id of the row that has it: 7 bytes where keys ascend in
 * small steps, 15 where their lower half is a digest.
 */
#ifndef STELLWERK_SRC_STORE_INDEX_PART_H
#define STELLWERK_SRC_STORE_INDEX_PART_H

#include <stddef.h>

#include "coding.h"

struct index_entry {
    uint64_t high, low;
    int64_t id; /* from 1 on */
};

/* At most as many in a part: what is read to find one, and fits a page. */
#define INDEX_PART_ENTRIES 256

/* By key, and by id where keys are the same: < 0, 0, > 0. */
static inline int index_compare(const struct index_entry *a, const struct index_entry *b)
{
    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

/* Appends `count` entries that are in order. */
void index_part_write(const struct index_entry *entries, size_t count, struct str *out);

/* False where the bytes are none of a part. */
[[nodiscard]] bool index_part_read(struct bytes bytes, struct index_entry out[INDEX_PART_ENTRIES],
                                   size_t *count);

/* An entry as bytes that sort as entries do. */
#define INDEX_PLACE_BYTES 24
void index_write_place(const struct index_entry *entry, unsigned char out[INDEX_PLACE_BYTES]);
[[nodiscard]] bool index_read_place(struct bytes bytes, struct index_entry *out);

#endif
