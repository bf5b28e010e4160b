/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Series that a formula cannot tell apart (of one touchpoint, context, scale, hit or not) are
 * gathered slice by slice, and what came together is then given to the formula as rows that stand
 * for as many as there were: one for each value, or a single one where the sum is all that counts.
 */
#include "run.h"

#include <math.h>

#include <stellwerk/base/time.h>

#include "days.h"

/* What a slice has come to. */
struct gathered {
    uint64_t n;
    int64_t oldest, newest; /* instants */
    struct moments values;
    struct bin_set bins;
};

/* What series have in common that are gathered together. */
struct group {
    int64_t touchpoint, context; /* words; 0: none */
    bool hit;
    double scale_min, scale_max; /* NAN: none */
};

struct gathering {
    struct run *run;
    struct query *query;
    sqlite3_stmt *series, *days, *bins;
    struct group group;
    struct cell *cell; /* of the group; NULL: nobody asks */
    struct gathered *slices;
    enum rollup_quantity quantity;
    bool wants_bins;
};

/* ---- To the formula ---- */

static struct anchors anchors_of(const struct gathering *gathering)
{
    return run_anchors(gathering->run, gathering->group.context);
}

/* Does the figure depend on more of the values than their sum? */
static bool depends_on_values(const struct gathering *gathering)
{
    const struct formula *formula = gathering->run->formula;
    bool adds_up = formula->kind == SAMPLE_SUM ||
                   (formula->add == tally_add_mean && anchors_of(gathering).count == 0);
    return formula->needs_value && !adds_up;
}

static struct metric_row row_of(const struct gathering *gathering, const struct gathered *slice)
{
    return (struct metric_row){
        .ts = slice->oldest,
        .until = slice->newest,
        .hit = gathering->group.hit,
        .scale_min = gathering->group.scale_min,
        .scale_max = gathering->group.scale_max,
        .anchors = anchors_of(gathering),
    };
}

static void add_bins(struct gathering *gathering, struct gathered *slice, struct tally *tally)
{
    struct metric_row row = row_of(gathering, slice);
    size_t count;
    tally->approximate |= slice->bins.sketched;
    const struct bin *bins = bin_set_take(&slice->bins, &count);
    for (size_t i = 0; i < count; i++) {
        row.value = bins[i].value;
        row.count = bins[i].count;
        run_add_rows(gathering->run, tally, row);
    }
}

static void add_whole(struct gathering *gathering, struct gathered *slice, struct tally *tally)
{
    struct metric_row row = row_of(gathering, slice);
    row.value = slice->values.mean;
    row.count = slice->n;
    run_add_rows(gathering->run, tally, row);
}

/* Bins may be near values only, but what these add up to is known. */
static void add_slice(struct gathering *gathering, struct gathered *slice, struct tally *tally)
{
    struct moments before = tally->values;
    if (slice->n == 0)
        return;
    if (gathering->wants_bins)
        add_bins(gathering, slice, tally);
    else
        add_whole(gathering, slice, tally);
    double added = tally->values.n - before.n;
    if (added > 0) {
        tally->values = before;
        moments_merge(&tally->values, moments_rescale(slice->values, added));
    }
    slice->n = 0;
    slice->values = (struct moments){ 0 };
}

static void add_group(struct gathering *gathering)
{
    for (size_t i = 0; gathering->cell != NULL && i < gathering->run->survey->slices.count; i++)
        add_slice(gathering, &gathering->slices[i], &gathering->cell->tallies[i]);
}

/* ---- From the rollups ---- */

/* A month on its way into the slices. */
struct month {
    int32_t first; /* day */
    struct bytes days, bins;
};

static struct moments moments_of(const struct day_total *total)
{
    long double n = (long double)total->n, mean = total->sum / n;
    return (struct moments){
        .n = (double)total->n,
        .mean = (double)mean,
        .squares = fmax(0, (double)(total->squares - mean * total->sum)),
    };
}

