/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>
#include <time.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>

#define SECOND INT64_C(1000000)

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* ---- Days ---- */

START_TEST(test_days_are_those_of_the_c_library)
{
    int32_t first = time_day_from_civil((struct civil){ 1600, 1, 1 });
    int32_t last = time_day_from_civil((struct civil){ 2400, 12, 31 });
    ck_assert_int_eq(last - first + 1, 2 * 146097 + 366);
    for (int32_t day = first; day <= last; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        struct civil civil = time_civil_from_day(day);
        if (civil.year != tm.tm_year + 1900 || civil.month != tm.tm_mon + 1 ||
            civil.day != tm.tm_mday || time_day_from_civil(civil) != day ||
            !time_civil_valid(civil))
            ck_abort_msg("day %d is %d-%d-%d", day, civil.year, civil.month, civil.day);
    }
}
END_TEST

START_TEST(test_days_far_away_go_there_and_back)
{
    for (int64_t day = INT32_MIN; day <= INT32_MAX; day += 9973) {
        struct civil civil = time_civil_from_day((int32_t)day);
        if (time_day_from_civil(civil) != day)
            ck_abort_msg("day %d", (int)day);
    }
    ck_assert_int_eq(time_day_from_civil((struct civil){ 1970, 1, 1 }), 0);
    ck_assert_int_eq(time_day_from_civil((struct civil){ 0, 3, 1 }), -719468);
}
END_TEST

static const struct {
    struct civil civil;
    bool valid;
} validities[] = {
    { { 2024, 2, 29 }, true },  { { 2023, 2, 29 }, false }, { { 1900, 2, 29 }, false },
    { { 2000, 2, 29 }, true },  { { 2026, 4, 31 }, false }, { { 2026, 12, 31 }, true },
    { { 2026, 0, 1 }, false },  { { 2026, 13, 1 }, false }, { { 2026, 1, 0 }, false },
    { { 2026, 1, 32 }, false }, { { -1, 2, 28 }, true },
};

START_TEST(test_validity)
{
    ck_assert_int_eq(time_civil_valid(validities[_i].civil), validities[_i].valid);
}
END_TEST

START_TEST(test_a_year_has_as_many_dates_as_days)
{
    for (int year = 1; year <= 800; year++) {
        int32_t days = time_day_from_civil((struct civil){ year + 1, 1, 1 }) -
                       time_day_from_civil((struct civil){ year, 1, 1 });
        int32_t dates = 0;
        for (int month = 0; month <= 13; month++)
            for (int day = 0; day <= 32; day++)
                dates += time_civil_valid((struct civil){ year, month, day });
        if (dates != days)
            ck_abort_msg("the year %d has %d dates and %d days", year, dates, days);
    }
}
END_TEST

START_TEST(test_the_day_of_an_instant_rounds_down)
{
    ck_assert_int_eq(time_day(0), 0);
    ck_assert_int_eq(time_day(TIME_US_PER_DAY - 1), 0);
    ck_assert_int_eq(time_day(TIME_US_PER_DAY), 1);
    ck_assert_int_eq(time_day(-1), -1);
    ck_assert_int_eq(time_day(-TIME_US_PER_DAY), -1);
    ck_assert_int_eq(time_day(-TIME_US_PER_DAY - 1), -2);
}
END_TEST

static const struct {
    const char *text, *iso; /* NULL: refused */
} days[] = {
    { "2026-11-01", "2026-11-01" },
    { "0001-01-01", "0001-01-01" },
    { "2024-02-29", "2024-02-29" },
    { "2023-02-29", NULL },
    { "20261101", NULL },
    { "2026-11-1", NULL },
    { "2026-11-01 ", NULL },
    { " 2026-11-01", NULL },
    { "2026-11-01T00:00", NULL },
    { "-026-11-01", NULL },
    { "2026/11/01", NULL },
    { "", NULL },
};

START_TEST(test_parsing_days)
{
    int32_t day = 4711;
    bool fine = time_parse_day(days[_i].text, &day);
    ck_assert_int_eq(fine, days[_i].iso != NULL);
    if (fine)
        ck_assert_str_eq(time_day_iso(&arena, day), days[_i].iso);
    else
        ck_assert_int_eq(day, 4711);
}
END_TEST

/* ---- Instants ---- */

