/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"
#include "support.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stellwerk/mapfile/save.h>

static char folder[] = "/tmp/stellwerk-save-XXXXXX";
static char path[64];
static struct error err;
static struct arena arena;

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void setup(void)
{
    memset(folder + strlen(folder) - 6, 'X', 6);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
    snprintf(path, sizeof path, "%s/map.yaml", folder);
    write_file(path, "old\n");
    error_init(&err);
    arena_init(&arena);
}

static void teardown(void)
{
    char command[128];
    snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", folder, folder);
    ck_assert_int_eq(system(command), 0);
    arena_finish(&arena);
}

static struct digest old_digest(void)
{
    return digest_bytes("old\n", 4);
}

static enum save_outcome save(const char *name, const char *text)
{
    return save_text(name, old_digest(), text, strlen(text), &err);
}

static void file_is(const char *name, const char *text)
{
    const char *got;
    size_t length;
    ck_assert(file_read(&arena, name, 1 << 20, &got, &length, &err));
    ck_assert_str_eq(got, text);
}

static int files_in_folder(void)
{
    int count = 0;
    DIR *listing = opendir(folder);
    for (struct dirent *entry; (entry = readdir(listing));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(listing);
    return count;
}

START_TEST(a_save_replaces_the_text_and_leaves_nothing_behind)
{
    ck_assert_int_eq(save(path, "new\n"), SAVE_DONE);
    file_is(path, "new\n");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(mode_and_link_survive)
{
    struct stat status;
    ck_assert_int_eq(chmod(path, 0640), 0);
    ck_assert_int_eq(symlink("map.yaml", "link.yaml"), 0);
    ck_assert_int_eq(save("link.yaml", "new\n"), SAVE_DONE);
    ck_assert_int_eq(lstat("link.yaml", &status), 0);
    ck_assert(S_ISLNK(status.st_mode));
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_mode & 07777, 0640);
    file_is(path, "new\n");
}
END_TEST

START_TEST(the_owner_survives)
{
    struct stat status;
    skip_unless(geteuid() == 0, "only root can give a file away");
    ck_assert_int_eq(chown(path, 12345, 23456), 0);
    ck_assert_int_eq(save(path, "new\n"), SAVE_DONE);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq(status.st_uid, 12345);
    ck_assert_uint_eq(status.st_gid, 23456);
}
END_TEST

START_TEST(what_somebody_else_wrote_is_not_overwritten)
{
    write_file(path, "theirs\n");
    ck_assert_int_eq(save(path, "new\n"), SAVE_CHANGED);
    file_is(path, "theirs\n");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(what_is_no_file_of_its_own_is_refused)
{
    ck_assert_int_eq(save(folder, "new\n"), SAVE_FAILED);
    ck_assert_ptr_nonnull(strstr(err.text, "regular file"));
    ck_assert_int_eq(save("/dev/null", "new\n"), SAVE_FAILED);
    ck_assert_int_eq(save("missing.yaml", "new\n"), SAVE_FAILED);
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(save("fifo", "new\n"), SAVE_FAILED);
    ck_assert_int_eq(link(path, "twin.yaml"), 0);
    ck_assert_int_eq(save(path, "new\n"), SAVE_FAILED);
    ck_assert_ptr_nonnull(strstr(err.text, "hard links"));
    file_is(path, "old\n");
}
END_TEST

START_TEST(a_file_too_large_for_its_limit_leaves_the_old_one)
{
    struct rlimit limit = { .rlim_cur = 8, .rlim_max = RLIM_INFINITY };
    signal(SIGXFSZ, SIG_IGN);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    enum save_outcome outcome = save(path, "much more than eight bytes\n");
    limit.rlim_cur = RLIM_INFINITY;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    ck_assert_int_eq(outcome, SAVE_FAILED);
    ck_assert_ptr_nonnull(strstr(err.text, path));
    file_is(path, "old\n");
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

START_TEST(a_file_that_may_not_be_written_stays)
{
    skip_unless(geteuid() != 0, "root may write everything");
    ck_assert_int_eq(chmod(path, 0444), 0);
    ck_assert_int_eq(save(path, "new\n"), SAVE_FAILED);
    ck_assert_int_eq(chmod(path, 0644), 0);
    ck_assert_int_eq(chmod(folder, 0555), 0);
    ck_assert_int_eq(save(path, "new\n"), SAVE_FAILED);
    file_is(path, "old\n");
}
END_TEST

START_TEST(a_new_file_never_takes_the_place_of_another)
{
    ck_assert(!save_new(path, "new\n", 4, &err));
    file_is(path, "old\n");
    ck_assert(save_new("fresh.yaml", "new\n", 4, &err));
    file_is("fresh.yaml", "new\n");
}
END_TEST

static const char *remains(const char *text, const char *mark)
{
    char *name = arena_printf(&arena, ".map.yaml.stellwerk-%016llx-%016llx-abcdef%s",
                              (unsigned long long)old_digest().high,
                              (unsigned long long)digest_bytes("new\n", 4).high, mark);
    write_file(name, text);
    return name;
}

START_TEST(remains_of_a_killed_save_are_cleaned)
{
    remains("old\n", "");
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 1);
    remains("new\n", "");
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 1);
    remains("ne", "~");
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 1);
    file_is(path, "old\n");
}
END_TEST

