/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <fcntl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>

#include "support.h"

static struct arena arena;
static char *folder;

static void set_up(void)
{
    arena_init(&arena);
    folder = scratch_create();
}

static void tear_down(void)
{
    scratch_remove(folder);
    arena_finish(&arena);
}

static const char *in_folder(const char *name)
{
    return arena_printf(&arena, "%s/%s", folder, name);
}

static const char *write_file(const char *name, const char *bytes, size_t length)
{
    const char *path = in_folder(name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
    return path;
}

static const size_t lengths[] = { 0, 1, 31, 4095, 4096, 65535, 65536, 65537, 300000 };

START_TEST(test_reading_any_length)
{
    size_t length = lengths[_i], read = 1;
    char *bytes = malloc(length + 1);
    for (size_t i = 0; i < length; i++)
        bytes[i] = (char)(i * 7 + i / 256);
    const char *path = write_file("any", bytes, length);
    const char *text = NULL;
    struct error err;
    ck_assert(file_read(&arena, path, 300000, &text, &read, &err));
    ck_assert_uint_eq(read, length);
    ck_assert_mem_eq(text, bytes, length);
    ck_assert_int_eq(text[length], '\0');
    free(bytes);
}
END_TEST

START_TEST(test_a_cap_is_kept_to_the_byte)
{
    const char *path = write_file("ten", "0123456789", 10);
    const char *text;
    size_t length;
    struct error err;
    ck_assert(file_read(&arena, path, 10, &text, &length, &err));
    ck_assert(!file_read(&arena, path, 9, &text, &length, &err));
    ck_assert_str_eq(err.text, arena_printf(&arena, "'%s' is larger than 9 bytes", path));
}
END_TEST

START_TEST(test_a_large_file_is_refused_unread)
{
    const char *path = write_file("large", "", 0);
    ck_assert_int_eq(truncate(path, (off_t)9 << 20), 0);
    const char *text;
    size_t length;
    struct error err;
    ck_assert(!file_read(&arena, path, 8 << 20, &text, &length, &err));
    ck_assert_str_eq(err.text, arena_printf(&arena, "'%s' is larger than 8 MiB", path));
}
END_TEST

START_TEST(test_what_is_no_file_is_refused)
{
    const char *fifo = in_folder("fifo");
    ck_assert_int_eq(mkfifo(fifo, 0600), 0);
    const struct {
        const char *path, *says;
    } rows[] = {
        { folder, arena_printf(&arena, "'%s' is a directory", folder) },
        { fifo, arena_printf(&arena, "'%s' is not a regular file", fifo) },
        { "/dev/null", "'/dev/null' is not a regular file" },
        { "/no/such", "cannot open '/no/such': No such file or directory" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const char *text;
        size_t length;
        struct error err;
        ck_assert(!file_read(&arena, rows[i].path, 100, &text, &length, &err));
        ck_assert_str_eq(err.text, rows[i].says);
    }
}
END_TEST

/* Puts a pipe with some bytes in the place of standard input. */
static void feed(const char *bytes, size_t length)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], bytes, length), (ssize_t)length);
    close(ends[1]);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
}

START_TEST(test_standard_input)
{
    const char *text;
    size_t length;
    struct error err;
    feed("a\0b", 3);
    ck_assert(file_read(&arena, "-", 3, &text, &length, &err));
    ck_assert_uint_eq(length, 3);
    ck_assert_mem_eq(text, "a\0b", 4);
    ck_assert_msg(fcntl(STDIN_FILENO, F_GETFD) >= 0, "standard input was closed");
    feed("abcd", 4);
    ck_assert(!file_read(&arena, "-", 3, &text, &length, &err));
    ck_assert_str_eq(err.text, "'standard input' is larger than 3 bytes");
}
END_TEST

START_TEST(test_files_that_tell_no_size)
{
    const char *text;
    size_t length;
    struct error err;
    skip_unless(access("/proc/self/status", R_OK) == 0, "there is no /proc");
    ck_assert(file_read(&arena, "/proc/self/status", 1 << 20, &text, &length, &err));
    ck_assert_uint_gt(length, 100);
    ck_assert_uint_eq(strlen(text), length);
}
END_TEST

START_TEST(test_nothing_stays_open)
{
    int before = open("/dev/null", O_RDONLY);
    close(before);
    const char *path = write_file("x", "x", 1), *text;
    size_t length;
    ck_assert(file_read(&arena, path, 1, &text, &length, NULL));
    ck_assert(!file_read(&arena, path, 0, &text, &length, NULL));
    ck_assert(!file_read(&arena, folder, 1, &text, &length, NULL));
    int after = open("/dev/null", O_RDONLY);
    close(after);
    ck_assert_int_eq(after, before);
}
END_TEST

START_TEST(test_stamps_tell_versions_apart)
{
    const char *path = in_folder("map");
    struct file_stamp missing = file_stamp_read(path);
    ck_assert(file_stamp_equal(missing, (struct file_stamp){ 0 }));
    write_file("map", "one", 3);
    struct file_stamp first = file_stamp_read(path);
    ck_assert(!file_stamp_equal(first, missing));
    ck_assert(file_stamp_equal(first, file_stamp_read(path)));
    ck_assert_uint_eq(first.size, 3);
    write_file("other", "two", 3);
    ck_assert_int_eq(rename(in_folder("other"), path), 0);
    ck_assert(!file_stamp_equal(first, file_stamp_read(path)));
}
END_TEST