static const struct {
    const char *text, *iso; /* NULL: refused */
} instants[] = {
    { "2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276000Z" },
    { "2011-10-11T13:45Z", "2011-10-11T13:45:00Z" },
    { "2011-10-11t13:45z", "2011-10-11T13:45:00Z" },
    { "20111011T134540", "2011-10-11T13:45:40Z" },
    { "20111011T1345", "2011-10-11T13:45:00Z" },
    { "20111011T134540.5Z", "2011-10-11T13:45:40.500000Z" },
    { "2011-10-11", "2011-10-11T00:00:00Z" },
    { "20111011", "2011-10-11T00:00:00Z" },
    { "2011-10-11T13:45:40", "2011-10-11T13:45:40Z" },
    { "2011-10-11T13:45:40,25", "2011-10-11T13:45:40.250000Z" },
    { "2011-10-11T13:45:40.123456789Z", "2011-10-11T13:45:40.123456Z" },
    { "2011-10-11T13:45:40.1234567+00:00", "2011-10-11T13:45:40.123456Z" },
    { "2011-10-11T13:45:40.9999999Z", "2011-10-11T13:45:40.999999Z" },
    { "2011-10-11T00:30:00+0200", "2011-10-10T22:30:00Z" },
    { "2011-10-11T23:30:00-02", "2011-10-12T01:30:00Z" },
    { "2011-10-11T12:00:00+05:45", "2011-10-11T06:15:00Z" },
    { "2011-10-11T12:00:00-00:00", "2011-10-11T12:00:00Z" },
    { "2011-10-11 13:45:40 UTC", "2011-10-11T13:45:40Z" },
    { "2011-10-11 13:45:40.276 +0200", "2011-10-11T11:45:40.276000Z" },
    { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" }, /* a leap second */
    { "2011-10-11T24:00:00Z", "2011-10-12T00:00:00Z" },
    { "1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z" },
    { "1583-01-01T00:00:00Z", "1583-01-01T00:00:00Z" },
    { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
    { "2011-10-11T", NULL },
    { "2011-10-11T13", NULL },
    { "2011-10-11T13:4", NULL },
    { "2011-10-11T13:45:", NULL },
    { "2011-10-11T13:45:4", NULL },
    { "2011-10-11T13:45:40.", NULL },
    { "2011-10-11T13:45:40.Z", NULL },
    { "2011-10-11T13:45:40.1234567890Z", NULL },
    { "2011-10-11T24:00:01Z", NULL },
    { "2011-10-11T25:00Z", NULL },
    { "2011-10-11T13:60Z", NULL },
    { "2011-10-11T13:45:61Z", NULL },
    { "2011-10-11T13:45+2", NULL },
    { "2011-10-11T13:45+02:", NULL },
    { "2011-10-11T13:45+02:0", NULL },
    { "2011-10-11T13:45+24:00", NULL },
    { "2011-10-11T13:45+02:60", NULL },
    { "2011-10-11T13:45Z ", NULL },
    { "2011-10-11T13:45 CEST", NULL },
    { "2011-10-11Z", NULL },
    { "2011-02-30T00:00Z", NULL },
    { "2011-1011", NULL },
    { "1318340740", NULL },
    { "11.10.2011", NULL },
    { "", NULL },
};

START_TEST(test_parsing_instants)
{
    int64_t instant = 4711;
    bool fine = time_parse_iso(instants[_i].text, &instant);
    ck_assert_msg(fine == (instants[_i].iso != NULL), "%s", instants[_i].text);
    if (fine)
        ck_assert_str_eq(time_iso(&arena, instant), instants[_i].iso);
    else
        ck_assert_int_eq(instant, 4711);
}
END_TEST

START_TEST(test_what_is_written_is_read)
{
    uint64_t seed = 1;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        int64_t instant = (int64_t)(seed >> 8) % (INT64_C(250000000000) * SECOND);
        instant -= INT64_C(50000000000) * SECOND;
        int64_t back;
        arena_reset(&arena);
        if (!time_parse_iso(time_iso(&arena, instant), &back) || back != instant)
            ck_abort_msg("%s", time_iso(&arena, instant));
    }
}
END_TEST

/* ---- Durations ---- */

static const struct {
    const char *text;
    int64_t length; /* -1: refused */
} durations[] = {
    { "45s", 45 * SECOND },
    { "15min", 900 * SECOND },
    { "36h", 129600 * SECOND },
    { "90d", 90 * TIME_US_PER_DAY },
    { "2w", 14 * TIME_US_PER_DAY },
    { "3m", 90 * TIME_US_PER_DAY },
    { "1y", 365 * TIME_US_PER_DAY },
    { "0d", 0 },
    { "1.5h", 5400 * SECOND },
    { "0.25s", SECOND / 4 },
    { "0.000001s", 1 },
    { "90", -1 },
    { "d", -1 },
    { "", -1 },
    { "-1d", -1 },
    { "1 d", -1 },
    { "1days", -1 },
    { "1D", -1 },
    { "1.d", -1 },
    { ".5d", -1 },
    { "1d2h", -1 },
    { "106751991d", 106751991 * TIME_US_PER_DAY }, /* the last that fits */
    { "106751992d", -1 },
    { "999999999999y", -1 },
    { "9999999999999s", -1 },
};

START_TEST(test_parsing_durations)
{
    int64_t length = -1;
    bool fine = time_parse_duration(durations[_i].text, &length);
    ck_assert_msg(fine == (durations[_i].length >= 0), "%s", durations[_i].text);
    ck_assert_int_eq(length, durations[_i].length);
}
END_TEST

/* ---- Now ---- */

START_TEST(test_now)
{
    setenv("STELLWERK_NOW", "2026-11-01T12:00Z", 1);
    ck_assert_str_eq(time_iso(&arena, time_now()), "2026-11-01T12:00:00Z");
    setenv("STELLWERK_NOW", "tomorrow", 1);
    int64_t clock = (int64_t)time(NULL) * SECOND;
    ck_assert_int_ge(time_now(), clock);
    ck_assert_int_lt(time_now(), clock + 60 * SECOND);
    unsetenv("STELLWERK_NOW");
    ck_assert_int_ge(time_now(), clock);
}
END_TEST

Suite *base_time_suite(void)
{
    Suite *suite = suite_create("base_time");
    TCase *tests = tcase_create("time");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_days_are_those_of_the_c_library);
    tcase_add_test(tests, test_days_far_away_go_there_and_back);
    tcase_add_loop_test(tests, test_validity, 0, ARRAY_LEN(validities));
    tcase_add_test(tests, test_a_year_has_as_many_dates_as_days);
    tcase_add_test(tests, test_the_day_of_an_instant_rounds_down);
    tcase_add_loop_test(tests, test_parsing_days, 0, ARRAY_LEN(days));
    tcase_add_loop_test(tests, test_parsing_instants, 0, ARRAY_LEN(instants));
    tcase_add_test(tests, test_what_is_written_is_read);
    tcase_add_loop_test(tests, test_parsing_durations, 0, ARRAY_LEN(durations));
    tcase_add_test(tests, test_now);
    suite_add_tcase(suite, tests);
    return suite;
}
