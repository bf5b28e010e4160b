/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/insight/contents.h>

enum { ANNA, KARL, PERSONAS };
enum { SEARCH, BOOK, RIDE, TOUCHPOINTS };

static int anna[] = { ANNA };
static int karl[] = { KARL };
static struct persona personas[PERSONAS];
static struct stage stages[] = { { .first = 0, .count = 2 }, { .first = 2, .count = 1 } };
static struct content search[2], booking[1];
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct journey journey;
static struct arena arena;

#define FOR(who)                                                                                   \
    {                                                                                              \
        .items = (who), .count = ARRAY_LEN(who)                                                    \
    }

static void setup(void)
{
    arena_init(&arena);
    search[0] = (struct content){ .title = "Spot",
                                  .tone = "warm",
                                  .rhythm = "daily",
                                  .personas = FOR(anna),
                                  .status = CONTENT_LIVE };
    search[1] = (struct content){ .title = "Prices",
                                  .tone = "plain",
                                  .rhythm = "once",
                                  .personas = FOR(karl),
                                  .status = CONTENT_PLANNED };
    booking[0] = (struct content){
        .title = "Mail", .tone = "Plain", .rhythm = "once", .status = CONTENT_LIVE
    };
    touchpoints[SEARCH] = (struct touchpoint){ .contents = search, .content_count = 2 };
    touchpoints[BOOK] = (struct touchpoint){ .contents = booking, .content_count = 1 };
    touchpoints[RIDE] = (struct touchpoint){ .stage = 1 };
    journey = (struct journey){
        .personas = personas,
        .persona_count = PERSONAS,
        .stages = stages,
        .stage_count = ARRAY_LEN(stages),
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
    };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static const struct content_plan *plan(void)
{
    return content_plan_new(&arena, &journey);
}

START_TEST(contents_are_counted_where_they_are)
{
    const struct content_plan *found = plan();
    ck_assert_uint_eq(found->count, 3);
    ck_assert_uint_eq(found->counts[CONTENT_LIVE], 2);
    ck_assert_uint_eq(found->counts[CONTENT_PLANNED], 1);
    ck_assert_int_eq(found->items[2].touchpoint, BOOK);
    ck_assert_uint_eq(found->without.count, 1);
    ck_assert_int_eq(found->without.items[0], RIDE);
}
END_TEST

START_TEST(what_names_nobody_is_for_all)
{
    ck_assert(content_is_for(&booking[0], ANNA));
    ck_assert(content_is_for(&search[0], ANNA));
    ck_assert(!content_is_for(&search[0], KARL));
}
END_TEST

/* Anna has the warm spot and the plain mail; Karl has plain alone, whatever its case. */
START_TEST(one_reader_meets_two_tones)
{
    const struct content_plan *found = plan();
    ck_assert_uint_eq(found->clash_count, 2);
    const struct clash *tone = &found->clashes[0];
    ck_assert_int_eq(tone->kind, CLASH_TONE);
    ck_assert_uint_eq(tone->count, 2);
    ck_assert_uint_eq(tone->voices[1].count, 2);
    ck_assert_str_eq(tone->voices[1].word, "plain");
    ck_assert_uint_eq(tone->personas.count, 1);
    ck_assert_int_eq(tone->personas.items[0], ANNA);
    ck_assert_int_eq(found->clashes[1].kind, CLASH_RHYTHM);
}
END_TEST

START_TEST(nobody_meets_both)
{
    booking[0].personas = (struct indices)FOR(karl);
    ck_assert_uint_eq(plan()->clash_count, 0);
    journey.persona_count = 0; /* then whoever reads meets both */
    ck_assert_uint_eq(plan()->clash_count, 2);
}
END_TEST

START_TEST(what_is_missing_has_no_voice_yet)
{
    search[0].status = CONTENT_MISSING;
    ck_assert_uint_eq(plan()->clash_count, 0);
    search[0].status = CONTENT_LIVE;
    search[0].tone = NULL;
    search[0].rhythm = "";
    ck_assert_uint_eq(plan()->clash_count, 0);
}
END_TEST

START_TEST(no_content_at_all)
{
    touchpoints[SEARCH].content_count = touchpoints[BOOK].content_count = 0;
    const struct content_plan *found = plan();
    ck_assert_uint_eq(found->count, 0);
    ck_assert_uint_eq(found->without.count, 3);
}
END_TEST

Suite *insight_contents_suite(void)
{
    Suite *suite = suite_create("insight_contents");
    TCase *tests = tcase_create("contents");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, contents_are_counted_where_they_are);
    tcase_add_test(tests, what_names_nobody_is_for_all);
    tcase_add_test(tests, one_reader_meets_two_tones);
    tcase_add_test(tests, nobody_meets_both);
    tcase_add_test(tests, what_is_missing_has_no_voice_yet);
    tcase_add_test(tests, no_content_at_all);
    suite_add_tcase(suite, tests);
    return suite;
}
