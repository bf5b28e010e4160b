/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>

#include "../../src/store/bin_set.h"
#include "../../src/store/days.h"
#include "store/shuffle.h"

static struct arena arena;
static struct bins_room *room;

static void set_up(void)
{
    arena_init(&arena);
    room = bins_room_create();
    shuffle_begin(7);
}

static void tear_down(void)
{
    bins_room_destroy(room);
    arena_finish(&arena);
}

/* ---- Bins ---- */

static int by_day(const void *a, const void *b)
{
    const struct bin_row *left = a, *right = b;
    return left->day - right->day;
}

/* In portions of any size. */
static struct str merge(struct bin_row *rows, size_t count, bool days)
{
    struct str bytes, next;
    str_init(&bytes);
    for (size_t first = 0, some; first < count; first += some) {
        some = 1 + below(count - first);
        str_init(&next);
        qsort(rows + first, some, sizeof(*rows), by_day);
        struct bytes old = { .at = bytes.text, .length = bytes.length };
        ck_assert(days ? days_merge(&next, old, rows + first, some, true)
                       : bins_merge(&next, old, rows + first, some, room));
        str_finish(&bytes);
        bytes = next;
    }
    return bytes;
}

static void expect_one_result(struct bin_row *rows, size_t count, bool days)
{
    struct str first = merge(rows, count, days);
    for (int round = 0; round < 10; round++) {
        shuffle(rows, count, sizeof(*rows));
        struct str again = merge(rows, count, days);
        ck_assert_uint_eq(again.length, first.length);
        ck_assert_mem_eq(again.text, first.text, first.length);
        str_finish(&again);
    }
    str_finish(&first);
}

static void fill_rows(struct bin_row *rows, size_t count, size_t values)
{
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct bin_row){
            .day = (int)below(31),
            .time = (int64_t)below(1 << 30) * 80,
            .value = ((double)below(values) - (double)values / 4) / 100 * (i % 3 == 0 ? 1000 : 1),
        };
}

START_TEST(months_are_the_same_in_any_order_and_portions)
{
    static const size_t sizes[][2] = { { 1, 5 }, { 40, 3 }, { 300, 60 }, { 400, 2000 } };
    struct bin_row rows[400];
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        fill_rows(rows, sizes[i][0], sizes[i][1]);
        expect_one_result(rows, sizes[i][0], false);
        expect_one_result(rows, sizes[i][0], true);
    }
}
END_TEST

static struct bin *bins_of(const struct str *bytes, uint32_t days, size_t *count, bool *sketched)
{
    static struct bin_set set;
    bin_set_init(&set, &arena);
    ck_assert(bin_set_add(&set, (struct bytes){ bytes->text, bytes->length }, days));
    *sketched = set.sketched;
    return bin_set_take(&set, count);
}

START_TEST(few_values_are_kept_as_they_are)
{
    static const double values[] = { 3, -0.0, 0.1, 3, 0, -7.25, 3 };
    struct bin_row rows[ARRAY_LEN(values)];
    size_t count;
    bool sketched;
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        rows[i] = (struct bin_row){ .day = (int)i, .value = values[i] };
    struct str bytes = merge(rows, ARRAY_LEN(values), false);
    struct bin *bins = bins_of(&bytes, BINS_ALL_DAYS, &count, &sketched);
    ck_assert(!sketched);
    ck_assert_uint_eq(count, 4);
    ck_assert_double_eq(bins[0].value, -7.25);
    ck_assert_double_eq(bins[1].value, 0);
    ck_assert_uint_eq(bins[1].count, 2);
    ck_assert_double_eq(bins[2].value, 0.1);
    ck_assert_double_eq(bins[3].value, 3);
    ck_assert_uint_eq(bins[3].count, 3);

    bins = bins_of(&bytes, 1u << 0 | 1u << 4, &count, &sketched);
    ck_assert_uint_eq(count, 2);
    ck_assert_double_eq(bins[0].value, 0);
    ck_assert_uint_eq(bins[0].count, 1);
    ck_assert_uint_eq(bins[1].count, 1);
    str_finish(&bytes);
}
END_TEST

