/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * OCEL 2.0 event logs in SQLite (https://www.ocel-standard.org, "relational format").
 *
 * A log says of each event which objects it is about: an order, its items, a customer. Events of
 * each type stand in a table of their own with their own attributes, and so do objects. The fields
 * of a record are
 *
 *     ocel_id, ocel_type, ocel_time    of the event
 *     NAME                             an attribute that events of some type have
 *     object:TYPE                      the object of that type that the event is about
 *     object:TYPE.NAME                 an attribute of that object, as it was last known
 *
 * Where an event is about several objects of the type that is the case, it is a record for each of
 * them, as events are flattened for process mining; of any other type it takes the first by id.
 *
 * The file comes from someone else: it is read as a hostile store is (sql.h). Logs often have no
 * index, so everything is joined to tables that SQLite makes for the query, never looked up row by
 * row.
 */
#include "source.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

#include "sql.h"

#define TYPE_CAP 500   /* of events, and of objects */
#define FIELD_CAP 4000 /* of a record */

/* The text of a record that the reject file gets to see. */
#define RAW_CAP 4096

/* A type of events or objects, and the table that has its attributes. */
struct log_type {
    const char *name, *table;
    struct texts attributes; /* columns of the table that are not the format's own */
};

struct log_types {
    struct log_type *items;
    size_t count;
};

/* What a field of the header is. */
struct log_field {
    enum { FIELD_FIXED, FIELD_ATTRIBUTE, FIELD_OBJECT, FIELD_OBJECT_ATTRIBUTE } kind;
    size_t type;           /* of objects */
    const char *attribute; /* a column */
};

struct ocel {
    struct store *log;
    const char *path; /* borrowed */
    struct arena arena;
    struct log_types events, objects;
    struct log_field *about; /* as many as the header has */
    size_t about_capacity;
    const struct source_use *use;
    sqlite3_stmt *rows; /* events of the type at hand; NULL before the first and behind the last */
    size_t type;        /* the one that is read, or next */
    uint64_t done, total;
    const char **fields;
    size_t *places; /* of the statement's columns in the header */
    size_t place_count;
    struct str raw;
};

enum { OCEL_ID, OCEL_TYPE, OCEL_TIME, OCEL_FIXED };
static const char *const fixed[] = { "ocel_id", "ocel_type", "ocel_time" };

static const char object_prefix[] = "object:";

static bool fail(struct ocel *ocel, struct error *err)
{
    return error_set(err, _("the event log '%s' cannot be read: %s"), ocel->path,
                     sqlite3_errmsg(ocel->log->db));
}

static bool prepare(struct ocel *ocel, const char *sql, sqlite3_stmt **out, struct error *err)
{
    int code = sqlite3_prepare_v2(ocel->log->db, sql, -1, out, NULL);
    return code == SQLITE_OK || fail(ocel, err);
}

/* Appends SQL in SQLite's own format: %w is the inside of a quoted name, %Q a whole text. */
static void append_sql(struct str *sql, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    str_append(sql, text != NULL ? text : "");
    sqlite3_free(text);
}

/* ---- What the log has ---- */

/* The columns of a table that are not the format's own. */
static bool read_attributes(struct ocel *ocel, const char *table, struct texts *out,
                            struct error *err)
{
    sqlite3_stmt *statement;
    size_t capacity = 0;
    int code;
    if (!prepare(ocel, "SELECT name FROM pragma_table_info(?1) WHERE name NOT IN"
                       " ('ocel_id', 'ocel_time', 'ocel_changed_field')",
                 &statement, err))
        return false;
    sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        out->items = arena_grow(&ocel->arena, out->items, out->count, &capacity,
                                sizeof(*out->items));
        out->items[out->count++] = arena_strdup(&ocel->arena, sql_text(statement, 0));
    }
    sqlite3_finalize(statement);
    return code == SQLITE_DONE || fail(ocel, err);
}

