/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/trial.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/array.h>
#include <stellwerk/insight/change.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/multiple.h>
#include <stellwerk/insight/rank.h>

const char *trial_state_name(enum trial_state state)
{
    static const char *const names[TRIAL_STATE_COUNT] = {
        [TRIAL_UNREADABLE] = "unreadable",
        [TRIAL_NOT_MEASURED] = "not_measured",
        [TRIAL_UNEVEN] = "sample_ratio",
        [TRIAL_TOO_FEW] = "too_few",
        [TRIAL_NOT_COMPARABLE] = "not_comparable",
        [TRIAL_UNSURE] = "unsure",
        [TRIAL_BETTER] = "better",
        [TRIAL_WORSE] = "worse",
        [TRIAL_DIFFERENT] = "different",
    };
    return names[state];
}

const char *trial_test_name(enum trial_test test)
{
    static const char *const names[TRIAL_TEST_COUNT] = {
        [TRIAL_TEST_NONE] = "",
        [TRIAL_TEST_NEWCOMBE] = "newcombe",
        [TRIAL_TEST_WELCH] = "welch",
        [TRIAL_TEST_MANN_WHITNEY] = "mann_whitney",
        [TRIAL_TEST_NET] = "adjusted_wald",
        [TRIAL_TEST_JOINED] = "joined_intervals",
    };
    return names[test];
}

static const struct experiment *experiment_of(const struct journey *journey,
                                              const struct trial *trial)
{
    return &journey->touchpoints[trial->touchpoint].opportunities[trial->opportunity].experiment;
}

/* ---- The test ---------------------------------------------------------------------- */

static enum trial_test test_for(const struct metric *metric, enum sample_kind kind)
{
    bool ordinal = metric->source == SOURCE_ANSWER;
    switch (kind) {
    case SAMPLE_SHARE:
        return TRIAL_TEST_NEWCOMBE;
    case SAMPLE_MEAN:
        return ordinal ? TRIAL_TEST_MANN_WHITNEY : TRIAL_TEST_WELCH;
    case SAMPLE_ORDER:
        return TRIAL_TEST_MANN_WHITNEY;
    case SAMPLE_BALANCE:
        return ordinal ? TRIAL_TEST_MANN_WHITNEY : TRIAL_TEST_NET;
    case SAMPLE_APDEX:
        return TRIAL_TEST_NET;
    case SAMPLE_RATIO:
    case SAMPLE_WAIT:
        return TRIAL_TEST_JOINED;
    case SAMPLE_NONE:
    case SAMPLE_COUNT:
    case SAMPLE_SUM:
    case SAMPLE_POINT:
        break;
    }
    return TRIAL_TEST_NONE;
}

struct values {
    const struct bin *bins;
    size_t count;
};

static struct values values_of(const struct trial_arm *arm)
{
    const struct sample *sample = &arm->measure.sample;
    if (sample->kind == SAMPLE_ORDER)
        return (struct values){ sample->bins, sample->bin_count };
    return (struct values){ arm->answers, arm->answer_count };
}

static void compare_ranks(const struct trial *trial, struct finding *finding)
{
    struct values a = values_of(&trial->a), b = values_of(&trial->b);
    struct rank_difference ranks = rank_difference_of_bins(b.bins, b.count, a.bins, a.count);
    struct interval interval =
        superiority_interval(b.bins, b.count, a.bins, a.count, CONFIDENCE_95);
    finding->superiority = ranks.superiority;
    finding->superiority_lo = interval.low;
    finding->superiority_hi = interval.high;
    finding->p = ranks.p;
}

static void compare_figures(const struct trial *trial, struct finding *finding)
{
    struct difference difference = measure_difference(&trial->b.measure, &trial->a.measure);
    finding->lo = difference.interval.low;
    finding->hi = difference.interval.high;
    finding->p = difference.p;
}

static void compare(const struct metric *metric, const struct trial *trial, struct finding *finding)
{
    finding->test = test_for(metric, trial->b.measure.sample.kind);
    if (finding->test == TRIAL_TEST_NONE)
        return;
    finding->value = trial->b.measure.value - trial->a.measure.value;
    if (finding->test == TRIAL_TEST_MANN_WHITNEY)
        compare_ranks(trial, finding);
    else
        compare_figures(trial, finding);
}

/* ---- What it means ----------------------------------------------------------------- */

static bool leaves_out(double lo, double hi, double none)
{
    return isnan(lo) || isnan(hi) || none < lo || none > hi;
}

static bool is_sure(const struct finding *finding)
{
    return finding->adjusted <= CHANGE_SURE && leaves_out(finding->lo, finding->hi, 0) &&
           leaves_out(finding->superiority_lo, finding->superiority_hi, 0.5);
}

static int sign(double value)
{
    return (value > 0) - (value < 0);
}

