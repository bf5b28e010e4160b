/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event_index.h"

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>

/* Entries that wait at most: as many as a transaction has rows, or some more. */
#define WAITING_MOST 65536

/* Slots for keys that wait: at first, and never less than twice as many as there are keys. */
#define SLOTS_LEAST 1024

/* Where fewer keys than one in so many may be there, nothing is won by looking them up together. */
#define LOOKED_AHEAD_PART 16

/* ---- Life ---- */

void event_index_init(struct event_index *index, struct store *store)
{
    *index = (struct event_index){ .store = store };
    index_finder_init(&index->finder, store, EVENT_KEYS);
}

void event_index_finish(struct event_index *index)
{
    index_finder_finish(&index->finder);
    free(index->keys.items);
    free(index->places.items);
    free(index->slots);
    *index = (struct event_index){ 0 };
}

static bool load_finder(struct event_index *index, struct error *err)
{
    bool good = index_finder_load(&index->finder, err);
    index->newest = index->finder.newest;
    return good;
}

bool event_index_begin(struct event_index *index, struct error *err)
{
    uint64_t changes = store_changes(index->store);
    if (changes == index->changes && changes != 0)
        return true;
    index->changes = changes;
    index_finder_forget(&index->finder);
    return sql_integer(index->store, "SELECT max(id) + 1 FROM event", 1, &index->next_id, err) &&
           load_finder(index, err);
}

/* ---- What waits ---- */

/* Rows mostly come in the order of time, and so do keys. One beyond all others is new, without a
 * look. */
static bool is_newest(const struct event_index *index, const struct digest *key)
{
    return key->high > index->newest;
}

/* Where the key stands among those that have slots, or is to stand. */
static uint32_t *slot_of(const struct event_index *index, uint64_t high, uint64_t low)
{
    size_t at = (size_t)low % index->slot_count;
    for (; index->slots[at] != 0; at = (at + 1) % index->slot_count) {
        const struct index_entry *waiting = &index->keys.items[index->slots[at] - 1];
        if (waiting->low == low && waiting->high == high)
            break;
    }
    return &index->slots[at];
}

/* Their number is a power of two. */
static void make_slots(struct event_index *index)
{
    size_t count = index->slot_count > 0 ? index->slot_count : SLOTS_LEAST;
    while (count < 2 * index->keys.count)
        count *= 2;
    if (count == index->slot_count)
        return;
    free(index->slots);
    index->slots = memory_alloc(memory_product(count, sizeof(*index->slots)));
    index->slot_count = count;
    index->hashed = 0;
}

/* The key's number among all that wait, from 1 on; 0: it is none of them. */
static uint32_t find_waiting(struct event_index *index, const struct digest *key)
{
    if (index->keys.count == 0)
        return 0;
    make_slots(index);
    for (; index->hashed < index->keys.count; index->hashed++) {
        const struct index_entry *waiting = &index->keys.items[index->hashed];
        *slot_of(index, waiting->high, waiting->low) = (uint32_t)index->hashed + 1;
    }
    return *slot_of(index, key->high, key->low);
}

void event_index_fetch(const struct event_index *index, const struct digest *key)
{
    if (is_newest(index, key))
        return;
    key_filter_fetch(&index->finder.filter, key->low);
    if (index->slots != NULL)
        __builtin_prefetch(&index->slots[(size_t)key->low % index->slot_count]);
}

/* Among those that were written. */
static bool find_written(struct event_index *index, const struct digest *key, int64_t *out,
                         struct error *err)
{
    if (key->high > index->finder.newest)
        return true;
    if (index->keys.count == 0 && !index_finder_keep_filter(&index->finder, err))
        return false;
    return index_find(&index->finder, key->high, key->low, out, err);
}

bool event_index_find(struct event_index *index, const struct digest *key, int64_t *out,
                      struct error *err)
{
    *out = 0;
    if (is_newest(index, key))
        return true;
    uint32_t waiting = find_waiting(index, key);
    if (waiting == 0)
        return find_written(index, key, out, err);
    *out = index->keys.items[waiting - 1].id;
    return true;
}

bool event_index_look_ahead(struct event_index *index, const struct digest *keys, size_t count,
                            int64_t *out, struct error *err)
{
    size_t some = 0;
    struct index_entry *wanted = memory_alloc(memory_product(count, sizeof(*wanted)));
    for (size_t i = 0; i < count; i++) {
        out[i] = 0;
        if (keys[i].high <= index->finder.newest &&
            !index_finder_rules_out(&index->finder, keys[i].low))
            wanted[some++] = (struct index_entry){ keys[i].high, keys[i].low, (int64_t)i };
    }
    bool good =
        some < count / LOOKED_AHEAD_PART || index_find_all(&index->finder, wanted, some, out, err);
    free(wanted);
    return good;
}

static void make_entries(struct event_entries *entries)
{
    if (entries->items == NULL)
        entries->items = memory_alloc(WAITING_MOST * sizeof(*entries->items));
}

/* For one more of each. */
static bool make_room(struct event_index *index, struct error *err)
{
    make_entries(&index->keys);
    make_entries(&index->places);
    bool full = index->keys.count == WAITING_MOST || index->places.count == WAITING_MOST;
    return !full || event_index_flush(index, err);
}

static void add_place(struct event_index *index, int64_t touchpoint, int64_t ts, int64_t id)
{
    index->places.items[index->places.count++] = event_place(touchpoint, ts, id);
}

