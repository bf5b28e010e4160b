/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_stands.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

static size_t hash_of(const struct stand *stand)
{
    uint64_t hash = stand->touchpoint * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ stand->activity) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 29) ^ stand->channel) * UINT64_C(0x94d049bb133111eb);
    return (size_t)(hash >> 20);
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
        stands->items =
            memory_resize(stands->items, stands->capacity * sizeof(*stands->items));
    }
    stands->items[stands->count++] = *stand;
}

void stands_clear(struct stands *stands)
{
    stands->count = 0;
    if (stands->slot_count > 0)
        memset(stands->slots, 0, stands->slot_count * sizeof(*stands->slots));
}

bool stands_load(struct stands *stands, struct error *err)
{
    sqlite3_stmt *list;
    enum sql_result result;
    stands_clear(stands);
    if (!sql_prepare(stands->store, "SELECT touchpoint, activity, channel FROM sequence_stand"
                                 " ORDER BY id",
                     &list, err))
        return false;
    while ((result = sql_step(stands->store, list, err)) == SQL_ROW) {
        const struct stand stand = {
            (uint32_t)sqlite3_column_int64(list, 0),
            (uint32_t)sqlite3_column_int64(list, 1),
            (uint32_t)sqlite3_column_int64(list, 2),
        };
        grow_slots(stands);
        append_stand(stands, &stand);
        *slot_of(stands, &stand) = (uint32_t)stands->count;
    }
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

static void bind_word(sqlite3_stmt *statement, int parameter, uint32_t word)
{
    sqlite3_bind_null(statement, parameter);
    if (word != 0)
        sqlite3_bind_int64(statement, parameter, word);
}

static bool write_stand(struct stands *stands, const struct stand *stand, struct error *err)
{
    if (stands->add == NULL &&
        !sql_prepare(stands->store, "INSERT INTO sequence_stand VALUES (?1, ?2, ?3, ?4)",
                     &stands->add, err))
        return false;
    sqlite3_bind_int64(stands->add, 1, (int64_t)stands->count);
    bind_word(stands->add, 2, stand->touchpoint);
    sqlite3_bind_int64(stands->add, 3, stand->activity);
    bind_word(stands->add, 4, stand->channel);
    enum sql_result result = sql_step(stands->store, stands->add, err);
    sqlite3_reset(stands->add);
    return result != SQL_FAILED;
}

bool stands_get(struct stands *stands, const struct stand *stand, uint32_t *out,
                struct error *err)
{
    grow_slots(stands);
    uint32_t *slot = slot_of(stands, stand);
    if (*slot == 0) {
        append_stand(stands, stand);
        *slot = (uint32_t)stands->count;
        if (!write_stand(stands, stand, err))
            return false;
    }
    *out = *slot;
    return true;
}

void stands_finish(struct stands *stands)
{
    sqlite3_finalize(stands->add);
    free(stands->items);
    free(stands->slots);
}
