/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>

#include "../../src/store/slices.h"
#include "store/little_map.h"

START_TEST(slices_follow_the_calendar)
{
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_text("ts,case_id,activity,touchpoint\n"
           "2025-12-30T23:59:59Z,c1,look,search\n2026-01-01,c2,look,search\n"
           "2026-01-31T23:59:59.999999Z,c3,look,search\n2026-02-01,c4,look,search\n"
           "2026-02-28,c5,look,search\n2026-03-15,c6,look,search\n");
    measure();
    const struct measure *visits = at(SEARCH, 0);
    ck_assert_uint_eq(visits->slice_count, 4);
    ck_assert_int_eq(visits->slices[0].first_day, day("2025-12-30"));
    ck_assert_int_eq(visits->slices[0].last_day, day("2025-12-31"));
    ck_assert_int_eq(visits->slices[1].first_day, day("2026-01-01"));
    ck_assert_int_eq(visits->slices[3].last_day, day("2026-03-15"));
    static const uint64_t expected[] = { 1, 2, 2, 1 };
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(visits->slices[i].n, expected[i]);
    ck_assert_int_eq(figures->oldest, instant("2025-12-30T23:59:59Z"));
    ck_assert_int_eq(figures->newest, instant("2026-03-15"));

    /* Weeks from Monday within the period; 2026-01-05 is one. */
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-02-01") };
    measure();
    ck_assert_int_eq(at(SEARCH, 0)->status, MEASURE_HIDDEN);
    lens.period = (struct period){ .first = day("2025-12-30"), .last = day("2026-02-20") };
    import_text("ts,case_id,activity,touchpoint\n"
           "2026-01-05,c7,look,search\n2026-01-06,c8,look,search\n");
    measure();
    visits = at(SEARCH, 0);
    ck_assert_uint_eq(visits->slice_count, 8);
    ck_assert_int_eq(visits->slices[1].first_day, day("2026-01-05"));
    ck_assert_int_eq(visits->slices[7].last_day, day("2026-02-20"));
    ck_assert_uint_eq(visits->slices[1].n, 2);
    ck_assert_uint_eq(visits->slices[2].n, 0);
    ck_assert_double_nan(visits->slices[2].value);
}
END_TEST

START_TEST(there_are_never_more_than_twelve_slices)
{
    static const struct {
        const char *last;
        size_t count;
    } cases[] = { { "2026-01-01", 1 },  { "2026-01-12", 12 }, { "2026-01-13", 7 },
                  { "2026-01-21", 4 },  { "2026-03-01", 9 },  { "2026-03-02", 3 },
                  { "2026-12-31", 12 }, { "2027-01-01", 7 },  { "2035-12-31", 12 } };
    add_metric((struct metric){ .id = "visits", .type = METRIC_COUNT });
    import_text("ts,case_id,activity,touchpoint\n"
           "2026-01-01,c1,look,search\n2026-01-01,c2,look,search\n2026-01-01,c3,look,search\n"
           "2026-01-01,c4,look,search\n2026-01-01,c5,look,search\n2036-01-01,c6,look,platform\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        lens.period = (struct period){ .first = INT32_MIN, .last = day(cases[i].last) };
        measure();
        const struct measure *visits = at(SEARCH, 0);
        ck_assert_msg(visits->slice_count == cases[i].count, "until %s: %zu", cases[i].last,
                      visits->slice_count);
        ck_assert_int_eq(visits->slices[0].first_day, day("2026-01-01"));
        for (size_t j = 1; j < visits->slice_count; j++)
            ck_assert_int_eq(visits->slices[j].first_day, visits->slices[j - 1].last_day + 1);
        ck_assert_int_eq(visits->slices[visits->slice_count - 1].last_day, day(cases[i].last));
    }
}
END_TEST

/* The last one that begins on the day or before it, else the first. */
static size_t find_slowly(const struct slices *slices, int32_t day)
{
    size_t at = slices->count - 1;
    while (at > 0 && day < slices->first[at])
        at--;
    return at;
}

START_TEST(every_day_is_in_its_slice)
{
    static const int32_t spans[][2] = { { 0, 0 },          { 5, 11 },          { -400, 800 },
                                        { 20454, 22279 },  { 19000, 19061 },   { -3, 30000 },
                                        { INT32_MIN, -9 }, { INT32_MIN, INT32_MAX } };
    for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
        int32_t first = spans[i][0], last = spans[i][1];
        struct slices slices = slices_cut_by((enum period_kind)_i, first, last);
        int64_t step = ((int64_t)last - first) / 2500 + 1;
        for (int64_t day = (int64_t)first - 40; day <= (int64_t)last + 40; day += step)
            if (day >= INT32_MIN && day <= INT32_MAX)
                ck_assert_uint_eq(slices_find(&slices, (int32_t)day),
                                  find_slowly(&slices, (int32_t)day));
        for (size_t k = 0; k < slices.count; k++) {
            ck_assert_uint_eq(slices_find(&slices, slices.first[k]), k);
            ck_assert_uint_eq(slices_find(&slices, slices_last_day(&slices, k)), k);
        }
    }
}
END_TEST

Suite *store_slices_suite(void)
{
    Suite *suite = suite_create("store_slices");
    TCase *tests = tcase_create("slices");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, slices_follow_the_calendar);
    tcase_add_test(tests, there_are_never_more_than_twelve_slices);
    tcase_add_loop_test(tests, every_day_is_in_its_slice, PERIOD_ALL, PERIOD_QUARTER + 1);
    suite_add_tcase(suite, tests);
    return suite;
}
