/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

#include "column.h"

/* With more touchpoints than this, looking at all rows is as good as looking each of them up. */
#define TOUCHPOINTS_LISTED 500

/* A word's number that no word has: a condition on a word that the store does not know. */
#define NO_WORD INT64_C(0)

/* Where the rows of each source stand, and under which names their columns are known. */
static const struct {
    const char *table;
    enum import_as as;
} sources[] = {
    [SOURCE_EVENT] = { .table = "event", .as = IMPORT_EVENTS },
    [SOURCE_ANSWER] = { .table = "answer", .as = IMPORT_ANSWERS },
    [SOURCE_OBSERVATION] = { .table = "observation", .as = IMPORT_OBSERVATIONS },
};

/* ---- Conditions ---- */

static void add_bound_text(struct query *query, struct str *sql, const char *text)
{
    query->texts.items = arena_grow(query->arena, query->texts.items, query->texts.count,
                                    &query->text_capacity, sizeof(*query->texts.items));
    query->texts.items[query->texts.count++] = text;
    str_printf(sql, "?%zu", query->texts.count);
}

static bool add_number(struct str *sql, const char *column, const char *text, struct error *err)
{
    char *end;
    errno = 0;
    double number = strtod(text, &end);
    if (*end != '\0' || end == text || errno != 0)
        return error_set(err, _("'%s' is not a number, as the column '%s' holds"), text, column);
    str_printf(sql, "%.17g", number);
    return true;
}

static bool add_word(struct str *sql, struct dictionary *dictionary, const char *text,
                     struct error *err)
{
    int64_t number;
    if (!dictionary_number(dictionary, text, &number, err))
        return false;
    str_printf(sql, "%" PRId64, number == WORD_NONE ? NO_WORD : number);
    return true;
}

static bool add_value(struct query *query, struct str *sql, struct dictionary *dictionary,
                      enum column column, const char *text, struct error *err)
{
    const struct column_info *info = column_info(column);
    switch (info->type) {
    case COLUMN_IS_WORD:
        return add_word(sql, dictionary, text, err);
    case COLUMN_IS_NUMBER:
        return add_number(sql, info->name, text, err);
    case COLUMN_IS_TEXT:
        add_bound_text(query, sql, text);
        return true;
    case COLUMN_IS_INSTANT:
    case COLUMN_IS_DAY:
        break;
    }
    return error_set(err, _("rows cannot be chosen by the time column '%s'"), info->name);
}

/* Appends "column IN (…)" for each filter, joined by AND. */
static bool add_filters(struct query *query, struct str *sql, struct dictionary *dictionary,
                        enum import_as as, const struct filters *filters, struct error *err)
{
    for (size_t i = 0; i < filters->count; i++) {
        const struct filter *filter = &filters->items[i];
        enum column column = column_find(filter->column, as);
        if (column == COLUMN_NONE)
            return error_set(err, _("%s have no column '%s'"), import_as_name(as), filter->column);
        if (sql->length > 0)
            str_append(sql, " AND ");
        str_printf(sql, "%s IN (", column_info(column)->name);
        for (size_t j = 0; j < filter->values.count; j++) {
            if (j > 0)
                str_append(sql, ", ");
            if (!add_value(query, sql, dictionary, column, filter->values.items[j], err))
                return false;
        }
        str_append(sql, ")");
    }
    return true;
}

static void add_touchpoints(struct query *query, const int64_t *touchpoints, size_t count)
{
    if (query->where.length > 0)
        str_append(&query->where, " AND ");
    if (count > TOUCHPOINTS_LISTED) {
        str_append(&query->where, "touchpoint IS NOT NULL");
        return;
    }
    str_append(&query->where, "touchpoint IN (");
    for (size_t i = 0; i < count; i++)
        str_printf(&query->where, "%s%" PRId64, i > 0 ? ", " : "", touchpoints[i]);
    str_append(&query->where, ")");
}

static bool add_word_condition(struct query *query, struct dictionary *dictionary,
                               const char *column, const char *text, struct error *err)
{
    str_printf(&query->where, "%s%s = ", query->where.length > 0 ? " AND " : "", column);
    return add_word(&query->where, dictionary, text, err);
}

static bool asks_for(const struct filters *filters, const char *column)
{
    for (size_t i = 0; i < filters->count; i++)
        if (strcasecmp(filters->items[i].column, column) == 0)
            return true;
    return false;
}

/* ---- Sources ---- */

/* `of` is a column of numbers, or else the activity whose value is meant. */
static bool choose_events(struct query *query, struct dictionary *dictionary,
                          const struct metric *metric, struct error *err)
{
    const char *value = "value";
    if (metric->of != NULL) {
        enum column column = column_find(metric->of, IMPORT_EVENTS);
        if (column != COLUMN_NONE && column_info(column)->type == COLUMN_IS_NUMBER)
            value = column_info(column)->name;
        else if (!add_word_condition(query, dictionary, "activity", metric->of, err))
            return false;
    }
    str_append(&query->value, value);
    return true;
}

