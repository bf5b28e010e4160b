/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line without quotes, as nearly all are, is cut at its delimiters. libcsv, which looks at every
 * byte, is for the others, and is fed one line of the file at a time. After each line it has either
 * finished a record or is inside a quoted field, so the place where a record begins is always
 * known; it stays in the window until the record is good, and a record that goes wrong gives back
 * all lines but its first.
 */
#include <stellwerk/store/csv.h>

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

#include "csv_lines.h"
#include "sniff.h"

/* As much of a line without end as the reject file gets to see. */
#define LONG_LINE_SHOWN 1024

/* libcsv's room for a field grows by this much; its own 128 bytes copy long fields too often. */
#define FIELD_STEP ((size_t)64 << 10)

struct csv_reader {
    struct lines *lines; /* its window begins with the record at hand */
    struct csv_parser parser;
    char delimiter;

    /* The record at hand, as libcsv hands it out. */
    struct str cells; /* fields one behind the other, each with a NUL */
    size_t offsets[CSV_COLUMN_CAP];
    const char *fields[CSV_COLUMN_CAP];
    size_t columns;   /* may run beyond the cap */
    size_t records;   /* ended by the lines fed so far */
    bool long_field;

    struct record last; /* good, and handed out once more where `again` */
    bool again, headerless;
};

/* What feeding a line has led to. */
enum fed { FED_RECORD, FED_UNFINISHED, FED_STRAY_QUOTE, FED_TEXT_BEHIND_QUOTE };

static int is_blank(unsigned char c)
{
    return c == ' ';
}

static void on_field(void *field, size_t length, void *data)
{
    struct csv_reader *reader = data;
    if (length > CSV_FIELD_CAP)
        reader->long_field = true;
    if (reader->columns < CSV_COLUMN_CAP) {
        reader->offsets[reader->columns] = reader->cells.length;
        str_append_bytes(&reader->cells, field, length);
        str_append_char(&reader->cells, '\0');
    }
    reader->columns++;
}

static void on_record(int end, void *data)
{
    struct csv_reader *reader = data;
    (void)end;
    reader->records++;
}

/* ---- Records ---- */

static void forget_record(struct csv_reader *reader)
{
    csv_fini(&reader->parser, NULL, NULL, NULL);
    str_clear(&reader->cells);
    reader->columns = reader->records = 0;
    reader->long_field = false;
}

/* Nothing but delimiters cuts the line up to `to`. */
static bool is_plain(const struct csv_reader *reader, size_t to)
{
    const char *text = lines_text(reader->lines);
    return reader->delimiter != ' ' && memchr(text, '"', to) == NULL &&
           memchr(text, '\r', lines_trim(text, to)) == NULL;
}

/* Cuts such a line as libcsv would: blanks around a field do not belong to it. */
static void cut(struct csv_reader *reader, size_t to)
{
    size_t length = lines_trim(lines_text(reader->lines), to), from = 0;
    str_append_bytes(&reader->cells, lines_text(reader->lines), length);
    char *text = reader->cells.text;
    for (bool last = false; !last; reader->columns++) {
        const char *delimiter = memchr(text + from, reader->delimiter, length - from);
        last = delimiter == NULL;
        size_t next = last ? length : (size_t)(delimiter - text), end = next;
        while (from < end && is_blank((unsigned char)text[from]))
            from++;
        while (from < end && is_blank((unsigned char)text[end - 1]))
            end--;
        text[end] = '\0';
        reader->long_field |= end - from > CSV_FIELD_CAP;
        if (reader->columns < CSV_COLUMN_CAP)
            reader->offsets[reader->columns] = from;
        from = next + 1;
    }
    reader->records = 1;
}

static enum fed feed(struct csv_reader *reader, size_t from, size_t to)
{
    const char *text = lines_text(reader->lines);
    size_t length = to - from;
    size_t used = csv_parse(&reader->parser, text + from, length, on_field, on_record, reader);
    if (used == length && text[to - 1] != reader->lines->newline) /* the last line of the file */
        csv_parse(&reader->parser, &reader->lines->newline, 1, on_field, on_record, reader);
    if (csv_error(&reader->parser) != CSV_SUCCESS)
        return reader->parser.quoted ? FED_TEXT_BEHIND_QUOTE : FED_STRAY_QUOTE;
    return reader->records > 0 ? FED_RECORD : FED_UNFINISHED;
}

/* Once more from the record's start, now with stray quotes as plain text; good only if it ends
 * there. */
static enum fed feed_leniently(struct csv_reader *reader, size_t to)
{
    forget_record(reader);
    csv_set_opts(&reader->parser, 0);
    enum fed fed = feed(reader, 0, to);
    csv_set_opts(&reader->parser, CSV_STRICT);
    return fed == FED_RECORD ? FED_RECORD : FED_STRAY_QUOTE;
}

static bool is_blank_line(const struct csv_reader *reader, size_t end)
{
    const char *text = lines_text(reader->lines);
    return strspn(text, " \r\n") >= end;
}

/* Fills a bad record with the first `length` bytes from the record's start. */
static enum record_status bad(struct csv_reader *reader, size_t length, const char *problem,
                           struct record *out)
{
    forget_record(reader);
    const char *raw = lines_text(reader->lines);
    *out = (struct record){
        .raw = raw,
        .raw_length = lines_trim(raw, length),
        .line = reader->lines->line,
        .problem = problem,
    };
    return RECORD_BAD;
}

