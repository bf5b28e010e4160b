/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From a record of a file to rows of the store: converted, checked, named as the map names things,
 * and with the key that makes importing them twice harmless. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROW_H
#define STELLWERK_SRC_STORE_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/str.h>
#include <stellwerk/store/csv.h>

#include "column.h"
#include "keys.h"
#include "plan.h"
#include "resolver.h"

/* A value; which member holds it follows from the column's type. */
struct cell {
    bool given;
    const char *raw;    /* as the file or the mapping wrote it; NULL for what was computed */
    const char *text;   /* TEXT, WORD */
    int64_t time;       /* INSTANT in microseconds, DAY in days */
    double number;      /* NUMBER */
};

struct row {
    struct cell cells[COLUMN_COUNT];
    struct digest key;
};

/* Lives as long as one import. Everything pointed to is borrowed. */
struct row_reader {
    struct plan *plan;
    struct resolver *resolver;
    struct keys *anonymous; /* of answers without an identity */
    struct row *rows;       /* of the last record; their texts live as long as it */
    size_t count;
    uint64_t missing;              /* answers that were not given, of all records */
    uint64_t *missing_by_question; /* as many as the plan has questions */
    struct str scratch;
};

void row_reader_init(struct row_reader *reader, struct plan *plan, struct resolver *resolver,
                     struct keys *anonymous);
void row_reader_finish(struct row_reader *reader);

/* What came of a record: its rows, a reason (in `why`) not to take it, or a failure of the keys. */
enum row_result { ROW_GOOD, ROW_REJECTED, ROW_FAILED };

[[nodiscard]] enum row_result row_read(struct row_reader *reader, const struct csv_record *record,
                                       struct error *why);

#endif
