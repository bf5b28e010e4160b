/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A map's metrics held against a store: what is found, at which place, and what is not. */

#include "suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/time.h>
#include <stellwerk/store/validate.h>

#include "store/little_map.h"

static const char events[] =
    "ts,case_id,activity,touchpoint,persona,context,outcome,value\n"
    "2026-01-05,c1,book,platform,anna,hurried,booked,1\n"
    "2026-01-05,c2,book,platform,anna,hurried,booked,2\n"
    "2026-01-06,c3,book,search,anna,relaxed,failed,3\n"
    "2026-01-06,c4,book,search,helga,relaxed,booked,4\n"
    "2026-01-07,c5,book,platform,helga,relaxed,booked,5\n"
    "2026-01-07,c6,book,platform,helga,relaxed,booked,6\n"
    "2026-01-08,c7,book,platform,helga,relaxed,booked,7\n"
    "2026-01-08,c8,look,search,helga,relaxed,,\n";

static const char answers[] =
    "ts,touchpoint,metric,value,scale_min,scale_max\n"
    "2026-01-05,search,csat,4,1,5\n2026-01-05,platform,csat,4,1,5\n";

/* All findings in a text, a line each: "7 warning no_rows: …". */
static const char *validate(void)
{
    struct store *store;
    struct diag_list findings;
    const char *told = "";
    diag_list_init(&findings, &fixture.arena);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_validate(store, &journey, &findings, &fixture.err), "%s",
                  fixture.err.text);
    store_close(store);
    diag_list_sort(&findings);
    for (size_t i = 0; i < findings.count; i++)
        told = arena_printf(&fixture.arena, "%s%u %s %s: %s\n", told, findings.items[i].pos.line,
                            severity_name(findings.items[i].severity), findings.items[i].code,
                            findings.items[i].text);
    return told;
}

static struct filters one(struct filter *filter, const char *column, const char **values,
                          size_t count, uint32_t line)
{
    *filter = (struct filter){
        .column = column, .values = { values, count }, .pos = { .line = line } };
    return (struct filters){ filter, 1 };
}

static struct metric *add(struct metric metric, uint32_t line)
{
    metric.pos.line = line;
    metric.min_n = 1;
    metric.quantile = NAN;
    return add_metric(metric);
}

static void set_up(void)
{
    little_map_set_up();
    journey.touchpoints[SEARCH].pos.line = 21;
    journey.touchpoints[PLATFORM].pos.line = 22;
    import_text(events);
    import_text(answers);
}

START_TEST(what_the_store_has_is_not_worth_a_word)
{
    static const char *booked[] = { "booked", "failed" }, *five[] = { "5", "6" };
    static struct filter outcome, value;
    add((struct metric){ .id = "a", .type = METRIC_MEAN, .of = "book" }, 1);
    add((struct metric){ .id = "b",
                         .type = METRIC_PROPORTION,
                         .where = one(&outcome, "outcome", booked, 2, 2),
                         .hit = one(&value, "value", five, 2, 3) },
        1);
    import_text("ts,case_id,activity,touchpoint,outcome,value\n"
                "2026-01-09,c9,book,search,booked,1\n2026-01-09,c10,book,search,booked,2\n"
                "2026-01-09,c11,book,search,booked,2\n");
    ck_assert_str_eq(validate(), "");
}
END_TEST

START_TEST(values_that_no_row_has)
{
    static const char *typo[] = { "bokked" }, *none[] = { "99" }, *fine[] = { "book" };
    static struct filter outcome, value, activity;
    add((struct metric){ .id = "a",
                         .type = METRIC_PROPORTION,
                         .where = one(&activity, "activity", fine, 1, 2),
                         .hit = one(&outcome, "outcome", typo, 1, 3) },
        1);
    add((struct metric){ .id = "b", .type = METRIC_SUM, .of = "bok" }, 5);
    add((struct metric){ .id = "c",
                         .type = METRIC_COUNT,
                         .where = one(&value, "value", none, 1, 8) },
        7);
    add((struct metric){ .id = "cast", .type = METRIC_CSAT, .source = SOURCE_ANSWER }, 9);
    ck_assert_str_eq(
        validate(),
        "1 note few_rows: the metric 'a' at the touchpoint 'search' has 2 rows, too few to show\n"
        "3 warning unknown_value: no row of the events in the store has 'bokked' in 'outcome';"
        " did you mean 'booked'?\n"
        "5 warning unknown_value: no row of the events in the store has 'bok' in 'activity';"
        " did you mean 'book'?\n"
        "8 warning unknown_value: no row of the events in the store has '99' in 'value'\n"
        "9 warning unknown_value: no row of the answers in the store has 'cast' in 'metric';"
        " did you mean 'csat'?\n");
}
END_TEST

START_TEST(columns_and_values_of_the_wrong_kind)
{
    static const char *any[] = { "x" };
    static struct filter colour, value, time;
    add((struct metric){ .id = "a",
                         .type = METRIC_COUNT,
                         .where = one(&colour, "chanel", any, 1, 2) },
        1);
    add((struct metric){ .id = "b",
                         .type = METRIC_COUNT,
                         .where = one(&value, "value", any, 1, 4) },
        3);
    add((struct metric){ .id = "c", .type = METRIC_COUNT, .where = one(&time, "ts", any, 1, 6) },
        5);
    add((struct metric){ .id = "d", .type = METRIC_SUM, .of = "outcome" }, 7);
    ck_assert_str_eq(
        validate(),
        "2 error unknown_column: events have no column 'chanel'; did you mean 'channel'?\n"
        "4 error wrong_type: 'x' is not a number, as the column 'value' holds\n"
        "6 error wrong_type: rows cannot be chosen by the time column 'ts'\n"
        "7 error wrong_type: the column 'outcome' of events holds no numbers\n");
}
END_TEST

