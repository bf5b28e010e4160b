/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/cases.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "dictionary.h"
#include "sequence_code.h"

struct sum { /* of a case, in one currency */
    uint64_t key;
    uint32_t currency; /* word; 0: none */
    uint32_t events;   /* 0: a free slot */
    double value;
};

/* Sums by case and currency, in a hash table; then one behind the other. */
struct sums {
    struct sum *items;
    size_t count;
    size_t slots; /* 0 or a power of two; at most three quarters are taken */
};

enum { CASE_ID, PERSON_ID, CURRENCY, VALUE };

#define COLUMNS "SELECT case_id, person_id, currency, value FROM event WHERE value IS NOT NULL AND "

/* Digests are spread evenly, so their lowest bits are as good as any. */
static struct sum *find_slot(const struct sums *sums, uint64_t key, uint32_t currency)
{
    size_t at = (size_t)(key ^ currency) & (sums->slots - 1);
    while (sums->items[at].events > 0 &&
           (sums->items[at].key != key || sums->items[at].currency != currency))
        at = (at + 1) & (sums->slots - 1);
    return &sums->items[at];
}

static void make_room(struct sums *sums)
{
    struct sums old = *sums;
    if (sums->count < sums->slots / 4 * 3)
        return;
    sums->slots = sums->slots > 0 ? memory_product(sums->slots, 2) : 1024;
    sums->items = memory_alloc(memory_product(sums->slots, sizeof(*sums->items)));
    for (size_t i = 0; i < old.slots; i++)
        if (old.items[i].events > 0)
            *find_slot(sums, old.items[i].key, old.items[i].currency) = old.items[i];
    free(old.items);
}

static void add_row(struct sums *sums, sqlite3_stmt *row)
{
    bool has_case = sqlite3_column_type(row, CASE_ID) != SQLITE_NULL;
    double value = sqlite3_column_double(row, VALUE);
    if (!isfinite(value))
        return;
    uint64_t key = case_digest(has_case ? sql_text(row, CASE_ID) : NULL,
                               has_case ? NULL : sql_text(row, PERSON_ID));
    uint32_t currency = (uint32_t)sqlite3_column_int64(row, CURRENCY);
    make_room(sums);
    struct sum *sum = find_slot(sums, key, currency);
    sums->count += sum->events == 0;
    *sum = (struct sum){ key, currency, sum->events + 1, sum->value + value };
}

static void pack(struct sums *sums)
{
    size_t count = 0;
    for (size_t i = 0; i < sums->slots; i++)
        if (sums->items[i].events > 0)
            sums->items[count++] = sums->items[i];
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

/* The sums of one currency, sorted by their cases. */
struct share {
    const struct sum *items;
    size_t count;
    uint64_t events;
};

/* Those of the currency that most events name; `*others` is how many name another one. */
static struct share most_frequent(struct sums *sums, uint64_t *others)
{
    struct share best = { 0 }, share = { .items = sums->items };
    uint64_t events = 0;
    pack(sums);
    if (sums->count > 0)
        qsort(sums->items, sums->count, sizeof(*sums->items), by_currency);
    for (size_t i = 0; i < sums->count; i++) {
        if (sums->items[i].currency != share.items->currency)
            share = (struct share){ .items = &sums->items[i] };
        share.count++;
        share.events += sums->items[i].events;
        events += sums->items[i].events;
        if (share.events > best.events)
            best = share;
    }
    *others = events - best.events;
    return best;
}

static void take(struct arena *arena, const struct share *share, struct case_values *out)
{
    out->items = arena_array(arena, share->count, sizeof(*out->items));
    out->count = share->count;
    for (size_t i = 0; i < share->count; i++)
        out->items[i] = (struct case_value){
            .key = share->items[i].key,
            .value = fmax(share->items[i].value, 0),
        };
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

static bool read_sums(struct store *store, const struct journey *journey, int goal,
                      struct sums *sums, struct case_money *out, struct error *err)
{
    if (!read_rows(store, COLUMNS "currency IS NOT NULL", 0, sums, err))
        return false;
    out->of_goal = sums->count == 0 && goal != NONE && !is_measured(journey, goal);
    return !out->of_goal || read_goal(store, journey, goal, sums, err);
}

bool store_case_money_read(struct arena *arena, struct store *store, const struct journey *journey,
                           int goal, struct case_money *out, struct error *err)
{
    struct sums sums = { 0 };
    *out = (struct case_money){ 0 };
    bool good = read_sums(store, journey, goal, &sums, out, err);
    if (good) {
        struct share share = most_frequent(&sums, &out->others);
        take(arena, &share, &out->values);
        if (share.count > 0 && !out->of_goal)
            good = name_currency(arena, store, share.items->currency, &out->currency, err);
    }
    free(sums.items);
    return good;
}
