/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON lines: an object a line, taken apart into fields that are named by their paths.
 *
 *     {"a": {"b": 1}}                                        a.b
 *     {"a": [1, 2]}                                          a[0], a[1]
 *     {"p": [{"key": "k", "value": {"int_value": 7}}]}       p.k            as BigQuery exports
 *     {"m": {"ECID": [{"id": "x", "primary": true}]}}        m[primary].id  as XDM marks identities
 *
 * A line is read whole, so its length is bounded, and so are depth and paths; what lies beyond is
 * no field.
 */
#include "source.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#include "textmap.h"

#define LINE_CAP ((size_t)1 << 20) /* bytes; jansson takes up to forty times as much */
#define SAMPLE_BYTES ((size_t)256 << 10)
#define LINE_SHOWN 1024 /* as much of a longer line as the reject file gets to see */
#define DEPTH_CAP 16
#define PATH_CAP 512 /* bytes */
#define ITEM_CAP 8   /* of a list */
#define FIELD_CAP 4096

struct json_lines {
    struct lines *lines;
    struct textmap places; /* path -> place in the header */
    struct texts *sampled; /* the header while it is told from the first lines; else NULL */
    struct arena *header_arena;
    size_t header_capacity;

    /* The record at hand. */
    json_t *root;
    const char **fields;
    size_t count;
    struct str path;
    struct str begun;     /* the beginning of a line that is too long */
    struct arena scratch; /* numbers as texts, and what is wrong */
};

void *json_create(struct lines *lines)
{
    struct json_lines *reader = memory_alloc(sizeof(*reader));
    reader->lines = lines;
    textmap_init(&reader->places);
    str_init(&reader->path);
    str_init(&reader->begun);
    arena_init(&reader->scratch);
    return reader;
}

static void close_json(void *state)
{
    struct json_lines *reader = state;
    json_decref(reader->root);
    lines_close(reader->lines);
    textmap_finish(&reader->places);
    str_finish(&reader->path);
    str_finish(&reader->begun);
    arena_finish(&reader->scratch);
    free(reader->fields);
    free(reader);
}

/* ---- Taking an object apart ---- */

static void add_to_header(struct json_lines *reader)
{
    struct texts *header = reader->sampled;
    const char *path = reader->path.text;
    if (header->count == FIELD_CAP || textmap_find(&reader->places, path) != NULL)
        return;
    textmap_get(&reader->places, path, (int64_t)header->count);
    header->items = arena_grow(reader->header_arena, header->items, header->count,
                               &reader->header_capacity, sizeof(*header->items));
    header->items[header->count++] = arena_strdup(reader->header_arena, path);
}

/* The field at the path has that text. */
static void set_field(struct json_lines *reader, const char *text)
{
    if (reader->sampled != NULL) {
        add_to_header(reader);
        return;
    }
    const int64_t *place = textmap_find(&reader->places, reader->path.text);
    if (place != NULL)
        reader->fields[*place] = text;
}

/* The shortest text that is read as the same number. */
static const char *real_text(struct arena *arena, double number)
{
    const char *text = arena_printf(arena, "%.15g", number);
    return strtod(text, NULL) == number ? text : arena_printf(arena, "%.17g", number);
}

static void take_value(struct json_lines *reader, json_t *value, int depth);

/* A value below the one at hand; `name` is what stands behind the path to it. */
static void take_below(struct json_lines *reader, const char *name, json_t *value, int depth)
{
    size_t length = reader->path.length;
    if (length + strlen(name) < PATH_CAP && depth < DEPTH_CAP) {
        str_append(&reader->path, name);
        take_value(reader, value, depth + 1);
    }
    str_truncate(&reader->path, length);
}

static void take_member(struct json_lines *reader, const char *key, json_t *value, int depth)
{
    size_t length = reader->path.length;
    if (length > 0)
        str_append_char(&reader->path, '.');
    take_below(reader, key, value, depth);
    str_truncate(&reader->path, length);
}

