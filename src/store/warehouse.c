/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/warehouse.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/memory.h>

#include "dsn.h"
#include "import_source.h"
#include "odbc.h"
#include "patience.h"
#include "preset.h"
#include "statement.h"

struct warehouse {
    struct odbc *odbc;
    struct arena arena;
    const char *name; /* without secrets */
};

/* The result of a query as a source of records. */
struct result {
    struct odbc *odbc;
    const struct warehouse_query *query;
    const struct import_options *options;
    struct patience patience;
    struct str raw;     /* the fields of the row, a NUL behind each */
    size_t *starts;     /* of each field in it; SIZE_MAX: NULL */
    const char **fields;
    struct str line;    /* the row as the reject file shows it */
    uint64_t rows;
    struct digester *digester; /* of all lines */
};

/* ---- Whose rows they are ---- */

/* Columns that name one person, case or event, whatever the result takes from them. */
static bool is_of_one(enum column column)
{
    return column == COLUMN_PERSON_ID || column == COLUMN_CASE_ID || column == COLUMN_SESSION_ID ||
           column == COLUMN_EVENT_ID || column == COLUMN_RESPONSE_ID;
}

static bool is_in_presets(const char *name)
{
    const struct preset *preset;
    for (size_t i = 0; (preset = preset_at(i)) != NULL; i++)
        for (size_t j = 0; j < preset->column_count; j++)
            for (size_t k = 0; k < PRESET_SOURCES; k++) {
                const char *source = preset->columns[j].sources[k];
                if (source == NULL)
                    break;
                if (is_of_one(preset->columns[j].column) && strcasecmp(source, name) == 0)
                    return true;
            }
    return false;
}

static bool names_one(const char *name)
{
    static const char *const customary[] = {
        "account_id", "client_id", "contact_id", "customer_id", "email",    "member_id",
        "order_id",   "phone",     "ticket_id",  "user",        "visit_id", "visitor_id",
    };
    for (size_t i = 0; i < ARRAY_LEN(customary); i++)
        if (strcasecmp(customary[i], name) == 0)
            return true;
    enum column column = column_find(name, IMPORT_UNSET);
    return (column != COLUMN_NONE && is_of_one(column)) || is_in_presets(name);
}

static bool check_columns(const struct result *result, struct error *err)
{
    for (size_t i = 0; i < odbc_column_count(result->odbc); i++) {
        const char *name = odbc_column_name(result->odbc, i);
        if (names_one(name))
            return error_at(err, result->query->sql_pos,
                            _("the result has the column '%s', so its rows are of single persons "
                              "or cases; only grouped rows leave a warehouse: group by what the "
                              "map asks for and leave the column out"),
                            name);
    }
    return true;
}

/* ---- Asking ---- */

static void stop(void *data)
{
    const struct result *result = data;
    odbc_cancel(result->odbc);
}

static void tell(int64_t waited, void *data)
{
    const struct result *result = data;
    const struct import_progress progress = { .waited = waited };
    result->options->watch(&progress, result->options->watch_data);
}

static bool too_late(const struct warehouse_query *query, struct error *err)
{
    return error_at(err, query->pos,
                    _("the query '%s' took longer than %g s and was broken off; ask for less, or "
                      "raise its time_limit"),
                    query->name, (double)query->time_limit / 1e6);
}

static bool ask(struct result *result, struct error *err)
{
    const struct warehouse_query *query = result->query;
    size_t length;
    struct error why;
    if (!statement_only_reads(query->sql, &length, &why))
        return error_at(err, query->sql_pos, "%s", why.text);
    struct str sql;
    str_init(&sql);
    str_append_bytes(&sql, query->sql, length);
    bool asked = odbc_ask(result->odbc, sql.text, query->time_limit, &why);
    str_finish(&sql);
    patience_hush(&result->patience);
    return asked || error_at(err, query->sql_pos, "%s", why.text);
}

/* ---- The source ---- */

static bool read_result_header(void *reader, const char *, struct arena *arena, struct texts *out,
                               struct error *err)
{
    struct result *result = reader;
    if (!ask(result, err) || !check_columns(result, err))
        return false;
    out->count = odbc_column_count(result->odbc);
    out->items = arena_array(arena, out->count, sizeof(*out->items));
    for (size_t i = 0; i < out->count; i++)
        out->items[i] = arena_strdup(arena, odbc_column_name(result->odbc, i));
    result->starts = memory_alloc(memory_product(out->count, sizeof(*result->starts)));
    result->fields = memory_alloc(memory_product(out->count, sizeof(*result->fields)));
    return true;
}

static bool read_fields(struct result *result, struct error *err)
{
    str_clear(&result->raw);
    str_clear(&result->line);
    for (size_t i = 0; i < odbc_column_count(result->odbc); i++) {
        bool null;
        size_t start = result->raw.length;
        if (!odbc_read(result->odbc, i, &result->raw, &null, err))
            return false;
        result->starts[i] = null ? SIZE_MAX : start;
        str_append(&result->line, i > 0 ? "\t" : "");
        str_append(&result->line, result->raw.text + start);
        str_append_char(&result->raw, '\0');
    }
    for (size_t i = 0; i < odbc_column_count(result->odbc); i++)
        result->fields[i] =
            result->starts[i] == SIZE_MAX ? NULL : result->raw.text + result->starts[i];
    return true;
}

