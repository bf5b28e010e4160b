/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>

#include "csv_lines.h"
#include "preset.h"

/* ---- CSV ---- */

/* "app_id platform …" */
static void split_names(struct arena *arena, const char *names, struct texts *out)
{
    size_t capacity = 0;
    *out = (struct texts){ 0 };
    while (*names != '\0') {
        size_t length = strcspn(names, " ");
        out->items = arena_grow(arena, out->items, out->count, &capacity, sizeof(*out->items));
        out->items[out->count++] = arena_strndup(arena, names, length);
        names += length + strspn(names + length, " ");
    }
}

static bool read_csv_header(void *reader, const char *path, struct arena *arena, struct texts *out,
                            struct error *err)
{
    struct record header;
    switch (csv_read(reader, &header, err)) {
    case RECORD_FAILED:
        return false;
    case RECORD_END:
        return error_set(err, _("'%s' is empty"), path);
    case RECORD_BAD:
        return error_at(err, (struct pos){ .file = path, .line = (uint32_t)header.line },
                        _("the header cannot be read: %s"), header.problem);
    case RECORD_GOOD:
        break;
    }
    const char *names = preset_header(&header);
    if (names != NULL) {
        csv_lack_header(reader);
        split_names(arena, names, out);
        return true;
    }
    out->items = arena_array(arena, header.count, sizeof(*out->items));
    out->count = header.count;
    for (size_t i = 0; i < header.count; i++)
        out->items[i] = arena_strdup(arena, header.fields[i]);
    return true;
}

static enum record_status read_csv(void *reader, struct record *out, struct error *err)
{
    return csv_read(reader, out, err);
}

static struct source_format csv_source_format(const void *reader)
{
    struct csv_format format = csv_format(reader);
    return (struct source_format){
        .form = IMPORT_CSV,
        .delimiter = format.delimiter,
        .encoding = format.encoding,
        .headerless = csv_lacks_header(reader),
        .packed = csv_lines(reader)->decoder.file.gzip != NULL,
    };
}

static uint64_t csv_done(const void *reader)
{
    return csv_bytes_read(reader);
}

static uint64_t csv_total(const void *reader)
{
    return csv_bytes_total(reader);
}

static struct digest csv_source_digest(const void *reader)
{
    return csv_digest(reader);
}

static void close_csv(void *reader)
{
    csv_close(reader);
}

static const struct source_form csv_form = {
    .form = IMPORT_CSV,
    .read_header = read_csv_header,
    .read = read_csv,
    .format = csv_source_format,
    .done = csv_done,
    .total = csv_total,
    .digest = csv_source_digest,
    .close = close_csv,
};

/* ---- Which form ---- */

/* Only of a file that can be read twice: a pipe is not even to be opened, as its writer would take
 * the closing of it for the end. */
static bool is_database(const char *path)
{
    static const char mark[] = "SQLite format 3";
    char bytes[sizeof(mark)];
    struct stat status;
    if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    bool found = read(fd, bytes, sizeof(bytes)) == (ssize_t)sizeof(bytes) &&
                 memcmp(bytes, mark, sizeof(mark)) == 0;
    close(fd);
    return found;
}

/* The first two characters that are no blanks, as far as the window goes. */
static void first_two(const struct lines *lines, char out[2])
{
    const char *text = lines_text(lines);
    size_t length = lines_length(lines), found = 0;
    out[0] = out[1] = '\0';
    for (size_t i = 0; i < length && found < 2; i++)
        if (strchr(" \t\r\n", text[i]) == NULL)
            out[found++] = text[i];
}

static bool open_text(struct source *source, const struct source_options *options,
                      struct error *err)
{
    struct lines *lines;
    char start[2];
    if (!lines_open(source->path, options->csv.encoding, options->cancel, &lines, err))
        return false;
    first_two(lines, start);
    if (start[0] == '[' && (start[1] == '{' || start[1] == ']')) {
        lines_close(lines);
        return error_set(err, _("'%s' is one array of JSON; write an object a line, as with "
                                "jq -c '.[]'"),
                         source->path);
    }
    bool is_json = start[0] == '{' && (start[1] == '"' || start[1] == '}');
    source->form = is_json ? &json_form : &csv_form;
    source->reader = is_json ? json_create(lines) : csv_create(lines, options->csv.delimiter);
    return true;
}

bool source_open(struct source *source, const char *path, const struct source_options *options,
                 struct error *err)
{
    *source = (struct source){ .path = path };
    if (!is_database(path))
        return open_text(source, options, err);
    source->form = &ocel_form;
    return ocel_open(path, options->cancel, &source->reader, err);
}

/* ---- Handing on ---- */

void source_close(struct source *source)
{
    if (source->reader != NULL)
        source->form->close(source->reader);
    source->reader = NULL;
}

bool source_read_header(struct source *source, struct arena *arena, struct texts *out,
                        struct error *err)
{
    return source->form->read_header(source->reader, source->path, arena, out, err);
}

bool source_bind(struct source *source, const struct source_use *use, struct error *err)
{
    return source->form->bind == NULL || source->form->bind(source->reader, use, err);
}

enum record_status source_read(struct source *source, struct record *out, struct error *err)
{
    return source->form->read(source->reader, out, err);
}

struct source_format source_format(const struct source *source)
{
    return source->form->format(source->reader);
}

uint64_t source_done(const struct source *source)
{
    return source->form->done(source->reader);
}

uint64_t source_total(const struct source *source)
{
    return source->form->total(source->reader);
}

struct digest source_digest(const struct source *source)
{
    return source->form->digest(source->reader);
}
