/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/paths.h>
#include <stellwerk/store/import.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/sequences.h>
#include <stellwerk/store/upkeep.h>

#include "store/little_map.h"
#include "support.h"

static struct channel channels[] = { { .id = "web" }, { .id = "phone" } };
static struct sequence_wish wish;
static struct sequence_names names;
static struct str told;

/* What was handed out; its names are known at the end. */
static struct {
    struct sequence_step steps[256];
    size_t ends[32];
    size_t count, step_count;
} heard;

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

static bool hear(const struct sequence *sequence, void *data)
{
    (void)data;
    memcpy(&heard.steps[heard.step_count], sequence->steps,
           sequence->count * sizeof(*sequence->steps));
    heard.step_count += sequence->count;
    heard.ends[heard.count++] = heard.step_count;
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

static const char *step_name(int step)
{
    return step < 2 ? journey.touchpoints[step].id : names.activities[step - 2];
}

static const char *channel_name(int channel)
{
    return channel < 2 ? channels[channel].id : names.channels[channel - 2];
}

/* "step@day.channel" of each step. */
static const char *case_text(size_t index)
{
    struct str text;
    str_init(&text);
    for (size_t i = index > 0 ? heard.ends[index - 1] : 0; i < heard.ends[index]; i++) {
        const struct sequence_step *step = &heard.steps[i];
        str_printf(&text, "%s@%d", step_name(step->step),
                   (int)(time_day(step->ts) - day("2026-01-01")));
        if (step->channel != NONE)
            str_printf(&text, ".%s", channel_name(step->channel));
        str_append(&text, " ");
    }
    str_append(&text, "| ");
    const char *copy = arena_strdup(&fixture.arena, text.text);
    str_finish(&text);
    return copy;
}

static int compare_texts(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void read_told(void)
{
    const char *cases[ARRAY_LEN(heard.ends)];
    heard.count = heard.step_count = 0;
    read_with(hear, NULL);
    for (size_t i = 0; i < heard.count; i++)
        cases[i] = case_text(i);
    if (heard.count > 0)
        qsort(cases, heard.count, sizeof(*cases), compare_texts);
    str_clear(&told);
    for (size_t i = 0; i < heard.count; i++)
        str_append(&told, cases[i]);
}

/* Cases in order of their texts; the same from the sequences that are kept and from the rows. */
static void ck_told(const char *expected)
{
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT version FROM derived WHERE name = 'sequences'"),
                     "3");
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM sequence_stale"), "0");
    read_told();
    ck_assert_str_eq(told.text, expected);
    fixture_change(&fixture, "UPDATE derived SET version = 0 WHERE name = 'sequences'");
    read_told();
    ck_assert_str_eq(told.text, expected);
    fixture_change(&fixture, "UPDATE derived SET version = 3 WHERE name = 'sequences'");
}

static const char events[] =
    "ts,case_id,person_id,activity,touchpoint,channel,persona,context,variant\n"
    "2026-01-03,a,,look,platform,phone,,,\n"
    "2026-01-01,a,,look,search,web,anna,,\n"
    "2026-01-02,a,,chat,,letter,helga,hurried,\n"
    "2026-01-05,b,,look,search,,helga,,blue\n"
    "2026-01-05,b,,sleep,hotel,,,,red\n"
    "2026-01-05,b,,chat,,web,,,\n";

#define CASE_A "search@0.web chat@1.letter platform@2.phone | "
#define CASE_B "search@4 sleep@4 chat@4.web | "

START_TEST(test_cases)
{
    import_text(events);
    ck_told(CASE_A CASE_B);
    ck_assert_uint_eq(names.activity_count, 2);
    ck_assert_uint_eq(names.channel_count, 1);
}
END_TEST

START_TEST(test_the_lens)
{
    import_text(events);
    lens.persona = ANNA; /* the first that the case says */
    ck_told(CASE_A);
    lens.persona = HELGA;
    ck_told(CASE_B);
    lens.persona = NONE;
    lens.context = RELAXED;
    ck_told("");
    ck_assert(!names.context_ignored);
    lens.context = NONE;
    wish.variant = "blue";
    ck_told(CASE_B);
    wish.variant = "red";
    ck_told("");
    wish.variant = NULL;
    wish.channel = 1;
    ck_told(CASE_A);
    wish.channel = NONE;
    lens.period = (struct period){ PERIOD_CUSTOM, day("2026-01-02"), day("2026-01-05") };
    ck_told(CASE_B); /* the other case began before */
}
END_TEST

START_TEST(test_what_nobody_says)
{
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,a,look,search\n");
    lens.persona = ANNA;
    lens.context = HURRIED;
    ck_told("search@0 | ");
    ck_assert(names.persona_ignored && names.context_ignored);
}
END_TEST

/* Ties keep the order of the file, and of files, whatever the order of times in them. */
START_TEST(test_order)
{
    import_text("ts,case_id,activity,touchpoint\n"
                "2026-01-02,a,one,platform\n2026-01-02,a,two,search\n2026-01-02,a,three,\n");
    import_text("ts,case_id,activity,touchpoint\n"
                "2026-01-02,a,four,search\n2026-01-01,a,five,\n");
    ck_told("five@0 platform@1 search@1 three@1 search@1 | ");
}
END_TEST

START_TEST(test_persons_without_cases)
{
    import_text("ts,case_id,person_id,activity,touchpoint\n"
                "2026-01-01,,p,look,search\n"
                "2026-01-02,,p,look,platform\n"
                "2026-03-01,,p,look,search\n"
                "2026-01-01,p,,look,platform\n");
    ck_told("platform@0 | search@0 platform@1 | search@59 | ");
    /* One that comes late joins two cases into one. */
    import_text("ts,case_id,person_id,activity,touchpoint\n2026-01-30,,p,look,\n");
    ck_told("platform@0 | search@0 platform@1 look@29 search@59 | ");
}
END_TEST

/* A row that comes again and says more changes what is kept. */
START_TEST(test_updates)
{
    import_text("ts,case_id,event_id,activity,touchpoint\n"
                "2026-01-01,a,1,look,\n2026-01-02,a,2,look,search\n");
    ck_told("look@0 search@1 | ");
    import_text("ts,case_id,event_id,activity,touchpoint,persona\n"
                "2026-01-01,a,1,look,platform,anna\n");
    ck_told("platform@0 search@1 | ");
    lens.persona = ANNA;
    ck_told("platform@0 search@1 | ");
}
END_TEST

static void import_cases(int count)
{
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,event_id,activity,touchpoint\n");
    for (int i = 0; i < count; i++)
        str_printf(&text, "2026-01-%02d,c%d,e%d,look,%s\n", 1 + i % 28, i % 12, i,
                   i % 3 == 0 ? "" : "search");
    import_text(text.text);
    str_finish(&text);
}

static const char *first_run(void)
{
    return fixture_ask(&fixture, "SELECT group_concat(hex(cases)) FROM sequence_part"
                                 " WHERE run = 1");
}

/* The others stay where they are: what is written is a run of one case. */
START_TEST(test_only_the_cases_concerned_are_made_anew)
{
    import_cases(48);
    const char *before = first_run();
    int64_t bytes = atoi(fixture_ask(&fixture, "SELECT sum(length(cases)) FROM sequence_part"));
    import_text("ts,case_id,event_id,activity,touchpoint\n2026-01-08,c7,e7,look,platform\n");
    ck_assert_str_eq(first_run(), before);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM sequence_run"), "2");
    ck_assert_int_lt(atoi(fixture_ask(&fixture, "SELECT sum(length(cases)) FROM sequence_part"
                                                " WHERE run = 2")),
                     bytes / 6);
    read_told();
    ck_assert_ptr_nonnull(strstr(told.text, "platform@7"));
    ck_told(arena_strdup(&fixture.arena, told.text));
}
END_TEST

/* Events that change what they say, while others come. */
START_TEST(test_changes_in_any_order)
{
    unsigned seed = 5;
    struct str text;
    str_init(&text);
    import_cases(48);
    for (int round = 0; round < 20; round++) {
        str_clear(&text);
        str_append(&text, "event_id,ts,case_id,activity,touchpoint,persona,outcome\n");
        for (int i = 0; i < 3; i++) {
            seed = seed * 1103515245u + 12345u;
            unsigned chance = seed >> 8;
            unsigned number = chance % 60;
            str_printf(&text, "e%u,2026-01-%02u,c%u,look,%s,%s,%s\n", number, 1 + number % 28,
                       number % 12, chance / 60 % 2 == 0 ? "platform" : "search",
                       chance / 120 % 3 == 0 ? "anna" : "", chance % 7 == 0 ? "solved" : "");
        }
        import_text(text.text);
        read_told();
        ck_told(arena_strdup(&fixture.arena, told.text));
    }
    ck_assert_str_ne(fixture_ask(&fixture, "SELECT sum(updated) FROM batch"), "0");
    str_finish(&text);
}
END_TEST

START_TEST(test_cases_that_are_gone)
{
    struct store *store;
    struct store_pruned pruned;
    import_text("ts,case_id,activity,touchpoint\n2026-01-01,a,look,search\n"
                "2026-01-02,b,look,search\n2026-01-09,b,look,platform\n");
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_prune(store,
                              &(struct store_prune){ .by_day = true, .before = day("2026-01-05") },
                              &pruned, &fixture.err),
                  "%s", fixture.err.text);
    store_close(store);
    ck_assert_uint_eq(pruned.events, 2);
    ck_told("platform@8 | ");
    import_text("ts,case_id,activity,touchpoint\n2026-01-03,a,look,search\n");
    ck_told("platform@8 | search@2 | ");
}
END_TEST