bool event_index_add(struct event_index *index, const struct digest *key, int64_t touchpoint,
                     int64_t ts, struct error *err)
{
    if (!make_room(index, err))
        return false;
    int64_t id = index->next_id++;
    index->keys.items[index->keys.count++] = (struct index_entry){ key->high, key->low, id };
    add_place(index, touchpoint, ts, id);
    if (is_newest(index, key))
        index->newest = key->high;
    index_finder_expect(&index->finder, key->low);
    return true;
}

bool event_index_move(struct event_index *index, int64_t id, int64_t touchpoint, int64_t ts,
                      struct error *err)
{
    if (!make_room(index, err))
        return false;
    add_place(index, touchpoint, ts, id);
    return true;
}

bool event_index_flush(struct event_index *index, struct error *err)
{
    size_t keys = index->keys.count, places = index->places.count;
    if (index->hashed > 0)
        memset(index->slots, 0, index->slot_count * sizeof(*index->slots));
    index->hashed = 0;
    index->keys.count = index->places.count = 0;
    return errand_wait(&index->store->errand, err) &&
           index_add(index->store, EVENT_KEYS, index->keys.items, keys, err) &&
           index_add(index->store, EVENT_PLACES, index->places.items, places, err) &&
           (keys == 0 || load_finder(index, err));
}

/* ---- From the rows ---- */

enum { ROW_ID, ROW_TOUCHPOINT, ROW_TS, ROW_KEY };

static bool add_row(struct event_index *index, sqlite3_stmt *row, bool with_key, struct error *err)
{
    int64_t id = sqlite3_column_int64(row, ROW_ID);
    int64_t touchpoint = sqlite3_column_int64(row, ROW_TOUCHPOINT);
    int64_t ts = sqlite3_column_int64(row, ROW_TS);
    struct digest key;
    if (!with_key)
        return event_index_move(index, id, touchpoint, ts, err);
    index->next_id = id;
    return (sql_read_digest(sql_bytes(row, ROW_KEY), &key) || index_damaged(index->store, err)) &&
           event_index_add(index, &key, touchpoint, ts, err);
}

static bool add_rows(struct store *store, const char *condition, bool with_key, struct error *err)
{
    struct event_index index;
    struct str sql;
    sqlite3_stmt *rows = NULL;
    enum sql_result result;
    event_index_init(&index, store);
    str_init(&sql);
    str_printf(&sql, "SELECT id, touchpoint, ts%s FROM event%s%s", with_key ? ", key" : "",
               condition != NULL ? " WHERE " : " ORDER BY id", condition != NULL ? condition : "");
    bool good = sql_prepare(store, sql.text, &rows, err);
    while (good && (good = (result = sql_step(store, rows, err)) != SQL_FAILED) &&
           result == SQL_ROW)
        good = add_row(&index, rows, with_key, err);
    sqlite3_finalize(rows);
    good = good && event_index_flush(&index, err);
    str_finish(&sql);
    event_index_finish(&index);
    return good;
}

bool event_index_add_places(struct store *store, const char *condition, struct error *err)
{
    return add_rows(store, condition, false, err);
}

bool event_index_rebuild(struct store *store, struct error *err)
{
    return index_clear(store, err) && add_rows(store, NULL, true, err);
}

/* ---- Verifying ---- */

/* Entries that lead to a row, each to one of its own, and those that lead nowhere. */
static bool count_led_to(struct store *store, const char *name, const char *sql, int64_t *out,
                         int64_t *nowhere, struct error *err)
{
    struct index_scan scan;
    struct index_entry entry;
    sqlite3_stmt *row = NULL;
    bool any;
    *out = *nowhere = 0;
    bool good =
        index_open(&scan, store, name, &INDEX_ALL, err) && sql_prepare(store, sql, &row, err);
    while (good && (good = index_next(&scan, &entry, &any, err)) && any) {
        unsigned char key[SQL_DIGEST_BYTES];
        sql_write_digest((struct digest){ entry.high, entry.low }, key);
        sqlite3_bind_int64(row, 1, entry.id);
        sqlite3_bind_blob(row, 2, key, sizeof(key), SQLITE_STATIC);
        sqlite3_bind_int64(row, 3, (int64_t)entry.high);
        sqlite3_bind_int64(row, 4, event_place_time(&entry));
        enum sql_result result = sql_step(store, row, err);
        *out += result == SQL_ROW;
        *nowhere += result == SQL_DONE;
        good = result != SQL_FAILED;
        sqlite3_reset(row);
    }
    sqlite3_finalize(row);
    index_close(&scan);
    return good;
}

bool event_index_verify(struct store *store, uint64_t *keys, uint64_t *places, struct error *err)
{
    int64_t rows, with_key, no_row, with_place, elsewhere;
    if (!sql_integer(store, "SELECT count(*) FROM event", 0, &rows, err) ||
        !count_led_to(store, EVENT_KEYS, "SELECT 1 FROM event WHERE id = ?1 AND key = ?2",
                      &with_key, &no_row, err) ||
        !count_led_to(store, EVENT_PLACES,
                      "SELECT 1 FROM event WHERE id = ?1 AND ifnull(touchpoint, 0) = ?3"
                      " AND ts = ?4",
                      &with_place, &elsewhere, err))
        return false;
    *keys = (uint64_t)(rows - with_key + no_row);
    *places = (uint64_t)(rows - with_place);
    return true;
}
