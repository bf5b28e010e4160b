/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/chart.h>
#include <stellwerk/scene/metrics.h>
#include <stellwerk/scene/scale.h>

#include "scene/fixture.h"
#include "scene/golden.h"

enum { PLATFORM = 3, SATISFACTION = 0, DELAY = 1, ASKED = 2, METRICS };

static struct fixture *fixture;
static struct arena arena;
static struct metric metrics[METRICS];
static struct figures series, before;
static int32_t monday; /* the slices begin there */

static struct anchor late[] = { { 0, 100 }, { 15, 75 }, { 45, 50 }, { 120, 0 } };

/* A slice of a week, whose interval is as wide as it has few rows. */
static struct slice week(int index, uint64_t n, double value)
{
    double margin = n > 0 ? fabs(value) * 1.5 / sqrt((double)n) : NAN;
    return (struct slice){
        .first_day = monday + 7 * index,
        .last_day = monday + 7 * index + 6,
        .n = n,
        .value = n > 0 ? value : NAN,
        .value_lo = value - margin,
        .value_hi = value + margin,
        .score = NAN,
        .score_lo = NAN,
        .score_hi = NAN,
        .sample = { .kind = SAMPLE_MEAN },
    };
}

static struct measure *add_measure(struct figures *figures, int metric, size_t count)
{
    struct measure *measure = &figures->measures[figures->measure_count++];
    *measure = (struct measure){
        .touchpoint = PLATFORM,
        .metric = metric,
        .n = 300,
        .value = 20,
        .value_lo = 18,
        .value_hi = 22,
        .score = 71,
        .score_lo = 69,
        .score_hi = 73,
        .sample = { .kind = SAMPLE_MEAN },
        .newest = (int64_t)(monday + 7 * (int)count) * TIME_US_PER_DAY,
        .change = { .value = NAN, .lo = NAN, .hi = NAN, .before = NAN, .p = NAN, .adjusted = NAN },
        .slices = arena_array(&arena, count, sizeof(struct slice)),
        .slice_count = count,
    };
    return measure;
}

/* Twelve weeks of delays, one of them without a train, one with too few; a lasting shift. */
static void measure_delay(struct figures *figures, double shift)
{
    static const double minutes[] = { 12, 14, 11, 0, 15, 18, 22, 30, 34, 31, 28, 40 };
    static const uint64_t rows[] = { 40, 35, 50, 0, 44, 3, 38, 41, 12, 45, 60, 33 };
    struct measure *delay = add_measure(figures, DELAY, ARRAY_LEN(minutes));
    for (size_t i = 0; i < ARRAY_LEN(minutes); i++)
        delay->slices[i] = week((int)i, rows[i], minutes[i] + shift);
    delay->slices[11].signal = XMR_BEYOND;
}

static void set_up(void)
{
    arena_init(&arena);
    fixture = fixture_train();
    monday = time_day_from_civil((struct civil){ 2026, 8, 3 });
    metrics[SATISFACTION] = fixture->journey.metrics[0];
    metrics[DELAY] = (struct metric){
        .id = "delay", .label = "Delay", .unit = "min", .type = METRIC_MEAN,
        .anchors = { late, ARRAY_LEN(late) }, .min_n = 30,
    };
    metrics[ASKED] = (struct metric){ .id = "asked", .label = "Asked for help", .min_n = 1 };
    static int at_platform[] = { SATISFACTION, DELAY, ASKED };
    fixture->journey.metrics = metrics;
    fixture->journey.metric_count = METRICS;
    fixture->journey.touchpoints[PLATFORM].metrics = (struct indices){ at_platform, METRICS };
    fixture->set.options.metric = DELAY;
    fixture->set.options.slice_day = DAY_NONE;
    fixture->set.wish = (struct series_wish){ NONE, NONE, NONE, PERIOD_ALL, NULL };
    static struct measure now[METRICS], then[METRICS];
    series = (struct figures){ .measures = now, .wish = { NONE, NONE, NONE, PERIOD_WEEK, NULL } };
    before = (struct figures){ .measures = then };
    error_init(&series.problem);
    fixture->set.series = &series;
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return view_find("metrics")->draw(&arena, &fixture->set, columns, rows, medium);
}

static void measure_all(void)
{
    measure_delay(&series, 0);
    struct measure *asked = add_measure(&series, ASKED, 12);
    for (int i = 0; i < 12; i++) {
        asked->slices[i] = week(i, (uint64_t)i, i);
        asked->slices[i].sample.kind = SAMPLE_COUNT;
    }
    asked->sample.kind = SAMPLE_COUNT;
    measure_delay(&before, -4);
    series.before = &before;
    series.lens.period.first = before.lens.period.first = monday;
}

