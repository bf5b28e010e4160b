/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/paths.h>
#include <stellwerk/store/import.h>
#include <stellwerk/store/sequences.h>

#include "store/little_map.h"
#include "support.h"

static struct channel channels[] = { { .id = "web" }, { .id = "phone" } };
static struct sequence_wish wish;
static struct sequence_names names;
static struct str told;

static void set_up(void)
{
    little_map_set_up();
    journey.channels = channels;
    journey.channel_count = 2;
    wish = (struct sequence_wish){ .journey = &journey, .lens = &lens, .channel = NONE };
    str_init(&told);
}

static void tear_down(void)
{
    str_finish(&told);
    little_map_tear_down();
}

/* "step@day.channel" of each step, cases in order of their first letters. */
static bool tell(const struct sequence *sequence, void *data)
{
    struct str *text = data;
    for (size_t i = 0; i < sequence->count; i++) {
        const struct sequence_step *step = &sequence->steps[i];
        str_printf(text, "%s%d@%d", i > 0 ? " " : "", (int)step->step,
                   (int)(time_day(step->ts) - day("2026-01-01")));
        if (step->channel != NONE)
            str_printf(text, ".%d", (int)step->channel);
    }
    str_append(text, "|");
    return true;
}

static void read_with(sequence_taker *take, void *data)
{
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_sequences_read(&fixture.arena, store, &wish, take, data, &names,
                                       &fixture.err),
                  "%s", fixture.err.text);
    store_close(store);
}

static void ck_told(const char *expected)
{
    str_clear(&told);
    read_with(tell, &told);
    ck_assert_str_eq(told.text, expected);
}

static const char events[] =
    "ts,case_id,person_id,activity,touchpoint,channel,persona,context,variant\n"
    "2026-01-03,a,,look,platform,phone,,,\n"
    "2026-01-01,a,,look,search,web,anna,,\n"
    "2026-01-02,a,,chat,,letter,helga,hurried,\n"
    "2026-01-05,b,,look,search,,helga,,blue\n"
    "2026-01-05,b,,sleep,hotel,,,,red\n"
    "2026-01-05,b,,chat,,web,,,\n";

START_TEST(test_cases)
{
    import_text(events);
    ck_told("0@0.0 2@1.2 1@2.1|0@4 3@4 2@4.0|");
    ck_assert_uint_eq(names.activity_count, 2);
    ck_assert_str_eq(names.activities[0], "chat");
    ck_assert_str_eq(names.activities[1], "sleep");
    ck_assert_uint_eq(names.channel_count, 1);
    ck_assert_str_eq(names.channels[0], "letter");
}
END_TEST

START_TEST(test_the_lens)
{
    import_text(events);
    lens.persona = ANNA; /* the first that the case says */
    ck_told("0@0.0 2@1.2 1@2.1|");
    lens.persona = HELGA;
    ck_told("0@4 3@4 2@4.0|");
    lens.persona = NONE;
    lens.context = RELAXED;
    ck_told("");
    ck_assert(!names.context_ignored);
    lens.context = NONE;
    wish.variant = "blue";
    ck_told("0@4 3@4 2@4.0|");
    wish.variant = "red";
    ck_told("");
    wish.variant = NULL;
    wish.channel = 1;
    ck_told("0@0.0 2@1.2 1@2.1|");
    wish.channel = NONE;
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-01-02"), day("2026-01-05") };
    ck_told("0@4 3@4 2@4.0|"); /* the other case began before */
}
END_TEST

START_TEST(test_what_nobody_says)
{
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,a,look,search\n");
    lens.persona = ANNA;
    lens.context = HURRIED;
    ck_told("0@0|");
    ck_assert(names.persona_ignored && names.context_ignored);
}
END_TEST

/* Ties keep the order of the file, whatever the order in which files come. */
START_TEST(test_order)
{
    import_text("ts,case_id,activity,touchpoint\n"
                "2026-01-02,a,one,platform\n2026-01-02,a,two,search\n2026-01-02,a,three,\n");
    import_text("ts,case_id,activity,touchpoint\n"
                "2026-01-02,a,four,search\n2026-01-01,a,five,\n");
    ck_told("2@0 1@1 0@1 3@1 0@1|");
    ck_assert_str_eq(names.activities[0], "five");
    ck_assert_str_eq(names.activities[1], "three");
}
END_TEST

START_TEST(test_persons_without_cases)
{
    import_text("ts,case_id,person_id,activity,touchpoint\n"
                "2026-01-01,,p,look,search\n"
                "2026-01-02,,p,look,platform\n"
                "2026-03-01,,p,look,search\n"
                "2026-01-01,p,,look,platform\n");
    str_clear(&told);
    read_with(tell, &told);
    ck_assert_ptr_nonnull(strstr(told.text, "0@0 1@1|"));
    ck_assert_ptr_nonnull(strstr(told.text, "0@59|"));
    ck_assert_ptr_nonnull(strstr(told.text, "1@0|"));
}
END_TEST

static bool take_one(const struct sequence *sequence, void *data)
{
    (void)sequence;
    ++*(int *)data;
    return false;
}

START_TEST(test_no_more)
{
    int taken = 0;
    import_text(events);
    read_with(take_one, &taken);
    ck_assert_int_eq(taken, 1);
}
END_TEST

START_TEST(test_span)
{
    struct sequence_span span;
    struct store *store;
    import_text(events);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(store_sequences_span(store, &span, &fixture.err));
    store_close(store);
    ck_assert_int_eq(span.oldest, instant("2026-01-01"));
    ck_assert_int_eq(span.newest, instant("2026-01-05"));
    ck_assert_int_eq(span.case_window, IMPORT_CASE_WINDOW);
}
END_TEST

/* From the file to the arcs that others have counted. */
START_TEST(test_the_permit_log)
{
    char *file = shared_path("data/receipt.csv");
    skip_unless(file != NULL, "data/receipt.csv is missing");
    struct import_report report;
    struct import_options options = { .preset = "xes" };
    ck_assert_msg(fixture_try(&fixture, file, &options, &report), "%s", fixture.err.text);
    struct paths_builder *builder = paths_create(&(struct paths_options){
        .journey = &journey, .route = NONE, .goal = NONE, .as_of = report.newest,
        .close_after = IMPORT_CASE_WINDOW, .variants = 1,
    });
    read_with(paths_add, builder);
    struct paths got = paths_finish(&fixture.arena, builder);
    ck_assert_uint_eq(got.cases, 1434);
    ck_assert_uint_eq(got.events, 8577);
    ck_assert_uint_eq(got.follows_count, 99);
    ck_assert_uint_eq(got.follows, 7143);
    ck_assert_uint_eq(got.variants_in_all, 116);
    ck_assert_uint_eq(names.activity_count, 27);
    free(file);
}
END_TEST

Suite *store_sequences_suite(void)
{
    Suite *suite = suite_create("store_sequences");
    TCase *tests = tcase_create("sequences");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_cases);
    tcase_add_test(tests, test_the_lens);
    tcase_add_test(tests, test_what_nobody_says);
    tcase_add_test(tests, test_order);
    tcase_add_test(tests, test_persons_without_cases);
    tcase_add_test(tests, test_no_more);
    tcase_add_test(tests, test_span);
    tcase_add_test(tests, test_the_permit_log);
    suite_add_tcase(suite, tests);
    return suite;
}