/* `what` is "event" or "object": the beginning of its tables' names. */
static bool read_types(struct ocel *ocel, const char *what, struct log_types *out,
                       struct error *err)
{
    sqlite3_stmt *statement;
    struct arena *arena = &ocel->arena;
    size_t capacity = 0;
    int code;
    const char *sql = arena_printf(arena, "SELECT ocel_type, ocel_type_map FROM %s_map_type"
                                          " ORDER BY ocel_type LIMIT %d",
                                   what, TYPE_CAP);
    if (!prepare(ocel, sql, &statement, err))
        return false;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        out->items = arena_grow(arena, out->items, out->count, &capacity, sizeof(*out->items));
        out->items[out->count++] = (struct log_type){
            .name = arena_strdup(arena, sql_text(statement, 0)),
            .table = arena_printf(arena, "%s_%s", what, sql_text(statement, 1)),
        };
    }
    sqlite3_finalize(statement);
    bool good = code == SQLITE_DONE || fail(ocel, err);
    for (size_t i = 0; good && i < out->count; i++)
        good = read_attributes(ocel, out->items[i].table, &out->items[i].attributes, err);
    return good;
}

static bool has_tables(struct ocel *ocel, struct error *err)
{
    int64_t tables;
    if (!sql_integer(ocel->log,
                     "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN"
                     " ('event', 'object', 'event_object', 'event_map_type', 'object_map_type')",
                     0, &tables, NULL))
        return fail(ocel, err);
    return tables == 5 || error_set(err, _("'%s' is an SQLite database, but no OCEL 2.0 event log"),
                                    ocel->path);
}

static void close_ocel(void *state)
{
    struct ocel *ocel = state;
    sqlite3_finalize(ocel->rows);
    store_close(ocel->log);
    str_finish(&ocel->raw);
    arena_finish(&ocel->arena);
    free(ocel);
}

bool ocel_open(const char *path, const atomic_bool *cancel, void **out, struct error *err)
{
    struct ocel *ocel = memory_alloc(sizeof(*ocel));
    ocel->path = path;
    arena_init(&ocel->arena);
    str_init(&ocel->raw);
    if (sql_connect(path, SQLITE_OPEN_READONLY, &ocel->log, err)) {
        store_limit(ocel->log, &(struct store_limits){ .cancel = cancel });
        if (has_tables(ocel, err) && read_types(ocel, "event", &ocel->events, err) &&
            read_types(ocel, "object", &ocel->objects, err)) {
            *out = ocel;
            return true;
        }
    }
    close_ocel(ocel);
    return false;
}

/* ---- The header ---- */

/* Case apart, as SQLite has it. */
static bool has_text(const struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (sqlite3_stricmp(texts->items[i], text) == 0)
            return true;
    return false;
}

static void add_field(struct ocel *ocel, struct arena *arena, struct texts *header,
                      size_t *capacity, const char *name, struct log_field about)
{
    if (header->count == FIELD_CAP || has_text(header, name))
        return;
    header->items = arena_grow(arena, header->items, header->count, capacity,
                               sizeof(*header->items));
    ocel->about = arena_grow(&ocel->arena, ocel->about, header->count, &ocel->about_capacity,
                             sizeof(*ocel->about));
    ocel->about[header->count] = about;
    header->items[header->count++] = arena_strdup(arena, name);
}

static bool read_ocel_header(void *state, const char *path, struct arena *arena, struct texts *out,
                             struct error *err)
{
    struct ocel *ocel = state;
    size_t capacity = 0;
    (void)path;
    (void)err;
    *out = (struct texts){ 0 };
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
        add_field(ocel, arena, out, &capacity, fixed[i], (struct log_field){ 0 });
    for (size_t i = 0; i < ocel->events.count; i++) {
        const struct texts *attributes = &ocel->events.items[i].attributes;
        for (size_t j = 0; j < attributes->count; j++)
            add_field(ocel, arena, out, &capacity, attributes->items[j],
                      (struct log_field){ .kind = FIELD_ATTRIBUTE,
                                          .attribute = attributes->items[j] });
    }
    for (size_t i = 0; i < ocel->objects.count; i++) {
        const struct log_type *type = &ocel->objects.items[i];
        const char *name = arena_printf(arena, "%s%s", object_prefix, type->name);
        add_field(ocel, arena, out, &capacity, name,
                  (struct log_field){ .kind = FIELD_OBJECT, .type = i });
        for (size_t j = 0; j < type->attributes.count; j++)
            add_field(ocel, arena, out, &capacity,
                      arena_printf(arena, "%s.%s", name, type->attributes.items[j]),
                      (struct log_field){ .kind = FIELD_OBJECT_ATTRIBUTE,
                                          .type = i,
                                          .attribute = type->attributes.items[j] });
    }
    return true;
}