/* ---- Pictures -------------------------------------------------------------------- */

START_TEST(test_picture_80x24)
{
    measure_all();
    golden_styled(draw(80, 24, (struct medium){ 0 }), "metrics-80x24");
}
END_TEST

START_TEST(test_picture_200x60)
{
    measure_all();
    golden_text(draw(200, 60, (struct medium){ 0 }), "metrics-200x60");
}
END_TEST

START_TEST(test_picture_without_colours)
{
    measure_all();
    golden_text(draw(80, 24, (struct medium){ .mono = true }), "metrics-mono-80x24");
}
END_TEST

START_TEST(test_picture_in_ascii)
{
    measure_all();
    struct scene *scene = draw(80, 24, (struct medium){ .ascii = true, .mono = true });
    golden_text(scene, "metrics-ascii-80x24");
    for (int i = 0; i < scene->rows * scene->columns; i++)
        for (int k = 0; k < scene->cells[i].bytes; k++)
            ck_assert((unsigned char)scene->cells[i].text[k] < 0x80);
}
END_TEST

START_TEST(test_report_has_a_chart_for_every_metric)
{
    measure_all();
    struct scene *scene = draw(100, 0, (struct medium){ 0 });
    ck_assert(scene_says(scene, "Delay  20 min (18 to 22)"));
    ck_assert(scene_says(scene, "Asked for help"));
    ck_assert(scene_says(scene, "Platform ───"));
    golden_text(scene, "metrics-report-100");
}
END_TEST

/* ---- What is drawn, and what is not ---------------------------------------------- */

/* Marks in the chart of the chosen metric. */
static int count_marks(const struct scene *scene)
{
    int count = 0;
    for (int row = 0; row < scene->rows - 3; row++)
        for (int x = 0; x < scene->columns; x++) {
            const struct cell *cell = &scene->cells[row * scene->columns + x];
            bool mark = cell->bytes == 3 && (memcmp(cell->text, "●", 3) == 0 ||
                                             memcmp(cell->text, "○", 3) == 0);
            count += mark && cell->style.emphasis != 0;
        }
    return count;
}

START_TEST(test_no_mark_where_nothing_may_be_shown)
{
    measure_delay(&series, 0);
    struct scene *scene = draw(120, 30, (struct medium){ 0 });
    ck_assert_int_eq(count_marks(scene), 10); /* of twelve; one has no rows, one three */
    ck_assert(scene_says(scene, "!"));
    ck_assert(scene_says(scene, "less is better: it is up"));
}
END_TEST

START_TEST(test_the_slice_is_told_in_words)
{
    static const struct {
        int index;
        const char *words;
    } cases[] = {
        { 3, "24–30 August 2026  no data" },
        { 5, "7–13 September 2026  n 3: too few to show" },
        { 6, "14–20 September 2026  22 min (16.6 to 27.4) · n 38" },
        { 11, "stands out: beyond the limits of the noise" },
    };
    measure_delay(&series, 0);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        fixture->set.options.slice_day = monday + 7 * cases[i].index + 2;
        ck_assert_msg(scene_says(draw(120, 30, (struct medium){ 0 }), cases[i].words), "%s",
                      cases[i].words);
    }
}
END_TEST

START_TEST(test_the_latest_slice_with_rows_is_selected_unless_one_is_chosen)
{
    measure_delay(&series, 0);
    struct measure *delay = &series.measures[0];
    ck_assert_int_eq(chart_selected(&fixture->set, delay), 11);
    delay->slices[11].n = 0;
    ck_assert_int_eq(chart_selected(&fixture->set, delay), 10);
    fixture->set.options.slice_day = monday + 14;
    ck_assert_int_eq(chart_selected(&fixture->set, delay), 2);
    fixture->set.options.slice_day = monday - 1000;
    ck_assert_int_eq(chart_selected(&fixture->set, delay), 0);
    fixture->set.options.slice_day = monday + 1000;
    ck_assert_int_eq(chart_selected(&fixture->set, delay), 11);
    delay->slice_count = 0;
    ck_assert_int_eq(chart_selected(&fixture->set, delay), NONE);
    ck_assert_ptr_null(metrics_slice(&fixture->set));
}
END_TEST

START_TEST(test_why_there_is_nothing_is_said)
{
    fixture->set.series = NULL;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "not measured yet"));
    error_set(&series.problem, "the store is on holiday");
    fixture->set.series = &series;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "the store is on holiday"));
    error_init(&series.problem);

    struct measure *delay = add_measure(&series, DELAY, 0);
    delay->status = MEASURE_HIDDEN;
    delay->n = 4;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "n 4: too few to show"));
    delay->status = MEASURE_OK;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "the query does not say when"));
    delay->status = MEASURE_NO_ROWS;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "no data"));
    fixture->set.options.selected = 0;
    fixture->journey.touchpoints[0].metrics.count = 0;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "This touchpoint has no metrics"));
}
END_TEST

