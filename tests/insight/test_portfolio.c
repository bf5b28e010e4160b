/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/insight/portfolio.h>

#include "insight/printed.h"

#define TODAY 20000

static struct arena arena;

static void set_up(void)
{
    arena_init(&arena);
}

static void tear_down(void)
{
    arena_finish(&arena);
}

/* A map with touchpoints whose ids are letters and that feel like this. */
static struct portfolio_map *map_of(const char *ids, const double *felt)
{
    struct portfolio_map *map = arena_alloc(&arena, sizeof(*map));
    *map = (struct portfolio_map){
        .readable = true,
        .title = ids,
        .count = strlen(ids),
        .score = NAN,
        .weakest = NONE,
        .review_due = DAY_NONE,
        .newest = TIME_NONE,
    };
    map->touchpoints = arena_array(&arena, map->count, sizeof(*map->touchpoints));
    for (size_t i = 0; i < map->count; i++)
        map->touchpoints[i] = (struct portfolio_touchpoint){
            .id = arena_strndup(&arena, &ids[i], 1), .title = "T", .felt = felt[i],
            .measured = { .score = NAN, .se = NAN },
        };
    return map;
}

static const struct portfolio *all_of(const struct portfolio_map *const *maps, size_t count,
                                      enum portfolio_sort sort)
{
    return portfolio_new(&arena, "maps", maps, count, sort, TODAY);
}

START_TEST(a_row_is_a_copy_of_what_counts)
{
    struct experience felt[2] = { { .scope = { NONE, NONE }, .score = 80 },
                                  { .scope = { NONE, NONE }, .score = 20 } };
    struct opportunity opportunities[] = {
        { .status = STATUS_RUNNING, .due = TODAY - 1 }, { .status = STATUS_IDEA, .due = DAY_NONE },
        { .status = STATUS_PLANNED, .due = TODAY }, { .status = STATUS_DONE, .due = TODAY - 9 },
    };
    struct touchpoint touchpoints[2] = {
        { .id = "a", .title = "A", .importance = 1, .standard = NAN, .channel = NONE,
          .experiences = &felt[0], .experience_count = 1 },
        { .id = "b", .title = "B", .importance = 3, .standard = NAN, .channel = NONE,
          .experiences = &felt[1], .experience_count = 1,
          .opportunities = opportunities, .opportunity_count = 4 },
    };
    const struct journey journey = {
        .title = "J", .phase = PHASE_UNIT, .reviewed = TODAY - 100,
        .review_every = 90 * TIME_US_PER_DAY, .touchpoints = touchpoints, .touchpoint_count = 2,
    };
    struct diag_list none;
    diag_list_init(&none, &arena);
    const struct portfolio_map *map = portfolio_map_new(&arena, &journey, &none, NULL, TODAY);
    ck_same(map->score, (80 + 3 * 20) / 4.0);
    ck_assert_int_eq(map->weakest, 1);
    ck_assert_str_eq(map->touchpoints[1].id, "b");
    ck_assert_ptr_ne(map->touchpoints[1].title, touchpoints[1].title);
    ck_assert_uint_eq(map->open, 3);
    ck_assert_uint_eq(map->overdue, 1);
    ck_assert_int_eq(portfolio_days_overdue(map, TODAY), 10);
    ck_assert_int_eq(portfolio_days_overdue(map, map->review_due), 0);
    ck_assert(!map->has_store);
    ck_assert(map->newest == TIME_NONE);
    ck_assert_ptr_null(map->problem);
}
END_TEST

START_TEST(a_broken_map_says_its_first_error)
{
    struct diag_list findings;
    diag_list_init(&findings, &arena);
    diag_add(&findings, SEVERITY_WARNING, (struct pos){ .file = "m", .line = 1 }, "w", "hm");
    diag_add(&findings, SEVERITY_ERROR, (struct pos){ .file = "m", .line = 7 }, "e", "no");
    diag_add(&findings, SEVERITY_ERROR, (struct pos){ .file = "m", .line = 9 }, "e", "never");
    const struct portfolio_map *map = portfolio_map_broken(&arena, &findings);
    ck_assert(!map->readable);
    ck_assert_uint_eq(map->errors, 2);
    ck_assert_str_eq(map->problem, "7: no");
    ck_assert(isnan(map->score));
}
END_TEST

