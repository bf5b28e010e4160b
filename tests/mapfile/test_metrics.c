/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "told.h"

/* A map with one metric "m", the lines of which begin in line 9. */
static const struct journey *with_metric(const char *lines)
{
    const char *rest = arena_printf(&told_arena,
                                    "contexts: {hurried: in Eile}\n"
                                    "metrics:\n"
                                    "  m:\n"
                                    "%s",
                                    lines);
    return told_map(told_touchpoint("        metrics: [m]\n", rest));
}

static const struct metric *metric_of(const char *lines)
{
    const struct journey *journey = with_metric(lines);
    ck_assert_str_eq(told(), "");
    ck_assert_uint_eq(journey->metric_count, 1);
    return &journey->metrics[0];
}

static void assert_filters(struct filters filters, const char *printed)
{
    struct str str;
    str_init(&str);
    for (size_t i = 0; i < filters.count; i++) {
        str_printf(&str, "%s%s=", i > 0 ? " " : "", filters.items[i].column);
        for (size_t j = 0; j < filters.items[i].values.count; j++)
            str_printf(&str, "%s%s", j > 0 ? "|" : "", filters.items[i].values.items[j]);
    }
    ck_assert_str_eq(str.text, printed);
    str_finish(&str);
}

START_TEST(test_every_common_key)
{
    const struct metric *metric = metric_of("    label: Verspätung\n"
                                            "    type: mean\n"
                                            "    from: observation\n"
                                            "    of: delay_minutes\n"
                                            "    where: {activity: [a, b], outcome: late}\n"
                                            "    unit: min\n"
                                            "    anchors: {45: 50, 0: 100, 120: 0, 15: 75}\n"
                                            "    contexts:\n"
                                            "      hurried: {anchors: {0: 100, 5.5: 75, -1: 100}}\n"
                                            "    owner: Betrieb\n"
                                            "    min_n: 50\n"
                                            "    fresh: 30d\n");
    ck_assert_str_eq(metric->id, "m");
    ck_assert_str_eq(metric->label, "Verspätung");
    ck_assert_int_eq(metric->type, METRIC_MEAN);
    ck_assert_int_eq(metric->source, SOURCE_OBSERVATION);
    ck_assert_str_eq(metric->of, "delay_minutes");
    assert_filters(metric->where, "activity=a|b outcome=late");
    ck_assert_uint_eq(metric->where.items[1].pos.line, 15);
    ck_assert_uint_eq(metric->where.items[1].pos.column, 31);
    ck_assert_str_eq(metric->unit, "min");
    ck_assert_str_eq(metric->owner, "Betrieb");
    ck_assert_uint_eq(metric->min_n, 50);
    ck_assert_int_eq(metric->fresh, 30 * TIME_US_PER_DAY);
    ck_assert_uint_eq(metric->pos.line, 10);
    ck_assert_uint_eq(metric->anchors.count, 4);
    ck_assert_double_eq(metric->anchors.items[1].raw, 15);
    ck_assert_double_eq(metric->anchors.items[1].score, 75);
    ck_assert_double_eq(metric->anchors.items[3].raw, 120);
    ck_assert_uint_eq(metric->context_anchor_count, 1);
    ck_assert_int_eq(metric->context_anchors[0].context, 0);
    ck_assert_uint_eq(metric->context_anchors[0].pos.line, 19);
    ck_assert_double_eq(metric->context_anchors[0].anchors.items[0].raw, -1);
    ck_assert_double_eq(metric->context_anchors[0].anchors.items[2].raw, 5.5);
}
END_TEST

START_TEST(test_what_is_left_out)
{
    const struct metric *metric = metric_of("    type: median\n");
    ck_assert_str_eq(metric->label, "m");
    ck_assert_int_eq(metric->source, SOURCE_EVENT);
    ck_assert_int_eq(metric->variant, VARIANT_DEFAULT);
    ck_assert_ptr_null(metric->of);
    ck_assert_ptr_null(metric->answer);
    ck_assert_ptr_null(metric->unit);
    ck_assert_double_nan(metric->quantile);
    ck_assert_double_nan(metric->threshold);
    ck_assert_int_eq(metric->within, 0);
    ck_assert_uint_eq(metric->where.count, 0);
    ck_assert_uint_eq(metric->anchors.count, 0);
    ck_assert_uint_eq(metric->min_n, METRIC_MIN_N);
    ck_assert_int_eq(metric->fresh, 0);
    ck_assert_uint_eq(metric->a.pos.line, 0);
}
END_TEST

