/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/change.h>
#include <stellwerk/insight/trial.h>

#include "insight/printed.h"

/* A map of one touchpoint with one experiment, of a metric that needs no anchors. */
static struct metric metric;
static struct opportunity opportunities[2];
static struct touchpoint touchpoint = { .opportunities = opportunities, .opportunity_count = 2 };
static struct journey journey = {
    .touchpoints = &touchpoint, .touchpoint_count = 1, .metrics = &metric, .metric_count = 1
};
static struct trial trial;
static struct trial_set trials = { .items = &trial, .count = 1 };

static struct measure measure_of(enum sample_kind kind, uint64_t n)
{
    return (struct measure){
        .n = n,
        .status = MEASURE_OK,
        .score = NAN,
        .sample = { .kind = kind },
    };
}

static struct measure share_of(double hits, uint64_t n)
{
    struct measure measure = measure_of(SAMPLE_SHARE, n);
    measure.sample.hits = hits;
    measure.value = hits / (double)n;
    return measure;
}

static void setup(void)
{
    metric = (struct metric){ .id = "paid", .type = METRIC_PROPORTION };
    opportunities[0] = (struct opportunity){
        .id = "o",
        .expects = { .metric = 0, .from = 0.08, .to = 0.12 },
        .experiment = { .metric = 0, .a = "old", .b = "new", .share = 0.5 },
    };
    opportunities[1] = opportunities[0];
    /* S2: 132 of 1,200 against 96 of 1,180 */
    trial = (struct trial){
        .a = { .customers = 1180, .measure = share_of(96, 1180) },
        .b = { .customers = 1200, .measure = share_of(132, 1200) },
    };
    trials.count = 1;
}

static const struct finding *judged(void)
{
    trials_judge(&journey, &trials);
    return &trial.finding;
}

START_TEST(shares_are_compared_by_newcombe)
{
    const struct finding *finding = judged();
    ck_assert_int_eq(finding->test, TRIAL_TEST_NEWCOMBE);
    ck_printed(finding->value, 0.028644, 6);
    ck_printed(finding->lo, 0.004978, 6);
    ck_printed(finding->hi, 0.052379, 6);
    ck_printed(finding->p, 0.017600, 6);
    ck_assert_int_eq(finding->state, TRIAL_BETTER);
    ck_assert_double_nan(finding->superiority);
}
END_TEST

START_TEST(which_way_is_better_is_what_scores_or_expectations_say)
{
    opportunities[0].expects = (struct expects){ .metric = 0, .from = 0.12, .to = 0.08 };
    ck_assert_int_eq(judged()->state, TRIAL_WORSE);
    opportunities[0].expects.metric = NONE;
    ck_assert_int_eq(judged()->state, TRIAL_DIFFERENT);
    trial.a.measure.score = 40;
    trial.b.measure.score = 30; /* more is worse */
    ck_assert_int_eq(judged()->state, TRIAL_WORSE);
}
END_TEST

/* S6: 5,200 against 4,800 where half and half was planned. */
START_TEST(arms_that_are_filled_otherwise_than_planned_find_nothing)
{
    trial.a.customers = 5200;
    trial.b.customers = 4800;
    const struct finding *finding = judged();
    ck_assert_int_eq(finding->state, TRIAL_UNEVEN);
    ck_printed(finding->ratio.chi_square, 16.0, 6);
    ck_assert_double_nan(finding->value);
    ck_assert_double_nan(finding->p);
    opportunities[0].experiment.share = 0.48;
    ck_assert_int_eq(judged()->state, TRIAL_BETTER);
    trial.a.customers = 1010;
    trial.b.customers = 990;
    opportunities[0].experiment.share = 0.5;
    ck_printed(judged()->ratio.p, 0.654721, 6);
    ck_assert_int_eq(trial.finding.state, TRIAL_BETTER);
}
END_TEST

START_TEST(an_arm_without_customers_is_uneven_before_it_is_unmeasured)
{
    trial.a.customers = 0;
    trial.a.measure = (struct measure){ .status = MEASURE_NO_ROWS };
    ck_assert_int_eq(judged()->state, TRIAL_UNEVEN);
    trial.b.customers = 3;
    ck_assert_int_eq(judged()->state, TRIAL_NOT_MEASURED);
    trial.b = trial.a;
    ck_assert_int_eq(judged()->state, TRIAL_NOT_MEASURED);
    trial.problem = "why";
    ck_assert_int_eq(judged()->state, TRIAL_UNREADABLE);
}
END_TEST

START_TEST(few_rows_are_not_compared)
{
    trial.a = (struct trial_arm){ .customers = 4, .measure = share_of(1, 4) };
    trial.b = (struct trial_arm){ .customers = 4, .measure = share_of(4, 4) };
    trial.a.measure.status = trial.b.measure.status = MEASURE_HIDDEN;
    ck_assert_int_eq(judged()->state, TRIAL_TOO_FEW);
    ck_assert_double_nan(trial.finding.p);
}
END_TEST

/* S4: x of mean 4.1 and sd 0.994429, n 10; y 3, 4, 2, 3, 4, 3, 2, 3. */
START_TEST(means_are_compared_by_welch)
{
    trial.a.measure = measure_of(SAMPLE_MEAN, 8);
    trial.a.measure.sample.values = (struct moments){ .n = 8, .mean = 3, .squares = 4 };
    trial.a.measure.value = 3;
    trial.b.measure = measure_of(SAMPLE_MEAN, 10);
    trial.b.measure.sample.values = (struct moments){ .n = 10, .mean = 4.1, .squares = 8.9 };
    trial.b.measure.value = 4.1;
    const struct finding *finding = judged();
    ck_assert_int_eq(finding->test, TRIAL_TEST_WELCH);
    ck_printed(finding->value, 1.1, 6);
    ck_printed(finding->p, 0.016943, 6);
    ck_assert_double_gt(finding->lo, 0);
    ck_assert_int_eq(finding->state, TRIAL_BETTER);
}
END_TEST

