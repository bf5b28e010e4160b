/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gather.h"

#include "days.h"

/* ---- What is read how ---- */

static void add_range(struct gatherer *gatherer, int32_t first, int32_t last)
{
    struct day_range *end = &gatherer->ranges[gatherer->range_count];
    if (first > last)
        return;
    if (gatherer->range_count > 0 && end[-1].last != INT32_MAX && end[-1].last + 1 == first)
        end[-1].last = last;
    else {
        *end = (struct day_range){ .first = first, .last = last };
        gatherer->range_count++;
    }
}

/* The pieces that lie within the days of the plan, whole; days that are left over go to the
 * ranges. */
static void plan_pieces(struct gatherer *gatherer, struct gather_plan *plan)
{
    enum period_kind unit = span_period(gatherer->unit);
    bool opens = plan->first == INT32_MIN, ends = plan->last == INT32_MAX;
    int64_t first = opens ? INT64_MIN : slices_piece(unit, plan->first);
    int64_t last = ends ? INT64_MAX : slices_piece(unit, plan->last);
    if (!opens && slices_piece_first(unit, first) < plan->first)
        first++;
    if (!ends && slices_piece_first(unit, last + 1) - 1 > plan->last)
        last--;
    if (first > last) {
        add_range(gatherer, plan->first, plan->last);
        return;
    }
    plan->first_piece = first;
    plan->last_piece = last;
    if (!opens)
        add_range(gatherer, plan->first, slices_piece_first(unit, first) - 1);
    if (!ends)
        add_range(gatherer, slices_piece_first(unit, last + 1), plan->last);
}

static void plan_slice(struct gatherer *gatherer, size_t index)
{
    const struct slices *slices = &gatherer->run->survey->slices;
    struct period period = gatherer->run->lens.period;
    struct gather_plan *plan = &gatherer->plans[index];
    bool last = index + 1 == slices->count;
    plan->first = index == 0 ? INT32_MIN : slices->first[index];
    plan->last = last ? INT32_MAX : slices_last_day(slices, index);
    plan->first = plan->first > period.first ? plan->first : period.first;
    plan->last = plan->last < period.last ? plan->last : period.last;
    plan->first_piece = 1; /* none */
    if (plan->first > plan->last)
        return;
    if (gatherer->by_span)
        plan_pieces(gatherer, plan);
    else
        add_range(gatherer, plan->first, plan->last);
}

void gatherer_init(struct gatherer *gatherer, struct run *run, enum rollup_quantity quantity,
                   bool spans_are_ready)
{
    const struct slices *slices = &run->survey->slices;
    struct arena *scratch = &run->scratch;
    *gatherer = (struct gatherer){
        .run = run,
        .quantity = quantity,
        .slices = arena_array(scratch, slices->count, sizeof(*gatherer->slices)),
        .plans = arena_array(scratch, slices->count, sizeof(*gatherer->plans)),
        .ranges = arena_array(scratch, 2 * slices->count, sizeof(*gatherer->ranges)),
        .by_day = run->metric->half_life > 0,
    };
    gatherer->by_span =
        span_unit_of(slices->unit, &gatherer->unit) && spans_are_ready && !gatherer->by_day;
    bin_set_init(&gatherer->room, scratch);
    for (size_t i = 0; i < slices->count; i++) {
        bin_set_init(&gatherer->slices[i].bins, scratch);
        plan_slice(gatherer, i);
    }
}

void gatherer_finish(struct gatherer *gatherer)
{
    for (int i = 0; i < 2; i++) {
        sqlite3_finalize(gatherer->months[i]);
        sqlite3_finalize(gatherer->spans[i]);
    }
}

static void add_total(struct gathered *slice, const struct span_total *total)
{
    if (slice->n == 0 || total->oldest < slice->oldest)
        slice->oldest = total->oldest;
    if (slice->n == 0 || total->newest > slice->newest)
        slice->newest = total->newest;
    slice->n += total->n;
    moments_merge(
        &slice->values,
        (struct moments){ .n = (double)total->n, .mean = total->mean, .squares = total->squares });
}

