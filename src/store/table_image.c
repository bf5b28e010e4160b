/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table_image.h"

#include <assert.h>
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

/* Places in the first page's header of 100 bytes. */
enum { SIZE_IN_PAGES = 28 };

/* Pages of a table, and places in their headers, of 8 bytes and of 12. */
enum { LEAF = 0x0d, INTERIOR = 0x05 };
enum { KIND = 0, CELL_COUNT = 3, CELLS_BEGIN = 5, LEAF_HEADER = 8, RIGHT_MOST = 8 };
enum { INTERIOR_HEADER = 12 };

/* Serial types of a record. */
enum { SERIAL_NULL = 0, SERIAL_REAL = 7, SERIAL_ZERO = 8, SERIAL_ONE = 9 };
enum { SERIAL_BLOB = 12, SERIAL_TEXT = 13 };

/* Numbers of at most 56 bits take at most so many bytes, and the types of a record so many that
 * their length takes one. */
enum { NUMBER_BITS = 56, VARINT_MOST = 8, BYTES_OF_TYPE = 5, HEADER_MOST = 127 };

/* What SQLite does not let a record have of a page that it is not to spill from. */
enum { RESERVE = 35 };

/* ---- Numbers, the highest byte first ---- */

static unsigned char *put_fixed(unsigned char *at, uint64_t number, size_t width)
{
    uint64_t bytes = htobe64(number);
    memcpy(at, (const unsigned char *)&bytes + sizeof(bytes) - width, width);
    return at + width;
}

/* Seven bits a byte. */
static unsigned char *put_varint(unsigned char *at, uint64_t number)
{
    unsigned width = 1;
    for (uint64_t rest = number >> 7; rest != 0; rest >>= 7)
        width++;
    for (unsigned i = width; i > 0; i--, number >>= 7)
        at[i - 1] = (unsigned char)(number & 0x7f) | (i < width ? 0x80 : 0);
    return at + width;
}

/* ---- Records ---- */

/* Bytes of a whole number: 1, 2, 3, 4, 6 or 8. */
static size_t integer_width(int64_t number)
{
    uint64_t magnitude = (uint64_t)(number < 0 ? ~number : number);
    return magnitude < 0x80             ? 1
           : magnitude < 0x8000         ? 2
           : magnitude < 0x800000       ? 3
           : magnitude < 0x80000000     ? 4
           : magnitude < 0x800000000000 ? 6
                                        : 8;
}

/* A record while it is put together. */
struct record {
    unsigned char types[HEADER_MOST], *type; /* and where the next goes */
    unsigned char *body, *end;               /* likewise */
};

static void put_integer(struct record *record, int64_t number)
{
    static const unsigned char types[] = { [1] = 1, [2] = 2, [3] = 3, [4] = 4, [6] = 5, [8] = 6 };
    if (number == 0 || number == 1) {
        *record->type++ = number == 0 ? SERIAL_ZERO : SERIAL_ONE;
        return;
    }
    size_t width = integer_width(number);
    *record->type++ = types[width];
    record->end = put_fixed(record->end, (uint64_t)number, width);
}

static void put_bytes(struct record *record, const struct record_value *value, unsigned kind)
{
    record->type = put_varint(record->type, kind + 2 * (uint64_t)value->length);
    memcpy(record->end, value->bytes, value->length);
    record->end += value->length;
}

static void put_value(struct record *record, const struct record_value *value)
{
    uint64_t real;
    switch (value->type) {
    case RECORD_NULL:
        *record->type++ = SERIAL_NULL;
        break;
    case RECORD_INTEGER:
        put_integer(record, value->integer);
        break;
    case RECORD_REAL:
        *record->type++ = SERIAL_REAL;
        memcpy(&real, &value->real, sizeof(real));
        record->end = put_fixed(record->end, real, sizeof(real));
        break;
    case RECORD_TEXT:
        put_bytes(record, value, SERIAL_TEXT);
        break;
    case RECORD_BLOB:
        put_bytes(record, value, SERIAL_BLOB);
        break;
    }
}

/* The most that a record of these takes. */
static size_t record_most(const struct record_value *values, size_t count)
{
    size_t most = HEADER_MOST + count * sizeof(int64_t);
    for (size_t i = 0; i < count; i++)
        most += values[i].length;
    return most;
}

/* With the length of the types before them. */
static void put_record(struct record *record, unsigned char *body,
                       const struct record_value *values, size_t count)
{
    record->type = record->types + 1;
    record->body = record->end = body;
    for (size_t i = 0; i < count; i++)
        put_value(record, &values[i]);
    record->types[0] = (unsigned char)(record->type - record->types);
}

/* ---- Pages ---- */

static unsigned char *page_at(const struct table_image *image, size_t number)
{
    return image->bytes + (number - 1) * TABLE_IMAGE_PAGE;
}