static const struct bin x_bins[] = { { 2, 1 }, { 3, 1 }, { 4, 4 }, { 5, 4 } };
static const struct bin y_bins[] = { { 2, 2 }, { 3, 4 }, { 4, 2 } };

static void set_answers(enum sample_kind kind)
{
    metric.source = SOURCE_ANSWER;
    trial.a.measure = measure_of(kind, 8);
    trial.a.measure.value = 3;
    trial.b.measure = measure_of(kind, 10);
    trial.b.measure.value = 4.1;
    trial.a.answers = y_bins;
    trial.a.answer_count = ARRAY_LEN(y_bins);
    trial.b.answers = x_bins;
    trial.b.answer_count = ARRAY_LEN(x_bins);
}

START_TEST(answers_are_compared_by_their_order)
{
    static const enum sample_kind kinds[] = { SAMPLE_MEAN, SAMPLE_BALANCE };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        set_answers(kinds[i]);
        const struct finding *finding = judged();
        ck_assert_int_eq(finding->test, TRIAL_TEST_MANN_WHITNEY);
        ck_same(finding->superiority, 0.8125);
        ck_printed(finding->p, 0.023897, 6);
        ck_assert_double_gt(finding->superiority_lo, 0.5);
        ck_assert_double_nan(finding->lo);
        ck_printed(finding->value, 1.1, 6);
        ck_assert_int_eq(finding->state, TRIAL_BETTER);
    }
}
END_TEST

START_TEST(quantiles_are_compared_by_their_values)
{
    set_answers(SAMPLE_ORDER);
    metric.source = SOURCE_EVENT;
    trial.a.measure.sample.bins = y_bins;
    trial.a.measure.sample.bin_count = ARRAY_LEN(y_bins);
    trial.b.measure.sample.bins = x_bins;
    trial.b.measure.sample.bin_count = ARRAY_LEN(x_bins);
    trial.a.answer_count = trial.b.answer_count = 0;
    ck_assert_int_eq(judged()->test, TRIAL_TEST_MANN_WHITNEY);
    ck_same(trial.finding.superiority, 0.8125);
}
END_TEST

START_TEST(what_adds_up_depends_on_how_many_there_are)
{
    static const enum sample_kind kinds[] = { SAMPLE_COUNT, SAMPLE_SUM, SAMPLE_POINT };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        trial.a.measure.sample.kind = trial.b.measure.sample.kind = kinds[i];
        ck_assert_int_eq(judged()->state, TRIAL_NOT_COMPARABLE);
        ck_assert_double_nan(trial.finding.value);
    }
}
END_TEST

/* p 0.0176 alone is more than chance; beside one of p 1 it is 0.0352, beside two it is not. */
START_TEST(several_experiments_are_looked_at_together)
{
    struct trial many[3];
    many[0] = many[1] = many[2] = trial;
    many[1].opportunity = 1;
    many[1].a.measure = many[1].b.measure = many[2].a.measure = many[2].b.measure =
        share_of(100, 1000);
    struct trial_set set = { .items = many, .count = 2 };
    trials_judge(&journey, &set);
    ck_printed(many[0].finding.adjusted, 0.0352, 4);
    ck_assert_int_eq(many[0].finding.state, TRIAL_BETTER);
    ck_assert_int_eq(many[1].finding.state, TRIAL_UNSURE);
    set.count = 3;
    trials_judge(&journey, &set);
    ck_printed(many[0].finding.adjusted, 0.0528, 4);
    ck_assert_int_eq(many[0].finding.state, TRIAL_UNSURE);
    ck_assert_ptr_eq(trial_find(&set, 0, 1), &many[1]);
    ck_assert_ptr_null(trial_find(&set, 1, 0));
    ck_assert_ptr_null(trial_find(NULL, 0, 0));
}
END_TEST

START_TEST(words_are_of_every_kind)
{
    for (int i = 0; i < TRIAL_STATE_COUNT; i++)
        ck_assert_ptr_nonnull(trial_state_name((enum trial_state)i));
    for (int i = 0; i < TRIAL_TEST_COUNT; i++)
        ck_assert_ptr_nonnull(trial_test_name((enum trial_test)i));
}
END_TEST

Suite *insight_trial_suite(void)
{
    Suite *suite = suite_create("insight_trial");
    TCase *tests = tcase_create("trial");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, shares_are_compared_by_newcombe);
    tcase_add_test(tests, which_way_is_better_is_what_scores_or_expectations_say);
    tcase_add_test(tests, arms_that_are_filled_otherwise_than_planned_find_nothing);
    tcase_add_test(tests, an_arm_without_customers_is_uneven_before_it_is_unmeasured);
    tcase_add_test(tests, few_rows_are_not_compared);
    tcase_add_test(tests, means_are_compared_by_welch);
    tcase_add_test(tests, answers_are_compared_by_their_order);
    tcase_add_test(tests, quantiles_are_compared_by_their_values);
    tcase_add_test(tests, what_adds_up_depends_on_how_many_there_are);
    tcase_add_test(tests, several_experiments_are_looked_at_together);
    tcase_add_test(tests, words_are_of_every_kind);
    suite_add_tcase(suite, tests);
    return suite;
}
