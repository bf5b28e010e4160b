/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "row_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/decimal.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#include "check.h"

/* Longer texts are quoted in a reason by their beginning. */
#define QUOTED_BYTES 60

void row_reader_init(struct row_reader *reader, struct plan *plan, struct resolver *resolver)
{
    size_t most = plan->question_count > 0 ? plan->question_count : 1;
    *reader = (struct row_reader){
        .plan = plan,
        .resolver = resolver,
        .rows = memory_alloc(memory_product(most, sizeof(*reader->rows))),
        .missing_by_question = memory_alloc(memory_product(most, sizeof(uint64_t))),
    };
    identity_init(&reader->identity, plan);
    str_init(&reader->path);
}

void row_reader_finish(struct row_reader *reader)
{
    free(reader->rows);
    free(reader->missing_by_question);
    identity_finish(&reader->identity);
    str_finish(&reader->path);
}

/* ---- Cells ---- */

/* Bytes of a text that a reason quotes: whole characters. */
static int quoted(const char *text)
{
    size_t length = strnlen(text, QUOTED_BYTES);
    while (length > 0 && (text[length] & 0xC0) == 0x80)
        length--;
    return (int)length;
}

/* Decimal numbers only: strtod() alone would also take "nan", "inf" and hexadecimal. */
static bool parse_number(const struct plan *plan, const char *text, double *out)
{
    char copy[64];
    if (decimal_read(text, out))
        return true;
    size_t length = strlen(text);
    if (length == 0 || length >= sizeof(copy) || strspn(text, "0123456789+-.,eE") != length)
        return false;
    memcpy(copy, text, length + 1);
    char *comma = strchr(copy, ',');
    if (comma != NULL) {
        if (!plan->decimal_comma || strchr(copy, '.') != NULL)
            return false;
        *comma = '.';
    }
    char *end;
    *out = strtod(copy, &end);
    return *end == '\0' && end != copy && isfinite(*out);
}

static bool read_time(struct plan *plan, enum column column, struct cell *cell, struct error *why)
{
    struct time_reader *reader = &plan->times[column];
    const char *settled;
    switch (time_reader_read(reader, cell->text, &cell->time)) {
    case TIME_READ:
        break;
    case TIME_UNDECIDED:
        plan->undecided = column;
        return false;
    case TIME_WRONG:
        settled = time_reader_name(reader);
        if (settled == NULL)
            return error_set(why, _("'%.*s' is not a time"), quoted(cell->text), cell->text);
        return error_set(why, _("'%.*s' is not a time written as the others are (%s)"),
                         quoted(cell->text), cell->text, settled);
    }
    if (column_info(column)->type == COLUMN_IS_DAY)
        cell->time = time_day(cell->time);
    return true;
}

static void set_cell(struct cell *cell, const char *raw, const char *text)
{
    *cell = (struct cell){ .given = text != NULL && *text != '\0', .raw = raw, .text = text };
}

/* A value that is more than its text. */
static bool convert_cell(struct plan *plan, enum column column, struct cell *cell,
                         struct error *why)
{
    cell->given = true;
    if (column_info(column)->type != COLUMN_IS_NUMBER)
        return read_time(plan, column, cell, why);
    if (parse_number(plan, cell->text, &cell->number))
        return true;
    return error_set(why, _("'%.*s' in the column '%s' is not a number"), quoted(cell->text),
                     cell->text, column_info(column)->name);
}

static bool read_cell(struct plan *plan, enum column column, const char *raw, struct cell *cell,
                      struct error *why)
{
    const char *text = plan_read(plan, column, raw);
    set_cell(cell, raw, text);
    return text == NULL || column_is_text(column) || convert_cell(plan, column, cell, why);
}

static bool read_cells(struct row_reader *reader, const struct record *record, struct row *row,
                       struct error *why)
{
    struct plan *plan = reader->plan;
    /* The row before may have been given more than its file has. */
    for (column_set left = plan->unbound; left != 0; left &= left - 1)
        row->cells[column_first(left)].given = false;
    for (column_set left = plan->plain; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        const char *text = record->fields[plan->bindings[column].fields[0]];
        set_cell(&row->cells[column], text, text);
    }
    for (column_set left = plan->bound & ~plan->plain; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        const char *raw = plan_find_raw(plan, column, record);
        if (!read_cell(plan, column, raw, &row->cells[column], why))
            return false;
    }
    return true;
}

/* Trailing empty fields too many are a habit of spreadsheets; anything else is a broken row. */
static bool check_width(const struct plan *plan, const struct record *record, struct error *why)
{
    size_t count = record->count;
    while (count > plan->header.count && record->fields[count - 1][0] == '\0')
        count--;
    if (count == plan->header.count)
        return true;
    return error_set(why,
                     ngettext("the row has %zu column where the header has %zu",
                              "the row has %zu columns where the header has %zu", record->count),
                     record->count, plan->header.count);
}