START_TEST(every_order_has_the_worst_first)
{
    struct portfolio_map *maps[5];
    const double felt[] = { 50, 60 };
    for (int i = 0; i < 4; i++)
        maps[i] = map_of("ab", felt);
    maps[4] = NULL; /* not read yet */
    maps[0]->readable = false;
    maps[1]->score = 60, maps[2]->score = 40;
    maps[1]->weakest = 0, maps[2]->weakest = 1;
    maps[1]->review_due = TODAY, maps[2]->review_due = TODAY - 5;
    maps[1]->open = 9, maps[2]->open = 2, maps[2]->overdue = 1;
    maps[1]->newest = 20, maps[3]->newest = 10;
    maps[1]->phase = PHASE_UNIT, maps[2]->phase = PHASE_PILOT;
    static const size_t orders[PORTFOLIO_SORTS][5] = {
        [PORTFOLIO_BY_NAME] = { 0, 1, 2, 3, 4 },    [PORTFOLIO_BY_SCORE] = { 2, 1, 3, 0, 4 },
        [PORTFOLIO_BY_WEAKEST] = { 1, 2, 3, 0, 4 }, [PORTFOLIO_BY_REVIEW] = { 2, 1, 3, 0, 4 },
        [PORTFOLIO_BY_OPEN] = { 2, 1, 3, 0, 4 },    [PORTFOLIO_BY_AGE] = { 3, 1, 2, 0, 4 },
        [PORTFOLIO_BY_PHASE] = { 2, 1, 3, 0, 4 },
    };
    for (int sort = 0; sort < PORTFOLIO_SORTS; sort++) {
        const struct portfolio *portfolio =
            all_of((const struct portfolio_map *const *)maps, 5, (enum portfolio_sort)sort);
        ck_assert_msg(memcmp(portfolio->order, orders[sort], sizeof(orders[sort])) == 0, "%s",
                      portfolio_sort_name((enum portfolio_sort)sort));
        ck_assert_int_eq(portfolio_sort_find(portfolio_sort_name((enum portfolio_sort)sort)),
                         sort);
        ck_assert_uint_eq(portfolio->read, 4);
        ck_assert_uint_eq(portfolio->broken, 1);
        ck_assert_uint_eq(portfolio->reviews_overdue, 1);
        ck_assert_uint_eq(portfolio->open, 11);
    }
    ck_assert_int_eq(portfolio_sort_find("colour"), -1);
}
END_TEST

START_TEST(the_same_id_is_the_same_touchpoint)
{
    struct portfolio_map *maps[3] = {
        map_of("abc", (const double[]){ 80, 70, NAN }),
        map_of("bd", (const double[]){ 30, 10 }),
        map_of("cb", (const double[]){ 40, 50 }),
    };
    maps[2]->touchpoints[1].title = "U";
    const struct portfolio *portfolio =
        all_of((const struct portfolio_map *const *)maps, 3, PORTFOLIO_BY_NAME);
    ck_assert_uint_eq(portfolio->shared_count, 2);
    const struct shared_touchpoint *b = &portfolio->shared[0], *c = &portfolio->shared[1];
    ck_assert_str_eq(b->id, "b");
    ck_assert_uint_eq(b->count, 3);
    ck_assert_uint_eq(b->places[1].map, 1);
    ck_assert(b->titles_differ);
    ck_assert_double_eq(b->felt_low, 30);
    ck_assert_double_eq(b->felt_high, 70);
    ck_assert_uint_eq(b->weakest, 1);
    ck_assert_str_eq(c->id, "c");
    ck_assert(!c->titles_differ);
    ck_assert_double_eq(c->felt_low, 40);
    ck_assert(isnan(c->apart.tau));
    ck_assert(!c->sure);
}
END_TEST

START_TEST(what_differs_beyond_noise_leads)
{
    static const double felt[] = { 10, 50 };
    struct portfolio_map *maps[2] = { map_of("xy", felt), map_of("xy", felt) };
    maps[0]->touchpoints[0].felt = 90; /* felt far apart, and not measured */
    for (int i = 0; i < 2; i++) {
        struct measured *measured = &maps[i]->touchpoints[1].measured;
        measured->score = 40 + 20 * i;
        measured->se = 2;
    }
    const struct portfolio *portfolio =
        all_of((const struct portfolio_map *const *)maps, 2, PORTFOLIO_BY_NAME);
    const struct shared_touchpoint *y = &portfolio->shared[0];
    ck_assert_str_eq(y->id, "y");
    ck_assert(y->sure);
    ck_assert_uint_eq(y->measured, 2);
    /* Q = 20² / (2² + 2²) = 50; tau² = (Q - 1) (2² + 2²) / 2 / 2 ... by moments 196. */
    ck_same(y->apart.q, 50);
    ck_same(y->apart.tau, 14);
    maps[1]->touchpoints[1].measured.score = 43;
    portfolio = all_of((const struct portfolio_map *const *)maps, 2, PORTFOLIO_BY_NAME);
    ck_assert_str_eq(portfolio->shared[0].id, "x");
    ck_assert(!portfolio->shared[1].sure);
}
END_TEST

START_TEST(nothing_is_fine)
{
    const struct portfolio *portfolio = all_of(NULL, 0, PORTFOLIO_BY_SCORE);
    ck_assert_uint_eq(portfolio->shared_count + portfolio->count + portfolio->read, 0);
}
END_TEST

Suite *insight_portfolio_suite(void)
{
    Suite *suite = suite_create("insight_portfolio");
    TCase *tests = tcase_create("portfolio");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, a_row_is_a_copy_of_what_counts);
    tcase_add_test(tests, a_broken_map_says_its_first_error);
    tcase_add_test(tests, every_order_has_the_worst_first);
    tcase_add_test(tests, the_same_id_is_the_same_touchpoint);
    tcase_add_test(tests, what_differs_beyond_noise_leads);
    tcase_add_test(tests, nothing_is_fine);
    suite_add_tcase(suite, tests);
    return suite;
}
