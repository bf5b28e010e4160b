/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Cases dealt out to two who take them at once: the same as one after the other, and what goes
 * wrong with either reaches the caller.
 */

#include "suites.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/sequences.h>

#include "store/little_map.h"

/* What one of them took, as a text. */
struct taken {
    struct str text;
    uint64_t cases;
    pthread_t thread;
    atomic_bool *cancel; /* set at the first case; NULL */
    uint64_t most;       /* cases that it wants; 0: all */
};

static struct sequence_wish wish;
static struct sequence_names names;
static struct store *store;
static struct taken whole, shares[SEQUENCE_SHARES];

static void set_up(void)
{
    little_map_set_up();
    wish = (struct sequence_wish){ .journey = &journey, .lens = &lens, .channel = NONE };
    str_init(&whole.text);
    for (int i = 0; i < SEQUENCE_SHARES; i++) {
        shares[i] = (struct taken){ .thread = pthread_self() };
        str_init(&shares[i].text);
    }
}

static void tear_down(void)
{
    store_close(store);
    store = NULL;
    for (int i = 0; i < SEQUENCE_SHARES; i++)
        str_finish(&shares[i].text);
    str_finish(&whole.text);
    whole = (struct taken){ 0 };
    little_map_tear_down();
}

static bool take(const struct sequence *sequence, void *data)
{
    struct taken *taken = data;
    taken->thread = pthread_self();
    taken->cases++;
    if (taken->cancel != NULL)
        atomic_store(taken->cancel, true);
    str_printf(&taken->text, "%016llx %d %d %d:", (unsigned long long)sequence->key,
               sequence->persona, sequence->context, sequence->variant);
    for (size_t i = 0; i < sequence->count; i++)
        str_printf(&taken->text, " %lld %d %d", (long long)sequence->steps[i].ts,
                   sequence->steps[i].step, sequence->steps[i].channel);
    str_append(&taken->text, "\n");
    return taken->cases != taken->most;
}

/* Runs of some parts, so that it is worth a thread; cases have events in several of them. */
static void import_runs(void)
{
    struct str text;
    str_init(&text);
    for (int file = 0; file < 15; file++) {
        str_clear(&text);
        str_append(&text, "ts,case_id,activity,touchpoint,channel,persona,variant\n");
        for (int i = 0; i < 60; i++)
            str_printf(&text, "2026-01-%02d,c%d,a%d,%s,%s,%s,v%d\n", 1 + i % 28,
                       (file * 17 + i) % 97, i % 7, i % 3 == 0 ? "search" : "",
                       i % 5 == 0 ? "web" : "", i % 4 == 0 ? "anna" : "helga", i % 9);
        import_text(text.text);
    }
    str_finish(&text);
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT count(*) >= 8 FROM sequence_part WHERE part >= 0"), "1");
}

static void open_store(void)
{
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
}

static bool read_shares(void)
{
    void *const data[] = { &shares[0], &shares[1] };
    return store_sequences_share(&fixture.arena, store, &wish, take, data, &names, &fixture.err);
}

static void ck_same(void)
{
    ck_assert_msg(
        store_sequences_read(&fixture.arena, store, &wish, take, &whole, &names, &fixture.err),
        "%s", fixture.err.text);
    size_t names_known = names.variant_count;
    ck_assert_msg(read_shares(), "%s", fixture.err.text);
    ck_assert_uint_eq(names.variant_count, names_known);
    ck_assert_uint_eq(shares[0].cases + shares[1].cases, whole.cases);
    str_append(&shares[0].text, shares[1].text.text);
    ck_assert_str_eq(shares[0].text.text, whole.text.text);
}

static void ck_on_threads(bool two)
{
    ck_assert(pthread_equal(shares[0].thread, pthread_self()));
    ck_assert_int_eq(!pthread_equal(shares[1].thread, pthread_self()), two);
}

START_TEST(test_shares_are_the_whole)
{
    import_runs();
    open_store();
    ck_same();
    ck_on_threads(true);
    ck_assert_uint_eq(whole.cases, 97);
    ck_assert_uint_gt(shares[0].cases, 20);
    ck_assert_uint_gt(shares[1].cases, 20);
}
END_TEST

