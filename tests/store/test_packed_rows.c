/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Rows on their way to who writes them: they come out of a pack as they went in, whatever the one
 * before them said, and no more are on their way than memory is for.
 */

#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>

#include "../../src/store/packed_rows.h"
#include "store/fixture.h"
#include "support.h"

enum { ROWS = 300, LONG_BYTES = 200000 };

static char *long_text;

static void set_up(void)
{
    long_text = calloc(1, LONG_BYTES + 1);
    ck_assert_ptr_nonnull(long_text);
    memset(long_text, 'x', LONG_BYTES);
}

static void tear_down(void)
{
    free(long_text);
}

static bool is_long(int row, enum column column)
{
    return row == ROWS / 2 && column == COLUMN_CASE_ID;
}

/* Which cells a row says something in, and what. */
static bool says(int row, enum column column)
{
    return is_long(row, column) || (row * 31 + (int)column * 17) % 5 < row % 4;
}

static const char *text_of(int row, enum column column)
{
    static const char *const texts[] = { "", "a", "Zürich", "a longer text, with a comma" };
    return is_long(row, column) ? long_text : texts[(row + column) % 4];
}

/* Words that the resolver keeps. */
static bool is_kept(int row, enum column column)
{
    return column_info(column)->type == COLUMN_IS_WORD && row % 3 != 0;
}

static struct row make_row(int number)
{
    struct row row = { .key = { (uint64_t)number << 40, (uint64_t)number } };
    for (enum column column = 0; column < COLUMN_COUNT; column++)
        if (says(number, column))
            row.cells[column] = (struct cell){
                .given = true,
                .kept = is_kept(number, column),
                .text = text_of(number, column),
                .time = INT64_MAX - number,
                .number = -number / 7.0,
            };
    return row;
}

static void expect_cell(const struct row *row, int number, enum column column)
{
    const struct cell *cell = &row->cells[column];
    switch (column_info(column)->type) {
    case COLUMN_IS_TEXT:
    case COLUMN_IS_WORD:
        ck_assert_str_eq(cell->text, text_of(number, column));
        ck_assert(cell->kept == is_kept(number, column));
        ck_assert((cell->text == text_of(number, column)) == cell->kept);
        break;
    case COLUMN_IS_INSTANT:
    case COLUMN_IS_DAY:
        ck_assert_int_eq(cell->time, INT64_MAX - number);
        break;
    case COLUMN_IS_NUMBER:
        ck_assert(cell->number == -number / 7.0);
        break;
    }
}

static void expect_rows(const struct packed_rows *rows, column_set columns)
{
    struct row row = { 0 };
    ck_assert_uint_eq(rows->count, ROWS);
    for (int i = 0; i < ROWS; i++) {
        packed_rows_get(rows, (size_t)i, &row);
        ck_assert_uint_eq(row.key.low, (uint64_t)i);
        ck_assert_uint_eq(row.key.high, packed_rows_key(rows, (size_t)i)->high);
        for (enum column column = 0; column < COLUMN_COUNT; column++) {
            bool given = says(i, column) && (columns & column_bit(column)) != 0;
            ck_assert(row.cells[column].given == given);
            ck_assert(((row.given & column_bit(column)) != 0) == given);
            if (given)
                expect_cell(&row, i, column);
        }
    }
}

START_TEST(rows_come_out_as_they_went_in)
{
    static const enum import_as kinds[] = { IMPORT_EVENTS, IMPORT_ANSWERS, IMPORT_PATHS };
    const column_set columns = column_all(kinds[_i]);
    struct packed_rows rows = { 0 };
    for (int time = 0; time < 2; time++) {
        for (int i = 0; i < ROWS; i++) {
            struct row row = make_row(i);
            packed_rows_add(&rows, &row, columns);
        }
        expect_rows(&rows, columns);
        packed_rows_clear(&rows);
        ck_assert_uint_eq(rows.count, 0);
    }
    packed_rows_finish(&rows);
}
END_TEST

/* What was written when so many records had been read; the last to be told is the end. */
enum { LONG_RECORDS = 2500, LOOKED_AT = 2000, TEXT_BYTES = 16000 };

static void look(const struct import_progress *progress, void *data)
{
    uint64_t *taken = data;
    if (progress->records == LOOKED_AT)
        *taken = progress->taken;
}

/* Of long texts, 16 MB are on their way at most, some thousand of these. */
START_TEST(long_texts_are_not_read_far_ahead)
{
    struct fixture fixture;
    struct str csv;
    uint64_t taken = 0;
    struct import_options options = { .watch = look, .watch_data = &taken };
    fixture_init(&fixture);
    str_init(&csv);
    str_append(&csv, "response_id,ts,touchpoint,metric,value,text\n");
    for (int i = 0; i < LONG_RECORDS; i++)
        str_printf(&csv, "r%d,2026-01-01,platform,ease,3,x%0*d\n", i, TEXT_BYTES, i);
    struct import_report report = fixture_import(&fixture, csv.text, &options);
    ck_assert_uint_eq(report.taken, LONG_RECORDS);
    ck_assert_uint_gt(taken, 0);
    str_finish(&csv);
    fixture_finish(&fixture);
}
END_TEST

Suite *store_packed_rows_suite(void)
{
    Suite *suite = suite_create("store_packed_rows");
    TCase *tests = tcase_create("packed_rows");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, rows_come_out_as_they_went_in, 0, 3);
    tcase_add_test(tests, long_texts_are_not_read_far_ahead);
    suite_add_tcase(suite, tests);
    return suite;
}