/* The value of a rank, the first being 0. */
static double at_rank(const struct bin *bins, size_t count, uint64_t rank)
{
    size_t i = 0;
    for (; i + 1 < count && rank >= bins[i].count; i++)
        rank -= bins[i].count;
    return bins[i].value;
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

START_TEST(a_sketch_is_as_near_as_it_says)
{
    enum { ROWS = 3000 };
    static struct bin_row rows[ROWS];
    static double sorted[ROWS];
    size_t count;
    bool sketched;
    for (size_t i = 0; i < ROWS; i++) {
        double size = exp((double)below(40000) / 1000 - 20);
        rows[i] = (struct bin_row){ .day = (int)below(31),
                                    .value = i % 7 == 0   ? 0
                                             : i % 3 == 0 ? -size
                                                          : size };
        sorted[i] = rows[i].value;
    }
    struct str bytes = merge(rows, ROWS, false);
    struct bin *bins = bins_of(&bytes, BINS_ALL_DAYS, &count, &sketched);
    qsort(sorted, ROWS, sizeof(sorted[0]), by_value);
    ck_assert(sketched);
    for (uint64_t rank = 0; rank < ROWS; rank++)
        ck_assert_double_le(fabs(at_rank(bins, count, rank) - sorted[rank]),
                            BINS_ERROR * fabs(sorted[rank]));
    str_finish(&bytes);
}
END_TEST

START_TEST(days_add_up)
{
    struct bin_row rows[200];
    fill_rows(rows, ARRAY_LEN(rows), 500);
    qsort(rows, ARRAY_LEN(rows), sizeof(rows[0]), by_day);
    struct str bytes = merge(rows, ARRAY_LEN(rows), true);
    for (uint32_t days = BINS_ALL_DAYS; days != 0; days >>= 5) {
        struct day_total total, wanted = { .oldest = INT64_MAX };
        ck_assert(days_read((struct bytes){ bytes.text, bytes.length }, true, days, &total));
        for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
            if ((days >> rows[i].day & 1) == 0)
                continue;
            int64_t at = rows[i].day * TIME_US_PER_DAY + rows[i].time;
            wanted.n++;
            wanted.oldest = at < wanted.oldest ? at : wanted.oldest;
            wanted.newest = at > wanted.newest ? at : wanted.newest;
            wanted.sum += (long double)rows[i].value;
            wanted.squares += (long double)rows[i].value * (long double)rows[i].value;
        }
        ck_assert_uint_eq(total.n, wanted.n);
        ck_assert_int_eq(total.oldest, wanted.oldest);
        ck_assert_int_eq(total.newest, wanted.newest);
        /* What is wanted here is added with rounding. */
        ck_assert_double_eq_tol((double)total.sum, (double)wanted.sum, 1e-9);
        ck_assert_double_eq_tol((double)total.squares, (double)wanted.squares, 1e-6);
    }
    str_finish(&bytes);
}
END_TEST

/* A store may be anybody's: whatever the bytes, they are read to their end and no further. */
START_TEST(damaged_bytes_do_no_harm)
{
    struct bin_row rows[200];
    struct bin_set set;
    struct day_total total;
    struct str merged;
    str_init(&merged);
    bin_set_init(&set, &arena);
    for (int round = 0; round < 2; round++) {
        fill_rows(rows, ARRAY_LEN(rows), round == 0 ? 40 : 5000);
        struct str bins = merge(rows, ARRAY_LEN(rows), false);
        struct str days = merge(rows, ARRAY_LEN(rows), true);
        for (int i = 0; i < 1500; i++) {
            struct str *str = i % 2 == 0 ? &bins : &days;
            size_t length = below(10) == 0 ? below(str->length) : str->length;
            size_t at = below(length + 1);
            char *copy = memcpy(malloc(length + 1), str->text, length);
            copy[at < length ? at : 0] = (char)below(256);
            struct bytes bytes = { copy, length };
            str_clear(&merged);
            (void)!(i % 2 == 0 ? bins_merge(&merged, bytes, rows, 1, room)
                               : days_merge(&merged, bytes, rows, 1, true));
            if (i % 2 == 0) {
                (void)!bin_set_add(&set, bytes, (uint32_t)below(UINT32_MAX));
                size_t count;
                bin_set_take(&set, &count);
            } else {
                (void)!days_read(bytes, true, (uint32_t)below(UINT32_MAX), &total);
            }
            free(copy);
        }
        str_finish(&bins);
        str_finish(&days);
    }
    str_finish(&merged);
}
END_TEST

static void fill_set(struct bin_set *set, size_t rows)
{
    bin_set_init(set, &arena);
    struct bin_row many[200];
    for (size_t done = 0; done < rows; done += ARRAY_LEN(many)) {
        fill_rows(many, ARRAY_LEN(many), done % 400 == 0 ? 30 : 4000);
        struct str bytes = merge(many, ARRAY_LEN(many), false);
        ck_assert(bin_set_add(set, (struct bytes){ bytes.text, bytes.length }, BINS_ALL_DAYS));
        str_finish(&bytes);
    }
}

