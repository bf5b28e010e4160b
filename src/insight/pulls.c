/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/pulls.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/utf8.h>
#include <stellwerk/insight/multiple.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/model/anchors.h>

const char *pull_verdict_name(enum pull_verdict verdict)
{
    static const char *const names[PULL_VERDICT_COUNT] = {
        [PULL_APART] = "apart",
        [PULL_APART_MAYBE] = "apart_maybe",
        [PULL_TOGETHER] = "together",
        [PULL_NONE] = "none",
    };
    return names[verdict];
}

/* ---- Which way is better ------------------------------------------------------------- */

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* What opportunities want of a metric, where they want the same. */
static int wanted_direction(const struct journey *journey, int metric)
{
    int wanted = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].opportunity_count; k++) {
            const struct expects *expects = &journey->touchpoints[i].opportunities[k].expects;
            int way = expects->metric == metric ? sign(expects->to - expects->from) : 0;
            if (way != 0 && wanted == -way)
                return 0;
            wanted = way != 0 ? way : wanted;
        }
    return wanted;
}

/* By the metric's anchors, by what its type brings, by what it is to become. */
static int direction_of(const struct journey *journey, const struct figures *series,
                        const struct measure *measure)
{
    const struct metric *metric = &journey->metrics[measure->metric];
    int direction = anchors_direction(metric_anchors(metric, series->lens.context));
    for (size_t i = 0; direction == 0 && i < metric->context_anchor_count; i++)
        direction = anchors_direction(metric->context_anchors[i].anchors);
    if (direction == 0)
        direction = anchors_direction(measure->sample.anchors);
    if (direction == 0 && (metric->type == METRIC_CSAT || metric->type == METRIC_CES))
        return 1; /* their answers bring a scale each */
    return direction != 0 ? direction : wanted_direction(journey, measure->metric);
}

/* ---- Key figures ----------------------------------------------------------------------- */

struct building {
    struct arena *arena, scratch;
    const struct journey *journey;
    const struct figures *series;
    struct pulls *pulls;
    const char **folded; /* owners of the key figures, to be compared */
    size_t capacity, folded_capacity;
};

static const char *owner_of(const struct journey *journey, const struct measure *measure)
{
    const char *own = journey->metrics[measure->metric].owner;
    return own != NULL && *own != '\0' ? own : journey->touchpoints[measure->touchpoint].owner;
}

static struct key_figure *find_figure(const struct building *building, int metric,
                                      const char *folded)
{
    for (size_t i = 0; i < building->pulls->figure_count; i++)
        if (building->pulls->figures[i].metric == metric &&
            strcmp(building->folded[i], folded) == 0)
            return &building->pulls->figures[i];
    return NULL;
}

static struct key_figure *add_figure(struct building *building, const struct measure *measure,
                                     const char *owner, const char *folded)
{
    struct pulls *pulls = building->pulls;
    size_t count = pulls->figure_count;
    pulls->figures = arena_grow(building->arena, pulls->figures, count, &building->capacity,
                                sizeof(*pulls->figures));
    building->folded = arena_grow(&building->scratch, building->folded, count,
                                  &building->folded_capacity, sizeof(*building->folded));
    building->folded[count] = folded;
    pulls->figures[count] = (struct key_figure){
        .metric = measure->metric,
        .owner = arena_strdup(building->arena, owner),
        .touchpoints.items =
            arena_array(building->arena, building->journey->touchpoint_count, sizeof(int)),
        .direction = direction_of(building->journey, building->series, measure),
    };
    return &pulls->figures[pulls->figure_count++];
}

static void collect_figures(struct building *building)
{
    const struct figures *series = building->series;
    for (size_t i = 0; i < series->measure_count; i++) {
        const struct measure *measure = &series->measures[i];
        const char *owner = owner_of(building->journey, measure);
        if (owner == NULL || *owner == '\0' || measure->slice_count == 0)
            continue;
        const char *folded = utf8_fold(&building->scratch, owner);
        struct key_figure *figure = find_figure(building, measure->metric, folded);
        if (figure == NULL || measure->sample.kind == SAMPLE_POINT)
            figure = add_figure(building, measure, owner, folded);
        figure->touchpoints.items[figure->touchpoints.count++] = measure->touchpoint;
    }
}

/* A period of a key figure, over all its touchpoints. */
static struct measure period_of(struct building *building, const struct key_figure *figure,
                                size_t period)
{
    struct measure whole = { .status = MEASURE_OK, .value = NAN };
    for (size_t i = 0; i < figure->touchpoints.count; i++) {
        const struct slice *slice =
            &figures_find(building->series, figure->touchpoints.items[i], figure->metric)
                 ->slices[period];
        if (slice->n == 0 || slice->sample.kind == SAMPLE_NONE)
            continue;
        if (whole.n == 0) {
            whole.sample = slice->sample;
            whole.value = slice->value;
        } else {
            sample_merge(&building->scratch, &whole.sample, &slice->sample);
        }
        whole.n += slice->n;
    }
    return whole;
}

/* What adds up, a day; and nothing that would be hidden alone. */
static double value_of(const struct measure *period, const struct slice *slice)
{
    enum sample_kind kind = period->sample.kind;
    if (kind == SAMPLE_COUNT || kind == SAMPLE_SUM)
        return period->value / ((double)slice->last_day - slice->first_day + 1);
    return period->n >= METRIC_HIDDEN_N && kind != SAMPLE_NONE ? period->value : NAN;
}

