/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/foot.h>
#include <stellwerk/scene/view.h>

#include "scene/fixture.h"
#include "scene/golden.h"

static struct fixture *fixture;
static struct arena arena;

static void set_up(void)
{
    fixture = fixture_train();
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_destroy(fixture);
}

static void use(struct fixture *other)
{
    fixture_destroy(fixture);
    fixture = other;
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    static const struct hint hints[] = {
        { "Enter", "open", "open", 9 },
        { "p", "persona", "persona", 8 },
        { "?", "help", "help", 10 },
    };
    struct scene *scene = view_find("map")->draw(&arena, &fixture->set, columns, rows, medium);
    if (rows > 0)
        foot_draw(scene, rows - 1, 0, scene->columns, hints, ARRAY_LEN(hints));
    return scene;
}

/* ---- Pictures -------------------------------------------------------------------- */

START_TEST(test_picture_80x24)
{
    golden_styled(draw(80, 24, (struct medium){ 0 }), "map-80x24");
}
END_TEST

START_TEST(test_picture_120x32)
{
    golden_styled(draw(120, 32, (struct medium){ 0 }), "map-120x32");
}
END_TEST

START_TEST(test_picture_200x60)
{
    golden_text(draw(200, 60, (struct medium){ 0 }), "map-200x60");
}
END_TEST

START_TEST(test_picture_of_the_least_screen)
{
    golden_text(draw(VIEW_MIN_COLUMNS, VIEW_MIN_ROWS, (struct medium){ 0 }), "map-40x12");
}
END_TEST

START_TEST(test_picture_in_ascii)
{
    struct scene *scene = draw(80, 24, (struct medium){ .ascii = true, .mono = true });
    for (int row = 0; row < scene->rows; row++) {
        for (const char *text = row_text(scene, row); *text != '\0'; text++)
            ck_assert_uint_lt((unsigned char)*text, 0x80u);
    }
    golden_text(scene, "map-ascii-80x24");
}
END_TEST

START_TEST(test_picture_without_colour)
{
    golden_text(draw(80, 24, (struct medium){ .mono = true }), "map-mono-80x24");
}
END_TEST

START_TEST(test_picture_in_braille)
{
    golden_text(draw(80, 24, (struct medium){ .braille = true }), "map-braille-80x24");
}
END_TEST

START_TEST(test_picture_without_figures)
{
    fixture->set.figures = NULL;
    fixture_read(fixture);
    golden_text(draw(80, 24, (struct medium){ .mono = true }), "map-no-data-80x24");
}
END_TEST

/* A hole in the estimates, no expectation, too few answers to show, a failed query. */
START_TEST(test_picture_of_what_is_missing)
{
    fixture->journey.touchpoints[1].experience_count = 0;
    fixture->journey.touchpoints[2].expectation_count = 0;
    fixture->journey.touchpoints[3].experience_count = 0;
    fixture->figures.measures[3].status = MEASURE_HIDDEN;
    fixture->figures.measures[3].n = 3;
    fixture->figures.measures[4].status = MEASURE_FAILED;
    fixture_read(fixture);
    golden_text(draw(80, 24, (struct medium){ .mono = true }), "map-missing-80x24");
}
END_TEST

START_TEST(test_picture_of_small_samples)
{
    fixture->set.options.selected = 8;
    golden_text(draw(80, 24, (struct medium){ .mono = true }), "map-small-80x24");
}
END_TEST

START_TEST(test_picture_of_wide_letters)
{
    use(fixture_wide());
    golden_text(draw(110, 40, (struct medium){ .mono = true }), "map-wide-110x40");
}
END_TEST

START_TEST(test_picture_of_a_long_journey)
{
    use(fixture_long(500));
    fixture->set.options.selected = 250;
    golden_styled(draw(80, 24, (struct medium){ 0 }), "map-long-80x24");
}
END_TEST

START_TEST(test_picture_of_few_lanes_with_history)
{
    fixture->set.options.lanes = 1u << LANE_GAP | 1u << LANE_N;
    golden_text(draw(120, 44, (struct medium){ .mono = true }), "map-history-120x44");
}
END_TEST

START_TEST(test_picture_of_an_empty_map)
{
    use(fixture_empty());
    golden_text(draw(60, 14, (struct medium){ 0 }), "map-empty-60x14");
}
END_TEST

START_TEST(test_picture_of_a_report)
{
    golden_text(draw(80, 0, (struct medium){ .mono = true }), "report-80");
}
END_TEST

/* ---- What the pictures do not tell ----------------------------------------------- */

