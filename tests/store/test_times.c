/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How files write their times: told by their shape, or by a value further down; never guessed.
 */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/str.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

/* A file of one event for each time, in quotes. */
static const char *events_at(const char *const *times, size_t count)
{
    const char *text = "ts,case_id,activity\n";
    for (size_t i = 0; i < count; i++)
        text = arena_printf(&fixture.arena, "%s\"%s\",c%zu,look\n", text, times[i], i);
    return text;
}

static const struct {
    const char *written, *format, *instant;
} shapes[] = {
    { "2026-03-14T09:05:06.5+05:30", "iso", "2026-03-14T03:35:06.500Z" },
    { "2026-03-14 09:05:06 -0800", "iso", "2026-03-14T17:05:06.000Z" },
    { "2026/3/14 9:05", "ymd", "2026-03-14T09:05:00.000Z" },
    { "2026-3-4", "ymd", "2026-03-04T00:00:00.000Z" },
    { "3/14/2026 9:05", "mdy", "2026-03-14T09:05:00.000Z" },
    { "3/14/2026 12:05 AM", "mdy", "2026-03-14T00:05:00.000Z" },
    { "3/14/2026, 9:05:07 pm", "mdy", "2026-03-14T21:05:07.000Z" },
    { "3/14/2026 9:05 PM +02:00", "", "" },
    { "3/14/2026 9:05 +02:00", "mdy", "2026-03-14T07:05:00.000Z" },
    { "14/3/2026 9:05", "dmy", "2026-03-14T09:05:00.000Z" },
    { "14-03-2026", "dmy", "2026-03-14T00:00:00.000Z" },
    { "4.3.2026 9:05", "dmy", "2026-03-04T09:05:00.000Z" },
    { "04.03.2026 23:05:59", "dmy", "2026-03-04T23:05:59.000Z" },
    { "1773479106", "epoch_s", "2026-03-14T09:05:06.000Z" },
    { "1773479106.25", "epoch_s", "2026-03-14T09:05:06.250Z" },
    { "1773479106250", "epoch_ms", "2026-03-14T09:05:06.250Z" },
    { "1773479106250000", "epoch_us", "2026-03-14T09:05:06.250Z" },
    { "Sat Nov 28 2026 10:00:00 GMT+0100 (CET)", "js", "2026-11-28T09:00:00.000Z" },
    { "Sat Nov 28 2026 10:00:00 GMT-0930 (Marquesas Time)", "js", "2026-11-28T19:30:00.000Z" },
    { "Sun Feb 01 2026 23:59:59 GMT+0000", "js", "2026-02-01T23:59:59.000Z" },
    { "Sat, 28 Nov 2026 09:00:00 GMT", "js", "2026-11-28T09:00:00.000Z" },
    { "Sat Nov 31 2026 10:00:00 GMT+0100 (CET)", "", "" },
    { "Sat Now 28 2026 10:00:00 GMT+0100 (CET)", "", "" },
    { "Sat Nov 28 2026 10:00:00 GMT+0100 CET", "", "" },
    { "Sat Nov 28 2026 10:00:00 GMT+01 (CET", "", "" },
    { "Sat Nov 28 2026 10:00:00", "", "" },
    { "Sat Nov 28 2026", "", "" },
    { "31/31/2026", "", "" },
    { "29.2.2026", "", "" },
    { "14/3/26", "", "" },
    { "14/3-2026", "", "" },
    { "3/14/2026 13:05 PM", "", "" },
    { "3/14/2026 25:05", "", "" },
    { "3/14/2026 9", "", "" },
    { "3/14/2026x", "", "" },
};

START_TEST(every_shape_is_read_or_rejected)
{
    const char *text = events_at(&shapes[_i].written, 1);
    struct import_report report = fixture_import(&fixture, text, NULL);
    bool read = shapes[_i].format[0] != '\0';
    ck_assert_uint_eq(report.taken, read);
    ck_assert_uint_eq(report.rejected, !read);
    if (!read)
        return;
    ck_assert_str_eq(report.time_format, shapes[_i].format);
    ck_assert_str_eq(report.time_example, shapes[_i].written);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts FROM events"), shapes[_i].instant);
}
END_TEST

