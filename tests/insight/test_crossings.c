/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/crossings.h>

/* Search and book are of Sales, ticket of Print, ride of Trains; nobody owns the exit. */
enum { SEARCH, BOOK, TICKET, RIDE, EXIT, TOUCHPOINTS, CALL = TOUCHPOINTS };
enum { SALES, PRINT, TRAINS };

static const char *shop[] = { "shop" };
static const char *control[] = { "control" };
static struct touchpoint touchpoints[] = {
    [SEARCH] = { .owner = "Sales", .systems = { shop, 1 } },
    [BOOK] = { .owner = "Sales", .systems = { shop, 1 } },
    [TICKET] = { .owner = "Print", .systems = { shop, 1 } },
    [RIDE] = { .owner = "Trains", .systems = { control, 1 } },
    [EXIT] = { .title = "Exit" },
};
static struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = TOUCHPOINTS };
static struct arena arena;
static struct crossings_builder *builder;

static void setup(void)
{
    arena_init(&arena);
    builder = crossings_create(&journey, silos_new(&arena, &journey));
}

static void teardown(void)
{
    crossings_destroy(builder);
    arena_finish(&arena);
}

static void add(const int *steps, size_t count)
{
    struct sequence_step all[16];
    for (size_t i = 0; i < count; i++)
        all[i] = (struct sequence_step){ .ts = (int64_t)i, .step = steps[i], .channel = NONE };
    ck_assert(crossings_add(&(struct sequence){ .steps = all, .count = count }, builder));
}

#define ADD(...) add((const int[]){ __VA_ARGS__ }, sizeof((int[]){ __VA_ARGS__ }) / sizeof(int))

static const struct crossings *finish(void)
{
    const struct crossings *found = crossings_finish(&arena, builder);
    builder = NULL;
    return found;
}

static const struct crossing *find(const struct crossings *found, int from, int to)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].from == from && found->items[i].to == to)
            return &found->items[i];
    ck_abort_msg("none from %d to %d", from, to);
    return NULL;
}

START_TEST(passes_and_the_cases_that_pass_are_counted)
{
    ADD(SEARCH, BOOK, TICKET, RIDE); /* as designed: 2 passes */
    ADD(BOOK, RIDE, BOOK, RIDE);     /* 3 */
    ADD(SEARCH, BOOK, SEARCH);       /* none */
    ADD(SEARCH, TICKET, RIDE);       /* 2 */
    const struct crossings *found = finish();
    ck_assert_uint_eq(found->cases, 4);
    ck_assert_uint_eq(found->count, 4);
    const struct crossing *print = find(found, SALES, PRINT), *ride = find(found, SALES, TRAINS);
    ck_assert_uint_eq(print->passes, 2);
    ck_assert_uint_eq(print->cases, 2);
    ck_assert_uint_eq(print->seams, 1);
    ck_assert_uint_eq(print->as_designed, 1); /* from the search it leaves out the booking */
    ck_assert_uint_eq(print->unaided, 0);     /* the shop's data are there */
    ck_assert_uint_eq(ride->passes, 2);
    ck_assert_uint_eq(ride->cases, 1);
    ck_assert_uint_eq(ride->seams, 0);
    ck_assert_uint_eq(ride->unaided, 2);
    ck_assert_uint_eq(find(found, TRAINS, SALES)->passes, 1);
    ck_assert_uint_eq(found->all.passes, 7);
    ck_assert_uint_eq(found->all.cases, 3);
    ck_assert_uint_eq(found->all.seams, 2);
    ck_assert_uint_eq(found->all.unaided, 5);
    /* 2, 3, 0, 2: mean 1.75, s² = (17 - 4 · 1.75²) / 3 */
    ck_assert_double_eq_tol(found->per_case.value, 1.75, 1e-12);
    ck_assert_double_eq_tol(found->per_case.se, sqrt((17 - 4 * 1.75 * 1.75) / 3 / 4), 1e-12);
}
END_TEST

START_TEST(the_most_crossed_come_first_and_those_never_crossed_last)
{
    ADD(TICKET, SEARCH);
    ADD(TICKET, SEARCH);
    const struct crossings *found = finish();
    ck_assert_uint_eq(found->count, 3);
    ck_assert_int_eq(found->items[0].from, PRINT);
    ck_assert_int_eq(found->items[1].from, SALES); /* of the map, but nobody went there */
    ck_assert_uint_eq(found->items[1].passes, 0);
    ck_assert_int_eq(found->items[2].from, PRINT);
    ck_assert_int_eq(found->items[2].to, TRAINS);
}
END_TEST

START_TEST(what_is_beside_the_map_is_left_out_and_nobody_hands_nothing_over)
{
    ADD(BOOK, CALL, TICKET, EXIT, RIDE);
    const struct crossings *found = finish();
    ck_assert_uint_eq(found->all.passes, 1);
    ck_assert_uint_eq(find(found, SALES, PRINT)->as_designed, 1);
    ck_assert_uint_eq(find(found, PRINT, TRAINS)->passes, 0);
}
END_TEST

START_TEST(systems_that_are_not_named_are_neither_there_nor_missing)
{
    touchpoints[BOOK].systems.count = 0;
    ADD(BOOK, RIDE);
    const struct crossings *found = finish();
    touchpoints[BOOK].systems.count = 1;
    ck_assert_uint_eq(find(found, SALES, TRAINS)->unknown, 1);
    ck_assert_uint_eq(find(found, SALES, TRAINS)->unaided, 0);
}
END_TEST

START_TEST(without_cases_or_owners_nothing_is_known)
{
    const struct crossings *found = finish();
    ck_assert_uint_eq(found->cases, 0);
    ck_assert_uint_eq(found->count, 2); /* of the map */
    ck_assert_double_nan(found->per_case.value);
    const struct journey nobodys = { .touchpoints = &touchpoints[EXIT], .touchpoint_count = 1 };
    builder = crossings_create(&nobodys, silos_new(&arena, &nobodys));
    ADD(0, 0);
    found = finish();
    ck_assert_uint_eq(found->count, 0);
    ck_assert_double_eq(found->per_case.value, 0);
}
END_TEST

Suite *insight_crossings_suite(void)
{
    Suite *suite = suite_create("insight_crossings");
    TCase *tests = tcase_create("handovers");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, passes_and_the_cases_that_pass_are_counted);
    tcase_add_test(tests, the_most_crossed_come_first_and_those_never_crossed_last);
    tcase_add_test(tests, what_is_beside_the_map_is_left_out_and_nobody_hands_nothing_over);
    tcase_add_test(tests, systems_that_are_not_named_are_neither_there_nor_missing);
    tcase_add_test(tests, without_cases_or_owners_nothing_is_known);
    suite_add_tcase(suite, tests);
    return suite;
}
