/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <jansson.h>

#include <stellwerk/report/report.h>

static struct arena arena;
static struct str out;

static void setup(void)
{
    arena_init(&arena);
    str_init(&out);
}

static void teardown(void)
{
    str_finish(&out);
    arena_finish(&arena);
}

static int first_metric[] = { 0 };
static struct metric metrics[] = { { .id = "csat", .type = METRIC_CSAT, .unit = "Punkte" } };
static struct stage stages[] = { { .id = "s", .title = "S", .count = 2 } };
static struct expectation expectations[] = {
    { .scope = { NONE, NONE }, .adequate = 60, .desired = 80, .evidence = EVIDENCE_OBSERVED },
};
static struct touchpoint touchpoints[] = {
    {
        .id = "ticket",
        .title = "Ticket \033[31m\xe2\x80\xae",
        .channel = NONE,
        .importance = 4,
        .standard = NAN,
        .expectations = expectations,
        .expectation_count = 1,
        .metrics = { first_metric, 1 },
    },
    { .id = "end", .title = "End", .channel = NONE, .importance = NAN, .standard = NAN },
};
static const struct journey journey = {
    .path = "map.yaml",
    .title = "Reise",
    .reviewed = DAY_NONE,
    .stages = stages,
    .stage_count = 1,
    .touchpoints = touchpoints,
    .touchpoint_count = 2,
    .metrics = metrics,
    .metric_count = 1,
};
static struct measure measures[] = { {
    .touchpoint = 0,
    .metric = 0,
    .status = MEASURE_OK,
    .n = 100,
    .value = 2.5,
    .value_lo = 2.25,
    .value_hi = 2.75,
    .score = 37.5,
    .score_lo = 31.25,
    .score_hi = 43.75,
    .score_se = 3.125,
    .oldest = 0,
    .newest = 86400000000,
} };
static struct figures figures = { .measures = measures, .measure_count = 1 };

static json_t *document(const struct figures *measured)
{
    struct lens lens = {
        .persona = NONE,
        .context = NONE,
        .period = { .kind = PERIOD_ALL, .first = INT32_MIN, .last = INT32_MAX },
    };
    const struct stage_set set = {
        .journey = &journey,
        .figures = measured,
        .readings = readings_new(&arena, &journey, measured, &lens),
        .lens = lens,
    };
    report_json_map(&out, &set);
    json_t *parsed = json_loads(out.text, 0, NULL);
    ck_assert_ptr_nonnull(parsed);
    return parsed;
}

static json_t *row(json_t *parsed, size_t index)
{
    return json_array_get(json_object_get(parsed, "rows"), index);
}

static double number(json_t *object, const char *name)
{
    json_t *member = json_object_get(object, name);
    ck_assert_msg(json_is_number(member), "%s is no number", name);
    return json_number_value(member);
}

static const char *text(json_t *object, const char *name)
{
    json_t *member = json_object_get(object, name);
    ck_assert_msg(json_is_string(member), "%s is no text", name);
    return json_string_value(member);
}

START_TEST(changes_and_signals_are_told)
{
    struct slice slice = { .first_day = 0, .last_day = 6, .n = 9, .value = 2, .value_lo = 1,
                           .value_hi = 3, .signal = XMR_BEYOND };
    struct measure changed = measures[0];
    changed.slices = &slice;
    changed.slice_count = 1;
    changed.sample.effective_n = 70.5;
    changed.change = (struct change){ .value = 0.5,
                                      .lo = 0.25,
                                      .hi = 0.75,
                                      .before = 2,
                                      .before_n = 80,
                                      .p = 0.001,
                                      .adjusted = 0.03,
                                      .sure = true,
                                      .direction = -1 };
    struct figures table = { .measures = &changed, .measure_count = 1, .before = &figures };
    json_t *parsed = document(&table);
    json_t *metric = json_array_get(json_object_get(row(parsed, 0), "metrics"), 0);
    json_t *change = json_object_get(metric, "change");
    json_t *told = json_array_get(json_object_get(metric, "slices"), 0);
    ck_assert_double_eq(number(metric, "n_effective"), 70.5);
    ck_assert_double_eq(number(change, "value"), 0.5);
    ck_assert_double_eq(number(change, "before_n"), 80);
    ck_assert_double_eq(number(change, "p_adjusted"), 0.03);
    ck_assert(json_is_true(json_object_get(change, "sure")));
    ck_assert_str_eq(text(change, "direction"), "worse");
    ck_assert_str_eq(text(told, "signal"), "beyond");
    ck_assert_double_eq(number(told, "value_high"), 3);
    json_decref(parsed);
}
END_TEST

