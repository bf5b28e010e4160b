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
enum { KIND = 0, FREE_BLOCK = 1, CELL_COUNT = 3, CELLS_BEGIN = 5, FRAGMENTS = 7, RIGHT_MOST = 8 };
enum { LEAF_HEADER = 8, INTERIOR_HEADER = 12, FREE_BLOCK_LEAST = 4 };

/* A leaf's records follow each other behind room for the places of so many. */
enum { CELLS_MOST = 508, CELLS_AT = LEAF_HEADER + 2 * CELLS_MOST };

/* Serial types of a record. */
enum { SERIAL_NULL = 0, SERIAL_REAL = 7, SERIAL_ZERO = 8, SERIAL_ONE = 9 };
enum { SERIAL_BLOB = 12, SERIAL_TEXT = 13 };

/* Numbers of at most 56 bits take at most so many bytes, a record's length two, and its types so
 * many that their length takes one. */
enum { NUMBER_BITS = 56, VARINT_MOST = 8, LENGTH_BYTES = 2, HEADER_MOST = 127 };

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

/* A record while it is written. */
struct record {
    unsigned char *type, *end; /* where its next type goes, and its next value */
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

static uint64_t type_of_bytes(const struct record_value *value)
{
    return (value->type == RECORD_TEXT ? SERIAL_TEXT : SERIAL_BLOB) + 2 * (uint64_t)value->length;
}

static void put_bytes(struct record *record, const struct record_value *value)
{
    record->type = put_varint(record->type, type_of_bytes(value));
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
    case RECORD_BLOB:
        put_bytes(record, value);
        break;
    }
}

/* Bytes: of the types with their length before them, and at most of all. */
struct extent {
    size_t types, most;
};

static struct extent extent_of(const struct record_value *values, size_t count)
{
    struct extent extent = { .types = 1 + count };
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++) {
        bytes += values[i].length;
        for (uint64_t rest = type_of_bytes(&values[i]) >> 7; rest != 0; rest >>= 7)
            extent.types++;
    }
    extent.most = LENGTH_BYTES + VARINT_MOST + extent.types + count * sizeof(int64_t) + bytes;
    return extent;
}

/* Returns its end. Whatever its length is, that takes all of its bytes, so that the record can be
 * written before it is known. */
static unsigned char *put_record(unsigned char *cell, int64_t id, size_t types,
                                 const struct record_value *values, size_t count)
{
    unsigned char *start = put_varint(cell + LENGTH_BYTES, (uint64_t)id);
    struct record record = { .type = start, .end = start + types };
    *record.type++ = (unsigned char)types;
    for (size_t i = 0; i < count; i++)
        put_value(&record, &values[i]);
    size_t length = (size_t)(record.end - start);
    cell[0] = (unsigned char)(length >> 7 | 0x80);
    cell[1] = (unsigned char)(length & 0x7f);
    return record.end;
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
    memcpy(image->bytes, empty, length);
}

void table_image_finish(struct table_image *image)
{
    free(image->bytes);
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
    image->end = CELLS_AT;
    memset(image->page, 0, LEAF_HEADER);
}

/* What is left behind the last record. */
static void note_free(unsigned char *page, size_t from)
{
    size_t length = TABLE_IMAGE_PAGE - from;
    if (length < FREE_BLOCK_LEAST) {
        page[FRAGMENTS] = (unsigned char)length;
        return;
    }
    put_fixed(page + FREE_BLOCK, from, 2);
    put_fixed(page + from, 0, 2);
    put_fixed(page + from + 2, length, 2);
}

static void end_page(struct table_image *image)
{
    image->page[KIND] = LEAF;
    put_fixed(image->page + CELL_COUNT, image->cells, 2);
    put_fixed(image->page + CELLS_BEGIN, CELLS_AT, 2);
    note_free(image->page, image->end);
    image->last_ids[image->count] = image->last_id;
    image->page = NULL;
}

/* The page that has room for another record of so many bytes. */
static void settle_page(struct table_image *image, size_t bytes)
{
    bool full = image->page != NULL &&
                (image->cells == CELLS_MOST || image->end + bytes > TABLE_IMAGE_PAGE);
    if (full)
        end_page(image);
    if (image->page == NULL)
        begin_page(image);
}

bool table_image_add(struct table_image *image, int64_t id, const struct record_value *values,
                     size_t count)
{
    enum { MOST = TABLE_IMAGE_PAGE - CELLS_AT };
    struct extent extent = extent_of(values, count);
    assert(extent.types <= HEADER_MOST);
    if (extent.most > MOST || (uint64_t)id >> NUMBER_BITS != 0)
        return false;
    settle_page(image, extent.most);
    unsigned char *cell = image->page + image->end;
    unsigned char *end = put_record(cell, id, extent.types, values, count);
    put_fixed(image->page + LEAF_HEADER + 2 * image->cells++, image->end, 2);
    image->end = (size_t)(end - image->page);
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
