/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Indexes of our own making, held against a sorted array.
 */

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>

#include "../../src/store/event_index.h"
#include "store/fixture.h"
#include "support.h"

#define NAME "test"

static struct fixture fixture;
static struct store *store;
static uint64_t chance_state;

/* Steele, Lea and Flood's SplitMix64 (OOPSLA 2014). */
static uint64_t chance(void)
{
    uint64_t z = chance_state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void set_up(void)
{
    chance_state = 1;
    fixture_init(&fixture);
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
}

static void tear_down(void)
{
    store_close(store);
    fixture_finish(&fixture);
}

static int by_order(const void *a, const void *b)
{
    return index_compare(a, b);
}

static int64_t ask(const char *sql)
{
    int64_t out;
    ck_assert_msg(sql_integer(store, sql, -1, &out, &fixture.err), "%s", fixture.err.text);
    return out;
}

/* ---- Parts ---- */

static const struct index_entry edges[] = {
    { 0, 0, 1 },
    { 0, 0, INT64_MAX },
    { 0, 1, 2 },
    { 0, UINT64_MAX, 1 },
    { 1, 0, 5 },
    { 1, 0, 6 },
    { UINT64_C(1) << 63, 7, 255 },
    { UINT64_MAX, UINT64_MAX, 256 },
};

START_TEST(a_part_comes_back_as_it_was)
{
    struct index_entry read[INDEX_PART_ENTRIES];
    struct str bytes;
    size_t count;
    str_init(&bytes);
    index_part_write(edges, ARRAY_LEN(edges), &bytes);
    ck_assert(index_part_read((struct bytes){ bytes.text, bytes.length }, read, &count));
    ck_assert_uint_eq(count, ARRAY_LEN(edges));
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(index_compare(&edges[i], &read[i]), 0);
    str_finish(&bytes);
}
END_TEST

/* Nothing is read behind the end, whatever is cut off or changed. */
START_TEST(what_is_no_part_is_refused)
{
    struct index_entry read[INDEX_PART_ENTRIES];
    struct str bytes;
    size_t count;
    str_init(&bytes);
    index_part_write(edges, ARRAY_LEN(edges), &bytes);
    for (size_t length = 0; length < bytes.length; length++) {
        unsigned char *copy = malloc(length + 1);
        memcpy(copy, bytes.text, length);
        bool good = index_part_read((struct bytes){ copy, length }, read, &count);
        ck_assert_msg(!good || count < ARRAY_LEN(edges), "%zu bytes of %zu", length, bytes.length);
        free(copy);
    }
    for (size_t at = 0; at < bytes.length; at++) {
        bytes.text[at] ^= 0x11;
        if (index_part_read((struct bytes){ bytes.text, bytes.length }, read, &count))
            for (size_t i = 1; i < count; i++)
                ck_assert_int_lt(index_compare(&read[i - 1], &read[i]), 0);
        bytes.text[at] ^= 0x11;
    }
    str_finish(&bytes);
}
END_TEST

START_TEST(places_sort_as_entries_do)
{
    unsigned char last[INDEX_PLACE_BYTES], place[INDEX_PLACE_BYTES];
    struct index_entry read;
    for (size_t i = 0; i < ARRAY_LEN(edges); i++) {
        index_write_place(&edges[i], place);
        ck_assert(i == 0 || memcmp(last, place, sizeof(place)) < 0);
        ck_assert(index_read_place((struct bytes){ place, sizeof(place) }, &read));
        ck_assert_int_eq(index_compare(&edges[i], &read), 0);
        memcpy(last, place, sizeof(place));
    }
    ck_assert(!index_read_place((struct bytes){ place, sizeof(place) - 1 }, &read));
}
END_TEST

/* ---- Runs ---- */

#define ENTRIES 12000

static struct index_entry entries[ENTRIES];
static size_t entry_count; /* of them, that are made */

/* Few upper halves, with many of the same key, so that everything has to be told apart. */
static void make_entries(void)
{
    entry_count = test_rounds(ENTRIES);
    for (size_t i = 0; i < entry_count; i++)
        entries[i] =
            (struct index_entry){ chance() % 20, chance() % 500, 1 + (int64_t)(chance() % 300) };
}

/* In portions of all sizes; some of what was added is added again. */
static void add_entries(void)
{
    struct index_entry portion[1500];
    ck_assert(sql_run(store, "BEGIN", &fixture.err));
    for (size_t at = 0; at < entry_count;) {
        size_t count = 1 + chance() % 250, again = at > 500 ? chance() % 500 : 0;
        count = count < entry_count - at ? count : entry_count - at;
        memcpy(portion, entries + at, count * sizeof(*portion));
        memcpy(portion + count, entries + at - again, again * sizeof(*portion));
        ck_assert_msg(index_add(store, NAME, portion, count + again, &fixture.err), "%s",
                      fixture.err.text);
        at += count;
    }
    ck_assert(sql_run(store, "COMMIT", &fixture.err));
}

/* Each once, in order. */
static size_t sort_entries(void)
{
    size_t count = 0;
    qsort(entries, entry_count, sizeof(*entries), by_order);
    for (size_t i = 0; i < entry_count; i++)
        if (count == 0 || index_compare(&entries[count - 1], &entries[i]) != 0)
            entries[count++] = entries[i];
    return count;
}

static bool is_in(const struct index_entry *entry, const struct index_span *span)
{
    return index_compare(&span->from, entry) <= 0 && index_compare(entry, &span->to) <= 0;
}

static void expect_span(size_t count, const struct index_span *span)
{
    struct index_scan scan;
    struct index_entry entry;
    bool any;
    ck_assert_msg(index_open(&scan, store, NAME, span, &fixture.err), "%s", fixture.err.text);
    for (size_t i = 0; i < count; i++) {
        const struct index_entry *wanted = &entries[span->backwards ? count - 1 - i : i];
        if (!is_in(wanted, span))
            continue;
        ck_assert(index_next(&scan, &entry, &any, &fixture.err) && any);
        ck_assert_int_eq(index_compare(wanted, &entry), 0);
    }
    ck_assert(index_next(&scan, &entry, &any, &fixture.err) && !any);
    index_close(&scan);
}

START_TEST(entries_come_in_order_each_once)
{
    make_entries();
    add_entries();
    size_t count = sort_entries();
    for (int backwards = 0; backwards < 2; backwards++) {
        struct index_span all = INDEX_ALL;
        all.backwards = backwards;
        expect_span(count, &all);
        for (size_t i = 0; i < test_rounds(10); i++) {
            struct index_span span = { .backwards = backwards };
            span.from = entries[chance() % count];
            span.to = entries[chance() % count];
            span.from.id -= (int64_t)(chance() % 3);
            expect_span(count, &span);
        }
    }
    ck_assert_int_gt(ask("SELECT max(level) FROM index_run"), 0);
    ck_assert_int_lt(ask("SELECT max(n) FROM (SELECT count(*) AS n FROM index_run GROUP BY level)"),
                     INDEX_RUNS);
    ck_assert_int_eq(ask("SELECT count(*) FROM index_part WHERE run NOT IN"
                         " (SELECT id FROM index_run)"),
                     0);
}
END_TEST

START_TEST(an_index_without_entries_has_none)
{
    ck_assert(index_add(store, NAME, NULL, 0, &fixture.err));
    expect_span(0, &INDEX_ALL);
    ck_assert_int_eq(ask("SELECT count(*) FROM index_run"), 0);
}
END_TEST

START_TEST(a_damaged_index_is_a_message)
{
    struct index_scan scan;
    struct index_entry entry;
    bool any = true, good = true;
    make_entries();
    add_entries();
    ck_assert(
        sql_run(store, "UPDATE index_part SET entries = substr(entries, 1, 50)", &fixture.err));
    if (index_open(&scan, store, NAME, &INDEX_ALL, &fixture.err))
        while (good && any)
            good = index_next(&scan, &entry, &any, &fixture.err);
    else
        good = false;
    index_close(&scan);
    ck_assert(!good);
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "indexes of the store"));
}
END_TEST

