/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>

#include "base/catalogue.h"
#include "support.h"

static char *folder, *path;

static void set_up(void)
{
    folder = scratch_create();
    path = catalogue_write(folder);
}

static void tear_down(void)
{
    i18n_close();
    free(path);
    scratch_remove(folder);
}

START_TEST(test_an_open_catalogue_goes_before_gettext)
{
    ck_assert_str_eq(_("standard input"), "standard input");
    ck_assert(i18n_open(folder, "de"));
    ck_assert_str_eq(_("standard input"), "Standardeingabe");
    ck_assert_ptr_nonnull(strstr(i18n_get(""), "Language: de\n"));
    i18n_close();
    ck_assert_str_eq(_("standard input"), "standard input");
}
END_TEST

START_TEST(test_what_has_no_translation_stays_itself)
{
    ck_assert(i18n_open(folder, "de"));
    const char *message = "a message that nobody translated";
    ck_assert_ptr_eq(i18n_get(message), message);
    ck_assert_str_eq(_("aaa"), "aaa");
    ck_assert_str_eq(_("zzz"), "zzz");
    ck_assert_str_eq(ngettext("%d dog", "%d dogs", 1), "%d dog");
    ck_assert_str_eq(ngettext("%d dog", "%d dogs", 0), "%d dogs");
}
END_TEST

START_TEST(test_contexts)
{
    ck_assert(i18n_open(folder, "de"));
    ck_assert_str_eq(C_("age", "today"), "heute");
    ck_assert_str_eq(C_("newspaper", "today"), "today");
    ck_assert_str_eq(_("today"), "today");
}
END_TEST

START_TEST(test_plurals)
{
    ck_assert_str_eq(ngettext("%d day", "%d days", 1), "%d day");
    ck_assert_str_eq(ngettext("%d day", "%d days", 2), "%d days");
    ck_assert(i18n_open(folder, "de"));
    ck_assert_str_eq(ngettext("%d day", "%d days", 0), "%d Tage");
    ck_assert_str_eq(ngettext("%d day", "%d days", 1), "%d Tag");
    ck_assert_str_eq(ngettext("%d day", "%d days", 2), "%d Tage");
}
END_TEST

START_TEST(test_another_language_is_not_there)
{
    ck_assert(i18n_open(folder, "de"));
    ck_assert(!i18n_open(folder, "fr"));
    ck_assert_str_eq(_("standard input"), "standard input");
    ck_assert(!i18n_open("/no/such", "de"));
}
END_TEST

/* Cut anywhere, or with any byte of its tables wrong, it is refused or read, never run over. */
START_TEST(test_a_damaged_catalogue_does_no_harm)
{
    FILE *file = fopen(path, "rb");
    static char bytes[4096];
    size_t length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    size_t tables = 7 * 4 + 16 * 13;
    ck_assert_uint_gt(length, tables);
    for (size_t at = 0; at < tables; at++) {
        bytes[at] ^= 0x55;
        file = fopen(path, "wb");
        fwrite(bytes, 1, length, file);
        fclose(file);
        bytes[at] ^= 0x55;
        if (i18n_open(folder, "de"))
            ck_assert_ptr_nonnull(_("standard input"));
    }
    for (size_t kept = 0; kept < length; kept += 7) {
        file = fopen(path, "wb");
        fwrite(bytes, 1, kept, file);
        fclose(file);
        ck_assert(!i18n_open(folder, "de"));
    }
}
END_TEST

Suite *base_i18n_suite(void)
{
    Suite *suite = suite_create("base_i18n");
    TCase *tests = tcase_create("i18n");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_an_open_catalogue_goes_before_gettext);
    tcase_add_test(tests, test_what_has_no_translation_stays_itself);
    tcase_add_test(tests, test_contexts);
    tcase_add_test(tests, test_plurals);
    tcase_add_test(tests, test_another_language_is_not_there);
    tcase_add_test(tests, test_a_damaged_catalogue_does_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}
