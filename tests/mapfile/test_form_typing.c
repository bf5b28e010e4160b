/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/edit.h>

#include "form_map.h"

/* ---- While somebody types -------------------------------------------------------------------- */

static const struct refusal {
    const char *form, *address;
    const char *typed, *text;
} refusals[] = {
    { "full", "full.standard", "101", "'standard' must be from 0 to 100, not 101" },
    { "full", "full.standard", "4,5", "'standard' must be a number: write 4,5 with a point, 4.5" },
    { "full", "full.channel", "wbe", "there is no channel 'wbe'; did you mean 'web'?" },
    { "full", "full.media", "owend", "'media' cannot be 'owend'; did you mean 'owned'?" },
    { "full", "full.optional", "yes", "'optional' must be true or false; write true" },
    { "full", "full.quotes.1.date", "2.10.26",
      "'date' must be a date like 2026-11-01, not '2.10.26'" },
    { "full", "full", "Voll",
      "an id has only a-z, 0-9, '-' and '_' and begins with a letter or digit, so it cannot be "
      "'Voll'; write for instance 'voll'" },
    { "full", "full", "bare", "the id 'bare' is taken: it was given in line 45, column 9" },
    { "full", "full.opportunities.nicer", "sooner",
      "the id 'sooner' is taken: it was given in line 43, column 13" },
    { "full", "full.opportunities.sooner.votes", "1.5", "'votes' must be a whole number, not 1.5" },
    { "full", "full.opportunities.nicer.expects", "{metric: delai, to: 3}",
      "there is no metric 'delai'; did you mean 'delay'?" },
    { "full", "full.opportunities.nicer.expects.to", "3",
      "'full.opportunities.nicer.expects.to' cannot be changed by itself" },
    { "full", "full.expectation.anna", "120", "'score' must be from 0 to 100, not 120" },
    { "full", "full.content.2.for.1", "ann", "there is no persona 'ann'; did you mean 'anna'?" },
    { "full", "full.quotes.1.text", " ", "a value is missing here" },
    { "metric/delay", "metric/delay.fresh", "soon",
      "'fresh' must be a duration like 90d, 36h or 15min, not 'soon'" },
    { "metric/delay", "metric/delay.anchors.2\\.5", "500",
      "'anchors' must be from 0 to 100, not 500" },
    { "metric/delay", "metric/delay.anchors", "{0: 100, 5: 0, 9: 50}",
      "the scores of anchors must only rise or only fall, and turn at the raw value 5" },
    { "persona/anna", "persona/anna", "all",
      "'all' means every persona, so none can be called that" },
    { "map", "map.budgets.1.touchpoint", "fll",
      "there is no touchpoint 'fll'; did you mean 'full'?" },
    { "map", "map.handovers.1", "[web, ap]", "there is no channel 'ap'; did you mean 'app'?" },
    { "map", "map.handovers.1", "[web]", "a handover is a pair of channels: [from, to]" },
    { "map", "map.stellwerk", "2", "'map.stellwerk' cannot be changed by itself" },
};

START_TEST(a_slip_is_told_as_the_reader_would)
{
    const struct refusal *refusal = &refusals[_i];
    struct form_map map = form_map_small();
    struct form form = form_map_form(&map, refusal->form);
    const struct form_row *row = NULL; /* of an item and its id, the id */
    for (size_t i = 0; i < form.count; i++)
        if (form.rows[i].role != FORM_ADD && strcmp(form.rows[i].address, refusal->address) == 0)
            row = &form.rows[i];
    ck_assert_ptr_nonnull(row);
    ck_assert(!form_check(&form_map_arena, map.journey, row, refusal->typed, &form_map_error));
    ck_assert_str_eq(form_map_error.text, refusal->text);
}
END_TEST

