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

static struct arena arena;
static struct bins_room *room;
static uint64_t chance_state;

static void set_up(void)
{
    arena_init(&arena);
    room = bins_room_create();
    chance_state = 7;
}

static void tear_down(void)
{
    bins_room_destroy(room);
    arena_finish(&arena);
}

static size_t below(size_t limit)
{
    chance_state = chance_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(chance_state >> 33) % limit;
}

static void shuffle(void *items, size_t count, size_t size)
{
    char *bytes = items, kept[64];
    for (size_t i = count; i > 1; i--) {
        size_t other = below(i);
        memcpy(kept, bytes + (i - 1) * size, size);
        memcpy(bytes + (i - 1) * size, bytes + other * size, size);
        memcpy(bytes + other * size, kept, size);
    }
}

/* ---- Sums ---- */

static struct str sum_of(const double *values, size_t count, bool squares)
{
    struct long_sum sum = { 0 };
    struct str bytes;
    for (size_t i = 0; i < count; i++) {
        if (squares)
            long_sum_add_square(&sum, values[i]);
        else
            long_sum_add(&sum, values[i]);
    }
    str_init(&bytes);
    long_sum_write(&bytes, &sum);
    return bytes;
}

/* Rounded to a double: not all machines have longer ones. */
static double value_of(const struct str *bytes)
{
    struct coded coded = coded_init(bytes->text, bytes->length);
    double value = (double)long_sum_value(&coded);
    ck_assert(!coded.bad && coded.at == coded.end);
    return value;
}

START_TEST(sums_do_not_round)
{
    static const struct {
        double values[5];
        double sum, squares;
    } cases[] = {
        { { 0 }, 0, 0 },
        { { 1, 2, 3, 4, -4 }, 6, 46 },
        { { 1e300, 1, -1e300, 0, 0.5 }, 1.5, INFINITY },
        { { -3 }, -3, 9 },
        { { 0.1, 0.2, -0.1, -0.2 }, 0, 0.1 },
        { { -1, 0.25 }, -0.75, 1.0625 },
        { { DBL_TRUE_MIN, -DBL_TRUE_MIN, DBL_MAX, -DBL_MAX, -0.5 }, -0.5, INFINITY },
        { { 4294967296.0, -1 }, 4294967295.0, 18446744073709551616.0 },
        { { 9007199254740992.0, 1, -9007199254740992.0 }, 1, INFINITY },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct str sum = sum_of(cases[i].values, 5, false);
        struct str squares = sum_of(cases[i].values, 5, true);
        ck_assert_double_eq(value_of(&sum), cases[i].sum);
        if (isfinite(cases[i].squares))
            ck_assert_double_eq_tol(value_of(&squares), cases[i].squares, 1e-16);
        str_finish(&sum);
        str_finish(&squares);
    }
}
END_TEST

START_TEST(sums_are_the_same_in_any_order_and_portions)
{
    double values[60];
    for (size_t i = 0; i < ARRAY_LEN(values); i++)
        values[i] = ldexp((double)below(1 << 30) - (1 << 29), (int)below(200) - 100);
    struct str first = sum_of(values, ARRAY_LEN(values), false);
    for (int round = 0; round < 20; round++) {
        size_t cut = below(ARRAY_LEN(values));
        shuffle(values, ARRAY_LEN(values), sizeof(values[0]));
        struct str left = sum_of(values, cut, false);
        struct long_sum sum = { 0 };
        struct coded coded = coded_init(left.text, left.length);
        for (size_t i = cut; i < ARRAY_LEN(values); i++)
            long_sum_add(&sum, values[i]);
        long_sum_read(&coded, &sum);
        str_clear(&left);
        long_sum_write(&left, &sum);
        ck_assert_mem_eq(left.text, first.text, first.length);
        ck_assert_uint_eq(left.length, first.length);
        str_finish(&left);
    }
    str_finish(&first);
}
END_TEST

static void expect_sum(const struct long_sum *sum, struct str wanted)
{
    struct str bytes;
    str_init(&bytes);
    long_sum_write(&bytes, sum);
    ck_assert_uint_eq(bytes.length, wanted.length);
    ck_assert_mem_eq(bytes.text, wanted.text, wanted.length);
    str_finish(&bytes);
    str_finish(&wanted);
}

START_TEST(sums_join)
{
    for (int round = 0; round < 200; round++) {
        double values[8];
        struct long_sum left = { 0 }, right = { 0 };
        for (size_t i = 0; i < ARRAY_LEN(values); i++) {
            values[i] = ldexp((double)below(1 << 30) - (1 << 29), (int)below(300) - 150);
            long_sum_add(i < below(ARRAY_LEN(values)) ? &left : &right, values[i]);
        }
        long_sum_join(&left, &right);
        struct str wanted = sum_of(values, ARRAY_LEN(values), false);
        ck_assert_double_eq((double)long_sum_round(&left), value_of(&wanted));
        expect_sum(&left, wanted);
        long_sum_clear(&left);
        for (size_t i = 0; i < ARRAY_LEN(left.limbs); i++)
            ck_assert_uint_eq(left.limbs[i], 0);
    }
}
END_TEST

/* Amounts, and among them what is nothing, far away or next to nothing. */
START_TEST(near_values_add_up_as_any_do)
{
    static const double others[] = { 0, -0.0, 1e-300, -1e300, DBL_TRUE_MIN, 1 };
    struct near_sums near = { 0 };
    for (size_t count = 0; count < 200; count++) {
        double values[200];
        struct long_sum sum = { 0 }, squares = { 0 };
        for (size_t i = 0; i < count; i++) {
            size_t which = below(40);
            values[i] = which < ARRAY_LEN(others) ? others[which] : below(90000) / 100.0 - 300;
            if (near_sums_add(&near, values[i]))
                continue;
            long_sum_add(&sum, values[i]);
            long_sum_add_square(&squares, values[i]);
        }
        near_sums_empty(&near, &sum, &squares);
        expect_sum(&sum, sum_of(values, count, false));
        expect_sum(&squares, sum_of(values, count, true));
    }
}
END_TEST

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
        chance_state = 5;
        fill_set(&set, sizes[i]);
        chance_state = 5;
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

START_TEST(some_ranks_of_a_set_are_those_of_all)
{
    for (int i = 0; i < 40; i++) {
        struct bin_set set, merged;
        size_t count, some_count;
        uint64_t less, total, first, last;
        fill_set(&set, i % 4 == 0 ? 200 : 800);
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
    tcase_add_test(tests, sums_do_not_round);
    tcase_add_test(tests, sums_are_the_same_in_any_order_and_portions);
    tcase_add_test(tests, sums_join);
    tcase_add_test(tests, near_values_add_up_as_any_do);
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
