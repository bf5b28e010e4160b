/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_chunk.h"

#include <assert.h>
#include <inttypes.h>

#include "days.h"
#include "slices.h"

/* ---- Groups ---- */

#define WORD_BITS 32
#define GROUP_BITS 34 /* of the word and the kind of group */
#define TOUCHPOINT_MOST (INT64_C(1) << 28)

int64_t span_group_number(int64_t touchpoint, enum span_group group, int64_t word)
{
    bool said = group == SPAN_ALL ? word == 0 : word > 0 && word < INT64_C(1) << WORD_BITS;
    if (!said || touchpoint <= 0 || touchpoint >= TOUCHPOINT_MOST)
        return 0;
    return -(touchpoint << GROUP_BITS | (int64_t)group << WORD_BITS | word);
}

/* ---- One chunk of a touchpoint ---- */

static const char *source_of(const struct rollup *rollup)
{
    return series_source(rollup->kind->as);
}

/* A series or a group, and what its pieces have come to. */
struct owner {
    int64_t id;
    size_t members;
    struct day_sums sums[SPAN_PIECES];
    struct bin_set *sets[SPAN_PIECES]; /* NULL: nothing yet */
};

struct member {
    int64_t series;
    struct owner *owners[1 + SPAN_GROUPS]; /* itself, and the groups that it belongs to */
    size_t owner_count;
};

struct chunk {
    struct rollup *rollup;
    struct arena arena;
    int64_t touchpoint;
    enum span_unit unit;
    int32_t number;
    enum rollup_quantity quantity;
    struct member *members;
    struct owner **owners; /* all of them */
    size_t member_count, owner_count, member_capacity, owner_capacity;
};

static int32_t first_day(const struct chunk *chunk, int place)
{
    return slices_piece_first(span_period(chunk->unit), span_piece(chunk->number, place));
}

static int32_t first_month(const struct chunk *chunk)
{
    int of_month;
    return month_of_day(first_day(chunk, 0), &of_month);
}

static int32_t last_month(const struct chunk *chunk)
{
    int of_month;
    return month_of_day(first_day(chunk, SPAN_PIECES) - 1, &of_month);
}

static struct owner *get_owner(struct chunk *chunk, int64_t id)
{
    for (size_t i = 0; id < 0 && i < chunk->owner_count; i++)
        if (chunk->owners[i]->id == id)
            return chunk->owners[i];
    struct owner *owner = arena_array(&chunk->arena, 1, sizeof(*owner));
    owner->id = id;
    chunk->owners = arena_grow(&chunk->arena, chunk->owners, chunk->owner_count,
                               &chunk->owner_capacity, sizeof(*chunk->owners));
    chunk->owners[chunk->owner_count++] = owner;
    return owner;
}

static void add_owner(struct chunk *chunk, struct member *member, int64_t id)
{
    struct owner *owner = get_owner(chunk, id);
    owner->members++;
    member->owners[member->owner_count++] = owner;
}

enum { MEMBER_ID, MEMBER_PERSONA, MEMBER_CONTEXT, MEMBER_CHANNEL };

static void add_member(struct chunk *chunk, sqlite3_stmt *row)
{
    struct member member = { .series = sqlite3_column_int64(row, MEMBER_ID) };
    add_owner(chunk, &member, member.series);
    for (int group = SPAN_ALL; group < SPAN_GROUPS; group++) {
        int64_t word = group == SPAN_ALL ? 0 : sqlite3_column_int64(row, group);
        int64_t id = span_group_number(chunk->touchpoint, (enum span_group)group, word);
        if (id != 0 && chunk->rollup->kind->as == IMPORT_EVENTS)
            add_owner(chunk, &member, id);
    }
    chunk->members = arena_grow(&chunk->arena, chunk->members, chunk->member_count,
                                &chunk->member_capacity, sizeof(*chunk->members));
    chunk->members[chunk->member_count++] = member;
}

static_assert(MEMBER_PERSONA == (int)SPAN_PERSONA && MEMBER_CONTEXT == (int)SPAN_CONTEXT &&
              MEMBER_CHANNEL == (int)SPAN_CHANNEL);

