/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows as a database in memory, as SQLite's file format has it (sqlite.org/fileformat2.html):
 * records put one behind the other into leaf pages, with one page above that leads to them. SQLite
 * copies such a table into another of the same columns record by record, without a look at what is
 * in them. Private to store/.
 *
 *     table_image_init(); { table_image_add() …; table_image_end(); } …; table_image_finish();
 */
#ifndef STELLWERK_SRC_STORE_TABLE_IMAGE_H
#define STELLWERK_SRC_STORE_TABLE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes: one page leads to as many others as come to 18 MB or more. */
#define TABLE_IMAGE_PAGE 16384

enum record_type { RECORD_NULL, RECORD_INTEGER, RECORD_REAL, RECORD_TEXT, RECORD_BLOB };

struct record_value {
    enum record_type type;
    uint32_t length; /* of a text or blob, in bytes; else 0 */
    union {
        int64_t integer;
        double real;
        const void *bytes; /* borrowed */
    };
};

/* A row, value by value. */
struct record_source {
    size_t count;       /* columns, at most 42 */
    uint64_t given;     /* bit by bit: columns that are asked for; the others are NULL */
    const int *numbers; /* what they are asked for by */
    struct record_value (*value)(const void *row, int number);
    const void *row;
};

struct table_image {
    unsigned char *bytes; /* on the heap: whole pages */
    size_t capacity;      /* pages */
    size_t first, count;  /* pages: of the empty database, and with what has been added */
    size_t root;          /* the table's page, from 1 on */
    unsigned char *page;  /* that is being filled; NULL: none */
    size_t cells, end;    /* of it: records, and where the last of them ends */
    int64_t *last_ids;    /* of each page that was filled; on the heap */
    int64_t last_id;
};

/* Begins with an empty database of pages of that size, which it copies, and the root page of a
 * table in it. */
void table_image_init(struct table_image *image, const unsigned char *empty, size_t length,
                      size_t root);
void table_image_finish(struct table_image *image);

/* Adds a row behind those it has: ids ascend. False where it is too long for a page, or its id
 * too large. */
[[nodiscard]] bool table_image_add(struct table_image *image, int64_t id,
                                   const struct record_source *source);

/* The database; good until a row is added, and then it is empty before that one. */
unsigned char *table_image_end(struct table_image *image, size_t *length);

/* Bytes that it has come to. */
static inline size_t table_image_size(const struct table_image *image)
{
    return image->count * TABLE_IMAGE_PAGE;
}

#endif
