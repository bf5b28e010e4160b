/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sniff.h"

#include <csv.h>
#include <stdbool.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>

/* So many records tell enough. */
#define SNIFF_RECORDS 50

/* In the order of preference where two cut equally well. */
static const char delimiters[] = { ',', ';', '\t', '|' };

/* What one delimiter makes of the text. */
struct trial {
    size_t columns;      /* of the record at hand */
    size_t header;       /* columns of the first record */
    size_t records, like_header;
};

static void on_field(void *field, size_t length, void *data)
{
    struct trial *trial = data;
    trial->columns++;
    (void)field;
    (void)length;
}

static void on_record(int end, void *data)
{
    struct trial *trial = data;
    (void)end;
    if (trial->records == 0)
        trial->header = trial->columns;
    if (trial->records < SNIFF_RECORDS) {
        trial->records++;
        trial->like_header += trial->columns == trial->header;
    }
    trial->columns = 0;
}

static struct trial try_delimiter(char delimiter, const char *text, size_t length)
{
    struct trial trial = { 0 };
    struct csv_parser parser;
    csv_init(&parser, 0);
    csv_set_realloc_func(&parser, memory_resize);
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_parse(&parser, text, length, on_field, on_record, &trial);
    /* A text of a single line without its end is all there is to judge by. */
    if (trial.records == 0)
        csv_fini(&parser, on_field, on_record, &trial);
    csv_free(&parser);
    return trial;
}

static bool is_better(struct trial a, struct trial b)
{
    if (a.header < 2 || b.header < 2)
        return a.header >= 2;
    /* Shares of records as wide as the header, compared without dividing. */
    size_t share_a = a.like_header * b.records, share_b = b.like_header * a.records;
    return share_a > share_b || (share_a == share_b && a.header > b.header);
}

static char find_delimiter(const char *text, size_t length)
{
    char best = delimiters[0];
    struct trial best_trial = try_delimiter(best, text, length);
    for (size_t i = 1; i < ARRAY_LEN(delimiters); i++) {
        struct trial trial = try_delimiter(delimiters[i], text, length);
        if (is_better(trial, best_trial)) {
            best = delimiters[i];
            best_trial = trial;
        }
    }
    return best;
}

struct sniffed sniff_text(const char *text, size_t length)
{
    struct sniffed found = { .newline = '\n' };
    if (memchr(text, '\n', length) == NULL && memchr(text, '\r', length) != NULL)
        found.newline = '\r';

    const char *end = memchr(text, found.newline, length);
    size_t first = end != NULL ? (size_t)(end - text) : length;
    bool told = first >= 5 && first <= 6 && memcmp(text, "sep=", 4) == 0 &&
                (first == 5 || text[5] == '\r');
    if (told) {
        found.delimiter = text[4];
        found.skipped = end != NULL ? first + 1 : first;
    } else {
        found.delimiter = find_delimiter(text, length);
    }
    return found;
}
