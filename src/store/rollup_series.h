/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The series of rollups (rollup.h): a series is what rows have in common that say the same in all
 * columns which a map may ask for and which are not nearly as many as the rows. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROLLUP_SERIES_H
#define STELLWERK_SRC_STORE_ROLLUP_SERIES_H

#include <stellwerk/base/str.h>

#include "column.h"
#include "sql.h"

#define SERIES_COLUMNS 14
#define SERIES_NONE INT64_MIN /* the row says nothing in that column */

struct row;

/* Where the table `series` has a column, which is what places in `names` below and the bits of
 * `folded` mean. SERIES_COLUMNS for one that series do not have. */
size_t series_place(enum column column);

/* Is the column one of these that are not folded? */
bool series_tell_apart(enum column column, unsigned folded);

struct rollup_series {
    int64_t id; /* 0: not in the store yet */
    /* Words; of scales the bits of the double. */
    int64_t names[SERIES_COLUMNS];
};

/* All series of one kind of rows. */
struct series_map {
    enum import_as as;
    column_set columns;                 /* of series, that rows of the kind have */
    unsigned char places[COLUMN_COUNT]; /* of these */
    struct rollup_series *items;
    size_t count, capacity;
    size_t saved;    /* as many were in the store when it was read, or before it was written */
    uint32_t *slots; /* a hash table of places in `items` + 1; a power of two */
    size_t slot_count;
};

void series_map_init(struct series_map *map, enum import_as as);
void series_map_finish(struct series_map *map);
void series_map_clear(struct series_map *map);

/* The place in `items` of the series with those names; it is added where it is new. */
size_t series_get(struct series_map *map, const int64_t names[SERIES_COLUMNS]);

/* Adds all series of the store. */
[[nodiscard]] bool series_load(struct series_map *map, struct store *store, struct error *err);

/* Writes those into the store that are not in it yet. */
[[nodiscard]] bool series_save(struct series_map *map, struct store *store, struct error *err);

/* The bit of the column whose names are the most, touchpoints apart; 0 where all are the same. */
unsigned series_widest(const struct series_map *map);

/* What a new row says; `words` are the numbers of its words, by column. */
void series_name_row(const struct series_map *map, unsigned folded, const struct row *row,
                     const int64_t *words, int64_t names[SERIES_COLUMNS]);

/* A name from a column of the row at hand. */
int64_t series_name(sqlite3_stmt *statement, int column, size_t place);

/* The name that a number is. */
int64_t series_number(double number);

/* As series.source and derived names have it: "event", "answer". */
const char *series_source(enum import_as as);

/* A number, by SQL that names the source as %s; 0 where there is no row. */
[[nodiscard, gnu::format(printf, 3, 0)]] bool series_ask(struct store *store, enum import_as as,
                                                         const char *format, int64_t *out,
                                                         struct error *err);

/* Writes ", activity, persona …": the columns that rows of the kind have, less those folded; of the
 * others NULL. */
void series_write_columns(struct str *sql, enum import_as as, unsigned folded);

#endif
