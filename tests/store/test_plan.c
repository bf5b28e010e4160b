/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
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

static struct import_report import(const char *text, struct import_options options)
{
    return fixture_import(&fixture, text, &options);
}

/* The import must fail, at that line of the mapping (0: none), with that in its message. */
static void expect_error(const char *text, struct import_options options, uint32_t line,
                         const char *message)
{
    struct import_report report;
    const char *path = fixture_write(&fixture, "bad.csv", text, strlen(text));
    ck_assert(!fixture_try(&fixture, path, &options, &report));
    ck_assert_msg(strstr(fixture.err.text, message) != NULL, "'%s' is not in '%s'", message,
                  fixture.err.text);
    ck_assert_uint_eq(fixture.err.pos.line, line);
}

/* "column=source" of each column in the report, and what is ignored behind a "!". */
static const char *columns_of(const struct import_report *report)
{
    const char *text = "";
    for (size_t i = 0; i < report->column_count; i++)
        text = arena_printf(&fixture.arena, "%s%s%s=%s", text, i > 0 ? " " : "",
                            report->columns[i].column, report->columns[i].source);
    for (size_t i = 0; i < report->ignored.count; i++)
        text = arena_printf(&fixture.arena, "%s !%s", text, report->ignored.items[i]);
    return text;
}

/* ---- Headers ---- */

START_TEST(headers_are_known_case_apart)
{
    struct import_report report =
        import("TS,Person_ID,Activity,Note\n2026-01-05,p1,look,x\n", (struct import_options){ 0 });
    ck_assert_int_eq(report.as, IMPORT_EVENTS);
    ck_assert_str_eq(columns_of(&report), "ts=TS person_id=Person_ID activity=Activity !Note");
}
END_TEST

START_TEST(a_column_of_other_rows_is_left_alone)
{
    struct import_report report = import("ts,case_id,activity,metric,n\n2026-01-05,c,look,m,3\n",
                                         (struct import_options){ .as = IMPORT_EVENTS });
    ck_assert_str_eq(columns_of(&report), "ts=ts case_id=case_id activity=activity !metric !n");
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    static const struct {
        const char *header;
        enum import_as as;
        const char *message;
    } cases[] = {
        { "", IMPORT_UNSET, "is empty" },
        { "a,b\n", IMPORT_UNSET, "not those of events, answers, observations or paths" },
        { "ts,activity\n", IMPORT_EVENTS, "neither a column 'case_id' nor 'person_id'" },
        { "case_id,activity\n", IMPORT_EVENTS, "no column 'ts'" },
        { "ts,case_id\n", IMPORT_EVENTS, "no column 'activity'" },
        { "ts,metric\n", IMPORT_ANSWERS, "'value' nor 'text'" },
        { "metric,value,n\n", IMPORT_OBSERVATIONS, "no column 'period_start'" },
        { "metric,period_start,num\n", IMPORT_OBSERVATIONS, "'n' nor 'den'" },
        { "ts,\"case_id\n", IMPORT_UNSET, "header cannot be read" },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct import_options options = { .as = cases[i].as };
        error_init(&fixture.err);
        expect_error(cases[i].header, options, i == 8, cases[i].message);
    }
}
END_TEST

/* ---- Presets ---- */

static const char xes[] = "case:concept:name,concept:name,time:timestamp,org:group,org:resource,"
                          "case:channel,cost:total,activity\n"
                          "c1,look,2026-01-05 10:00:00+01:00,Sales,Joe,E-Mail,5,ignored\n";

START_TEST(a_preset_knows_its_columns)
{
    struct import_report report = import(xes, (struct import_options){ .preset = "xes" });
    ck_assert_str_eq(report.preset, "xes");
    ck_assert_str_eq(columns_of(&report),
                     "ts=time:timestamp case_id=case:concept:name activity=concept:name "
                     "channel=case:channel owner=org:group value=cost:total "
                     "!org:resource !activity");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT ts || ' ' || activity || ' ' || owner || ' '"
                                           " || channel || ' ' || value FROM events"),
                     "2026-01-05T09:00:00.000Z look Sales e-mail 5.0");
}
END_TEST

