/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "packed_rows.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#define BYTES_LEAST ((size_t)64 << 10)

static void make_room(struct packed_rows *rows, size_t more)
{
    if (rows->room - rows->length >= more)
        return;
    rows->room = memory_sum(memory_product(rows->room, 2), memory_sum(more, BYTES_LEAST));
    rows->bytes = memory_resize(rows->bytes, rows->room);
}

static struct packed_row *begin_row(struct packed_rows *rows)
{
    if (rows->count == rows->capacity) {
        rows->capacity = rows->capacity > 0 ? memory_product(rows->capacity, 2) : 256;
        rows->rows = memory_resize(rows->rows, memory_product(rows->capacity, sizeof(*rows->rows)));
    }
    return &rows->rows[rows->count++];
}

static void put(struct packed_rows *rows, const void *bytes, size_t length)
{
    memcpy(rows->bytes + rows->length, bytes, length);
    rows->length += length;
}

static void put_text(struct packed_rows *rows, const char *text)
{
    size_t length = strlen(text);
    make_room(rows, memory_sum(length, sizeof(length) + 1));
    put(rows, &length, sizeof(length));
    put(rows, text, length + 1);
}

/* Eight bytes, or a text with its length before and a NUL behind it. */
static void put_cell(struct packed_rows *rows, enum column column, const struct cell *cell)
{
    make_room(rows, sizeof(uint64_t));
    if (cell->kept)
        put(rows, &cell->text, sizeof(cell->text));
    else if (column_is_text(column))
        put_text(rows, cell->text);
    else if (column_info(column)->type == COLUMN_IS_NUMBER)
        put(rows, &cell->number, sizeof(cell->number));
    else
        put(rows, &cell->time, sizeof(cell->time));
}

/* The values follow each other in the order of columns. */
void packed_rows_add(struct packed_rows *rows, const struct row *row, column_set columns)
{
    struct packed_row *packed = begin_row(rows);
    *packed = (struct packed_row){ .key = row->key, .start = rows->length };
    for (column_set left = columns; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        if (!row->cells[column].given)
            continue;
        packed->given |= column_bit(column);
        packed->kept |= row->cells[column].kept ? column_bit(column) : 0;
        put_cell(rows, column, &row->cells[column]);
    }
}

const struct digest *packed_rows_key(const struct packed_rows *rows, size_t index)
{
    return &rows->rows[index].key;
}

void packed_rows_tell(struct packed_rows *rows, size_t index, int64_t known)
{
    rows->rows[index].known = known;
}

static const unsigned char *get(const unsigned char *at, void *out, size_t length)
{
    memcpy(out, at, length);
    return at + length;
}

/* Returns what is behind it. */
static const unsigned char *get_cell(const unsigned char *at, enum column column, bool kept,
                                     struct cell *cell)
{
    size_t length;
    cell->given = true;
    cell->kept = kept;
    if (kept)
        return get(at, &cell->text, sizeof(cell->text));
    if (column_is_text(column)) {
        at = get(at, &length, sizeof(length));
        cell->text = (const char *)at;
        return at + length + 1;
    }
    if (column_info(column)->type == COLUMN_IS_NUMBER)
        return get(at, &cell->number, sizeof(cell->number));
    return get(at, &cell->time, sizeof(cell->time));
}

void packed_rows_get(const struct packed_rows *rows, size_t index, struct row *out)
{
    const struct packed_row *packed = &rows->rows[index];
    const unsigned char *at = rows->bytes + packed->start;
    for (column_set left = out->given & ~packed->given; left != 0; left &= left - 1)
        out->cells[column_first(left)].given = false;
    for (column_set left = packed->given; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        at = get_cell(at, column, (packed->kept & column_bit(column)) != 0, &out->cells[column]);
    }
    out->given = packed->given;
    out->key = packed->key;
    out->known = packed->known;
}

void packed_rows_clear(struct packed_rows *rows)
{
    rows->length = rows->count = 0;
}

void packed_rows_finish(struct packed_rows *rows)
{
    free(rows->bytes);
    free(rows->rows);
    *rows = (struct packed_rows){ 0 };
}
