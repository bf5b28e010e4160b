/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lines without quotes are cut apart from libcsv, and must come out as it would cut them.
 */

#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/store/csv.h>

#include "store/fixture.h"

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
}

static void tear_down(void)
{
    fixture_finish(&fixture);
}

/* A line of pieces that are easily got wrong. */
static const char *const pieces[] = { ",", " ", ",", "x", "  ", "y z", ",", "\xC3\xBC", ";", "\t" };

static void append_plain_line(struct str *out, unsigned *seed)
{
    str_append_char(out, 'a');
    for (size_t i = 0; i < 12; i++) {
        *seed = *seed * 1103515245u + 12345u;
        str_append(out, pieces[(*seed >> 16) % ARRAY_LEN(pieces)]);
    }
}

/* The next record's fields but for the last `less`, a bar behind each. */
static void read_fields(struct csv_reader *reader, size_t less, struct str *out)
{
    struct record record;
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_GOOD);
    ck_assert_uint_ge(record.count, less);
    str_clear(out);
    for (size_t i = 0; i < record.count - less; i++)
        str_printf(out, "%s|", record.fields[i]);
}

static struct csv_reader *open_lines(const char *name, const struct str *text)
{
    const struct csv_format format = { .delimiter = ',' };
    const char *path = fixture_write(&fixture, name, text->text, text->length);
    struct csv_reader *reader;
    ck_assert_msg(csv_open(path, &format, &reader, &fixture.err), "%s", fixture.err.text);
    return reader;
}

START_TEST(a_plain_line_is_cut_as_libcsv_would)
{
    unsigned seed = 1;
    struct str plain, quoted, expected, line;
    str_init(&expected);
    str_init(&line);
    str_init(&plain);
    str_init(&quoted);
    for (int i = 0; i < 400; i++) {
        str_clear(&line);
        append_plain_line(&line, &seed);
        str_printf(&plain, "%s%s", line.text, i % 2 == 0 ? "\n" : "\r\n");
        str_printf(&quoted, "%s,\"q\"\n", line.text); /* the quotes are libcsv's business */
    }
    struct csv_reader *by_libcsv = open_lines("quoted.csv", &quoted);
    struct csv_reader *by_us = open_lines("plain.csv", &plain);
    for (int i = 0; i < 400; i++) {
        read_fields(by_us, 0, &line);
        read_fields(by_libcsv, 1, &expected);
        ck_assert_str_eq(line.text, expected.text);
    }
    csv_close(by_libcsv);
    csv_close(by_us);
    str_finish(&line);
    str_finish(&expected);
    str_finish(&plain);
    str_finish(&quoted);
}
END_TEST

Suite *store_csv_plain_suite(void)
{
    Suite *suite = suite_create("store_csv_plain");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_plain_line_is_cut_as_libcsv_would);
    suite_add_tcase(suite, tcase);
    return suite;
}
