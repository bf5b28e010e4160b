/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_chunk.h"

#include <assert.h>

#include <stellwerk/base/array.h>

#include "slices.h"
#include "span_owner.h"

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

/* ---- The chunks of a touchpoint ---- */

struct chunk {
    enum span_unit unit;
    int32_t number;
    int32_t first_month, last_month; /* that it has days of */
    bool met;                        /* the series at hand has rows in these */
    struct span_owner own;           /* what it has in the chunk */
    struct span_owner **groups;      /* by number of the group; NULL until it has a member */
};

struct making {
    struct rollup *rollup;
    struct arena arena;
    int64_t touchpoint;
    struct chunk *chunks;
    size_t count;
    int32_t first_month, last_month; /* of all of them */
    int64_t *groups;                 /* their ids, in the order in which they were met */
    size_t group_count, group_capacity;
    enum rollup_quantity quantity;
    struct bin_month bins; /* of the month at hand */
};

static bool is_summed(const struct making *making)
{
    return making->quantity != ROLLUP_ROWS;
}

static int32_t first_day(const struct chunk *chunk, int place)
{
    return slices_piece_first(span_period(chunk->unit), span_piece(chunk->number, place));
}

static void init_chunk(struct chunk *chunk, const struct rollup_chunk *wanted)
{
    int of_month;
    chunk->unit = wanted->unit;
    chunk->number = wanted->number;
    chunk->first_month = month_of_day(first_day(chunk, 0), &of_month);
    chunk->last_month = month_of_day(first_day(chunk, SPAN_PIECES) - 1, &of_month);
}

static void init_chunks(struct making *making, const struct rollup_chunk *wanted)
{
    making->chunks = arena_array(&making->arena, making->count, sizeof(*making->chunks));
    making->first_month = INT32_MAX;
    making->last_month = INT32_MIN;
    for (size_t i = 0; i < making->count; i++) {
        struct chunk *chunk = &making->chunks[i];
        init_chunk(chunk, &wanted[i]);
        if (chunk->first_month < making->first_month)
            making->first_month = chunk->first_month;
        if (chunk->last_month > making->last_month)
            making->last_month = chunk->last_month;
    }
}

/* ---- From the days ---- */

/* A month of a series. */
struct month {
    int32_t number;
    int32_t first; /* day */
    struct bytes days, bins;
};

/* Adds the days that the month has in the chunk. */
static bool add_pieces(struct making *making, struct chunk *chunk, int32_t first,
                       struct days_month *days)
{
    enum period_kind period = span_period(chunk->unit);
    int64_t from = slices_piece(period, first), to = slices_piece(period, first + 30);
    days_rewind(days);
    bin_month_rewind(&making->bins);
    for (int64_t piece = from; piece <= to; piece++) {
        if (span_chunk(piece) != chunk->number)
            continue;
        int32_t begin = slices_piece_first(period, piece);
        uint32_t wanted =
            days->there & days_between(first, begin, slices_piece_first(period, piece + 1) - 1);
        if (wanted == 0)
            continue;
        struct span_part *part = span_owner_part(&chunk->own, span_place(piece), &making->arena);
        if (!days_add(days, is_summed(making), wanted, first, &part->sums) ||
            (is_summed(making) && !bin_set_add_days(&part->bins, &making->bins, wanted)))
            return false;
    }
    return true;
}

static bool add_month(struct making *making, const struct month *month)
{
    struct days_month days;
    if (!days_open(&days, month->days) ||
        (is_summed(making) && !bin_month_open(&making->bins, &making->arena, month->bins)))
        return false;
    for (size_t i = 0; i < making->count; i++) {
        struct chunk *chunk = &making->chunks[i];
        if (month->number < chunk->first_month || month->number > chunk->last_month)
            continue;
        chunk->met = true;
        if (!add_pieces(making, chunk, month->first, &days))
            return false;
    }
    return true;
}

static bool prepare_months(struct rollup *rollup, enum rollup_part part, struct error *err)
{
    static const char *const sql[] = {
        [PART_DAYS] = "SELECT month, days FROM rollup"
                      " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4",
        [PART_BINS] = "SELECT month, days, bins FROM rollup"
                      " LEFT JOIN rollup_bins USING (series, quantity, month)"
                      " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4",
    };
    return rollup->months[part] != NULL ||
           sql_prepare(rollup->store, sql[part], &rollup->months[part], err);
}

