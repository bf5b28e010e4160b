/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The columns that rows of a store may have, under the names of store.md: what imports fill, what
 * headers, mappings and a metric's `where` may name. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_COLUMN_H
#define STELLWERK_SRC_STORE_COLUMN_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/model/mapping.h>

enum column {
    COLUMN_EVENT_ID,
    COLUMN_RESPONSE_ID,
    COLUMN_TS,
    COLUMN_PERIOD_START,
    COLUMN_PERIOD_END,
    COLUMN_PERSON_ID,
    COLUMN_CASE_ID,
    COLUMN_SESSION_ID,
    COLUMN_ACTIVITY,
    COLUMN_TOUCHPOINT,
    COLUMN_PATH,
    COLUMN_METRIC,
    COLUMN_ASPECT,
    COLUMN_KIND,
    COLUMN_CHANNEL,
    COLUMN_PERSONA,
    COLUMN_CONTEXT,
    COLUMN_OWNER,
    COLUMN_OUTCOME,
    COLUMN_CONVERSIONS,
    COLUMN_NULLS,
    COLUMN_VALUE,
    COLUMN_N,
    COLUMN_SD,
    COLUMN_NUM,
    COLUMN_DEN,
    COLUMN_SCALE_MIN,
    COLUMN_SCALE_MAX,
    COLUMN_CURRENCY,
    COLUMN_COST,
    COLUMN_CAMPAIGN,
    COLUMN_SOURCE,
    COLUMN_MEDIUM,
    COLUMN_VARIANT,
    COLUMN_TEXT,
    COLUMN_COUNT
};

#define COLUMN_NONE COLUMN_COUNT

enum column_type {
    COLUMN_IS_TEXT,    /* stands in the row */
    COLUMN_IS_WORD,    /* number of a word */
    COLUMN_IS_INSTANT, /* microseconds */
    COLUMN_IS_DAY,
    COLUMN_IS_NUMBER,
};

struct column_info {
    const char *name;
    enum column_type type;
    unsigned rows; /* kinds of rows that have it: ROWS(IMPORT_EVENTS) | … */
};

#define ROWS(as) (1u << (as))

/* Some of the columns. */
typedef uint64_t column_set;

static_assert(COLUMN_COUNT <= 64);

static inline column_set column_bit(enum column column)
{
    return UINT64_C(1) << column;
}

/* The first of them; there is one. */
static inline enum column column_first(column_set columns)
{
    return (enum column)__builtin_ctzll(columns);
}

/* All that rows of that kind have. */
column_set column_all(enum import_as as);

/* All that hold words. */
column_set column_words(void);

extern const struct column_info column_infos[COLUMN_COUNT];

static inline const struct column_info *column_info(enum column column)
{
    assert(column < COLUMN_COUNT);
    return &column_infos[column];
}

/* True for those whose values are texts as they stand in a file. */
static inline bool column_is_text(enum column column)
{
    enum column_type type = column_info(column)->type;
    return type == COLUMN_IS_TEXT || type == COLUMN_IS_WORD;
}

/* True when rows of that kind have the column. */
bool column_is_of(enum column column, enum import_as as);

/* By the store's own name, case apart; COLUMN_NONE where rows of that kind have no such column.
 * IMPORT_UNSET: rows of any kind. */
enum column column_find(const char *name, enum import_as as);

/* The nearest name to a mistyped one; NULL. */
const char *column_near(const char *name, enum import_as as);

#endif