/* ---- Questions ---- */

static void set_text(struct row *row, enum column column, const char *text)
{
    if (text != NULL)
        row->cells[column] = (struct cell){ .given = true, .raw = text, .text = text };
}

static void set_number(struct row *row, enum column column, double number)
{
    if (!isnan(number))
        row->cells[column] = (struct cell){ .given = true, .number = number };
}

/* The row that one question makes of a record, from what all its questions share. */
static bool read_question(struct row_reader *reader, const struct record *record, size_t index,
                          const struct row *shared, struct row *row, struct error *why)
{
    const struct question *question = &reader->plan->questions[index];
    const struct unpivot *unpivot = question->unpivot;
    *row = *shared;
    set_text(row, COLUMN_METRIC, unpivot->metric);
    set_text(row, COLUMN_ASPECT, unpivot->aspect);
    set_text(row, COLUMN_KIND, unpivot->kind);
    set_number(row, COLUMN_SCALE_MIN, unpivot->scale_min);
    set_number(row, COLUMN_SCALE_MAX, unpivot->scale_max);
    return read_cell(reader->plan, COLUMN_VALUE, record->fields[question->field],
                     &row->cells[COLUMN_VALUE], why);
}

/* ---- Records ---- */

static void keep_text(struct cell *cell, const char *text)
{
    cell->text = text;
    cell->kept = true;
}

static void resolve(struct row_reader *reader, struct row *row)
{
    struct cell *touchpoint = &row->cells[COLUMN_TOUCHPOINT];
    const struct cell *activity = &row->cells[COLUMN_ACTIVITY];
    for (column_set left = resolver_columns(); left != 0; left &= left - 1) {
        enum column column = column_first(left);
        struct cell *cell = &row->cells[column];
        if (cell->given)
            keep_text(cell, resolver_get(reader->resolver, column, cell->text));
    }
    if (touchpoint->given || !activity->given)
        return;
    keep_text(touchpoint, resolver_find(reader->resolver, COLUMN_TOUCHPOINT, activity->raw));
    touchpoint->given = touchpoint->text != NULL;
}

/* A path is the same however its steps are set apart. */
static bool trim_path(struct row_reader *reader, struct row *row, struct error *why)
{
    if (reader->plan->as != IMPORT_PATHS)
        return true;
    str_clear(&reader->path);
    if (!path_text_append(&reader->path, row->cells[COLUMN_PATH].text, why))
        return false;
    row->cells[COLUMN_PATH].text = reader->path.text;
    return true;
}

/* Fills `rows` with what is checked but has no key yet. Without questions `shared` is the row. */
static bool read_rows(struct row_reader *reader, const struct record *record,
                      const struct row *shared, struct error *why)
{
    const struct plan *plan = reader->plan;
    size_t candidates = plan->question_count > 0 ? plan->question_count : 1;
    for (size_t i = 0; i < candidates; i++) {
        struct row *row = &reader->rows[reader->count];
        bool asked = plan->question_count > 0;
        if (asked && !read_question(reader, record, i, shared, row, why))
            return false;

        if (plan->as == IMPORT_ANSWERS && !row->cells[COLUMN_VALUE].given &&
            (asked || !row->cells[COLUMN_TEXT].given))
            continue; /* an answer that was not given */
        if (!check_row(plan->as, row, why) || !trim_path(reader, row, why))
            return false;
        reader->count++;
    }
    return true;
}

/* Only of records that are good: a record counts once, as rejected or with its missing answers. */
static void count_missing(struct row_reader *reader, const struct record *record)
{
    const struct plan *plan = reader->plan;
    for (size_t i = 0; i < plan->question_count; i++)
        if (plan_is_missing(plan, record->fields[plan->questions[i].field])) {
            reader->missing++;
            reader->missing_by_question[i]++;
        }
    if (plan->question_count == 0 && reader->count == 0)
        reader->missing++;
}

enum row_result row_read(struct row_reader *reader, const struct record *record, struct error *why)
{
    struct row *shared = reader->plan->question_count > 0 ? &reader->shared : reader->rows;
    reader->count = 0;
    reader->plan->undecided = COLUMN_NONE;
    if (!check_width(reader->plan, record, why) || !read_cells(reader, record, shared, why) ||
        !read_rows(reader, record, shared, why))
        return reader->plan->undecided == COLUMN_NONE ? ROW_REJECTED : ROW_UNDECIDED;
    count_missing(reader, record);
    for (size_t i = 0; i < reader->count; i++) {
        resolve(reader, &reader->rows[i]);
        if (!identity_set_key(&reader->identity, record, &reader->rows[i], why))
            return ROW_FAILED;
    }
    return ROW_GOOD;
}
