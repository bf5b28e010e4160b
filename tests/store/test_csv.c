/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/store/csv.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;
static struct csv_reader *reader;
static struct record record;

static void set_up(void)
{
    fixture_init(&fixture);
    reader = NULL;
}

static void tear_down(void)
{
    csv_close(reader);
    fixture_finish(&fixture);
}

static void open_bytes(const void *bytes, size_t length)
{
    const char *path = fixture_write(&fixture, "file.csv", bytes, length);
    csv_close(reader);
    ck_assert_msg(csv_open(path, NULL, &reader, &fixture.err), "%s", fixture.err.text);
}

static void open_text(const char *text)
{
    open_bytes(text, strlen(text));
}

/* Reads the next record and checks its fields, given joined by '|', and its line. */
static void expect(const char *fields, uint64_t line)
{
    struct str joined;
    str_init(&joined);
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_GOOD);
    ck_assert_ptr_null(record.problem);
    for (size_t i = 0; i < record.count; i++)
        str_printf(&joined, "%s%s", i > 0 ? "|" : "", record.fields[i]);
    ck_assert_str_eq(joined.text, fields);
    ck_assert_uint_eq(record.line, line);
    str_finish(&joined);
}

static void expect_bad(const char *problem, const char *raw, uint64_t line)
{
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_BAD);
    ck_assert_msg(strstr(record.problem, problem) != NULL, "'%s' is not in '%s'", problem,
                  record.problem);
    ck_assert_uint_eq(record.line, line);
    if (raw != NULL) {
        ck_assert_uint_eq(record.raw_length, strlen(raw));
        ck_assert_int_eq(memcmp(record.raw, raw, record.raw_length), 0);
    }
}

static void expect_end(void)
{
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_END);
}

/* ---- Delimiters and lines ---- */

START_TEST(delimiters_are_told_by_equal_columns)
{
    static const struct {
        const char *text;
        char delimiter;
        const char *header;
    } cases[] = {
        { "a,b,c\n1,2,3\n", ',', "a|b|c" },
        { "a;b;c\n1,5;2,5;3\n4,5;5;6\n", ';', "a|b|c" },
        { "a\tb\n1,2\t3\n", '\t', "a|b" },
        { "a|b|c|d\n1|2|3|4\n", '|', "a|b|c|d" },
        { "name\nMiller, Joe\n", ',', "name" },
        { "a;b\n\"x,y,z\";1\n", ';', "a|b" },
        { "", ',', NULL },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        open_text(cases[i].text);
        ck_assert_int_eq(csv_format(reader).delimiter, cases[i].delimiter);
        if (cases[i].header != NULL)
            expect(cases[i].header, 1);
    }
}
END_TEST

START_TEST(excel_names_the_delimiter_in_the_first_line)
{
    open_text("sep=;\r\na;b\r\n1,2;3\r\n");
    ck_assert_int_eq(csv_format(reader).delimiter, ';');
    expect("a|b", 2);
    expect("1,2|3", 3);
    expect_end();
}
END_TEST

START_TEST(options_beat_what_is_detected)
{
    struct csv_format options = { .delimiter = ';', .encoding = "ISO-8859-15" };
    const char *path = fixture_write(&fixture, "file.csv", "a,b;c\n\xA4,1;2\n", 12);
    ck_assert(csv_open(path, &options, &reader, &fixture.err));
    expect("a,b|c", 1);
    expect("€,1|2", 2);
    ck_assert_str_eq(csv_format(reader).encoding, "ISO-8859-15");
}
END_TEST

START_TEST(quoted_fields_hold_anything)
{
    open_text("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\"\"\n , 5 \n");
    expect("a|b", 1);
    expect("x,y|say \"hi\"", 2);
    expect("two\nlines|", 3);
    expect("|5", 5);
    expect_end();
}
END_TEST

START_TEST(all_line_ends_are_known)
{
    open_text("a,b\r\n1,2\r\n\"x\r\ny\",3\r\n");
    expect("a|b", 1);
    expect("1|2", 2);
    expect("x\r\ny|3", 3);
    expect_end();
    open_text("a,b\r1,2\r3,4");
    expect("a|b", 1);
    expect("1|2", 2);
    expect("3|4", 3);
    expect_end();
}
END_TEST

START_TEST(blank_lines_are_passed_over_and_counted)
{
    open_text("\n\na,b\n\n  \n1,2\n\n");
    expect("a|b", 3);
    expect("1|2", 6);
    expect_end();
    expect_end();
}
END_TEST