static bool add_months(struct making *making, int64_t series, struct error *err)
{
    struct rollup *rollup = making->rollup;
    enum rollup_part part = is_summed(making) ? PART_BINS : PART_DAYS;
    enum sql_result result = SQL_DONE;
    bool good = true;
    if (!prepare_months(rollup, part, err))
        return false;
    sqlite3_stmt *months = rollup->months[part];
    sqlite3_bind_int64(months, 1, series);
    sqlite3_bind_int(months, 2, (int)making->quantity);
    sqlite3_bind_int(months, 3, making->first_month);
    sqlite3_bind_int(months, 4, making->last_month);
    while (good && (result = sql_step(rollup->store, months, err)) == SQL_ROW) {
        struct month month = { .number = sqlite3_column_int(months, 0),
                               .days = sql_bytes(months, 1) };
        month.first = month_first_day(month.number);
        if (part == PART_BINS)
            month.bins = sql_bytes(months, 2);
        good = add_month(making, &month) || rollup_damaged(rollup->store, err);
    }
    sqlite3_reset(months);
    return good && result != SQL_FAILED;
}

/* ---- Into groups ---- */

static size_t group_place(struct making *making, int64_t id)
{
    for (size_t i = 0; i < making->group_count; i++)
        if (making->groups[i] == id)
            return i;
    making->groups = arena_grow(&making->arena, making->groups, making->group_count,
                                &making->group_capacity, sizeof(*making->groups));
    making->groups[making->group_count] = id;
    return making->group_count++;
}

struct member {
    int64_t series;
    size_t groups[SPAN_GROUPS];
    size_t group_count;
};

static int64_t word_of(const struct rollup_series *series, enum span_group group)
{
    static const enum column columns[] = {
        [SPAN_PERSONA] = COLUMN_PERSONA,
        [SPAN_CONTEXT] = COLUMN_CONTEXT,
        [SPAN_CHANNEL] = COLUMN_CHANNEL,
    };
    static_assert(ARRAY_LEN(columns) == SPAN_GROUPS);
    int64_t name = group == SPAN_ALL ? 0 : series->names[series_place(columns[group])];
    return name == SERIES_NONE ? 0 : name;
}

static struct member member_of(struct making *making, const struct rollup_series *series)
{
    struct member member = { .series = series->id };
    bool grouped = making->rollup->kind->as == IMPORT_EVENTS;
    for (enum span_group group = SPAN_ALL; grouped && group < SPAN_GROUPS; group++) {
        int64_t id = span_group_number(making->touchpoint, group, word_of(series, group));
        if (id != 0)
            member.groups[member.group_count++] = group_place(making, id);
    }
    return member;
}

static struct span_owner *get_group(struct making *making, struct chunk *chunk, size_t place)
{
    if (chunk->groups[place] == NULL) {
        chunk->groups[place] = arena_array(&making->arena, 1, sizeof(struct span_owner));
        chunk->groups[place]->id = making->groups[place];
    }
    return chunk->groups[place];
}

static bool is_kept(const struct span_owner *group)
{
    return group->members >= SPAN_GROUP_LEAST;
}

/* What the series has in the chunk goes to its groups: the number of rows, which comes first, to
 * all of them, as it is not known yet how many series these have. */
static void join_groups(struct making *making, struct chunk *chunk, const struct member *member)
{
    for (size_t i = 0; i < member->group_count; i++) {
        struct span_owner *group = get_group(making, chunk, member->groups[i]);
        group->members += !is_summed(making);
        if (!is_summed(making) || is_kept(group))
            span_owner_join(group, &chunk->own, is_summed(making), &making->arena);
    }
}

/* ---- Into the store ---- */

static bool put(struct making *making, struct chunk *chunk, struct span_owner *owner,
                struct error *err)
{
    const struct span_place place = { making->quantity, chunk->unit, chunk->number };
    return span_owner_put(owner, making->rollup, &place, err);
}

static bool put_member(struct making *making, const struct member *member, struct error *err)
{
    if (!add_months(making, member->series, err))
        return false;
    for (size_t i = 0; i < making->count; i++) {
        struct chunk *chunk = &making->chunks[i];
        if (!chunk->met)
            continue;
        join_groups(making, chunk, member);
        chunk->own.id = member->series;
        if (!put(making, chunk, &chunk->own, err))
            return false;
        chunk->met = false;
    }
    return true;
}

