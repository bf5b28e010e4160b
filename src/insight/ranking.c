/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/ranking.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/importance.h>

#include "ranking_filter.h"

/* ---- Words for programs ----------------------------------------------------------- */

const char *standing_name(enum standing standing)
{
    static const char *const names[STANDING_COUNT] = {
        [STANDING_SURE] = "sure", [STANDING_UNSURE] = "unsure",   [STANDING_GUESSED] = "guessed",
        [STANDING_KEPT] = "kept", [STANDING_UNKNOWN] = "unknown",
    };
    return names[standing];
}

const char *satisfaction_name(enum satisfaction_source source)
{
    static const char *const names[] = {
        [SATISFACTION_NONE] = "none",
        [SATISFACTION_TOP_BOX] = "top_box",
        [SATISFACTION_MEASURED] = "measured_score",
        [SATISFACTION_ESTIMATED] = "estimated_score",
    };
    return names[source];
}

static const char *const sort_names[SORT_COUNT] = {
    [SORT_PRIORITY] = "priority",     [SORT_JOURNEY] = "journey", [SORT_GAP] = "gap",
    [SORT_IMPORTANCE] = "importance", [SORT_CONCERN] = "concern",
    [SORT_OPPORTUNITY] = "opportunity",
};

const char *ranking_sort_name(enum ranking_sort sort)
{
    return sort_names[sort];
}

int ranking_sort_find(const char *name)
{
    for (int i = 0; i < SORT_COUNT; i++)
        if (strcmp(sort_names[i], name) == 0)
            return i;
    return -1;
}

/* ---- One touchpoint ---------------------------------------------------------------- */

static double shortfall_of(struct gap gap)
{
    return isnan(gap.value) ? NAN : fmax(0, -gap.value);
}

static enum standing standing_of(const struct ranked_gap *row)
{
    if (isnan(row->gap.value))
        return STANDING_UNKNOWN;
    if (row->shortfall == 0)
        return STANDING_KEPT;
    if (!row->measured)
        return STANDING_GUESSED;
    return row->sure > 0 ? STANDING_SURE : STANDING_UNSURE;
}

/* A share of answers in the top boxes of a question of satisfaction; NAN where there is none. */
static double top_box_share(const struct journey *journey, const struct figures *figures,
                            int touchpoint)
{
    struct indices metrics = journey->touchpoints[touchpoint].metrics;
    for (size_t i = 0; i < metrics.count; i++) {
        const struct measure *measure = figures_find(figures, touchpoint, metrics.items[i]);
        enum metric_type type = journey->metrics[metrics.items[i]].type;
        if (measure != NULL && measure->status <= MEASURE_SMALL &&
            measure->sample.kind == SAMPLE_SHARE && (type == METRIC_CSAT || type == METRIC_CES))
            return measure->value;
    }
    return NAN;
}

static void judge_opportunity(struct ranked_gap *row, double top_box)
{
    const struct reading *reading = row->reading;
    row->wanted = 2 * row->importance;
    if (!isnan(top_box)) {
        row->satisfied = 10 * top_box;
        row->satisfied_from = SATISFACTION_TOP_BOX;
    } else if (!isnan(row->performance)) {
        row->satisfied = row->performance / 10;
        row->satisfied_from = isnan(reading->measured.score) ? SATISFACTION_ESTIMATED
                                                             : SATISFACTION_MEASURED;
    } else {
        row->satisfied = NAN;
    }
    row->opportunity = opportunity_score(row->wanted, row->satisfied);
}

