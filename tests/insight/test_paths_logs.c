/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Event logs that others have counted before.
 */

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/paths.h>

#include "insight/arcs.h"
#include "support.h"

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

struct event {
    char *case_id;
    struct sequence_step step;
    size_t place; /* in the file */
};

static int compare_events(const void *left, const void *right)
{
    const struct event *a = left, *b = right;
    int order = strcmp(a->case_id, b->case_id);
    if (order == 0)
        order = (a->step.ts > b->step.ts) - (a->step.ts < b->step.ts);
    return order != 0 ? order : (a->place > b->place) - (a->place < b->place);
}

static int number_of(const char *names[], size_t *count, const char *name)
{
    size_t at = 0;
    while (at < *count && strcmp(names[at], name) != 0)
        at++;
    if (at == *count)
        names[(*count)++] = name;
    return (int)at;
}

/* A log without quotes; fields are told by number. All activities are on the map, in the order in
 * which the file has them. */
struct log {
    int case_field, activity_field, time_field;
    const char *names[64];
    size_t name_count;
};

static void read_event(struct log *log, char *line, struct event *out)
{
    char *rest = line, *field;
    for (int i = 0; (field = strsep(&rest, ",")) != NULL; i++) {
        if (i == log->case_field)
            out->case_id = field;
        else if (i == log->activity_field)
            out->step.step = number_of(log->names, &log->name_count, field);
        else if (i == log->time_field)
            ck_assert(time_parse_iso(field, &out->step.ts));
    }
    out->step.channel = NONE;
}

static void add_cases(struct paths_builder *builder, struct event *events, size_t count)
{
    struct sequence_step steps[256];
    struct sequence sequence = { .steps = steps };
    qsort(events, count, sizeof(*events), compare_events);
    for (size_t i = 0; i < count; i++) {
        steps[sequence.count++] = events[i].step;
        if (i + 1 < count && strcmp(events[i].case_id, events[i + 1].case_id) == 0)
            continue;
        paths_add(&sequence, builder);
        sequence.count = 0;
    }
}

static struct paths read_log(struct log *log, const char *file)
{
    static struct touchpoint all[64];
    struct journey whole = { .touchpoints = all, .touchpoint_count = ARRAY_LEN(all) };
    char *text = read_whole(file), *rest = text;
    struct event *events = memory_alloc(20000 * sizeof(*events));
    size_t count = 0;
    strsep(&rest, "\n");
    for (char *line; (line = strsep(&rest, "\n")) != NULL && *line != '\0'; count++) {
        line[strcspn(line, "\r")] = '\0';
        read_event(log, line, &events[count]);
        events[count].place = count;
    }
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        all[i].channel = NONE;
    struct paths_builder *builder = paths_create(&(struct paths_options){
        .journey = &whole, .route = NONE, .goal = NONE, .as_of = INT64_MAX / 4,
        .close_after = TIME_US_PER_DAY, .variants = 200,
    });
    add_cases(builder, events, count);
    for (size_t i = 0; i < log->name_count; i++)
        log->names[i] = arena_strdup(&arena, log->names[i]);
    free(events);
    free(text);
    return paths_finish(&arena, builder);
}

static uint64_t count_of(const struct paths *paths, struct log *log, const char *from,
                         const char *to)
{
    return find_arc(paths, number_of(log->names, &log->name_count, from),
                    number_of(log->names, &log->name_count, to))->count;
}

START_TEST(test_the_textbook_log)
{
    static const struct {
        const char *from, *to;
        uint64_t count;
    } arcs[] = {
        { "check ticket", "decide", 6 },
        { "check ticket", "examine casually", 2 },
        { "check ticket", "examine thoroughly", 1 },
        { "decide", "pay compensation", 3 },
        { "decide", "reinitiate request", 3 },
        { "decide", "reject request", 3 },
        { "examine casually", "check ticket", 4 },
        { "examine casually", "decide", 2 },
        { "examine thoroughly", "check ticket", 2 },
        { "examine thoroughly", "decide", 1 },
        { "register request", "check ticket", 2 },
        { "register request", "examine casually", 3 },
        { "register request", "examine thoroughly", 1 },
        { "reinitiate request", "check ticket", 1 },
        { "reinitiate request", "examine casually", 1 },
        { "reinitiate request", "examine thoroughly", 1 },
    };
    static const struct {
        const char *activity;
        uint64_t repeated;
    } repeats[] = {
        { "check ticket", 2 }, { "decide", 2 }, { "examine casually", 1 },
        { "reinitiate request", 1 }, { "register request", 0 }, { "pay compensation", 0 },
    };
    char *file = shared_path("data/running-example.csv");
    skip_unless(file != NULL, "data/running-example.csv is missing");
    struct log log = { .case_field = 7, .activity_field = 1, .time_field = 3 };
    struct paths got = read_log(&log, file);
    ck_assert_uint_eq(got.cases, 6);
    ck_assert_uint_eq(got.events, 42);
    ck_assert_uint_eq(got.variants_in_all, 6);
    ck_assert_uint_eq(got.follows_count, ARRAY_LEN(arcs));
    for (size_t i = 0; i < ARRAY_LEN(arcs); i++)
        ck_assert_uint_eq(count_of(&got, &log, arcs[i].from, arcs[i].to), arcs[i].count);
    int first = number_of(log.names, &log.name_count, "register request");
    ck_assert_uint_eq(find_arc(&got, PATH_BEGIN, first)->count, 6);
    int paid = number_of(log.names, &log.name_count, "pay compensation");
    int rejected = number_of(log.names, &log.name_count, "reject request");
    ck_assert_uint_eq(find_arc(&got, paid, PATH_END)->count, 3);
    ck_assert_uint_eq(find_arc(&got, rejected, PATH_END)->count, 3);
    for (size_t i = 0; i < ARRAY_LEN(repeats); i++) {
        int step = number_of(log.names, &log.name_count, repeats[i].activity);
        ck_assert_uint_eq(got.columns[step].repeated, repeats[i].repeated);
    }
    free(file);
}
END_TEST

START_TEST(test_the_permit_log)
{
    char *file = shared_path("data/receipt.csv");
    skip_unless(file != NULL, "data/receipt.csv is missing");
    struct log log = { .case_field = 1, .activity_field = 10, .time_field = 14 };
    struct paths got = read_log(&log, file);
    ck_assert_uint_eq(got.events, 8577);
    ck_assert_uint_eq(got.cases, 1434);
    ck_assert_uint_eq(log.name_count, 27);
    ck_assert_uint_eq(got.follows_count, 99);
    ck_assert_uint_eq(got.follows, 7143);
    ck_assert_uint_eq(got.variants_in_all, 116);
    free(file);
}
END_TEST

Suite *insight_paths_logs_suite(void)
{
    Suite *suite = suite_create("insight_paths_logs");
    TCase *tests = tcase_create("paths_logs");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_the_textbook_log);
    tcase_add_test(tests, test_the_permit_log);
    suite_add_tcase(suite, tests);
    return suite;
}
