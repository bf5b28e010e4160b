/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What contacts have cost. */

#include "suites.h"

#include <math.h>

#include <stellwerk/store/costs.h>

#include "store/little_map.h"

static struct costs costs;

static void read_costs(void)
{
    struct store *store;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_costs_read(&fixture.arena, store, &journey, &lens, &costs, &fixture.err),
                  "%s", fixture.err.text);
    store_close(store);
}

START_TEST(costs_are_added_up_by_touchpoint)
{
    import_text("ts,case_id,activity,touchpoint,channel,persona,cost\n"
                "2026-01-01,c1,look,search,web,anna,0.5\n"
                "2026-01-02,c1,call,platform,phone,anna,4\n"
                "2026-02-02,c2,call,platform,phone,helga,2\n"
                "2026-02-03,c2,look,search,web,helga,\n"
                "2026-02-03,c2,gone,elsewhere,web,helga,100\n"
                "2026-02-04,c2,send,search,fax,helga,\n");
    read_costs();
    ck_assert_double_eq_tol(costs.touchpoints[SEARCH], 0.5, 1e-9);
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 6, 1e-9);

    lens.persona = HELGA;
    read_costs();
    ck_assert_msg(isnan(costs.touchpoints[SEARCH]), "nobody says what her search cost");
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 2, 1e-9);

    lens.persona = NONE;
    lens.period = (struct period){ .first = day("2026-01-01"), .last = day("2026-01-31") };
    read_costs();
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 4, 1e-9);
}
END_TEST

START_TEST(costs_of_one_currency_count)
{
    import_text("ts,case_id,activity,touchpoint,channel,cost,currency\n"
                "2026-01-01,c1,look,search,web,0.5,EUR\n"
                "2026-01-02,c1,call,platform,phone,4,EUR\n"
                "2026-01-03,c1,call,platform,phone,700,JPY\n"
                "2026-01-04,c1,call,platform,phone,900,\n"
                "2026-01-05,c1,call,platform,phone,,JPY\n"
                "2026-01-06,c1,call,platform,phone,,JPY\n");
    read_costs();
    ck_assert_str_eq(costs.currency, "EUR");
    ck_assert_uint_eq(costs.left_out, 2);
    ck_assert_double_eq_tol(costs.touchpoints[SEARCH], 0.5, 1e-9);
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 4, 1e-9);

    /* The same from the rows. */
    fixture_change(&fixture, "UPDATE derived SET version = 0");
    read_costs();
    ck_assert_str_eq(costs.currency, "EUR");
    ck_assert_uint_eq(costs.left_out, 2);
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 4, 1e-9);

    fixture_change(&fixture, "UPDATE event SET currency = NULL WHERE cost IS NOT NULL");
    read_costs();
    ck_assert_ptr_null(costs.currency);
    ck_assert_uint_eq(costs.left_out, 0);
    ck_assert_double_eq_tol(costs.touchpoints[PLATFORM], 1604, 1e-9);
}
END_TEST

Suite *store_costs_suite(void)
{
    Suite *suite = suite_create("store_costs");
    TCase *tests = tcase_create("costs");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, costs_are_added_up_by_touchpoint);
    tcase_add_test(tests, costs_of_one_currency_count);
    suite_add_tcase(suite, tests);
    return suite;
}