static bool gather(struct gathering *gathering, const struct month *month, uint32_t days,
                   struct gathered *slice)
{
    struct day_total total;
    bool summed = gathering->quantity != ROLLUP_ROWS;
    int64_t start = month->first * TIME_US_PER_DAY;
    if (!days_read(month->days, summed, days, &total))
        return false;
    if (total.n == 0)
        return true;
    if (slice->n == 0 || start + total.oldest < slice->oldest)
        slice->oldest = start + total.oldest;
    if (slice->n == 0 || start + total.newest > slice->newest)
        slice->newest = start + total.newest;
    slice->n += total.n;
    if (summed)
        moments_merge(&slice->values, moments_of(&total));
    return !gathering->wants_bins || bin_set_add(&slice->bins, month->bins, days);
}

/* The days of a month from one to another, both in it or beyond. */
static uint32_t days_between(const struct month *month, int32_t first, int32_t last)
{
    int32_t from = first > month->first ? first - month->first : 0;
    int32_t to = last - month->first < 30 ? last - month->first : 30;
    if (from > 30 || to < from)
        return 0;
    return BINS_ALL_DAYS >> (30 - (to - from)) << from;
}

/* Old rows count by the day for less, so that each day is given to the formula on its own. */
static bool gather_by_day(struct gathering *gathering, const struct month *month, uint32_t days,
                          size_t slice)
{
    struct gathered *gathered = &gathering->slices[slice];
    for (uint32_t left = days & days_there(month->days); left != 0; left &= left - 1) {
        if (!gather(gathering, month, left & -left, gathered))
            return false;
        add_slice(gathering, gathered, &gathering->cell->tallies[slice]);
    }
    return true;
}

static bool gather_month(struct gathering *gathering, const struct month *month)
{
    const struct slices *slices = &gathering->run->survey->slices;
    struct period period = gathering->run->lens.period;
    bool ages = gathering->run->metric->half_life > 0;
    size_t i = slices_find(slices, month->first);
    for (; i < slices->count && (i == 0 || slices->first[i] <= month->first + 30); i++) {
        int32_t first = i == 0 ? INT32_MIN : slices->first[i];
        int32_t last = i + 1 == slices->count ? INT32_MAX : slices_last_day(slices, i);
        first = first > period.first ? first : period.first;
        last = last < period.last ? last : period.last;
        uint32_t days = days_between(month, first, last);
        if (days != 0 && !(ages ? gather_by_day(gathering, month, days, i)
                                : gather(gathering, month, days, &gathering->slices[i])))
            return false;
    }
    return true;
}

static struct bytes bytes_at(sqlite3_stmt *statement, int column)
{
    const void *at = sqlite3_column_blob(statement, column);
    return (struct bytes){ .at = at, .length = (size_t)sqlite3_column_bytes(statement, column) };
}

/* The statements of months: the bins come with the days, where they are asked for. */
static bool prepare_months(struct gathering *gathering, bool with_bins, sqlite3_stmt **out,
                           struct error *err)
{
    const char *sql = "SELECT month, days, NULL FROM rollup"
                      " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4";
    if (with_bins)
        sql = "SELECT month, days, bins FROM rollup"
              " JOIN rollup_bins USING (series, quantity, month)"
              " WHERE series = ?1 AND quantity = ?2 AND month BETWEEN ?3 AND ?4";
    return *out != NULL || sql_prepare(gathering->run->survey->store, sql, out, err);
}

static int month_of(int32_t day)
{
    int of_month;
    if (day == INT32_MIN || day == INT32_MAX)
        return day < 0 ? INT32_MIN : INT32_MAX;
    return month_of_day(day, &of_month);
}