static const struct source_row {
    const char *lines;
    enum metric_source source;
} sources[] = {
    { "    type: count\n", SOURCE_EVENT },
    { "    type: nps\n", SOURCE_ANSWER },
    { "    type: csat\n", SOURCE_ANSWER },
    { "    type: ces\n", SOURCE_ANSWER },
    { "    type: apdex\n    threshold: 4\n", SOURCE_ANSWER },
    { "    type: mean\n    answer: q1\n", SOURCE_ANSWER },
    { "    type: nps\n    from: observation\n", SOURCE_OBSERVATION },
    { "    type: apdex\n    threshold: 4\n    from: event\n", SOURCE_EVENT },
    { "    type: apdex\n    threshold: 4\n    of: search\n", SOURCE_EVENT },
};

START_TEST(test_where_it_comes_from)
{
    ck_assert_int_eq(metric_of(sources[_i].lines)->source, sources[_i].source);
}
END_TEST

START_TEST(test_proportion_and_quantile)
{
    const struct metric *metric = metric_of("    type: proportion\n    hit: {outcome: [yes, 1]}\n");
    assert_filters(metric->hit, "outcome=yes|1");
    told_finish();
    told_start();
    metric = metric_of("    type: quantile\n    quantile: 0.9\n    of: x\n");
    ck_assert_double_eq(metric->quantile, 0.9);
}
END_TEST

START_TEST(test_answers)
{
    const struct metric *metric =
        metric_of("    type: ces\n    variant: index\n    answer: easy\n    aspect: ~\n");
    ck_assert_int_eq(metric->variant, VARIANT_INDEX);
    ck_assert_str_eq(metric->answer, "easy");
    ck_assert_ptr_null(metric->aspect);
}
END_TEST

START_TEST(test_two_terms)
{
    const struct metric *metric = metric_of("    type: ratio\n"
                                            "    numerator: {of: clicks, where: {medium: mail}}\n"
                                            "    denominator: send\n");
    ck_assert_str_eq(metric->a.of, "clicks");
    assert_filters(metric->a.where, "medium=mail");
    ck_assert_uint_eq(metric->a.pos.line, 12);
    ck_assert_ptr_null(metric->b.of);
    assert_filters(metric->b.where, "activity=send");
    told_finish();
    told_start();
    metric = metric_of("    type: dropout\n"
                       "    first: {activity: [cart, basket], where: {channel: web}}\n"
                       "    then: pay\n"
                       "    within: 36h\n");
    assert_filters(metric->a.where, "channel=web activity=cart|basket");
    assert_filters(metric->b.where, "activity=pay");
    ck_assert_int_eq(metric->within, INT64_C(36) * 3600 * 1000000);
}
END_TEST

START_TEST(test_a_wait)
{
    const struct metric *metric = metric_of("    type: between\n    first: a\n    then: b\n");
    ck_assert_str_eq(metric->unit, "d");
    ck_assert_double_nan(metric->quantile);
    told_finish();
    told_start();
    metric = metric_of("    type: between\n    first: a\n    then: b\n    unit: Stunden\n"
                       "    quantile: 0.9\n");
    ck_assert_str_eq(metric->unit, "Stunden");
    ck_assert_double_eq(metric->quantile, 0.9);
}
END_TEST

START_TEST(test_a_half_life)
{
    ck_assert_int_eq(metric_of("    type: csat\n    half_life: 90d\n")->half_life,
                     90 * TIME_US_PER_DAY);
}
END_TEST

START_TEST(test_a_query)
{
    ck_assert_str_eq(metric_of("    type: sql\n    query: SELECT 1\n")->query, "SELECT 1");
}
END_TEST