START_TEST(remains_with_somebody_elses_text_are_kept_and_told)
{
    remains("theirs\n", "");
    const char *kept = save_clean(&arena, path);
    ck_assert_ptr_nonnull(kept);
    file_is(kept, "theirs\n");
}
END_TEST

START_TEST(files_of_others_are_none_of_our_business)
{
    write_file(".map.yaml.stellwerk-1-2-abcdef", "old\n");
    write_file(".map.yaml.stellwerk-", "old\n");
    write_file("map.yaml~", "old\n");
    write_file(".other.yaml.stellwerk-0000000000000000-0000000000000000-abcdef", "old\n");
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 5);
}
END_TEST

START_TEST(a_save_under_way_keeps_its_file)
{
    const char *name = remains("ne", "~");
    int hold[2], ready[2];
    ck_assert_int_eq(pipe(hold), 0);
    ck_assert_int_eq(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        int file = open(name, O_RDWR);
        char byte;
        bool held = flock(file, LOCK_EX) == 0 && write(ready[1], "x", 1) == 1 &&
                    read(hold[0], &byte, 1) >= 0;
        _exit(held ? 0 : 1);
    }
    char byte;
    ck_assert_int_eq(read(ready[0], &byte, 1), 1);
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 2);
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert_ptr_null(save_clean(&arena, path));
    ck_assert_int_eq(files_in_folder(), 1);
}
END_TEST

Suite *mapfile_save_suite(void)
{
    Suite *suite = suite_create("mapfile_save");
    TCase *tests = tcase_create("saves");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_save_replaces_the_text_and_leaves_nothing_behind);
    tcase_add_test(tests, mode_and_link_survive);
    tcase_add_test(tests, the_owner_survives);
    tcase_add_test(tests, what_somebody_else_wrote_is_not_overwritten);
    tcase_add_test(tests, what_is_no_file_of_its_own_is_refused);
    tcase_add_test(tests, a_file_too_large_for_its_limit_leaves_the_old_one);
    tcase_add_test(tests, a_file_that_may_not_be_written_stays);
    tcase_add_test(tests, a_new_file_never_takes_the_place_of_another);
    tcase_add_test(tests, remains_of_a_killed_save_are_cleaned);
    tcase_add_test(tests, remains_with_somebody_elses_text_are_kept_and_told);
    tcase_add_test(tests, files_of_others_are_none_of_our_business);
    tcase_add_test(tests, a_save_under_way_keeps_its_file);
    suite_add_tcase(suite, tests);
    return suite;
}
