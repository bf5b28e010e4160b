/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_finder.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "index_sort.h"

/* A filter is worth its making when so many were looked up, and one for each so many entries. */
#define LOOKED_AT_LEAST 4096
#define ENTRIES_OF_A_LOOK 64

/* At first a filter is for so many. */
#define FILTER_LEAST (1u << 20)

/* A run, and the part of it that was looked into last. */
struct finder_run {
    int64_t id;
    struct index_entry first, last;
    struct index_entry entries[INDEX_PART_ENTRIES];
    size_t count;
};

void index_finder_init(struct index_finder *finder, struct store *store, const char *name)
{
    *finder = (struct index_finder){ .store = store, .name = name };
}

void index_finder_finish(struct index_finder *finder)
{
    sqlite3_finalize(finder->find);
    key_filter_finish(&finder->filter);
    free(finder->runs);
    *finder = (struct index_finder){ .store = finder->store, .name = finder->name };
}

void index_finder_forget(struct index_finder *finder)
{
    key_filter_finish(&finder->filter);
    finder->count = 0;
}

/* ---- Runs ---- */

enum { ID, FIRST, LAST, ENTRIES };

static bool add_run(struct index_finder *finder, sqlite3_stmt *row, struct error *err)
{
    finder->runs =
        memory_resize(finder->runs, memory_product(finder->count + 1, sizeof(*finder->runs)));
    struct finder_run *run = &finder->runs[finder->count++];
    run->id = sqlite3_column_int64(row, ID);
    run->count = 0;
    finder->entries += (uint64_t)sqlite3_column_int64(row, ENTRIES);
    if (!index_read_place(sql_bytes(row, FIRST), &run->first) ||
        !index_read_place(sql_bytes(row, LAST), &run->last))
        return index_damaged(finder->store, err);
    if (run->last.high > finder->newest)
        finder->newest = run->last.high;
    return true;
}

bool index_finder_load(struct index_finder *finder, struct error *err)
{
    sqlite3_stmt *list;
    enum sql_result result;
    finder->count = 0;
    finder->entries = finder->newest = 0;
    if (!sql_prepare(finder->store,
                     "SELECT id, first, last, entries FROM index_run WHERE name = ?1"
                     " ORDER BY entries DESC",
                     &list, err))
        return false;
    sqlite3_bind_text(list, 1, finder->name, -1, SQLITE_STATIC);
    while ((result = sql_step(finder->store, list, err)) == SQL_ROW)
        if (!add_run(finder, list, err))
            break;
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

/* ---- The filter ---- */

static bool fill_filter(struct index_finder *finder, struct error *err)
{
    struct index_scan scan;
    struct index_entry entry;
    bool any, good = index_open(&scan, finder->store, finder->name, &INDEX_ALL, err);
    uint64_t capacity = 2 * finder->entries;
    key_filter_reset(&finder->filter, capacity > FILTER_LEAST ? capacity : FILTER_LEAST);
    while (good && (good = index_next(&scan, &entry, &any, err)) && any)
        key_filter_add(&finder->filter, entry.low);
    index_close(&scan);
    return good;
}

bool index_finder_keep_filter(struct index_finder *finder, struct error *err)
{
    const struct key_filter *filter = &finder->filter;
    bool due = filter->lines == NULL
                   ? finder->looked >= LOOKED_AT_LEAST + finder->entries / ENTRIES_OF_A_LOOK
                   : filter->count > filter->capacity;
    return !due || (errand_wait(&finder->store->errand, err) && fill_filter(finder, err));
}

void index_finder_expect(struct index_finder *finder, uint64_t low)
{
    if (finder->filter.lines != NULL)
        key_filter_add(&finder->filter, low);
}

/* ---- Looking up ---- */

/* The part that has it, if any has. */
static bool read_part(struct index_finder *finder, struct finder_run *run,
                      const struct index_entry *wanted, struct error *err)
{
    unsigned char place[INDEX_PLACE_BYTES];
    if (!errand_wait(&finder->store->errand, err))
        return false;
    if (finder->find == NULL &&
        !sql_prepare(finder->store,
                     "SELECT entries FROM index_part WHERE run = ?1 AND first <= ?2"
                     " ORDER BY first DESC LIMIT 1",
                     &finder->find, err))
        return false;
    index_write_place(wanted, place);
    sqlite3_bind_int64(finder->find, 1, run->id);
    sqlite3_bind_blob(finder->find, 2, place, sizeof(place), SQLITE_STATIC);
    run->count = 0;
    enum sql_result result = sql_step(finder->store, finder->find, err);
    bool good = result != SQL_FAILED;
    if (result == SQL_ROW &&
        !index_part_read(sql_bytes(finder->find, 0), run->entries, &run->count))
        good = index_damaged(finder->store, err);
    sqlite3_reset(finder->find);
    return good;
}

static bool is_within(const struct index_entry *first, const struct index_entry *last,
                      const struct index_entry *wanted)
{
    return index_compare(first, wanted) <= 0 && index_compare(wanted, last) <= 0;
}

/* The last entry up to the wanted one, whose id is beyond all. */
static int64_t search(const struct finder_run *run, const struct index_entry *wanted)
{
    size_t low = 0, high = run->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index_compare(&run->entries[middle], wanted) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    const struct index_entry *found = &run->entries[low - 1];
    return found->high == wanted->high && found->low == wanted->low ? found->id : 0;
}

static bool look_into(struct index_finder *finder, struct finder_run *run,
                      const struct index_entry *wanted, int64_t *out, struct error *err)
{
    bool at_hand =
        run->count > 0 && is_within(&run->entries[0], &run->entries[run->count - 1], wanted);
    if (!at_hand && !read_part(finder, run, wanted, err))
        return false;
    *out = search(run, wanted);
    return true;
}

static bool may_be_in(const struct finder_run *run, uint64_t high)
{
    return high >= run->first.high && high <= run->last.high;
}

/* Those of them that are not found yet. */
static bool find_in_run(struct index_finder *finder, struct finder_run *run,
                        const struct index_entry *wanted, size_t count, int64_t *out,
                        struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        const struct index_entry last = { wanted[i].high, wanted[i].low, INT64_MAX };
        int64_t *id = &out[wanted[i].id];
        if (*id == 0 && may_be_in(run, last.high) && !look_into(finder, run, &last, id, err))
            return false;
    }
    return true;
}

bool index_find_all(struct index_finder *finder, struct index_entry *wanted, size_t count,
                    int64_t *out, struct error *err)
{
    index_sort(wanted, count);
    for (size_t i = 0; i < count; i++)
        out[wanted[i].id] = 0;
    if (!errand_wait(&finder->store->errand, err))
        return false;
    for (size_t i = 0; i < finder->count; i++)
        if (!find_in_run(finder, &finder->runs[i], wanted, count, out, err))
            return false;
    return true;
}

bool index_find(struct index_finder *finder, uint64_t high, uint64_t low, int64_t *out,
                struct error *err)
{
    const struct index_entry wanted = { .high = high, .low = low, .id = INT64_MAX };
    *out = 0;
    finder->looked++;
    if (index_finder_rules_out(finder, low))
        return true;
    for (size_t i = 0; *out == 0 && i < finder->count; i++) {
        struct finder_run *run = &finder->runs[i];
        if (may_be_in(run, high) && !look_into(finder, run, &wanted, out, err))
            return false;
    }
    return true;
}
