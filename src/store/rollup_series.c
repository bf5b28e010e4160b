/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_series.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>

#include "coding.h"
#include "row.h"

static const enum column columns[] = {
    COLUMN_TOUCHPOINT, COLUMN_ACTIVITY, COLUMN_METRIC,    COLUMN_KIND,      COLUMN_PERSONA,
    COLUMN_CONTEXT,    COLUMN_OUTCOME,  COLUMN_CHANNEL,   COLUMN_ASPECT,    COLUMN_OWNER,
    COLUMN_CURRENCY,   COLUMN_VARIANT,  COLUMN_SCALE_MIN, COLUMN_SCALE_MAX,
};

static_assert(ARRAY_LEN(columns) == SERIES_COLUMNS);

/* The place of the first column of numbers; those before are words. */
#define FIRST_NUMBER 12

size_t series_place(enum column column)
{
    size_t place = 0;
    while (place < SERIES_COLUMNS && columns[place] != column)
        place++;
    return place;
}

bool series_tell_apart(enum column column, unsigned folded)
{
    size_t place = series_place(column);
    return place < SERIES_COLUMNS && (folded & 1u << place) == 0;
}

static bool is_number(size_t place)
{
    return place >= FIRST_NUMBER;
}

const char *series_source(enum import_as as)
{
    return as == IMPORT_EVENTS ? "event" : "answer";
}

int64_t series_number(double number)
{
    int64_t bits;
    number += 0.0; /* -0 is 0 */
    memcpy(&bits, &number, sizeof(bits));
    return bits;
}

static double number_of(int64_t name)
{
    double number;
    memcpy(&number, &name, sizeof(number));
    return number;
}

int64_t series_name(sqlite3_stmt *statement, int column, size_t place)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return SERIES_NONE;
    return is_number(place) ? series_number(sqlite3_column_double(statement, column))
                            : sqlite3_column_int64(statement, column);
}

void series_name_row(const struct series_map *map, unsigned folded, const struct row *row,
                     const int64_t *words, int64_t names[SERIES_COLUMNS])
{
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        names[i] = SERIES_NONE;
    for (column_set left = row->given & map->columns; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        size_t place = map->places[column];
        if ((folded & 1u << place) == 0)
            names[place] =
                is_number(place) ? series_number(row->cells[column].number) : words[column];
    }
}

void series_write_columns(struct str *sql, enum import_as as, unsigned folded)
{
    for (size_t i = 0; i < SERIES_COLUMNS; i++) {
        bool there = column_is_of(columns[i], as) && (folded & 1u << i) == 0;
        str_printf(sql, ", %s", there ? column_info(columns[i])->name : "NULL");
    }
}

bool series_ask(struct store *store, enum import_as as, const char *format, int64_t *out,
                struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql, format, series_source(as));
    bool good = sql_integer(store, sql.text, 0, out, err);
    str_finish(&sql);
    return good;
}

/* ---- The map ---- */

void series_map_init(struct series_map *map, enum import_as as)
{
    *map = (struct series_map){ .as = as };
    for (size_t i = 0; i < SERIES_COLUMNS; i++) {
        if (column_is_of(columns[i], as))
            map->columns |= column_bit(columns[i]);
        map->places[columns[i]] = (unsigned char)i;
    }
}

void series_map_finish(struct series_map *map)
{
    free(map->items);
    free(map->slots);
    series_map_init(map, map->as);
}

void series_map_clear(struct series_map *map)
{
    map->count = map->saved = 0;
    if (map->slot_count > 0)
        memset(map->slots, 0, map->slot_count * sizeof(*map->slots));
}

