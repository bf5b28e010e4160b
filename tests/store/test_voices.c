/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/voices.h>

#include "store/little_map.h"

static struct channel channels[] = { { .id = "forum" }, { .id = "web" } };
static struct arena heard;
static struct voices voices;

/* `search` is ours, on the web; `platform` is a forum, which is earned. */
static void set_up(void)
{
    little_map_set_up();
    arena_init(&heard);
    journey.channels = channels;
    journey.channel_count = 2;
    journey.touchpoints[SEARCH].channel = 1;
    journey.touchpoints[SEARCH].media = MEDIA_OWNED;
    journey.touchpoints[PLATFORM].channel = 0;
    journey.touchpoints[PLATFORM].media = MEDIA_EARNED;
}

static void tear_down(void)
{
    arena_finish(&heard);
    little_map_tear_down();
}

#define HEAD "response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max,channel,text\n"

static void import_answers(const char *text)
{
    fixture_import(&fixture, text, &(struct import_options){ .as = IMPORT_ANSWERS });
}

static void listen(void)
{
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_voices(&heard, store, &journey, &lens, &voices, &fixture.err), "%s",
                  fixture.err.text);
    store_close(store);
}

START_TEST(what_is_said_in_earned_media_is_heard)
{
    import_answers(HEAD "1,2026-01-01,platform,stars,experience,4,1,5,,Fine\n"
                        "2,2026-01-02,platform,stars,experience,4,1,5,web,\n"
                        "3,2026-01-03,platform,stars,experience,1,1,5,,\n"
                        "4,2026-01-04,search,stars,experience,2,1,5,forum,Late\n"
                        "5,2026-01-05,search,stars,experience,5,1,5,web,not earned\n"
                        "6,2026-01-06,platform,stars,expectation,5,1,5,,not asked\n"
                        "7,2026-01-07,platform,stars,experience,5,,,,no scale\n");
    listen();
    ck_assert_uint_eq(voices.count, 2);
    const struct rating *ours = &voices.items[0], *forum = &voices.items[1];
    ck_assert_int_eq(ours->touchpoint, SEARCH);
    ck_assert_uint_eq(ours->n, 1);
    ck_assert_str_eq(ours->verbatims[0].text, "Late");
    ck_assert_int_eq(forum->touchpoint, PLATFORM);
    ck_assert_str_eq(forum->metric, "stars");
    ck_assert_uint_eq(forum->n, 3);
    ck_assert_uint_eq(forum->bin_count, 2);
    ck_assert_double_eq(forum->bins[0].value, 1);
    ck_assert_uint_eq(forum->bins[1].count, 2);
    ck_assert_double_eq(forum->scale_min, 1);
    ck_assert_double_eq(forum->scale_max, 5);
    ck_assert_int_eq(forum->oldest, instant("2026-01-01"));
    ck_assert_int_eq(forum->newest, instant("2026-01-03"));
    ck_assert(!forum->promises);
}
END_TEST

START_TEST(scales_kinds_and_questions_are_voices_of_their_own)
{
    import_answers(HEAD "1,2026-01-01,platform,stars,experience,4,1,5,,\n"
                        "2,2026-01-01,platform,stars,experience,4,1,5,,\n"
                        "3,2026-01-02,platform,stars,experience,4,0,10,,\n"
                        "4,2026-01-03,platform,stars,promise,4,1,5,,\n"
                        "5,2026-01-04,platform,other,experience,4,1,5,,\n"
                        "6,2026-01-05,nowhere,stars,experience,4,1,5,forum,\n");
    listen();
    ck_assert_uint_eq(voices.count, 5);
    ck_assert_uint_eq(voices.items[0].n, 2); /* the one with most answers first */
    ck_assert_int_eq(voices.items[4].touchpoint, NONE);
    bool promised = false;
    for (size_t i = 0; i < voices.count; i++)
        promised |= voices.items[i].promises;
    ck_assert(promised);
}
END_TEST

START_TEST(the_newest_words_come_first_and_few)
{
    import_answers(HEAD "1,2026-01-01,platform,stars,experience,1,1,5,,one\n"
                        "2,2026-01-04,platform,stars,experience,4,1,5,,four\n"
                        "3,2026-01-02,platform,stars,experience,2,1,5,,two\n"
                        "4,2026-01-03,platform,stars,experience,,1,5,,three\n"
                        "5,2026-01-05,platform,stars,experience,5,1,5,,\n");
    listen();
    ck_assert_uint_eq(voices.count, 1);
    const struct rating *voice = &voices.items[0];
    ck_assert_uint_eq(voice->n, 4);
    ck_assert_uint_eq(voice->verbatim_count, VOICE_VERBATIMS);
    ck_assert_str_eq(voice->verbatims[0].text, "four");
    ck_assert_double_eq(voice->verbatims[0].value, 4);
    ck_assert_str_eq(voice->verbatims[1].text, "three");
    ck_assert_double_nan(voice->verbatims[1].value);
    ck_assert_str_eq(voice->verbatims[2].text, "two");
}
END_TEST

