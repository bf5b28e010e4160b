/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cases were worth: which values count, and in what. */

#include "suites.h"

#include <stellwerk/base/str.h>
#include <stellwerk/store/cases.h>

#include "store/little_map.h"

static struct case_money money;

static void read_money(int goal)
{
    struct store *store;
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
    ck_assert_msg(
        store_case_money_read(&fixture.arena, store, &journey, goal, &money, &fixture.err), "%s",
        fixture.err.text);
    store_close(store);
}

START_TEST(money_is_what_names_a_currency)
{
    import_text("ts,case_id,activity,touchpoint,value,currency\n"
                "2026-02-01,a,pay,elsewhere,12.5,EUR\n"
                "2026-02-01,a,pay,platform,7.5,EUR\n"
                "2026-02-02,b,refund,platform,-20,EUR\n"
                "2026-02-02,c,pay,platform,99,USD\n"
                "2026-02-03,c,stars,platform,4,\n");
    read_money(PLATFORM);
    ck_assert_str_eq(money.currency, "EUR");
    ck_assert_uint_eq(money.others, 1);
    ck_assert(!money.of_goal);
    ck_assert_uint_eq(money.values.count, 2);
    double sum = 0;
    for (size_t i = 0; i < 2; i++)
        sum += money.values.items[i].value; /* b owes nothing */
    ck_assert_double_eq(sum, 12.5 + 7.5);
    ck_assert_uint_lt(money.values.items[0].key, money.values.items[1].key);
}
END_TEST

/* Whichever case comes first: the frequent currency is known behind the last. */
START_TEST(money_is_in_the_currency_that_most_events_name)
{
    struct str text;
    str_init(&text);
    for (int more = 0; more < 2; more++) {
        str_clear(&text);
        str_append(&text, "ts,case_id,activity,touchpoint,value,currency\n");
        for (int i = 0; i < 40; i++)
            str_printf(&text, "2026-02-01,c%d-%d,pay,platform,1,%s\n", more, i,
                       more == 1 || i % 8 == 0 ? "USD"
                       : i % 8 == 1            ? "GBP"
                                               : "EUR");
        import_text(text.text);
        read_money(PLATFORM);
        ck_assert_str_eq(money.currency, more == 0 ? "EUR" : "USD");
        ck_assert_uint_eq(money.values.count, more == 0 ? 30 : 45);
        ck_assert_uint_eq(money.others, more == 0 ? 10 : 35);
    }
    str_finish(&text);
}
END_TEST

START_TEST(without_a_currency_the_goal_says)
{
    import_text("ts,case_id,activity,touchpoint,value\n"
                "2026-02-01,a,pay,platform,7.5\n"
                "2026-02-01,a,look,search,3\n"
                "2026-02-01,b,look,,5\n");
    read_money(PLATFORM);
    ck_assert(money.of_goal);
    ck_assert_ptr_null(money.currency);
    ck_assert_uint_eq(money.values.count, 1);
    ck_assert_double_eq(money.values.items[0].value, 7.5);
    read_money(NONE);
    ck_assert(!money.of_goal);
    ck_assert_uint_eq(money.values.count, 0);
    /* These are minutes, says the map. */
    add_metric((struct metric){ .id = "late", .type = METRIC_MEAN, .source = SOURCE_EVENT });
    read_money(PLATFORM);
    ck_assert(!money.of_goal);
    ck_assert_uint_eq(money.values.count, 0);
}
END_TEST

START_TEST(nothing_is_worth_anything)
{
    import_text("ts,case_id,activity,touchpoint\n2026-02-01,a,pay,platform\n");
    read_money(PLATFORM);
    ck_assert(money.of_goal);
    ck_assert_uint_eq(money.values.count, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM sequence_part WHERE part < 0"),
                     "0");
}
END_TEST

Suite *store_case_money_suite(void)
{
    Suite *suite = suite_create("store_case_money");
    TCase *tests = tcase_create("money");
    tcase_add_checked_fixture(tests, little_map_set_up, little_map_tear_down);
    tcase_add_test(tests, money_is_what_names_a_currency);
    tcase_add_test(tests, money_is_in_the_currency_that_most_events_name);
    tcase_add_test(tests, without_a_currency_the_goal_says);
    tcase_add_test(tests, nothing_is_worth_anything);
    suite_add_tcase(suite, tests);
    return suite;
}