/* ---- The query of one type of events ---- */

static void append_value(struct ocel *ocel, struct str *sql, size_t field)
{
    const struct log_type *type = &ocel->events.items[ocel->type];
    const struct log_field *about = &ocel->about[field];
    switch (about->kind) {
    case FIELD_FIXED:
        if (field == OCEL_TYPE)
            append_sql(sql, "%Q", type->name);
        else
            str_printf(sql, "t.%s", fixed[field]);
        break;
    case FIELD_ATTRIBUTE:
        if (has_text(&type->attributes, about->attribute))
            append_sql(sql, "t.\"%w\"", about->attribute);
        else
            str_append(sql, "NULL");
        break;
    case FIELD_OBJECT:
        str_printf(sql, "o%zu.id", about->type);
        break;
    case FIELD_OBJECT_ATTRIBUTE:
        str_printf(sql, "a%zu.value", field);
        break;
    }
}

/* The objects of a type that events are about: each of them for the case, else the first. */
static void append_objects(struct ocel *ocel, struct str *sql, size_t type, bool each)
{
    append_sql(sql,
               " LEFT JOIN (SELECT r.ocel_event_id AS event, %s AS id FROM event_object r"
               " JOIN object o ON o.ocel_id = r.ocel_object_id WHERE o.ocel_type = %Q"
               " GROUP BY r.ocel_event_id%s) o%d ON o%d.event = t.ocel_id",
               each ? "r.ocel_object_id" : "min(r.ocel_object_id)", ocel->objects.items[type].name,
               each ? ", r.ocel_object_id" : "", (int)type, (int)type);
}

static void append_object_attribute(struct ocel *ocel, struct str *sql, size_t field)
{
    const struct log_field *about = &ocel->about[field];
    append_sql(sql,
               " LEFT JOIN (SELECT ocel_id AS id, \"%w\" AS value, max(ocel_time)"
               " FROM \"%w\" WHERE \"%w\" IS NOT NULL GROUP BY ocel_id) a%d"
               " ON a%d.id = o%d.id",
               about->attribute, ocel->objects.items[about->type].table, about->attribute,
               (int)field, (int)field, (int)about->type);
}

static bool uses_object(const struct ocel *ocel, size_t type)
{
    for (size_t i = 0; i < ocel->place_count; i++) {
        const struct log_field *about = &ocel->about[ocel->places[i]];
        if (about->kind >= FIELD_OBJECT && about->type == type)
            return true;
    }
    return false;
}

static bool is_case(const struct ocel *ocel, size_t type)
{
    size_t field = ocel->use->case_field;
    return field != NO_FIELD && ocel->about[field].kind == FIELD_OBJECT &&
           ocel->about[field].type == type;
}

static bool begin_type(struct ocel *ocel, struct error *err)
{
    struct str sql;
    str_init(&sql);
    for (size_t i = 0; i < ocel->place_count; i++) {
        str_append(&sql, i == 0 ? "SELECT " : ", ");
        append_value(ocel, &sql, ocel->places[i]);
    }
    append_sql(&sql, " FROM \"%w\" t", ocel->events.items[ocel->type].table);
    for (size_t i = 0; i < ocel->objects.count; i++)
        if (uses_object(ocel, i))
            append_objects(ocel, &sql, i, is_case(ocel, i));
    for (size_t i = 0; i < ocel->place_count; i++)
        if (ocel->about[ocel->places[i]].kind == FIELD_OBJECT_ATTRIBUTE)
            append_object_attribute(ocel, &sql, ocel->places[i]);
    bool done = prepare(ocel, sql.text, &ocel->rows, err);
    str_finish(&sql);
    return done;
}