/* ---- Whole pieces ---- */

static bool has_pieces(const struct gather_plan *plan)
{
    return plan->first_piece <= plan->last_piece;
}

/* The slice of a piece, at `from` or behind; NULL. Pieces come in ascending order. */
static struct gathered *slice_of(struct gatherer *gatherer, int64_t piece, size_t *from)
{
    size_t count = gatherer->run->survey->slices.count;
    const struct gather_plan *plan = &gatherer->plans[*from];
    for (; *from < count && (!has_pieces(plan) || plan->last_piece < piece); plan++)
        (*from)++;
    return *from < count && plan->first_piece <= piece ? &gatherer->slices[*from] : NULL;
}

static bool read_totals(struct gatherer *gatherer, int32_t chunk, struct bytes bytes)
{
    struct span_reader reader;
    struct span_total total;
    size_t from = 0;
    int place;
    if (!span_open_totals(&reader, bytes, gatherer->quantity != ROLLUP_ROWS))
        return false;
    while (span_next_total(&reader, &place, &total)) {
        struct gathered *slice = slice_of(gatherer, span_piece(chunk, place), &from);
        if (slice != NULL && total.n > 0)
            add_total(slice, &total);
    }
    return true;
}

/* A slice whose pieces all lie in a chunk of what the series are together has got all it gets: its
 * room is the next one's, so that a chart of many slices stays in the nearest memory. */
static void end_slice(struct gatherer *gatherer, size_t index, int32_t chunk)
{
    const struct gather_plan *plan = &gatherer->plans[index];
    struct gathered *slice = &gatherer->slices[index];
    bool inside = plan->first_piece >= span_piece(chunk, 0) &&
                  plan->last_piece < span_piece(chunk, SPAN_PIECES);
    if (!inside)
        return;
    gatherer->over(gatherer->data, index);
    struct bin_set room = slice->bins;
    slice->bins = gatherer->room;
    gatherer->room = room;
}

static void begin_slice(struct gatherer *gatherer, struct gathered *slice)
{
    struct bin_set room = gatherer->room;
    if (slice->bins.capacity > 0 || slice->bins.above.count > 0 || slice->bins.below.count > 0)
        return;
    gatherer->room = slice->bins;
    slice->bins = room;
}

static bool read_bins(struct gatherer *gatherer, int32_t chunk, struct bytes bytes, bool alone)
{
    struct span_reader reader;
    struct bytes piece;
    size_t from = 0, last = 0;
    struct gathered *at = NULL;
    int place;
    if (!span_open_bins(&reader, bytes))
        return false;
    while (span_next_bins(&reader, &place, &piece)) {
        struct gathered *slice = slice_of(gatherer, span_piece(chunk, place), &from);
        if (alone && at != NULL && slice != at)
            end_slice(gatherer, last, chunk);
        if (alone && slice != NULL && slice != at)
            begin_slice(gatherer, slice);
        at = slice;
        last = from;
        if (slice != NULL && !bin_set_read(&slice->bins, piece))
            return false;
    }
    if (alone && at != NULL)
        end_slice(gatherer, last, chunk);
    return !reader.coded.bad;
}

static bool prepare_spans(struct gatherer *gatherer, sqlite3_stmt **out, struct error *err)
{
    *out = gatherer->spans[gatherer->wants_bins];
    if (*out != NULL)
        return true;
    const char *sql = gatherer->wants_bins
                          ? "SELECT chunk, totals, bins FROM rollup_span"
                            " JOIN rollup_span_bins USING (series, quantity, unit, chunk)"
                            " WHERE series = ?1 AND quantity = ?2 AND unit = ?3"
                            " AND chunk BETWEEN ?4 AND ?5"
                          : "SELECT chunk, totals, NULL FROM rollup_span"
                            " WHERE series = ?1 AND quantity = ?2 AND unit = ?3"
                            " AND chunk BETWEEN ?4 AND ?5";
    bool good =
        sql_prepare(gatherer->run->survey->store, sql, &gatherer->spans[gatherer->wants_bins], err);
    *out = gatherer->spans[gatherer->wants_bins];
    return good;
}