/* ---- Looking up ---- */

static void make_keys(void)
{
    entry_count = test_rounds(ENTRIES);
    for (size_t i = 0; i < entry_count; i++)
        entries[i] = (struct index_entry){ chance(), chance(), (int64_t)i + 1 };
}

START_TEST(what_is_there_is_found_and_nothing_else)
{
    struct index_finder finder;
    int64_t id;
    make_keys();
    add_entries();
    index_finder_init(&finder, store, NAME);
    ck_assert(index_finder_load(&finder, &fixture.err));
    for (size_t round = 0; round < 2; round++) {
        for (size_t i = 0; i < entry_count; i++) {
            const struct index_entry *entry = &entries[i];
            ck_assert(index_finder_keep_filter(&finder, &fixture.err));
            ck_assert(index_find(&finder, entry->high, entry->low, &id, &fixture.err));
            ck_assert_int_eq(id, entry->id);
            ck_assert(index_find(&finder, entry->high, entry->low + 1, &id, &fixture.err));
            ck_assert_int_eq(id, 0);
            ck_assert(index_find(&finder, entry->high + 1, entry->low, &id, &fixture.err));
            ck_assert_int_eq(id, 0);
        }
        ck_assert_ptr_nonnull(finder.filter.lines); /* from then on it asks that first */
    }
    index_finder_finish(&finder);
}
END_TEST