/* What is wrong in the metric, whether it is left out whole, and all that is told. */
static const struct wrong {
    const char *lines;
    bool left_out;
    const char *told;
} wrongs[] = {
    { "    label: x\n", true, "11:5 error missing_key\n" },
    { "    type: men\n", true, "11:11 error unknown_word\n" },
    { "    type: proportion\n", true, "11:5 error missing_key\n" },
    { "    type: proportion\n    from: observation\n", false, "" },
    { "    type: proportion\n    hit: x\n", true, "12:10 error wrong_kind\n" },
    { "    type: proportion\n    hit: {outcome: {a: b}}\n", true, "12:20 error wrong_kind\n" },
    { "    type: proportion\n    hit: {outcome: }\n", true, "12:20 error missing_value\n" },
    { "    type: proportion\n    hit: {outcome: [a, [b]]}\n", true, "12:24 error wrong_kind\n" },
    { "    type: count\n    where: [x]\n", true, "12:12 error wrong_kind\n" },
    { "    type: quantile\n", true, "11:5 error missing_key\n" },
    { "    type: quantile\n    quantile: 90\n", true, "12:15 error out_of_range\n" },
    { "    type: apdex\n", true, "11:5 error missing_key\n" },
    { "    type: ratio\n", true, "11:5 error missing_key\n11:5 error missing_key\n" },
    { "    type: ratio\n    numerator: a\n    denominator: {where: 1}\n", true,
      "13:26 error wrong_kind\n" },
    { "    type: between\n    first: a\n", true, "11:5 error missing_key\n" },
    { "    type: preceded\n    first: a\n    then: b\n    within: soon\n", true,
      "14:13 error not_a_duration\n" },
    { "    type: between\n    first: a\n    then: b\n    unit: EUR\n", true,
      "14:11 error wrong_value\n" },
    { "    type: between\n    from: observation\n    unit: EUR\n", false, "" },
    { "    type: between\n    first: a\n    then: b\n    quantile: 1\n", true,
      "14:15 error out_of_range\n" },
    { "    type: before\n    first: {of: x, activity: a}\n    then: b\n", false,
      "12:12 warning key_not_for_type\n" },
    { "    type: sql\n    from: observation\n", true,
      "11:5 error missing_key\n12:11 warning key_not_for_type\n" },
    { "    type: sum\n    half_life: 90d\n", false, "12:16 warning key_not_for_type\n" },
    { "    type: sql\n", true, "11:5 error missing_key\n" },
    { "    type: sql\n    query: q\n    from: event\n", false, "13:11 warning key_not_for_type\n" },
    { "    type: count\n    hit: {a: b}\n", false, "12:10 warning key_not_for_type\n" },
    { "    type: nps\n    variant: mean\n", false, "12:14 warning key_not_for_type\n" },
    { "    type: csat\n    variant: index\n", true, "12:14 error wrong_value\n" },
    { "    type: ces\n    variant: top2\n", true, "12:14 error wrong_value\n" },
    { "    type: mean\n    min_n: 0\n", false, "12:12 error out_of_range\n" },
    { "    type: mean\n    min_n: 2.5\n", false, "12:12 error not_a_number\n" },
    { "    type: mean\n    anchors: {0: 1}\n", false, "12:14 error too_few_anchors\n" },
    { "    type: mean\n    anchors: {}\n", false, "12:14 error too_few_anchors\n" },
    { "    type: mean\n    anchors: [0, 1]\n", false, "12:14 error wrong_kind\n" },
    { "    type: mean\n    anchors: {0: 1, 5: 101}\n", false, "12:24 error out_of_range\n" },
    { "    type: mean\n    anchors: {0: 1, x: 10}\n", false, "12:21 error not_a_number\n" },
    { "    type: mean\n    anchors: {0: 1, 0.0: 10}\n", false, "12:14 error duplicate_anchor\n" },
    { "    type: mean\n    anchors: {0: 1, 5: 50, 9: 40}\n", false,
      "12:14 error anchors_not_monotone\n" },
    { "    type: mean\n    contexts: {hurry: {anchors: {0: 1, 2: 3}}}\n", false,
      "12:16 error unknown_id\n" },
    { "    type: mean\n    contexts: {hurried: {anchors: {0: 1}}}\n", false,
      "12:35 error too_few_anchors\n" },
    { "    type: mean\n    contexts: {hurried: {}}\n", false, "12:25 error missing_key\n" },
};

START_TEST(test_wrong)
{
    const struct wrong *row = &wrongs[_i];
    const struct journey *journey = with_metric(row->lines);
    ck_assert_msg(strcmp(told(), row->told) == 0, "%s says:\n%s", row->lines, told());
    /* The touchpoint's reference to what is left out is not reported again. */
    size_t left = row->left_out ? 0 : 1;
    ck_assert_uint_eq(journey->metric_count, left);
    ck_assert_uint_eq(journey->touchpoints[0].metrics.count, left);
    if (left == 1)
        ck_assert_uint_ne(journey->metrics[0].anchors.count, 1);
}
END_TEST

Suite *mapfile_metrics_suite(void)
{
    Suite *suite = suite_create("mapfile_metrics");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_test(tcase, test_every_common_key);
    tcase_add_test(tcase, test_what_is_left_out);
    tcase_add_loop_test(tcase, test_where_it_comes_from, 0, (int)ARRAY_LEN(sources));
    tcase_add_test(tcase, test_proportion_and_quantile);
    tcase_add_test(tcase, test_answers);
    tcase_add_test(tcase, test_two_terms);
    tcase_add_test(tcase, test_a_wait);
    tcase_add_test(tcase, test_a_half_life);
    tcase_add_test(tcase, test_a_query);
    tcase_add_loop_test(tcase, test_wrong, 0, (int)ARRAY_LEN(wrongs));
    suite_add_tcase(suite, tcase);
    return suite;
}
