/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/mapfile/reader.h>

#include "support.h"
#include "told.h"

static const char head[] = "stellwerk: 1\n"
                           "title: no\n"
                           "kind: to-be\n"
                           "phase: cross-functional\n"
                           "language: de\n"
                           "owner: 12:30\n"
                           "reviewed: 2026-11-01\n"
                           "review_every: 90d\n"
                           "store: ../bahn.db\n"
                           "budgets:\n"
                           "  - {touchpoint: t2, gap: -30}\n"
                           "  - {all: true, gap: -60.5}\n"
                           "routes:\n"
                           "  - {id: r, title: Weg, persona: anna, through: [t2, t1, t2]}\n"
                           "handovers: [[web, paper], [paper, web]]\n"
                           "personas:\n"
                           "  anna:\n"
                           "    name: Anna Berg\n"
                           "    role: Managerin\n"
                           "    share: 0.3\n"
                           "    goals: [pünktlich, ankommen]\n"
                           "    needs: Ruhe\n"
                           "    quote: \"Meine Zeit\"\n"
                           "  bert: Bert\n"
                           "contexts:\n"
                           "  hurried: {label: in Eile}\n"
                           "  relaxed:\n"
                           "channels:\n"
                           "  web: {label: Web, medium: digital}\n"
                           "  paper: Papier\n";

static const char stages[] = "stages:\n"
                             "  - id: s1\n"
                             "    title: Eins\n"
                             "  - id: s2\n"
                             "    touchpoints:\n"
                             "      - id: t1\n"
                             "        title: 1e3\n"
                             "        channel: paper\n"
                             "        media: earned\n"
                             "        owner: Vertrieb\n"
                             "        systems: [crm, yes]\n"
                             "        importance: 4.5\n"
                             "        moment_of_truth: true\n"
                             "        optional: false\n"
                             "        repeatable: true\n"
                             "        actions: [a1, a2]\n"
                             "        thoughts: [th]\n"
                             "        pains: [p]\n"
                             "        gains: []\n"
                             "        backstage: [b]\n"
                             "        standard: 80\n"
                             "        promise: {score: 90, claim: c, source: s, media: paid}\n"
                             "        quotes:\n"
                             "          - {text: q, source: M, date: 2026-10-02, persona: bert}\n"
                             "          - nur Text\n"
                             "        metrics: [m2, m1]\n";

static const char more[] =
    "        expectation:\n"
    "          all: 70\n"
    "          anna: {adequate: 60, desired: 85, evidence: observed, note: n}\n"
    "          all@relaxed: {score: 55}\n"
    "        experience:\n"
    "          all: {score: 50, evidence: assumed}\n"
    "          anna@hurried: {score: 30, evidence: inferred, note: Drucker}\n"
    "          bert: 66\n"
    "        aspects:\n"
    "          - {id: effort, title: Aufwand, level: social, importance: 3, expectation: 80, "
    "experience: 35}\n"
    "        content:\n"
    "          - {title: Mail, format: f, tone: t, rhythm: r, volume: v, for: [bert, anna], "
    "status: missing}\n"
    "        opportunities:\n"
    "          - {id: o, title: O, impact: 4, effort: 2, status: running, hurdle: technology, "
    "owner: V, due: 2027-01-31, votes: 7, expects: {metric: m1, from: 61, to: 20}, "
    "experiment: {metric: m2, a: alt, b: neu, share: 0.2, since: 2026-07-01, until: 2026-08-31}}\n"
    "          - {id: p}\n"
    "      - id: t2\n"
    "metrics:\n"
    "  m1: {label: M1, type: count}\n"
    "  m2: {type: nps}\n";

static const struct journey *whole_map(void)
{
    return told_map(arena_printf(&told_arena, "%s%s%s", head, stages, more));
}

static void assert_pos(struct pos pos, uint32_t line, uint32_t column)
{
    ck_assert_str_eq(pos.file, "map.yaml");
    ck_assert_uint_eq(pos.line, line);
    ck_assert_uint_eq(pos.column, column);
}

static void assert_texts(struct texts texts, const char *joined)
{
    struct str str;
    str_init(&str);
    for (size_t i = 0; i < texts.count; i++)
        str_printf(&str, "%s%s", i > 0 ? "|" : "", texts.items[i]);
    ck_assert_str_eq(str.text, joined);
    str_finish(&str);
}

static int32_t day(int year, int month, int number)
{
    return time_day_from_civil((struct civil){ year, month, number });
}