/* Every third is not there. */
START_TEST(many_are_found_at_once)
{
    struct index_finder finder;
    make_keys();
    add_entries();
    size_t count = entry_count;
    struct index_entry *wanted = calloc(count, sizeof(*wanted));
    int64_t *ids = malloc(count * sizeof(*ids));
    ck_assert(wanted != NULL && ids != NULL);
    for (size_t i = 0; i < count; i++) {
        ids[i] = -1;
        wanted[i] =
            (struct index_entry){ entries[i].high, entries[i].low + (i % 3 == 2), (int64_t)i };
    }
    index_finder_init(&finder, store, NAME);
    ck_assert(index_finder_load(&finder, &fixture.err));
    ck_assert(index_find_all(&finder, wanted, count, ids, &fixture.err));
    for (size_t i = 0; i < count; i++)
        ck_assert_int_eq(ids[i], i % 3 == 2 ? 0 : entries[i].id);
    ck_assert(index_find_all(&finder, wanted, 0, ids, &fixture.err));
    index_finder_finish(&finder);
    free(wanted);
    free(ids);
}
END_TEST

START_TEST(a_filter_knows_all_it_was_given_and_little_else)
{
    enum { GIVEN = 20000 };
    struct key_filter filter = { 0 };
    size_t mistaken = 0;
    ck_assert(key_filter_may_have(&filter, 1)); /* it knows nothing */
    chance_state = 1;
    key_filter_reset(&filter, GIVEN);
    for (int i = 0; i < GIVEN; i++)
        key_filter_add(&filter, chance());
    chance_state = 1;
    for (int i = 0; i < GIVEN; i++)
        ck_assert(key_filter_may_have(&filter, chance()));
    for (int i = 0; i < GIVEN; i++)
        mistaken += key_filter_may_have(&filter, chance());
    ck_assert_uint_lt(mistaken, GIVEN * 3 / 100);
    key_filter_finish(&filter);
}
END_TEST

/* ---- Events ---- */

START_TEST(events_are_found_while_they_wait_and_when_they_are_written)
{
    struct event_index index;
    int64_t id;
    event_index_init(&index, store);
    ck_assert(sql_run(store, "BEGIN", &fixture.err));
    ck_assert(event_index_begin(&index, &fixture.err));
    for (size_t portion = 0; portion < 3; portion++) {
        for (uint64_t i = 0; i < 100; i++) {
            struct digest key = { i, i * 7 + portion };
            ck_assert(event_index_find(&index, &key, &id, &fixture.err));
            ck_assert_int_eq(id, 0);
            ck_assert(event_index_add(&index, &key, 5, (int64_t)i - 50, &fixture.err));
            ck_assert(event_index_find(&index, &key, &id, &fixture.err));
            ck_assert_int_eq(id, (int64_t)(portion * 100 + i) + 1);
        }
        ck_assert(event_index_flush(&index, &fixture.err));
    }
    for (uint64_t i = 0; i < 100; i++) {
        ck_assert(event_index_find(&index, &(struct digest){ i, i * 7 }, &id, &fixture.err));
        ck_assert_int_eq(id, (int64_t)i + 1);
    }
    ck_assert(sql_run(store, "COMMIT", &fixture.err));
    event_index_finish(&index);
}
END_TEST

/* Whatever order they come in: those that are beyond all are not looked for. */
START_TEST(events_are_found_in_any_order)
{
    enum { TIMES = 60, OTHERS = 300 };
    static int64_t ids[TIMES][OTHERS];
    struct event_index index;
    int64_t id, count = 0;
    memset(ids, 0, sizeof(ids));
    event_index_init(&index, store);
    ck_assert(sql_run(store, "BEGIN", &fixture.err));
    ck_assert(event_index_begin(&index, &fixture.err));
    for (uint64_t i = 0; i < 30000; i++) {
        uint64_t high = (i / 600 + chance() % 10) % TIMES, low = chance() % OTHERS;
        struct digest key = { high, low << 32 | low };
        ck_assert(event_index_find(&index, &key, &id, &fixture.err));
        ck_assert_int_eq(id, ids[high][low]);
        if (id == 0) {
            ids[high][low] = ++count;
            ck_assert(event_index_add(&index, &key, 1, (int64_t)high, &fixture.err));
        }
        ck_assert(chance() % 3000 != 0 || event_index_flush(&index, &fixture.err));
    }
    ck_assert_int_gt(count, TIMES * OTHERS / 2);
    ck_assert(sql_run(store, "COMMIT", &fixture.err));
    event_index_finish(&index);
}
END_TEST

