/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_stands.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>

#include "row.h"
#include "worth_code.h"

enum place {
    PLACE_TOUCHPOINT,
    PLACE_ACTIVITY,
    PLACE_CHANNEL,
    PLACE_PERSONA,
    PLACE_CONTEXT,
    PLACE_OUTCOME,
    PLACE_OWNER,
    PLACE_CURRENCY,
    PLACE_VARIANT,
};

static const enum column columns[] = {
    [PLACE_TOUCHPOINT] = COLUMN_TOUCHPOINT, [PLACE_ACTIVITY] = COLUMN_ACTIVITY,
    [PLACE_CHANNEL] = COLUMN_CHANNEL,       [PLACE_PERSONA] = COLUMN_PERSONA,
    [PLACE_CONTEXT] = COLUMN_CONTEXT,       [PLACE_OUTCOME] = COLUMN_OUTCOME,
    [PLACE_OWNER] = COLUMN_OWNER,           [PLACE_CURRENCY] = COLUMN_CURRENCY,
    [PLACE_VARIANT] = COLUMN_VARIANT,
};

static_assert(ARRAY_LEN(columns) == STAND_COLUMNS);

size_t stand_place(enum column column)
{
    size_t place = 0;
    while (place < STAND_COLUMNS && columns[place] != column)
        place++;
    return place;
}

column_set stand_columns(void)
{
    column_set set = 0;
    for (size_t i = 0; i < STAND_COLUMNS; i++)
        set |= column_bit(columns[i]);
    return set;
}

struct stand stand_of_row(sqlite3_stmt *row, int first)
{
    struct stand stand;
    for (int i = 0; i < STAND_COLUMNS; i++)
        stand.words[i] = (uint32_t)sqlite3_column_int64(row, first + i); /* 0 for NULL */
    return stand;
}

struct stand stand_of_words(const struct row *row, const int64_t *words)
{
    struct stand stand;
    for (size_t i = 0; i < STAND_COLUMNS; i++)
        stand.words[i] =
            (row->given & column_bit(columns[i])) != 0 ? (uint32_t)words[columns[i]] : 0;
    return stand;
}

void stands_write_columns(struct str *sql, const char *before)
{
    for (size_t i = 0; i < STAND_COLUMNS; i++)
        str_printf(sql, ", %s%s", before, column_info(columns[i])->name);
}

void stand_said(const struct stand *stand, uint32_t words[SAID_COUNT])
{
    words[SAID_PERSONA] = stand->words[PLACE_PERSONA];
    words[SAID_CONTEXT] = stand->words[PLACE_CONTEXT];
    words[SAID_VARIANT] = stand->words[PLACE_VARIANT];
}

uint64_t stand_purse(const struct stand *stand)
{
    return purse_of(stand->words[PLACE_CURRENCY], stand->words[PLACE_TOUCHPOINT]);
}

/* A sum over two words at once, whose parts need not wait for each other. */
static size_t hash_of(const struct stand *stand)
{
    uint64_t pairs[(STAND_COLUMNS + 1) / 2] = { 0 }, sum = 0;
    uint64_t factor = UINT64_C(0x9e3779b97f4a7c15);
    memcpy(pairs, stand->words, sizeof(stand->words));
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        sum += pairs[i] * factor;
        factor += UINT64_C(0x632be59bd9b4e01a);
    }
    sum = (sum ^ sum >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(sum >> 20);
}

static uint32_t *slot_of(const struct stands *stands, const struct stand *stand)
{
    size_t mask = stands->slot_count - 1;
    size_t at = hash_of(stand) & mask;
    while (stands->slots[at] != 0 &&
           memcmp(&stands->items[stands->slots[at] - 1], stand, sizeof(*stand)) != 0)
        at = (at + 1) & mask;
    return &stands->slots[at];
}

static void grow_slots(struct stands *stands)
{
    if (stands->count * 2 < stands->slot_count)
        return;
    stands->slot_count = stands->slot_count > 0 ? stands->slot_count * 2 : 256;
    free(stands->slots);
    stands->slots = memory_alloc(stands->slot_count * sizeof(*stands->slots));
    for (size_t i = 0; i < stands->count; i++)
        *slot_of(stands, &stands->items[i]) = (uint32_t)i + 1;
}

static void append_stand(struct stands *stands, const struct stand *stand)
{
    if (stands->count == stands->capacity) {
        stands->capacity = stands->capacity > 0 ? stands->capacity * 2 : 128;
        stands->items = memory_resize(stands->items, stands->capacity * sizeof(*stands->items));
    }
    stands->items[stands->count++] = *stand;
}

void stands_clear(struct stands *stands)
{
    stands->count = stands->saved = 0;
    if (stands->slot_count > 0)
        memset(stands->slots, 0, stands->slot_count * sizeof(*stands->slots));
}

uint32_t stands_get(struct stands *stands, const struct stand *stand)
{
    grow_slots(stands);
    uint32_t *slot = slot_of(stands, stand);
    if (*slot == 0) {
        append_stand(stands, stand);
        *slot = (uint32_t)stands->count;
    }
    return *slot;
}

void stands_finish(struct stands *stands)
{
    free(stands->items);
    free(stands->slots);
}

/* ---- In the store ---- */

static bool prepare_list(struct stands *stands, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT id");
    stands_write_columns(&sql, "");
    str_append(&sql, " FROM sequence_stand ORDER BY id");
    bool good = sql_prepare(stands->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

bool stands_load(struct stands *stands, struct error *err)
{
    sqlite3_stmt *list;
    enum sql_result result;
    stands_clear(stands);
    if (!prepare_list(stands, &list, err))
        return false;
    while ((result = sql_step(stands->store, list, err)) == SQL_ROW) {
        const struct stand stand = stand_of_row(list, 1);
        grow_slots(stands);
        append_stand(stands, &stand);
        *slot_of(stands, &stand) = (uint32_t)stands->count;
    }
    stands->saved = stands->count;
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

static void bind_word(sqlite3_stmt *statement, int parameter, uint32_t word)
{
    sqlite3_bind_null(statement, parameter);
    if (word != 0)
        sqlite3_bind_int64(statement, parameter, word);
}

static bool prepare_add(struct stands *stands, sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "INSERT INTO sequence_stand (id");
    stands_write_columns(&sql, "");
    str_append(&sql, ") VALUES (?1");
    for (size_t i = 0; i < STAND_COLUMNS; i++)
        str_printf(&sql, ", ?%zu", i + 2);
    str_append(&sql, ")");
    bool good = sql_prepare(stands->store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

static bool save_next(struct stands *stands, sqlite3_stmt *add, struct error *err)
{
    const struct stand *stand = &stands->items[stands->saved++];
    sqlite3_bind_int64(add, 1, (int64_t)stands->saved);
    for (int i = 0; i < STAND_COLUMNS; i++)
        bind_word(add, i + 2, stand->words[i]);
    enum sql_result result = sql_step(stands->store, add, err);
    sqlite3_reset(add);
    return result != SQL_FAILED;
}

bool stands_save(struct stands *stands, struct error *err)
{
    sqlite3_stmt *add;
    if (stands->saved == stands->count)
        return true;
    if (!prepare_add(stands, &add, err))
        return false;
    bool good = true;
    while (good && stands->saved < stands->count)
        good = save_next(stands, add, err);
    sqlite3_finalize(add);
    return good;
}
