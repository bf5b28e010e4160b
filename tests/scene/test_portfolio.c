/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/report/portfolio.h>
#include <stellwerk/scene/portfolio.h>

#include "scene/golden.h"

#define TODAY 20758 /* 2026-11-01 */

static struct arena arena;
static struct portfolio_scene show;
static const struct portfolio_map *maps[6];

static struct portfolio_map *map_of(const char *name, const char *title)
{
    struct portfolio_map *map = arena_alloc(&arena, sizeof(*map));
    *map = (struct portfolio_map){
        .path = arena_printf(&arena, "maps/%s", name),
        .name = name,
        .readable = title != NULL,
        .title = title,
        .score = NAN,
        .weakest = NONE,
        .gap = NAN,
        .reviewed = DAY_NONE,
        .review_due = DAY_NONE,
        .newest = TIME_NONE,
    };
    return map;
}

static void add(struct portfolio_map *map, const char *id, const char *title, double felt,
                double measured, double se)
{
    struct portfolio_touchpoint *touchpoints =
        arena_array(&arena, map->count + 1, sizeof(*touchpoints));
    if (map->count > 0)
        memcpy(touchpoints, map->touchpoints, map->count * sizeof(*touchpoints));
    touchpoints[map->count++] = (struct portfolio_touchpoint){
        .id = id, .title = title, .felt = felt, .gap = { .value = NAN },
        .measured = { .score = measured, .se = se, .lo = measured - 2 * se,
                      .hi = measured + 2 * se, .n = isnan(measured) ? 0 : 120 },
    };
    map->touchpoints = touchpoints;
}

static void arrange(size_t count, enum portfolio_sort sort)
{
    show.portfolio = portfolio_new(&arena, "maps", maps, count, sort, TODAY);
    show.sort = sort;
}

static void set_up(void)
{
    arena_init(&arena);
    show = (struct portfolio_scene){ .title = "maps", .now = TODAY * TIME_US_PER_DAY };
    struct portfolio_map *train = map_of("train.yaml", "By train to the seminar");
    struct portfolio_map *shop = map_of("shop.yaml", "Web shop: from the first banner to the "
                                                     "second parcel, and back with what was wrong");
    struct portfolio_map *permit = map_of("town/permit.yml", "A permit \x1b[31mred");
    struct portfolio_map *broken = map_of("torn.yaml", NULL);
    struct portfolio_map *empty = map_of("empty.yaml", "Nothing yet");
    add(train, "ticket", "Ticket", 38, 31, 1.5);
    add(train, "pay", "Payment", 77, 74, 3);
    add(shop, "pay", "Checkout", 61, 52, 2);
    add(shop, "banner", "Banner", 40, NAN, NAN);
    add(permit, "ticket", "Ticket", 45, 33, 4);
    train->score = 58, train->weakest = 0, train->gap = -12, train->phase = PHASE_UNIT;
    train->owner = "Journey Management", train->has_store = true;
    train->newest = (TODAY - 3) * TIME_US_PER_DAY;
    train->reviewed = TODAY - 14, train->review_due = TODAY + 76, train->open = 4;
    shop->score = 51, shop->weakest = 1, shop->gap = 3, shop->phase = PHASE_CROSS_FUNCTIONAL;
    shop->has_store = true, shop->newest = (TODAY - 40) * TIME_US_PER_DAY;
    shop->reviewed = TODAY - 200, shop->review_due = TODAY - 110;
    shop->open = 7, shop->overdue = 2;
    permit->score = 45, permit->weakest = 0, permit->has_store = true;
    permit->store_problem = "there is no store 'permit.db'";
    permit->errors = 2, permit->problem = "18: there is no persona 'tom'";
    broken->errors = 1, broken->problem = "3: the list that opens with '[' here goes wrong";
    const struct portfolio_map *all[] = { broken, empty, shop, permit, train, NULL };
    memcpy(maps, all, sizeof(all));
    arrange(5, PORTFOLIO_BY_SCORE);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

static struct scene *draw(int columns, int rows, struct medium medium)
{
    return portfolio_draw(&arena, &show, columns, rows, medium);
}

START_TEST(picture_80x24)
{
    show.selected = 1;
    golden_styled(draw(80, 24, (struct medium){ 0 }), "portfolio-80x24");
}
END_TEST

START_TEST(picture_200x30)
{
    golden_text(draw(200, 30, (struct medium){ 0 }), "portfolio-200x30");
}
END_TEST

START_TEST(picture_of_what_is_shared)
{
    show.shared = true;
    golden_text(draw(100, 14, (struct medium){ 0 }), "portfolio-shared-100x14");
}
END_TEST

START_TEST(picture_of_the_report)
{
    show.selected = SIZE_MAX;
    golden_text(draw(120, 0, (struct medium){ 0 }), "portfolio-report-120");
    golden_text(draw(60, 0, (struct medium){ .ascii = true, .mono = true }),
                "portfolio-report-ascii-60");
}
END_TEST

START_TEST(while_it_is_read_it_says_so)
{
    arrange(6, PORTFOLIO_BY_NAME);
    struct scene *scene = draw(80, 24, (struct medium){ 0 });
    ck_assert(scene_says(scene, "5 of 6 maps read"));
    ck_assert(scene_says(scene, "not read yet"));
    show.portfolio = NULL;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "looking for maps"));
}
END_TEST

