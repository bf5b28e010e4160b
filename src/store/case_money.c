/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/cases.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dictionary.h"
#include "sequence_code.h"

struct sum { /* of an event, then of a case */
    uint64_t key;
    int64_t currency; /* word; 0: none */
    double value;
};

struct sums {
    struct arena *arena;
    struct sum *items;
    size_t count, capacity;
};

enum { CASE_ID, PERSON_ID, CURRENCY, VALUE };

#define COLUMNS "SELECT case_id, person_id, currency, value FROM event WHERE value IS NOT NULL AND "

static void add_row(struct sums *sums, sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    double value = sqlite3_column_double(row, VALUE);
    if (!isfinite(value) || sums->count >= CASE_SCORES_MOST)
        return;
    sums->items =
        arena_grow(sums->arena, sums->items, sums->count, &sums->capacity, sizeof(*sums->items));
    sums->items[sums->count++] = (struct sum){
        .key = case_digest(has_case ? sql_text(row, CASE_ID) : NULL,
                           has_case ? NULL : sql_text(row, PERSON_ID)),
        .currency = sqlite3_column_int64(row, CURRENCY),
        .value = value,
    };
}

static bool read_rows(struct store *store, const char *sql, int64_t touchpoint, struct sums *out,
                      struct error *err)
{
    sqlite3_stmt *rows;
    enum sql_result result;
    if (!sql_prepare(store, sql, &rows, err))
        return false;
    sqlite3_bind_int64(rows, 1, touchpoint);
    while ((result = sql_step(store, rows, err)) == SQL_ROW)
        add_row(out, rows);
    sqlite3_finalize(rows);
    return result == SQL_DONE;
}

/* ---- Which of them --------------------------------------------------------------- */

static int by_currency(const void *left, const void *right)
{
    const struct sum *a = left, *b = right;
    if (a->currency != b->currency)
        return a->currency < b->currency ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

/* Sorts by currency and leaves those of the most frequent one alone, case by case. */
static void keep_most_frequent(struct sums *sums, uint64_t *others)
{
    size_t best = 0, best_count = 0, first = 0;
    if (sums->count > 0)
        qsort(sums->items, sums->count, sizeof(*sums->items), by_currency);
    for (size_t i = 1; i <= sums->count; i++) {
        if (i < sums->count && sums->items[i].currency == sums->items[first].currency)
            continue;
        if (i - first > best_count) {
            best = first;
            best_count = i - first;
        }
        first = i;
    }
    *others = sums->count - best_count;
    sums->items += best;
    sums->count = best_count;
}

static void add_up(struct arena *arena, const struct sums *sums, struct case_values *out)
{
    out->items = arena_array(arena, sums->count, sizeof(*out->items));
    for (size_t i = 0; i < sums->count; i++) {
        bool same = out->count > 0 && out->items[out->count - 1].key == sums->items[i].key;
        if (!same)
            out->items[out->count++] = (struct case_value){ .key = sums->items[i].key };
        out->items[out->count - 1].value += sums->items[i].value;
    }
    for (size_t i = 0; i < out->count; i++)
        out->items[i].value = fmax(out->items[i].value, 0);
}

/* ---- At the goal ------------------------------------------------------------------ */

/* A figure of the values themselves: they are minutes or stars, not money. */
static bool is_measured(const struct journey *journey, int goal)
{
    const struct touchpoint *touchpoint = &journey->touchpoints[goal];
    for (size_t i = 0; i < touchpoint->metrics.count; i++) {
        const struct metric *metric = &journey->metrics[touchpoint->metrics.items[i]];
        bool of_values = metric->type == METRIC_SUM || metric->type == METRIC_MEAN ||
                         metric->type == METRIC_MEDIAN || metric->type == METRIC_QUANTILE;
        if (metric->source == SOURCE_EVENT && of_values)
            return true;
    }
    return false;
}

static bool read_goal(struct store *store, const struct journey *journey, int goal,
                      struct sums *out, struct error *err)
{
    struct dictionary dictionary;
    int64_t word;
    dictionary_init(&dictionary, store, false);
    bool good = dictionary_number(&dictionary, journey->touchpoints[goal].id, &word, err);
    dictionary_finish(&dictionary);
    return good && read_rows(store, COLUMNS "touchpoint = ?1", word, out, err);
}

static bool name_currency(struct arena *arena, struct store *store, int64_t word, const char **out,
                          struct error *err)
{
    sqlite3_stmt *find;
    if (!sql_prepare(store, "SELECT text FROM word WHERE id = ?1", &find, err))
        return false;
    sqlite3_bind_int64(find, 1, word);
    enum sql_result result = sql_step(store, find, err);
    if (result == SQL_ROW)
        *out = arena_strdup(arena, sql_text(find, 0));
    sqlite3_finalize(find);
    return result != SQL_FAILED;
}

bool store_case_money_read(struct arena *arena, struct store *store, const struct journey *journey,
                           int goal, struct case_money *out, struct error *err)
{
    struct sums sums = { .arena = arena };
    *out = (struct case_money){ 0 };
    if (!read_rows(store, COLUMNS "currency IS NOT NULL", 0, &sums, err))
        return false;
    if (sums.count == 0 && goal != NONE && !is_measured(journey, goal)) {
        out->of_goal = true;
        if (!read_goal(store, journey, goal, &sums, err))
            return false;
    }
    keep_most_frequent(&sums, &out->others);
    add_up(arena, &sums, &out->values);
    if (sums.count == 0 || out->of_goal)
        return true;
    return name_currency(arena, store, sums.items[0].currency, &out->currency, err);
}
