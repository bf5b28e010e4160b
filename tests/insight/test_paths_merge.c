/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What several have counted of shares of the cases, put together, against what one has counted of
 * all of them: the same, to the last bit, however the cases are dealt out.
 */

#include "suites.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/insight/aftermath.h>
#include <stellwerk/insight/paths.h>
#include <stellwerk/insight/segments.h>

#define DAY TIME_US_PER_DAY
#define AS_OF (100 * DAY)

enum { TOUCHPOINTS = 6, ACTIVITIES = 5000, SHARES = 3 };

static struct touchpoint touchpoints[TOUCHPOINTS];
static struct channel channels[] = {
    { .id = "web", .medium = "digital" },
    { .id = "letter", .medium = "paper" },
    { .id = "leaflet", .medium = "paper" },
};
static int short_way[] = { 0, 2, 5 };
static struct route route = { .id = "short", .through = { short_way, ARRAY_LEN(short_way) } };
static struct journey journey;
static struct paths_options options;
static struct arena arena;
static uint64_t chance_state;

static void set_up(void)
{
    arena_init(&arena);
    chance_state = 7;
    for (size_t i = 0; i < TOUCHPOINTS; i++)
        touchpoints[i] = (struct touchpoint){ .channel = (int)i % 4 - 1 };
    touchpoints[2].optional = true;
    touchpoints[3].repeatable = true;
    journey = (struct journey){
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
        .channels = channels,
        .channel_count = ARRAY_LEN(channels),
        .routes = &route,
        .route_count = 1,
    };
    options = (struct paths_options){
        .journey = &journey,
        .route = NONE,
        .goal = NONE,
        .as_of = AS_OF,
        .close_after = 30 * DAY,
        .variants = 40,
    };
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static uint64_t below(uint64_t limit)
{
    uint64_t z = chance_state += UINT64_C(0x9e3779b97f4a7c15); /* SplitMix64 */
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (z ^ z >> 31) % limit;
}

/* ---- Cases ---- */

struct log {
    struct sequence *cases;
    size_t count;
};

/* Up to `longest` steps of the map, more often than not in its order, and some beside it; some of
 * one instant, some over and over, none later than `as_of`. */
static struct sequence make_case(size_t longest, int steps, int64_t newest)
{
    size_t count = 1 + below(longest);
    struct sequence_step *made = arena_array(&arena, count, sizeof(*made));
    int64_t ts = newest - (int64_t)below(70 * (uint64_t)DAY) - (int64_t)count * DAY;
    int at = 0;
    for (size_t i = 0; i < count; i++) {
        at = below(3) > 0 && at < TOUCHPOINTS ? at + (int)below(3) : (int)below((uint64_t)steps);
        ts += below(5) > 0 ? (int64_t)below((uint64_t)DAY) : 0;
        made[i] = (struct sequence_step){ .ts = ts, .step = at, .channel = (int)below(6) - 1 };
    }
    return (struct sequence){
        .steps = made,
        .count = count,
        .key = below(UINT64_C(1) << 31),
        .persona = (int)below(3) - 1,
        .variant = (int)below(90) - 1,
    };
}

static struct log make_log(size_t count, size_t longest, int steps, int64_t newest)
{
    struct log log = { arena_array(&arena, count, sizeof(*log.cases)), count };
    for (size_t i = 0; i < count; i++)
        log.cases[i] = make_case(longest, steps, newest);
    return log;
}

/* ---- A table as a text, to the last bit ---- */

static void tell_estimate(struct str *out, struct estimate estimate)
{
    str_printf(out, " %a %a %a %a..%a", estimate.value, estimate.se, estimate.n,
               estimate.interval.low, estimate.interval.high);
}

static void tell_steps(struct str *out, const int *steps, size_t count)
{
    for (size_t i = 0; i < count; i++)
        str_printf(out, " %d", steps[i]);
}

static void tell_columns(struct str *out, const struct paths *paths)
{
    for (size_t i = 0; i < paths->column_count; i++) {
        const struct path_column *column = &paths->columns[i];
        const uint64_t counts[] = {
            column->present,  column->visits,  column->repeated,
            column->passed,   column->skipped, column->skipped_as_designed,
            column->settled,  column->dropped, column->pairs,
            column->in_order, column->waiting, column->approximate,
        };
        str_printf(out, "\ncolumn %d:", column->touchpoint);
        for (size_t k = 0; k < ARRAY_LEN(counts); k++)
            str_printf(out, " %llu", (unsigned long long)counts[k]);
        tell_estimate(out, column->median);
        tell_estimate(out, column->p90);
    }
}

static void tell_arcs(struct str *out, const struct paths *paths)
{
    for (size_t i = 0; i < paths->arc_count; i++) {
        const struct path_arc *arc = &paths->arcs[i];
        const uint64_t counts[] = {
            arc->count,   arc->switches,       arc->breaks,         arc->settled,
            arc->dropped, arc->settled_breaks, arc->dropped_breaks,
        };
        str_printf(out, "\narc %d %d %d %a %a:", arc->from, arc->to, arc->kind, arc->mean_time,
                   arc->mean_break_time);
        for (size_t k = 0; k < ARRAY_LEN(counts); k++)
            str_printf(out, " %llu", (unsigned long long)counts[k]);
    }
}

static void tell_rows(struct str *out, const struct paths *paths)
{
    for (size_t i = 0; i < paths->variant_count; i++) {
        const struct path_variant *variant = &paths->variants[i];
        str_printf(out, "\nvariant %llu %d %a %d:", (unsigned long long)variant->cases,
                   variant->completed, variant->fitness, variant->route);
        tell_steps(out, variant->steps, variant->count);
    }
    for (size_t i = 0; i < paths->way_count; i++) {
        const struct path_way *way = &paths->ways[i];
        str_printf(out, "\nway %llu %llu %a %a:", (unsigned long long)way->cases,
                   (unsigned long long)way->completed, way->fitness, way->again);
        tell_steps(out, way->steps, way->count);
    }
    for (size_t i = 0; i < paths->detour_count; i++)
        str_printf(out, "\nbeside %d %llu %llu", paths->detours[i].step,
                   (unsigned long long)paths->detours[i].events,
                   (unsigned long long)paths->detours[i].cases);
}

static const char *tell_paths(const struct paths *paths)
{
    struct str out;
    const uint64_t counts[] = {
        paths->cases,        paths->events,           paths->completed, paths->closed,
        paths->open,         paths->closed_elsewhere, paths->detoured,  paths->follows_count,
        paths->follows,      paths->switches,         paths->breaks,    paths->variants_in_all,
        paths->variants_cut, paths->ways_in_all,      paths->fit_cases,
    };
    str_init(&out);
    for (size_t k = 0; k < ARRAY_LEN(counts); k++)
        str_printf(&out, " %llu", (unsigned long long)counts[k]);
    for (size_t k = 0; k < TRANSITION_COUNT; k++)
        str_printf(&out, " %llu", (unsigned long long)paths->transitions[k]);
    tell_estimate(&out, paths->fitness);
    tell_columns(&out, paths);
    tell_arcs(&out, paths);
    tell_rows(&out, paths);
    const char *text = arena_strdup(&arena, out.text);
    str_finish(&out);
    return text;
}

/* ---- Dealt out ---- */

enum deal { IN_HALVES, IN_TURNS, BY_CHANCE, BACKWARDS, DEALS };

static size_t share_of(enum deal deal, size_t index, size_t count)
{
    switch (deal) {
    case IN_HALVES:
        return index < count / 2 ? 0 : 1;
    case IN_TURNS:
        return index % SHARES;
    case BY_CHANCE:
        return below(SHARES);
    default:
        return 0;
    }
}

static struct paths count_shares(const struct log *log, enum deal deal)
{
    struct paths_builder *shares[SHARES];
    for (size_t i = 0; i < SHARES; i++)
        shares[i] = paths_create(&options);
    for (size_t i = 0; i < log->count; i++) {
        size_t at = deal == BACKWARDS ? log->count - 1 - i : i;
        paths_add(&log->cases[at], shares[share_of(deal, at, log->count)]);
    }
    for (size_t i = 1; i < SHARES; i++) {
        ck_assert(paths_merge(shares[0], shares[i]));
        paths_destroy(shares[i]);
    }
    return paths_finish(&arena, shares[0]);
}

static struct paths count_whole(const struct log *log)
{
    struct paths_builder *builder = paths_create(&options);
    for (size_t i = 0; i < log->count; i++)
        paths_add(&log->cases[i], builder);
    return paths_finish(&arena, builder);
}

static struct paths ck_shares(const struct log *log)
{
    struct paths whole = count_whole(log);
    const char *expected = tell_paths(&whole);
    for (enum deal deal = 0; deal < DEALS; deal++) {
        struct paths got = count_shares(log, deal);
        ck_assert_str_eq(tell_paths(&got), expected);
    }
    return whole;
}

START_TEST(test_random_logs)
{
    for (int round = 0; round < 20; round++) {
        struct log log = make_log(1 + below(400), 12, TOUCHPOINTS + 4, AS_OF);
        ck_shares(&log);
    }
    options.route = 0;
    struct log log = make_log(300, 12, TOUCHPOINTS + 4, AS_OF);
    struct paths whole = ck_shares(&log);
    ck_assert_uint_gt(whole.completed, 0);
    ck_assert_uint_gt(whole.closed, 0);
    ck_assert_uint_gt(whole.open, 0);
    ck_assert_uint_gt(whole.breaks, 0);
    ck_assert_uint_gt(whole.transitions[TRANSITION_OFF], 0);
}
END_TEST

/* All variants are equally frequent, and more than are told. */
START_TEST(test_ties)
{
    struct log log = make_log(300, 8, TOUCHPOINTS, AS_OF);
    for (size_t i = 0; i < log.count; i++)
        ((struct sequence_step *)log.cases[i].steps)[0].step = TOUCHPOINTS + (int)i;
    struct paths whole = ck_shares(&log);
    ck_assert_uint_eq(whole.variants_in_all, log.count);
    ck_assert_uint_eq(whole.variant_count, options.variants);
    for (size_t i = 1; i < whole.variant_count; i++)
        ck_assert_int_lt(whole.variants[i - 1].steps[0], whole.variants[i].steps[0]);
}
END_TEST

/* Shares that keep their times as they are make a whole that no longer does, and one that does
 * not, one that does not. */
START_TEST(test_more_times_than_are_kept)
{
    struct log log = make_log(WAITS_EXACT + 10000, 6, TOUCHPOINTS, AS_OF);
    for (size_t i = 0; i < log.count; i++)
        ((struct sequence_step *)log.cases[i].steps)[0].step = 0;
    struct paths whole = ck_shares(&log);
    ck_assert(whole.columns[0].approximate);
    ck_assert(!whole.columns[TOUCHPOINTS - 1].approximate);
}
END_TEST

START_TEST(test_all_open)
{
    touchpoints[TOUCHPOINTS - 1].optional = true;
    struct log log = make_log(500, 1, 3, AS_OF);
    for (size_t i = 0; i < log.count; i++)
        ((struct sequence_step *)log.cases[i].steps)[0].ts = AS_OF - (int64_t)i;
    struct paths whole = ck_shares(&log);
    ck_assert_uint_eq(whole.open, log.count);
    ck_assert_uint_gt(whole.columns[0].waiting, 0);
}
END_TEST

/* More activities than have a table, and a case of 100,000 events. */
START_TEST(test_absurd_cases)
{
    const size_t events = test_rounds(100000);
    struct log log = make_log(400, 60, TOUCHPOINTS + ACTIVITIES, AS_OF);
    struct sequence_step *steps = arena_array(&arena, events, sizeof(*steps));
    for (size_t i = 0; i < events; i++)
        steps[i] = (struct sequence_step){ .ts = (int64_t)i * 1000,
                                           .step = (int)below(TOUCHPOINTS + ACTIVITIES),
                                           .channel = (int)below(6) - 1 };
    log.cases[200] = (struct sequence){ .steps = steps, .count = events };
    struct paths whole = ck_shares(&log);
    ck_assert_uint_gt(whole.follows_count + 1000, events);
}
END_TEST

START_TEST(test_no_case)
{
    struct log none = { 0 };
    struct paths whole = ck_shares(&none);
    ck_assert_uint_eq(whole.cases, 0);
}
END_TEST

/* Times that no double has room for, as sums. */
START_TEST(test_long_times)
{
    struct log log = make_log(300, 4, TOUCHPOINTS, AS_OF);
    for (size_t i = 0; i < log.count; i++)
        if (log.cases[i].count > 1)
            ((struct sequence_step *)log.cases[i].steps)[0].ts =
                -(INT64_C(1) << 62) - (int64_t)below(1000);
    ck_shares(&log);
}
END_TEST

/* Rows of steps that fit by themselves, and do not together. */
START_TEST(test_too_many_variants)
{
    enum { EVENTS = 3 << 20 };
    struct sequence_step *steps = memory_alloc(EVENTS * sizeof(*steps));
    struct paths_builder *shares[2];
    for (size_t i = 0; i < EVENTS; i++)
        steps[i].channel = NONE;
    for (int i = 0; i < 2; i++) {
        shares[i] = paths_create(&options);
        for (int k = 0; k < 3; k++) {
            steps[0].step = 3 * i + k;
            paths_add(&(struct sequence){ .steps = steps, .count = EVENTS }, shares[i]);
        }
    }
    ck_assert(!paths_merge(shares[0], shares[1]));
    paths_destroy(shares[0]);
    paths_destroy(shares[1]);
    free(steps);
}
END_TEST

/* ---- Segments, and what is said ---- */

static void tell_share(struct str *out, const struct segment_share *share)
{
    str_printf(out, " %llu/%llu %llu/%llu %a %a", (unsigned long long)share->hits,
               (unsigned long long)share->n, (unsigned long long)share->rest_hits,
               (unsigned long long)share->rest_n, share->difference.value, share->adjusted);
}

static const char *tell_segments(const struct segments *segments)
{
    struct str out;
    str_init(&out);
    str_printf(&out, "%llu %llu %zu %zu %zu", (unsigned long long)segments->cases,
               (unsigned long long)segments->silent, segments->left_out, segments->tested,
               segments->sure);
    for (size_t i = 0; i < segments->count; i++) {
        const struct segment *segment = &segments->items[i];
        str_printf(&out, "\n%d %llu %llu %llu", segment->index, (unsigned long long)segment->cases,
                   (unsigned long long)segment->completed, (unsigned long long)segment->closed);
        tell_share(&out, &segment->completion);
        for (size_t k = 0; k < segments->column_count; k++) {
            tell_share(&out, &segment->present[k]);
            tell_share(&out, &segment->dropped[k]);
        }
    }
    const char *text = arena_strdup(&arena, out.text);
    str_finish(&out);
    return text;
}

START_TEST(test_segments)
{
    struct log log = make_log(500, 8, TOUCHPOINTS + 3, AS_OF);
    for (enum segment_by by = SEGMENT_PERSONA; by < SEGMENT_BY_COUNT; by++) {
        struct segments_options asked = { .paths = &options,
                                          .by = by,
                                          .span = { PERIOD_CUSTOM, 0, 100 } };
        struct segments_builder *whole = segments_create(&asked);
        struct segments_builder *one = segments_create(&asked), *other = segments_create(&asked);
        for (size_t i = 0; i < log.count; i++) {
            segments_add(&log.cases[i], whole);
            segments_add(&log.cases[i], below(2) > 0 ? one : other);
        }
        segments_merge(one, other);
        segments_destroy(other);
        struct segments expected = segments_finish(&arena, whole);
        struct segments got = segments_finish(&arena, one);
        ck_assert_str_eq(tell_segments(&got), tell_segments(&expected));
        ck_assert(by == SEGMENT_CONTEXT || expected.count > 1);
    }
}
END_TEST

static const char *tell_aftermath(const struct aftermath *aftermath)
{
    struct str out;
    str_init(&out);
    str_printf(&out, "%llu %a", (unsigned long long)aftermath->answered,
               aftermath->difference.value);
    tell_estimate(&out, aftermath->broken);
    tell_estimate(&out, aftermath->unbroken);
    for (size_t i = 0; i < aftermath->count; i++) {
        str_printf(&out, "\n%d %d %a", aftermath->items[i].from, aftermath->items[i].to,
                   aftermath->items[i].difference.p);
        tell_estimate(&out, aftermath->items[i].broken);
        tell_estimate(&out, aftermath->items[i].unbroken);
    }
    const char *text = arena_strdup(&arena, out.text);
    str_finish(&out);
    return text;
}

static int compare_keys(const void *left, const void *right)
{
    const struct case_score *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

START_TEST(test_what_is_said)
{
    struct log log = make_log(500, 8, TOUCHPOINTS + 3, AS_OF);
    struct case_scores scores = { arena_array(&arena, log.count, sizeof(*scores.items)), log.count,
                                  0 };
    for (size_t i = 0; i < log.count; i++)
        scores.items[i] =
            (struct case_score){ log.cases[i].key, AS_OF - (int64_t)below(5 * (uint64_t)DAY),
                                 (double)below(1000) / 9.99 };
    qsort(scores.items, scores.count, sizeof(*scores.items), compare_keys);
    struct aftermath_builder *whole = aftermath_create(&journey, &scores);
    struct aftermath_builder *one = aftermath_create(&journey, &scores);
    struct aftermath_builder *other = aftermath_create(&journey, &scores);
    for (size_t i = 0; i < log.count; i++) {
        aftermath_add(&log.cases[i], whole);
        aftermath_add(&log.cases[i], below(2) > 0 ? one : other);
    }
    aftermath_merge(one, other);
    aftermath_destroy(other);
    struct aftermath expected = aftermath_finish(&arena, whole);
    struct aftermath got = aftermath_finish(&arena, one);
    ck_assert_str_eq(tell_aftermath(&got), tell_aftermath(&expected));
    ck_assert_uint_eq(expected.answered, log.count);
    ck_assert_uint_gt(expected.count, 10);
}
END_TEST

Suite *insight_paths_merge_suite(void)
{
    Suite *suite = suite_create("insight_paths_merge");
    TCase *tests = tcase_create("paths_merge");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_random_logs);
    tcase_add_test(tests, test_ties);
    tcase_add_test(tests, test_more_times_than_are_kept);
    tcase_add_test(tests, test_all_open);
    tcase_add_test(tests, test_absurd_cases);
    tcase_add_test(tests, test_no_case);
    tcase_add_test(tests, test_long_times);
    tcase_add_test(tests, test_too_many_variants);
    tcase_add_test(tests, test_segments);
    tcase_add_test(tests, test_what_is_said);
    suite_add_tcase(suite, tests);
    return suite;
}