/* ---- Encodings ---- */

START_TEST(byte_order_marks_are_no_text)
{
    open_bytes("\xEF\xBB\xBF" "a,b\nü,1\n", 12);
    expect("a|b", 1);
    expect("ü|1", 2);
    ck_assert_str_eq(csv_format(reader).encoding, "UTF-8");
    open_bytes("\xFF\xFE" "a\0,\0b\0\n\0\xFC\0,\0" "1\0\n\0", 18);
    expect("a|b", 1);
    expect("ü|1", 2);
    ck_assert_str_eq(csv_format(reader).encoding, "UTF-16LE");
}
END_TEST

START_TEST(utf16_is_known_without_a_mark)
{
    open_bytes("a\0,\0b\0\n\0" "1\0,\0" "2\0\n\0", 16);
    expect("a|b", 1);
    expect("1|2", 2);
    ck_assert_str_eq(csv_format(reader).encoding, "UTF-16LE");
    open_bytes("\0a\0,\0b\0\n\0" "1\0,\0" "2\0\n", 16);
    expect("a|b", 1);
    ck_assert_str_eq(csv_format(reader).encoding, "UTF-16BE");
}
END_TEST

START_TEST(a_bad_utf16_unit_costs_one_character)
{
    /* A low surrogate alone between "a" and "b". */
    open_bytes("\xFF\xFE" "x\0\n\0" "a\0\x00\xDC" "b\0\n\0", 14);
    expect("x", 1);
    expect("a\xEF\xBF\xBD" "b", 2);
}
END_TEST

START_TEST(other_bytes_are_windows_1252)
{
    open_text("name\nM\xFCller\n\x80 5\n");
    expect("name", 1);
    expect("Müller", 2);
    expect("€ 5", 3);
    ck_assert_str_eq(csv_format(reader).encoding, "WINDOWS-1252");
}
END_TEST

/* The first character that tells the encoding stands behind the first block. */
START_TEST(the_encoding_is_settled_late)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a,b\n");
    while (text.length < 200000)
        str_append(&text, "1,2\n");
    str_append(&text, "M\xFCller,3\n");
    open_bytes(text.text, text.length);
    str_finish(&text);
    while (csv_read(reader, &record, &fixture.err) == RECORD_GOOD && record.fields[0][0] != 'M')
        continue;
    ck_assert_str_eq(record.fields[0], "Müller");
}
END_TEST

/* A two-byte character whose halves lie in two blocks, for every place of the cut. */
START_TEST(a_character_across_blocks_is_whole)
{
    for (size_t shift = 0; shift < 24; shift++) {
        struct str text;
        str_init(&text);
        str_append(&text, "a\n");
        while (text.length < 65536 + 16 - 12 + shift)
            str_append(&text, text.length % 64 == 0 ? "\n" : "x");
        str_append(&text, "äöü\n");
        open_bytes(text.text, text.length);
        str_finish(&text);
        enum record_status status;
        bool found = false;
        while ((status = csv_read(reader, &record, &fixture.err)) == RECORD_GOOD)
            found |= strstr(record.fields[0], "äöü") != NULL;
        ck_assert_int_eq(status, RECORD_END);
        ck_assert_msg(found, "shift %zu", shift);
        ck_assert_str_eq(csv_format(reader).encoding, "UTF-8");
    }
}
END_TEST

START_TEST(bad_bytes_in_utf8_cost_their_row)
{
    open_text("a,b\nü,1\n\xFCx,2\n3,4\n");
    expect("a|b", 1);
    expect("ü|1", 2);
    expect_bad("UTF-8", "\xFCx,2", 3);
    expect("3|4", 4);
    expect_end();
}
END_TEST

/* ---- Broken records ---- */

START_TEST(a_quote_without_end_costs_one_line)
{
    open_text("a,b\n1,\"open\n2,3\n4,5\n");
    expect("a|b", 1);
    expect_bad("never closed", "1,\"open", 2);
    expect("2|3", 3);
    expect("4|5", 4);
    expect_end();
}
END_TEST

START_TEST(two_quotes_without_end_do_not_pair_up)
{
    open_text("a,b\n1,\"open\n2,\"open too\n3,4\n");
    expect("a|b", 1);
    expect_bad("closing quote", "1,\"open", 2);
    expect_bad("never closed", "2,\"open too", 3);
    expect("3|4", 4);
    expect_end();
}
END_TEST