void table_image_init(struct table_image *image, const unsigned char *empty, size_t length,
                      size_t root)
{
    *image = (struct table_image){ .root = root };
    image->first = image->count = image->capacity = length / TABLE_IMAGE_PAGE;
    image->bytes = memory_alloc(length);
    image->body = memory_alloc(TABLE_IMAGE_PAGE);
    memcpy(image->bytes, empty, length);
}

void table_image_finish(struct table_image *image)
{
    free(image->bytes);
    free(image->body);
    free(image->last_ids);
    *image = (struct table_image){ 0 };
}

static void begin_page(struct table_image *image)
{
    if (image->count == image->capacity) {
        image->capacity = memory_product(image->capacity, 2);
        image->bytes =
            memory_resize(image->bytes, memory_product(image->capacity, TABLE_IMAGE_PAGE));
        image->last_ids = memory_resize(
            image->last_ids, memory_product(image->capacity + 1, sizeof(*image->last_ids)));
    }
    image->page = page_at(image, ++image->count);
    image->cells = 0;
    image->free = TABLE_IMAGE_PAGE;
    memset(image->page, 0, LEAF_HEADER);
}

static void end_page(struct table_image *image)
{
    image->page[KIND] = LEAF;
    put_fixed(image->page + CELL_COUNT, image->cells, 2);
    put_fixed(image->page + CELLS_BEGIN, image->free, 2);
    image->last_ids[image->count] = image->last_id;
    image->page = NULL;
}

static bool has_room(const struct table_image *image, size_t bytes)
{
    return LEAF_HEADER + 2 * (image->cells + 1) + bytes <= image->free;
}

/* Room for a cell, from the end of the page on. */
static unsigned char *make_cell(struct table_image *image, size_t bytes)
{
    if (image->page != NULL && !has_room(image, bytes))
        end_page(image);
    if (image->page == NULL)
        begin_page(image);
    image->free -= bytes;
    put_fixed(image->page + LEAF_HEADER + 2 * image->cells++, image->free, 2);
    return image->page + image->free;
}

static unsigned char *put_all(unsigned char *at, const unsigned char *from,
                              const unsigned char *end)
{
    memcpy(at, from, (size_t)(end - from));
    return at + (end - from);
}

bool table_image_add(struct table_image *image, int64_t id, const struct record_value *values,
                     size_t count)
{
    enum { PAGE_MOST = TABLE_IMAGE_PAGE - LEAF_HEADER - 2 - 2 * VARINT_MOST - RESERVE };
    unsigned char head[2 * VARINT_MOST];
    struct record record;
    assert(count * BYTES_OF_TYPE + 1 <= HEADER_MOST);
    if (record_most(values, count) > PAGE_MOST || (uint64_t)id >> NUMBER_BITS != 0)
        return false;
    put_record(&record, image->body, values, count);
    size_t length = (size_t)(record.type - record.types) + (size_t)(record.end - record.body);
    unsigned char *head_end = put_varint(put_varint(head, length), (uint64_t)id);
    unsigned char *cell = make_cell(image, (size_t)(head_end - head) + length);
    cell = put_all(cell, head, head_end);
    cell = put_all(cell, record.types, record.type);
    put_all(cell, record.body, record.end);
    image->last_id = id;
    return true;
}

/* ---- The page above ---- */

/* Of each page but the last what its rows go up to. */
static void lead_to_pages(struct table_image *image)
{
    unsigned char *root = page_at(image, image->root), *at = root + TABLE_IMAGE_PAGE;
    size_t cells = image->count - image->first - 1;
    memset(root, 0, INTERIOR_HEADER);
    root[KIND] = INTERIOR;
    for (size_t i = 0; i < cells; i++) {
        unsigned char cell[4 + VARINT_MOST];
        size_t page = image->first + 1 + i;
        unsigned char *end = put_varint(put_fixed(cell, page, 4), (uint64_t)image->last_ids[page]);
        at -= end - cell;
        memcpy(at, cell, (size_t)(end - cell));
        put_fixed(root + INTERIOR_HEADER + 2 * i, (uint64_t)(at - root), 2);
    }
    put_fixed(root + CELL_COUNT, cells, 2);
    put_fixed(root + CELLS_BEGIN, (uint64_t)(at - root), 2);
    put_fixed(root + RIGHT_MOST, image->count, 4);
}

unsigned char *table_image_end(struct table_image *image, size_t *length)
{
    if (image->page != NULL)
        end_page(image);
    if (image->count == image->first + 1)
        memcpy(page_at(image, image->root), page_at(image, image->count--), TABLE_IMAGE_PAGE);
    else if (image->count > image->first)
        lead_to_pages(image);
    put_fixed(image->bytes + SIZE_IN_PAGES, image->count, 4);
    *length = table_image_size(image);
    image->count = image->first;
    return image->bytes;
}