/* 1 where more is better, -1 where less is, 0 where nothing says; of this difference. */
static int direction_of(const struct opportunity *opportunity, const struct trial *trial)
{
    double scored = trial->b.measure.score - trial->a.measure.score;
    double moved = trial->finding.value;
    const struct expects *expects = &opportunity->expects;
    if (sign(scored) != 0 && sign(moved) != 0)
        return sign(scored) * sign(moved);
    if (expects->metric != opportunity->experiment.metric)
        return 0;
    return sign(expects->to - expects->from);
}

/* By ranks where these were compared: means of answers may say the other thing. */
static enum trial_state judge(const struct opportunity *opportunity, const struct trial *trial)
{
    const struct finding *finding = &trial->finding;
    if (finding->test == TRIAL_TEST_NONE || isnan(finding->p))
        return TRIAL_NOT_COMPARABLE;
    if (!is_sure(finding))
        return TRIAL_UNSURE;
    double moved = isnan(finding->superiority) ? finding->value : finding->superiority - 0.5;
    int better = sign(moved) * direction_of(opportunity, trial);
    return better > 0 ? TRIAL_BETTER : better < 0 ? TRIAL_WORSE : TRIAL_DIFFERENT;
}

/* Why there is nothing to compare; TRIAL_UNSURE where there is. */
static enum trial_state hindrance(const struct trial *trial)
{
    const struct measure *a = &trial->a.measure, *b = &trial->b.measure;
    if (trial->problem != NULL)
        return TRIAL_UNREADABLE;
    if (trial->finding.ratio.p < SAMPLE_RATIO_ALARM)
        return TRIAL_UNEVEN;
    if (a->status > MEASURE_HIDDEN || b->status > MEASURE_HIDDEN)
        return TRIAL_NOT_MEASURED;
    return a->status == MEASURE_HIDDEN || b->status == MEASURE_HIDDEN ? TRIAL_TOO_FEW
                                                                      : TRIAL_UNSURE;
}

struct finding finding_unknown(void)
{
    return (struct finding){
        .ratio.p = NAN,
        .value = NAN,
        .lo = NAN,
        .hi = NAN,
        .superiority = NAN,
        .superiority_lo = NAN,
        .superiority_hi = NAN,
        .p = NAN,
        .adjusted = NAN,
    };
}

static void examine(const struct journey *journey, struct trial *trial)
{
    const struct experiment *experiment = experiment_of(journey, trial);
    const double counts[] = { (double)trial->a.customers, (double)trial->b.customers };
    const double shares[] = { 1 - experiment->share, experiment->share };
    trial->finding = finding_unknown();
    trial->finding.ratio = sample_ratio_check(counts, shares, ARRAY_LEN(counts));
    trial->finding.state = hindrance(trial);
    if (trial->finding.state == TRIAL_UNSURE)
        compare(&journey->metrics[experiment->metric], trial, &trial->finding);
}

void trials_judge(const struct journey *journey, struct trial_set *trials)
{
    struct arena scratch;
    arena_init(&scratch);
    double *p = arena_array(&scratch, trials->count, sizeof(*p));
    for (size_t i = 0; i < trials->count; i++) {
        examine(journey, &trials->items[i]);
        p[i] = trials->items[i].finding.p;
    }
    adjust_p_values(p, trials->count, p);
    for (size_t i = 0; i < trials->count; i++) {
        struct trial *trial = &trials->items[i];
        const struct touchpoint *at = &journey->touchpoints[trial->touchpoint];
        trial->finding.adjusted = p[i];
        if (trial->finding.state == TRIAL_UNSURE)
            trial->finding.state = judge(&at->opportunities[trial->opportunity], trial);
    }
    arena_finish(&scratch);
}

static int find_opportunity(const struct touchpoint *touchpoint, const char *id)
{
    for (size_t i = 0; i < touchpoint->opportunity_count; i++)
        if (strcmp(touchpoint->opportunities[i].id, id) == 0)
            return (int)i;
    return NONE;
}

/* False where it is gone, or is no experiment any more. */
static bool follow(struct trial *trial, const struct journey *from, const struct journey *to)
{
    const struct touchpoint *before = &from->touchpoints[trial->touchpoint];
    const char *id = before->opportunities[trial->opportunity].id;
    trial->touchpoint = journey_find_touchpoint(to, before->id);
    if (trial->touchpoint == NONE)
        return false;
    const struct touchpoint *now = &to->touchpoints[trial->touchpoint];
    trial->opportunity = find_opportunity(now, id);
    return trial->opportunity != NONE &&
           opportunity_has_experiment(&now->opportunities[trial->opportunity]);
}

void trials_follow(struct trial_set *trials, const struct journey *from, const struct journey *to)
{
    size_t kept = 0;
    for (size_t i = 0; trials != NULL && i < trials->count; i++) {
        struct trial trial = trials->items[i];
        if (follow(&trial, from, to))
            trials->items[kept++] = trial;
    }
    if (trials != NULL)
        trials->count = kept;
}

const struct trial *trial_find(const struct trial_set *trials, int touchpoint, int opportunity)
{
    for (size_t i = 0; trials != NULL && i < trials->count; i++)
        if (trials->items[i].touchpoint == touchpoint &&
            trials->items[i].opportunity == opportunity)
            return &trials->items[i];
    return NULL;
}
