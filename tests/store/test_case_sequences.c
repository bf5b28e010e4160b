/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Figures of cases from the case sequences against the same figures from the rows.
 */

#include "suites.h"
#include "support.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "store/little_map.h"
#include "store/shuffle.h"

#define HOUR INT64_C(3600000000)

static const enum metric_type types[] = { METRIC_RATIO,   METRIC_BEFORE,  METRIC_PRECEDED,
                                          METRIC_DROPOUT, METRIC_BETWEEN, METRIC_PER_CASE };

/* Events in any order, in portions, some of which come again and say something else. */
static void import_portions(void)
{
    static const char *const activities[] = { "banner", "buy", "call", "pay" };
    static const char *const words[] = { "anna", "helga", "", "hurried", "relaxed", "" };
    static const char *const places[] = { "search", "platform", "" };
    static const char *const kinds[] = { "web", "phone", "", "solved", "open", "" };
    struct str text;
    str_init(&text);
    for (int portion = 0; portion < 4; portion++) {
        str_clear(&text);
        str_append(&text, "event_id,ts,case_id,activity,touchpoint,persona,context,channel,outcome,"
                          "campaign\n");
        for (int i = 0; i < 250; i++)
            str_printf(&text, "e%zu,2026-%02zu-%02zuT%02zu:00:00Z,c%zu,%s,%s,%s,%s,%s,%s,%s\n",
                       below(800), 1 + below(3), 1 + below(28), below(24), below(60),
                       activities[below(4)], places[below(3)], words[below(3)], words[3 + below(3)],
                       kinds[below(3)], kinds[3 + below(3)], below(2) ? "spring" : "");
        import_text(text.text);
    }
    str_finish(&text);
}

/* Figures are of the rows then; and of the sequences again. */
static void hide_sequences(void)
{
    fixture_change(&fixture, "UPDATE derived SET version = -version WHERE name = 'sequences'");
}

static void same(double got, double wanted)
{
    if (isnan(wanted))
        ck_assert_double_nan(got);
    else
        ck_assert_double_eq_tol(got, wanted, 1e-9 * fmax(1, fabs(wanted)));
}

static int by_time(const void *a, const void *b)
{
    const struct wait *left = a, *right = b;
    if (left->time != right->time)
        return left->time < right->time ? -1 : 1;
    return left->reached - right->reached;
}

/* Cases come in another order from the one than from the other. */
static void same_waits(const struct sample *got, const struct sample *wanted)
{
    size_t size = got->wait_count * sizeof(struct wait);
    struct wait *a = malloc(size + 1), *b = malloc(size + 1);
    ck_assert_uint_eq(got->wait_count, wanted->wait_count);
    for (size_t i = 0; i < got->wait_count; i++) {
        a[i] = got->waits[i];
        b[i] = wanted->waits[i];
    }
    qsort(a, got->wait_count, sizeof(*a), by_time);
    qsort(b, got->wait_count, sizeof(*b), by_time);
    for (size_t i = 0; i < got->wait_count; i++) {
        same(a[i].time, b[i].time);
        ck_assert(a[i].reached == b[i].reached);
    }
    free(a);
    free(b);
}

static void same_sample(const struct sample *got, const struct sample *wanted)
{
    ck_assert_int_eq(got->kind, wanted->kind);
    same(got->values.n, wanted->values.n);
    same(got->values.mean, wanted->values.mean);
    same(got->values.squares, wanted->values.squares);
    same(got->scores.mean, wanted->scores.mean);
    same(got->hits, wanted->hits);
    same(got->pairs.groups, wanted->pairs.groups);
    same(got->pairs.a, wanted->pairs.a);
    same(got->pairs.b, wanted->pairs.b);
    same(got->pairs.ab, wanted->pairs.ab);
    same_waits(got, wanted);
}

static void same_measure(const struct measure *got, const struct measure *wanted)
{
    ck_assert_int_eq(got->status, wanted->status);
    ck_assert_uint_eq(got->n, wanted->n);
    ck_assert_int_eq(got->oldest, wanted->oldest);
    ck_assert_int_eq(got->newest, wanted->newest);
    ck_assert_int_eq(got->persona_ignored, wanted->persona_ignored);
    ck_assert_int_eq(got->context_ignored, wanted->context_ignored);
    same(got->value, wanted->value);
    same_sample(&got->sample, &wanted->sample);
    ck_assert_uint_eq(got->slice_count, wanted->slice_count);
    for (size_t i = 0; i < got->slice_count; i++) {
        ck_assert_uint_eq(got->slices[i].n, wanted->slices[i].n);
        same_sample(&got->slices[i].sample, &wanted->slices[i].sample);
    }
}

static void expect_same_both_ways(void)
{
    measure();
    struct figures *of_sequences = figures;
    figures = NULL;
    hide_sequences();
    measure();
    hide_sequences();
    for (size_t i = 0; i < figures->measure_count; i++)
        same_measure(&of_sequences->measures[i], &figures->measures[i]);
    figures_destroy(of_sequences);
}

static struct filter is_web, is_solved, is_everywhere;

static void add_all(enum metric_type type)
{
    static const char *web[] = { "web" }, *solved[] = { "solved" };
    static const char *both[] = { "search", "platform" };
    struct metric metric = of_two(type, &is_banner, &is_buy);
    is_web = (struct filter){ .column = "channel", .values = { web, 1 } };
    is_solved = (struct filter){ .column = "outcome", .values = { solved, 1 } };
    is_everywhere = (struct filter){ .column = "touchpoint", .values = { both, 2 } };
    add_metric(metric);
    metric.within = 200 * HOUR;
    metric.where = (struct filters){ &is_web, 1 };
    add_metric(metric);
    metric = of_two(type, &is_solved, &is_call);
    metric.half_life = type == METRIC_BETWEEN ? 0 : 300 * HOUR;
    add_metric(metric);
    metric = of_two(type, &is_everywhere, &is_pay);
    metric.context_anchors = &in_haste;
    metric.context_anchor_count = 1;
    add_metric(metric);
}