static bool was_read(const struct gatherer *gatherer, int32_t chunk)
{
    for (size_t i = 0; i < gatherer->chunk_count; i++)
        if (gatherer->chunks[i] == chunk)
            return true;
    return false;
}

static void note_chunk(struct gatherer *gatherer, int32_t chunk)
{
    gatherer->chunks = arena_grow(&gatherer->run->scratch, gatherer->chunks, gatherer->chunk_count,
                                  &gatherer->chunk_capacity, sizeof(*gatherer->chunks));
    gatherer->chunks[gatherer->chunk_count++] = chunk;
}

/* The chunks from the first to the last piece that is asked for. */
static void bind_chunks(const struct gatherer *gatherer, sqlite3_stmt *spans)
{
    int32_t first = INT32_MAX, last = INT32_MIN;
    for (size_t i = 0; i < gatherer->run->survey->slices.count; i++) {
        const struct gather_plan *plan = &gatherer->plans[i];
        if (!has_pieces(plan))
            continue;
        int32_t from = plan->first_piece == INT64_MIN ? INT32_MIN : span_chunk(plan->first_piece);
        int32_t to = plan->last_piece == INT64_MAX ? INT32_MAX : span_chunk(plan->last_piece);
        first = from < first ? from : first;
        last = to > last ? to : last;
    }
    sqlite3_bind_int(spans, 4, first);
    sqlite3_bind_int(spans, 5, last);
}

/* What a series or a group is in its chunks, but for those that its group was read for. */
static bool gather_spans(struct gatherer *gatherer, int64_t owner, struct error *err)
{
    struct store *store = gatherer->run->survey->store;
    sqlite3_stmt *spans;
    enum sql_result result = SQL_DONE;
    bool good = true;
    if (!prepare_spans(gatherer, &spans, err))
        return false;
    sqlite3_bind_int64(spans, 1, owner);
    sqlite3_bind_int(spans, 2, (int)gatherer->quantity);
    sqlite3_bind_int(spans, 3, (int)gatherer->unit);
    bind_chunks(gatherer, spans);
    while (good && (result = sql_step(store, spans, err)) == SQL_ROW) {
        int32_t chunk = sqlite3_column_int(spans, 0);
        if (owner > 0 && was_read(gatherer, chunk))
            continue;
        good = (read_totals(gatherer, chunk, sql_bytes(spans, 1)) &&
                (!gatherer->wants_bins ||
                 read_bins(gatherer, chunk, sql_bytes(spans, 2), owner < 0))) ||
               rollup_damaged(store, err);
        if (owner < 0)
            note_chunk(gatherer, chunk);
    }
    sqlite3_reset(spans);
    return good && result != SQL_FAILED;
}

/* ---- Days ---- */

/* A month on its way into the slices. */
struct month {
    int32_t first; /* day */
    struct bytes days, bins;
};

static bool add_days(struct gatherer *gatherer, const struct month *month, uint32_t days,
                     struct gathered *slice)
{
    struct day_total total;
    int64_t start = month->first * TIME_US_PER_DAY;
    if (!days_read(month->days, gatherer->quantity != ROLLUP_ROWS, days, &total))
        return false;
    if (total.n == 0)
        return true;
    struct moments moments = day_total_moments(&total);
    add_total(slice, &(struct span_total){ .n = total.n,
                                           .oldest = start + total.oldest,
                                           .newest = start + total.newest,
                                           .mean = moments.mean,
                                           .squares = moments.squares });
    return !gatherer->wants_bins || bin_set_add(&slice->bins, month->bins, days);
}