START_TEST(nothing_is_said_to_be_nothing)
{
    arrange(0, PORTFOLIO_BY_NAME);
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "there is no map in this folder"));
    ck_assert(scene_says(draw(80, 0, (struct medium){ 0 }), "there is no map in this folder"));
    show.shared = true;
    ck_assert(scene_says(draw(80, 24, (struct medium){ 0 }), "no touchpoint is on more than one"));
    ck_assert(scene_says(draw(30, 24, (struct medium){ 0 }), "Too small"));
}
END_TEST

START_TEST(hundreds_of_maps_scroll)
{
    const struct portfolio_map *many[300];
    for (size_t i = 0; i < 300; i++)
        many[i] = map_of("m.yaml", arena_printf(&arena, "Map %zu", i));
    show.portfolio = portfolio_new(&arena, "maps", many, 300, PORTFOLIO_BY_NAME, TODAY);
    show.selected = 299;
    struct scene *scene = draw(40, 12, (struct medium){ 0 });
    ck_assert(scene_says(scene, "Map 299"));
    ck_assert_int_ge(scene->cursor_row, 0);
}
END_TEST

START_TEST(programs_get_all_of_it)
{
    struct str out;
    str_init(&out);
    report_json_portfolio(&out, show.portfolio, TODAY);
    ck_assert_ptr_nonnull(strstr(out.text, "\"view\": \"portfolio\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"review_days_overdue\": 110"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"problem\": \"3: the list"));
    ck_assert_ptr_nonnull(strstr(out.text, "\"score_reason\": \"no_experience\""));
    ck_assert_ptr_nonnull(strstr(out.text, "\"titles_differ\": true"));
    ck_assert_ptr_null(strchr(out.text, '\x1b'));
    str_finish(&out);
    str_init(&out);
    report_csv_portfolio(&out, show.portfolio, TODAY);
    ck_assert_ptr_nonnull(strstr(out.text, "\nmaps/train.yaml,By train to the seminar,as-is,"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nmaps/torn.yaml,,,,,,"));
    str_finish(&out);
}
END_TEST

Suite *scene_portfolio_suite(void)
{
    Suite *suite = suite_create("scene_portfolio");
    TCase *tests = tcase_create("portfolio");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, picture_80x24);
    tcase_add_test(tests, picture_200x30);
    tcase_add_test(tests, picture_of_what_is_shared);
    tcase_add_test(tests, picture_of_the_report);
    tcase_add_test(tests, while_it_is_read_it_says_so);
    tcase_add_test(tests, nothing_is_said_to_be_nothing);
    tcase_add_test(tests, hundreds_of_maps_scroll);
    tcase_add_test(tests, programs_get_all_of_it);
    suite_add_tcase(suite, tests);
    return suite;
}
