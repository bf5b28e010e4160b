/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a case among all, and all that is known of it. */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/store/cases.h>
#include <stellwerk/store/import.h>

#include "store/little_map.h"

static const char events[] =
    "ts,case_id,person_id,activity,touchpoint,channel,persona,variant,value,currency,cost,outcome\n"
    "2026-01-01T08:00:00,a,,look,search,web,anna,one,,,0.5,\n"
    "2026-01-01T08:00:00,a,,click,search,web,,,,,,\n"
    "2026-01-03T09:30:00,a,,chat,,letter,,,,,,angry\n"
    "2026-01-04T10:00:00,a,,pay,elsewhere,web,,,12.5,EUR,,\n"
    "2026-01-05T10:00:00,a,,look,platform,,,,,,,\n"
    "2026-01-01T08:00:00,b,,look,search,web,helga,,,,,\n"
    "2026-01-01T08:00:00,b,,look,platform,web,,,,,,\n"
    "2026-01-01T08:00:00,c,,look,search,,,,,,,\n";
static const char answers[] =
    "ts,case_id,person_id,touchpoint,metric,kind,value,scale_min,scale_max,text\n"
    "2026-01-05T11:00:00,a,p,platform,csat,experience,2,1,5,\"Late, again\"\n"
    "2026-01-01T09:00:00,a,p,search,csat,expectation,4,1,5,\n"
    "2026-01-01T09:00:00,a,p,nowhere,other,experience,4,,,\n"
    "2026-01-01T09:00:00,b,p,search,csat,experience,5,1,5,\n";

static struct store *store;
static struct case_found found;
static struct story story;

static void set_up(void)
{
    little_map_set_up();
    add_metric((struct metric){ .id = "csat", .type = METRIC_CSAT, .source = SOURCE_ANSWER });
    import_text(events);
    const char *file =
        fixture_write(&fixture, "answers.csv", answers, strlen(answers));
    struct import_report report;
    struct import_options options = { .as = IMPORT_ANSWERS };
    ck_assert_msg(fixture_try(&fixture, file, &options, &report), "%s", fixture.err.text);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
}

static void tear_down(void)
{
    store_close(store);
    little_map_tear_down();
}

static void find(struct case_wish wish)
{
    wish.sequences = (struct sequence_wish){ .journey = &journey, .lens = &lens, .channel = NONE };
    ck_assert_msg(store_case_find(&fixture.arena, store, &wish, &found, &fixture.err), "%s",
                  fixture.err.text);
}

static void tell(const char *id)
{
    find((struct case_wish){ .id = id });
    ck_assert_uint_gt(found.sequence.count, 0);
    ck_assert_msg(store_story_read(&fixture.arena, store, &journey, &found, &story, &fixture.err),
                  "%s", fixture.err.text);
}

static void check_story(void)
{
    tell("a");
    ck_assert_str_eq(story.id, "a");
    ck_assert_uint_eq(story.event_count, 5);
    ck_assert_int_eq(story.events[0].touchpoint, SEARCH);
    ck_assert_str_eq(story.events[0].activity, "look");
    ck_assert_str_eq(story.events[1].activity, "click"); /* one instant: as in the file */
    ck_assert_double_eq(story.events[0].cost, 0.5);
    ck_assert(isnan(story.events[0].value));
    ck_assert_int_eq(story.events[2].touchpoint, NONE);
    ck_assert_int_eq(story.events[2].channel, NONE);
    ck_assert_str_eq(story.events[2].channel_name, "letter");
    ck_assert_str_eq(story.events[2].outcome, "angry");
    /* On a touchpoint that this map does not have. */
    ck_assert_int_eq(story.events[3].touchpoint, NONE);
    ck_assert_double_eq(story.events[3].value, 12.5);
    ck_assert_str_eq(story.events[3].currency, "EUR");
    ck_assert_ptr_null(story.events[4].channel_name);
    ck_assert_uint_eq(story.answer_count, 3);
    ck_assert_str_eq(story.answers[0].kind, "expectation");
    ck_assert_double_eq(story.answers[0].score, 75);
    ck_assert_int_eq(story.answers[1].metric, NONE);
    ck_assert(isnan(story.answers[1].score));
    ck_assert_str_eq(story.answers[2].text, "Late, again");
    ck_assert_double_eq(story.answers[2].score, 25);
    ck_assert_int_eq(found.sequence.persona, ANNA);
    ck_assert_str_eq(found.names.variants[found.sequence.variant], "one");
}

START_TEST(test_a_story)
{
    check_story();
}
END_TEST

START_TEST(test_the_same_without_sequences)
{
    store_close(store);
    fixture_change(&fixture, "UPDATE derived SET version = 0 WHERE name = 'sequences'");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    check_story();
}
END_TEST

/* All began at one instant: a name must not be taken for another's. */
START_TEST(test_cases_of_one_instant)
{
    tell("b");
    ck_assert_uint_eq(story.event_count, 2);
    ck_assert_uint_eq(story.answer_count, 1);
    tell("c");
    ck_assert_str_eq(story.id, "c");
    ck_assert_uint_eq(story.event_count, 1);
    ck_assert_uint_eq(story.answer_count, 0);
}
END_TEST

START_TEST(test_a_case_that_is_not_there)
{
    find((struct case_wish){ .id = "nobody" });
    ck_assert_uint_eq(found.sequence.count, 0);
    ck_assert_uint_eq(found.matches, 0);
}
END_TEST

static bool begins_with_search(const struct sequence *sequence, void *data)
{
    (void)data;
    return sequence->steps[0].step == SEARCH;
}

START_TEST(test_cases_by_their_place)
{
    uint64_t keys[3];
    for (uint64_t i = 0; i < 3; i++) {
        find((struct case_wish){ .test = begins_with_search, .place = i });
        ck_assert_uint_eq(found.matches, 3);
        ck_assert_uint_eq(found.place, i);
        keys[i] = found.sequence.key;
    }
    ck_assert(keys[0] != keys[1] && keys[1] != keys[2] && keys[0] != keys[2]);
    find((struct case_wish){ .test = begins_with_search, .place = 99 });
    ck_assert_uint_eq(found.place, 2);
    ck_assert_uint_eq(found.sequence.key, keys[2]);
}
END_TEST

Suite *store_story_suite(void)
{
    Suite *suite = suite_create("store_story");
    TCase *tests = tcase_create("story");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_a_story);
    tcase_add_test(tests, test_the_same_without_sequences);
    tcase_add_test(tests, test_cases_of_one_instant);
    tcase_add_test(tests, test_a_case_that_is_not_there);
    tcase_add_test(tests, test_cases_by_their_place);
    suite_add_tcase(suite, tests);
    return suite;
}
