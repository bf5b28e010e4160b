/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/fatal.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>

START_TEST(test_new_memory_is_zeroed)
{
    unsigned char *memory = memory_alloc(1000);
    for (size_t i = 0; i < 1000; i++)
        ck_assert_uint_eq(memory[i], 0);
    memset(memory, 7, 1000);
    memory = memory_resize(memory, 100000);
    ck_assert_uint_eq(memory[999], 7);
    free(memory);
}
END_TEST

START_TEST(test_sums_and_products)
{
    ck_assert_uint_eq(memory_sum(3, 4), 7);
    ck_assert_uint_eq(memory_product(3, 4), 12);
    ck_assert_uint_eq(memory_sum(SIZE_MAX - 1, 1), SIZE_MAX);
}
END_TEST

static void say_cleaned(void)
{
    ssize_t written = write(STDERR_FILENO, "cleaned\n", 8);
    (void)written;
}

/* Runs a function without memory in a process of its own; what it wrote to standard error. */
static const char *run_without_memory(void (*run)(void))
{
    static char text[512];
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        fatal_set_cleanup(say_cleaned);
        memory_limit(0);
        run();
        _exit(0);
    }
    close(ends[1]);
    size_t length = 0;
    for (ssize_t n; (n = read(ends[0], text + length, sizeof(text) - 1 - length)) > 0;)
        length += (size_t)n;
    text[length] = '\0';
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 2, "status %x", (unsigned)status);
    return text;
}

static void alloc_something(void)
{
    free(memory_alloc(1));
}

static void resize_something(void)
{
    free(memory_resize(NULL, 1));
}

static void fill_an_arena(void)
{
    struct arena arena = { 0 };
    memset(arena_alloc(&arena, 1), 1, 1);
}

static void fill_a_string(void)
{
    struct str str;
    str_init(&str);
    str_append(&str, "a");
}

static void multiply_too_much(void)
{
    struct arena arena = { 0 };
    memset(arena_array(&arena, SIZE_MAX / 2, 3), 1, 1);
}

static void add_too_much(void)
{
    exit((int)memory_sum(SIZE_MAX, 1));
}

static void (*const ways_to_run_out[])(void) = {
    alloc_something, resize_something,  fill_an_arena,
    fill_a_string,   multiply_too_much, add_too_much,
};

START_TEST(test_without_memory_the_program_ends_cleanly)
{
    const char *text = run_without_memory(ways_to_run_out[_i]);
    ck_assert_str_eq(
        text, "cleaned\nstellwerk: there is no memory left; nothing that was saved is harmed\n");
}
END_TEST

static void use_up_three(void)
{
    memory_limit(3);
    for (int i = 0; i < 3; i++)
        free(memory_alloc(1));
    fputs("three\n", stderr);
    free(memory_alloc(1));
}

START_TEST(test_a_limit_counts_down)
{
    const char *text = run_without_memory(use_up_three);
    ck_assert_int_eq(strncmp(text, "three\ncleaned\n", 14), 0);
}
END_TEST

static void fail_while_cleaning(void)
{
    fatal_set_cleanup(alloc_something);
    alloc_something();
}

START_TEST(test_a_cleanup_that_fails_is_not_run_again)
{
    const char *text = run_without_memory(fail_while_cleaning);
    ck_assert_int_eq(strncmp(text, "stellwerk: ", 11), 0);
    ck_assert_ptr_eq(strchr(text, '\n'), text + strlen(text) - 1);
}
END_TEST

Suite *base_memory_suite(void)
{
    Suite *suite = suite_create("base_memory");
    TCase *tests = tcase_create("memory");
    tcase_add_test(tests, test_new_memory_is_zeroed);
    tcase_add_test(tests, test_sums_and_products);
    tcase_add_loop_test(tests, test_without_memory_the_program_ends_cleanly, 0,
                        ARRAY_LEN(ways_to_run_out));
    tcase_add_test(tests, test_a_limit_counts_down);
    tcase_add_test(tests, test_a_cleanup_that_fails_is_not_run_again);
    suite_add_tcase(suite, tests);
    return suite;
}