START_TEST(test_digests)
{
    /* XXH3-128 of no bytes, as its author publishes it. */
    const char *hex = digest_hex(&arena, digest_bytes("", 0));
    ck_assert_str_eq(hex, "99aa06d3014798d86001c324468d497f");
    struct digest digest = digest_bytes("stellwerk", 9);
    ck_assert(digest_equal(digest, digest_bytes("stellwerk", 9)));
    ck_assert(!digest_equal(digest, digest_bytes("Stellwerk", 9)));
    ck_assert(!digest_equal(digest, digest_bytes("stellwerk", 8)));
    ck_assert_str_eq(digest_hex(&arena, (struct digest){ .high = 0xAB, .low = 1 }),
                     "00000000000000ab0000000000000001");
}
END_TEST

START_TEST(test_a_digest_by_pieces_is_the_same)
{
    char bytes[1000];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 31);
    struct digester *digester = digester_create();
    for (size_t at = 0, size = 0; at < sizeof(bytes); at += size, size++) {
        if (size > sizeof(bytes) - at)
            size = sizeof(bytes) - at;
        digester_add(digester, bytes + at, size);
    }
    ck_assert(digest_equal(digester_digest(digester), digest_bytes(bytes, sizeof(bytes))));
    digester_destroy(digester);
    digester_destroy(NULL);
}
END_TEST

START_TEST(test_paths)
{
    ck_assert_str_eq(path_base("maps/bahn.yaml"), "bahn.yaml");
    ck_assert_str_eq(path_base("bahn.yaml"), "bahn.yaml");
    ck_assert_str_eq(path_base("maps/"), "");
    ck_assert_str_eq(folder_name(&arena, "/"), "/");
    ck_assert_str_eq(folder_name(&arena, "/usr/"), "usr");
    ck_assert_str_eq(folder_name(&arena, "/usr/lib/.."), "usr");
    ck_assert_str_eq(folder_name(&arena, "/no/such/folder"), "/no/such/folder");
    ck_assert_str_eq(path_beside(&arena, "maps/bahn.yaml", "bahn.db"), "maps/bahn.db");
    ck_assert_str_eq(path_beside(&arena, "/maps/bahn.yaml", "../x.db"), "/maps/../x.db");
    ck_assert_str_eq(path_beside(&arena, "bahn.yaml", "bahn.db"), "bahn.db");
    ck_assert_str_eq(path_beside(&arena, "maps/bahn.yaml", "/bahn.db"), "/bahn.db");
    ck_assert_str_eq(path_beside(&arena, "-", "bahn.db"), "bahn.db");
}
END_TEST

START_TEST(test_xdg_folders)
{
    setenv("HOME", "/home/anna", 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_CACHE_HOME");
    setenv("XDG_STATE_HOME", "/var/state", 1);
    ck_assert_str_eq(path_xdg(&arena, "CONFIG"), "/home/anna/.config/stellwerk");
    ck_assert_str_eq(path_xdg(&arena, "CACHE"), "/home/anna/.cache/stellwerk");
    ck_assert_str_eq(path_xdg(&arena, "STATE"), "/var/state/stellwerk");
    setenv("XDG_STATE_HOME", "state", 1); /* relative: to be ignored */
    ck_assert_str_eq(path_xdg(&arena, "STATE"), "/home/anna/.local/state/stellwerk");
    unsetenv("HOME");
    ck_assert_ptr_null(path_xdg(&arena, "STATE"));
    setenv("XDG_STATE_HOME", "/var/state", 1);
    ck_assert_str_eq(path_xdg(&arena, "STATE"), "/var/state/stellwerk");
}
END_TEST

START_TEST(test_all_is_written_or_it_is_told)
{
    int ends[2];
    char read_back[8] = "";
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert(file_write_all(ends[1], "whole", 5));
    ck_assert_int_eq(read(ends[0], read_back, sizeof(read_back)), 5);
    ck_assert_str_eq(read_back, "whole");
    ck_assert(file_write_all(ends[1], "", 0));
    close(ends[0]);
    close(ends[1]);
    ck_assert(!file_write_all(-1, "gone", 4));
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

Suite *base_file_suite(void)
{
    Suite *suite = suite_create("base_file");
    TCase *tests = tcase_create("file");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_reading_any_length, 0, ARRAY_LEN(lengths));
    tcase_add_test(tests, test_a_cap_is_kept_to_the_byte);
    tcase_add_test(tests, test_a_large_file_is_refused_unread);
    tcase_add_test(tests, test_what_is_no_file_is_refused);
    tcase_add_test(tests, test_standard_input);
    tcase_add_test(tests, test_files_that_tell_no_size);
    tcase_add_test(tests, test_nothing_stays_open);
    tcase_add_test(tests, test_stamps_tell_versions_apart);
    tcase_add_test(tests, test_digests);
    tcase_add_test(tests, test_a_digest_by_pieces_is_the_same);
    tcase_add_test(tests, test_paths);
    tcase_add_test(tests, test_xdg_folders);
    tcase_add_test(tests, test_all_is_written_or_it_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
