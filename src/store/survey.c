/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "survey.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

#include "map_query.h"
#include "run.h"

/* ---- One row ---- */

double run_number(sqlite3_stmt *statement, int column)
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

struct cell *run_find_cell(const struct run *run, int64_t word)
{
    struct cell wanted = { .word = word };
    return bsearch(&wanted, run->cells, run->cell_count, sizeof(*run->cells), by_word);
}

struct anchors run_anchors(const struct run *run, int64_t context)
{
    const struct metric *metric = run->metric;
    for (size_t i = 0; context != 0 && i < metric->context_anchor_count; i++)
        if (run->context_words[i] == context)
            return metric->context_anchors[i].anchors;
    return metric_anchors(metric, run->survey->lens->context);
}

/* By whole days, as rollups know no shorter time. */
static double weight_of(const struct run *run, int64_t instant)
{
    int64_t half_life = run->metric->half_life;
    if (half_life <= 0)
        return 1;
    int64_t days = (int64_t)time_day(run->survey->as_of) - time_day(instant);
    return staleness_weight((double)days * (double)TIME_US_PER_DAY, (double)half_life);
}

static struct tally *tally_at(const struct run *run, const struct cell *cell, int64_t instant)
{
    return &cell->tallies[slices_find(&run->survey->slices, time_day(instant))];
}

void run_add(struct run *run, struct cell *cell, struct metric_row row)
{
    row.count = 1;
    row.until = row.ts;
    run_add_rows(run, tally_at(run, cell, row.ts), row);
}

void run_add_rows(struct run *run, struct tally *tally, struct metric_row row)
{
    row.weight = weight_of(run, row.ts);
    if (row.weight > 0) /* what is so old that it counts for nothing is not counted */
        tally_add(tally, run->formula, run->metric, &row, &run->scratch);
}

void run_add_aggregate(struct run *run, struct cell *cell, struct aggregate aggregate)
{
    aggregate.weight = weight_of(run, aggregate.to);
    if (aggregate_is_sound(&aggregate) && aggregate.weight > 0)
        aggregate_add(tally_at(run, cell, aggregate.from / 2 + aggregate.to / 2), run->formula,
                      &aggregate);
}

static void add_row(struct run *run, sqlite3_stmt *statement, struct cell *cell)
{
    int64_t from = sqlite3_column_int64(statement, QUERY_FROM);
    if (run->aggregated) {
        run_add_aggregate(run, cell,
                          (struct aggregate){
                              .from = from,
                              .to = sqlite3_column_int64(statement, QUERY_TO),
                              .value = run_number(statement, QUERY_VALUE),
                              .n = run_number(statement, QUERY_N),
                              .sd = run_number(statement, QUERY_SD),
                              .num = run_number(statement, QUERY_NUM),
                              .den = run_number(statement, QUERY_DEN),
                          });
        return;
    }
    struct metric_row row = {
        .ts = from,
        .value = run_number(statement, QUERY_VALUE),
        .hit = sqlite3_column_int(statement, QUERY_HIT) != 0,
        .scale_min = run_number(statement, QUERY_SCALE_MIN),
        .scale_max = run_number(statement, QUERY_SCALE_MAX),
        .anchors = run_anchors(run, sqlite3_column_int64(statement, QUERY_CONTEXT)),
    };
    if (run->formula->needs_value && !isfinite(row.value))
        return; /* no import lets it in, but the store may be somebody else's */
    run_add(run, cell, row);
}

/* ---- One metric ---- */

static void collect_cells(struct run *run, size_t metric)
{
    struct survey *survey = run->survey;
    const struct figures *figures = survey->figures;
    run->cells = arena_array(&run->scratch, figures->measure_count, sizeof(*run->cells));
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure *measure = &figures->measures[i];
        if (measure->metric != (int)metric)
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
    struct query_lens wanted = {
        .persona = survey->persona,
        .context = survey->context,
        .channel = survey->channel,
        .variant = survey->variant,
        .period = survey->lens->period,
    };
    if (!query_settle(query, survey->store, &wanted, &run->lens, err))
        return false;
    run->persona_ignored = run->lens.persona != wanted.persona;
    run->context_ignored = run->lens.context != wanted.context;
    run->channel_ignored = run->lens.channel != wanted.channel;
    return true;
}

static bool add_rows(struct run *run, sqlite3_stmt *statement, struct error *err)
{
    struct cell *cell = NULL;
    enum sql_result result;
    while ((result = sql_step(run->survey->store, statement, err)) == SQL_ROW) {
        int64_t word = sqlite3_column_int64(statement, QUERY_TOUCHPOINT);
        if (cell == NULL || cell->word != word)
            cell = run_find_cell(run, word);
        if (cell != NULL)
            add_row(run, statement, cell);
    }
    return result == SQL_DONE;
}

static bool read_query(struct run *run, struct query *query, struct error *err)
{
    struct store *store = run->survey->store;
    bool of_cases = query_is_of_cases(run->metric, run->formula);
    sqlite3_stmt *statement = NULL;
    if (!query_choose_rollup(query, store, err) || !query_choose_sequences(query, store, err) ||
        !settle_lens(run, query, err))
        return false;
    if (query->rolled_up)
        return run_read_rollup(run, query, err);
    if (query->sequenced)
        return run_read_sequences(run, query, err);
    bool good = (of_cases ? query_cases(query, store, &run->lens, &statement, err)
                          : query_rows(query, store, &run->lens, &statement, err)) &&
                (of_cases ? run_read_cases(run, query, statement, err)
                          : add_rows(run, statement, err));
    sqlite3_finalize(statement);
    return good;
}

static bool read_rows(struct run *run, struct error *err)
{
    struct survey *survey = run->survey;
    struct query query;
    int64_t *words = arena_array(&run->scratch, run->cell_count, sizeof(*words));
    size_t count = 0;
    for (size_t i = 0; i < run->cell_count; i++)
        if (run->cells[i].word != WORD_NONE)
            words[count++] = run->cells[i].word;

    if (count == 0 && !query_is_of_cases(run->metric, run->formula))
        return true;
    if (!query_init(&query, &run->scratch, &survey->dictionary, run->metric, run->formula, words,
                    count, err))
        return false;
    bool good = read_query(run, &query, err);
    query_finish(&query);
    return good;
}

static bool read_metric(struct run *run, struct error *err)
{
    if (run->cell_count == 0)
        return true;
    return find_context_words(run, err) && (run->metric->type == METRIC_SQL
                                                ? run_read_map_query(run, err)
                                                : read_rows(run, err));
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
    run.aggregated = run.metric->source == SOURCE_OBSERVATION;
    run.formula = formula_find(run.metric);
    if (run.formula == NULL) {
        mark_all(figures, metric, MEASURE_UNSUPPORTED, NULL);
        return true;
    }
    struct error why;
    arena_init(&run.scratch);
    collect_cells(&run, metric);
    bool good = read_metric(&run, &why);
    for (size_t i = 0; good && i < run.cell_count; i++)
        run_fill(&run, &run.cells[i]);
    arena_finish(&run.scratch);
    if (good)
        return true;
    if (store_was_stopped(survey->store))
        return error_set(err, "%s", why.text);
    mark_all(figures, metric, MEASURE_FAILED, arena_strdup(&figures->arena, why.text));
    return true;
}