static const struct refusal slips_in_adding[] = {
    { "full", "full.expectation", "ana 50", "there is no persona 'ana'; did you mean 'anna'?" },
    { "full", "full.expectation", "all 50", "there is a 'all' already" },
    { "full", "full.expectation", "karl@hurrid: 50",
      "there is no context 'hurrid'; did you mean 'hurried'?" },
    { "full", "full.expectation", "karl", "type a key and its value, such as 'all: 70'" },
    { "full", "full.metrics", "opend", "there is no metric 'opend'; did you mean 'opened'?" },
    { "full", "full.pains", "", "a value is missing here" },
    { "map", "map.budgets", "{gap: -5}", "a budget needs either 'touchpoint' or 'all: true'" },
};

START_TEST(a_slip_in_what_is_added_is_told)
{
    const struct refusal *refusal = &slips_in_adding[_i];
    struct form_map map = form_map_small();
    struct form form = form_map_form(&map, refusal->form);
    const struct form_row *row = form_map_row(&form, refusal->address, FORM_ADD);
    ck_assert(!form_check(&form_map_arena, map.journey, row, refusal->typed, &form_map_error));
    ck_assert_str_eq(form_map_error.text, refusal->text);
}
END_TEST

static const struct offer {
    const char *form, *address;
    enum form_role role;
    const char *words;
    bool closed;
} offers[] = {
    { "full", "full.channel", FORM_FIELD, "web=Web app=App desk=Schalter", true },
    { "full", "full.media", FORM_FIELD, "owned paid earned", true },
    { "full", "full.optional", FORM_FIELD, "true false", true },
    { "full", "full.standard", FORM_FIELD, "", false },
    { "full", "full.systems", FORM_ADD, "crm", false },
    { "full", "full.metrics", FORM_ADD, "opened reached", true },
    { "full", "full.content.2.for", FORM_ADD, "", true },
    { "bare", "bare.experience", FORM_ADD,
      "all all@hurried=in Eile all@relaxed=relaxed anna=Anna B. anna@hurried=Anna B., in Eile "
      "anna@relaxed=Anna B., relaxed karl=Karl karl@hurried=Karl, in Eile "
      "karl@relaxed=Karl, relaxed",
      true },
    { "metric/delay", "metric/delay.contexts", FORM_ADD, "relaxed", true },
    { "channel/desk", "channel/desk.medium", FORM_FIELD, "digital paper phone place", false },
    { "map", "map.routes", FORM_ADD, "", false },
};

START_TEST(a_row_offers_what_it_may_take)
{
    const struct offer *wanted = &offers[_i];
    struct form_map map = form_map_small();
    struct form form = form_map_form(&map, wanted->form);
    struct form_choices choices;
    form_choices(&form_map_arena, map.journey, form_map_row(&form, wanted->address, wanted->role),
                 &choices);
    const char *words = "";
    for (size_t i = 0; i < choices.count; i++)
        words = arena_printf(&form_map_arena, "%s%s%s%s%s", words, i > 0 ? " " : "",
                             choices.items[i].word, choices.items[i].title != NULL ? "=" : "",
                             choices.items[i].title != NULL ? choices.items[i].title : "");
    ck_assert_str_eq(words, wanted->words);
    ck_assert_int_eq(choices.closed, wanted->closed);
}
END_TEST

/* ---- New things ------------------------------------------------------------------------------ */

static const struct {
    enum space space;
    const char *title, *line;
} births[] = {
    { SPACE_TOUCHPOINT, "Über den Steg", "insert touchpoint/ueber-den-steg \"Über den Steg\"" },
    { SPACE_TOUCHPOINT, "Full", "insert touchpoint/full-2 Full" },
    { SPACE_TOUCHPOINT, "旅", "insert touchpoint/touchpoint-1 旅" },
    { SPACE_STAGE, "Eins: zwei", "insert stage/eins-zwei \"{title: 'Eins: zwei'}\"" },
    { SPACE_PERSONA, "All", "insert persona/all-2 All" },
    { SPACE_PERSONA, "[x", "insert persona/x \"{name: '[x'}\"" },
    { SPACE_CONTEXT, "12:30", "insert context/12-30 12:30" },
    { SPACE_CHANNEL, "App", "insert channel/app-2 App" },
    { SPACE_METRIC, "Wege", "insert metric/wege \"{label: Wege, type: count}\"" },
    { SPACE_ROUTE, "Kurz", "insert route/kurz \"{title: Kurz, through: []}\"" },
};

