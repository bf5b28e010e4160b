/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Series that a formula cannot tell apart (of one touchpoint, context, scale, hit or not) are
 * gathered slice by slice, and what came together is then given to the formula as rows that stand
 * for as many as there were: one for each value, or a single one where the sum is all that counts.
 *
 * Order statistics take values as they were gathered, without making rows of them; slices of a
 * chart, which are many, keep those around the quantile.
 */
#include "run.h"

#include <math.h>

#include <stellwerk/base/time.h>

#include "gather.h"
#include "rollup_spans.h"

/* What series have in common that are gathered together. */
struct group {
    int64_t touchpoint, context; /* words; 0: none */
    bool hit;
    double scale_min, scale_max; /* NAN: none */
};

struct gathering {
    struct run *run;
    struct query *query;
    sqlite3_stmt *list;
    struct group group;
    struct cell *cell; /* of the group; NULL: nobody asks */
    int64_t *series;   /* of the group */
    size_t count, capacity;
    struct gatherer gatherer;
    bool ordered;         /* the figure is an order statistic of all values */
    struct bin_set whole; /* of all slices, for these */
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
static void add_rows(struct gathering *gathering, struct gathered *slice, struct tally *tally)
{
    struct moments before = tally->values;
    if (gathering->gatherer.wants_bins)
        add_bins(gathering, slice, tally);
    else
        add_whole(gathering, slice, tally);
    double added = tally->values.n - before.n;
    if (added > 0) {
        tally->values = before;
        moments_merge(&tally->values, moments_rescale(slice->values, added));
    }
}

static void add_ordered(struct gathering *gathering, struct gathered *slice, struct tally *tally)
{
    struct run *run = gathering->run;
    uint64_t first = 0, last = slice->n - 1;
    struct tally_order order = { .n = slice->n, .approximate = slice->bins.sketched };
    if (!run->survey->overview)
        sample_ranks(slice->n, metric_quantile(run->metric), &first, &last);
    bin_set_merge(&gathering->whole, &slice->bins);
    order.bins = bin_set_take_ranks(&slice->bins, first, last, &order.count, &order.below);
    order.row = row_of(gathering, slice);
    tally_set_order(tally, &order, &run->survey->figures->arena);
}

/* What a slice has come to, or a day of it, is over. */
static void add_slice(void *data, size_t index)
{
    struct gathering *gathering = data;
    struct gathered *slice = &gathering->gatherer.slices[index];
    struct tally *tally = &gathering->cell->tallies[index];
    if (slice->n == 0)
        return;
    if (gathering->ordered)
        add_ordered(gathering, slice, tally);
    else
        add_rows(gathering, slice, tally);
    slice->n = 0;
    slice->values = (struct moments){ 0 };
}

static void keep_whole(struct gathering *gathering)
{
    struct cell *cell = gathering->cell;
    size_t count;
    const struct bin *bins = bin_set_take(&gathering->whole, &count);
    cell->bins = arena_array(&gathering->run->scratch, count, sizeof(*cell->bins));
    for (size_t i = 0; i < count; i++)
        cell->bins[i] = bins[i];
    cell->bin_count = count;
}

/* ---- Group by group ---- */

/* The group that the series are, all of them together; 0. */
static int64_t number_of(const struct gathering *gathering)
{
    const struct query_lens *lens = &gathering->run->lens;
    int64_t touchpoint = gathering->group.touchpoint;
    int asked = (lens->persona != 0) + (lens->context != 0) + (lens->channel != 0);
    bool events = gathering->run->metric->source == SOURCE_EVENT;
    if (!events || gathering->cell->series_count != gathering->count || asked > 1 ||
        lens->variant != 0)
        return 0;
    if (lens->persona != 0)
        return span_group_number(touchpoint, SPAN_PERSONA, lens->persona);
    if (lens->context != 0)
        return span_group_number(touchpoint, SPAN_CONTEXT, lens->context);
    if (lens->channel != 0)
        return span_group_number(touchpoint, SPAN_CHANNEL, lens->channel);
    return span_group_number(touchpoint, SPAN_ALL, 0);
}

static bool end_group(struct gathering *gathering, struct error *err)
{
    struct gather_group group = { .series = gathering->series, .count = gathering->count };
    if (gathering->cell == NULL || gathering->count == 0)
        return true;
    group.group = number_of(gathering);
    if (!gather(&gathering->gatherer, &group, err))
        return false;
    if (gathering->ordered)
        keep_whole(gathering);
    gathering->count = 0;
    return true;
}

/* Contexts only matter where they have anchors of their own, and nothing but touchpoints where
 * values are put in order. */
static struct group group_at(const struct gathering *gathering)
{
    sqlite3_stmt *list = gathering->list;
    bool by_context = gathering->run->metric->context_anchor_count > 0;
    struct group group = { .touchpoint = sqlite3_column_int64(list, SERIES_TOUCHPOINT),
                           .scale_min = NAN,
                           .scale_max = NAN };
    if (gathering->ordered)
        return group;
    group.context = by_context ? sqlite3_column_int64(list, SERIES_CONTEXT) : 0;
    group.hit = sqlite3_column_int(list, SERIES_HIT) != 0;
    group.scale_min = run_number(list, SERIES_SCALE_MIN);
    group.scale_max = run_number(list, SERIES_SCALE_MAX);
    return group;
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

static bool begin_group(struct gathering *gathering, struct group group, struct error *err)
{
    if (!end_group(gathering, err))
        return false;
    gathering->group = group;
    gathering->count = 0;
    gathering->cell = run_find_cell(gathering->run, group.touchpoint);
    gathering->gatherer.wants_bins = depends_on_values(gathering);
    return true;
}

static void add_series(struct gathering *gathering, int64_t series)
{
    gathering->series = arena_grow(&gathering->run->scratch, gathering->series, gathering->count,
                                   &gathering->capacity, sizeof(*gathering->series));
    gathering->series[gathering->count++] = series;
}

static bool gather_all(struct gathering *gathering, struct error *err)
{
    struct store *store = gathering->run->survey->store;
    enum sql_result result;
    while ((result = sql_step(store, gathering->list, err)) == SQL_ROW) {
        struct group group = group_at(gathering);
        if (!sql_go_on(store, err))
            return false;
        if (!same_group(&group, &gathering->group) && !begin_group(gathering, group, err))
            return false;
        add_series(gathering, sqlite3_column_int64(gathering->list, SERIES_ID));
    }
    return result == SQL_DONE && end_group(gathering, err);
}

/* How many series there are at each touchpoint under the lens, whatever the metric asks for. */
static bool count_series(struct gathering *gathering, struct error *err)
{
    struct run *run = gathering->run;
    struct store *store = run->survey->store;
    sqlite3_stmt *counts;
    enum sql_result result;
    if (!query_count_series(gathering->query, store, &run->lens, &counts, err))
        return false;
    while ((result = sql_step(store, counts, err)) == SQL_ROW) {
        struct cell *cell = run_find_cell(run, sqlite3_column_int64(counts, 0));
        if (cell != NULL)
            cell->series_count = (size_t)sqlite3_column_int64(counts, 1);
    }
    sqlite3_finalize(counts);
    return result == SQL_DONE;
}

/* All in one transaction, which is one lock and one state of the store. */
static bool gather_at_once(struct gathering *gathering, struct error *err)
{
    struct store *store = gathering->run->survey->store;
    if (!sql_run(store, "BEGIN", err))
        return false;
    bool good =
        count_series(gathering, err) &&
        query_series(gathering->query, store, &gathering->run->lens, &gathering->list, err) &&
        gather_all(gathering, err);
    sqlite3_reset(gathering->list);
    sqlite3_exec(store->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    return good;
}

bool run_read_rollup(struct run *run, struct query *query, struct error *err)
{
    bool ages = run->metric->half_life > 0;
    struct gathering gathering = {
        .run = run,
        .query = query,
        .group = { .touchpoint = WORD_NONE },
        .ordered = run->formula->kind == SAMPLE_ORDER && !ages,
    };
    gatherer_init(&gathering.gatherer, run, query_quantity(query), query->spanned);
    bin_set_init(&gathering.whole, &run->scratch);
    gathering.gatherer.data = &gathering;
    gathering.gatherer.over = add_slice;
    bool good = gather_at_once(&gathering, err);
    sqlite3_finalize(gathering.list);
    gatherer_finish(&gathering.gatherer);
    return good;
}