START_TEST(sides_of_a_case_are_checked_too)
{
    static const char *typo[] = { "bok" }, *fine[] = { "book" };
    static struct filter first, then;
    add((struct metric){ .id = "a",
                         .type = METRIC_DROPOUT,
                         .a = { .where = one(&first, "activity", fine, 1, 2) },
                         .b = { .where = one(&then, "activity", typo, 1, 3) } },
        1);
    add((struct metric){ .id = "b",
                         .type = METRIC_RATIO,
                         .a = { .of = "outcome", .pos = { .line = 6 } },
                         .b = { .of = "costs", .pos = { .line = 7 } } },
        5);
    ck_assert_str_eq(
        validate(),
        "1 note few_rows: the metric 'a' at the touchpoint 'search' has 2 rows, too few to show\n"
        "3 warning unknown_value: no row of the events in the store has 'bok' in 'activity';"
        " did you mean 'book'?\n"
        "6 error wrong_type: the column 'outcome' of events holds no numbers\n"
        "7 error unknown_column: events have no column 'costs'\n");
}
END_TEST

/* Nowhere, or only not here; no rows, or rows without what is asked of them. */
START_TEST(touchpoints_without_rows)
{
    static const char *failed[] = { "failed" }, *look[] = { "look" };
    static struct filter outcome, activity;
    add((struct metric){ .id = "a",
                         .type = METRIC_COUNT,
                         .where = one(&outcome, "outcome", failed, 1, 2) },
        1);
    add((struct metric){ .id = "b",
                         .type = METRIC_MEAN,
                         .where = one(&activity, "activity", look, 1, 4) },
        3);
    ck_assert_str_eq(
        validate(),
        "1 note few_rows: the metric 'a' at the touchpoint 'search' has 1 row, too few to show\n"
        "21 warning no_values: the rows of the metric 'b' at the touchpoint 'search' have no"
        " values\n"
        "22 note no_rows: the store has no rows of the metric 'a' at the touchpoint 'platform'\n"
        "22 warning no_rows: the store has no rows of the metric 'b' at the touchpoint"
        " 'platform'\n");
}
END_TEST

START_TEST(an_nps_wants_its_own_scale)
{
    add((struct metric){ .id = "csat", .type = METRIC_NPS, .source = SOURCE_ANSWER }, 1);
    ck_assert_ptr_nonnull(strstr(validate(), "1 warning wrong_scale: there are answers to 'csat' on"
                                             " another scale than 0 to 10"));
}
END_TEST

START_TEST(figures_that_have_grown_stale)
{
    struct metric *metric = add((struct metric){ .id = "a", .type = METRIC_COUNT }, 1);
    setenv("STELLWERK_NOW", "2026-02-07T12:00:00Z", 1);
    metric->fresh = 30 * TIME_US_PER_DAY;
    ck_assert_str_eq(
        validate(),
        "1 note few_rows: the metric 'a' at the touchpoint 'search' has 3 rows, too few to show\n"
        "1 warning stale_metric: the metric 'a' at the touchpoint 'search' is stale: its newest row"
        " is of 2026-01-08, and it stays fresh for 4 weeks\n"
        "1 warning stale_metric: the metric 'a' at the touchpoint 'platform' is stale: its newest"
        " row is of 2026-01-08, and it stays fresh for 4 weeks\n");
    unsetenv("STELLWERK_NOW");
}
END_TEST

START_TEST(queries_that_fail)
{
    add((struct metric){ .id = "a", .type = METRIC_SQL, .query = "SELECT value FROM evens" }, 1);
    ck_assert_str_eq(validate(), "1 error metric_failed: the metric 'a' cannot be computed:"
                                 " the query is wrong: no such table: evens\n");
}
END_TEST

START_TEST(personas_under_another_name)
{
    journey.personas[HELGA].id = "helga-berg";
    journey.personas[HELGA].pos.line = 4;
    ck_assert_str_eq(validate(), "4 note not_in_store: no row of the store has 'helga-berg' in"
                                 " 'persona', though others are named there\n");
    journey.personas[HELGA].id = "helga";
}
END_TEST

START_TEST(what_no_touchpoint_uses_is_not_asked_for)
{
    static const char *typo[] = { "bok" };
    static struct filter activity;
    add((struct metric){ .id = "a",
                         .type = METRIC_COUNT,
                         .where = one(&activity, "activity", typo, 1, 2) },
        1);
    for (int i = SEARCH; i <= PLATFORM; i++)
        journey.touchpoints[i].metrics.count = 0;
    ck_assert_str_eq(validate(), "");
}
END_TEST

Suite *store_validate_suite(void)
{
    Suite *suite = suite_create("store_validate");
    TCase *tests = tcase_create("validate");
    tcase_add_checked_fixture(tests, set_up, little_map_tear_down);
    tcase_add_test(tests, what_the_store_has_is_not_worth_a_word);
    tcase_add_test(tests, values_that_no_row_has);
    tcase_add_test(tests, columns_and_values_of_the_wrong_kind);
    tcase_add_test(tests, sides_of_a_case_are_checked_too);
    tcase_add_test(tests, touchpoints_without_rows);
    tcase_add_test(tests, an_nps_wants_its_own_scale);
    tcase_add_test(tests, figures_that_have_grown_stale);
    tcase_add_test(tests, queries_that_fail);
    tcase_add_test(tests, personas_under_another_name);
    tcase_add_test(tests, what_no_touchpoint_uses_is_not_asked_for);
    suite_add_tcase(suite, tests);
    return suite;
}