static void expect_bins(const struct bin *got, size_t count, const struct bin *wanted,
                        size_t wanted_count)
{
    ck_assert_uint_eq(count, wanted_count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_double_eq(got[i].value, wanted[i].value);
        ck_assert_uint_eq(got[i].count, wanted[i].count);
    }
}

/* Below 0 and above, exact and in buckets, and buckets of many rows. */
START_TEST(sets_come_back_as_they_were_written)
{
    static const size_t sizes[] = { 0, 200, 400, 1000, 60000 };
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        struct bin_set set, again, twice;
        size_t count, again_count;
        struct str bytes;
        shuffle_begin(5);
        fill_set(&set, sizes[i]);
        shuffle_begin(5);
        fill_set(&twice, sizes[i]);
        str_init(&bytes);
        bin_set_write(&twice, &bytes);
        bin_set_init(&again, &arena);
        ck_assert(bin_set_read(&again, (struct bytes){ bytes.text, bytes.length }));
        ck_assert(again.sketched == set.sketched);
        const struct bin *wanted = bin_set_take(&set, &count);
        const struct bin *got = bin_set_take(&again, &again_count);
        expect_bins(got, again_count, wanted, count);
        str_finish(&bytes);
    }
}
END_TEST

/* Nothing below 0, some zeros, and where rows are many all others in buckets. */
static void add_upper_values(struct bin_set *set, size_t rows)
{
    struct bin_row many[400];
    fill_rows(many, rows, 4000);
    for (size_t i = 0; i < rows; i++)
        many[i].value = i % 50 == 7 ? 0 : fabs(many[i].value);
    struct str bytes = merge(many, rows, false);
    ck_assert(bin_set_add(set, (struct bytes){ bytes.text, bytes.length }, BINS_ALL_DAYS));
    str_finish(&bytes);
}

static void fill_upper_set(struct bin_set *set, size_t exact)
{
    bin_set_init(set, &arena);
    add_upper_values(set, 400);
    if (exact > 0)
        add_upper_values(set, exact);
}

START_TEST(some_ranks_of_a_set_are_those_of_all)
{
    for (int i = 0; i < 80; i++) {
        struct bin_set set, merged;
        size_t count, some_count;
        uint64_t less, total, first, last;
        if (i % 2 == 0)
            fill_set(&set, i % 4 == 0 ? 200 : 800);
        else
            fill_upper_set(&set, i % 4 == 1 ? 20 : 0);
        bin_set_init(&merged, &arena);
        bin_set_merge(&merged, &set);
        struct bin *all = bin_set_take(&set, &count);
        total = bins_total(all, count);
        first = below((size_t)total);
        last = first + below((size_t)(total - first));
        struct bin *some = bin_set_take_ranks(&merged, first, last, &some_count, &less);
        struct ordered kept = { some, some_count, less, 0 };
        for (uint64_t rank = first; rank <= last; rank++)
            ck_assert_double_eq(ordered_at(kept, rank), bins_at(all, count, rank));
    }
}
END_TEST

START_TEST(damaged_sets_do_no_harm)
{
    for (int i = 0; i < 2000; i++) {
        struct bin_set set;
        struct str bytes;
        size_t count;
        fill_set(&set, i % 2 == 0 ? 200 : 400);
        str_init(&bytes);
        bin_set_write(&set, &bytes);
        bytes.text[below(bytes.length)] = (char)below(256);
        (void)!bin_set_read(
            &set, (struct bytes){ bytes.text, below(3) ? bytes.length : below(bytes.length) });
        bin_set_take(&set, &count);
        str_finish(&bytes);
        arena_reset(&arena);
    }
}
END_TEST

Suite *store_bins_suite(void)
{
    Suite *suite = suite_create("store_bins");
    TCase *tests = tcase_create("bins");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, months_are_the_same_in_any_order_and_portions);
    tcase_add_test(tests, few_values_are_kept_as_they_are);
    tcase_add_test(tests, a_sketch_is_as_near_as_it_says);
    tcase_add_test(tests, days_add_up);
    tcase_add_test(tests, damaged_bytes_do_no_harm);
    tcase_add_test(tests, sets_come_back_as_they_were_written);
    tcase_add_test(tests, some_ranks_of_a_set_are_those_of_all);
    tcase_add_test(tests, damaged_sets_do_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}