/* What another connection has added since, though enough was looked up before to know all. */
START_TEST(events_of_another_writer_are_found)
{
    struct event_index index, others;
    struct store *other;
    const struct digest late = { UINT64_C(1) << 40, 1 }, key = { 7, 7 };
    int64_t id;
    ck_assert(store_create(fixture.store_path, &other, &fixture.err));
    event_index_init(&index, store);
    event_index_init(&others, other);
    ck_assert(event_index_begin(&index, &fixture.err));
    ck_assert(event_index_add(&index, &late, 1, 1, &fixture.err));
    ck_assert(event_index_flush(&index, &fixture.err));
    for (uint64_t i = 0; i < 10000; i++)
        ck_assert(event_index_find(&index, &(struct digest){ i, chance() }, &id, &fixture.err));
    ck_assert(index_finder_rules_out(&index.finder, key.low));
    ck_assert(event_index_look_ahead(&index, &key, 1, &id, &fixture.err));
    ck_assert_int_eq(id, 0);
    uint64_t stand = index.changes;

    ck_assert(sql_run(other, "BEGIN IMMEDIATE", &fixture.err));
    ck_assert(event_index_begin(&others, &fixture.err));
    ck_assert(event_index_add(&others, &key, 1, 1, &fixture.err));
    ck_assert(event_index_flush(&others, &fixture.err));
    ck_assert(sql_run(other, "COMMIT", &fixture.err));

    ck_assert(event_index_begin(&index, &fixture.err));
    ck_assert_uint_ne(index.changes, stand); /* what was looked up before it no longer holds */
    ck_assert(event_index_find(&index, &key, &id, &fixture.err));
    ck_assert_int_eq(id, 1);
    ck_assert(event_index_look_ahead(&index, &key, 1, &id, &fixture.err));
    ck_assert_int_eq(id, 1);
    event_index_finish(&others);
    event_index_finish(&index);
    store_close(other);
}
END_TEST

/* Times before 1970 come before those after. */
START_TEST(places_are_in_the_order_of_times)
{
    static const int64_t times[] = { INT64_MIN, -1, 0, 1, INT64_MAX };
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        struct index_entry place = event_place(3, times[i], 1), next;
        ck_assert_int_eq(event_place_time(&place), times[i]);
        if (i + 1 < ARRAY_LEN(times)) {
            next = event_place(3, times[i + 1], 1);
            ck_assert_int_lt(index_compare(&place, &next), 0);
        }
    }
}
END_TEST

Suite *store_index_suite(void)
{
    Suite *suite = suite_create("store_index");
    TCase *parts = tcase_create("parts");
    tcase_add_checked_fixture(parts, test_locale, NULL);
    tcase_add_test(parts, a_part_comes_back_as_it_was);
    tcase_add_test(parts, what_is_no_part_is_refused);
    tcase_add_test(parts, places_sort_as_entries_do);
    tcase_add_test(parts, places_are_in_the_order_of_times);
    tcase_add_test(parts, a_filter_knows_all_it_was_given_and_little_else);
    suite_add_tcase(suite, parts);

    TCase *runs = tcase_create("runs");
    tcase_add_checked_fixture(runs, test_locale, NULL);
    tcase_add_checked_fixture(runs, set_up, tear_down);
    tcase_add_test(runs, many_are_found_at_once);
    tcase_add_test(runs, entries_come_in_order_each_once);
    tcase_add_test(runs, an_index_without_entries_has_none);
    tcase_add_test(runs, a_damaged_index_is_a_message);
    tcase_add_test(runs, what_is_there_is_found_and_nothing_else);
    tcase_add_test(runs, events_are_found_while_they_wait_and_when_they_are_written);
    tcase_add_test(runs, events_are_found_in_any_order);
    tcase_add_test(runs, events_of_another_writer_are_found);
    suite_add_tcase(suite, runs);
    return suite;
}