START_TEST(a_preset_is_known_by_its_columns)
{
    struct import_report report = import("case:concept:name,concept:name,time:timestamp\n"
                                         "c1,look,2026-01-05\n",
                                         (struct import_options){ 0 });
    ck_assert_str_eq(report.preset, "xes");
    ck_assert_uint_eq(report.taken, 1);
}
END_TEST

START_TEST(an_unknown_preset_is_named)
{
    expect_error(xes, (struct import_options){ .preset = "xse" }, 0, "did you mean 'xes'?");
    struct import_mapping mapping = { .preset = "sap", .preset_pos = { .line = 4 } };
    expect_error(xes, (struct import_options){ .mapping = &mapping }, 4, "no preset 'sap'");
    ck_assert_str_eq(import_preset_name(0), "xes");
    ck_assert_ptr_null(import_preset_name(99));
}
END_TEST

START_TEST(a_mapping_stands_above_a_preset)
{
    struct mapping_pair columns[] = { { .key = "owner", .text = "org:resource" } };
    struct mapping_pair constants[] = { { .key = "channel", .text = "desk" } };
    struct import_mapping mapping = {
        .preset = "xes",
        .columns = { .items = columns, .count = 1 },
        .constants = { .items = constants, .count = 1 },
    };
    import(xes, (struct import_options){ .mapping = &mapping });
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT owner || channel FROM events"), "Joedesk");
}
END_TEST

/* ---- Mappings ---- */

static const char survey[] = "id;nps;sat;when\n"
                             "1;10;8;05.01.2026 09:30\n"
                             "2;NA;6;05.01.2026 10:30\n"
                             "3;4;;06.01.2026 00:00\n"
                             "4;11;5;06.01.2026 00:00\n";

static struct import_mapping survey_mapping(void)
{
    static struct mapping_pair columns[] = {
        { .key = "response_id", .text = "id", .pos = { .line = 2 } },
        { .key = "ts", .text = "when", .pos = { .line = 3 } },
    };
    static struct mapping_pair constants[] = {
        { .key = "touchpoint", .text = "visit", .pos = { .line = 5 } },
    };
    static const char *missing[] = { "", "NA" };
    static struct unpivot questions[] = {
        { .column = "nps", .metric = "nps", .scale_max = 10 },
        { .column = "sat", .metric = "satisfaction", .aspect = "ease", .kind = "expectation",
          .scale_min = NAN, .scale_max = NAN },
    };
    return (struct import_mapping){
        .path = "survey.yaml",
        .time_format = "%d.%m.%Y %H:%M",
        .has_missing = true,
        .missing = { .items = missing, .count = 2 },
        .columns = { .items = columns, .count = 2 },
        .constants = { .items = constants, .count = 1 },
        .unpivot = questions,
        .unpivot_count = 2,
        .time_format_pos = { .line = 6 },
    };
}

START_TEST(each_question_makes_an_answer)
{
    struct import_mapping mapping = survey_mapping();
    struct import_report report = import(survey, (struct import_options){ .mapping = &mapping });
    ck_assert_int_eq(report.as, IMPORT_ANSWERS);
    ck_assert_int_eq(report.delimiter, ';');
    ck_assert_str_eq(report.time_format, "%d.%m.%Y %H:%M");
    ck_assert_uint_eq(report.records, 4);
    ck_assert_uint_eq(report.taken, 4);
    ck_assert_uint_eq(report.missing, 2);
    ck_assert_uint_eq(report.rejected, 1);
    ck_assert_str_eq(report.rejects[0].reason, "the answer 11 is not on the scale from 0 to 10");
    ck_assert_uint_eq(report.missing_by_question.count, 2);
    ck_assert_str_eq(report.missing_by_question.items[0].text, "nps");
    ck_assert_uint_eq(report.missing_by_question.items[0].count, 1);
    ck_assert_str_eq(
        fixture_ask(&fixture,
                    "SELECT group_concat(response_id || ' ' || ts || ' ' || metric || ' ' || kind"
                    " || ' ' || value || ' ' || coalesce(scale_max, '-') || ' '"
                    " || coalesce(aspect, '-') || ' ' || touchpoint, '; ')"
                    " FROM (SELECT * FROM answers ORDER BY response_id, metric)"),
        "1 2026-01-05T09:30:00.000Z nps experience 10.0 10.0 - visit; "
        "1 2026-01-05T09:30:00.000Z satisfaction expectation 8.0 - ease visit; "
        "2 2026-01-05T10:30:00.000Z satisfaction expectation 6.0 - ease visit; "
        "3 2026-01-06T00:00:00.000Z nps experience 4.0 10.0 - visit");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT mapping FROM batch"), "survey.yaml");

    report = import(survey, (struct import_options){ .mapping = &mapping });
    ck_assert_uint_eq(report.taken + report.updated, 0);
    ck_assert_uint_eq(report.duplicates, 4);
}
END_TEST