START_TEST(test_the_lens)
{
    import_runs();
    open_store();
    lens.persona = ANNA;
    ck_same();
    ck_assert_uint_gt(shares[1].cases, 0);
    ck_assert_uint_lt(whole.cases, 97);
}
END_TEST

/* What is written meanwhile is seen the next time, by both. */
START_TEST(test_after_an_import)
{
    import_runs();
    open_store();
    ck_assert(read_shares());
    import_text("ts,case_id,activity\n2026-02-01,new,a\n2026-02-01,newer,b\n2026-02-02,c1,c\n");
    for (int i = 0; i < SEQUENCE_SHARES; i++) {
        str_clear(&shares[i].text);
        shares[i].cases = 0;
    }
    ck_same();
    ck_assert_uint_eq(whole.cases, 99);
}
END_TEST

START_TEST(test_few_cases)
{
    import_text("ts,case_id,activity\n2026-01-01,a,look\n2026-01-02,b,look\n2026-01-03,c,look\n");
    open_store();
    ck_same();
    ck_on_threads(false);
}
END_TEST

START_TEST(test_from_the_rows)
{
    import_runs();
    fixture_change(&fixture, "UPDATE derived SET version = 0 WHERE name = 'sequences'");
    open_store();
    ck_same();
    ck_assert_uint_eq(shares[1].cases, 0);
}
END_TEST

/* Another file under that name would be another store. */
START_TEST(test_a_file_that_has_moved)
{
    import_runs();
    open_store();
    ck_assert_int_eq(rename(fixture.store_path, fixture_path(&fixture, "elsewhere.db")), 0);
    ck_same();
    ck_on_threads(false);
}
END_TEST

/* With a write-ahead log others may commit between two that begin to read. */
START_TEST(test_a_log_ahead)
{
    import_runs();
    fixture_change(&fixture, "PRAGMA journal_mode = wal");
    open_store();
    ck_same();
    ck_on_threads(false);
}
END_TEST

START_TEST(test_no_more)
{
    import_runs();
    open_store();
    shares[1].most = 1;
    ck_assert(read_shares());
    ck_assert_uint_eq(shares[1].cases, 1);
    ck_assert_uint_gt(shares[0].cases, 20);
}
END_TEST

START_TEST(test_cancel_by_either)
{
    import_runs();
    for (int i = 0; i < SEQUENCE_SHARES; i++) {
        atomic_bool cancel = false;
        open_store();
        store_limit(store, &(struct store_limits){ .cancel = &cancel });
        shares[i].cancel = &cancel;
        ck_assert(!read_shares());
        ck_assert(store_was_stopped(store));
        ck_assert_ptr_nonnull(strstr(fixture.err.text, "broken off"));
        /* And once nobody cancels any more, all is as before. */
        shares[i].cancel = NULL;
        store_limit(store, NULL);
        ck_assert_msg(read_shares(), "%s", fixture.err.text);
        ck_assert(!store_was_stopped(store));
        store_close(store);
        store = NULL;
    }
}
END_TEST

/* The end of a run is the second's to read. */
START_TEST(test_damage_that_only_the_second_meets)
{
    import_runs();
    fixture_change(&fixture, "UPDATE sequence_part SET cases = substr(cases, 1, length(cases) - 1)"
                             " WHERE part >= 0 AND run = (SELECT max(run) FROM sequence_part)");
    open_store();
    ck_assert(!read_shares());
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "damaged"));
    ck_assert(!store_was_stopped(store));
    ck_on_threads(true);
    ck_assert_uint_gt(shares[0].cases, 20);
}
END_TEST

Suite *store_sequence_shares_suite(void)
{
    Suite *suite = suite_create("store_sequence_shares");
    TCase *tests = tcase_create("sequence_shares");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_shares_are_the_whole);
    tcase_add_test(tests, test_the_lens);
    tcase_add_test(tests, test_after_an_import);
    tcase_add_test(tests, test_few_cases);
    tcase_add_test(tests, test_from_the_rows);
    tcase_add_test(tests, test_a_file_that_has_moved);
    tcase_add_test(tests, test_a_log_ahead);
    tcase_add_test(tests, test_no_more);
    tcase_add_test(tests, test_cancel_by_either);
    tcase_add_test(tests, test_damage_that_only_the_second_meets);
    suite_add_tcase(suite, tests);
    return suite;
}