static bool too_many(const struct warehouse_query *query, struct error *err)
{
    return error_at(err, query->pos,
                    ngettext("the query '%s' gives more than %llu row; group them further, or "
                             "raise its row_limit",
                             "the query '%s' gives more than %llu rows; group them further, or "
                             "raise its row_limit",
                             (unsigned long)query->row_limit),
                    query->name, (unsigned long long)query->row_limit);
}

static enum record_status read_row(void *reader, struct record *out, struct error *err)
{
    struct result *result = reader;
    /* A driver that hears no cancel would go on and on. */
    if (patience_look(&result->patience) != PATIENCE_KEPT)
        return RECORD_FAILED;
    switch (odbc_next(result->odbc, err)) {
    case ODBC_END:
        return RECORD_END;
    case ODBC_FAILED:
        return RECORD_FAILED;
    case ODBC_ROW:
        break;
    }
    if (++result->rows > result->query->row_limit) {
        too_many(result->query, err);
        return RECORD_FAILED;
    }
    if (!read_fields(result, err))
        return RECORD_FAILED;
    digester_add(result->digester, result->raw.text, result->raw.length);
    *out = (struct record){
        .fields = result->fields,
        .count = odbc_column_count(result->odbc),
        .raw = result->line.text,
        .raw_length = result->line.length,
        .line = result->rows,
    };
    return RECORD_GOOD;
}

static struct source_format result_format(const void *)
{
    return (struct source_format){ .form = IMPORT_WAREHOUSE };
}

static uint64_t rows_done(const void *reader)
{
    const struct result *result = reader;
    return result->rows;
}

static uint64_t rows_total(const void *)
{
    return 0;
}

static struct digest result_digest(const void *reader)
{
    const struct result *result = reader;
    return digester_digest(result->digester);
}

/* Whoever has begun the result ends it: store_sync(). */
static const struct source_form result_form = {
    .form = IMPORT_WAREHOUSE,
    .read_header = read_result_header,
    .read = read_row,
    .format = result_format,
    .done = rows_done,
    .total = rows_total,
    .digest = result_digest,
};

/* ---- From beginning to end ---- */

static bool begin_result(struct result *result, struct warehouse *warehouse,
                         const struct warehouse_query *query, const struct import_options *options,
                         struct error *err)
{
    *result = (struct result){ .odbc = warehouse->odbc, .query = query, .options = options };
    const struct patience_options patience = {
        .cancel = options->cancel,
        .time_limit = query->time_limit,
        .stop = stop,
        .tell = options->watch != NULL ? tell : NULL,
        .data = result,
    };
    if (!patience_begin(&result->patience, &patience, err))
        return false;
    result->digester = digester_create();
    str_init(&result->raw);
    str_init(&result->line);
    return true;
}

static enum patience_end end_result(struct result *result)
{
    enum patience_end end = patience_end(&result->patience);
    odbc_end(result->odbc);
    digester_destroy(result->digester);
    str_finish(&result->raw);
    str_finish(&result->line);
    free(result->starts);
    free(result->fields);
    return end;
}

bool store_sync(struct arena *arena, struct store *store, struct warehouse *warehouse,
                const struct warehouse_query *query, const struct import_options *options,
                struct import_report *out, struct error *err)
{
    struct result result;
    struct import_options whole = *options;
    whole.mapping = &query->mapping;
    whole.as = query->mapping.as;
    whole.preset = NULL;
    whole.whole = true;
    struct source source = {
        .form = &result_form,
        .path = arena_printf(arena, "%s: %s", warehouse->name, query->name),
        .reader = &result,
    };
    if (!begin_result(&result, warehouse, query, &whole, err))
        return false;
    bool done = import_source(arena, store, &source, NULL, &whole, out, err);
    enum patience_end end = end_result(&result);
    if (done || end == PATIENCE_KEPT)
        return done;
    if (end == PATIENCE_LATE)
        return too_late(query, err);
    if (err != NULL) /* being cancelled is no failure */
        error_init(err);
    return true;
}

bool warehouse_open(const char *dsn, const char *password, struct warehouse **out,
                    struct error *err)
{
    struct warehouse *warehouse = memory_alloc(sizeof(*warehouse));
    struct str connection;
    str_init(&connection);
    arena_init(&warehouse->arena);
    warehouse->name = dsn_public_name(&warehouse->arena, dsn);
    dsn_connection(dsn, password, &connection);
    bool done = odbc_connect(connection.text, &warehouse->odbc, err);
    if (!done) {
        if (err != NULL)
            dsn_hide(connection.text, err->text);
        warehouse_close(warehouse);
        warehouse = NULL;
    }
    explicit_bzero(connection.text, connection.length);
    str_finish(&connection);
    *out = warehouse;
    return done;
}

void warehouse_close(struct warehouse *warehouse)
{
    if (warehouse == NULL)
        return;
    odbc_disconnect(warehouse->odbc);
    arena_finish(&warehouse->arena);
    free(warehouse);
}
