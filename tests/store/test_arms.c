/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/store/arms.h>
#include <stellwerk/store/series.h>

#include "store/little_map.h"

static struct experiment experiment;
static struct series_wish wish;
static struct arena values_arena;

/* Five people see the old page, four the new one; e is shown both, f is away from the page. */
static const char visits[] = "ts,person_id,activity,touchpoint,variant,persona,value\n"
                             "2026-01-01,a,look,search,old,anna,1\n"
                             "2026-01-02,a,look,search,old,anna,2\n"
                             "2026-01-02,b,look,search,old,helga,3\n"
                             "2026-01-03,c,buy,search,new,anna,4\n"
                             "2026-01-03,d,look,search,new,anna,6\n"
                             "2026-01-04,e,look,search,old,anna,2\n"
                             "2026-01-05,e,buy,search,new,anna,2\n"
                             "2026-01-05,f,look,platform,new,anna,9\n"
                             "2026-01-06,g,look,search,,anna,7\n"
                             "2026-01-07,h,look,search,other,anna,7\n";

static void set_up(void)
{
    little_map_set_up();
    arena_init(&values_arena);
    add_metric((struct metric){ .id = "value", .type = METRIC_MEAN });
    experiment = (struct experiment){ .metric = 0, .a = "old", .b = "new", .share = 0.5 };
    wish = (struct series_wish){ SEARCH, 0, NONE, PERIOD_ALL, "old" };
}

static void tear_down(void)
{
    arena_finish(&values_arena);
    little_map_tear_down();
}

static struct arm_customers customers(void)
{
    struct store *store;
    struct arm_customers got;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_arm_customers(store, &journey, &lens, SEARCH, &experiment, &got,
                                      &fixture.err),
                  "%s", fixture.err.text);
    store_close(store);
    return got;
}

static void ck_customers(uint64_t a, uint64_t b, uint64_t both)
{
    struct arm_customers got = customers();
    ck_assert_uint_eq(got.a, a);
    ck_assert_uint_eq(got.b, b);
    ck_assert_uint_eq(got.both, both);
}

START_TEST(customers_are_people_not_rows)
{
    import_text(visits);
    ck_customers(3, 3, 1);
    experiment.a = "never";
    ck_customers(0, 3, 0);
    experiment.b = "nor this";
    ck_customers(0, 0, 0);
}
END_TEST

START_TEST(without_people_they_are_cases_and_without_these_rows)
{
    import_text("ts,case_id,activity,touchpoint,variant\n"
                "2026-01-01,c1,look,search,old\n2026-01-01,c1,buy,search,old\n"
                "2026-01-01,c2,look,search,new\n");
    ck_customers(1, 1, 0);
    journey.metrics[0].source = SOURCE_ANSWER;
    fixture_import(&fixture,
                   "ts,touchpoint,metric,kind,value,variant,response_id\n"
                   "2026-01-01,search,value,experience,3,old,r1\n"
                   "2026-01-01,search,value,experience,3,old,r2\n"
                   "2026-01-01,search,value,experience,4,new,r3\n",
                   &(struct import_options){ .as = IMPORT_ANSWERS });
    ck_customers(2, 1, 0);
}
END_TEST

START_TEST(lens_chooses_customers)
{
    import_text(visits);
    lens.persona = HELGA;
    ck_customers(1, 0, 0);
    lens.persona = ANNA;
    ck_customers(2, 3, 1);
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-01-03"), day("2026-01-04") };
    ck_customers(1, 2, 0);
}
END_TEST

static const struct measure *measure_arm(const char *variant)
{
    struct store *store;
    wish.variant = variant;
    figures_destroy(figures);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    figures = store_series_alone(store, &journey, &lens, &wish, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
    store_close(store);
    ck_assert_ptr_null(figures->before);
    return at(SEARCH, 0);
}

START_TEST(an_arm_is_measured_of_its_rows_alone)
{
    import_text(visits);
    const struct measure *old = measure_arm("old");
    ck_assert_uint_eq(old->n, 4);
    ck_assert_int_eq(old->status, MEASURE_HIDDEN);
    ck_assert_uint_eq(measure_arm("new")->n, 3);
    ck_assert_int_eq(measure_arm("never")->status, MEASURE_NO_ROWS);
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-01-03"), day("2026-01-31") };
    ck_assert_uint_eq(measure_arm("new")->n, 3);
}
END_TEST

START_TEST(an_arm_has_its_own_mean)
{
    import_text("ts,person_id,activity,touchpoint,variant,value\n"
                "2026-01-01,a,look,search,old,1\n2026-01-01,b,look,search,old,2\n"
                "2026-01-01,c,look,search,old,3\n2026-01-01,d,look,search,old,4\n"
                "2026-01-01,e,look,search,old,5\n2026-01-01,f,look,search,new,9\n"
                "2026-01-01,g,look,search,,7\n");
    const struct measure *old = measure_arm("old");
    ck_assert_uint_eq(old->n, 5);
    ck_assert_double_eq(old->sample.values.mean, 3);
    ck_assert_double_eq(old->sample.values.squares, 10);
    ck_assert_uint_eq(measure_arm(NULL)->n, 7);
}
END_TEST

/* A filter that rollups do not know has the rows read. */
START_TEST(an_arm_is_measured_from_rows_and_from_cases)
{
    struct filter people = { .column = "person_id",
                             .values = { (const char *[]){ "a", "e", "c" }, 3 } };
    struct filter buying = { .column = "activity", .values = { (const char *[]){ "buy" }, 1 } };
    import_text(visits);
    journey.metrics[0].where = (struct filters){ &people, 1 };
    ck_assert_uint_eq(measure_arm("old")->n, 3);
    ck_assert_uint_eq(measure_arm("new")->n, 2);
    journey.metrics[0] = (struct metric){ .id = "value", .type = METRIC_PER_CASE,
                                          .where = { &buying, 1 } };
    ck_assert_uint_eq(measure_arm("new")->n, 2);
    ck_assert_int_eq(measure_arm("old")->status, MEASURE_NO_ROWS);
}
END_TEST

START_TEST(values_are_counted)
{
    struct store *store;
    struct series_values got;
    import_text(visits);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_values(&values_arena, store, &journey, &lens, &wish, &got, &fixture.err));
    ck_assert_uint_eq(got.count, 3);
    ck_assert_double_eq(got.bins[1].value, 2);
    ck_assert_uint_eq(got.bins[1].count, 2);
    wish.variant = "never";
    ck_assert(store_values(&values_arena, store, &journey, &lens, &wish, &got, &fixture.err));
    ck_assert_uint_eq(got.count, 0);
    store_close(store);
}
END_TEST

Suite *store_arms_suite(void)
{
    Suite *suite = suite_create("store_arms");
    TCase *tests = tcase_create("arms");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, customers_are_people_not_rows);
    tcase_add_test(tests, without_people_they_are_cases_and_without_these_rows);
    tcase_add_test(tests, lens_chooses_customers);
    tcase_add_test(tests, an_arm_is_measured_of_its_rows_alone);
    tcase_add_test(tests, an_arm_has_its_own_mean);
    tcase_add_test(tests, an_arm_is_measured_from_rows_and_from_cases);
    tcase_add_test(tests, values_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