START_TEST(stray_quotes_are_text)
{
    open_text("a,b\n5\" pipe,\"x\"\n1,2\n");
    expect("a|b", 1);
    expect("5\" pipe|x", 2);
    expect("1|2", 3);
    expect_end();
}
END_TEST

START_TEST(text_behind_a_closing_quote_is_refused)
{
    open_text("a,b\n\"x\"y,1\n2,3\n");
    expect("a|b", 1);
    expect_bad("closing quote", "\"x\"y,1", 2);
    expect("2|3", 3);
    expect_end();
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
    open_bytes("a,b\n1,x\0y\n2,3\n", 14);
    expect("a|b", 1);
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_BAD);
    ck_assert_ptr_nonnull(strstr(record.problem, "NUL"));
    ck_assert_uint_eq(record.raw_length, 5);
    expect("2|3", 3);
    expect_end();
}
END_TEST

/* Lines that differ in length by their number, so that some lie across blocks. */
START_TEST(bad_lines_among_many_cost_no_other)
{
    static const struct {
        const char bytes[6];
        size_t length;
        const char *problem; /* NULL: it is good */
    } fields[] = {
        { "plain", 5, NULL },     { "x\0y", 3, "NUL" },   { "\xC3\xBC", 2, NULL },
        { "\"q,q\"", 5, NULL },   { "\xFC", 1, "UTF-8" }, { "x\ry", 3, "carriage return" },
        { "\"x\"y", 4, "quote" },
    };
    enum { KINDS = ARRAY_LEN(fields), LINES = 9000 };
    struct str text;
    str_init(&text);
    str_append(&text, "name,n\n");
    for (int i = 0; i < LINES; i++) {
        size_t kind = i % 5 == 0 ? (size_t)(i / 5 % KINDS) : 0;
        str_append_bytes(&text, fields[kind].bytes, fields[kind].length);
        str_printf(&text, ",%0*d\n", 5 + i % 41, i);
    }
    open_bytes(text.text, text.length);
    expect("name|n", 1);
    for (int i = 0; i < LINES; i++) {
        const char *problem = i % 5 == 0 ? fields[i / 5 % KINDS].problem : NULL;
        enum record_status status = csv_read(reader, &record, &fixture.err);
        ck_assert_uint_eq(record.line, (uint64_t)i + 2);
        ck_assert_int_eq(status, problem != NULL ? RECORD_BAD : RECORD_GOOD);
        if (problem != NULL)
            ck_assert_ptr_nonnull(strstr(record.problem, problem));
        else
            ck_assert_int_eq(atoi(record.fields[1]), i);
    }
    expect_end();
    str_finish(&text);
}
END_TEST

START_TEST(a_lone_carriage_return_is_refused)
{
    open_text("a,b\n1,2\r3,4\n5,6\n");
    expect("a|b", 1);
    expect_bad("carriage return", "1,2\r3,4", 2);
    expect("5|6", 3);
}
END_TEST

START_TEST(more_columns_than_the_cap_are_refused)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a,b\n");
    for (size_t i = 0; i < CSV_COLUMN_CAP; i++)
        str_append(&text, "1,");
    str_append(&text, "1\n2,3\n");
    open_bytes(text.text, text.length);
    str_finish(&text);
    expect("a|b", 1);
    expect_bad("4096 columns", NULL, 2);
    expect("2|3", 3);
}
END_TEST

static void append_many(struct str *text, char c, size_t count)
{
    char block[1024];
    memset(block, c, sizeof(block));
    for (; count > sizeof(block); count -= sizeof(block))
        str_append_bytes(text, block, sizeof(block));
    str_append_bytes(text, block, count);
}

START_TEST(longer_fields_than_the_cap_are_refused)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a,b\n");
    append_many(&text, 'x', CSV_FIELD_CAP);
    str_append(&text, ",1\n");
    append_many(&text, 'x', CSV_FIELD_CAP + 1);
    str_append(&text, ",1\n2,3\n");
    open_bytes(text.text, text.length);
    str_finish(&text);
    expect("a|b", 1);
    ck_assert_int_eq(csv_read(reader, &record, &fixture.err), RECORD_GOOD);
    ck_assert_uint_eq(strlen(record.fields[0]), CSV_FIELD_CAP);
    expect_bad("1 MiB", NULL, 3);
    expect("2|3", 4);
}
END_TEST

