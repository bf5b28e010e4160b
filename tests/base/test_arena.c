/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <stellwerk/base/arena.h>

static bool is_filled(const void *memory, size_t size, unsigned char with)
{
    const unsigned char *bytes = memory;
    for (size_t i = 0; i < size; i++)
        if (bytes[i] != with)
            return false;
    return true;
}

static bool is_zero(const void *memory, size_t size)
{
    return is_filled(memory, size, 0);
}

START_TEST(test_pieces_are_zeroed_aligned_and_apart)
{
    struct arena arena;
    arena_init(&arena);
    unsigned char *pieces[500];
    for (size_t i = 0; i < 500; i++) {
        size_t size = i * 7 % 300;
        pieces[i] = arena_alloc(&arena, size);
        ck_assert_ptr_nonnull(pieces[i]);
        ck_assert_uint_eq((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        ck_assert(is_zero(pieces[i], size));
        memset(pieces[i], (int)(i % 251) + 1, size);
    }
    for (size_t i = 0; i < 500; i++)
        ck_assert(is_filled(pieces[i], i * 7 % 300, (unsigned char)(i % 251 + 1)));
    arena_finish(&arena);
    ck_assert_ptr_null(arena.newest);
    ck_assert_uint_eq(arena.used, 0);
}
END_TEST

START_TEST(test_an_all_zero_arena_is_ready)
{
    struct arena arena = { 0 };
    ck_assert_str_eq(arena_strdup(&arena, "ready"), "ready");
    ck_assert_uint_ge(arena.used, 6);
    arena_finish(&arena);
    ck_assert_str_eq(arena_strdup(&arena, "again"), "again");
    arena_finish(&arena);
}
END_TEST

START_TEST(test_big_pieces_leave_the_small_ones_their_block)
{
    struct arena arena = { 0 };
    char *before = arena_alloc(&arena, 16);
    char *big = arena_alloc(&arena, 5 << 20);
    char *after = arena_alloc(&arena, 16);
    ck_assert(is_zero(big, 5 << 20));
    memset(big, 1, 5 << 20);
    ck_assert(is_zero(after, 16));
    ck_assert_msg(after > before && after - before < 100, "the small ones are not neighbours");
    arena_finish(&arena);
}
END_TEST

START_TEST(test_reset_zeroes_what_was_used)
{
    struct arena arena = { 0 };
    memset(arena_alloc(&arena, 1000), 0xAA, 1000);
    char *first = arena_alloc(&arena, 1000);
    memset(first, 0xAA, 1000);
    arena_reset(&arena);
    ck_assert_uint_eq(arena.used, 0);
    char *again = arena_alloc(&arena, 3000);
    ck_assert(is_zero(again, 3000));
    ck_assert_msg(again <= first, "the block was not kept");
    arena_finish(&arena);
}
END_TEST

START_TEST(test_frames_of_one_size_need_one_block)
{
    struct arena arena = { 0 };
    struct arena_block *block = NULL;
    for (int frame = 0; frame < 5; frame++) {
        arena_reset(&arena);
        for (int i = 0; i < 400; i++)
            memset(arena_alloc(&arena, 1000), 0xAA, 1000);
        if (frame == 1)
            block = arena.newest;
        if (frame > 1)
            ck_assert_ptr_eq(arena.newest, block);
        ck_assert_uint_ge(arena.used, 400000);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(test_reset_gives_back_what_is_too_much_to_keep)
{
    struct arena arena = { 0 };
    memset(arena_alloc(&arena, 20 << 20), 1, 20 << 20);
    arena_reset(&arena);
    ck_assert_ptr_null(arena.newest);
    ck_assert(is_zero(arena_alloc(&arena, 100), 100));
    arena_finish(&arena);
}
END_TEST

START_TEST(test_an_array_grows_and_keeps_its_items)
{
    struct arena arena = { 0 };
    int *numbers = NULL;
    size_t count = 0, capacity = 0;
    const char *between = NULL;
    for (int i = 0; i < 5000; i++) {
        numbers = arena_grow(&arena, numbers, count, &capacity, sizeof(*numbers));
        if (capacity <= count || numbers[count] != 0)
            ck_abort_msg("item %d", i);
        numbers[count++] = i;
        if (i == 300) /* now it must move */
            between = arena_strdup(&arena, "between");
    }
    for (int i = 0; i < 5000; i++)
        if (numbers[i] != i)
            ck_abort_msg("item %d is %d", i, numbers[i]);
    ck_assert_str_eq(between, "between");
    arena_finish(&arena);
}
END_TEST

START_TEST(test_the_last_array_grows_in_place)
{
    struct arena arena = { 0 };
    size_t capacity = 0;
    int *numbers = arena_grow(&arena, NULL, 0, &capacity, sizeof(int));
    int *grown = arena_grow(&arena, numbers, capacity, &capacity, sizeof(int));
    ck_assert_ptr_eq(grown, numbers);
    ck_assert(is_zero(grown, capacity * sizeof(int)));
    arena_finish(&arena);
}
END_TEST

START_TEST(test_texts)
{
    struct arena arena = { 0 };
    ck_assert_ptr_null(arena_strdup(&arena, NULL));
    ck_assert_str_eq(arena_strdup(&arena, ""), "");
    ck_assert_str_eq(arena_strndup(&arena, "Bahnsteig", 4), "Bahn");
    ck_assert_mem_eq(arena_strndup(&arena, "a\0b", 3), "a\0b", 4);
    ck_assert_str_eq(arena_printf(&arena, "%s %d", "Gleis", 7), "Gleis 7");
    char *long_text = arena_printf(&arena, "%0*d|", 200000, 1);
    ck_assert_uint_eq(strlen(long_text), 200001);
    arena_finish(&arena);
}
END_TEST

Suite *base_arena_suite(void)
{
    Suite *suite = suite_create("base_arena");
    TCase *tests = tcase_create("arena");
    tcase_add_test(tests, test_pieces_are_zeroed_aligned_and_apart);
    tcase_add_test(tests, test_an_all_zero_arena_is_ready);
    tcase_add_test(tests, test_big_pieces_leave_the_small_ones_their_block);
    tcase_add_test(tests, test_reset_zeroes_what_was_used);
    tcase_add_test(tests, test_frames_of_one_size_need_one_block);
    tcase_add_test(tests, test_reset_gives_back_what_is_too_much_to_keep);
    tcase_add_test(tests, test_an_array_grows_and_keeps_its_items);
    tcase_add_test(tests, test_the_last_array_grows_in_place);
    tcase_add_test(tests, test_texts);
    suite_add_tcase(suite, tests);
    return suite;
}
