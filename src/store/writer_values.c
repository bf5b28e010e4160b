/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer_values.h"

#include <string.h>

#include "upsert.h"

static struct record_value text_value(const char *text)
{
    return text == NULL ? (struct record_value){ .type = RECORD_NULL }
                        : (struct record_value){ .type = RECORD_TEXT,
                                                 .bytes = text,
                                                 .length = (uint32_t)strlen(text) };
}

static struct record_value integer_value(int64_t integer)
{
    return (struct record_value){ .type = RECORD_INTEGER, .integer = integer };
}

static struct record_value cell_value(const struct writer *writer, enum column column)
{
    const struct cell *cell = &writer->row->cells[column];
    if (column == COLUMN_CASE_ID)
        return text_value(writer->case_id);
    if (!cell->given)
        return text_value(NULL);
    switch (column_info(column)->type) {
    case COLUMN_IS_TEXT:
        break;
    case COLUMN_IS_WORD:
        return integer_value(writer->words[column]);
    case COLUMN_IS_INSTANT:
    case COLUMN_IS_DAY:
        return integer_value(cell->time);
    case COLUMN_IS_NUMBER:
        return (struct record_value){ .type = RECORD_REAL, .real = cell->number };
    }
    return text_value(cell->text);
}

struct record_value writer_value(const void *data, int number)
{
    const struct writer *writer = data;
    switch (number) {
    case UPSERT_ID:
        return integer_value(writer->id);
    case UPSERT_KEY:
        return (struct record_value){ .type = RECORD_BLOB,
                                      .bytes = writer->key,
                                      .length = sizeof(writer->key) };
    case UPSERT_BATCH:
        return integer_value(writer->batch);
    case UPSERT_LOADED_AT:
        return integer_value(writer->now);
    case UPSERT_CUT:
        return integer_value(writer->is_cut);
    default:
        return cell_value(writer, (enum column)(number - UPSERT_CELLS));
    }
}

void writer_give(void *data, int column, sqlite3_context *out)
{
    const struct record_value value = writer_value(data, column);
    switch (value.type) {
    case RECORD_NULL:
        break;
    case RECORD_INTEGER:
        sqlite3_result_int64(out, value.integer);
        break;
    case RECORD_REAL:
        sqlite3_result_double(out, value.real);
        break;
    case RECORD_TEXT:
        sqlite3_result_text(out, value.bytes, (int)value.length, SQLITE_STATIC);
        break;
    case RECORD_BLOB:
        sqlite3_result_blob(out, value.bytes, (int)value.length, SQLITE_STATIC);
        break;
    }
}

uint64_t writer_said(const struct writer *writer)
{
    const uint64_t own =
        1u << UPSERT_KEY | 1u << UPSERT_BATCH | 1u << UPSERT_LOADED_AT | 1u << UPSERT_CUT;
    static_assert(UPSERT_CELLS + COLUMN_COUNT <= 64);
    return own | writer->row->given << UPSERT_CELLS;
}
