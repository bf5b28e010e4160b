/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <time.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static int32_t day_of(const char *text)
{
    int32_t day;
    ck_assert_msg(time_parse_day(text, &day), "%s", text);
    return day;
}

/* "week 2026-10-12..2026-10-18". */
static const char *shown(struct period period)
{
    static const char *const kinds[] = {
        [PERIOD_ALL] = "all",     [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week",
        [PERIOD_MONTH] = "month", [PERIOD_QUARTER] = "quarter", [PERIOD_CUSTOM] = "custom",
    };
    const char *first = period.first == INT32_MIN ? "" : time_day_iso(&arena, period.first);
    const char *last = period.last == INT32_MAX ? "" : time_day_iso(&arena, period.last);
    return arena_printf(&arena, "%s %s..%s", kinds[period.kind], first, last);
}

static const struct {
    const char *text, *shown; /* NULL: refused */
} parses[] = {
    { "all", "all .." },
    { "day", "day 2026-08-19..2026-08-19" },
    { "week", "week 2026-08-17..2026-08-23" },
    { "month", "month 2026-08-01..2026-08-31" },
    { "quarter", "quarter 2026-07-01..2026-09-30" },
    { "2026-07-12", "day 2026-07-12..2026-07-12" },
    { "2026-02", "month 2026-02-01..2026-02-28" },
    { "2024-02", "month 2024-02-01..2024-02-29" },
    { "2026-12", "month 2026-12-01..2026-12-31" },
    { "2026-Q1", "quarter 2026-01-01..2026-03-31" },
    { "2026-Q4", "quarter 2026-10-01..2026-12-31" },
    { "2026", "custom 2026-01-01..2026-12-31" },
    { "2026-W01", "week 2025-12-29..2026-01-04" },
    { "2026-W53", "week 2026-12-28..2027-01-03" },
    { "2025-W52", "week 2025-12-22..2025-12-28" },
    { "..", "all .." },
    { "2026-07-01..2026-07-12", "custom 2026-07-01..2026-07-12" },
    { "2026-07-12..2026-07-12", "custom 2026-07-12..2026-07-12" },
    { "2026-07..2026-Q3", "custom 2026-07-01..2026-09-30" },
    { "2025..", "custom 2025-01-01.." },
    { "..2026-07", "custom ..2026-07-31" },
    { "", NULL },
    { "year", NULL },
    { "Week", NULL },
    { "2026-13", NULL },
    { "2026-00", NULL },
    { "2026-Q0", NULL },
    { "2026-Q5", NULL },
    { "2025-W53", NULL },
    { "2026-W00", NULL },
    { "2026-W54", NULL },
    { "26", NULL },
    { "2026-7", NULL },
    { "2026-07-32", NULL },
    { "-026-07", NULL },
    { "2026 ", NULL },
    { "2026-08..2026-07", NULL },
    { "2026-07-01...2026-07-12", NULL },
    { "week..month", NULL },
    { "2026-07-01T00:00..", NULL },
    { "2026-07-01-and-very-long..", NULL },
};

START_TEST(test_parsing)
{
    struct period period;
    bool fine = period_parse(parses[_i].text, day_of("2026-08-19"), &period);
    ck_assert_msg(fine == (parses[_i].shown != NULL), "%s", parses[_i].text);
    if (fine)
        ck_assert_str_eq(shown(period), parses[_i].shown);
}
END_TEST

static const struct {
    const char *from;
    int steps;
    const char *shown;
} moves[] = {
    { "all", -1, "all .." },
    { "2026-03-01", -1, "day 2026-02-28..2026-02-28" },
    { "2026-02-01", -3, "day 2026-01-29..2026-01-29" }, /* the 1st of a month is still a day */
    { "2026-W01", -1, "week 2025-12-22..2025-12-28" },
    { "2026-W01", 53, "week 2027-01-04..2027-01-10" },
    { "2026-03", -1, "month 2026-02-01..2026-02-28" },
    { "2026-01", -1, "month 2025-12-01..2025-12-31" },
    { "2026-01", -14, "month 2024-11-01..2024-11-30" },
    { "2026-01", 25, "month 2028-02-01..2028-02-29" },
    { "2026-Q1", -1, "quarter 2025-10-01..2025-12-31" },
    { "2026-Q4", 1, "quarter 2027-01-01..2027-03-31" },
    { "2025", -1, "custom 2024-01-01..2024-12-31" },
    { "2024", -1, "custom 2023-01-01..2023-12-31" },
    { "2026-01..2026-06", 1, "custom 2026-07-01..2026-12-31" },
    { "2026-07-02..2026-07-11", -1, "custom 2026-06-22..2026-07-01" },
    { "2026-07-02..2026-07-11", 2, "custom 2026-07-22..2026-07-31" },
    { "2026-07-02..", -1, "custom 2026-07-02.." },
    { "..2026-07-02", 1, "custom ..2026-07-02" },
    { "2026-03", 0, "month 2026-03-01..2026-03-31" },
};

START_TEST(test_stepping)
{
    struct period period;
    ck_assert(period_parse(moves[_i].from, 0, &period));
    ck_assert_str_eq(shown(period_step(period, moves[_i].steps)), moves[_i].shown);
}
END_TEST

/* Every day of four centuries lies in its periods, which join without gap or overlap. */
START_TEST(test_periods_tile_time)
{
    static const enum period_kind kinds[] = { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH,
                                              PERIOD_QUARTER };
    enum period_kind kind = kinds[_i];
    int32_t last = day_of("2100-12-31");
    for (int32_t day = day_of("1700-01-01"); day <= last; day++) {
        struct period period = period_containing(kind, day);
        struct period next = period_step(period, 1), back = period_step(next, -1);
        if (period.kind != kind || period.first > day || period.last < day ||
            next.first != period.last + 1 || back.first != period.first ||
            back.last != period.last)
            ck_abort_msg("%s of %s", shown(period), time_day_iso(&arena, day));
    }
}
END_TEST

START_TEST(test_weeks_are_those_of_the_c_library)
{
    int32_t last = day_of("2040-12-31");
    for (int32_t day = day_of("1990-01-01"); day <= last; day++) {
        time_t seconds = (time_t)day * 86400;
        struct tm tm;
        gmtime_r(&seconds, &tm);
        char name[16];
        strftime(name, sizeof(name), "%G-W%V", &tm);
        struct period named, containing = period_containing(PERIOD_WEEK, day);
        if (!period_parse(name, 0, &named) || named.first != containing.first ||
            named.last != containing.last)
            ck_abort_msg("%s is not the week of %s", name, time_day_iso(&arena, day));
    }
}
END_TEST

START_TEST(test_a_custom_period_that_contains_a_day_is_the_day)
{
    ck_assert_str_eq(shown(period_containing(PERIOD_CUSTOM, 0)), "custom 1970-01-01..1970-01-01");
    ck_assert_str_eq(shown(period_containing(PERIOD_ALL, 0)), "all ..");
}
END_TEST

Suite *base_period_suite(void)
{
    Suite *suite = suite_create("base_period");
    TCase *tests = tcase_create("period");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_parsing, 0, ARRAY_LEN(parses));
    tcase_add_loop_test(tests, test_stepping, 0, ARRAY_LEN(moves));
    tcase_add_loop_test(tests, test_periods_tile_time, 0, 4);
    tcase_add_test(tests, test_weeks_are_those_of_the_c_library);
    tcase_add_test(tests, test_a_custom_period_that_contains_a_day_is_the_day);
    suite_add_tcase(suite, tests);
    return suite;
}