static void take_object(struct json_lines *reader, json_t *object, int depth)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value)
        take_member(reader, key, value, depth);
}

/* BigQuery has a member for each type that a parameter's value may have: the one that is set. */
static json_t *typed_value(json_t *value)
{
    static const char *const members[] = { "string_value", "int_value", "double_value",
                                           "float_value" };
    if (!json_is_object(value))
        return value;
    for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
        json_t *member = json_object_get(value, members[i]);
        if (member != NULL && !json_is_null(member))
            return member;
    }
    return NULL;
}

/* The identity that is the primary one, whatever its kind: its field is a sibling of the kinds. */
static void take_primary(struct json_lines *reader, json_t *identity, int depth)
{
    struct str *path = &reader->path;
    const char *dot = strrchr(path->text, '.');
    if (dot == NULL || !json_is_true(json_object_get(identity, "primary")))
        return;
    const char *kind = arena_strdup(&reader->scratch, dot);
    str_truncate(path, (size_t)(dot - path->text));
    take_below(reader, "[primary].id", json_object_get(identity, "id"), depth);
    str_append(path, kind);
}

static void take_list(struct json_lines *reader, json_t *list, int depth)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) {
        const char *key = json_string_value(json_object_get(item, "key"));
        if (key != NULL && json_object_get(item, "value") != NULL) {
            take_member(reader, key, typed_value(json_object_get(item, "value")), depth);
            continue;
        }
        take_primary(reader, item, depth);
        if (i < ITEM_CAP)
            take_below(reader, arena_printf(&reader->scratch, "[%zu]", i), item, depth);
    }
}

static void take_value(struct json_lines *reader, json_t *value, int depth)
{
    struct arena *scratch = &reader->scratch;
    if (value == NULL)
        return;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        take_object(reader, value, depth);
        break;
    case JSON_ARRAY:
        take_list(reader, value, depth);
        break;
    case JSON_STRING:
        set_field(reader, json_string_value(value));
        break;
    case JSON_INTEGER:
        set_field(reader,
                  arena_printf(scratch, "%" JSON_INTEGER_FORMAT, json_integer_value(value)));
        break;
    case JSON_REAL:
        set_field(reader, real_text(scratch, json_real_value(value)));
        break;
    case JSON_TRUE:
        set_field(reader, "true");
        break;
    case JSON_FALSE:
        set_field(reader, "false");
        break;
    case JSON_NULL:
        break;
    }
}

/* ---- The header ---- */

/* Parses one line; NULL where it is no object, with the reason. */
static json_t *parse_line(struct json_lines *reader, const char *text, size_t length,
                          const char **why)
{
    json_error_t error;
    json_t *root = json_loadb(text, length, 0, &error);
    if (json_is_object(root))
        return root;
    if (root != NULL)
        *why = _("the line is no JSON object");
    else
        *why = arena_printf(&reader->scratch, _("the line is no JSON: %s"), error.text);
    json_decref(root);
    return NULL;
}

/* Takes in a line of the window for the header. */
static void sample_line(struct json_lines *reader, const char *text, size_t length)
{
    const char *why;
    arena_reset(&reader->scratch);
    json_t *root = length <= LINE_CAP ? parse_line(reader, text, length, &why) : NULL;
    if (root != NULL)
        take_object(reader, root, 0);
    json_decref(root);
}

/* The first lines name the fields; they stay in the window and are read again as records. */
static bool read_json_header(void *state, const char *path, struct arena *arena, struct texts *out,
                             struct error *err)
{
    struct json_lines *reader = state;
    *out = (struct texts){ 0 };
    reader->sampled = out;
    reader->header_arena = arena;
    size_t from = 0, to = 0;
    while (from < SAMPLE_BYTES) {
        if (!lines_find_end(reader->lines, from, from + LINE_CAP, &to, err))
            return false;
        if (to == from || to > from + LINE_CAP)
            break;
        sample_line(reader, lines_text(reader->lines) + from, to - from);
        from = to;
    }
    reader->sampled = NULL;
    if (out->count > 0)
        return true;
    return error_set(err, _("none of the first lines of '%s' is a JSON object; write an object a "
                            "line, as with jq -c ."),
                     path);
}