static bool count_events(struct ocel *ocel, struct error *err)
{
    for (size_t i = 0; i < ocel->events.count; i++) {
        int64_t events;
        struct str sql;
        str_init(&sql);
        append_sql(&sql, "SELECT count(*) FROM \"%w\"", ocel->events.items[i].table);
        bool done = sql_integer(ocel->log, sql.text, 0, &events, NULL);
        str_finish(&sql);
        if (!done)
            return fail(ocel, err);
        ocel->total += (uint64_t)events;
    }
    return true;
}

static bool bind_ocel(void *state, const struct source_use *use, struct error *err)
{
    struct ocel *ocel = state;
    size_t count = use->header->count;
    ocel->use = use;
    ocel->fields = arena_array(&ocel->arena, count, sizeof(*ocel->fields));
    ocel->places = arena_array(&ocel->arena, count, sizeof(*ocel->places));
    for (size_t i = 0; i < count; i++)
        if (use->wanted[i] || i < OCEL_FIXED)
            ocel->places[ocel->place_count++] = i;
    return count_events(ocel, err);
}

/* ---- Records ---- */

/* A text of the row at hand, NULL for NULL; false where it is none that can be shown. */
static bool take_text(struct ocel *ocel, int column, const char **out)
{
    size_t bad_byte, length = (size_t)sqlite3_column_bytes(ocel->rows, column);
    const char *text = (const char *)sqlite3_column_text(ocel->rows, column);
    *out = text;
    return text == NULL || (strlen(text) == length && utf8_valid(text, length, &bad_byte));
}

static enum record_status take_row(struct ocel *ocel, struct record *out)
{
    const char *problem = NULL;
    str_clear(&ocel->raw);
    for (size_t i = 0; i < ocel->place_count; i++) {
        const char **field = &ocel->fields[ocel->places[i]];
        if (!take_text(ocel, (int)i, field))
            problem = _("the event is not valid UTF-8");
        if (*field != NULL && problem == NULL && ocel->raw.length < RAW_CAP)
            str_printf(&ocel->raw, "%s%s", i > 0 ? " " : "", *field);
    }
    *out = (struct record){
        .fields = problem == NULL ? ocel->fields : NULL,
        .count = problem == NULL ? ocel->use->header->count : 0,
        .raw = ocel->raw.text,
        .raw_length = ocel->raw.length,
        .line = ++ocel->done,
        .problem = problem,
    };
    return problem == NULL ? RECORD_GOOD : RECORD_BAD;
}

static enum record_status read_ocel(void *state, struct record *out, struct error *err)
{
    struct ocel *ocel = state;
    for (; ocel->type < ocel->events.count; ocel->type++) {
        if (ocel->rows == NULL && !begin_type(ocel, err))
            return RECORD_FAILED;
        switch (sqlite3_step(ocel->rows)) {
        case SQLITE_ROW:
            return take_row(ocel, out);
        case SQLITE_DONE:
            break;
        default:
            if (!sql_must_stop(ocel->log)) /* cancelling is no fault to tell of */
                fail(ocel, err);
            return RECORD_FAILED;
        }
        sqlite3_finalize(ocel->rows);
        ocel->rows = NULL;
    }
    return RECORD_END;
}

/* ---- What is known of the log ---- */

static struct source_format ocel_format(const void *state)
{
    (void)state;
    return (struct source_format){ .form = IMPORT_OCEL };
}

static uint64_t ocel_done(const void *state)
{
    return ((const struct ocel *)state)->done;
}

static uint64_t ocel_total(const void *state)
{
    return ((const struct ocel *)state)->total;
}

static struct digest ocel_digest(const void *state)
{
    struct packed_file file;
    char block[16384];
    size_t got = 1;
    struct digest digest = { 0 };
    if (!packed_open(&file, ((const struct ocel *)state)->path, NULL, NULL))
        return digest;
    while (got > 0 && packed_read(&file, block, sizeof(block), &got, NULL))
        ;
    digest = digester_digest(file.digester);
    packed_close(&file);
    return digest;
}

const struct source_form ocel_form = {
    .form = IMPORT_OCEL,
    .read_header = read_ocel_header,
    .bind = bind_ocel,
    .read = read_ocel,
    .format = ocel_format,
    .done = ocel_done,
    .total = ocel_total,
    .digest = ocel_digest,
    .close = close_ocel,
};