START_TEST(test_nothing_is_wrong_with_the_whole)
{
    ck_assert_ptr_nonnull(whole_map());
    ck_assert_str_eq(told(), "32:5 warning empty_stage\n");
}
END_TEST

START_TEST(test_the_map_itself)
{
    const struct journey *journey = whole_map();
    ck_assert_str_eq(journey->path, "map.yaml");
    ck_assert_str_eq(journey->title, "no");
    ck_assert_int_eq(journey->kind, MAP_TO_BE);
    ck_assert_int_eq(journey->phase, PHASE_CROSS_FUNCTIONAL);
    ck_assert_str_eq(journey->language, "de");
    ck_assert_str_eq(journey->owner, "12:30");
    ck_assert_int_eq(journey->reviewed, day(2026, 11, 1));
    ck_assert_int_eq(journey->review_every, 90 * TIME_US_PER_DAY);
    ck_assert_str_eq(journey->store, "../bahn.db");
    assert_pos(journey->title_pos, 2, 8);
    assert_pos(journey->reviewed_pos, 7, 11);
    assert_pos(journey->store_pos, 9, 8);
    ck_assert_uint_eq(journey->libraries.count, 0);
}
END_TEST

START_TEST(test_people_circumstances_and_channels)
{
    const struct journey *journey = whole_map();
    ck_assert_uint_eq(journey->persona_count, 2);
    const struct persona *anna = &journey->personas[0];
    ck_assert_str_eq(anna->id, "anna");
    ck_assert_str_eq(anna->name, "Anna Berg");
    ck_assert_str_eq(anna->role, "Managerin");
    ck_assert_str_eq(anna->quote, "Meine Zeit");
    ck_assert_double_eq(anna->share, 0.3);
    assert_texts(anna->goals, "pünktlich|ankommen");
    assert_texts(anna->needs, "Ruhe");
    assert_pos(anna->pos, 17, 3);
    ck_assert_str_eq(journey->personas[1].name, "Bert");
    ck_assert_double_nan(journey->personas[1].share);
    ck_assert_ptr_null(journey->personas[1].role);
    ck_assert_uint_eq(journey->context_count, 2);
    ck_assert_str_eq(journey->contexts[0].label, "in Eile");
    ck_assert_str_eq(journey->contexts[1].label, "relaxed");
    assert_pos(journey->contexts[1].pos, 27, 3);
    ck_assert_uint_eq(journey->channel_count, 2);
    ck_assert_str_eq(journey->channels[0].medium, "digital");
    ck_assert_str_eq(journey->channels[1].label, "Papier");
    ck_assert_ptr_null(journey->channels[1].medium);
    ck_assert_uint_eq(journey->handover_count, 2);
    ck_assert_int_eq(journey->handovers[1].from, 1);
    ck_assert_int_eq(journey->handovers[1].to, 0);
    assert_pos(journey->handovers[1].pos, 15, 27);
}
END_TEST

START_TEST(test_stages_routes_budgets)
{
    const struct journey *journey = whole_map();
    ck_assert_uint_eq(journey->stage_count, 2);
    ck_assert_str_eq(journey->stages[0].title, "Eins");
    ck_assert_uint_eq(journey->stages[0].count, 0);
    ck_assert_str_eq(journey->stages[1].title, "s2");
    ck_assert_uint_eq(journey->stages[1].first, 0);
    ck_assert_uint_eq(journey->stages[1].count, 2);
    assert_pos(journey->stages[1].pos, 34, 5);
    ck_assert_uint_eq(journey->route_count, 1);
    const struct route *route = &journey->routes[0];
    ck_assert_str_eq(route->id, "r");
    ck_assert_str_eq(route->title, "Weg");
    ck_assert_int_eq(route->persona, 0);
    ck_assert_uint_eq(route->through.count, 3);
    ck_assert_int_eq(route->through.items[0], 1);
    ck_assert_int_eq(route->through.items[1], 0);
    ck_assert_uint_eq(journey->budget_count, 2);
    ck_assert_int_eq(journey->budgets[0].touchpoint, 1);
    ck_assert_double_eq(journey->budgets[0].gap, -30);
    ck_assert_int_eq(journey->budgets[1].touchpoint, NONE);
    ck_assert_double_eq(journey->budgets[1].gap, -60.5);
    assert_pos(journey->budgets[1].pos, 12, 5);
}
END_TEST