static bool add_day_by_day(struct gatherer *gatherer, const struct month *month, uint32_t days,
                           size_t slice)
{
    for (uint32_t left = days & days_there(month->days); left != 0; left &= left - 1) {
        if (!add_days(gatherer, month, left & -left, &gatherer->slices[slice]))
            return false;
        gatherer->over(gatherer->data, slice);
    }
    return true;
}

static bool gather_month(struct gatherer *gatherer, const struct month *month,
                         struct day_range range)
{
    const struct slices *slices = &gatherer->run->survey->slices;
    size_t i = slices_find(slices, month->first);
    for (; i < slices->count && (i == 0 || slices->first[i] <= month->first + 30); i++) {
        const struct gather_plan *plan = &gatherer->plans[i];
        int32_t first = plan->first > range.first ? plan->first : range.first;
        int32_t last = plan->last < range.last ? plan->last : range.last;
        uint32_t days = days_between(month->first, first, last);
        if (days != 0 &&
            !(gatherer->by_day ? add_day_by_day(gatherer, month, days, i)
                               : add_days(gatherer, month, days, &gatherer->slices[i])))
            return false;
    }
    return true;
}

/* The bins come with the days, where they are asked for. */
static bool prepare_months(struct gatherer *gatherer, sqlite3_stmt **out, struct error *err)
{
    *out = gatherer->months[gatherer->wants_bins];
    if (*out != NULL)
        return true;
    const char *sql = gatherer->wants_bins
                          ? "SELECT month, days, bins FROM rollup"
                            " JOIN rollup_bins USING (series, quantity, month)"
                            " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4"
                          : "SELECT month, days, NULL FROM rollup"
                            " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4";
    bool good = sql_prepare(gatherer->run->survey->store, sql,
                            &gatherer->months[gatherer->wants_bins], err);
    *out = gatherer->months[gatherer->wants_bins];
    return good;
}

static int month_of(int32_t day)
{
    int of_month;
    if (day == INT32_MIN || day == INT32_MAX)
        return day < 0 ? INT32_MIN : INT32_MAX;
    return month_of_day(day, &of_month);
}

static bool gather_range(struct gatherer *gatherer, int64_t series, struct day_range range,
                         struct error *err)
{
    struct store *store = gatherer->run->survey->store;
    sqlite3_stmt *months;
    enum sql_result result = SQL_DONE;
    bool good = true;
    if (!prepare_months(gatherer, &months, err))
        return false;
    sqlite3_bind_int64(months, 1, series);
    sqlite3_bind_int(months, 2, (int)gatherer->quantity);
    sqlite3_bind_int(months, 3, month_of(range.first));
    sqlite3_bind_int(months, 4, month_of(range.last));
    while (good && (result = sql_step(store, months, err)) == SQL_ROW) {
        struct month month = { .first = month_first_day(sqlite3_column_int(months, 0)),
                               .days = sql_bytes(months, 1),
                               .bins = sql_bytes(months, 2) };
        good = gather_month(gatherer, &month, range) || rollup_damaged(store, err);
    }
    sqlite3_reset(months);
    return good && result != SQL_FAILED;
}

/* ---- Both ---- */

/* Days first: what the series are together then ends slices. */
bool gather(struct gatherer *gatherer, const struct gather_group *group, struct error *err)
{
    bool good = true;
    gatherer->chunk_count = 0;
    for (size_t i = 0; good && i < group->count; i++)
        for (size_t j = 0; good && j < gatherer->range_count; j++)
            good = gather_range(gatherer, group->series[i], gatherer->ranges[j], err);
    if (good && gatherer->by_span && group->group != 0)
        good = gather_spans(gatherer, group->group, err);
    for (size_t i = 0; good && gatherer->by_span && i < group->count; i++)
        good = gather_spans(gatherer, group->series[i], err);
    for (size_t i = 0; good && i < gatherer->run->survey->slices.count; i++)
        gatherer->over(gatherer->data, i);
    return good;
}
