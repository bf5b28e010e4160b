/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

#include "aggregate.h"
#include "metric.h"
#include "query.h"

/* A measure to fill, and where its rows come from. */
struct cell {
    int64_t word; /* of its touchpoint */
    struct measure *measure;
    struct tally *tallies; /* one a slice */
};

/* One metric at all its touchpoints. */
struct run {
    struct survey *survey;
    const struct metric *metric;
    const struct formula *formula;
    struct arena scratch;
    struct cell *cells; /* by word, ascending; the store knows all of them */
    size_t cell_count;
    struct query_lens lens;
    bool persona_ignored, context_ignored;
    int64_t *context_words; /* of the metric's context anchors */
};

/* ---- One row ---- */

static double number_of(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return NAN;
    return sqlite3_column_double(statement, column);
}

static int by_word(const void *a, const void *b)
{
    int64_t left = ((const struct cell *)a)->word, right = ((const struct cell *)b)->word;
    return (left > right) - (left < right);
}

/* The anchors of the row's context, where the metric has some of their own, else the lens's. */
static struct anchors row_anchors(const struct run *run, sqlite3_stmt *statement)
{
    const struct metric *metric = run->metric;
    if (metric->context_anchor_count > 0) {
        int64_t word = sqlite3_column_int64(statement, QUERY_CONTEXT);
        for (size_t i = 0; i < metric->context_anchor_count; i++)
            if (word != 0 && run->context_words[i] == word)
                return metric->context_anchors[i].anchors;
    }
    return metric_anchors(metric, run->survey->lens->context);
}

static void add_row(struct run *run, sqlite3_stmt *statement, struct cell *cell)
{
    int64_t from = sqlite3_column_int64(statement, QUERY_FROM);
    int64_t to = sqlite3_column_int64(statement, QUERY_TO);
    int32_t day = time_day(from / 2 + to / 2);
    struct tally *tally = &cell->tallies[slices_find(&run->survey->slices, day)];

    if (run->metric->source == SOURCE_OBSERVATION) {
        struct aggregate aggregate = {
            .from = from,
            .to = to,
            .value = number_of(statement, QUERY_VALUE),
            .n = number_of(statement, QUERY_N),
            .sd = number_of(statement, QUERY_SD),
            .num = number_of(statement, QUERY_NUM),
            .den = number_of(statement, QUERY_DEN),
        };
        if (aggregate_is_sound(&aggregate))
            aggregate_add(tally, run->formula, &aggregate);
        return;
    }
    struct metric_row row = {
        .ts = from,
        .value = number_of(statement, QUERY_VALUE),
        .hit = sqlite3_column_int(statement, QUERY_HIT) != 0,
        .scale_min = number_of(statement, QUERY_SCALE_MIN),
        .scale_max = number_of(statement, QUERY_SCALE_MAX),
        .anchors = row_anchors(run, statement),
    };
    if (run->formula->needs_value && !isfinite(row.value))
        return; /* no import lets it in, but the store may be somebody else's */
    tally_add(tally, run->formula, run->metric, &row, &run->scratch);
}

/* ---- One measure ---- */

static double value_of(const struct run *run, const struct tally *tally)
{
    if (run->metric->source == SOURCE_OBSERVATION)
        return aggregate_value(tally, run->formula);
    return tally_value(tally, run->formula->kind, run->metric);
}

static struct anchors copy_anchors(struct arena *arena, struct anchors anchors)
{
    struct anchor *items = arena_array(arena, anchors.count, sizeof(*items));
    for (size_t i = 0; i < anchors.count; i++)
        items[i] = anchors.items[i];
    return (struct anchors){ .items = items, .count = anchors.count };
}

static const double *copy_items(struct arena *arena, const struct tally *total)
{
    double *items = arena_array(arena, total->item_count, sizeof(*items));
    for (size_t i = 0; i < total->item_count; i++)
        items[i] = total->items[i];
    return items;
}

static void fill_slices(const struct run *run, const struct cell *cell)
{
    const struct slices *slices = &run->survey->slices;
    struct measure *measure = cell->measure;
    measure->slice_count = slices->count;
    measure->slices = arena_array(&run->survey->figures->arena, slices->count,
                                  sizeof(*measure->slices));
    for (size_t i = 0; i < slices->count; i++)
        measure->slices[i] = (struct slice){
            .first_day = slices->first[i],
            .last_day = slices_last_day(slices, i),
            .n = cell->tallies[i].n,
            .value = value_of(run, &cell->tallies[i]),
        };
}

static void fill_sample(const struct run *run, struct measure *measure,
                        const struct tally *total)
{
    struct arena *arena = &run->survey->figures->arena;
    struct anchors anchors = metric_anchors(run->metric, run->survey->lens->context);
    enum sample_kind kind = run->formula->kind;
    if (run->metric->source == SOURCE_OBSERVATION) {
        kind = aggregate_kind(total, run->formula);
        measure->score_of_aggregate = true;
    }
    if (anchors.count == 0)
        anchors = run->formula->natural;
    measure->value = value_of(run, total);
    measure->sample = tally_sample(total, kind, run->metric, copy_anchors(arena, anchors));
    measure->sample.sorted = copy_items(arena, total);
}

static bool is_stale(const struct run *run, const struct tally *total)
{
    return run->metric->fresh > 0 && total->newest < run->survey->now - run->metric->fresh;
}