START_TEST(mistakes_of_a_mapping_stand_at_their_line)
{
    struct import_mapping mapping = survey_mapping();
    struct import_options options = { .mapping = &mapping };
    struct mapping_pair pair = { .key = "respons_id", .text = "id", .pos = { .line = 9 } };
    mapping.columns = (struct mapping_pairs){ .items = &pair, .count = 1 };
    expect_error(survey, options, 9, "no column 'respons_id'; did you mean 'response_id'?");

    pair = (struct mapping_pair){ .key = "response_id", .text = "ids", .pos = { .line = 8 } };
    expect_error(survey, options, 8, "no column 'ids'; did you mean 'id'?");

    pair = (struct mapping_pair){ .key = "n", .text = "id", .pos = { .line = 7 } };
    expect_error(survey, options, 7, "answers have no column 'n'");

    mapping = survey_mapping();
    struct unpivot question = { .column = "npss", .metric = "nps", .pos = { .line = 11 } };
    mapping.unpivot = &question;
    mapping.unpivot_count = 1;
    expect_error(survey, options, 11, "did you mean 'nps'?");

    options.as = IMPORT_EVENTS;
    question.column = "nps";
    expect_error(survey, options, 11, "'unpivot' makes answers, not events");
    options.as = IMPORT_UNSET;

    mapping = survey_mapping();
    struct mapping_values values = { .column = "valu", .pos = { .line = 13 } };
    mapping.values = &values;
    mapping.value_count = 1;
    expect_error(survey, options, 13, "did you mean 'value'?");

    mapping = survey_mapping();
    mapping.time_format = "epoch_sm";
    expect_error(survey, options, 6, "did you mean 'epoch_s");
}
END_TEST

START_TEST(values_are_translated_before_they_are_read)
{
    struct mapping_pair grades[] = { { .key = "good", .text = "4" } };
    struct mapping_pair channels[] = { { .key = "www", .text = "web" } };
    struct mapping_values values[] = {
        { .column = "value", .pairs = { .items = grades, .count = 1 } },
        { .column = "channel", .pairs = { .items = channels, .count = 1 } },
    };
    struct import_mapping mapping = { .values = values, .value_count = 2 };
    import("ts,metric,value,channel\n2026-01-05,csat,good,www\n",
           (struct import_options){ .mapping = &mapping });
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT value || channel FROM answers"), "4.0web");
}
END_TEST

/* ---- The map ---- */

static struct touchpoint touchpoints[] = {
    { .id = "search", .title = "Verbindung suchen" },
    { .id = "pay", .title = "Bezahlen" },
    { .id = "pay2", .title = "Bezahlen" },
    { .id = "desk", .title = "Schalter" },
};
static struct channel channels[] = { { .id = "web", .label = "Netz" } };
static const struct journey journey = {
    .touchpoints = touchpoints,
    .touchpoint_count = 4,
    .channels = channels,
    .channel_count = 1,
};