START_TEST(figures_are_numbers_under_stable_names)
{
    json_t *parsed = document(&figures);
    ck_assert_int_eq((int)number(parsed, "stellwerk"), 1);
    ck_assert_str_eq(text(parsed, "view"), "map");
    json_t *ticket = row(parsed, 0);
    ck_assert_str_eq(text(ticket, "touchpoint"), "ticket");
    ck_assert_double_eq(number(ticket, "expectation_adequate"), 60);
    ck_assert_double_eq(number(ticket, "measured"), 37.5);
    ck_assert_double_eq(number(ticket, "measured_n"), 100);
    ck_assert_double_eq(number(ticket, "gap"), -22.5);
    ck_assert_double_eq(number(ticket, "gap_low"), 31.25 - 60);
    ck_assert_str_eq(text(ticket, "measured_newest"), "1970-01-02T00:00:00Z");
    json_t *csat = json_array_get(json_object_get(ticket, "metrics"), 0);
    ck_assert_str_eq(text(csat, "type"), "csat");
    ck_assert_double_eq(number(csat, "value_high"), 2.75);
    json_decref(parsed);
}
END_TEST

START_TEST(what_is_missing_is_null_and_says_why)
{
    json_t *parsed = document(&figures);
    json_t *ticket = row(parsed, 0), *end = row(parsed, 1);
    ck_assert(json_is_null(json_object_get(ticket, "estimate")));
    ck_assert_str_eq(text(ticket, "estimate_reason"), "not_in_map");
    ck_assert(json_is_null(json_object_get(ticket, "split_delivery")));
    ck_assert_str_eq(text(ticket, "split_delivery_reason"), "missing_input");
    ck_assert(json_is_null(json_object_get(end, "gap")));
    ck_assert_str_eq(text(end, "gap_reason"), "no_expectation");
    ck_assert_str_eq(text(end, "measured_reason"), "no_rows");
    json_decref(parsed);

    str_clear(&out);
    parsed = document(NULL);
    ck_assert_str_eq(text(row(parsed, 0), "measured_reason"), "no_store");
    ck_assert_str_eq(text(row(parsed, 0), "gap_reason"), "no_experience");
    ck_assert(json_is_null(json_object_get(parsed, "store")));
    json_decref(parsed);
}
END_TEST

START_TEST(text_is_exact_yet_harmless_on_a_terminal)
{
    json_t *parsed = document(&figures);
    ck_assert_str_eq(text(row(parsed, 0), "title"), touchpoints[0].title);
    for (const char *c = out.text; *c; c++)
        ck_assert(*c == '\n' || (*c >= ' ' && *c < 0x7f));
    json_decref(parsed);
}
END_TEST

START_TEST(findings_name_their_places)
{
    struct diag_list findings;
    diag_list_init(&findings, &arena);
    struct pos here = { .file = "a.yaml", .line = 3, .column = 7 };
    diag_add(&findings, SEVERITY_ERROR, here, "duplicate_id", "the id '%s' is taken", "x\xff")
        ->other = (struct pos){ .file = "a.yaml", .line = 1, .column = 2 };
    diag_add(&findings, SEVERITY_WARNING, (struct pos){ .file = "b.yaml" }, "odd", "odd");
    report_json_findings(&out, &findings, 2);
    json_t *parsed = json_loads(out.text, 0, NULL);
    ck_assert_ptr_nonnull(parsed);
    ck_assert_int_eq((int)number(parsed, "errors"), 1);
    ck_assert_int_eq((int)number(parsed, "files"), 2);
    ck_assert_str_eq(text(row(parsed, 0), "code"), "duplicate_id");
    ck_assert_str_eq(text(row(parsed, 0), "text"), "the id 'x\xef\xbf\xbd' is taken");
    ck_assert_int_eq((int)number(json_object_get(row(parsed, 0), "other"), "column"), 2);
    ck_assert(json_is_null(json_object_get(row(parsed, 1), "line")));
    json_decref(parsed);
}
END_TEST

Suite *report_json_suite(void)
{
    Suite *suite = suite_create("report_json");
    TCase *tests = tcase_create("documents");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, changes_and_signals_are_told);
    tcase_add_test(tests, figures_are_numbers_under_stable_names);
    tcase_add_test(tests, what_is_missing_is_null_and_says_why);
    tcase_add_test(tests, text_is_exact_yet_harmless_on_a_terminal);
    tcase_add_test(tests, findings_name_their_places);
    suite_add_tcase(suite, tests);
    return suite;
}