START_TEST(lens_chooses_where_it_can)
{
    import_answers("response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max,persona\n"
                   "1,2026-01-01,platform,stars,experience,4,1,5,anna\n"
                   "2,2026-02-01,platform,stars,experience,4,1,5,helga\n"
                   "3,2026-02-02,platform,stars,experience,4,1,5,\n");
    lens.persona = ANNA;
    lens.context = HURRIED;
    listen();
    ck_assert_uint_eq(voices.items[0].n, 1);
    ck_assert(!voices.persona_ignored);
    ck_assert(voices.context_ignored);
    lens.persona = NONE;
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-02-01"), day("2026-02-28") };
    listen();
    ck_assert_uint_eq(voices.items[0].n, 2);
    lens.period = (struct period){ PERIOD_CUSTOM, day("2027-02-01"), day("2027-02-28") };
    listen();
    ck_assert_uint_eq(voices.count, 0);
}
END_TEST

START_TEST(a_channel_that_is_ours_too_is_not_earned)
{
    journey.touchpoints[SEARCH].channel = 0;
    import_answers(HEAD "1,2026-01-04,search,stars,experience,2,1,5,forum,Late\n");
    listen();
    ck_assert_uint_eq(voices.count, 0);
}
END_TEST

START_TEST(what_was_promised_is_heard_wherever_it_was_asked)
{
    import_answers(HEAD "1,2026-01-01,search,claim,promise,5,1,5,web,\n"
                        "2,2026-01-03,search,claim,promise,3,1,5,,\n"
                        "3,2026-01-02,search,other,promise,10,0,10,,\n"
                        "4,2026-01-04,search,claim,promise,,1,5,,no value\n"
                        "5,2026-01-05,search,claim,promise,4,,,,no scale\n"
                        "6,2026-01-06,search,claim,expectation,1,1,5,,not asked\n"
                        "7,2026-01-07,nowhere,claim,promise,1,1,5,,\n"
                        "8,2026-01-08,platform,claim,promise,1,1,5,,earned too\n");
    listen();
    ck_assert_uint_eq(voices.heard_count, journey.touchpoint_count);
    const struct heard *search = &voices.heard[SEARCH];
    ck_assert_uint_eq(search->n, 3); /* 100, 50 and 100 */
    ck_assert_double_eq_tol(search->scores.mean, 250.0 / 3, 1e-12);
    ck_assert_int_eq(search->oldest, instant("2026-01-01"));
    ck_assert_int_eq(search->newest, instant("2026-01-03"));
    ck_assert_uint_eq(voices.heard[PLATFORM].n, 1);
    ck_assert_double_eq(voices.heard[PLATFORM].scores.mean, 0);
    ck_assert_uint_eq(voices.count, 1); /* the one in the forum alone is earned */
}
END_TEST

START_TEST(the_lens_chooses_of_promises_by_themselves)
{
    import_answers("response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max,persona\n"
                   "1,2026-01-01,platform,stars,experience,4,1,5,anna\n"
                   "2,2026-01-01,search,claim,promise,4,1,5,\n");
    lens.persona = ANNA;
    listen();
    ck_assert_uint_eq(voices.heard[SEARCH].n, 1);
    ck_assert(voices.heard_persona_ignored);
    ck_assert(!voices.persona_ignored);
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-02-01"), day("2026-02-28") };
    listen();
    ck_assert_uint_eq(voices.heard[SEARCH].n, 0);
}
END_TEST

Suite *store_voices_suite(void)
{
    Suite *suite = suite_create("store_voices");
    TCase *tests = tcase_create("voices");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, what_is_said_in_earned_media_is_heard);
    tcase_add_test(tests, scales_kinds_and_questions_are_voices_of_their_own);
    tcase_add_test(tests, the_newest_words_come_first_and_few);
    tcase_add_test(tests, lens_chooses_where_it_can);
    tcase_add_test(tests, a_channel_that_is_ours_too_is_not_earned);
    tcase_add_test(tests, what_was_promised_is_heard_wherever_it_was_asked);
    tcase_add_test(tests, the_lens_chooses_of_promises_by_themselves);
    suite_add_tcase(suite, tests);
    return suite;
}