START_TEST(test_fallen_short_is_red_and_met_is_not)
{
    struct scene *scene = draw(120, 32, (struct medium){ 0 });
    int falls[9] = { 0 };
    for (int row = 0; row < scene->rows; row++) {
        for (int column = 0; column < scene->columns; column++) {
            const struct region *region = scene_region_at(scene, row, column);
            if (region != NULL && region->kind == REGION_PLOT)
                falls[region->index] += scene_cell(scene, row, column)->style.ground == GROUND_FALL;
        }
    }
    for (int i = 0; i < 9; i++)
        ck_assert_int_eq(falls[i] > 0, i == 2 || i == 3 || i == 5);
}
END_TEST

/* How many cells a glyph has in an ink. */
static int count_of(const struct scene *scene, const char *glyph, enum ink ink)
{
    int count = 0;
    for (int i = 0; i < scene->rows * scene->columns; i++) {
        const struct cell *cell = &scene->cells[i];
        count += cell->style.ink == ink && cell->bytes == strlen(glyph) &&
                 memcmp(cell->text, glyph, cell->bytes) == 0;
    }
    return count;
}

/* The first slice of the selected touchpoint: a bar in its lane, and a column of the chart. */
START_TEST(test_slices_that_stand_out_are_lit)
{
    fixture->set.options.lanes = 1u << LANE_GAP | 1u << LANE_TREND;
    struct scene *scene = draw(120, 44, (struct medium){ 0 });
    ck_assert_int_eq(count_of(scene, "█", INK_WARN), 0);
    int plain = count_of(scene, "█", INK_TREND);
    fixture->figures.measures[3].slices[0].signal = XMR_BEYOND;
    scene = draw(120, 44, (struct medium){ 0 });
    int lit = count_of(scene, "█", INK_WARN);
    ck_assert_int_gt(lit, 1);
    ck_assert_int_eq(count_of(scene, "█", INK_TREND), plain - lit);
    scene = draw(80, 24, (struct medium){ 0 }); /* no room for a chart */
    ck_assert_int_eq(count_of(scene, "█", INK_WARN), 1);
}
END_TEST

static int row_of(const struct scene *scene, const char *text)
{
    for (int row = 0; row < scene->rows; row++) {
        if (strstr(row_text(scene, row), text) != NULL)
            return row;
    }
    return NONE;
}

START_TEST(test_chart_tells_the_change_where_it_fits)
{
    struct figures before = { .lens.period = period_step(fixture->set.lens.period, -1) };
    fixture->figures.before = &before;
    fixture->set.options.lanes = 1u << LANE_GAP;
    fixture->figures.measures[3].change = (struct change){
        .value = -8.2, .lo = -15.1, .hi = -1.3, .adjusted = 0.02, .sure = true, .direction = -1,
    };
    int row = row_of(draw(140, 44, (struct medium){ 0 }), "Platform: Satisfaction");
    ck_assert_int_ne(row, NONE);
    ck_assert_ptr_nonnull(strstr(row_text(draw(140, 44, (struct medium){ 0 }), row),
                                 "3 days old  down 8.2 (1.3 to 15.1) on Q2 2026"));
    ck_assert_int_eq(row_of(draw(100, 44, (struct medium){ 0 }), "down 8.2"), NONE);
    fixture->figures.before = NULL;
    ck_assert_int_eq(row_of(draw(140, 44, (struct medium){ 0 }), "down 8.2"), NONE);
}
END_TEST

START_TEST(test_cursor_is_on_the_selection)
{
    for (int selected = 0; selected < 9; selected++) {
        fixture->set.options.selected = selected;
        struct scene *scene = draw(80, 24, (struct medium){ 0 });
        const struct region *region =
            scene_region_at(scene, scene->cursor_row, scene->cursor_column);
        ck_assert_int_eq(region->index, selected);
        ck_assert(scene_cell(scene, scene->cursor_row, scene->cursor_column)->style.selected);
    }
}
END_TEST

START_TEST(test_light_reaches_as_far_as_asked)
{
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    int x = scene->cursor_column;
    ck_assert(scene_cell(scene, 7, x)->style.selected);
    ck_assert(!scene_cell(scene, 7, x - 1)->style.selected);
    fixture->set.options.light = LIGHT_TITLE;
    scene = draw(80, 24, (struct medium){ 0 });
    ck_assert(scene_cell(scene, scene->cursor_row, x)->style.selected);
    ck_assert(!scene_cell(scene, 7, x)->style.selected);
    ck_assert(!scene_cell(scene, 12, x)->style.selected);
}
END_TEST

