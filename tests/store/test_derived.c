/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stellwerk/base/time.h>

#include "../../src/store/derived.h"
#include "../../src/store/row.h"
#include "store/fixture.h"

/* More than are held at once. */
#define MANY 70000

static struct fixture fixture;
static struct store *store;
static struct derived derived;

static void begin(void)
{
    ck_assert(sql_run(store, "BEGIN IMMEDIATE", &fixture.err));
    ck_assert(derived_begin(&derived, &fixture.err));
}

static void set_up(void)
{
    fixture_init(&fixture);
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(sql_run(store,
                      "INSERT INTO word (text) WITH RECURSIVE n (i) AS"
                      " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT i FROM n",
                      &fixture.err));
    ck_assert(derived_open(&derived, store, IMPORT_EVENTS, &fixture.err));
}

static void tear_down(void)
{
    derived_close(&derived);
    store_close(store);
    fixture_finish(&fixture);
}

static int64_t number(const char *sql)
{
    int64_t out;
    ck_assert_msg(sql_integer(store, sql, -1, &out, &fixture.err), "%s", fixture.err.text);
    return out;
}

static bool add(int64_t touchpoint, const char *case_id)
{
    int64_t words[COLUMN_COUNT] = { [COLUMN_TOUCHPOINT] = touchpoint, [COLUMN_ACTIVITY] = 1 };
    struct row row = {
        .cells[COLUMN_TS].time = touchpoint * TIME_US_PER_DAY,
        .given = column_bit(COLUMN_TOUCHPOINT) | column_bit(COLUMN_ACTIVITY),
    };
    return derived_add(&derived, &(struct derived_row){ &row, words, case_id });
}

/* One of `count` different events, which say different things in two columns or three. */
static void add_different(int count)
{
    for (int i = 0; i < count; i++) {
        int64_t words[COLUMN_COUNT] = {
            [COLUMN_TOUCHPOINT] = 1 + i % 50,
            [COLUMN_ACTIVITY] = 1 + i / 50 % 50,
            [COLUMN_CHANNEL] = i / 2500,
        };
        struct row row = { .given = column_bit(COLUMN_TOUCHPOINT) | column_bit(COLUMN_ACTIVITY) };
        row.given |= words[COLUMN_CHANNEL] != 0 ? column_bit(COLUMN_CHANNEL) : 0;
        (void)derived_add(&derived, &(struct derived_row){ &row, words, "a" });
    }
}

static int refuse(void *data, int action, const char *a, const char *b, const char *c,
                  const char *d)
{
    (void)data, (void)action, (void)a, (void)b, (void)c, (void)d;
    return SQLITE_DENY;
}

/* However many there are: adding neither prepares a statement nor runs one. */
static bool add_many(void)
{
    bool full = false;
    int changes = sqlite3_total_changes(store->db);
    sqlite3_set_authorizer(store->db, refuse, NULL);
    for (int i = 0; i < MANY; i++)
        full |= add(1 + i % 50, i % 3 == 0 ? "a" : "b");
    sqlite3_set_authorizer(store->db, NULL, NULL);
    ck_assert_int_eq(sqlite3_total_changes(store->db), changes);
    return full;
}

START_TEST(adding_asks_nothing_of_the_store_and_says_when_it_is_full)
{
    begin();
    ck_assert(!add(1, "a"));
    ck_assert(add_many());
    ck_assert_int_eq(number("SELECT count(*) FROM series"), 0);
    ck_assert_msg(derived_flush(&derived, &fixture.err), "%s", fixture.err.text);
    ck_assert_int_eq(number("SELECT count(*) FROM series"), 50);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_stand"), 50);
    ck_assert_int_gt(number("SELECT count(*) FROM rollup"), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_run"), 1);
}
END_TEST

START_TEST(what_was_flushed_may_be_added_to_in_the_same_transaction)
{
    begin();
    (void)add(1, "a");
    ck_assert_msg(derived_flush(&derived, &fixture.err), "%s", fixture.err.text);
    (void)add(1, "a");
    (void)add(2, "b");
    ck_assert_msg(derived_flush(&derived, &fixture.err), "%s", fixture.err.text);
    ck_assert_int_eq(number("SELECT count(*) FROM series"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_stand"), 2);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_run"), 2);
}
END_TEST

START_TEST(events_that_say_different_things_are_told_apart_however_many_they_are)
{
    begin();
    add_different(6000);
    add_different(6000);
    ck_assert_msg(derived_flush(&derived, &fixture.err), "%s", fixture.err.text);
    ck_assert_int_eq(number("SELECT count(*) FROM series"), 6000);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_stand"), 6000);
    ck_assert_int_eq(number("SELECT count(*) FROM rollup WHERE substr(hex(days), 9, 2) = '02'"),
                     6000);
}
END_TEST

START_TEST(an_event_without_a_case_leaves_sequences_to_be_made_anew_once_flushed)
{
    static const char version[] = "SELECT version FROM derived WHERE name = 'sequences'";
    begin();
    (void)add(1, "a");
    (void)add(2, NULL);
    (void)add(3, "a");
    ck_assert_int_gt(number(version), 0);
    ck_assert_msg(derived_flush(&derived, &fixture.err), "%s", fixture.err.text);
    ck_assert_int_eq(number(version), 0);
    ck_assert_int_eq(number("SELECT count(*) FROM sequence_run"), 0);
}
END_TEST

Suite *store_derived_suite(void)
{
    Suite *suite = suite_create("store_derived");
    TCase *tests = tcase_create("derived");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, adding_asks_nothing_of_the_store_and_says_when_it_is_full);
    tcase_add_test(tests, what_was_flushed_may_be_added_to_in_the_same_transaction);
    tcase_add_test(tests, events_that_say_different_things_are_told_apart_however_many_they_are);
    tcase_add_test(tests, an_event_without_a_case_leaves_sequences_to_be_made_anew_once_flushed);
    suite_add_tcase(suite, tests);
    return suite;
}
