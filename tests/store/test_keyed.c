/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stdlib.h>

#include <stellwerk/base/array.h>

#include "../../src/store/keyed.h"

enum { MOST = 10000 };

static struct keyed items[MOST], room[MOST], wanted[MOST];
static uint64_t state;

static uint64_t next_number(void)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return state >> 11 ^ state << 40;
}

/* By key, and of one key as they came. */
static int by_key_and_item(const void *a, const void *b)
{
    const struct keyed *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return (left->item > right->item) - (left->item < right->item);
}

static void expect_sorted(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        items[i].item = (uint32_t)i;
        wanted[i] = items[i];
    }
    qsort(wanted, count, sizeof(*wanted), by_key_and_item);
    const struct keyed *sorted = keyed_sort(items, room, count);
    ck_assert(sorted == items || sorted == room);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(sorted[i].key, wanted[i].key);
        ck_assert_uint_eq(sorted[i].item, wanted[i].item);
    }
}

/* Few and many, and keys that differ in some bits or in all. */
START_TEST(whatever_the_keys_they_are_sorted)
{
    static const size_t counts[] = { 0, 1, 2, 24, 25, 300, 5000, MOST };
    static const uint64_t masks[] = { 0, 1, 0xff, 0x8000000000000001, 0x3f0000ff0100, UINT64_MAX };
    state = 3;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        for (size_t j = 0; j < ARRAY_LEN(masks); j++) {
            for (size_t k = 0; k < counts[i]; k++)
                items[k].key = (next_number() & masks[j]) | (UINT64_C(5) << 60 & ~masks[j]);
            expect_sorted(counts[i]);
        }
    }
}
END_TEST

/* Many that only their low bits tell apart, and some of one key. */
START_TEST(keys_that_share_their_high_bits_are_sorted_by_the_others)
{
    static const size_t counts[] = { 100, 5000, MOST };
    state = 4;
    for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
        for (size_t k = 0; k < counts[i]; k++)
            items[k].key = next_number() << 62 | (next_number() & 0xffffffffffff);
        for (size_t k = 10; k < counts[i]; k += 7)
            items[k].key = items[k - 9].key;
        expect_sorted(counts[i]);
    }
}
END_TEST

START_TEST(what_is_in_order_stays_and_what_is_reversed_turns)
{
    for (size_t count = 10; count <= MOST; count *= 10) {
        for (size_t i = 0; i < count; i++)
            items[i].key = i / 3 * 1000;
        expect_sorted(count);
        for (size_t i = 0; i < count; i++)
            items[i].key = (count - i) / 3 * 1000;
        expect_sorted(count);
    }
}
END_TEST

Suite *store_keyed_suite(void)
{
    Suite *suite = suite_create("store_keyed");
    TCase *tests = tcase_create("keyed");
    tcase_add_test(tests, whatever_the_keys_they_are_sorted);
    tcase_add_test(tests, keys_that_share_their_high_bits_are_sorted_by_the_others);
    tcase_add_test(tests, what_is_in_order_stays_and_what_is_reversed_turns);
    suite_add_tcase(suite, tests);
    return suite;
}
