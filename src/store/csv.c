/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line without quotes, as nearly all are, is cut at its delimiters. libcsv, which looks at every
 * byte, is for the others, and is fed one line of the file at a time. After each line it has either
 * finished a record or is inside a quoted field, so the place where a record begins is always
 * known; it stays in the window until the record is good, and a record that goes wrong gives back
 * all lines but its first.
 *
 * Quotes, and what makes a record bad, are looked for in the whole window at once: mostly there are
 * none, and then one search does for hundreds of lines.
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

/* What makes a line more than fields and delimiters, or bad. */
enum odd { ODD_QUOTE, ODD_RETURN, ODD_NUL, ODD_UTF8, ODD_COUNT };

struct csv_reader {
    struct lines *lines; /* its window begins with the record at hand */
    uint64_t clean[ODD_COUNT]; /* up to here the text has none */
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

/* ---- What is odd ---- */

/* How far the text goes without it. */
static size_t find_odd(enum odd odd, const char *text, size_t length)
{
    static const char bytes[] = { [ODD_QUOTE] = '"', [ODD_RETURN] = '\r', [ODD_NUL] = '\0' };
    size_t bad;
    if (odd == ODD_UTF8)
        return utf8_valid(text, length, &bad) ? length : bad;
    const char *found = memchr(text, bytes[odd], length);
    return found != NULL ? (size_t)(found - text) : length;
}

/* Through the whole window, from where it was last found or the window ended. While no encoding is
 * settled, all is ASCII. */
static void look_for_odd(struct csv_reader *reader, enum odd odd)
{
    const struct lines *lines = reader->lines;
    size_t length = lines_length(lines);
    size_t from = reader->clean[odd] > lines->passed ? reader->clean[odd] - lines->passed : 0;
    if (odd == ODD_UTF8 && lines->decoder.encoding == NULL)
        from = length;
    from += find_odd(odd, lines_text(lines) + from, length - from);
    reader->clean[odd] = lines->passed + from;
}

/* True where the window has it in its first `length` bytes. */
static inline bool has_odd(struct csv_reader *reader, enum odd odd, size_t length)
{
    uint64_t end = reader->lines->passed + length;
    if (reader->clean[odd] < end)
        look_for_odd(reader, odd);
    return reader->clean[odd] < end;
}

/* ---- Records ---- */

static void forget_record(struct csv_reader *reader)
{
    str_clear(&reader->cells);
    reader->columns = reader->records = 0;
    reader->long_field = false;
}

/* Nothing but delimiters cuts the line, which is `length` bytes long without its end. */
static bool is_plain(struct csv_reader *reader, size_t length)
{
    return reader->delimiter != ' ' && !has_odd(reader, ODD_QUOTE, length) &&
           !has_odd(reader, ODD_RETURN, length);
}

/* Cuts such a line as libcsv would: blanks around a field do not belong to it. */
static void cut(struct csv_reader *reader, size_t length)
{
    str_append_bytes(&reader->cells, lines_text(reader->lines), length);
    char *from = reader->cells.text, *end = from + length;
    size_t columns = 0, longest = 0;
    for (bool last = false; !last; columns++) {
        char *delimiter = memchr(from, reader->delimiter, (size_t)(end - from));
        last = delimiter == NULL;
        char *next = last ? end : delimiter, *to = next;
        while (*from == ' ')
            from++;
        while (from < to && to[-1] == ' ')
            to--;
        *to = '\0';
        if ((size_t)(to - from) > longest)
            longest = (size_t)(to - from);
        if (columns < CSV_COLUMN_CAP)
            reader->fields[columns] = from;
        from = next + 1;
    }
    reader->long_field = longest > CSV_FIELD_CAP;
    reader->columns = columns;
    reader->records = 1;
}

/* Where the cells have come to rest. */
static void place_fields(struct csv_reader *reader)
{
    for (size_t i = 0; i < reader->columns && i < CSV_COLUMN_CAP; i++)
        reader->fields[i] = reader->cells.text + reader->offsets[i];
}

static enum fed feed(struct csv_reader *reader, size_t from, size_t to)
{
    const char *text = lines_text(reader->lines);
    if (from == 0) /* the record before may have left off anywhere */
        csv_fini(&reader->parser, NULL, NULL, NULL);
    size_t length = to - from;
    size_t used = csv_parse(&reader->parser, text + from, length, on_field, on_record, reader);
    if (used == length && text[to - 1] != reader->lines->newline) /* the last line of the file */
        csv_parse(&reader->parser, &reader->lines->newline, 1, on_field, on_record, reader);
    if (csv_error(&reader->parser) != CSV_SUCCESS)
        return reader->parser.quoted ? FED_TEXT_BEHIND_QUOTE : FED_STRAY_QUOTE;
    if (reader->records == 0)
        return FED_UNFINISHED;
    place_fields(reader);
    return FED_RECORD;
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

static bool is_blank_line(const char *text, size_t length)
{
    size_t i = 0;
    while (i < length && (text[i] == ' ' || text[i] == '\r' || text[i] == '\n'))
        i++;
    return i == length;
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
static const char *find_problem(struct csv_reader *reader, size_t length)
{
    if (reader->records > 1)
        return _("a carriage return inside the line");
    if (has_odd(reader, ODD_NUL, length))
        return _("the row holds a NUL byte");
    if (reader->columns > CSV_COLUMN_CAP)
        return _("the row has more than 4096 columns");
    if (reader->long_field)
        return _("a field is longer than 1 MiB");
    if (has_odd(reader, ODD_UTF8, length))
        return _("the row is not valid UTF-8");
    return NULL;
}

/* Of the window's first `length` bytes, which are `count` lines. */
static enum record_status finish_record(struct csv_reader *reader, size_t length, uint64_t count,
                                        struct record *out)
{
    enum record_status status = RECORD_GOOD;
    const char *problem = find_problem(reader, length);
    if (problem != NULL) {
        status = bad(reader, length, problem, out);
    } else {
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
    lines_consume(reader->lines, length, count);
    return status;
}

/* Gives back all lines of the record but the first, which is `first` bytes long. */
static enum record_status reject_first_line(struct csv_reader *reader, size_t first,
                                            const char *problem, struct record *out)
{
    enum record_status status = bad(reader, first, problem, out);
    lines_consume(reader->lines, first, 1);
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
    uint64_t count = 0;
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
        const char *text = lines_text(reader->lines);
        if (from == 0 && is_blank_line(text, to)) {
            lines_consume(reader->lines, to, 1);
            continue;
        }

        count++;
        if (from == 0)
            first = to;
        size_t bare = lines_trim(text, to);
        if (from == 0 && is_plain(reader, bare)) {
            cut(reader, bare);
            return finish_record(reader, to, count, out);
        }
        enum fed fed = feed(reader, from, to);
        if (fed == FED_STRAY_QUOTE)
            fed = feed_leniently(reader, to);
        if (fed == FED_RECORD)
            return finish_record(reader, to, count, out);
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
    lines_consume(lines, sniffed.skipped, sniffed.skipped > 0);
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