/* What is wrong with a record that has been cut into fields; NULL when nothing is. */
static const char *find_problem(const struct csv_reader *reader, size_t length)
{
    const char *raw = lines_text(reader->lines);
    size_t bad_byte;
    if (reader->records > 1)
        return _("a carriage return inside the line");
    if (memchr(raw, '\0', length) != NULL)
        return _("the row holds a NUL byte");
    if (reader->columns > CSV_COLUMN_CAP)
        return _("the row has more than 4096 columns");
    if (reader->long_field)
        return _("a field is longer than 1 MiB");
    if (!utf8_valid(raw, length, &bad_byte))
        return _("the row is not valid UTF-8");
    return NULL;
}

static enum record_status finish_record(struct csv_reader *reader, size_t length,
                                     struct record *out)
{
    enum record_status status = RECORD_GOOD;
    const char *problem = find_problem(reader, length);
    if (problem != NULL) {
        status = bad(reader, length, problem, out);
    } else {
        for (size_t i = 0; i < reader->columns; i++)
            reader->fields[i] = reader->cells.text + reader->offsets[i];
        const char *raw = lines_text(reader->lines);
        *out = (struct record){
            .fields = reader->fields,
            .count = reader->columns,
            .raw = raw,
            .raw_length = lines_trim(raw, length),
            .line = reader->lines->line,
        };
        reader->last = *out;
    }
    lines_consume(reader->lines, length);
    return status;
}

/* Gives back all lines of the record but the first, which is `first` bytes long. */
static enum record_status reject_first_line(struct csv_reader *reader, size_t first,
                                         const char *problem, struct record *out)
{
    enum record_status status = bad(reader, first, problem, out);
    lines_consume(reader->lines, first);
    return status;
}

static enum record_status reject_long_line(struct csv_reader *reader, struct record *out,
                                        struct error *err)
{
    /* The window is about to be dropped, so the beginning is kept in the cells. */
    enum record_status status =
        bad(reader, LONG_LINE_SHOWN, _("the row is longer than 4 MiB; only its beginning is kept"),
            out);
    str_append_bytes(&reader->cells, out->raw, out->raw_length);
    out->raw = reader->cells.text;
    return lines_skip(reader->lines, err) ? status : RECORD_FAILED;
}

void csv_lack_header(struct csv_reader *reader)
{
    reader->again = reader->headerless = true;
}

bool csv_lacks_header(const struct csv_reader *reader)
{
    return reader->headerless;
}

enum record_status csv_read(struct csv_reader *reader, struct record *out, struct error *err)
{
    size_t from = 0, to, first = 0;
    if (reader->again) {
        reader->again = false;
        *out = reader->last;
        return RECORD_GOOD;
    }
    forget_record(reader);
    for (;;) {
        if (!lines_find_end(reader->lines, from, CSV_RECORD_CAP, &to, err))
            return RECORD_FAILED;
        if (to == 0)
            return RECORD_END;
        if (from == 0 && to > CSV_RECORD_CAP)
            return reject_long_line(reader, out, err);
        if (from == to || to > CSV_RECORD_CAP)
            return reject_first_line(reader, first, _("a quote is opened and never closed"), out);
        if (from == 0 && is_blank_line(reader, to)) {
            lines_consume(reader->lines, to);
            continue;
        }

        if (from == 0)
            first = to;
        if (from == 0 && is_plain(reader, to)) {
            cut(reader, to);
            return finish_record(reader, to, out);
        }
        enum fed fed = feed(reader, from, to);
        if (fed == FED_STRAY_QUOTE)
            fed = feed_leniently(reader, to);
        if (fed == FED_RECORD)
            return finish_record(reader, to, out);
        if (fed != FED_UNFINISHED)
            return reject_first_line(reader, first, _("text stands behind a closing quote"), out);
        from = to;
    }
}

/* ---- The reader ---- */

static void set_up_parser(struct csv_reader *reader)
{
    csv_init(&reader->parser, CSV_STRICT);
    csv_set_realloc_func(&reader->parser, memory_resize);
    csv_set_blk_size(&reader->parser, FIELD_STEP);
    csv_set_space_func(&reader->parser, is_blank);
    csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
}

struct csv_reader *csv_create(struct lines *lines, char delimiter)
{
    struct csv_reader *reader = memory_alloc(sizeof(*reader));
    struct sniffed sniffed = sniff_text(lines_text(lines), lines_length(lines));
    str_init(&reader->cells);
    reader->lines = lines;
    reader->delimiter = delimiter != '\0' ? delimiter : sniffed.delimiter;
    lines->newline = sniffed.newline;
    lines_consume(lines, sniffed.skipped);
    set_up_parser(reader);
    return reader;
}

bool csv_open(const char *path, const struct csv_format *options, struct csv_reader **out,
              struct error *err)
{
    struct lines *lines;
    if (!lines_open(path, options != NULL ? options->encoding : NULL, NULL, &lines, err))
        return false;
    *out = csv_create(lines, options != NULL ? options->delimiter : '\0');
    return true;
}

void csv_close(struct csv_reader *reader)
{
    if (reader == NULL)
        return;
    csv_free(&reader->parser);
    lines_close(reader->lines);
    str_finish(&reader->cells);
    free(reader);
}

const struct lines *csv_lines(const struct csv_reader *reader)
{
    return reader->lines;
}

struct csv_format csv_format(const struct csv_reader *reader)
{
    const char *encoding = reader->lines->decoder.encoding;
    return (struct csv_format){
        .delimiter = reader->delimiter,
        .encoding = encoding != NULL ? encoding : "UTF-8",
    };
}

uint64_t csv_bytes_read(const struct csv_reader *reader)
{
    return reader->lines->decoder.file.bytes_read;
}

uint64_t csv_bytes_total(const struct csv_reader *reader)
{
    return reader->lines->decoder.file.bytes_total;
}

struct digest csv_digest(const struct csv_reader *reader)
{
    return digester_digest(reader->lines->decoder.file.digester);
}