START_TEST(sequences_say_the_same_as_rows)
{
    const struct period periods[] = {
        { .first = INT32_MIN, .last = INT32_MAX },
        { .first = day("2026-01-20"), .last = day("2026-02-20") },
    };
    shuffle_begin(3 + (uint64_t)_i);
    add_all(types[_i % (int)ARRAY_LEN(types)]);
    import_portions();
    for (int i = 0; i < 8; i += test_stride()) {
        lens.persona = i % 4 == 1 ? ANNA : NONE;
        lens.context = i % 4 == 2 ? RELAXED : NONE;
        lens.period = periods[i / 4];
        expect_same_both_ways();
    }
}
END_TEST

START_TEST(what_nobody_says_is_let_go_of_both_ways)
{
    add_all(types[_i]);
    import_text("ts,case_id,activity,touchpoint\n2026-01-05,c1,banner,search\n"
                "2026-01-06,c1,buy,search\n2026-01-07,c1,call,platform\n");
    lens.persona = ANNA;
    expect_same_both_ways();
}
END_TEST

/* Who reads sequences sees their damage; who asks for what they do not have does not. */
START_TEST(sequences_are_read_where_they_can_answer)
{
    static const char *spring[] = { "spring" };
    static struct filter filter = { .column = "campaign", .values = { spring, 1 } };
    add_metric(of_two(types[_i], &is_banner, &is_buy));
    struct metric other = of_two(types[_i], &is_banner, &is_buy);
    other.where = (struct filters){ &filter, 1 };
    add_metric(other);
    shuffle_begin(5);
    import_portions();
    fixture_change(&fixture, "UPDATE sequence_part SET cases = x'0305FFFFFFFFFFFFFFFFFF7F'");
    measure();
    ck_assert_int_eq(at(PLATFORM, 0)->status, MEASURE_FAILED);
    ck_assert_int_ne(at(PLATFORM, 1)->status, MEASURE_FAILED);
}
END_TEST

/* As many runs as are worth a thread, with one case that has far more events than the others. */
static void import_runs(void)
{
    struct str text;
    str_init(&text);
    for (int file = 0; file < 15; file++) {
        str_clear(&text);
        str_append(&text, "ts,case_id,activity,touchpoint\n");
        for (int i = 0; i < 200; i++)
            str_printf(&text, "2026-%02zu-%02zuT%02zu:00:00Z,c%zu,%s,%s\n", 1 + below(3),
                       1 + below(28), below(24), below(5) > 0 ? below(300) : 0,
                       below(2) > 0 ? "banner" : "buy", below(2) > 0 ? "search" : "platform");
        import_text(text.text);
    }
    str_finish(&text);
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT count(*) >= 8 FROM sequence_part WHERE part >= 0"), "1");
}

static void same_bits(const struct sample *got, const struct sample *wanted)
{
    ck_assert_double_eq(got->values.n, wanted->values.n);
    ck_assert_double_eq(got->values.mean, wanted->values.mean);
    ck_assert_double_eq(got->values.squares, wanted->values.squares);
    ck_assert_double_eq(got->scores.mean, wanted->scores.mean);
    ck_assert_double_eq(got->scores.squares, wanted->scores.squares);
    ck_assert_double_eq(got->hits, wanted->hits);
}

/* Two threads, one with both halves, one with the rows in another order. */
START_TEST(counts_are_the_same_whoever_counts)
{
    static const char *const ways[] = {
        "PRAGMA journal_mode = delete",
        "PRAGMA journal_mode = wal",
        "UPDATE derived SET version = -version WHERE name = 'sequences'",
    };
    static const enum metric_type counted[] = { METRIC_PER_CASE, METRIC_BEFORE, METRIC_PRECEDED,
                                                METRIC_DROPOUT };
    struct figures *all[ARRAY_LEN(ways)];
    struct metric metric = of_two(counted[_i], &is_banner, &is_buy);
    metric.anchors = (struct anchors){ calm, ARRAY_LEN(calm) };
    add_metric(metric);
    shuffle_begin(7 + (uint64_t)_i);
    import_runs();
    for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
        fixture_change(&fixture, ways[i]);
        measure();
        all[i] = figures;
        figures = NULL;
    }
    ck_assert_uint_gt(all[0]->measures[0].n, 100);
    for (size_t i = 1; i < ARRAY_LEN(ways); i++) {
        for (size_t k = 0; k < all[0]->measure_count; k++) {
            same_measure(&all[i]->measures[k], &all[0]->measures[k]);
            same_bits(&all[i]->measures[k].sample, &all[0]->measures[k].sample);
        }
        figures_destroy(all[i]);
    }
    figures_destroy(all[0]);
}
END_TEST

Suite *store_case_sequences_suite(void)
{
    Suite *suite = suite_create("store_case_sequences");
    TCase *tests = tcase_create("case sequences");
    const int type_count = (int)ARRAY_LEN(types);
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_loop_test(tests, sequences_say_the_same_as_rows, 0, 2 * type_count);
    tcase_add_loop_test(tests, counts_are_the_same_whoever_counts, 0, 4);
    tcase_add_loop_test(tests, what_nobody_says_is_let_go_of_both_ways, 0, type_count);
    tcase_add_loop_test(tests, sequences_are_read_where_they_can_answer, 0, type_count);
    suite_add_tcase(suite, tests);
    return suite;
}