START_TEST(test_the_benchmark)
{
    static const char *const ways[] = { "benchmark: 4.5\n", "benchmark: {contacts: 4.5}\n" };
    for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
        const struct journey *journey = told_map(
            arena_printf(&told_arena, "%s%s", ways[i], "stellwerk: 1\ntitle: T\nstages: []\n"));
        ck_assert_double_eq(journey->benchmark.contacts, 4.5);
        ck_assert_uint_eq(journey->benchmark.pos.line, 1);
    }
    ck_assert_uint_eq(whole_map()->benchmark.pos.line, 0);
}
END_TEST

START_TEST(test_a_touchpoint)
{
    const struct journey *journey = whole_map();
    ck_assert_uint_eq(journey->touchpoint_count, 2);
    const struct touchpoint *touchpoint = &journey->touchpoints[0];
    ck_assert_str_eq(touchpoint->id, "t1");
    ck_assert_str_eq(touchpoint->title, "1e3");
    ck_assert_str_eq(touchpoint->owner, "Vertrieb");
    ck_assert_int_eq(touchpoint->stage, 1);
    ck_assert_int_eq(touchpoint->channel, 1);
    ck_assert_int_eq(touchpoint->media, MEDIA_EARNED);
    ck_assert_double_eq(touchpoint->importance, 4.5);
    ck_assert(touchpoint->moment_of_truth && !touchpoint->optional && touchpoint->repeatable);
    assert_texts(touchpoint->systems, "crm|yes");
    assert_texts(touchpoint->actions, "a1|a2");
    assert_texts(touchpoint->thoughts, "th");
    assert_texts(touchpoint->pains, "p");
    assert_texts(touchpoint->gains, "");
    assert_texts(touchpoint->backstage, "b");
    ck_assert_double_eq(touchpoint->standard, 80);
    ck_assert_double_eq(touchpoint->promise.score, 90);
    ck_assert_str_eq(touchpoint->promise.claim, "c");
    ck_assert_str_eq(touchpoint->promise.source, "s");
    ck_assert_int_eq(touchpoint->promise.media, MEDIA_PAID);
    assert_pos(touchpoint->promise.pos, 52, 18);
    ck_assert_uint_eq(touchpoint->metrics.count, 2);
    ck_assert_int_eq(touchpoint->metrics.items[0], 1);
    ck_assert_int_eq(touchpoint->metrics.items[1], 0);
    assert_pos(touchpoint->pos, 36, 9);
}
END_TEST

START_TEST(test_what_logs_call_it)
{
    const struct journey *journey =
        told_map(told_touchpoint("        activities: [T02 Check, 12]\n", ""));
    ck_assert_str_eq(told(), "");
    assert_texts(journey->touchpoints[0].activities, "T02 Check|12");
}
END_TEST

START_TEST(test_an_empty_touchpoint)
{
    const struct touchpoint *touchpoint = &whole_map()->touchpoints[1];
    ck_assert_str_eq(touchpoint->title, "t2");
    ck_assert_int_eq(touchpoint->stage, 1);
    ck_assert_int_eq(touchpoint->channel, NONE);
    ck_assert_int_eq(touchpoint->media, MEDIA_NONE);
    ck_assert_double_nan(touchpoint->importance);
    ck_assert_double_nan(touchpoint->standard);
    ck_assert_double_nan(touchpoint->promise.score);
    ck_assert_uint_eq(touchpoint->promise.pos.line, 0);
    ck_assert_uint_eq(touchpoint->metrics.count, 0);
    ck_assert(!touchpoint->moment_of_truth);
}
END_TEST

START_TEST(test_scores)
{
    const struct touchpoint *touchpoint = &whole_map()->touchpoints[0];
    ck_assert_uint_eq(touchpoint->expectation_count, 3);
    const struct expectation *expectation = touchpoint->expectations;
    ck_assert_int_eq(expectation[0].scope.persona, NONE);
    ck_assert_double_eq(expectation[0].adequate, 70);
    ck_assert_double_eq(expectation[0].desired, 70);
    ck_assert_int_eq(expectation[1].scope.persona, 0);
    ck_assert_double_eq(expectation[1].adequate, 60);
    ck_assert_double_eq(expectation[1].desired, 85);
    ck_assert_int_eq(expectation[1].evidence, EVIDENCE_OBSERVED);
    ck_assert_str_eq(expectation[1].note, "n");
    assert_pos(expectation[1].pos, 59, 11);
    ck_assert_int_eq(expectation[2].scope.context, 1);
    ck_assert_double_eq(expectation[2].desired, 55);
    ck_assert_uint_eq(touchpoint->experience_count, 3);
    const struct experience *experience = touchpoint->experiences;
    ck_assert_int_eq(experience[0].evidence, EVIDENCE_ASSUMED);
    ck_assert_int_eq(experience[1].scope.persona, 0);
    ck_assert_int_eq(experience[1].scope.context, 0);
    ck_assert_double_eq(experience[1].score, 30);
    ck_assert_str_eq(experience[1].note, "Drucker");
    assert_pos(experience[1].pos, 63, 11);
    ck_assert_double_eq(experience[2].score, 66);
    ck_assert_int_eq(experience[2].evidence, EVIDENCE_NONE);
}
END_TEST

