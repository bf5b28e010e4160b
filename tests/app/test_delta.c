/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <string.h>

#include <stellwerk/app/delta.h>

static struct arena arena;

static void teardown(void)
{
    arena_finish(&arena);
}

static struct delta between(const char *before, const char *after)
{
    return delta_between(&arena, before, strlen(before), after, strlen(after));
}

static const char *applied(const struct delta *delta, const char *text)
{
    size_t length;
    const char *after = delta_apply(&arena, delta, text, strlen(text), &length);
    if (after != NULL)
        ck_assert_uint_eq(length, strlen(after));
    return after;
}

static void check_delta(const struct delta *delta, size_t at, const char *removed,
                        const char *added)
{
    ck_assert_uint_eq(delta->at, at);
    ck_assert_uint_eq(delta->removed_length, strlen(removed));
    ck_assert_mem_eq(delta->removed, removed, strlen(removed));
    ck_assert_uint_eq(delta->added_length, strlen(added));
    ck_assert_mem_eq(delta->added, added, strlen(added));
}

START_TEST(a_delta_is_what_differs)
{
    struct delta delta = between("gate 7, late", "gate 12, late");
    check_delta(&delta, 5, "7", "12");
    ck_assert_str_eq(applied(&delta, "gate 7, late"), "gate 12, late");
    struct delta back = delta_inverse(delta);
    ck_assert_str_eq(applied(&back, "gate 12, late"), "gate 7, late");
}
END_TEST

/* A letter that is repeated belongs to the beginning or to the end, never to both. */
START_TEST(beginning_and_end_do_not_overlap)
{
    struct delta delta = between("aa", "aaa");
    ck_assert_uint_eq(delta.removed_length, 0);
    ck_assert_uint_eq(delta.added_length, 1);
    ck_assert_str_eq(applied(&delta, "aa"), "aaa");
    delta = between("aaa", "aa");
    ck_assert_str_eq(applied(&delta, "aaa"), "aa");
    delta = between("same", "same");
    ck_assert_uint_eq(delta.removed_length + delta.added_length, 0);
}
END_TEST

/* Around the size of what is compared at once, from either end. */
START_TEST(long_texts_differ_at_the_byte)
{
    enum { LENGTH = 3 * 4096 };
    char *before = arena_alloc(&arena, LENGTH + 1);
    memset(before, 'x', LENGTH);
    static const size_t places[] = { 0, 1, 4095, 4096, 4097, 8191, 8192, LENGTH - 1 };
    for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
        char *after = arena_strdup(&arena, before);
        after[places[i]] = 'y';
        struct delta delta = between(before, after);
        check_delta(&delta, places[i], "x", "y");
        ck_assert_str_eq(applied(&delta, before), after);
    }
}
END_TEST

START_TEST(a_delta_fits_only_where_its_bytes_are)
{
    struct delta delta = between("one two three", "one 2 three");
    ck_assert_ptr_null(applied(&delta, "one too three"));
    ck_assert_ptr_null(applied(&delta, "one"));
    ck_assert_str_eq(applied(&delta, "one two"), "one 2");
}
END_TEST

static struct shift shift_of(const char *before, const char *after)
{
    return shift_begin(&arena, before, strlen(before), after, strlen(after));
}

/* Two steps made "b" of the first and "d" of the third line; then others wrote above and below. */
START_TEST(steps_move_along)
{
    struct delta first = between("a\n-\nc\n", "b\n-\nc\n");
    struct delta second = between("b\n-\nc\n", "b\n-\nd\n");
    struct shift shift = shift_of("b\n-\nd\n", "new\nb\n-\nd\nend\n");
    ck_assert(shift_back(&shift, &second));
    struct delta back = delta_inverse(second);
    const char *text = applied(&back, "new\nb\n-\nd\nend\n");
    ck_assert_str_eq(text, "new\nb\n-\nc\nend\n");
    ck_assert(shift_back(&shift, &first));
    back = delta_inverse(first);
    ck_assert_str_eq(applied(&back, text), "new\na\n-\nc\nend\n");
}
END_TEST

/* The second step's line was changed by others; the first one below it can still go. */
START_TEST(a_step_that_was_touched_is_passed_over)
{
    struct delta first = between("a\n-\nc\n", "a\n-\ncc\n");
    struct delta second = between("a\n-\ncc\n", "abc\n-\ncc\n");
    struct shift shift = shift_of("abc\n-\ncc\n", "axyzc\n-\ncc\n");
    ck_assert(!shift_back(&shift, &second));
    ck_assert(shift_back(&shift, &first));
    struct delta back = delta_inverse(first);
    ck_assert_str_eq(applied(&back, "axyzc\n-\ncc\n"), "axyzc\n-\nc\n");
}
END_TEST

Suite *app_delta_suite(void)
{
    Suite *suite = suite_create("app_delta");
    TCase *tests = tcase_create("delta");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, a_delta_is_what_differs);
    tcase_add_test(tests, beginning_and_end_do_not_overlap);
    tcase_add_test(tests, long_texts_differ_at_the_byte);
    tcase_add_test(tests, a_delta_fits_only_where_its_bytes_are);
    tcase_add_test(tests, steps_move_along);
    tcase_add_test(tests, a_step_that_was_touched_is_passed_over);
    suite_add_tcase(suite, tests);
    return suite;
}