START_TEST(longer_lines_than_the_cap_are_passed_over)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a,b\n");
    append_many(&text, 'x', 3 * CSV_RECORD_CAP);
    str_append(&text, "\n2,3\n");
    open_bytes(text.text, text.length);
    str_finish(&text);
    expect("a|b", 1);
    expect_bad("4 MiB", NULL, 2);
    ck_assert_uint_eq(record.raw_length, 1024);
    expect("2|3", 3);
    expect_end();
}
END_TEST

/* The quote opens in front of more than a record may hold. */
START_TEST(a_quote_without_end_in_a_long_file_costs_one_line)
{
    struct str text;
    str_init(&text);
    str_append(&text, "a,b\n1,\"open\n");
    size_t lines = 0;
    for (; text.length < CSV_RECORD_CAP + 100000; lines++)
        str_append(&text, "a long line to get there sooner, with a comma in it\n");
    open_bytes(text.text, text.length);
    str_finish(&text);
    expect("a|b", 1);
    expect_bad("never closed", "1,\"open", 2);
    size_t good = 0;
    while (csv_read(reader, &record, &fixture.err) == RECORD_GOOD)
        good++;
    ck_assert_uint_eq(good, lines);
}
END_TEST

/* ---- Files ---- */

START_TEST(the_digest_is_of_all_bytes)
{
    const char text[] = "a,b\r\n1,\"x\r\ny\"\r\n";
    open_text(text);
    while (csv_read(reader, &record, &fixture.err) == RECORD_GOOD)
        continue;
    ck_assert(digest_equal(csv_digest(reader), digest_bytes(text, strlen(text))));
    ck_assert_uint_eq(csv_bytes_read(reader), strlen(text));
    ck_assert_uint_eq(csv_bytes_total(reader), strlen(text));
}
END_TEST

START_TEST(what_is_no_file_is_named)
{
    ck_assert(!csv_open(fixture.folder, NULL, &reader, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "folder"));
    ck_assert(!csv_open("/dev/null", NULL, &reader, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "device"));
    ck_assert(!csv_open(fixture_path(&fixture, "none.csv"), NULL, &reader, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "No such file"));
    struct csv_format options = { .encoding = "KLINGON" };
    const char *path = fixture_write(&fixture, "file.csv", "a\n", 2);
    ck_assert(!csv_open(path, &options, &reader, &fixture.err));
    ck_assert_ptr_nonnull(strstr(fixture.err.text, "KLINGON"));
}
END_TEST

Suite *store_csv_suite(void)
{
    Suite *suite = suite_create("store_csv");
    TCase *tests = tcase_create("csv");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, delimiters_are_told_by_equal_columns);
    tcase_add_test(tests, excel_names_the_delimiter_in_the_first_line);
    tcase_add_test(tests, options_beat_what_is_detected);
    tcase_add_test(tests, quoted_fields_hold_anything);
    tcase_add_test(tests, all_line_ends_are_known);
    tcase_add_test(tests, blank_lines_are_passed_over_and_counted);
    tcase_add_test(tests, byte_order_marks_are_no_text);
    tcase_add_test(tests, utf16_is_known_without_a_mark);
    tcase_add_test(tests, a_bad_utf16_unit_costs_one_character);
    tcase_add_test(tests, other_bytes_are_windows_1252);
    tcase_add_test(tests, the_encoding_is_settled_late);
    tcase_add_test(tests, a_character_across_blocks_is_whole);
    tcase_add_test(tests, bad_bytes_in_utf8_cost_their_row);
    tcase_add_test(tests, a_quote_without_end_costs_one_line);
    tcase_add_test(tests, two_quotes_without_end_do_not_pair_up);
    tcase_add_test(tests, stray_quotes_are_text);
    tcase_add_test(tests, text_behind_a_closing_quote_is_refused);
    tcase_add_test(tests, a_nul_byte_is_refused);
    tcase_add_test(tests, bad_lines_among_many_cost_no_other);
    tcase_add_test(tests, a_lone_carriage_return_is_refused);
    tcase_add_test(tests, more_columns_than_the_cap_are_refused);
    tcase_add_test(tests, longer_fields_than_the_cap_are_refused);
    tcase_add_test(tests, longer_lines_than_the_cap_are_passed_over);
    tcase_add_test(tests, a_quote_without_end_in_a_long_file_costs_one_line);
    tcase_add_test(tests, the_digest_is_of_all_bytes);
    tcase_add_test(tests, what_is_no_file_is_named);
    suite_add_tcase(suite, tests);
    return suite;
}