START_TEST(test_quotes_aspects_content)
{
    const struct touchpoint *touchpoint = &whole_map()->touchpoints[0];
    ck_assert_uint_eq(touchpoint->quote_count, 2);
    ck_assert_str_eq(touchpoint->quotes[0].text, "q");
    ck_assert_str_eq(touchpoint->quotes[0].source, "M");
    ck_assert_int_eq(touchpoint->quotes[0].date, day(2026, 10, 2));
    ck_assert_int_eq(touchpoint->quotes[0].persona, 1);
    assert_pos(touchpoint->quotes[0].pos, 54, 13);
    ck_assert_str_eq(touchpoint->quotes[1].text, "nur Text");
    ck_assert_int_eq(touchpoint->quotes[1].date, DAY_NONE);
    ck_assert_int_eq(touchpoint->quotes[1].persona, NONE);
    ck_assert_uint_eq(touchpoint->aspect_count, 1);
    const struct aspect *aspect = &touchpoint->aspects[0];
    ck_assert_str_eq(aspect->id, "effort");
    ck_assert_str_eq(aspect->title, "Aufwand");
    ck_assert_int_eq(aspect->level, LEVEL_SOCIAL);
    ck_assert_double_eq(aspect->importance, 3);
    ck_assert_double_eq(aspect->expectation, 80);
    ck_assert_double_eq(aspect->experience, 35);
    ck_assert_uint_eq(touchpoint->content_count, 1);
    const struct content *content = &touchpoint->contents[0];
    ck_assert_str_eq(content->title, "Mail");
    ck_assert_str_eq(content->format, "f");
    ck_assert_str_eq(content->tone, "t");
    ck_assert_str_eq(content->rhythm, "r");
    ck_assert_str_eq(content->volume, "v");
    ck_assert_int_eq(content->status, CONTENT_MISSING);
    ck_assert_uint_eq(content->personas.count, 2);
    ck_assert_int_eq(content->personas.items[0], 1);
    assert_pos(content->pos, 68, 13);
}
END_TEST

START_TEST(test_opportunities)
{
    const struct touchpoint *touchpoint = &whole_map()->touchpoints[0];
    ck_assert_uint_eq(touchpoint->opportunity_count, 2);
    const struct opportunity *opportunity = &touchpoint->opportunities[0];
    ck_assert_str_eq(opportunity->id, "o");
    ck_assert_str_eq(opportunity->title, "O");
    ck_assert_str_eq(opportunity->owner, "V");
    ck_assert_double_eq(opportunity->impact, 4);
    ck_assert_double_eq(opportunity->effort, 2);
    ck_assert_int_eq(opportunity->status, STATUS_RUNNING);
    ck_assert_int_eq(opportunity->hurdle, HURDLE_TECHNOLOGY);
    ck_assert_int_eq(opportunity->due, day(2027, 1, 31));
    ck_assert_int_eq(opportunity->votes, 7);
    ck_assert_int_eq(opportunity->expects.metric, 0);
    ck_assert_double_eq(opportunity->expects.from, 61);
    ck_assert_double_eq(opportunity->expects.to, 20);
    ck_assert(opportunity_has_experiment(opportunity));
    ck_assert_int_eq(opportunity->experiment.metric, 1);
    ck_assert_str_eq(opportunity->experiment.a, "alt");
    ck_assert_str_eq(opportunity->experiment.b, "neu");
    ck_assert_double_eq(opportunity->experiment.share, 0.2);
    ck_assert_int_eq(opportunity->experiment.since, day(2026, 7, 1));
    ck_assert_int_eq(opportunity->experiment.until, day(2026, 8, 31));
    assert_pos(opportunity->pos, 70, 13);
    ck_assert_str_eq(opportunity[1].title, "p");
    ck_assert_int_eq(opportunity[1].status, STATUS_IDEA);
    ck_assert_int_eq(opportunity[1].due, DAY_NONE);
    ck_assert_int_eq(opportunity[1].expects.metric, NONE);
    ck_assert(!opportunity_has_experiment(&opportunity[1]));
    ck_assert_double_eq(opportunity[1].experiment.share, 0.5);
    ck_assert_int_eq(opportunity[1].experiment.since, DAY_NONE);
    ck_assert_double_nan(opportunity[1].impact);
}
END_TEST