START_TEST(a_missing_offset_is_told)
{
    static const struct {
        const char *written;
        bool without;
    } cases[] = {
        { "2026-03-14T09:05:06Z", false },      { "2026-03-14 09:05:06 UTC", false },
        { "20260314T090506+0100", false },      { "2026-03-14 09:05:06-03", false },
        { "2026-03-14 09:05:06", true },        { "2026-03-14", true },
        { "14.03.2026 9:05", true },            { "14.03.2026 9:05 +01:00", false },
        { "1773479106", false },                { "Sat, 14 Mar 2026 09:05:06 GMT", false },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct import_report report =
            fixture_import(&fixture, events_at(&cases[i].written, 1), NULL);
        ck_assert_msg(report.time_without_offset == cases[i].without, "%s", cases[i].written);
    }
}
END_TEST

/* ---- Day or month ---- */

START_TEST(a_later_value_tells_day_from_month)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity\n");
    for (int i = 0; i < 1500; i++)
        str_printf(&text, "%d/%d/2026 9:05,c%d,look\n", i % 12 + 1, i % 11 + 1, i);
    str_append(&text, "x,c,broken\n\"13/2/2026 8:00\",c,look\n2/13/2026 8:00,c,look\n");
    struct import_report report = fixture_import(&fixture, text.text, NULL);
    str_finish(&text);
    ck_assert_str_eq(report.time_format, "dmy");
    ck_assert_str_eq(report.time_evidence, "13/2/2026 8:00");
    ck_assert_uint_eq(report.time_evidence_line, 1503);
    ck_assert_uint_eq(report.taken, 1501);
    ck_assert_uint_eq(report.rejected, 2);
    ck_assert_str_eq(report.rejects[1].reason,
                     "'2/13/2026 8:00' is not a time written as the others are (dmy)");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts FROM events WHERE case_id = 'c1'"),
                     "2026-02-02T09:05:00.000Z");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts FROM events WHERE case_id = 'c12'"),
                     "2026-02-01T09:05:00.000Z");
}
END_TEST

/* Nothing may be in the store before the question is answered. */
START_TEST(where_no_value_tells_people_are_asked)
{
    static const char *const times[] = { "3/4/2026 9:05", "5/5/2026", "1/12/2026" };
    struct import_report report;
    const char *text = events_at(times, 3);
    const char *path = fixture_write(&fixture, "either.csv", text, strlen(text));
    ck_assert(!fixture_try(&fixture, path, NULL, &report));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "--time-format dmy or --time-format mdy"));
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "0");

    struct import_mapping mapping = { .time_format = "mdy", .one_off = true };
    ck_assert(fixture_try(&fixture, path, &(struct import_options){ .mapping = &mapping },
                          &report));
    ck_assert_uint_eq(report.taken, 3);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT max(ts) FROM events"),
                     "2026-05-05T00:00:00.000Z");
}
END_TEST

/* Each column has its own: only `period_end` is in doubt, and its own values tell. */
START_TEST(each_column_is_told_by_itself)
{
    struct import_report report =
        fixture_import(&fixture,
                       "metric,period_start,period_end,value,n\n"
                       "m,2026-01-01,1/2/2026,4,5\n"
                       "m,2026-02-01,2/28/2026,4,5\n",
                       NULL);
    ck_assert_uint_eq(report.taken, 2);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(period_end, ' ')"
                                           " FROM observations"),
                     "2026-01-02 2026-02-28");
}
END_TEST

START_TEST(json_lines_are_looked_through_as_well)
{
    struct import_report report = fixture_import(
        &fixture,
        "{\"ts\":\"1/2/2026\",\"case_id\":\"c\",\"activity\":\"a\"}\n"
        "{\"case_id\":\"c\",\"activity\":\"no time\"}\n"
        "{\"ts\":\"1/31/2026\",\"case_id\":\"c\",\"activity\":\"a\"}\n",
        NULL);
    ck_assert_str_eq(report.time_format, "mdy");
    ck_assert_uint_eq(report.time_evidence_line, 3);
    ck_assert_uint_eq(report.taken, 2);
}
END_TEST

Suite *store_times_suite(void)
{
    Suite *suite = suite_create("store_times");
    TCase *tests = tcase_create("times");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, every_shape_is_read_or_rejected, 0,
                        sizeof(shapes) / sizeof(shapes[0]));
    tcase_add_test(tests, a_missing_offset_is_told);
    tcase_add_test(tests, a_later_value_tells_day_from_month);
    tcase_add_test(tests, where_no_value_tells_people_are_asked);
    tcase_add_test(tests, each_column_is_told_by_itself);
    tcase_add_test(tests, json_lines_are_looked_through_as_well);
    suite_add_tcase(suite, tests);
    return suite;
}