static void fill(struct run *run, const struct cell *cell)
{
    struct measure *measure = cell->measure;
    struct tally total = { 0 };
    for (size_t i = 0; i < run->survey->slices.count; i++) {
        tally_sort(&cell->tallies[i]);
        tally_merge(&total, &cell->tallies[i], &run->scratch);
    }

    measure->persona_ignored = run->persona_ignored;
    measure->context_ignored = run->context_ignored;
    measure->n = total.n;
    if (total.n == 0)
        return;
    measure->oldest = total.oldest;
    measure->newest = total.newest;
    measure->stale = is_stale(run, &total);
    if (run->formula->needs_scale && total.unscaled > 0) {
        measure->status = MEASURE_FAILED;
        measure->reason = _("answers have no scale: import them with scale_min and scale_max");
        return;
    }
    if (total.unscaled > 0)
        total.scores = (struct moments){ 0 };
    measure->status = total.n < METRIC_HIDDEN_N    ? MEASURE_HIDDEN
                      : total.n < run->metric->min_n ? MEASURE_SMALL
                                                     : MEASURE_OK;
    if (measure->status == MEASURE_HIDDEN)
        return;
    fill_sample(run, measure, &total);
    fill_slices(run, cell);
}

/* ---- One metric ---- */

static void collect_cells(struct run *run, size_t metric)
{
    struct survey *survey = run->survey;
    const struct figures *figures = survey->figures;
    run->cells = arena_array(&run->scratch, figures->measure_count, sizeof(*run->cells));
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure *measure = &figures->measures[i];
        if (measure->metric != (int)metric || survey->touchpoints[measure->touchpoint] == WORD_NONE)
            continue;
        run->cells[run->cell_count++] = (struct cell){
            .word = survey->touchpoints[measure->touchpoint],
            .measure = measure,
            .tallies = arena_array(&run->scratch, survey->slices.count, sizeof(struct tally)),
        };
    }
    qsort(run->cells, run->cell_count, sizeof(*run->cells), by_word);
}

static bool find_context_words(struct run *run, struct error *err)
{
    const struct metric *metric = run->metric;
    const struct journey *journey = run->survey->journey;
    run->context_words = arena_array(&run->scratch, metric->context_anchor_count,
                                     sizeof(*run->context_words));
    for (size_t i = 0; i < metric->context_anchor_count; i++)
        if (!dictionary_number(&run->survey->dictionary,
                               journey->contexts[metric->context_anchors[i].context].id,
                               &run->context_words[i], err))
            return false;
    return true;
}

/* Lets go of what the lens asks for where no row of the metric knows of it. */
static bool settle_lens(struct run *run, struct query *query, struct error *err)
{
    struct survey *survey = run->survey;
    bool known = true;
    run->lens = (struct query_lens){
        .persona = survey->persona,
        .context = survey->context,
        .period = survey->lens->period,
    };
    if (survey->persona != 0 && !query_has(query, survey->store, "persona", &known, err))
        return false;
    run->persona_ignored = !known;
    known = true;
    if (survey->context != 0 && !query_has(query, survey->store, "context", &known, err))
        return false;
    run->context_ignored = !known;
    if (run->persona_ignored)
        run->lens.persona = 0;
    if (run->context_ignored)
        run->lens.context = 0;
    return true;
}

static bool add_rows(struct run *run, sqlite3_stmt *statement, struct error *err)
{
    struct cell *cell = NULL;
    enum sql_result result;
    while ((result = sql_step(run->survey->store, statement, err)) == SQL_ROW) {
        struct cell wanted = { .word = sqlite3_column_int64(statement, QUERY_TOUCHPOINT) };
        if (cell == NULL || cell->word != wanted.word)
            cell = bsearch(&wanted, run->cells, run->cell_count, sizeof(*run->cells), by_word);
        if (cell != NULL)
            add_row(run, statement, cell);
    }
    return result == SQL_DONE;
}

static bool read_rows(struct run *run, struct error *err)
{
    struct survey *survey = run->survey;
    struct query query;
    sqlite3_stmt *statement = NULL;
    int64_t *words = arena_array(&run->scratch, run->cell_count, sizeof(*words));
    for (size_t i = 0; i < run->cell_count; i++)
        words[i] = run->cells[i].word;

    if (!query_init(&query, &run->scratch, &survey->dictionary, run->metric, run->formula, words,
                    run->cell_count, err))
        return false;
    bool good = settle_lens(run, &query, err) &&
                query_rows(&query, survey->store, &run->lens, &statement, err) &&
                add_rows(run, statement, err);
    sqlite3_finalize(statement);
    query_finish(&query);
    return good;
}

static void mark_all(struct figures *figures, size_t metric, enum measure_status status,
                     const char *reason)
{
    for (size_t i = 0; i < figures->measure_count; i++)
        if (figures->measures[i].metric == (int)metric) {
            figures->measures[i].status = status;
            figures->measures[i].reason = reason;
        }
}

bool survey_metric(struct survey *survey, size_t metric, struct error *err)
{
    struct figures *figures = survey->figures;
    struct run run = { .survey = survey, .metric = &survey->journey->metrics[metric] };
    run.formula = formula_find(run.metric);
    if (run.formula == NULL) {
        mark_all(figures, metric, MEASURE_UNSUPPORTED, NULL);
        return true;
    }
    struct error why;
    arena_init(&run.scratch);
    collect_cells(&run, metric);
    bool good = run.cell_count == 0 || (find_context_words(&run, &why) && read_rows(&run, &why));
    for (size_t i = 0; good && i < run.cell_count; i++)
        fill(&run, &run.cells[i]);
    arena_finish(&run.scratch);
    if (good)
        return true;
    if (store_was_stopped(survey->store))
        return error_set(err, "%s", why.text);
    mark_all(figures, metric, MEASURE_FAILED, arena_strdup(&figures->arena, why.text));
    return true;
}