static struct ranked_gap rank(const struct journey *journey, const struct figures *figures,
                          const struct readings *readings, const double *reach, int touchpoint)
{
    const struct reading *reading = &readings->items[touchpoint];
    struct ranked_gap row = {
        .touchpoint = touchpoint,
        .reading = reading,
        .se = NAN,
        .sure = NAN,
        .importance = reading->importance,
        .importance_stated = !isnan(journey->touchpoints[touchpoint].importance),
        .reach = 1,
        .performance = isnan(reading->measured.score) ? reading->estimated
                                                      : reading->measured.score,
    };
    row.gap = reading_gap(reading, &row.measured);
    row.shortfall = shortfall_of(row.gap);
    if (row.measured) {
        row.se = reading->measured.se;
        row.sure = gap_confident_shortfall(
            (struct estimate){ .value = row.gap.value, .se = row.se }, CONFIDENCE_95);
    }
    if (reach != NULL && !isnan(reach[touchpoint])) {
        row.reach = reach[touchpoint];
        row.reach_measured = true;
    }
    row.standing = standing_of(&row);
    row.priority = gap_priority(row.importance, row.reach,
                                row.standing == STANDING_SURE ? row.sure : row.shortfall);
    row.concern = 20 * row.importance - row.performance;
    judge_opportunity(&row, top_box_share(journey, figures, touchpoint));
    return row;
}

/* ---- Their order ------------------------------------------------------------------- */

/* The larger first, what is not known last. */
static int by_number(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) - isnan(b);
    return (a < b) - (a > b);
}

static int by_journey(const struct ranked_gap *a, const struct ranked_gap *b)
{
    return a->touchpoint - b->touchpoint;
}

static int by_priority(const struct ranked_gap *a, const struct ranked_gap *b)
{
    if (a->standing != b->standing)
        return a->standing < b->standing ? -1 : 1;
    return a->standing < STANDING_KEPT ? by_number(a->priority, b->priority) : 0;
}

static int by_gap(const struct ranked_gap *a, const struct ranked_gap *b)
{
    return by_number(-a->gap.value, -b->gap.value);
}

static int by_importance(const struct ranked_gap *a, const struct ranked_gap *b)
{
    return by_number(a->importance_stated ? a->importance : NAN,
                     b->importance_stated ? b->importance : NAN);
}

static int by_concern(const struct ranked_gap *a, const struct ranked_gap *b)
{
    return by_number(a->concern, b->concern);
}

static int by_opportunity(const struct ranked_gap *a, const struct ranked_gap *b)
{
    return by_number(a->opportunity, b->opportunity);
}

typedef int comparison(const struct ranked_gap *a, const struct ranked_gap *b);

static comparison *const comparisons[SORT_COUNT] = {
    [SORT_PRIORITY] = by_priority,     [SORT_JOURNEY] = by_journey, [SORT_GAP] = by_gap,
    [SORT_IMPORTANCE] = by_importance, [SORT_CONCERN] = by_concern,
    [SORT_OPPORTUNITY] = by_opportunity,
};

/* qsort() is not stable and takes no data: a merge of halves is, and does. */
static void sort(struct ranked_gap *rows, struct ranked_gap *spare, size_t count,
                 comparison *compare)
{
    if (count < 2)
        return;
    size_t half = count / 2, left = 0, right = half;
    sort(rows, spare, half, compare);
    sort(rows + half, spare, count - half, compare);
    for (size_t i = 0; i < count; i++) {
        bool from_left =
            right == count || (left < half && compare(&rows[left], &rows[right]) <= 0);
        spare[i] = rows[from_left ? left++ : right++];
    }
    memcpy(rows, spare, count * sizeof(*rows));
}

struct ranking ranking_new(struct arena *arena, const struct journey *journey,
                           const struct figures *figures, const struct readings *readings,
                           const struct ranking_wish *wish)
{
    struct ranking ranking = {
        .items = arena_array(arena, readings->count, sizeof(struct ranked_gap)),
    };
    for (size_t i = 0; i < readings->count; i++) {
        struct ranked_gap row = rank(journey, figures, readings, wish->reach, (int)i);
        if (ranking_filter_takes(arena, journey, &wish->filter, &row))
            ranking.items[ranking.count++] = row;
        else
            ranking.left_out++;
    }
    struct ranked_gap *spare = arena_array(arena, ranking.count, sizeof(*spare));
    sort(ranking.items, spare, ranking.count, comparisons[wish->sort]);
    return ranking;
}