START_TEST(test_reports_have_no_light)
{
    struct scene *scene = draw(80, 0, (struct medium){ 0 });
    ck_assert_int_eq(scene->cursor_row, -1);
    for (int i = 0; i < scene->rows * scene->columns; i++)
        ck_assert(!scene->cells[i].style.selected);
}
END_TEST

START_TEST(test_overlay_can_be_taken_off)
{
    fixture->set.options.overlay = false;
    struct scene *scene = draw(120, 32, (struct medium){ 0 });
    for (int row = 0; row < scene->rows; row++) {
        ck_assert_ptr_null(strstr(row_text(scene, row), "●"));
        ck_assert_ptr_null(strstr(row_text(scene, row), "measured"));
    }
    ck_assert_ptr_nonnull(strstr(row_text(scene, 0), "estimates only"));
}
END_TEST

START_TEST(test_state_of_the_data_is_told)
{
    struct diag_list findings = { .warnings = 2 };
    fixture->set.findings = &findings;
    ck_assert_ptr_nonnull(strstr(row_text(draw(120, 24, (struct medium){ 0 }), 0), "2 findings"));
    (void)error_set(&fixture->figures.problem, "not a store");
    ck_assert_ptr_nonnull(
        strstr(row_text(draw(120, 24, (struct medium){ 0 }), 0), "store not readable"));
    fixture->set.figures = NULL;
    ck_assert_ptr_nonnull(
        strstr(row_text(draw(120, 24, (struct medium){ 0 }), 0), "store not read"));
    fixture->journey.store = NULL;
    ck_assert_ptr_nonnull(strstr(row_text(draw(120, 24, (struct medium){ 0 }), 0), "no store"));
}
END_TEST

START_TEST(test_window_is_told)
{
    int first, count;
    fixture->set.options.selected = 8;
    map_window(&fixture->set, 80, &first, &count);
    ck_assert_int_eq(count, 6);
    ck_assert_int_eq(first, 3);
    fixture->set.options.first = first;
    fixture->set.options.selected = 3;
    map_window(&fixture->set, 80, &first, &count);
    ck_assert_int_eq(first, 3);
}
END_TEST

START_TEST(test_lanes_scroll_under_the_gaps)
{
    int scroll, left_out;
    map_lanes(&fixture->set, 80, 24, &scroll, &left_out);
    ck_assert_int_eq(scroll, 0);
    ck_assert_int_gt(left_out, 0);
    int before = left_out;
    fixture->set.options.scroll = 2;
    map_lanes(&fixture->set, 80, 24, &scroll, &left_out);
    ck_assert_int_eq(scroll, 2);
    ck_assert_int_lt(left_out, before);
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert_ptr_nonnull(strstr(row_text(scene, 12), "Gap"));
    ck_assert_ptr_nonnull(strstr(row_text(scene, 13), "Channel"));
    fixture->set.options.scroll = 1000;
    map_lanes(&fixture->set, 80, 24, &scroll, &left_out);
    ck_assert_int_eq(left_out, 0);
    ck_assert_int_lt(scroll, LANE_COUNT);
}
END_TEST

START_TEST(test_search_marks_what_it_finds)
{
    fixture->set.options.search = "CONNECTION";
    struct scene *scene = draw(120, 40, (struct medium){ 0 });
    int marked = 0;
    for (int row = 0; row < scene->rows; row++) {
        for (int column = 0; column < scene->columns; column++) {
            if (scene_cell(scene, row, column)->style.ground != GROUND_MATCH)
                continue;
            marked++;
            ck_assert_ptr_nonnull(strcasestr(row_text(scene, row), "connection"));
        }
    }
    ck_assert_int_ge(marked, 20);
    ck_assert_int_eq(marked % 10, 0);
}
END_TEST

START_TEST(test_too_small_is_said)
{
    ck_assert_str_eq(row_text(draw(39, 20, (struct medium){ 0 }), 10),
                     "     Too small: 40 × 12 are needed");
    ck_assert_str_eq(row_text(draw(12, 3, (struct medium){ 0 }), 1), " too small");
    struct scene *least = view_find("map")->draw(&arena, &fixture->set, 1, 1, (struct medium){ 0 });
    ck_assert_str_eq(row_text(least, 0), "…");
}
END_TEST

/* Every row is as wide as its cells say, whatever the size, the medium and the journey. */
static void check_rows(const struct scene *scene)
{
    for (int row = 0; row < scene->rows; row++) {
        size_t count, bad;
        struct span *spans = scene_spans(scene->arena, scene, row, &count);
        int column = 0;
        for (size_t i = 0; i < count; i++) {
            ck_assert_int_eq(spans[i].column, column);
            ck_assert_int_eq(utf8_width(spans[i].text), spans[i].columns);
            ck_assert(utf8_valid(spans[i].text, strlen(spans[i].text), &bad));
            column += spans[i].columns;
        }
        ck_assert_int_le(column, scene->columns);
    }
}