static bool put_groups(struct making *making, struct error *err)
{
    for (size_t i = 0; i < making->count; i++) {
        struct chunk *chunk = &making->chunks[i];
        for (size_t j = 0; j < making->group_count; j++)
            if (chunk->groups[j] != NULL && is_kept(chunk->groups[j]) &&
                !put(making, chunk, chunk->groups[j], err))
                return false;
    }
    return true;
}

static bool put_all(struct making *making, const struct member *members, size_t count,
                    struct error *err)
{
    for (making->quantity = 0; making->quantity < ROLLUP_QUANTITIES; making->quantity++) {
        for (size_t i = 0; i < count; i++)
            if (!put_member(making, &members[i], err))
                return false;
        if (!put_groups(making, err))
            return false;
    }
    return true;
}

static bool prepare_drop(struct rollup *rollup, enum rollup_part part, struct error *err)
{
    static const char *const sql[] = {
        [PART_DAYS] = "DELETE FROM rollup_span WHERE series BETWEEN ?1 AND ?2 AND unit = ?3"
                      " AND chunk BETWEEN ?4 AND ?5",
        [PART_BINS] = "DELETE FROM rollup_span_bins WHERE series BETWEEN ?1 AND ?2 AND unit = ?3"
                      " AND chunk BETWEEN ?4 AND ?5",
    };
    return rollup->drop[part] != NULL ||
           sql_prepare(rollup->store, sql[part], &rollup->drop[part], err);
}

/* Chunks of one unit from `first` to `last`, of series and groups with these ids. */
static bool drop_some(struct making *making, int64_t from, int64_t to, const struct chunk *first,
                      const struct chunk *last, struct error *err)
{
    struct rollup *rollup = making->rollup;
    enum sql_result result = SQL_DONE;
    for (enum rollup_part part = 0; result != SQL_FAILED && part < PARTS; part++) {
        if (!prepare_drop(rollup, part, err))
            return false;
        sqlite3_stmt *drop = rollup->drop[part];
        sqlite3_bind_int64(drop, 1, from);
        sqlite3_bind_int64(drop, 2, to);
        sqlite3_bind_int(drop, 3, (int)first->unit);
        sqlite3_bind_int(drop, 4, first->number);
        sqlite3_bind_int(drop, 5, last->number);
        result = sql_step(rollup->store, drop, err);
        sqlite3_reset(drop);
    }
    return result != SQL_FAILED;
}

/* Chunks that follow each other. */
static bool drop_run(struct making *making, const struct member *members, size_t count,
                     const struct chunk *first, const struct chunk *last, struct error *err)
{
    for (size_t i = 0; i < count; i++)
        if (!drop_some(making, members[i].series, members[i].series, first, last, err))
            return false;
    if (making->rollup->kind->as != IMPORT_EVENTS || making->touchpoint >= TOUCHPOINT_MOST)
        return true;
    int64_t from = -((making->touchpoint + 1) << GROUP_BITS) + 1;
    return drop_some(making, from, -(making->touchpoint << GROUP_BITS), first, last, err);
}

static bool drop_chunks(struct making *making, const struct member *members, size_t count,
                        struct error *err)
{
    bool good = true;
    for (size_t first = 0, end; good && first < making->count; first = end) {
        const struct chunk *chunks = making->chunks;
        for (end = first + 1; end < making->count && chunks[end].unit == chunks[first].unit &&
                              chunks[end].number == chunks[end - 1].number + 1;)
            end++;
        good = drop_run(making, members, count, &chunks[first], &chunks[end - 1], err);
    }
    return good;
}

static bool make(struct making *making, const struct rollup_series *const *series, size_t count,
                 struct error *err)
{
    struct member *members = arena_array(&making->arena, count, sizeof(*members));
    for (size_t i = 0; i < count; i++)
        members[i] = member_of(making, series[i]);
    for (size_t i = 0; i < making->count; i++)
        making->chunks[i].groups =
            arena_array(&making->arena, making->group_count, sizeof(struct span_owner *));
    return (making->rollup->verdict != NULL || drop_chunks(making, members, count, err)) &&
           put_all(making, members, count, err);
}

bool rollup_chunks_make(struct rollup *rollup, const struct rollup_chunk *chunks, size_t count,
                        const struct rollup_series *const *series, size_t series_count,
                        struct error *err)
{
    struct making making = {
        .rollup = rollup,
        .touchpoint = chunks->touchpoint,
        .count = count,
    };
    arena_init(&making.arena);
    init_chunks(&making, chunks);
    bool good = make(&making, series, series_count, err);
    arena_finish(&making.arena);
    return good;
}
