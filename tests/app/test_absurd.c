/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Maps that nobody would draw, in every view, at every size, and in every form of report: there is
 * always a screen, never a crash, and what is for programs can be read by them.
 */

#include "workbench.h"

#include "../suites.h"
#include "../support.h"

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/report/report.h>

/* How much of everything a map has. */
struct oddity {
    int stages, touchpoints, personas, contexts, channels, owners;
    const char *title; /* of each thing, before its number */
    bool measured;     /* has metrics and a store */
    int rows;          /* events, and answers, for each touchpoint */
    bool equal;        /* all scores and all answers are the same */
    bool full;         /* every touchpoint has a promise, aspects, content, opportunities */
};

static const char wide[] =
    "\u9244\u9053 \u05e9\u05dc\u05d5\u05dd e\u0301\u0323 \U0001F469\u200D\U0001F680 a very long "
    "title that no column on any screen will ever hold as a whole, and ";

static const struct {
    const char *name;
    struct oddity odd;
} oddities[] = {
    { "bare", { .stages = 1, .touchpoints = 1, .title = "T" } },
    { "one answer", { 1, 1, 1, 1, 1, 1, "T", .measured = true, .rows = 1, .full = true } },
    { "nobody", { .stages = 3, .touchpoints = 2, .title = "T", .measured = true, .rows = 12 } },
    { "equal", { 2, 3, 3, 2, 2, 2, "T", true, 40, .equal = true, .full = true } },
    { "wide", { 2, 2, 3, 2, 3, 3, wide, true, 6, .full = true } },
    { "empty store", { 2, 2, 2, 1, 2, 2, "T", .measured = true, .full = true } },
    { "many", { 20, 25, 40, 12, 30, 40, "Touchpoint", true, 3, .full = true } },
};

static int score(const struct oddity *odd, int seed)
{
    return odd->equal ? 50 : (seed * 37 + 11) % 101;
}

/* "person-3", or nothing where the map has none of it. */
static void write_id(struct str *out, const char *what, int number, int count)
{
    if (count > 0)
        str_printf(out, "%s-%d", what, number % count);
}

static void write_things(struct str *out, const char *key, const char *what, int count,
                         const char *format, const char *title)
{
    if (count > 0)
        str_printf(out, "%s:\n", key);
    for (int i = 0; i < count; i++) {
        str_printf(out, "  %s-%d: {%s: \"%s %d\"", what, i, format, title, i);
        if (strcmp(key, "channels") == 0)
            str_printf(out, ", medium: %s", i % 2 == 0 ? "digital" : "paper");
        if (strcmp(key, "personas") == 0)
            str_printf(out, ", share: %.3f", 1.0 / count);
        str_append(out, "}\n");
    }
}

static void write_estimates(struct str *out, const struct oddity *odd, const char *key, int seed)
{
    str_printf(out, "        %s:\n          all: %d\n", key, score(odd, seed));
    for (int i = 0; i < odd->personas; i += 3)
        str_printf(out, "          person-%d: {score: %d, evidence: observed}\n", i,
                   score(odd, seed + i));
}

static void write_full(struct str *out, const struct oddity *odd, int number)
{
    static const char *const media[] = { "owned", "paid", "earned" };
    static const char *const statuses[] = { "idea", "planned", "running", "done", "dropped" };
    str_printf(out,
               "        media: %s\n        importance: %d\n        standard: %d\n"
               "        systems: [s%d, crm]\n"
               "        promise: {score: %d, claim: \"%s\", source: ad, media: %s}\n"
               "        aspects:\n"
               "          - {id: a1, title: \"%s\", level: functional, importance: 3,"
               " expectation: %d, experience: %d}\n"
               "        content: [{title: \"%s\", format: email, tone: dry, status: %s}]\n"
               "        opportunities:\n"
               "          - {id: o%d, title: \"%s\", impact: %d, effort: %d, status: %s,"
               " hurdle: budget, votes: %d, due: 2026-05-0%d,"
               " expects: {metric: csat, from: 3, to: 4}}\n",
               media[number % 3], number % 6, score(odd, number + 5), number % 7,
               score(odd, number + 6), odd->title, media[(number + 1) % 3], odd->title,
               score(odd, number + 7), score(odd, number + 8), odd->title,
               number % 2 == 0 ? "live" : "missing", number, odd->title, number % 6,
               (number + 2) % 6, statuses[number % 5], number, number % 9 + 1);
}

