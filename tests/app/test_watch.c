/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <stellwerk/app/watch.h>

#include "support.h"

static char *folder, *map, *store;
static struct watch watch;

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void set_up(void)
{
    folder = scratch_create();
    ck_assert_int_gt(asprintf(&map, "%s/map.yaml", folder), 0);
    ck_assert_int_gt(asprintf(&store, "%s/store.db", folder), 0);
    write_file(map, "a");
    watch_init(&watch);
    const char *paths[] = { map };
    watch_set(&watch, WATCHED_MAP, paths, 1);
    paths[0] = store; /* is not there yet */
    watch_set(&watch, WATCHED_STORE, paths, 1);
}

static void tear_down(void)
{
    watch_finish(&watch);
    free(map);
    free(store);
    scratch_remove(folder);
}

START_TEST(test_a_change_is_told_once_when_the_file_keeps_still)
{
    ck_assert_uint_eq(watch_look(&watch), 0);
    write_file(map, "ab");
    ck_assert_uint_eq(watch_look(&watch), 0); /* it may still be being written */
    write_file(map, "abc");
    ck_assert_uint_eq(watch_look(&watch), 0);
    ck_assert_uint_eq(watch_look(&watch), WATCHED_MAP);
    ck_assert_uint_eq(watch_look(&watch), 0);
}
END_TEST

START_TEST(test_a_file_that_is_replaced_again_and_again_is_not_waited_for)
{
    char *other = NULL;
    ck_assert_int_gt(asprintf(&other, "%s/other", folder), 0);
    unsigned told = 0;
    for (int i = 0; i < 10; i++) {
        write_file(other, &"0123456789"[i]);
        ck_assert_int_eq(rename(other, map), 0);
        told += watch_look(&watch) == WATCHED_MAP;
        ck_assert_msg(i != 0 || told == 0, "one new file may still be being written");
    }
    ck_assert_uint_ge(told, 2);
    free(other);
}
END_TEST

START_TEST(test_a_file_that_comes_or_goes_has_changed)
{
    write_file(store, "x");
    ck_assert_uint_eq(watch_look(&watch), WATCHED_STORE);
    unlink(store);
    unlink(map);
    ck_assert_uint_eq(watch_look(&watch), WATCHED_STORE);
    ck_assert_uint_eq(watch_look(&watch), WATCHED_MAP);
}
END_TEST

/* As an import does for as long as it takes. */
START_TEST(test_a_store_that_is_written_all_the_time_has_changed_all_the_time)
{
    for (int i = 1; i < 5; i++) {
        write_file(store, &"xxxx"[4 - i]);
        ck_assert_uint_eq(watch_look(&watch), WATCHED_STORE);
    }
    ck_assert_uint_eq(watch_look(&watch), 0);
}
END_TEST

START_TEST(test_watching_the_same_file_anew_loses_no_change)
{
    const char *paths[] = { map, store };
    write_file(map, "ab");
    watch_set(&watch, WATCHED_MAP, paths, 2);
    watch_look(&watch);
    ck_assert_uint_eq(watch_look(&watch), WATCHED_MAP);
    watch_set(&watch, WATCHED_MAP, paths + 1, 1);
    write_file(map, "abcd");
    watch_look(&watch);
    ck_assert_uint_eq(watch_look(&watch), 0); /* nobody watches it any more */
}
END_TEST

START_TEST(test_what_changed_since_it_was_read_is_told)
{
    const struct file_source read = file_source_of(map), gone = { .path = store };
    write_file(map, "abc");
    watch_set(&watch, WATCHED_MAP, NULL, 0);
    watch_set_read(&watch, WATCHED_MAP, (struct file_source[]){ gone, read, read }, 3);
    ck_assert_uint_eq(watch.count, 3); /* the store is watched for two reasons */
    watch_look(&watch);
    ck_assert_uint_eq(watch_look(&watch), WATCHED_MAP);
    ck_assert_uint_eq(watch_look(&watch), 0);
    watch_set_read(&watch, WATCHED_MAP, (struct file_source[]){ read, file_source_of(map) }, 2);
    watch_look(&watch);
    ck_assert_uint_eq(watch_look(&watch), 0); /* told already */
}
END_TEST

START_TEST(test_settling_takes_files_as_they_are)
{
    write_file(map, "ab");
    watch_settle(&watch);
    watch_look(&watch);
    ck_assert_uint_eq(watch_look(&watch), 0);
}
END_TEST

Suite *app_watch_suite(void)
{
    Suite *suite = suite_create("app_watch");
    TCase *tests = tcase_create("watch");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_a_change_is_told_once_when_the_file_keeps_still);
    tcase_add_test(tests, test_a_file_that_is_replaced_again_and_again_is_not_waited_for);
    tcase_add_test(tests, test_a_file_that_comes_or_goes_has_changed);
    tcase_add_test(tests, test_a_store_that_is_written_all_the_time_has_changed_all_the_time);
    tcase_add_test(tests, test_watching_the_same_file_anew_loses_no_change);
    tcase_add_test(tests, test_what_changed_since_it_was_read_is_told);
    tcase_add_test(tests, test_settling_takes_files_as_they_are);
    suite_add_tcase(suite, tests);
    return suite;
}
