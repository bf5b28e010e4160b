/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * New events by the thousand, into the table by one statement for all. Private to store/.
 *
 * A row costs SQLite most where it is put together, column by column and instruction by
 * instruction. Here rows are records before SQLite sees them (table_image.h): they stand in a
 * database in memory that the connection has as `fresh`, and are copied as they are: by an errand
 * (errand.h), while the rows behind them are put together in a second one.
 */
#ifndef STELLWERK_SRC_STORE_BULK_H
#define STELLWERK_SRC_STORE_BULK_H

#include "column.h"
#include "sql.h"
#include "table_image.h"

#define BULK_COLUMNS_MOST 25

struct bulk {
    struct store *store; /* NULL: closed */
    struct table_image images[2];
    int filling;          /* the one that rows are added to */
    unsigned char *bytes; /* of the other one, on their way into the table */
    size_t length;
    unsigned char *empty; /* database, from SQLite's heap */
    size_t empty_length;
    int columns[BULK_COLUMNS_MOST]; /* of the table, by the numbers of upsert.h */
    size_t column_count;
    uint64_t said, given; /* by the last row: numbers of upsert.h, and columns */
    int64_t first;        /* id of the first row that waits or is on its way */
    uint64_t waiting;
};

/* Outside of a transaction. A closed one, all zero, takes no rows. */
[[nodiscard]] bool bulk_open(struct bulk *bulk, struct store *store, struct error *err);
void bulk_close(struct bulk *bulk);

/* Gives a value of the row at hand, by an enum upsert_column. */
typedef struct record_value bulk_value(const void *row, int number);

/* Takes a row whose id is beyond all; false where it must go another way. `said` has a bit for
 * each enum upsert_column that `value` is to be asked for: the others are NULL. */
[[nodiscard]] bool bulk_add(struct bulk *bulk, int64_t id, uint64_t said, bulk_value *value,
                            const void *row);

/* Is the row with that id among those that are not in the table yet? */
bool bulk_has(const struct bulk *bulk, int64_t id);

/* Within a transaction: where enough of them wait, sends them off. */
[[nodiscard]] bool bulk_send(struct bulk *bulk, struct error *err);

/* Within a transaction: all that wait are in the table then. */
[[nodiscard]] bool bulk_flush(struct bulk *bulk, struct error *err);

#endif