START_TEST(activities_find_their_touchpoints_on_the_map)
{
    struct mapping_pair pairs[] = {
        { .key = "Am Schalter", .text = "desk", .pos = { .line = 3 } },
        { .key = "Sonst", .text = "seach", .pos = { .line = 4 } },
    };
    struct import_mapping mapping = { .touchpoints = { .items = pairs, .count = 2 } };
    struct diag_list diags;
    diag_list_init(&diags, &fixture.arena);
    struct import_options options = { .mapping = &mapping, .journey = &journey, .diags = &diags };
    struct import_report report =
        import("ts,case_id,activity,channel\n"
               "2026-01-01,c,SEARCH,NETZ\n"
               "2026-01-02,c,verbindung suchen,web\n"
               "2026-01-03,c,Bezahlen,fax\n" /* two touchpoints have this title */
               "2026-01-04,c,Am Schalter,\n"
               "2026-01-05,c,am schalter,\n" /* the mapping is taken to the letter */
               "2026-01-06,c,pay2,\n",
               options);
    ck_assert_str_eq(fixture_ask(&fixture,
                                 "SELECT group_concat(coalesce(touchpoint, '-') || ' '"
                                 " || coalesce(channel, '-'), '; ')"
                                 " FROM (SELECT * FROM events ORDER BY ts)"),
                     "search web; search web; - fax; desk -; - -; pay2 -");
    ck_assert_uint_eq(report.unassigned_rows, 2);
    ck_assert_uint_eq(report.unassigned.count, 2);
    ck_assert_str_eq(report.unassigned.items[0].text, "Bezahlen");
    ck_assert_uint_eq(diags.warnings, 1);
    ck_assert_uint_eq(diags.items[0].pos.line, 4);
    ck_assert_ptr_nonnull(strstr(diags.items[0].text, "did you mean 'search'?"));
}
END_TEST

START_TEST(a_touchpoint_column_is_taken_as_it_is)
{
    struct import_report report = import("ts,case_id,activity,touchpoint\n"
                                         "2026-01-01,c,look,Verbindung Suchen\n"
                                         "2026-01-02,c,look,lobby\n"
                                         "2026-01-03,c,search,\n",
                                         (struct import_options){ .journey = &journey });
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(touchpoint, '; ')"
                                           " FROM (SELECT * FROM events ORDER BY ts)"),
                     "search; lobby; search");
    ck_assert_uint_eq(report.unassigned_rows, 1);
    ck_assert_str_eq(report.unassigned.items[0].text, "lobby");
}
END_TEST

/* The first import knew no map; the second finds the same rows and tells them where they belong. */
START_TEST(a_map_given_later_finds_the_same_rows)
{
    static const char text[] = "ts,case_id,activity\n2026-01-01,c,search\n2026-01-02,c,other\n";
    struct import_report report = import(text, (struct import_options){ 0 });
    ck_assert_uint_eq(report.unassigned_rows, 2);
    report = import(text, (struct import_options){ .journey = &journey });
    ck_assert_uint_eq(report.taken, 0);
    ck_assert_uint_eq(report.updated, 1);
    ck_assert_uint_eq(report.duplicates, 1);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT touchpoint FROM events ORDER BY ts"), "search");
}
END_TEST

Suite *store_plan_suite(void)
{
    Suite *suite = suite_create("store_plan");
    TCase *tests = tcase_create("plan");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, headers_are_known_case_apart);
    tcase_add_test(tests, a_column_of_other_rows_is_left_alone);
    tcase_add_test(tests, what_is_missing_is_named);
    tcase_add_test(tests, a_preset_knows_its_columns);
    tcase_add_test(tests, a_preset_is_known_by_its_columns);
    tcase_add_test(tests, an_unknown_preset_is_named);
    tcase_add_test(tests, a_mapping_stands_above_a_preset);
    tcase_add_test(tests, each_question_makes_an_answer);
    tcase_add_test(tests, mistakes_of_a_mapping_stand_at_their_line);
    tcase_add_test(tests, values_are_translated_before_they_are_read);
    tcase_add_test(tests, activities_find_their_touchpoints_on_the_map);
    tcase_add_test(tests, a_touchpoint_column_is_taken_as_it_is);
    tcase_add_test(tests, a_map_given_later_finds_the_same_rows);
    suite_add_tcase(suite, tests);
    return suite;
}