static void check_sizes(struct medium medium)
{
    static const int columns[] = { 0, 1, 13, 40, 81, 210 };
    static const int rows[] = { 0, 1, 12, 46 };
    for (size_t i = 0; i < ARRAY_LEN(columns); i++) {
        for (size_t k = 0; k < ARRAY_LEN(rows); k++) {
            if (columns[i] == 0 && rows[k] > 0)
                continue;
            arena_reset(&arena);
            fixture->set.options.search = "e";
            check_rows(view_find("map")->draw(&arena, &fixture->set, columns[i], rows[k], medium));
        }
    }
}

START_TEST(test_any_size)
{
    check_sizes((struct medium){ 0 });
    use(fixture_empty());
    check_sizes((struct medium){ 0 });
    use(fixture_long(1));
    check_sizes((struct medium){ 0 });
    use(fixture_long(31));
    check_sizes((struct medium){ 0 });
}
END_TEST

START_TEST(test_any_letters)
{
    static const struct medium media[] = { { 0 },
                                           { .ascii = true, .mono = true },
                                           { .braille = true } };
    use(fixture_wide());
    check_sizes(media[_i]);
}
END_TEST

START_TEST(test_lanes_have_names)
{
    for (int i = 0; i < LANE_COUNT; i++) {
        ck_assert_int_eq(lane_find(lane_name(i)), i);
        ck_assert_str_ne(lane_title(i), "");
        ck_assert_int_le(utf8_width(lane_title(i)), 12);
    }
    ck_assert_int_eq(lane_find("nonsense"), -1);
}
END_TEST

START_TEST(test_views_have_names)
{
    for (size_t i = 0; i < view_count; i++)
        ck_assert_ptr_eq(view_find(views[i].name), &views[i]);
    ck_assert_ptr_null(view_find("nonsense"));
}
END_TEST

Suite *scene_map_suite(void)
{
    Suite *suite = suite_create("scene_map");
    TCase *pictures = tcase_create("pictures");
    tcase_add_checked_fixture(pictures, set_up, tear_down);
    tcase_add_test(pictures, test_picture_80x24);
    tcase_add_test(pictures, test_picture_120x32);
    tcase_add_test(pictures, test_picture_200x60);
    tcase_add_test(pictures, test_picture_of_the_least_screen);
    tcase_add_test(pictures, test_picture_in_ascii);
    tcase_add_test(pictures, test_picture_without_colour);
    tcase_add_test(pictures, test_picture_in_braille);
    tcase_add_test(pictures, test_picture_without_figures);
    tcase_add_test(pictures, test_picture_of_what_is_missing);
    tcase_add_test(pictures, test_picture_of_small_samples);
    tcase_add_test(pictures, test_picture_of_wide_letters);
    tcase_add_test(pictures, test_picture_of_a_long_journey);
    tcase_add_test(pictures, test_picture_of_few_lanes_with_history);
    tcase_add_test(pictures, test_picture_of_an_empty_map);
    tcase_add_test(pictures, test_picture_of_a_report);
    suite_add_tcase(suite, pictures);
    TCase *rules = tcase_create("rules");
    tcase_add_checked_fixture(rules, set_up, tear_down);
    tcase_add_test(rules, test_fallen_short_is_red_and_met_is_not);
    tcase_add_test(rules, test_slices_that_stand_out_are_lit);
    tcase_add_test(rules, test_chart_tells_the_change_where_it_fits);
    tcase_add_test(rules, test_cursor_is_on_the_selection);
    tcase_add_test(rules, test_light_reaches_as_far_as_asked);
    tcase_add_test(rules, test_reports_have_no_light);
    tcase_add_test(rules, test_overlay_can_be_taken_off);
    tcase_add_test(rules, test_state_of_the_data_is_told);
    tcase_add_test(rules, test_window_is_told);
    tcase_add_test(rules, test_lanes_scroll_under_the_gaps);
    tcase_add_test(rules, test_search_marks_what_it_finds);
    tcase_add_test(rules, test_too_small_is_said);
    tcase_add_test(rules, test_any_size);
    tcase_add_loop_test(rules, test_any_letters, 0, 3);
    tcase_add_test(rules, test_lanes_have_names);
    tcase_add_test(rules, test_views_have_names);
    suite_add_tcase(suite, rules);
    return suite;
}