START_TEST(test_all_touchpoints_are_listed_when_asked_for)
{
    fixture->set.options.everywhere = true;
    struct metric_rows rows = metrics_rows(&arena, &fixture->set);
    ck_assert_uint_eq(rows.count, 8 + METRICS);
    ck_assert_int_eq(rows.items[rows.chosen].touchpoint, PLATFORM);
    ck_assert_int_eq(rows.items[rows.chosen].metric, DELAY);
    fixture->set.options.metric = NONE;
    rows = metrics_rows(&arena, &fixture->set);
    ck_assert_int_eq(rows.items[rows.chosen].touchpoint, PLATFORM);
    ck_assert_int_eq(rows.items[rows.chosen].metric, SATISFACTION);
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "All touchpoints  11 metrics"));
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "Platform: Delay"));
}
END_TEST

START_TEST(test_events_on_no_touchpoint_are_told_where_there_is_room)
{
    fixture->set.unassigned = 1234;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "1,234 events on no touchpoint"));
    ck_assert(!scene_says(draw(40, 24, (struct medium){ 0 }), "touchpoint"));
    fixture->set.unassigned = 0;
    ck_assert(!scene_says(draw(80, 24, (struct medium){ 0 }), "no touchpoint"));
}
END_TEST

/* ---- Absurd values and sizes ----------------------------------------------------- */

static void measure_values(const double *values, const uint64_t *rows, size_t count)
{
    series.measure_count = 0;
    struct measure *delay = add_measure(&series, DELAY, count);
    for (size_t i = 0; i < count; i++)
        delay->slices[i] = week((int)i, rows[i], values[i]);
}

START_TEST(test_absurd_values_are_drawn)
{
    static const struct {
        double values[3];
        uint64_t rows[3];
        size_t count;
    } cases[] = {
        { { 7 }, { 1 }, 1 },
        { { 7 }, { 50 }, 1 },
        { { 5, 5, 5 }, { 50, 50, 50 }, 3 },
        { { 0, 0, 0 }, { 50, 50, 50 }, 3 },
        { { 1e12, 2e12, 1.5e12 }, { 50, 50, 50 }, 3 },
        { { -1e12, 1e-12, 1e12 }, { 50, 50, 50 }, 3 },
        { { 1e-9, 2e-9, 3e-9 }, { 50, 50, 50 }, 3 },
        { { 1e300, -1e300, 0 }, { 50, 50, 50 }, 3 },
        { { 1e308, -1e308, 0 }, { 50, 50, 50 }, 3 },
        { { 1e308, 1e308, 1e308 }, { 50, 50, 50 }, 3 },
        { { 0, 0, 0 }, { 0, 0, 0 }, 3 },
        { { 1, 2, 3 }, { 1, 2, 3 }, 3 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        measure_values(cases[i].values, cases[i].rows, cases[i].count);
        for (int bare = 0; bare < 2; bare++) {
            metrics[DELAY].anchors.count = bare ? 0 : ARRAY_LEN(late);
            struct scene *scene = draw(80, 24, (struct medium){ 0 });
            int shown = 0;
            for (size_t k = 0; k < cases[i].count; k++)
                shown += cases[i].rows[k] >= METRIC_HIDDEN_N;
            ck_assert_msg(count_marks(scene) == shown, "case %zu: %d marks", i, count_marks(scene));
        }
    }
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "too few rows in each part"));
}
END_TEST

START_TEST(test_many_slices_are_scrolled)
{
    struct measure *delay = add_measure(&series, DELAY, 400);
    for (int i = 0; i < 400; i++)
        delay->slices[i] = week(i, 40, 10 + i % 7);
    for (int at = 0; at < 400; at += 57) {
        fixture->set.options.slice_day = monday + 7 * at;
        struct scene *scene = draw(80, 24, (struct medium){ 0 });
        int lit = 0;
        for (int x = 0; x < 80; x++)
            lit += scene_cell(scene, 20, x)->style.selected;
        ck_assert_msg(lit == 1, "slice %d: %d columns lit", at, lit);
    }
}
END_TEST