START_TEST(a_title_is_enough_for_a_new_thing)
{
    struct form_map map = form_map_small(), after;
    struct operation operation;
    ck_assert(form_new(&form_map_arena, map.journey, births[_i].space, births[_i].title, &operation,
                       &form_map_error));
    ck_assert_str_eq(operation_line(&form_map_arena, &operation), births[_i].line);
    form_map_must_apply(&map, &operation, &after);
    struct form form = form_map_form(&after, operation.address);
    ck_assert_str_eq(form.address, operation.address);
    bool titled = false;
    for (size_t i = 0; i < form.count; i++)
        titled = titled ||
                 (form.rows[i].value != NULL && strcmp(form.rows[i].value, births[_i].title) == 0);
    ck_assert(titled);
    ck_assert(!form_new(&form_map_arena, map.journey, births[_i].space, " ", &operation,
                        &form_map_error));
}
END_TEST

/* ---- Addresses ------------------------------------------------------------------------------- */

START_TEST(a_form_can_be_of_a_part)
{
    struct form_map map = form_map_small();
    struct form form = form_map_form(&map, "full.actions");
    ck_assert_uint_eq(form.count, 4);
    ck_assert_str_eq(form.rows[0].value, "[tippt, 'wartet: lange']");
    ck_assert_int_eq(form.rows[2].depth, 1);
    ck_assert_str_eq(form.rows[2].value, "wartet: lange");
    ck_assert_int_eq(form.rows[3].role, FORM_ADD);
    form = form_map_form(&map, "full.actions.2");
    ck_assert_uint_eq(form.count, 1);
    form = form_map_form(&map, "bare.expectation.anna");
    ck_assert_str_eq(form.kind, "expectation");
    ck_assert_ptr_null(form.rows[0].value);
    form = form_map_form(&map, "touchpoint/map");
    ck_assert_str_eq(form.kind, "touchpoints");
    form = form_map_form(&map, "metric/delay.where.a\\.b");
    ck_assert_str_eq(form.rows[0].value, "x");
}
END_TEST

static const struct {
    const char *address, *value; /* NULL: there is nothing */
} looks[] = {
    { "full.title", "Voll: und ganz" },      { "full.quotes.1.text", "Zeile eins\nZeile zwei\n" },
    { "full.quotes.2.text", "kurz gesagt" }, { "full.promise.score", "90" },
    { "full.promise.claim", NULL },          { "full.expectation.all", "70" },
    { "full.expectation.all.score", "70" },  { "full.expectation.all.adequate", NULL },
    { "full.opportunities.gone", NULL },     { "bare.pains", NULL },
    { "persona/karl.name", "Karl" },         { "persona/anna.goals", "[ankommen, '12:30']" },
    { "metric/delay.anchors.2\\.5", "80" },  { "map.handovers.1.2", "app" },
};

START_TEST(a_look_says_what_stands_there)
{
    struct form_map map = form_map_small();
    const char *seen_value = "unset";
    ck_assert_msg(edit_look(&form_map_arena, map.file, map.text, map.length, looks[_i].address,
                            &seen_value, &form_map_error),
                  "%s", form_map_error.text);
    ck_assert_pstr_eq(seen_value, looks[_i].value);
}
END_TEST

static const struct {
    const char *address, *text;
} strangers[] = {
    { "ful.title", "there is no touchpoint 'ful'; did you mean 'full'?" },
    { "persona/ann", "there is no persona 'ann'; did you mean 'anna'?" },
    { "full.pian", "'full.pian': 'touchpoints' has no key 'pian'" },
    { "full.actions.3", "'full.actions.3': there are only 2 of them" },
    { "full.actions.x", "'full.actions.x': what is in this list has numbers, not 'x'" },
};

