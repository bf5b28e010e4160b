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
enum { NUMBER_BITS = 56, VARINT_MOST = 8, LENGTH_BYTES = 2, TYPE_MOST = 3, HEADER_MOST = 127 };

/* What a column takes at most, beside its text and a type of one byte. */
enum { COLUMN_MOST = sizeof(int64_t) + TYPE_MOST - 1 };

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

/* A record while it is written: its types begin with their own length, one of them a column, and
 * its values follow them. */
struct record {
    unsigned char *cell, *types, *end;
    size_t widened; /* bytes that types have taken beyond one each */
};

/* What it writes behind them does not count: every number has room for all eight. */
static unsigned char *put_number(unsigned char *end, uint64_t number, size_t width)
{
    uint64_t bytes = htobe64(number << (64 - 8 * width));
    memcpy(end, &bytes, sizeof(bytes));
    return end + width;
}

static unsigned char *put_integer(unsigned char *type, unsigned char *end, int64_t number)
{
    static const unsigned char types[] = { [1] = 1, [2] = 2, [3] = 3, [4] = 4, [6] = 5, [8] = 6 };
    if (number == 0 || number == 1) {
        *type = number == 0 ? SERIAL_ZERO : SERIAL_ONE;
        return end;
    }
    size_t width = integer_width(number);
    *type = types[width];
    return put_number(end, (uint64_t)number, width);
}

static unsigned char *put_real(unsigned char *type, unsigned char *end, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof(bits));
    *type = SERIAL_REAL;
    return put_number(end, bits, sizeof(bits));
}

/* The values move up where a type needs more than its byte. */
static void put_long_type(struct record *record, unsigned char *type, uint64_t number)
{
    unsigned char bytes[TYPE_MOST];
    size_t more = (size_t)(put_varint(bytes, number) - bytes) - 1;
    memmove(type + more, type, (size_t)(record->end - type));
    memcpy(type, bytes, more + 1);
    record->end += more;
    record->widened += more;
}

static void put_bytes(struct record *record, unsigned char *type, uint64_t serial,
                      const struct record_value *value)
{
    uint64_t number = serial + 2 * (uint64_t)value->length;
    if (number < 0x80)
        *type = (unsigned char)number;
    else
        put_long_type(record, type, number);
    memcpy(record->end, value->bytes, value->length);
    record->end += value->length;
}

static void put_value(struct record *record, size_t column, const struct record_value *value)
{
    unsigned char *type = record->types + 1 + column + record->widened;
    switch (value->type) {
    case RECORD_NULL:
        break;
    case RECORD_INTEGER:
        record->end = put_integer(type, record->end, value->integer);
        break;
    case RECORD_REAL:
        record->end = put_real(type, record->end, value->real);
        break;
    case RECORD_TEXT:
        put_bytes(record, type, SERIAL_TEXT, value);
        break;
    case RECORD_BLOB:
        put_bytes(record, type, SERIAL_BLOB, value);
        break;
    }
}

static struct record begin_record(unsigned char *cell, int64_t id, size_t columns)
{
    unsigned char *types = put_varint(cell + LENGTH_BYTES, (uint64_t)id);
    memset(types + 1, SERIAL_NULL, columns);
    return (struct record){ .cell = cell, .types = types, .end = types + 1 + columns };
}

/* Whatever its length is, that takes all of its bytes, so that the record can be written before it
 * is known. */
static void end_record(const struct record *record, size_t columns)
{
    size_t length = (size_t)(record->end - record->types);
    record->types[0] = (unsigned char)(1 + columns + record->widened);
    record->cell[0] = (unsigned char)(length >> 7 | 0x80);
    record->cell[1] = (unsigned char)(length & 0x7f);
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

static void finish_page(struct table_image *image, size_t number, size_t cells, size_t end)
{
    unsigned char *page = page_at(image, number);
    page[KIND] = LEAF;
    put_fixed(page + CELL_COUNT, cells, 2);
    put_fixed(page + CELLS_BEGIN, CELLS_AT, 2);
    note_free(page, end);
    image->last_ids[number] = image->last_id;
}

static void end_page(struct table_image *image)
{
    finish_page(image, image->count, image->cells, image->end);
    image->page = NULL;
}

/* The page that has room for so much more. */
static void settle_page(struct table_image *image, size_t bytes)
{
    bool full = image->page != NULL &&
                (image->cells == CELLS_MOST || image->end + bytes > TABLE_IMAGE_PAGE);
    if (full)
        end_page(image);
    if (image->page == NULL)
        begin_page(image);
}

/* The record at hand goes on on a page of its own. */
static void move_record(struct table_image *image, struct record *record)
{
    const size_t number = image->count, cells = image->cells, end = image->end;
    const size_t written = (size_t)(record->end - record->cell);
    const size_t types = (size_t)(record->types - record->cell);
    begin_page(image);
    record->cell = image->page + image->end;
    record->types = record->cell + types;
    record->end = record->cell + written;
    memcpy(record->cell, page_at(image, number) + end, written);
    finish_page(image, number, cells, end);
}

/* Numbers and types have it from the beginning on. */
static bool has_room(const struct table_image *image, const struct record *record, size_t text,
                     size_t columns)
{
    size_t end = (size_t)(record->end - image->page);
    return end + text + columns * COLUMN_MOST <= TABLE_IMAGE_PAGE;
}

bool table_image_add(struct table_image *image, int64_t id, const struct record_source *source)
{
    size_t columns = source->count;
    assert(1 + columns * TYPE_MOST <= HEADER_MOST);
    if ((uint64_t)id >> NUMBER_BITS != 0)
        return false;
    settle_page(image, LENGTH_BYTES + VARINT_MOST + 1 + columns + columns * COLUMN_MOST);
    struct record record = begin_record(image->page + image->end, id, columns);
    for (uint64_t left = source->given; left != 0; left &= left - 1) {
        size_t column = (size_t)__builtin_ctzll(left);
        struct record_value value = source->value(source->row, source->numbers[column]);
        if (!has_room(image, &record, value.length, columns) && image->cells > 0)
            move_record(image, &record);
        if (!has_room(image, &record, value.length, columns))
            return false;
        put_value(&record, column, &value);
    }
    end_record(&record, columns);
    put_fixed(image->page + LEAF_HEADER + 2 * image->cells++, image->end, 2);
    image->end = (size_t)(record.end - image->page);
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
    if (image->page != NULL && image->cells == 0) {
        image->page = NULL; /* begun for a row that was too long */
        image->count--;
    }
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
