/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks as one edit: what is left of the map, and that it is all taken back in one step. */

#include "../suites.h"

#include <string.h>

#include <stellwerk/app/document.h>
#include <stellwerk/app/whatif.h>

static const char text[] =
    "stellwerk: 1\n"
    "title: Shop\n"
    "routes:\n"
    "  - {id: all, through: [see, ask, buy]}\n"
    "  - {id: short, through: [ask]}\n"
    "budgets:\n"
    "  - {touchpoint: ask, gap: -30} # the desk\n"
    "  - {all: true, gap: -60}\n"
    "stages:\n"
    "  - id: one\n"
    "    touchpoints:\n"
    "      - id: see\n"
    "        title: See\n"
    "        importance: 2\n"
    "        systems: [web, crm]\n"
    "        pains: [\"[slow\"]\n"
    "      - id: ask # nobody likes to\n"
    "        title: Ask\n"
    "        importance: 4\n"
    "        moment_of_truth: true\n"
    "        systems: crm\n"
    "        actions: [\"waits: long\", asks]\n"
    "        pains: [\"{queue\"]\n"
    "        quotes: [{text: \"Who: is next?\", source: desk}]\n"
    "        content: [{title: Leaflet, format: paper}]\n"
    "        activities: [ask.desk]\n"
    "        opportunities:\n"
    "          - {id: chat, title: \"Chat, at last\", status: planned}\n"
    "        experience: {all: 30}\n"
    "  - id: two\n"
    "    touchpoints:\n"
    "      - id: buy\n"
    "        title: Buy\n";

enum { SEE, ASK, BUY };

static struct document document;
static struct arena arena;
static int fates[3];

static void set_up(void)
{
    arena_init(&arena);
    struct revision *revision = revision_of_text("/nowhere/shop.yaml", NULL, text, strlen(text));
    ck_assert_ptr_nonnull(revision->journey);
    ck_assert_uint_eq(revision->findings.errors, 0);
    document_init(&document, revision, "/nowhere/journals");
    for (int i = 0; i < 3; i++)
        fates[i] = FATE_KEPT;
}

static void tear_down(void)
{
    document_abandon(&document);
    document_finish(&document);
    arena_finish(&arena);
}

static const struct journey *carry_out(void)
{
    struct operation *operations;
    size_t count;
    struct error err;
    error_init(&err);
    ck_assert_msg(whatif_operations(&arena, document.now, fates, &operations, &count, &err), "%s",
                  err.text);
    ck_assert_msg(document_do(&document, operations, count, false, &err), "%s", err.text);
    ck_assert_uint_eq(document.now->findings.errors, 0);
    return document.now->journey;
}

static void take_back(void)
{
    struct error err;
    error_init(&err);
    ck_assert_uint_eq(document.done, 1);
    ck_assert_msg(document_undo(&document, &err) != NULL, "%s", err.text);
    ck_assert_str_eq(document.now->text, text);
}

START_TEST(what_is_removed_is_named_by_nobody)
{
    fates_set(fates, 3, ASK, FATE_REMOVED);
    const struct journey *journey = carry_out();
    ck_assert_uint_eq(journey->touchpoint_count, 2);
    ck_assert_uint_eq(journey->route_count, 1);
    ck_assert_uint_eq(journey->routes[0].through.count, 2);
    ck_assert_uint_eq(journey->budget_count, 1);
    take_back();
}
END_TEST

START_TEST(what_is_merged_leaves_its_words)
{
    fates_set(fates, 3, ASK, SEE);
    const struct journey *journey = carry_out();
    const struct touchpoint *see = &journey->touchpoints[0];
    ck_assert_uint_eq(journey->touchpoint_count, 2);
    ck_assert_uint_eq(journey->routes[0].through.count, 2);
    ck_assert_uint_eq(journey->routes[1].through.count, 1);
    ck_assert_int_eq(journey->routes[1].through.items[0], 0);
    ck_assert_double_eq(see->importance, 4);
    ck_assert(see->moment_of_truth);
    ck_assert_uint_eq(see->systems.count, 2);
    ck_assert_uint_eq(see->actions.count, 2);
    ck_assert_str_eq(see->actions.items[0], "waits: long");
    ck_assert_str_eq(see->pains.items[0], "[slow");
    ck_assert_str_eq(see->pains.items[1], "{queue");
    ck_assert_str_eq(see->quotes[0].text, "Who: is next?");
    ck_assert_str_eq(see->quotes[0].source, "desk");
    ck_assert_str_eq(see->contents[0].title, "Leaflet");
    ck_assert_str_eq(see->activities.items[0], "ask.desk");
    ck_assert_str_eq(see->opportunities[0].title, "Chat, at last");
    ck_assert_uint_eq(see->experience_count, 0); /* it was said of another touchpoint */
    take_back();
}
END_TEST

START_TEST(two_go_into_a_third)
{
    fates_set(fates, 3, SEE, BUY);
    fates_set(fates, 3, ASK, BUY);
    const struct journey *journey = carry_out();
    ck_assert_uint_eq(journey->touchpoint_count, 1);
    ck_assert_uint_eq(journey->stages[0].count, 0);
    ck_assert_uint_eq(journey->touchpoints[0].systems.count, 2); /* crm once */
    ck_assert_uint_eq(journey->touchpoints[0].pains.count, 2);
    take_back();
}
END_TEST

START_TEST(all_of_it_may_go)
{
    for (int i = 0; i < 3; i++)
        fates_set(fates, 3, i, FATE_REMOVED);
    ck_assert_uint_eq(carry_out()->touchpoint_count, 0);
    take_back();
}
END_TEST

START_TEST(marks_follow_the_map)
{
    struct whatif whatif = { 0 };
    const struct journey *journey = document.now->journey;
    whatif_follow(&whatif, NULL, journey);
    ck_assert(whatif_is_empty(&whatif));
    fates_set(whatif.fates, whatif.count, ASK, BUY);
    struct revision *before = revision_hold(document.now);
    fates_set(fates, 3, SEE, FATE_REMOVED);
    whatif_follow(&whatif, journey, carry_out());
    ck_assert_uint_eq(whatif.count, 2);
    ck_assert_int_eq(whatif.fates[0], 1); /* ask into buy, a place further to the left */
    whatif_follow(&whatif, document.now->journey, before->journey);
    ck_assert_int_eq(whatif.fates[ASK], BUY);
    whatif_clear(&whatif);
    ck_assert(whatif_is_empty(&whatif));
    revision_release(before);
    whatif_finish(&whatif);
}
END_TEST

Suite *app_whatif_suite(void)
{
    Suite *suite = suite_create("app_whatif");
    TCase *tests = tcase_create("whatif");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_removed_is_named_by_nobody);
    tcase_add_test(tests, what_is_merged_leaves_its_words);
    tcase_add_test(tests, two_go_into_a_third);
    tcase_add_test(tests, all_of_it_may_go);
    tcase_add_test(tests, marks_follow_the_map);
    suite_add_tcase(suite, tests);
    return suite;
}