/* Series that have rows in the months of the chunk. */
static bool list_members(struct chunk *chunk, struct error *err)
{
    struct store *store = chunk->rollup->store;
    sqlite3_stmt *list;
    enum sql_result result;
    if (!sql_prepare(store,
                     "SELECT id, persona, context, channel FROM series WHERE source = ?1 AND"
                     " touchpoint = ?2 AND EXISTS (SELECT 1 FROM rollup WHERE series = id AND"
                     " quantity = 0 AND month BETWEEN ?3 AND ?4) ORDER BY id",
                     &list, err))
        return false;
    sqlite3_bind_text(list, 1, source_of(chunk->rollup), -1, SQLITE_STATIC);
    sqlite3_bind_int64(list, 2, chunk->touchpoint);
    sqlite3_bind_int(list, 3, first_month(chunk));
    sqlite3_bind_int(list, 4, last_month(chunk));
    while ((result = sql_step(store, list, err)) == SQL_ROW)
        add_member(chunk, list);
    sqlite3_finalize(list);
    return result == SQL_DONE;
}

static bool is_kept(const struct owner *owner)
{
    return owner->id > 0 || owner->members >= SPAN_GROUP_LEAST;
}

/* ---- From the days ---- */

/* A month of a member. */
struct month {
    int32_t first; /* day */
    struct bytes days, bins;
};

static struct bin_set *get_set(struct chunk *chunk, struct owner *owner, int place)
{
    if (owner->sets[place] == NULL) {
        owner->sets[place] = arena_array(&chunk->arena, 1, sizeof(struct bin_set));
        bin_set_init(owner->sets[place], &chunk->arena);
    }
    return owner->sets[place];
}

static bool add_days(struct chunk *chunk, const struct member *member, const struct month *month,
                     int place, uint32_t days)
{
    bool summed = chunk->quantity != ROLLUP_ROWS;
    bool good = true;
    days &= days_there(month->days);
    for (size_t i = 0; good && days != 0 && i < member->owner_count; i++) {
        struct owner *owner = member->owners[i];
        if (!is_kept(owner))
            continue;
        good = days_add(month->days, summed, days, month->first, &owner->sums[place]) &&
               (!summed || bin_set_add(get_set(chunk, owner, place), month->bins, days));
    }
    return good;
}

static bool add_month(struct chunk *chunk, const struct member *member, const struct month *month)
{
    enum period_kind period = span_period(chunk->unit);
    int64_t from = slices_piece(period, month->first), to = slices_piece(period, month->first + 30);
    for (int64_t piece = from; piece <= to; piece++) {
        if (span_chunk(piece) != chunk->number)
            continue;
        int32_t first = slices_piece_first(period, piece);
        uint32_t days =
            days_between(month->first, first, slices_piece_first(period, piece + 1) - 1);
        if (!add_days(chunk, member, month, span_place(piece), days))
            return false;
    }
    return true;
}

static struct bytes bytes_at(sqlite3_stmt *statement, int column)
{
    const void *at = sqlite3_column_blob(statement, column);
    return (struct bytes){ .at = at, .length = (size_t)sqlite3_column_bytes(statement, column) };
}

static bool read_member(struct chunk *chunk, sqlite3_stmt *months, const struct member *member,
                        struct error *err)
{
    struct store *store = chunk->rollup->store;
    enum sql_result result = SQL_DONE;
    bool good = true;
    sqlite3_bind_int64(months, 1, member->series);
    sqlite3_bind_int(months, 2, (int)chunk->quantity);
    sqlite3_bind_int(months, 3, first_month(chunk));
    sqlite3_bind_int(months, 4, last_month(chunk));
    while (good && (result = sql_step(store, months, err)) == SQL_ROW) {
        struct month month = { .first = month_first_day(sqlite3_column_int(months, 0)),
                               .days = bytes_at(months, 1),
                               .bins = bytes_at(months, 2) };
        good = add_month(chunk, member, &month) || rollup_damaged(store, err);
    }
    sqlite3_reset(months);
    return good && result != SQL_FAILED;
}