static void fill_values(struct building *building, struct key_figure *figure)
{
    size_t periods = building->pulls->periods;
    const struct slice *slices =
        figures_find(building->series, figure->touchpoints.items[0], figure->metric)->slices;
    struct measure *measures = arena_array(&building->scratch, periods, sizeof(*measures));
    for (size_t i = 0; i < periods; i++)
        measures[i] = period_of(building, figure, i);
    figures_complete(&(struct figures){ .measures = measures, .measure_count = periods });
    figure->values = arena_array(building->arena, periods, sizeof(*figure->values));
    for (size_t i = 0; i < periods; i++) {
        figure->values[i] = value_of(&measures[i], &slices[i]);
        figure->known += isfinite(figure->values[i]);
    }
}

/* ---- Pairs ------------------------------------------------------------------------------ */

static bool is_testable(const struct key_figure *figure)
{
    return figure->direction != 0 && figure->known >= KPI_MIN_PERIODS;
}

static struct kpi_series series_of(const struct key_figure *figure)
{
    return (struct kpi_series){ .values = figure->values, .direction = figure->direction };
}

static void test_pairs(struct building *building)
{
    struct pulls *pulls = building->pulls;
    size_t capacity = 0;
    for (size_t a = 0; a < pulls->figure_count; a++) {
        const struct kpi_series left = series_of(&pulls->figures[a]);
        if (!is_testable(&pulls->figures[a]))
            continue;
        for (size_t b = a + 1; b < pulls->figure_count; b++) {
            const struct kpi_series right = series_of(&pulls->figures[b]);
            if (!is_testable(&pulls->figures[b]) ||
                strcmp(building->folded[a], building->folded[b]) == 0)
                continue;
            struct kpi_conflict test = kpi_conflict(&left, &right, pulls->periods);
            if (isnan(test.oriented))
                continue;
            pulls->items = arena_grow(building->arena, pulls->items, pulls->count, &capacity,
                                      sizeof(*pulls->items));
            pulls->items[pulls->count++] = (struct pull){ .a = a, .b = b, .test = test };
        }
    }
}

static enum pull_verdict verdict_of(const struct pull *pull)
{
    bool apart = pull->test.oriented < 0;
    if (pull->adjusted <= PULL_SURE)
        return apart ? PULL_APART : PULL_TOGETHER;
    return apart && pull->plain_adjusted <= PULL_SURE ? PULL_APART_MAYBE : PULL_NONE;
}

static void judge(struct building *building)
{
    struct pulls *pulls = building->pulls;
    double *p = arena_array(&building->scratch, pulls->count, sizeof(*p));
    double *plain = arena_array(&building->scratch, pulls->count, sizeof(*plain));
    for (size_t i = 0; i < pulls->count; i++) {
        p[i] = pulls->items[i].test.p;
        plain[i] = pulls->items[i].test.changes.p;
    }
    adjust_p_values(p, pulls->count, p);
    adjust_p_values(plain, pulls->count, plain);
    for (size_t i = 0; i < pulls->count; i++) {
        struct pull *pull = &pulls->items[i];
        pull->adjusted = p[i];
        pull->plain_adjusted = plain[i];
        pull->verdict = verdict_of(pull);
        pulls->counts[pull->verdict]++;
    }
}

static int by_verdict(const void *a, const void *b)
{
    const struct pull *left = a, *right = b;
    if (left->verdict != right->verdict)
        return left->verdict < right->verdict ? -1 : 1;
    if (left->test.p != right->test.p)
        return left->test.p < right->test.p ? -1 : 1;
    if (left->test.oriented != right->test.oriented)
        return left->test.oriented < right->test.oriented ? -1 : 1;
    if (left->a != right->a)
        return left->a < right->a ? -1 : 1;
    return left->b < right->b ? -1 : 1;
}

static void find_periods(struct pulls *pulls, const struct figures *series)
{
    for (size_t i = 0; i < series->measure_count; i++) {
        const struct measure *measure = &series->measures[i];
        if (measure->slice_count == 0)
            continue;
        pulls->periods = measure->slice_count;
        pulls->span = (struct period){
            .kind = PERIOD_CUSTOM,
            .first = measure->slices[0].first_day,
            .last = measure->slices[measure->slice_count - 1].last_day,
        };
        return;
    }
}

struct pulls *pulls_new(struct arena *arena, const struct journey *journey,
                        const struct figures *series)
{
    struct pulls *pulls = arena_alloc(arena, sizeof(*pulls));
    struct building building = {
        .arena = arena, .journey = journey, .series = series, .pulls = pulls
    };
    arena_init(&building.scratch);
    pulls->unit = series->wish.unit;
    find_periods(pulls, series);
    collect_figures(&building);
    for (size_t i = 0; i < pulls->figure_count; i++) {
        struct key_figure *figure = &pulls->figures[i];
        fill_values(&building, figure);
        pulls->too_short += figure->known < KPI_MIN_PERIODS;
        pulls->without_direction += figure->direction == 0 && figure->known >= KPI_MIN_PERIODS;
    }
    test_pairs(&building);
    judge(&building);
    arena_finish(&building.scratch);
    if (pulls->count > 0)
        qsort(pulls->items, pulls->count, sizeof(*pulls->items), by_verdict);
    return pulls;
}
