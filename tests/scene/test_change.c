/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/change.h>
#include <stellwerk/scene/sparkline.h>

static struct arena arena;
static struct figures september, october;

static void set_up(void)
{
    arena_init(&arena);
    september = (struct figures){ 0 };
    october = (struct figures){ .before = &september };
    int32_t day = time_day_from_civil((struct civil){ 2026, 9, 1 });
    september.lens.period = period_containing(PERIOD_MONTH, day);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static struct change change(double value, double lo, double hi)
{
    return (struct change){ .value = value, .lo = lo, .hi = hi, .adjusted = NAN };
}

static struct change sure(double value, double lo, double hi, int direction)
{
    struct change change = {
        .value = value, .lo = lo, .hi = hi, .adjusted = 0.01, .sure = true, .direction = direction,
    };
    return change;
}

static struct change unsure(double value, double lo, double hi, int direction)
{
    struct change change = {
        .value = value, .lo = lo, .hi = hi, .adjusted = 0.4, .direction = direction,
    };
    return change;
}

/* Of a metric; "" for nothing said. */
static const char *told(enum metric_type type, enum sample_kind kind, struct change change)
{
    struct metric metric = { .type = type, .unit = "min" };
    struct measure measure = { .sample = { .kind = kind }, .change = change };
    const char *text =
        phrase_change(&arena, (struct medium){ 0 }, &october, &metric, &measure);
    return text != NULL ? text : "";
}

static const char *mean_told(struct change change)
{
    return told(METRIC_MEAN, SAMPLE_MEAN, change);
}

START_TEST(test_what_is_more_than_chance)
{
    ck_assert_str_eq(mean_told(sure(3.21, 1.1, 5.32, 1)),
                     "up 3.2 (1.1 to 5.3) on September 2026\u00A0· better, more than chance");
    ck_assert_str_eq(mean_told(sure(3.21, 1.1, 5.32, -1)),
                     "up 3.2 (1.1 to 5.3) on September 2026\u00A0· worse, more than chance");
    ck_assert_str_eq(mean_told(sure(-3.21, -5.32, -1.1, 0)),
                     "down 3.2 (1.1 to 5.3) on September 2026\u00A0· more than chance");
}
END_TEST

START_TEST(test_what_may_be_chance)
{
    ck_assert_str_eq(mean_told(unsure(-0.22, -0.55, 0.11, -1)),
                     "down 0.22 (−0.55 to +0.11) on September 2026\u00A0· may be chance");
    ck_assert_str_eq(mean_told(unsure(-1.66, -3.2, -0.13, 1)),
                     "down 1.7 (0.1 to 3.2) on September 2026\u00A0· may be chance");
}
END_TEST

/* All three numbers have the decimals of the largest; what reads as zero has no direction. */
START_TEST(test_nothing_moved)
{
    ck_assert_str_eq(mean_told(unsure(0.011, -0.43, 0.45, 1)),
                     "up 0.01 (−0.43 to +0.45) on September 2026\u00A0· may be chance");
    ck_assert_str_eq(mean_told(unsure(0.004, -0.43, 0.45, 1)),
                     "no change (−0.43 to +0.45) on September 2026\u00A0· may be chance");
    ck_assert_str_eq(mean_told(change(0, NAN, NAN)), "no change on September 2026");
}
END_TEST

START_TEST(test_without_an_interval)
{
    ck_assert_str_eq(told(METRIC_SQL, SAMPLE_POINT, change(3.2, NAN, NAN)),
                     "up 3.2 on September 2026");
    ck_assert_str_eq(told(METRIC_DROPOUT, SAMPLE_POINT, change(-0.08, NAN, NAN)),
                     "down 8 points on September 2026");
}
END_TEST

START_TEST(test_shares_move_by_points)
{
    static const char said[] =
        "down 9.8 points (8.0 to 11.6) on September 2026\u00A0· worse, more than chance";
    struct change fall = sure(-0.0983, -0.116, -0.0799, -1);
    ck_assert_str_eq(told(METRIC_PROPORTION, SAMPLE_SHARE, fall), said);
    ck_assert_str_eq(told(METRIC_PRECEDED, SAMPLE_SHARE, fall), said);
    ck_assert_str_eq(told(METRIC_CSAT, SAMPLE_SHARE, fall), said);
    ck_assert_str_eq(told(METRIC_APDEX, SAMPLE_APDEX, fall),
                     "down 0.10 (0.08 to 0.12) on September 2026\u00A0· worse, more than chance");
}
END_TEST

START_TEST(test_totals_are_told_day_for_day)
{
    ck_assert_str_eq(told(METRIC_COUNT, SAMPLE_COUNT, unsure(-11.07, -49.1, 26.8, 0)),
                     "down 11.1 (−49.1 to +26.8) on September 2026\u00A0· day for day\u00A0· "
                     "may be chance");
    ck_assert_ptr_nonnull(strstr(told(METRIC_SUM, SAMPLE_SUM, change(4, NAN, NAN)), "day for day"));
}
END_TEST

START_TEST(test_open_ends)
{
    struct change wait = unsure(4.5, -1.5, INFINITY, -1);
    ck_assert_str_eq(told(METRIC_BETWEEN, SAMPLE_WAIT, wait),
                     "up 4.5 (−1.5 to ∞) on September 2026\u00A0· may be chance");
    struct metric metric = { .type = METRIC_BETWEEN };
    struct measure measure = { .sample = { .kind = SAMPLE_WAIT }, .change = wait };
    ck_assert_str_eq(
        phrase_change(&arena, (struct medium){ .ascii = true }, &october, &metric, &measure),
        "up 4.5 (−1.5 to open) on September 2026\u00A0· may be chance");
    ck_assert_str_eq(told(METRIC_BETWEEN, SAMPLE_WAIT, change(-4.5, -INFINITY, -1.5)),
                     "down 4.5 (1.5 to ∞) on September 2026");
    ck_assert_str_eq(told(METRIC_BETWEEN, SAMPLE_WAIT, change(-4.5, -INFINITY, 1.5)),
                     "down 4.5 (−∞ to +1.5) on September 2026");
    ck_assert_str_eq(told(METRIC_BETWEEN, SAMPLE_WAIT, change(-4.5, -INFINITY, INFINITY)),
                     "down 4.5 on September 2026");
}
END_TEST

START_TEST(test_nothing_to_compare_with)
{
    ck_assert_str_eq(mean_told(change(NAN, NAN, NAN)), "");
    october.before = NULL;
    ck_assert_str_eq(mean_told(sure(3.2, 1.1, 5.3, 1)), "");
}
END_TEST

/* Colour says nothing that is not sure. */
START_TEST(test_ink_of_a_change)
{
    struct change better = sure(3, 1, 5, 1), worse = sure(3, 1, 5, -1), moved = sure(3, 1, 5, 0);
    struct change maybe = unsure(3, -1, 7, -1);
    ck_assert_int_eq(change_ink(&better), INK_GOOD);
    ck_assert_int_eq(change_ink(&worse), INK_BAD);
    ck_assert_int_eq(change_ink(&moved), INK_DIM);
    ck_assert_int_eq(change_ink(&maybe), INK_DIM);
}
END_TEST

/* ---- Signals --------------------------------------------------------------------- */

#define SLICES 4

/* Slices of `days` days from a Monday, 1 June 2026, on. */
static struct measure sliced(struct slice slices[SLICES], int days, const enum xmr_signal *signals)
{
    int32_t day = time_day_from_civil((struct civil){ 2026, 6, 1 });
    for (int i = 0; i < SLICES; i++)
        slices[i] = (struct slice){
            .first_day = day + i * days,
            .last_day = day + (i + 1) * days - 1,
            .n = 40,
            .value = 10 + i,
            .signal = signals[i],
        };
    return (struct measure){ .slices = slices, .slice_count = SLICES };
}

static const char *signals_told(int days, const enum xmr_signal *signals)
{
    struct slice slices[SLICES];
    struct measure measure = sliced(slices, days, signals);
    const char *text = phrase_signals(&arena, &measure);
    return text != NULL ? text : "";
}

static const enum xmr_signal quiet[SLICES] = { XMR_NONE };
static const enum xmr_signal one[SLICES] = { XMR_NONE, XMR_BEYOND };
static const enum xmr_signal three[SLICES] = { XMR_NONE, XMR_SHIFT, XMR_BEYOND, XMR_SHIFT };

START_TEST(test_signals_in_words)
{
    ck_assert_str_eq(signals_told(7, quiet), "");
    ck_assert_str_eq(signals_told(1, one), "2 June 2026 stands out");
    ck_assert_str_eq(signals_told(7, one), "8–14 June 2026 stands out");
    ck_assert_str_eq(signals_told(1, three), "3 days stand out");
    ck_assert_str_eq(signals_told(7, three), "3 weeks stand out");
    ck_assert_str_eq(signals_told(30, three), "3 months stand out");
    ck_assert_str_eq(signals_told(61, three), "3 parts stand out");
}
END_TEST

START_TEST(test_a_month_has_its_name)
{
    struct slice slices[SLICES];
    struct measure measure = sliced(slices, 30, one);
    slices[1].first_day = time_day_from_civil((struct civil){ 2026, 7, 1 });
    slices[1].last_day = time_day_from_civil((struct civil){ 2026, 7, 31 });
    ck_assert_str_eq(phrase_signals(&arena, &measure), "July 2026 stands out");
}
END_TEST

/* The style of each bar, drawn in `columns`. */
static struct style bar_style(int columns, int bar, struct medium medium,
                              const enum xmr_signal *signals)
{
    struct slice slices[SLICES];
    struct metric metric = { .type = METRIC_COUNT };
    struct journey journey = { .metrics = &metric, .metric_count = 1 };
    struct stage_set set = { .journey = &journey };
    struct measure measure = sliced(slices, 7, signals);
    struct scene *scene = scene_new(&arena, columns, 1, medium);
    sparkline_draw(scene, 0, 0, columns, &set, &measure);
    return scene_cell(scene, 0, bar)->style;
}

START_TEST(test_bars_that_stand_out_are_lit)
{
    struct medium colour = { 0 }, mono = { .mono = true };
    static const int inks[] = { INK_TREND, INK_WARN, INK_TREND, INK_TREND };
    for (int i = 0; i < SLICES; i++) {
        ck_assert_int_eq(bar_style(4, i, colour, one).ink, inks[i]);
        ck_assert_int_eq(bar_style(4, i, colour, one).emphasis, 0);
        ck_assert_int_eq(bar_style(4, i, mono, one).emphasis, i == 1 ? EMPHASIS_UNDERLINE : 0);
        ck_assert_int_eq(bar_style(4, i, colour, quiet).ink, INK_TREND);
    }
    ck_assert_int_eq(bar_style(2, 0, colour, one).ink, INK_WARN); /* of two slices */
    ck_assert_int_eq(bar_style(2, 1, colour, one).ink, INK_TREND);
}
END_TEST

Suite *scene_change_suite(void)
{
    Suite *suite = suite_create("scene_change");
    TCase *tests = tcase_create("change");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_what_is_more_than_chance);
    tcase_add_test(tests, test_what_may_be_chance);
    tcase_add_test(tests, test_nothing_moved);
    tcase_add_test(tests, test_without_an_interval);
    tcase_add_test(tests, test_shares_move_by_points);
    tcase_add_test(tests, test_totals_are_told_day_for_day);
    tcase_add_test(tests, test_open_ends);
    tcase_add_test(tests, test_nothing_to_compare_with);
    tcase_add_test(tests, test_ink_of_a_change);
    suite_add_tcase(suite, tests);
    TCase *signals = tcase_create("signals");
    tcase_add_checked_fixture(signals, set_up, tear_down);
    tcase_add_test(signals, test_signals_in_words);
    tcase_add_test(signals, test_a_month_has_its_name);
    tcase_add_test(signals, test_bars_that_stand_out_are_lit);
    suite_add_tcase(suite, signals);
    return suite;
}
