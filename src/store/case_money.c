/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What cases were worth: from what is kept of it beside their sequences, else from the rows.
 *
 * Which currency most events name is known behind the last case. So the sums of the first that is
 * met are taken, or of the goal until one is, and all events are counted by their currency; where
 * that was not the one, all cases are gone through once more.
 */

#include <stellwerk/store/cases.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "dictionary.h"
#include "sequence_log.h"
#include "sequence_stale.h"
#include "worth_runs.h"

/* Events that name a currency and have a value. */
struct tally {
    uint64_t purse, events;
};

struct adding {
    struct store *store;
    bool from_rows;
    struct tally *tallies; /* by purse */
    size_t tally_count;
    bool counted;   /* all events are */
    uint64_t purse; /* of which the sums are taken; 0: none */
    struct case_value *items;
    size_t count, capacity;
};

/* ---- Adding up ------------------------------------------------------------------- */

/* The first tally of that purse or of one behind it. */
static size_t find_tally(const struct adding *adding, uint64_t purse)
{
    size_t first = 0, end = adding->tally_count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (adding->tallies[middle].purse < purse)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

static struct tally *get_tally(struct adding *adding, uint64_t purse)
{
    size_t at = find_tally(adding, purse), count = adding->tally_count;
    if (at < count && adding->tallies[at].purse == purse)
        return &adding->tallies[at];
    struct tally *tallies =
        memory_resize(adding->tallies, memory_product(count + 1, sizeof(*tallies)));
    memmove(&tallies[at + 1], &tallies[at], (count - at) * sizeof(*tallies));
    tallies[at] = (struct tally){ .purse = purse };
    adding->tallies = tallies;
    adding->tally_count++;
    return &tallies[at];
}

static void count_events(struct adding *adding, const struct case_worth *worth)
{
    for (size_t i = 0; i < worth->count; i++) {
        uint64_t purse = worth->shares[i].purse;
        if (purse_currency(purse) == 0)
            continue;
        if (adding->tally_count == 0) {
            adding->purse = purse;
            adding->count = 0;
        }
        get_tally(adding, purse)->events += worth->shares[i].events;
    }
}

static void take_sum(struct adding *adding, const struct case_worth *worth)
{
    uint64_t events;
    double sum = case_worth_sum(worth, adding->purse, &events);
    if (events == 0)
        return;
    if (adding->count == adding->capacity) {
        adding->capacity = memory_product(adding->capacity + 1024, 2);
        adding->items =
            memory_resize(adding->items, memory_product(adding->capacity, sizeof(*adding->items)));
    }
    adding->items[adding->count++] =
        (struct case_value){ .key = worth->digest, .value = fmax(sum, 0) };
}

static bool read_cases(struct adding *adding, struct worth_reader *reader, struct error *err)
{
    struct case_worth *worth;
    adding->count = 0;
    for (;;) {
        if (!worth_next(reader, &worth, err))
            return false;
        if (worth == NULL)
            return true;
        if (!adding->counted)
            count_events(adding, worth);
        if (adding->purse != 0)
            take_sum(adding, worth);
    }
}

static bool add_up(struct adding *adding, struct error *err)
{
    struct worth_reader reader;
    if (!(adding->from_rows ? worth_open_rows(&reader, adding->store, err)
                            : worth_open(&reader, adding->store, INT64_MIN, INT64_MAX, err)))
        return false;
    bool done = read_cases(adding, &reader, err);
    worth_close(&reader);
    adding->counted = true;
    return done;
}

/* The currency that most events name; `*others` is how many name another one. */
static uint64_t most_frequent(const struct adding *adding, uint64_t *others)
{
    struct tally best = { 0 };
    uint64_t events = 0;
    for (size_t i = 0; i < adding->tally_count; i++) {
        events += adding->tallies[i].events;
        if (adding->tallies[i].events > best.events)
            best = adding->tallies[i];
    }
    *others = events - best.events;
    return best.purse;
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

/* The purse of the goal; 0: the store does not know it. */
static bool find_goal(struct store *store, const struct journey *journey, int goal, uint64_t *out,
                      struct error *err)
{
    struct dictionary dictionary;
    int64_t word;
    dictionary_init(&dictionary, store, false);
    bool good = dictionary_number(&dictionary, journey->touchpoints[goal].id, &word, err);
    dictionary_finish(&dictionary);
    *out = good && word != WORD_NONE ? purse_of(0, (uint32_t)word) : 0;
    return good;
}

/* ---- All of it -------------------------------------------------------------------- */

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

static bool read_sums(struct adding *adding, struct case_money *out, struct error *err)
{
    if (!add_up(adding, err))
        return false;
    uint64_t purse = most_frequent(adding, &out->others);
    if (purse == 0 || purse == adding->purse)
        return true;
    adding->purse = purse;
    return add_up(adding, err);
}

static void take(struct arena *arena, const struct adding *adding, struct case_values *out)
{
    out->items = arena_array(arena, adding->count, sizeof(*out->items));
    out->count = adding->count;
    if (adding->count > 0)
        memcpy(out->items, adding->items, adding->count * sizeof(*out->items));
}

/* In one transaction, which is one state of the store. */
static bool read_money(struct arena *arena, struct adding *adding, const struct journey *journey,
                       int goal, struct case_money *out, struct error *err)
{
    bool kept, may_be_goal = goal != NONE && !is_measured(journey, goal);
    if (!sequence_log_has_worth(adding->store, &kept, err) ||
        !case_digest_define(adding->store, err) ||
        (may_be_goal && !find_goal(adding->store, journey, goal, &adding->purse, err)))
        return false;
    adding->from_rows = !kept;
    if (!read_sums(adding, out, err))
        return false;
    out->of_goal = may_be_goal && adding->tally_count == 0;
    take(arena, adding, &out->values);
    return adding->tally_count == 0 ||
           name_currency(arena, adding->store, purse_currency(adding->purse), &out->currency, err);
}

bool store_case_money_read(struct arena *arena, struct store *store, const struct journey *journey,
                           int goal, struct case_money *out, struct error *err)
{
    struct adding adding = { .store = store };
    *out = (struct case_money){ 0 };
    if (!sql_run(store, "BEGIN", err))
        return false;
    bool good = read_money(arena, &adding, journey, goal, out, err);
    sqlite3_exec(store->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    free(adding.tallies);
    free(adding.items);
    return good;
}
