/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the columns of one file mean: header, preset and mapping laid over each other. Private to
 * store/.
 */
#ifndef STELLWERK_SRC_STORE_PLAN_H
#define STELLWERK_SRC_STORE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/store/csv.h>
#include <stellwerk/store/import.h>

#include "column.h"
#include "preset.h"
#include "times.h"

/* Where a column of the store gets its values. */
struct binding {
    enum { UNBOUND, BOUND_TO_FIELD, BOUND_TO_CONSTANT } to;
    size_t field;     /* of the record */
    const char *text; /* the constant */
    struct pos pos;   /* in the mapping; line 0 elsewhere */
};

/* A survey question in a column of its own. */
struct question {
    size_t field;
    const struct unpivot *unpivot;
};

struct plan {
    enum import_as as;
    const struct preset *preset;          /* NULL */
    const struct import_mapping *mapping; /* NULL */
    struct texts header;
    struct binding bindings[COLUMN_COUNT];
    struct question *questions;
    size_t question_count;
    const struct mapping_pairs *values[COLUMN_COUNT]; /* what texts of a column become; NULL */
    struct texts missing; /* texts that stand for no value */
    bool decimal_comma;   /* "12,5" can be a number: commas do not cut the columns */
    struct time_reader times[COLUMN_COUNT];
};

/* Fails where the file or the mapping does not give what rows of its kind need. The plan's texts
 * live in the arena, the mapping's are borrowed. */
[[nodiscard]] bool plan_make(struct arena *arena, const char *file, const struct csv_record *header,
                             const struct csv_format *format, const struct import_options *options,
                             struct plan *out, struct error *err);

/* What the report says of it. */
void plan_report(struct arena *arena, const struct plan *plan, struct import_report *report);

#endif