START_TEST(test_an_alias_stands_for_what_it_points_at)
{
    const struct journey *journey =
        told_map(told_touchpoint("        expectation: &e {all: &n 60}\n"
                                 "        experience: {all: *n}\n"
                                 "      - id: u\n"
                                 "        expectation: *e\n",
                                 ""));
    ck_assert_str_eq(told(), "");
    ck_assert_double_eq(journey->touchpoints[0].experiences[0].score, 60);
    ck_assert_double_eq(journey->touchpoints[1].expectations[0].desired, 60);
}
END_TEST

START_TEST(test_places_behind_umlauts_and_a_mark)
{
    told_map("\xEF\xBB\xBFstellwerk: 1\r\ntitle: Größe 😀\r\nstages: [{id: ä, tile: ü, x: 1}]\r\n");
    ck_assert_str_eq(told(), "3:10 warning no_touchpoints\n"
                             "3:15 error bad_id\n"
                             "3:18 warning unknown_key\n"
                             "3:27 warning unknown_key\n");
}
END_TEST

static const struct refusal {
    const char *text, *told;
} refusals[] = {
    { "", "1:1 error empty_file\n" },      { "# x\n", "1:1 error empty_file\n" },
    { "---\n", "1:1 error empty_file\n" }, { "just words\n", "1:1 error not_a_map\n" },
    { "- a\n", "1:1 error not_a_map\n" },  { "a: [\n", "2:1 error yaml_syntax\n" },
};

START_TEST(test_what_is_no_map_at_all)
{
    ck_assert_ptr_null(told_map(refusals[_i].text));
    ck_assert_str_eq(told(), refusals[_i].told);
}
END_TEST

START_TEST(test_a_map_without_title_is_called_after_its_file)
{
    const struct journey *journey = told_map("stellwerk: 1\nstages: []\n");
    ck_assert_str_eq(journey->title, "map.yaml");
    ck_assert_str_eq(told(), "1:1 error missing_key\n1:1 warning no_touchpoints\n");
}
END_TEST

START_TEST(test_a_file_that_is_not_there)
{
    struct journey *journey;
    ck_assert(!map_read_file(&told_arena, "/no/such/map.yaml", &journey, &told_findings));
    ck_assert_ptr_null(journey);
    ck_assert_str_eq(told(), "0:0 error unreadable_file\n");
    ck_assert_str_eq(told_findings.items[0].pos.file, "/no/such/map.yaml");
}
END_TEST

static const char *const example_maps[] = { "maps/bahn-berlin.yaml", "maps/permit.yaml" };

START_TEST(test_example_maps_are_without_findings)
{
    char *path = source_path(example_maps[_i]);
    struct journey *journey;
    ck_assert(map_read_file(&told_arena, path, &journey, &told_findings));
    ck_assert_str_eq(told(), "");
    ck_assert_uint_ge(journey->touchpoint_count, 10);
    free(path);
}
END_TEST

Suite *mapfile_reader_suite(void)
{
    Suite *suite = suite_create("mapfile_reader");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_test(tcase, test_nothing_is_wrong_with_the_whole);
    tcase_add_test(tcase, test_the_map_itself);
    tcase_add_test(tcase, test_people_circumstances_and_channels);
    tcase_add_test(tcase, test_stages_routes_budgets);
    tcase_add_test(tcase, test_the_benchmark);
    tcase_add_test(tcase, test_a_touchpoint);
    tcase_add_test(tcase, test_what_logs_call_it);
    tcase_add_test(tcase, test_an_empty_touchpoint);
    tcase_add_test(tcase, test_scores);
    tcase_add_test(tcase, test_quotes_aspects_content);
    tcase_add_test(tcase, test_opportunities);
    tcase_add_test(tcase, test_an_alias_stands_for_what_it_points_at);
    tcase_add_test(tcase, test_places_behind_umlauts_and_a_mark);
    tcase_add_loop_test(tcase, test_what_is_no_map_at_all, 0, (int)ARRAY_LEN(refusals));
    tcase_add_test(tcase, test_a_map_without_title_is_called_after_its_file);
    tcase_add_test(tcase, test_a_file_that_is_not_there);
    tcase_add_loop_test(tcase, test_example_maps_are_without_findings, 0,
                        (int)ARRAY_LEN(example_maps));
    suite_add_tcase(suite, tcase);
    return suite;
}