static void write_touchpoint(struct str *out, const struct oddity *odd, int number)
{
    str_printf(out, "      - id: t%d\n        title: \"%s %d\"\n", number, odd->title, number);
    if (odd->channels > 0)
        str_printf(out, "        channel: channel-%d\n", number % odd->channels);
    if (odd->owners > 0)
        str_printf(out, "        owner: \"%s %d\"\n", odd->title, number % odd->owners);
    if (odd->measured)
        str_append(out, "        metrics: [csat, visits]\n");
    if (odd->full) {
        write_full(out, odd, number);
        write_estimates(out, odd, "expectation", number);
        write_estimates(out, odd, "experience", number + 3);
    }
}

/* Of a few as many as there are; of many, fewer where all is slow. */
static int in_these_rounds(int count)
{
    return count > 10 ? (int)test_rounds((size_t)count) : count;
}

static struct oddity oddity_get(int index)
{
    struct oddity odd = oddities[index].odd;
    odd.stages = in_these_rounds(odd.stages);
    odd.touchpoints = in_these_rounds(odd.touchpoints);
    odd.personas = in_these_rounds(odd.personas);
    odd.contexts = in_these_rounds(odd.contexts);
    odd.channels = in_these_rounds(odd.channels);
    odd.owners = in_these_rounds(odd.owners);
    return odd;
}

static void write_map(struct str *out, const struct oddity *odd)
{
    str_printf(out, "stellwerk: 1\ntitle: \"%s\"\n", odd->title);
    if (odd->measured)
        str_append(out, "store: walk.db\nmetrics:\n"
                        "  csat: {label: Content, type: csat, variant: mean, owner: \"T 1\"}\n"
                        "  visits: {label: Visits, type: count}\n");
    write_things(out, "personas", "person", odd->personas, "name", odd->title);
    write_things(out, "contexts", "context", odd->contexts, "label", odd->title);
    write_things(out, "channels", "channel", odd->channels, "label", odd->title);
    str_append(out, "stages:\n");
    for (int i = 0; i < odd->stages; i++) {
        str_printf(out, "  - id: s%d\n    title: \"%s\"\n    touchpoints:\n", i, odd->title);
        for (int j = 0; j < odd->touchpoints; j++)
            write_touchpoint(out, odd, i * odd->touchpoints + j);
    }
}

static void write_rows(struct str *events, struct str *answers, const struct oddity *odd)
{
    int touchpoints = odd->stages * odd->touchpoints;
    str_append(events,
               "ts,case_id,touchpoint,activity,persona,context,channel,value,cost,variant\n");
    str_append(answers,
               "response_id,ts,touchpoint,metric,value,scale_min,scale_max,persona,context,"
               "channel,text\n");
    for (int i = 0; i < touchpoints * odd->rows; i++) {
        int touchpoint = i % touchpoints, round = i / touchpoints;
        str_printf(events, "2026-0%d-%02dT10:00:00Z,c%d,t%d,t%d,", round % 5 + 1, i % 28 + 1, i / 4,
                   touchpoint, touchpoint);
        str_printf(answers, "r%d,2026-0%d-%02dT10:00:00Z,t%d,csat,%d,1,5,", i, round % 5 + 1,
                   i % 28 + 1, touchpoint, odd->equal ? 3 : i * 7 % 5 + 1);
        struct str *const both[] = { events, answers };
        for (size_t j = 0; j < ARRAY_LEN(both); j++) {
            write_id(both[j], "person", i, odd->personas);
            str_append(both[j], ",");
            write_id(both[j], "context", i, odd->contexts);
            str_append(both[j], ",");
            write_id(both[j], "channel", i, odd->channels);
        }
        str_printf(events, ",%d,%d,%s\n", i % 9, i % 3, i % 2 == 0 ? "A" : "B");
        str_printf(answers, ",\"%s\"\n", i % 4 == 0 ? odd->title : "");
    }
}

