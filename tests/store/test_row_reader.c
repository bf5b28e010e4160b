/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

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

/* ---- Reasons to reject ---- */

static const char event_header[] = "ts,case_id,person_id,activity,value";
static const char answer_header[] = "ts,metric,kind,value,scale_min,scale_max,text";
static const char observation_header[] = "metric,period_start,period_end,value,n,sd,num,den";

static const struct {
    const char *header, *row, *reason;
} rejected[] = {
    { event_header, ",c,,look,", "the time is missing" },
    { event_header, "yesterday,c,,look,", "'yesterday' is not a time" },
    { event_header, "2026-02-30,c,,look,", "'2026-02-30' is not a time" },
    { event_header, "2026-01-05,c,,,", "the activity is missing" },
    { event_header, "2026-01-05,,,look,", "neither a person nor a case is named" },
    { event_header, "2026-01-05,c,,look,much", "'much' in the column 'value' is not a number" },
    { event_header, "2026-01-05,c,,look,nan", "'nan' in the column 'value' is not a number" },
    { event_header, "2026-01-05,c,,look,0x10", "'0x10' in the column 'value' is not a number" },
    { event_header, "2026-01-05,c,,look,1e999", "'1e999' in the column 'value' is not a number" },
    { event_header, "2026-01-05,c,,look,\"1,5\"", "'1,5' in the column 'value' is not a number" },
    { event_header, "2026-01-05,c,,look", "the row has 4 columns where the header has 5" },
    { event_header, "2026-01-05,c,,look,1,2", "the row has 6 columns where the header has 5" },
    { answer_header, ",csat,,4,,,", "the time is missing" },
    { answer_header, "2026-01-05,,,4,,,", "the metric is missing" },
    { answer_header, "2026-01-05,csat,hope,4,,,",
      "'hope' is no kind of answer; there are expectation, experience, importance and promise" },
    { answer_header, "2026-01-05,csat,,4,1,,", "the scale has only one end" },
    { answer_header, "2026-01-05,csat,,4,5,1,", "the scale runs from 5 to 1" },
    { answer_header, "2026-01-05,csat,,6,1,5,", "the answer 6 is not on the scale from 1 to 5" },
    { observation_header, ",2026-01-05,,4,5,,,", "the metric is missing" },
    { observation_header, "m,,,4,5,,,", "the start of the period is missing" },
    { observation_header, "m,2026-01-05,2026-01-04,4,5,,,", "the period ends before it starts" },
    { observation_header, "m,2026-01-05,,4,,,,",
      "n is missing: how many rows are behind the value?" },
    { observation_header, "m,2026-01-05,,4,0,,,", "n is 0; it must be a whole number above 0" },
    { observation_header, "m,2026-01-05,,4,2.5,,,", "n is 2.5; it must be a whole number above 0" },
    { observation_header, "m,2026-01-05,,,5,,,", "the value is missing" },
    { observation_header, "m,2026-01-05,,4,5,-1,,", "the standard deviation is below 0" },
    { observation_header, "m,2026-01-05,,4,5,,1,", "num and den must be given together" },
    { observation_header, "m,2026-01-05,,,5,,1,0",
      "num is 1 and den is 0; den must be above 0 and num not below" },
};

START_TEST(what_is_wrong_with_a_row_is_said)
{
    const char *text = arena_printf(&fixture.arena, "%s\n%s\n", rejected[_i].header,
                                    rejected[_i].row);
    struct import_report report = fixture_import(&fixture, text, NULL);
    ck_assert_uint_eq(report.taken, 0);
    ck_assert_uint_eq(report.rejected, 1);
    ck_assert_uint_eq(report.rejects[0].line, 2);
    ck_assert_str_eq(report.rejects[0].reason, rejected[_i].reason);
}
END_TEST

START_TEST(long_texts_are_quoted_by_whole_characters)
{
    const char *longest = "";
    for (int i = 0; i < 50; i++)
        longest = arena_printf(&fixture.arena, "%sä", longest);
    const char *text = arena_printf(&fixture.arena, "ts,case_id,activity\nx%s,c,look\n", longest);
    struct import_report report = fixture_import(&fixture, text, NULL);
    const char *expected = arena_printf(&fixture.arena, "'x%.58s' is not a time", longest);
    ck_assert_str_eq(report.rejects[0].reason, expected);
}
END_TEST

