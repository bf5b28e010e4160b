/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "span_owner.h"

struct span_part *span_owner_part(struct span_owner *owner, int place, struct arena *arena)
{
    if (owner->parts[place] == NULL) {
        owner->parts[place] = arena_array(arena, 1, sizeof(struct span_part));
        bin_set_init(&owner->parts[place]->bins, arena);
    }
    owner->there |= UINT64_C(1) << place;
    return owner->parts[place];
}

void span_owner_join(struct span_owner *owner, struct span_owner *from, bool summed,
                     struct arena *arena)
{
    for (uint64_t left = from->there; left != 0; left &= left - 1) {
        int place = __builtin_ctzll(left);
        struct span_part *part = span_owner_part(owner, place, arena);
        day_sums_join(&part->sums, &from->parts[place]->sums);
        if (summed)
            bin_set_merge(&part->bins, &from->parts[place]->bins);
    }
}

/* ---- Into the store ---- */

static bool prepare_put(struct rollup *rollup, enum rollup_part part, struct error *err)
{
    static const char *const find[] = {
        [PART_DAYS] = "SELECT totals FROM rollup_span WHERE series = ?1 AND quantity = ?2"
                      " AND unit = ?3 AND chunk = ?4",
        [PART_BINS] = "SELECT bins FROM rollup_span_bins WHERE series = ?1 AND quantity = ?2"
                      " AND unit = ?3 AND chunk = ?4",
    };
    static const char *const put[] = {
        [PART_DAYS] = "INSERT INTO rollup_span VALUES (?1, ?2, ?3, ?4, ?5)",
        [PART_BINS] = "INSERT INTO rollup_span_bins VALUES (?1, ?2, ?3, ?4, ?5)",
    };
    const char *sql = rollup->verdict != NULL ? find[part] : put[part];
    return rollup->span[part] != NULL || sql_prepare(rollup->store, sql, &rollup->span[part], err);
}

/* Writes a row, or compares it with what is there. */
static bool put_bytes(struct rollup *rollup, enum rollup_part part, int64_t owner,
                      const struct span_place *place, struct error *err)
{
    if (!prepare_put(rollup, part, err))
        return false;
    sqlite3_stmt *statement = rollup->span[part];
    const struct str *bytes = &rollup->bytes;
    sqlite3_bind_int64(statement, 1, owner);
    sqlite3_bind_int(statement, 2, (int)place->quantity);
    sqlite3_bind_int(statement, 3, (int)place->unit);
    sqlite3_bind_int(statement, 4, place->chunk);
    if (rollup->verdict == NULL)
        sqlite3_bind_blob64(statement, 5, bytes->text, bytes->length, SQLITE_STATIC);
    enum sql_result result = sql_step(rollup->store, statement, err);
    if (rollup->verdict != NULL && result != SQL_FAILED)
        rollup_compare(rollup, result == SQL_ROW ? sql_bytes(statement, 0) : (struct bytes){ 0 },
                       bytes);
    sqlite3_reset(statement);
    return result != SQL_FAILED;
}

static struct span_total total_of(const struct day_sums *sums)
{
    struct day_total total = day_sums_total(sums);
    struct moments moments = day_total_moments(&total);
    return (struct span_total){
        .n = total.n,
        .oldest = total.oldest,
        .newest = total.newest,
        .mean = moments.mean,
        .squares = moments.squares,
    };
}

static bool put_totals(struct span_owner *owner, struct rollup *rollup,
                       const struct span_place *place, struct error *err)
{
    struct span_total totals[SPAN_PIECES] = { 0 };
    for (uint64_t left = owner->there; left != 0; left &= left - 1) {
        int i = __builtin_ctzll(left);
        totals[i] = total_of(&owner->parts[i]->sums);
        day_sums_clear(&owner->parts[i]->sums);
    }
    str_clear(&rollup->bytes);
    span_write_totals(&rollup->bytes, totals, place->quantity != ROLLUP_ROWS);
    return put_bytes(rollup, PART_DAYS, owner->id, place, err);
}

static bool put_bins(struct span_owner *owner, struct rollup *rollup,
                     const struct span_place *place, struct error *err)
{
    struct bin_set *sets[SPAN_PIECES] = { 0 };
    for (uint64_t left = owner->there; left != 0; left &= left - 1)
        sets[__builtin_ctzll(left)] = &owner->parts[__builtin_ctzll(left)]->bins;
    str_clear(&rollup->bytes);
    span_write_bins(&rollup->bytes, sets, owner->there);
    return put_bytes(rollup, PART_BINS, owner->id, place, err);
}

bool span_owner_put(struct span_owner *owner, struct rollup *rollup, const struct span_place *place,
                    struct error *err)
{
    if (owner->there == 0)
        return true;
    bool good = put_totals(owner, rollup, place, err) &&
                (place->quantity == ROLLUP_ROWS || put_bins(owner, rollup, place, err));
    owner->there = 0;
    return good;
}