/* Names are multiplied two by two, and none waits for the other (Black and others, UMAC, 1999). */
static size_t hash(const int64_t names[SERIES_COLUMNS])
{
    uint64_t sum = 0, key = UINT64_C(0x9e3779b97f4a7c15);
    static_assert(SERIES_COLUMNS % 2 == 0);
    for (size_t i = 0; i < SERIES_COLUMNS; i += 2) {
        sum += ((uint64_t)names[i] + key) * ((uint64_t)names[i + 1] - key);
        key += UINT64_C(0x632be59bd9b4e01a);
    }
    sum = (sum ^ sum >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(sum >> 20);
}

/* The slot of those names, or the empty one where they belong. */
static uint32_t *find_slot(const struct series_map *map, const int64_t names[SERIES_COLUMNS])
{
    size_t slot = hash(names) & (map->slot_count - 1);
    while (map->slots[slot] != 0 && memcmp(map->items[map->slots[slot] - 1].names, names,
                                           SERIES_COLUMNS * sizeof(*names)) != 0)
        slot = (slot + 1) & (map->slot_count - 1);
    return &map->slots[slot];
}

static void grow_slots(struct series_map *map)
{
    free(map->slots);
    map->slot_count = map->slot_count > 0 ? memory_product(map->slot_count, 2) : 256;
    map->slots = memory_alloc(memory_product(map->slot_count, sizeof(*map->slots)));
    for (size_t i = 0; i < map->count; i++)
        *find_slot(map, map->items[i].names) = (uint32_t)i + 1;
}

static void add(struct series_map *map, const int64_t names[SERIES_COLUMNS])
{
    if (map->count == map->capacity) {
        map->capacity = map->capacity > 0 ? memory_product(map->capacity, 2) : 256;
        map->items = memory_resize(map->items, memory_product(map->capacity, sizeof(*map->items)));
    }
    struct rollup_series *series = &map->items[map->count++];
    series->id = 0;
    memcpy(series->names, names, sizeof(series->names));
}

size_t series_get(struct series_map *map, const int64_t names[SERIES_COLUMNS])
{
    if (2 * (map->count + 1) > map->slot_count)
        grow_slots(map);
    uint32_t *slot = find_slot(map, names);
    if (*slot == 0) {
        add(map, names);
        *slot = (uint32_t)map->count;
    }
    return *slot - 1;
}

static int by_name(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static size_t count_names(const struct series_map *map, size_t place, int64_t *names)
{
    size_t different = 0;
    for (size_t i = 0; i < map->count; i++)
        names[i] = map->items[i].names[place];
    qsort(names, map->count, sizeof(*names), by_name);
    for (size_t i = 0; i < map->count; i++)
        different += i == 0 || names[i] != names[i - 1];
    return different;
}

unsigned series_widest(const struct series_map *map)
{
    unsigned widest = 0;
    size_t most = 1;
    int64_t *names = memory_alloc(memory_product(map->count + 1, sizeof(*names)));
    for (size_t i = 0; i < SERIES_COLUMNS; i++) {
        size_t count = columns[i] != COLUMN_TOUCHPOINT ? count_names(map, i, names) : 0;
        if (count <= most)
            continue;
        most = count;
        widest = 1u << i;
    }
    free(names);
    return widest;
}

/* ---- In the store ---- */

bool series_load(struct series_map *map, struct store *store, struct error *err)
{
    struct str sql;
    sqlite3_stmt *statement;
    str_init(&sql);
    str_append(&sql, "SELECT id");
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        str_printf(&sql, ", %s", column_info(columns[i])->name);
    str_printf(&sql, " FROM series WHERE source = '%s'", series_source(map->as));
    bool good = sql_prepare(store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    enum sql_result result;
    while ((result = sql_step(store, statement, err)) == SQL_ROW) {
        int64_t names[SERIES_COLUMNS];
        for (size_t i = 0; i < SERIES_COLUMNS; i++)
            names[i] = series_name(statement, (int)i + 1, i);
        size_t place = series_get(map, names);
        map->items[place].id = sqlite3_column_int64(statement, 0);
    }
    map->saved = map->count;
    sqlite3_finalize(statement);
    return result == SQL_DONE;
}

static void write_key(const struct series_map *map, const struct rollup_series *series,
                      unsigned char out[SQL_DIGEST_BYTES])
{
    struct str names;
    str_init(&names);
    code_number(&names, map->as);
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        code_fixed(&names, (uint64_t)series->names[i], sizeof(int64_t));
    sql_write_digest(digest_bytes(names.text, names.length), out);
    str_finish(&names);
}

static bool save_one(struct series_map *map, struct store *store, sqlite3_stmt *insert,
                     struct rollup_series *series, struct error *err)
{
    unsigned char key[SQL_DIGEST_BYTES];
    write_key(map, series, key);
    sqlite3_clear_bindings(insert);
    sqlite3_bind_text(insert, 1, series_source(map->as), -1, SQLITE_STATIC);
    sqlite3_bind_blob(insert, 2, key, sizeof(key), SQLITE_STATIC);
    for (size_t i = 0; i < SERIES_COLUMNS; i++) {
        if (series->names[i] == SERIES_NONE)
            continue;
        if (is_number(i))
            sqlite3_bind_double(insert, (int)i + 3, number_of(series->names[i]));
        else
            sqlite3_bind_int64(insert, (int)i + 3, series->names[i]);
    }
    enum sql_result result = sql_step(store, insert, err);
    sqlite3_reset(insert);
    series->id = sqlite3_last_insert_rowid(store->db);
    return result != SQL_FAILED;
}

static bool prepare_insert(struct store *store, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "INSERT INTO series (source, key");
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        str_printf(&sql, ", %s", column_info(columns[i])->name);
    str_append(&sql, ") VALUES (?1, ?2");
    for (size_t i = 0; i < SERIES_COLUMNS; i++)
        str_printf(&sql, ", ?%zu", i + 3);
    str_append(&sql, ")");
    bool good = sql_prepare(store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

bool series_save(struct series_map *map, struct store *store, struct error *err)
{
    sqlite3_stmt *insert = NULL;
    bool good = true;
    map->saved = map->count;
    while (map->saved > 0 && map->items[map->saved - 1].id == 0)
        map->saved--;
    for (size_t i = map->saved; good && i < map->count; i++)
        good = (insert != NULL || prepare_insert(store, &insert, err)) &&
               save_one(map, store, insert, &map->items[i], err);
    sqlite3_finalize(insert);
    return good;
}