/* ---- What must hold -------------------------------------------------------------------------- */

static struct workbench bench;

static void open_oddity(const struct oddity *odd)
{
    struct str map, events, answers;
    str_init(&map);
    str_init(&events);
    str_init(&answers);
    write_map(&map, odd);
    write_rows(&events, &answers, odd);
    workbench_open_text(&bench, map.text, odd->measured ? events.text : NULL,
                        odd->measured ? answers.text : NULL);
    str_finish(&answers);
    str_finish(&events);
    str_finish(&map);
}

/* What a program would read. */
static void expect_tables(const char *view)
{
    struct stage_set set = session_set(bench.session);
    struct str out;
    str_init(&out);
    ck_assert(report_json(&out, &set, view));
    json_error_t trouble;
    json_t *json = json_loads(out.text, 0, &trouble);
    ck_assert_msg(json != NULL, "%s: %s", view, trouble.text);
    ck_assert_int_eq(json_integer_value(json_object_get(json, "stellwerk")), 1);
    ck_assert_str_eq(json_string_value(json_object_get(json, "view")), view);
    json_decref(json);
    str_clear(&out);
    if (report_csv(&out, &set, view))
        ck_assert_ptr_nonnull(strchr(out.text, '\n'));
    str_finish(&out);
}

/* What a person would be sent. */
static void expect_page(const struct view *view, int columns)
{
    struct stage_set set = session_set(bench.session);
    struct arena arena = { 0 };
    struct scene *scene = view->draw(&arena, &set, columns, 0, bench.medium);
    ck_assert_int_eq(scene->columns, columns);
    ck_assert_int_gt(scene->rows, 0);
    struct str out;
    str_init(&out);
    report_text(&out, scene, THEME_LIGHT, DEPTH_MONO);
    ck_assert_uint_gt(out.length, 1);
    str_finish(&out);
    arena_finish(&arena);
}

static void show(const struct view *view)
{
    char command[64];
    struct error err;
    error_init(&err);
    snprintf(command, sizeof(command), "view %s", view->name);
    ck_assert_msg(session_command(bench.session, command, &err), "%s", err.text);
    workbench_settle(&bench);
}

/* Moves about, and opens and closes what Enter opens. */
static void look_at(const struct view *view, int columns, int rows)
{
    show(view);
    bench.columns = columns;
    bench.rows = rows;
    workbench_draw(&bench);
    if (columns >= VIEW_MIN_COLUMNS)
        workbench_press(&bench, "j l G k h g Tab Enter PgDn Esc Esc");
}

START_TEST(every_view_bears_it)
{
    const struct oddity odd = oddity_get(_i);
    open_oddity(&odd);
    for (size_t i = 0; i < view_count; i++) {
        look_at(&views[i], 80, 24);
        look_at(&views[i], 200, 60);
        expect_tables(views[i].name);
        expect_page(&views[i], 160);
        look_at(&views[i], 38, 9);
        look_at(&views[i], 1, 1);
    }
    bench.medium = (struct medium){ .ascii = true, .mono = true };
    for (size_t i = 0; i < view_count; i++) {
        look_at(&views[i], 40, 12);
        expect_page(&views[i], 40);
    }
    workbench_close(&bench);
}
END_TEST

Suite *app_absurd_suite(void)
{
    Suite *suite = suite_create("app_absurd");
    TCase *tests = tcase_create("absurd");
    tcase_add_checked_fixture(tests, test_locale, NULL);
    tcase_add_loop_test(tests, every_view_bears_it, 0, ARRAY_LEN(oddities));
    suite_add_tcase(suite, tests);
    return suite;
}