static bool gather_series(struct gathering *gathering, int64_t series, struct error *err)
{
    struct store *store = gathering->run->survey->store;
    struct period period = gathering->run->lens.period;
    sqlite3_stmt **months = gathering->wants_bins ? &gathering->bins : &gathering->days;
    if (!prepare_months(gathering, gathering->wants_bins, months, err))
        return false;
    sqlite3_bind_int64(*months, 1, series);
    sqlite3_bind_int(*months, 2, (int)gathering->quantity);
    sqlite3_bind_int(*months, 3, month_of(period.first));
    sqlite3_bind_int(*months, 4, month_of(period.last));
    enum sql_result result;
    bool good = true;
    while (good && (result = sql_step(store, *months, err)) == SQL_ROW) {
        struct month month = { .first = month_first_day(sqlite3_column_int(*months, 0)),
                               .days = bytes_at(*months, 1),
                               .bins = bytes_at(*months, 2) };
        good = gather_month(gathering, &month) || rollup_damaged(store, err);
    }
    sqlite3_reset(*months);
    return good && result == SQL_DONE;
}

/* ---- Series by series ---- */

/* Contexts only matter where they have anchors of their own. */
static struct group group_at(const struct gathering *gathering)
{
    sqlite3_stmt *series = gathering->series;
    bool by_context = gathering->run->metric->context_anchor_count > 0;
    return (struct group){
        .touchpoint = sqlite3_column_int64(series, SERIES_TOUCHPOINT),
        .context = by_context ? sqlite3_column_int64(series, SERIES_CONTEXT) : 0,
        .hit = sqlite3_column_int(series, SERIES_HIT) != 0,
        .scale_min = run_number(series, SERIES_SCALE_MIN),
        .scale_max = run_number(series, SERIES_SCALE_MAX),
    };
}

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

static bool same_group(const struct group *a, const struct group *b)
{
    return a->touchpoint == b->touchpoint && a->context == b->context && a->hit == b->hit &&
           same_number(a->scale_min, b->scale_min) && same_number(a->scale_max, b->scale_max);
}

static void begin_group(struct gathering *gathering, struct group group)
{
    add_group(gathering);
    gathering->group = group;
    gathering->cell = run_find_cell(gathering->run, group.touchpoint);
    gathering->wants_bins = depends_on_values(gathering);
}

static bool gather_all(struct gathering *gathering, struct error *err)
{
    struct store *store = gathering->run->survey->store;
    enum sql_result result;
    while ((result = sql_step(store, gathering->series, err)) == SQL_ROW) {
        struct group group = group_at(gathering);
        if (!sql_go_on(store, err))
            return false;
        if (!same_group(&group, &gathering->group))
            begin_group(gathering, group);
        if (gathering->cell != NULL &&
            !gather_series(gathering, sqlite3_column_int64(gathering->series, SERIES_ID), err))
            return false;
    }
    add_group(gathering);
    return result == SQL_DONE;
}

/* All in one transaction, which is one lock and one state of the store. */
static bool gather_at_once(struct gathering *gathering, struct error *err)
{
    struct store *store = gathering->run->survey->store;
    if (!sql_run(store, "BEGIN", err))
        return false;
    bool good = query_series(gathering->query, store, &gathering->run->lens, &gathering->series,
                             err) &&
                gather_all(gathering, err);
    sqlite3_reset(gathering->series);
    sqlite3_exec(store->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return good;
}

bool run_read_rollup(struct run *run, struct query *query, struct error *err)
{
    struct gathering gathering = {
        .run = run,
        .query = query,
        .slices = arena_array(&run->scratch, run->survey->slices.count,
                              sizeof(*gathering.slices)),
        .quantity = query_quantity(query),
        .group = { .touchpoint = WORD_NONE },
    };
    for (size_t i = 0; i < run->survey->slices.count; i++)
        bin_set_init(&gathering.slices[i].bins, &run->scratch);
    bool good = gather_at_once(&gathering, err);
    sqlite3_finalize(gathering.series);
    sqlite3_finalize(gathering.days);
    sqlite3_finalize(gathering.bins);
    return good;
}