/* On a thin line a step lights other labels and writes other words, nothing else. */
START_TEST(test_a_step_changes_few_cells)
{
    measure_all();
    fixture->set.options.light = LIGHT_TITLE;
    fixture->set.options.slice_day = monday + 14;
    const struct scene *from = draw(80, 24, (struct medium){ 0 });
    fixture->set.options.slice_day = monday + 21;
    const struct scene *to = draw(80, 24, (struct medium){ 0 });
    int other = 0;
    for (int row = 0; row < 24; row++)
        for (int x = 0; x < 80; x++) {
            const struct cell *a = &from->cells[row * 80 + x], *b = &to->cells[row * 80 + x];
            bool same = a->bytes == b->bytes && style_equal(a->style, b->style) &&
                        (a->bytes == 0 || memcmp(a->text, b->text, a->bytes) == 0);
            ck_assert_msg(same || row >= 19, "row %d changes", row);
            other += !same;
        }
    ck_assert_int_gt(other, 10);
    ck_assert_int_lt(other, 100);
}
END_TEST

START_TEST(test_every_size_is_drawn_within_itself)
{
    static const struct medium media[] = { { 0 }, { .ascii = true, .mono = true } };
    measure_all();
    for (size_t m = 0; m < ARRAY_LEN(media); m++)
        for (int columns = 1; columns <= 230; columns += 13)
            for (int rows = 1; rows <= 70; rows += 3) {
                arena_reset(&arena);
                series.measure_count = before.measure_count = 0;
                measure_all();
                struct scene *scene = draw(columns, rows, media[m]);
                ck_assert_int_eq(scene->columns, columns);
                ck_assert_int_eq(scene->rows, rows);
                ck_assert_int_lt(scene->cursor_row, rows);
                ck_assert_int_lt(scene->cursor_column, columns);
            }
}
END_TEST

/* ---- The scale ------------------------------------------------------------------- */

START_TEST(test_the_scale_is_round_and_better_is_up)
{
    measure_delay(&series, 0);
    struct scale scale = scale_new(&arena, &fixture->set, &series.measures[0], NULL, NULL, 0, 12);
    ck_assert(scale.falling);
    ck_assert_double_eq(scale.low, 0);
    ck_assert_double_eq(scale.step, 20);
    ck_assert_double_eq(scale.high, 60);
    ck_assert_double_eq(scale_level(&scale, 0), 100);
    ck_assert_double_eq(scale_level(&scale, 60), 0);
    ck_assert_double_eq(scale_level(&scale, -5), 100);
    ck_assert_double_nan(scale_level(&scale, NAN));
    ck_assert_double_eq(scale_level(&scale, INFINITY), 0);
    ck_assert_str_eq(scale_label(&arena, &scale, &metrics[DELAY], &series.measures[0], 40), "40");
}
END_TEST

START_TEST(test_anchors_are_read_off_scored_answers)
{
    struct measure *asked = add_measure(&series, ASKED, 3);
    static const double answers[] = { 2, 3, 4.5 };
    for (int i = 0; i < 3; i++) {
        asked->slices[i] = week(i, 40, answers[i]);
        asked->slices[i].score = (answers[i] - 1) * 25;
    }
    struct anchors anchors = scale_anchors(&arena, &fixture->set, asked);
    ck_assert_uint_eq(anchors.count, 2);
    ck_assert_double_eq_tol(anchors.items[0].raw, 1, 1e-9);
    ck_assert_double_eq(anchors.items[0].score, 0);
    ck_assert_double_eq_tol(anchors.items[1].raw, 5, 1e-9);
    asked->slices[1].score = 90; /* on another scale */
    ck_assert_uint_eq(scale_anchors(&arena, &fixture->set, asked).count, 0);
}
END_TEST

Suite *scene_metrics_suite(void)
{
    Suite *suite = suite_create("scene_metrics");
    TCase *tests = tcase_create("metrics");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_picture_80x24);
    tcase_add_test(tests, test_picture_200x60);
    tcase_add_test(tests, test_picture_without_colours);
    tcase_add_test(tests, test_picture_in_ascii);
    tcase_add_test(tests, test_report_has_a_chart_for_every_metric);
    tcase_add_test(tests, test_no_mark_where_nothing_may_be_shown);
    tcase_add_test(tests, test_the_slice_is_told_in_words);
    tcase_add_test(tests, test_the_latest_slice_with_rows_is_selected_unless_one_is_chosen);
    tcase_add_test(tests, test_why_there_is_nothing_is_said);
    tcase_add_test(tests, test_all_touchpoints_are_listed_when_asked_for);
    tcase_add_test(tests, test_events_on_no_touchpoint_are_told_where_there_is_room);
    tcase_add_test(tests, test_absurd_values_are_drawn);
    tcase_add_test(tests, test_many_slices_are_scrolled);
    tcase_add_test(tests, test_a_step_changes_few_cells);
    tcase_add_test(tests, test_every_size_is_drawn_within_itself);
    tcase_add_test(tests, test_the_scale_is_round_and_better_is_up);
    tcase_add_test(tests, test_anchors_are_read_off_scored_answers);
    suite_add_tcase(suite, tests);
    return suite;
}
