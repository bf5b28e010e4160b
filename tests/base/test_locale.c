/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/utf8.h>

#include "base/catalogue.h"
#include "support.h"

static struct arena arena;
static char *folder;

/* Each test sets what it wants; this machine's own wishes must not show. */
static void clear_environment(void)
{
    static const char *const names[] = { "LC_ALL",     "LC_CTYPE", "LC_MESSAGES",
                                         "LC_NUMERIC", "LANG",     "LANGUAGE" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        unsetenv(names[i]);
}

static void set_up(void)
{
    arena_init(&arena);
    folder = scratch_create();
    free(catalogue_write(folder));
    setenv("STELLWERK_LOCALEDIR", folder, 1);
    clear_environment();
}

static void tear_down(void)
{
    clear_environment();
    setenv("LC_ALL", "C.UTF-8", 1);
    locale_init("en");
    unsetenv("LC_ALL");
    scratch_remove(folder);
    arena_finish(&arena);
}

static void start(const char *variable, const char *value, const char *language)
{
    clear_environment();
    setenv(variable, value, 1);
    ck_assert(locale_init(language));
}

/* What people want and what the system is asked for, and what they get. */
static const struct {
    const char *variable, *value, *list, *forced, *language;
    bool utf8;
} wishes[] = {
    { "LC_ALL", "C", NULL, NULL, "en", false },
    { "LC_ALL", "POSIX", NULL, NULL, "en", false },
    { "LC_ALL", "C", "de", NULL, "en", false }, /* C means C */
    { "LC_ALL", "C", NULL, "en", "en", false },
    { "LC_ALL", "C", NULL, "de", "de", true },
    { "LANG", "", NULL, NULL, "en", false },
    { "LANG", "C.UTF-8", NULL, NULL, "en", true },
    { "LANG", "C.UTF-8", "de", NULL, "de", true },
    { "LANG", "C.UTF-8", "fr:de:en", NULL, "de", true },
    { "LANG", "C.UTF-8", "en:de", NULL, "en", true },
    { "LANG", "C.UTF-8", NULL, "de", "de", true },
    { "LANG", "C.UTF-8", "de", "en", "en", true },
    { "LANG", "de_DE.UTF-8", NULL, NULL, "de", true },
    { "LANG", "de_DE.UTF-8", NULL, "en", "en", true },
    { "LANG", "de_DE.UTF-8", "en", NULL, "en", true },
    { "LC_ALL", "de_AT.utf8", NULL, NULL, "de", true },
    { "LANG", "de", NULL, NULL, "de", true }, /* no character set: UTF-8 */
    { "LC_MESSAGES", "de_CH.UTF-8", NULL, NULL, "de", false },
    { "LC_CTYPE", "de_DE.UTF-8", NULL, NULL, "en", true },
    { "LANG", "xx_YY.UTF-8", NULL, NULL, "en", true },
    { "LANG", "xx_YY.UTF-8", NULL, "de", "de", true },
    { "LANG", "xx_YY.ISO-8859-1", NULL, NULL, "en", false },
    { "LANG", "xx_YY.ISO-8859-1", NULL, "de", "de", true },
};

START_TEST(test_language_and_characters)
{
    clear_environment();
    setenv(wishes[_i].variable, wishes[_i].value, 1);
    if (wishes[_i].list != NULL)
        setenv("LANGUAGE", wishes[_i].list, 1);
    ck_assert(locale_init(wishes[_i].forced));
    ck_assert_str_eq(locale_language(), wishes[_i].language);
    ck_assert_int_eq(utf8_is_spoken(), wishes[_i].utf8);
    bool german = strcmp(wishes[_i].language, "de") == 0;
    ck_assert_str_eq(_("standard input"), german ? "Standardeingabe" : "standard input");
    ck_assert_str_eq(locale_count(&arena, 8577), german ? "8.577" : "8,577");
    ck_assert_str_eq(setlocale(LC_NUMERIC, NULL), "C");
}
END_TEST

START_TEST(test_a_language_that_is_not_spoken)
{
    static const char *const unknown[] = { "fr", "", "de_DE", "deutsch" };
    for (size_t i = 0; i < ARRAY_LEN(unknown); i++) {
        setenv("LANG", "de_DE.UTF-8", 1);
        ck_assert(!locale_init(unknown[i]));
        ck_assert_str_eq(locale_language(), "de"); /* in which it can be said */
    }
}
END_TEST

START_TEST(test_without_a_catalogue_it_is_english)
{
    setenv("STELLWERK_LOCALEDIR", "/no/such", 1);
    start("LANG", "C.UTF-8", "de");
    ck_assert_str_eq(locale_language(), "en");
    ck_assert(utf8_is_spoken());
    ck_assert_str_eq(locale_number(&arena, 1234.5, 1), "1,234.5");
}
END_TEST

/* ---- Numbers ---- */

static const struct {
    double value;
    int decimals;
    const char *plain, *with_sign, *ascii;
} numbers[] = {
    { 0, 0, "0", "±0", "0" },
    { -0.0, 1, "0.0", "±0.0", "0.0" },
    { -0.04, 1, "0.0", "±0.0", "0.0" },
    { 0.04, 1, "0.0", "±0.0", "0.0" },
    { -0.06, 1, "−0.1", "−0.1", "-0.1" },
    { 3, 0, "3", "+3", "+3" },
    { -29.4, 0, "−29", "−29", "-29" },
    { 999.9, 0, "1,000", "+1,000", "+1,000" },
    { 123, 2, "123.00", "+123.00", "+123.00" },
    { -1234.5, 1, "−1,234.5", "−1,234.5", "-1,234.5" },
    { 12345, 0, "12,345", "+12,345", "+12,345" },
    { 123456, 0, "123,456", "+123,456", "+123,456" },
    { 1234567.25, 2, "1,234,567.25", "+1,234,567.25", "+1,234,567.25" },
    { 1e20, 0, "100,000,000,000,000,000,000", "+100,000,000,000,000,000,000",
      "+100,000,000,000,000,000,000" },
    { NAN, 1, "–", "–", "-" },
    { INFINITY, 0, "∞", "+∞", "+inf" },
    { -INFINITY, 0, "−∞", "−∞", "-inf" },
};

START_TEST(test_numbers)
{
    double value = numbers[_i].value;
    start("LC_ALL", "C.UTF-8", NULL);
    ck_assert_str_eq(locale_number(&arena, value, numbers[_i].decimals), numbers[_i].plain);
    ck_assert_str_eq(locale_signed(&arena, value, numbers[_i].decimals), numbers[_i].with_sign);
    start("LC_ALL", "C", NULL);
    ck_assert_str_eq(locale_signed(&arena, value, numbers[_i].decimals), numbers[_i].ascii);
}
END_TEST

START_TEST(test_german_numbers)
{
    start("LC_ALL", "C.UTF-8", "de");
    ck_assert_str_eq(locale_number(&arena, -8577.25, 1), "−8.577,2");
    ck_assert_str_eq(locale_signed(&arena, 0.5, 2), "+0,50");
    ck_assert_str_eq(locale_count(&arena, UINT64_MAX), "18.446.744.073.709.551.615");
    ck_assert_str_eq(locale_percent(&arena, 0.614, 0), "61\u00A0%");
    ck_assert_str_eq(locale_percent(&arena, NAN, 0), "–");
}
END_TEST

/* A noun goes with what is read: a one, with a sign or not, but none with a fraction. */
START_TEST(test_what_counts_as_one)
{
    ck_assert_uint_eq(locale_plural(1, 0), 1);
    ck_assert_uint_eq(locale_plural(-1.4, 0), 1);
    ck_assert_uint_eq(locale_plural(1.5, 0), 2);
    ck_assert_uint_eq(locale_plural(0.5, 0), 2);
    ck_assert_uint_eq(locale_plural(0.6, 0), 1);
    ck_assert_uint_eq(locale_plural(1, 1), 2);
    ck_assert_uint_eq(locale_plural(0, 0), 2);
    ck_assert_uint_eq(locale_plural(NAN, 0), 2);
}
END_TEST

START_TEST(test_counts_and_percentages)
{
    start("LC_ALL", "C.UTF-8", NULL);
    ck_assert_str_eq(locale_count(&arena, 0), "0");
    ck_assert_str_eq(locale_count(&arena, 999), "999");
    ck_assert_str_eq(locale_count(&arena, 1000), "1,000");
    ck_assert_str_eq(locale_percent(&arena, 0.614, 0), "61%");
    ck_assert_str_eq(locale_percent(&arena, 1, 1), "100.0%");
    ck_assert_str_eq(locale_percent(&arena, -0.05, 0), "−5%");
}
END_TEST

START_TEST(test_the_system_gives_the_marks_of_a_locale_it_has)
{
    clear_environment();
    setenv("LC_ALL", "de_CH.UTF-8", 1);
    bool installed = setlocale(LC_NUMERIC, "") != NULL;
    setlocale(LC_NUMERIC, "C");
    skip_unless(installed, "the system has no de_CH.UTF-8");
    ck_assert(locale_init(NULL));
    ck_assert_str_eq(locale_count(&arena, 8577), "8’577");
}
END_TEST

/* ---- Dates ---- */

static const struct {
    const char *period, *english;
} periods[] = {
    { "all", "all time" },
    { "2026-10-12", "12 October 2026" },
    { "2026-01-01", "1 January 2026" },
    { "2026-W42", "12–18 October 2026" },
    { "2026-W40", "28 Sep – 4 Oct 2026" },
    { "2026-W01", "29 Dec 2025 – 4 Jan 2026" },
    { "2026-10", "October 2026" },
    { "2026-Q3", "Q3 2026" },
    { "2026-07-01..2026-09-30", "Jul–Sep 2026" }, /* by months, since nobody said quarter */
    { "2025-11..2026-02", "Nov 2025 – Feb 2026" },
    { "2026", "2026" },
    { "2025..2026", "Jan 2025 – Dec 2026" },
    { "2026-10-12..", "since 12 October 2026" },
    { "..2026-10-12", "until 12 October 2026" },
};

START_TEST(test_periods)
{
    struct period period;
    start("LC_ALL", "C.UTF-8", NULL);
    ck_assert(period_parse(periods[_i].period, 0, &period));
    ck_assert_str_eq(locale_period(&arena, period), periods[_i].english);
}
END_TEST

START_TEST(test_every_month_has_its_names)
{
    static const char *const names[] = { "January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December" };
    start("LC_ALL", "C.UTF-8", NULL);
    for (int month = 0; month < 12; month++) {
        struct period period;
        ck_assert(period_parse(arena_printf(&arena, "2026-%02d", month + 1), 0, &period));
        const char *name = arena_printf(&arena, "%s 2026", names[month]);
        ck_assert_str_eq(locale_period(&arena, period), name);
        period.first += 1;
        period.last += 2;
        name = arena_printf(&arena, "2 %.3s ", names[month]);
        ck_assert_int_eq(strncmp(locale_period(&arena, period), name, strlen(name)), 0);
    }
}
END_TEST

START_TEST(test_german_dates)
{
    struct period period;
    int32_t day = 20000; /* 2024-10-04 */
    start("LC_ALL", "C.UTF-8", NULL);
    ck_assert_str_eq(locale_day(&arena, day), "2024-10-04");
    start("LC_ALL", "C.UTF-8", "de");
    ck_assert_str_eq(locale_day(&arena, day), "04.10.2024");
    ck_assert(period_parse("2026-W42", 0, &period));
    ck_assert_str_eq(locale_period(&arena, period), "12.–18. Oktober 2026");
    ck_assert(period_parse("2026-03-07..", 0, &period));
    ck_assert_str_eq(locale_period(&arena, period), "seit 7. März 2026");
}
END_TEST

START_TEST(test_dates_without_utf8)
{
    struct period period;
    start("LC_ALL", "C", NULL);
    ck_assert(i18n_open(folder, "de")); /* as a German with an old terminal would have it */
    ck_assert(period_parse("2026-W42", 0, &period));
    ck_assert_str_eq(locale_period(&arena, period), "12.-18. Oktober 2026");
    ck_assert(period_parse("2026-03-07..", 0, &period));
    ck_assert_str_eq(locale_period(&arena, period), "seit 7. Maerz 2026");
    ck_assert_str_eq(locale_percent(&arena, 0.61, 0), "61 %");
}
END_TEST

static const struct {
    int32_t days;
    const char *english, *german;
} ages[] = {
    { 0, "today", "heute" },         { 1, "1 day", "1 Tag" },         { 13, "13 days", "13 Tage" },
    { 14, "2 weeks", "2 Wochen" },   { 69, "9 weeks", "9 Wochen" },   { 70, "2 months", NULL },
    { 365, "12 months", NULL },      { 729, "23 months", NULL },      { 730, "2 years", NULL },
    { 3650, "10 years", NULL },      { INT32_MAX, "5883516 years", NULL },
};

START_TEST(test_ages)
{
    start("LC_ALL", "C.UTF-8", NULL);
    ck_assert_str_eq(locale_age(&arena, ages[_i].days), ages[_i].english);
    start("LC_ALL", "C.UTF-8", "de");
    if (ages[_i].german != NULL)
        ck_assert_str_eq(locale_age(&arena, ages[_i].days), ages[_i].german);
}
END_TEST

START_TEST(test_printing)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    start("LC_ALL", "C.UTF-8", NULL);
    locale_print("März – 3 €\n", out);
    start("LC_ALL", "C", NULL);
    locale_print("März – 3 €\n", out);
    fclose(out);
    ck_assert_str_eq(text, "März – 3 €\nMaerz - 3 EUR\n");
    free(text);
}
END_TEST

Suite *base_locale_suite(void)
{
    Suite *suite = suite_create("base_locale");
    TCase *tests = tcase_create("locale");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, test_language_and_characters, 0, ARRAY_LEN(wishes));
    tcase_add_test(tests, test_a_language_that_is_not_spoken);
    tcase_add_test(tests, test_without_a_catalogue_it_is_english);
    tcase_add_loop_test(tests, test_numbers, 0, ARRAY_LEN(numbers));
    tcase_add_test(tests, test_german_numbers);
    tcase_add_test(tests, test_what_counts_as_one);
    tcase_add_test(tests, test_counts_and_percentages);
    tcase_add_test(tests, test_the_system_gives_the_marks_of_a_locale_it_has);
    tcase_add_loop_test(tests, test_periods, 0, ARRAY_LEN(periods));
    tcase_add_test(tests, test_every_month_has_its_names);
    tcase_add_test(tests, test_german_dates);
    tcase_add_test(tests, test_dates_without_utf8);
    tcase_add_loop_test(tests, test_ages, 0, ARRAY_LEN(ages));
    tcase_add_test(tests, test_printing);
    suite_add_tcase(suite, tests);
    return suite;
}