START_TEST(what_cannot_be_has_no_form)
{
    struct form_map map = form_map_small();
    struct form form;
    const char *seen_value;
    ck_assert(!edit_look(&form_map_arena, map.file, map.text, map.length, strangers[_i].address,
                         &seen_value, &form_map_error));
    ck_assert_str_eq(form_map_error.text, strangers[_i].text);
    error_init(&form_map_error);
    ck_assert(!form_of(&form_map_arena, map.journey, map.file, map.text, map.length,
                       strangers[_i].address, &form, &form_map_error));
    ck_assert_str_eq(form_map_error.text, strangers[_i].text);
}
END_TEST

START_TEST(what_a_library_has_is_changed_there)
{
    char *path = source_path("maps/bahn-berlin.yaml");
    const char *text;
    size_t length;
    struct form form;
    ck_assert(file_read(&form_map_arena, path, SOURCE_MAX, &text, &length, &form_map_error));
    struct form_map map = form_map_of(path, text, length);
    ck_assert(!form_of(&form_map_arena, map.journey, map.file, map.text, map.length,
                       "persona/helga", &form, &form_map_error));
    ck_assert_ptr_nonnull(strstr(form_map_error.text, "'persona/helga' is shared with other maps"));
    ck_assert_uint_gt(form_map_error.pos.line, 0);
    free(path);
}
END_TEST

/* What an alias says belongs to another place. */
START_TEST(an_alias_is_shown_and_left_alone)
{
    static const char text[] = "stellwerk: 1\ntitle: T\nstages:\n  - id: s\n    touchpoints:\n"
                               "      - {id: t, pains: &p [laut], gains: *p, promise: &q 90}\n"
                               "      - {id: u, promise: *q}\n";
    struct form_map map = form_map_of("map.yaml", text, strlen(text)), after;
    struct form form = form_map_form(&map, "t");
    const struct form_row *gains = form_find(&form, "t.gains");
    ck_assert_str_eq(gains->value, "[laut]");
    ck_assert(!gains->can_type);
    ck_assert(!form_check(&form_map_arena, map.journey, gains, "[leise]", &form_map_error));
    ck_assert_ptr_null(form_find(&form, "t.gains.1"));
    struct operation operation = { .verb = VERB_SET, .address = "t.pains", .value = "[leise]" };
    ck_assert(!form_map_apply(&map, &operation, &after)); /* its gains would change with it */
    form = form_map_form(&map, "u");
    ck_assert(!form_find(&form, "u.promise")->can_type);
    ck_assert_ptr_null(form_find(&form, "u.promise.score"));
}
END_TEST

Suite *mapfile_form_typing_suite(void)
{
    Suite *suite = suite_create("mapfile_form_typing");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, form_map_start, form_map_finish);
    tcase_add_loop_test(tcase, a_slip_is_told_as_the_reader_would, 0, ARRAY_LEN(refusals));
    tcase_add_loop_test(tcase, a_slip_in_what_is_added_is_told, 0, ARRAY_LEN(slips_in_adding));
    tcase_add_loop_test(tcase, a_row_offers_what_it_may_take, 0, ARRAY_LEN(offers));
    tcase_add_loop_test(tcase, a_title_is_enough_for_a_new_thing, 0, ARRAY_LEN(births));
    tcase_add_test(tcase, a_form_can_be_of_a_part);
    tcase_add_loop_test(tcase, a_look_says_what_stands_there, 0, ARRAY_LEN(looks));
    tcase_add_loop_test(tcase, what_cannot_be_has_no_form, 0, ARRAY_LEN(strangers));
    tcase_add_test(tcase, an_alias_is_shown_and_left_alone);
    tcase_add_test(tcase, what_a_library_has_is_changed_there);
    suite_add_tcase(suite, tcase);
    return suite;
}