static bool bind_json(void *state, const struct source_use *use, struct error *err)
{
    struct json_lines *reader = state;
    (void)err;
    textmap_finish(&reader->places);
    textmap_init(&reader->places);
    for (size_t i = 0; i < use->header->count; i++)
        if (use->wanted[i])
            textmap_get(&reader->places, use->header->items[i], (int64_t)i);
    reader->count = use->header->count;
    reader->fields = memory_alloc(memory_product(reader->count, sizeof(*reader->fields)));
    return true;
}

/* ---- Records ---- */

static enum record_status bad_line(struct json_lines *reader, const char *text, size_t length,
                                   const char *problem, struct record *out)
{
    *out = (struct record){
        .raw = text,
        .raw_length = lines_trim(text, length),
        .line = reader->lines->line,
        .problem = problem,
    };
    return RECORD_BAD;
}

static enum record_status long_line(struct json_lines *reader, struct record *out,
                                    struct error *err)
{
    /* The window is about to be dropped, so the beginning is kept. */
    str_clear(&reader->begun);
    str_append_bytes(&reader->begun, lines_text(reader->lines), LINE_SHOWN);
    enum record_status status =
        bad_line(reader, reader->begun.text, reader->begun.length,
                 _("the line is longer than 1 MiB; only its beginning is kept"), out);
    return lines_skip(reader->lines, err) ? status : RECORD_FAILED;
}

static enum record_status take_line(struct json_lines *reader, size_t length, struct record *out)
{
    const char *text = lines_text(reader->lines), *why;
    arena_reset(&reader->scratch);
    json_decref(reader->root);
    reader->root = parse_line(reader, text, length, &why);
    enum record_status status = RECORD_GOOD;
    if (reader->root == NULL) {
        status = bad_line(reader, text, length, why, out);
    } else {
        memset(reader->fields, 0, reader->count * sizeof(*reader->fields));
        take_object(reader, reader->root, 0);
        *out = (struct record){
            .fields = reader->fields,
            .count = reader->count,
            .raw = text,
            .raw_length = lines_trim(text, length),
            .line = reader->lines->line,
        };
    }
    lines_consume(reader->lines, length, 1);
    return status;
}

static enum record_status read_json(void *state, struct record *out, struct error *err)
{
    struct json_lines *reader = state;
    size_t to;
    for (;;) {
        if (!lines_find_end(reader->lines, 0, LINE_CAP, &to, err))
            return RECORD_FAILED;
        if (to == 0)
            return RECORD_END;
        if (to > LINE_CAP)
            return long_line(reader, out, err);
        if (strspn(lines_text(reader->lines), " \t\r\n") < to)
            return take_line(reader, to, out);
        lines_consume(reader->lines, to, 1);
    }
}

/* ---- What is known of the file ---- */

static const struct decoder *decoder_of(const void *state)
{
    return &((const struct json_lines *)state)->lines->decoder;
}

static struct source_format json_format(const void *state)
{
    const char *encoding = decoder_of(state)->encoding;
    return (struct source_format){
        .form = IMPORT_JSON,
        .encoding = encoding != NULL ? encoding : "UTF-8",
        .packed = decoder_of(state)->file.gzip != NULL,
    };
}

static uint64_t json_done(const void *state)
{
    return decoder_of(state)->file.bytes_read;
}

static uint64_t json_total(const void *state)
{
    return decoder_of(state)->file.bytes_total;
}

static struct digest json_digest(const void *state)
{
    return digester_digest(decoder_of(state)->file.digester);
}

const struct source_form json_form = {
    .form = IMPORT_JSON,
    .open_header = true,
    .read_header = read_json_header,
    .bind = bind_json,
    .read = read_json,
    .format = json_format,
    .done = json_done,
    .total = json_total,
    .digest = json_digest,
    .close = close_json,
};