/* ---- What is taken ---- */

START_TEST(trailing_empty_fields_are_no_harm)
{
    struct import_report report =
        fixture_import(&fixture, "ts,case_id,activity\n2026-01-05,c,look,,,\n", NULL);
    ck_assert_uint_eq(report.taken, 1);
}
END_TEST

START_TEST(an_answer_that_was_not_given_is_missing_and_not_wrong)
{
    struct import_report report = fixture_import(&fixture,
                                                 "ts,metric,value,text\n"
                                                 "2026-01-05,csat,,\n"
                                                 "2026-01-05,csat,4,\n"
                                                 "2026-01-05,csat,,words\n",
                                                 NULL);
    ck_assert_uint_eq(report.taken, 2);
    ck_assert_uint_eq(report.missing, 1);
    ck_assert_uint_eq(report.rejected, 0);
}
END_TEST

START_TEST(commas_are_decimal_where_they_do_not_cut)
{
    struct import_report report = fixture_import(&fixture,
                                                 "ts;case_id;activity;value\n"
                                                 "2026-01-05;c;look;12,5\n"
                                                 "2026-01-06;c;look;1.5\n"
                                                 "2026-01-07;c;look;1.234,5\n",
                                                 NULL);
    ck_assert_uint_eq(report.rejected, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(value, ' ') FROM events"),
                     "12.5 1.5");
}
END_TEST

START_TEST(epochs_are_told_by_their_length)
{
    static const struct {
        const char *time, *format;
    } cases[] = {
        { "1767605400", "epoch_s" },
        { "1767605400000", "epoch_ms" },
        { "1767605400000000", "epoch_us" },
        { "2026-01-05T10:30:00+01:00", "iso" },
        { "20260105T093000Z", "iso" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *text = arena_printf(&fixture.arena, "ts,case_id,activity\n%s,c%zu,look\n",
                                        cases[i].time, i);
        struct import_report report = fixture_import(&fixture, text, NULL);
        ck_assert_str_eq(report.time_format, cases[i].format);
        ck_assert_uint_eq(report.taken, 1);
    }
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT DISTINCT ts FROM events"),
                     "2026-01-05T09:30:00.000Z");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(DISTINCT ts) FROM events"), "1");
}
END_TEST

START_TEST(one_column_writes_its_times_one_way)
{
    struct import_report report = fixture_import(&fixture,
                                                 "ts,case_id,activity\n"
                                                 "1767605400,c,look\n"
                                                 "1767605400000,c,look\n",
                                                 NULL);
    ck_assert_uint_eq(report.taken, 1);
    ck_assert_uint_eq(report.rejected, 1);
    ck_assert_str_eq(report.rejects[0].reason,
                     "'1767605400000' is not a time written as the others are (epoch_s)");
}
END_TEST

START_TEST(times_before_1970_are_times)
{
    fixture_import(&fixture, "ts,case_id,activity\n1935-12-07T23:59:59.5Z,c,travel\n", NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts FROM events"), "1935-12-07T23:59:59.500Z");
}
END_TEST

Suite *store_row_reader_suite(void)
{
    Suite *suite = suite_create("store_row_reader");
    TCase *tests = tcase_create("row_reader");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, what_is_wrong_with_a_row_is_said, 0,
                        sizeof(rejected) / sizeof(rejected[0]));
    tcase_add_test(tests, long_texts_are_quoted_by_whole_characters);
    tcase_add_test(tests, trailing_empty_fields_are_no_harm);
    tcase_add_test(tests, an_answer_that_was_not_given_is_missing_and_not_wrong);
    tcase_add_test(tests, commas_are_decimal_where_they_do_not_cut);
    tcase_add_test(tests, epochs_are_told_by_their_length);
    tcase_add_test(tests, one_column_writes_its_times_one_way);
    tcase_add_test(tests, times_before_1970_are_times);
    suite_add_tcase(suite, tests);
    return suite;
}