static bool read_members(struct chunk *chunk, struct error *err)
{
    sqlite3_stmt *months;
    bool good = sql_prepare(chunk->rollup->store,
                            "SELECT month, days, bins FROM rollup"
                            " LEFT JOIN rollup_bins USING (series, quantity, month)"
                            " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4",
                            &months, err);
    if (!good)
        return false;
    for (size_t i = 0; good && i < chunk->member_count; i++)
        good = read_member(chunk, months, &chunk->members[i], err);
    sqlite3_finalize(months);
    return good;
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
static bool put_bytes(struct chunk *chunk, enum rollup_part part, int64_t owner,
                      const struct str *bytes, struct error *err)
{
    struct rollup *rollup = chunk->rollup;
    if (!prepare_put(rollup, part, err))
        return false;
    sqlite3_stmt *statement = rollup->span[part];
    sqlite3_bind_int64(statement, 1, owner);
    sqlite3_bind_int(statement, 2, (int)chunk->quantity);
    sqlite3_bind_int(statement, 3, (int)chunk->unit);
    sqlite3_bind_int(statement, 4, chunk->number);
    if (rollup->verdict == NULL)
        sqlite3_bind_blob64(statement, 5, bytes->text, bytes->length, SQLITE_STATIC);
    enum sql_result result = sql_step(rollup->store, statement, err);
    if (rollup->verdict != NULL && result != SQL_FAILED)
        rollup_compare(rollup, result == SQL_ROW ? bytes_at(statement, 0) : (struct bytes){ 0 },
                       bytes);
    sqlite3_reset(statement);
    return result != SQL_FAILED;
}

static struct span_total total_of(const struct day_sums *sums)
{
    if (sums->n == 0)
        return (struct span_total){ 0 };
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

static bool put_owner(struct chunk *chunk, struct owner *owner, struct error *err)
{
    struct span_total totals[SPAN_PIECES];
    bool summed = chunk->quantity != ROLLUP_ROWS;
    uint64_t there = 0;
    struct str bytes;
    for (int i = 0; i < SPAN_PIECES; i++) {
        totals[i] = total_of(&owner->sums[i]);
        there |= totals[i].n > 0 ? UINT64_C(1) << i : 0;
    }
    if (there == 0)
        return true;
    str_init(&bytes);
    span_write_totals(&bytes, totals, summed);
    bool good = put_bytes(chunk, PART_DAYS, owner->id, &bytes, err);
    str_clear(&bytes);
    if (good && summed) {
        span_write_bins(&bytes, owner->sets, there);
        good = put_bytes(chunk, PART_BINS, owner->id, &bytes, err);
    }
    str_finish(&bytes);
    return good;
}

static bool put_quantity(struct chunk *chunk, struct error *err)
{
    if (!read_members(chunk, err))
        return false;
    for (size_t i = 0; i < chunk->owner_count; i++)
        if (is_kept(chunk->owners[i]) && !put_owner(chunk, chunk->owners[i], err))
            return false;
    return true;
}

static bool drop_chunk(struct chunk *chunk, struct error *err)
{
    int64_t first = (chunk->touchpoint + 1) << GROUP_BITS, last = chunk->touchpoint << GROUP_BITS;
    for (enum rollup_part part = 0; part < PARTS; part++)
        if (!rollup_run(chunk->rollup, err,
                        "DELETE FROM %s WHERE unit = %d AND chunk = %d AND series IN"
                        " (SELECT id FROM series WHERE source = '%s' AND touchpoint = %" PRId64 ")",
                        rollup_span_table(part), (int)chunk->unit, chunk->number,
                        source_of(chunk->rollup), chunk->touchpoint) ||
            (chunk->rollup->kind->as == IMPORT_EVENTS && chunk->touchpoint < TOUCHPOINT_MOST &&
             !rollup_run(chunk->rollup, err,
                         "DELETE FROM %s WHERE unit = %d AND chunk = %d AND"
                         " series BETWEEN %" PRId64 " AND %" PRId64,
                         rollup_span_table(part), (int)chunk->unit, chunk->number, -first + 1,
                         -last)))
            return false;
    return true;
}

static void forget_members(struct chunk *chunk)
{
    arena_reset(&chunk->arena);
    chunk->members = NULL;
    chunk->owners = NULL;
    chunk->member_count = chunk->owner_count = 0;
    chunk->member_capacity = chunk->owner_capacity = 0;
}

static bool make(struct chunk *chunk, struct error *err)
{
    if (chunk->rollup->verdict == NULL && !drop_chunk(chunk, err))
        return false;
    for (chunk->quantity = 0; chunk->quantity < ROLLUP_QUANTITIES; chunk->quantity++) {
        forget_members(chunk);
        if (!list_members(chunk, err) || !put_quantity(chunk, err))
            return false;
    }
    return true;
}

bool rollup_chunk_make(struct rollup *rollup, struct rollup_chunk wanted, struct error *err)
{
    struct chunk chunk = {
        .rollup = rollup,
        .touchpoint = wanted.touchpoint,
        .unit = wanted.unit,
        .number = wanted.number,
    };
    arena_init(&chunk.arena);
    bool good = make(&chunk, err);
    arena_finish(&chunk.arena);
    return good;
}