static bool choose_answers(struct query *query, struct dictionary *dictionary,
                           const struct metric *metric, struct error *err)
{
    const char *question = metric->answer != NULL ? metric->answer : metric->id;
    str_append(&query->value, "value");
    return add_word_condition(query, dictionary, "metric", question, err) &&
           (asks_for(&metric->where, "kind") ||
            add_word_condition(query, dictionary, "kind", "experience", err));
}

static bool choose_rows(struct query *query, struct dictionary *dictionary,
                        const struct metric *metric, struct error *err)
{
    const char *name = metric->answer != NULL ? metric->answer : metric->id;
    switch (metric->source) {
    case SOURCE_EVENT:
        return choose_events(query, dictionary, metric, err);
    case SOURCE_ANSWER:
        return choose_answers(query, dictionary, metric, err);
    case SOURCE_OBSERVATION:
        break;
    }
    str_append(&query->value, "value");
    return add_word_condition(query, dictionary, "metric", name, err);
}

bool query_init(struct query *query, struct arena *arena, struct dictionary *dictionary,
                const struct metric *metric, const struct formula *formula,
                const int64_t *touchpoints, size_t touchpoint_count, struct error *err)
{
    enum import_as as = sources[metric->source].as;
    *query = (struct query){ .source = metric->source, .arena = arena };
    str_init(&query->value);
    str_init(&query->hit);
    str_init(&query->where);

    bool good = choose_rows(query, dictionary, metric, err);
    if (good)
        add_touchpoints(query, touchpoints, touchpoint_count);
    good = good && add_filters(query, &query->where, dictionary, as, &metric->where, err);
    if (good && formula->needs_value)
        str_printf(&query->where, " AND %s IS NOT NULL", query->value.text);
    if (good && formula->needs_hit && metric->source != SOURCE_OBSERVATION)
        good = add_filters(query, &query->hit, dictionary, as, &metric->hit, err);
    if (!good)
        query_finish(query);
    return good;
}

void query_finish(struct query *query)
{
    str_finish(&query->value);
    str_finish(&query->hit);
    str_finish(&query->where);
}

/* ---- Statements ---- */

static bool prepare(struct query *query, struct store *store, const char *sql, sqlite3_stmt **out,
                    struct error *err)
{
    if (!sql_prepare(store, sql, out, err))
        return false;
    /* A text that only the other statement asks for has no place here, which is no harm. */
    for (size_t i = 0; i < query->texts.count; i++)
        sqlite3_bind_text(*out, (int)i + 1, query->texts.items[i], -1, SQLITE_STATIC);
    return true;
}

bool query_has(struct query *query, struct store *store, const char *column, bool *out,
               struct error *err)
{
    struct str sql;
    sqlite3_stmt *statement;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM %s WHERE %s AND %s IS NOT NULL)",
               sources[query->source].table, query->where.text, column);
    bool good = prepare(query, store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    good = sql_step(store, statement, err) == SQL_ROW;
    *out = good && sqlite3_column_int(statement, 0) != 0;
    sqlite3_finalize(statement);
    return good;
}

/* An observation counts where its whole period lies in the lens's. */
static void add_period(struct str *sql, bool observed, struct period period)
{
    int64_t unit = observed ? 1 : TIME_US_PER_DAY;
    if (period.first != INT32_MIN)
        str_printf(sql, " AND %s >= %" PRId64, observed ? "period_start" : "ts",
                   period.first * unit);
    if (period.last != INT32_MAX)
        str_printf(sql, " AND %s < %" PRId64, observed ? "period_end" : "ts",
                   ((int64_t)period.last + 1) * unit);
}

static void write_columns(struct str *sql, const struct query *query)
{
    const char *hit = query->hit.length > 0 ? query->hit.text : "0";
    switch (query->source) {
    case SOURCE_EVENT:
        str_printf(sql, "ts, ts, context, %s, %s, NULL, NULL", query->value.text, hit);
        break;
    case SOURCE_ANSWER:
        str_printf(sql, "ts, ts, context, %s, %s, scale_min, scale_max", query->value.text, hit);
        break;
    case SOURCE_OBSERVATION:
        str_printf(sql,
                   "period_start * %" PRId64 ", (period_end + 1) * %" PRId64 " - 1, context, "
                   "value, 0, NULL, NULL, n, sd, num, den",
                   TIME_US_PER_DAY, TIME_US_PER_DAY);
        break;
    }
}

bool query_rows(struct query *query, struct store *store, const struct query_lens *lens,
                sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT touchpoint, ");
    write_columns(&sql, query);
    str_printf(&sql, " FROM %s WHERE %s", sources[query->source].table, query->where.text);
    if (lens->persona != 0)
        str_printf(&sql, " AND persona = %" PRId64, lens->persona);
    if (lens->context != 0)
        str_printf(&sql, " AND context = %" PRId64, lens->context);
    add_period(&sql, query->source == SOURCE_OBSERVATION, lens->period);
    bool good = prepare(query, store, sql.text, out, err);
    str_finish(&sql);
    return good;
}