/* Many small imports in any order come to what all rows come to. */
START_TEST(test_portions)
{
    struct str text;
    str_init(&text);
    for (int i = 0; i < 40; i++) {
        int place = i * 27 % 40;
        str_clear(&text);
        str_append(&text, "ts,case_id,activity,touchpoint,persona\n");
        str_printf(&text, "%s,c%d,a%d,%s,%s\n",
                   time_day_iso(&fixture.arena, day("2026-01-01") + place / 3), place % 4,
                   place % 5, place % 3 == 0 ? "search" : "", place % 7 == 0 ? "anna" : "");
        import_text(text.text);
    }
    str_finish(&text);
    ck_assert_int_lt(atoi(fixture_ask(&fixture, "SELECT count(*) FROM sequence_run")), 12);
    read_told();
    const char *kept = arena_strdup(&fixture.arena, told.text);
    ck_told(kept);
    lens.persona = ANNA;
    read_told();
    kept = arena_strdup(&fixture.arena, told.text);
    ck_told(kept);
    lens.persona = NONE;
}
END_TEST

/* Bytes that may be anybody's. */
START_TEST(test_damage)
{
    struct store *store;
    import_text(events);
    fixture_change(&fixture, "UPDATE sequence_part SET cases = x'0305FFFFFFFFFFFFFFFFFF7F'");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(!store_sequences_read(&fixture.arena, store, &wish, hear, NULL, &names,
                                    &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "damaged"));
    store_close(store);
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

/* ---- What is said in cases ------------------------------------------------------- */

static const char answers[] =
    "ts,case_id,person_id,touchpoint,metric,kind,value,scale_min,scale_max\n"
    "2026-01-03,b,p,look,csat,experience,5,1,5\n"
    "2026-01-02,a,p,look,csat,experience,2,1,5\n"
    "2026-01-01,a,p,look,csat,experience,3,1,5\n"
    "2026-01-01,a,p,look,csat,expectation,1,1,5\n"
    "2026-01-01,a,p,buy,csat,experience,1,1,5\n"
    "2026-01-01,,q,look,nps,experience,10,0,10\n"
    "2026-01-01,,,look,nps,experience,10,0,10\n";

/* An NPS scores a promoter like an NPS of 100; where nobody asks, and whose answer it is not known,
 * nothing is read. */
START_TEST(test_answers_as_scores)
{
    struct case_scores scores;
    struct store *store;
    int all[] = { 0, 1 };
    struct metric metrics[] = {
        { .id = "csat", .type = METRIC_CSAT, .source = SOURCE_ANSWER },
        { .id = "nps", .type = METRIC_NPS, .source = SOURCE_ANSWER },
    };
    struct touchpoint touchpoints[] = {
        { .id = "look", .metrics = { all, 2 } }, { .id = "buy" },
    };
    const struct journey asking = { .touchpoints = touchpoints, .touchpoint_count = 2,
                                    .metrics = metrics, .metric_count = 2 };
    const char *file =
        fixture_write(&fixture, "answers.csv", answers, strlen(answers));
    struct import_report report;
    struct import_options options = { .as = IMPORT_ANSWERS };
    ck_assert_msg(fixture_try(&fixture, file, &options, &report), "%s", fixture.err.text);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_case_scores_read(&fixture.arena, store, &asking, &scores, &fixture.err),
                  "%s", fixture.err.text);
    store_close(store);
    ck_assert_uint_eq(scores.count, 4);
    double sum = 0;
    for (size_t i = 0; i < scores.count; i++) {
        sum += scores.items[i].score;
        if (i > 0 && scores.items[i].key == scores.items[i - 1].key) {
            ck_assert_double_eq(scores.items[i - 1].score, 50);
            ck_assert_double_eq(scores.items[i].score, 25);
        }
    }
    ck_assert_double_eq(sum, 100 + 25 + 50 + 100);
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
    tcase_add_test(tests, test_updates);
    tcase_add_test(tests, test_only_the_cases_concerned_are_made_anew);
    tcase_add_test(tests, test_changes_in_any_order);
    tcase_add_test(tests, test_cases_that_are_gone);
    tcase_add_test(tests, test_portions);
    tcase_add_test(tests, test_damage);
    tcase_add_test(tests, test_no_more);
    tcase_add_test(tests, test_answers_as_scores);
    tcase_add_test(tests, test_span);
    tcase_add_test(tests, test_the_permit_log);
    suite_add_tcase(suite, tests);
    return suite;
}
