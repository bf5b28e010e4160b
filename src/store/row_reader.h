/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a record of a file to rows of the store: converted, checked, named as the map names things,
 * and with their keys. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROW_READER_H
#define STELLWERK_SRC_STORE_ROW_READER_H

#include <stddef.h>

#include <stellwerk/store/csv.h>

#include "identity.h"
#include "path_text.h"
#include "plan.h"
#include "resolver.h"
#include "row.h"

/* Lives as long as one import. */
struct row_reader {
    struct plan *plan;
    struct resolver *resolver;
    struct identity identity;
    struct str path;   /* of the last record, its steps trimmed */
    struct row shared; /* by the rows of one record with several questions */
    struct row *rows;  /* of the last record; their texts live as long as it */
    size_t count;
    uint64_t missing;              /* answers that were not given, of all records */
    uint64_t *missing_by_question; /* as many as the plan has questions */
};

/* Plan and resolver are borrowed. */
void row_reader_init(struct row_reader *reader, struct plan *plan, struct resolver *resolver);
void row_reader_finish(struct row_reader *reader);

/* What came of a record: its rows, a reason (in `why`) not to take it, a date of which nobody knows
 * yet which is the day (the plan's `undecided` column), or a failure. */
enum row_result { ROW_GOOD, ROW_REJECTED, ROW_UNDECIDED, ROW_FAILED };

[[nodiscard]] enum row_result row_read(struct row_reader *reader, const struct record *record,
                                       struct error *why);

#endif
