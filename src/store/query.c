/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include <inttypes.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

/* Where the rows of each source stand, and under which names their columns are known. */
static const struct {
    const char *table;
    enum import_as as;
} sources[] = {
    [SOURCE_EVENT] = { .table = "event", .as = IMPORT_EVENTS },
    [SOURCE_ANSWER] = { .table = "answer", .as = IMPORT_ANSWERS },
    [SOURCE_OBSERVATION] = { .table = "observation", .as = IMPORT_OBSERVATIONS },
};

/* The case of a row: its own id, else its person's, else the row alone. */
#define CASE_KEY_COLUMNS                                                                           \
    "case_id, iif(case_id IS NULL, person_id, NULL), "                                             \
    "iif(case_id IS NULL AND person_id IS NULL, id, NULL)"

bool query_is_of_cases(const struct metric *metric, const struct formula *formula)
{
    return formula->judge != NULL && metric->source != SOURCE_OBSERVATION;
}

const char *query_table(enum metric_source source)
{
    return sources[source].table;
}

enum import_as query_kind(enum metric_source source)
{
    return sources[source].as;
}

static const char *table_of(const struct query *query)
{
    return query_table(query->metric->source);
}

static enum import_as rows_of(const struct query *query)
{
    return query_kind(query->metric->source);
}

/* ---- Which rows ---- */

static void add_touchpoints(struct str *sql, const int64_t *touchpoints, size_t count)
{
    condition_and(sql);
    if (count > QUERY_TOUCHPOINTS_LISTED) {
        str_append(sql, "touchpoint IS NOT NULL");
        return;
    }
    str_append(sql, "touchpoint IN (");
    for (size_t i = 0; i < count; i++)
        str_printf(sql, "%s%" PRId64, i > 0 ? ", " : "", touchpoints[i]);
    str_append(sql, ")");
}

/* The numeric column that a name means; NULL where it means none. */
static const char *numeric_column(const char *name, enum import_as as)
{
    enum column column = column_find(name, as);
    bool numeric = column != COLUMN_NONE && column_info(column)->type == COLUMN_IS_NUMBER;
    return numeric ? column_info(column)->name : NULL;
}

/* `of` is a column of numbers, or else the activity whose value is meant. */
static bool choose_events(struct query *query, struct error *err)
{
    const char *of = query->metric->of;
    const char *column = of != NULL ? numeric_column(of, IMPORT_EVENTS) : "value";
    str_append(&query->value, column != NULL ? column : "value");
    return column != NULL || condition_word(&query->bindings, &query->where, "activity", of, err);
}

static bool choose_answers(struct query *query, struct error *err)
{
    const struct metric *metric = query->metric;
    const char *question = metric->answer != NULL ? metric->answer : metric->id;
    str_append(&query->value, "value");
    return condition_word(&query->bindings, &query->where, "metric", question, err) &&
           (filters_name(&metric->where, "kind") ||
            condition_word(&query->bindings, &query->where, "kind", "experience", err));
}

static bool choose_rows(struct query *query, struct error *err)
{
    const struct metric *metric = query->metric;
    switch (metric->source) {
    case SOURCE_EVENT:
        return choose_events(query, err);
    case SOURCE_ANSWER:
        return choose_answers(query, err);
    case SOURCE_OBSERVATION:
        break;
    }
    str_append(&query->value, "value");
    return condition_word(&query->bindings, &query->where, "metric",
                          metric->answer != NULL ? metric->answer : metric->id, err);
}

/* ---- Sides of a case ---- */

static bool write_value(struct query *query, const struct metric_term *term, struct str *rows,
                        struct str *value, struct error *err)
{
    bool adds_up = query->metric->type == METRIC_RATIO && term->of != NULL;
    const char *column = adds_up ? numeric_column(term->of, rows_of(query)) : "1";
    if (column == NULL)
        return error_set(err, _("'%s' is no column of numbers that %s have"), term->of,
                         import_as_name(rows_of(query)));
    str_append(value, column);
    if (adds_up) {
        condition_and(rows);
        str_printf(rows, "%s IS NOT NULL", column);
    }
    return true;
}

static bool write_side(struct query *query, enum side side, const int64_t *touchpoints,
                       size_t count, struct error *err)
{
    const struct metric_term *term = side == SIDE_A ? &query->metric->a : &query->metric->b;
    struct str *rows = side == SIDE_A ? &query->a : &query->b;
    struct str *value = side == SIDE_A ? &query->a_value : &query->b_value;
    if (!condition_filters(&query->bindings, rows, rows_of(query), &term->where, err) ||
        !write_value(query, term, rows, value, err))
        return false;
    if (filters_name(&term->where, "touchpoint") ||
        filters_name(&query->metric->where, "touchpoint"))
        query->everywhere |= side;
    else if (query->formula->at_touchpoint & side)
        add_touchpoints(rows, touchpoints, count);
    return true;
}

static bool has_two_sides(const struct query *query)
{
    return query->metric->type != METRIC_PER_CASE;
}

static unsigned sides_of(const struct query *query)
{
    return has_two_sides(query) ? SIDE_A | SIDE_B : SIDE_A;
}

static void write_at_issue(struct query *query)
{
    const unsigned sides = query->formula->at_touchpoint;
    str_append(&query->at_issue, query->where.text);
    condition_and(&query->at_issue);
    if (sides == (SIDE_A | SIDE_B))
        str_printf(&query->at_issue, "((%s) OR (%s))", query->a.text, query->b.text);
    else
        str_printf(&query->at_issue, "(%s)", sides & SIDE_A ? query->a.text : query->b.text);
}

static bool write_sides(struct query *query, const int64_t *touchpoints, size_t count,
                        struct error *err)
{
    if (!write_side(query, SIDE_A, touchpoints, count, err))
        return false;
    if (has_two_sides(query) && !write_side(query, SIDE_B, touchpoints, count, err))
        return false;
    if (query->a.length == 0)
        str_append(&query->a, "1");
    if (query->b.length == 0)
        str_append(&query->b, has_two_sides(query) ? "1" : "0");
    if (query->b_value.length == 0)
        str_append(&query->b_value, "1");
    write_at_issue(query);
    return true;
}

/* ---- The query ---- */

static bool write_rows(struct query *query, const int64_t *touchpoints, size_t count,
                       struct error *err)
{
    const struct metric *metric = query->metric;
    add_touchpoints(&query->where, touchpoints, count);
    str_append(&query->choice, query->where.text);
    if (query->formula->needs_value)
        str_printf(&query->where, " AND %s IS NOT NULL", query->value.text);
    str_append(&query->at_issue, query->where.text);
    return !query->formula->needs_hit || metric->source == SOURCE_OBSERVATION ||
           condition_filters(&query->bindings, &query->hit, rows_of(query), &metric->hit, err);
}

bool query_init(struct query *query, struct arena *arena, struct dictionary *dictionary,
                const struct metric *metric, const struct formula *formula,
                const int64_t *touchpoints, size_t touchpoint_count, struct error *err)
{
    *query = (struct query){
        .metric = metric,
        .formula = formula,
        .bindings = { .arena = arena, .dictionary = dictionary },
    };
    struct str *texts[] = { &query->value,  &query->hit,     &query->where,      &query->a,
                            &query->b,      &query->a_value, &query->b_value,    &query->at_issue,
                            &query->choice, &query->places,  &query->case_places };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        str_init(texts[i]);

    bool good = choose_rows(query, err) && condition_filters(&query->bindings, &query->where,
                                                             rows_of(query), &metric->where, err);
    if (good && query_is_of_cases(metric, formula))
        good = write_sides(query, touchpoints, touchpoint_count, err);
    else if (good)
        good = write_rows(query, touchpoints, touchpoint_count, err);
    good = good && query_write_places(query, sides_of(query), touchpoints, touchpoint_count, err);
    if (!good)
        query_finish(query);
    return good;
}

void query_finish(struct query *query)
{
    str_finish(&query->value);
    str_finish(&query->hit);
    str_finish(&query->where);
    str_finish(&query->a);
    str_finish(&query->b);
    str_finish(&query->a_value);
    str_finish(&query->b_value);
    str_finish(&query->at_issue);
    str_finish(&query->choice);
    str_finish(&query->places);
    str_finish(&query->case_places);
}

/* ---- Statements ---- */

static const struct period ever = { .first = INT32_MIN, .last = INT32_MAX };

bool query_prepare(struct query *query, struct store *store, const char *sql, sqlite3_stmt **out,
                   struct error *err)
{
    if (!sql_prepare(store, sql, out, err))
        return false;
    bindings_bind(&query->bindings, *out);
    return true;
}

static void write_has(struct str *sql, const struct query *query, const char *column)
{
    str_append(sql, "SELECT EXISTS (SELECT 1");
    query_write_from(sql, query, ever);
    str_printf(sql, " WHERE %s AND %s IS NOT NULL)", query->at_issue.text, column);
}

bool query_has(struct query *query, struct store *store, const char *column, bool *out,
               struct error *err)
{
    struct str sql;
    sqlite3_stmt *statement;
    str_init(&sql);
    if (query->rolled_up)
        str_printf(&sql,
                   "SELECT EXISTS (SELECT 1 FROM series WHERE source = '%s' AND %s AND"
                   " %s IS NOT NULL AND EXISTS (SELECT 1 FROM rollup WHERE series = id AND"
                   " quantity = %d))",
                   table_of(query), query->choice.text, column, (int)query_quantity(query));
    else if (query->has_series)
        str_printf(&sql,
                   "SELECT EXISTS (SELECT 1 FROM series WHERE source = 'event' AND %s AND"
                   " %s IS NOT NULL)",
                   query->at_issue.text, column);
    else
        write_has(&sql, query, column);
    bool good = query_prepare(query, store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    good = sql_step(store, statement, err) == SQL_ROW;
    *out = good && sqlite3_column_int(statement, 0) != 0;
    sqlite3_finalize(statement);
    return good;
}

/* Lets go of the word where no row has any in this column. */
static bool settle(struct query *query, struct store *store, const char *column, int64_t *word,
                   struct error *err)
{
    bool known = true;
    if (*word != 0 && !query_has(query, store, column, &known, err))
        return false;
    if (!known)
        *word = 0;
    return true;
}

bool query_settle(struct query *query, struct store *store, const struct query_lens *wanted,
                  struct query_lens *out, struct error *err)
{
    *out = *wanted;
    return settle(query, store, "persona", &out->persona, err) &&
           settle(query, store, "context", &out->context, err) &&
           settle(query, store, "channel", &out->channel, err);
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

void query_add_words(struct str *sql, const struct query_lens *lens)
{
    if (lens->persona != 0)
        str_printf(sql, " AND persona = %" PRId64, lens->persona);
    if (lens->context != 0)
        str_printf(sql, " AND context = %" PRId64, lens->context);
    if (lens->channel != 0)
        str_printf(sql, " AND channel = %" PRId64, lens->channel);
    if (lens->variant != 0)
        str_printf(sql, " AND variant = %" PRId64, lens->variant);
}

static void add_lens(struct str *sql, const struct query_lens *lens, bool observed)
{
    query_add_words(sql, lens);
    add_period(sql, observed, lens->period);
}

void query_add_lens(struct str *sql, const struct query_lens *lens)
{
    add_lens(sql, lens, false);
}

static void write_columns(struct str *sql, const struct query *query)
{
    const char *hit = query->hit.length > 0 ? query->hit.text : "0";
    switch (query->metric->source) {
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
    query_write_from(&sql, query, lens->period);
    str_printf(&sql, " WHERE %s", query->where.text);
    add_lens(&sql, lens, query->metric->source == SOURCE_OBSERVATION);
    bool good = query_prepare(query, store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

/* A side as a condition, with the lens where the figure is about it. */
static void add_side(struct str *sql, const struct query *query, enum side side,
                     const struct query_lens *lens)
{
    str_printf(sql, "(%s", side == SIDE_A ? query->a.text : query->b.text);
    if (query->formula->at_touchpoint & side)
        add_lens(sql, lens, false);
    str_append(sql, ")");
}

bool query_cases(struct query *query, struct store *store, const struct query_lens *lens,
                 sqlite3_stmt **out, struct error *err)
{
    bool all_in_period = query->formula->at_touchpoint == sides_of(query);
    struct str sql;
    str_init(&sql);
    str_append(&sql, "SELECT touchpoint, ts, context, ");
    add_side(&sql, query, SIDE_A, lens);
    str_append(&sql, ", ");
    add_side(&sql, query, SIDE_B, lens);
    str_printf(&sql, ", %s, %s, " CASE_KEY_COLUMNS, query->a_value.text, query->b_value.text);
    query_write_from_cases(&sql, query, all_in_period ? lens->period : ever);
    str_append(&sql, " WHERE ");
    if (query->where.length > 0)
        str_printf(&sql, "%s AND ", query->where.text);
    str_append(&sql, "(");
    add_side(&sql, query, SIDE_A, lens);
    str_append(&sql, " OR ");
    add_side(&sql, query, SIDE_B, lens);
    str_append(&sql, ") ORDER BY " CASE_KEY_COLUMNS ", ts, id");
    bool good = query_prepare(query, store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

bool query_stands(struct query *query, struct store *store, const struct query_lens *lens,
                  sqlite3_stmt **out, struct error *err)
{
    struct query_lens timeless = *lens;
    struct str sql;
    timeless.period = ever;
    str_init(&sql);
    str_append(&sql, "SELECT id, touchpoint, context, ");
    add_side(&sql, query, SIDE_A, &timeless);
    str_append(&sql, ", ");
    add_side(&sql, query, SIDE_B, &timeless);
    str_printf(&sql, " FROM sequence_stand WHERE %s",
               query->where.length > 0 ? query->where.text : "1");
    bool good = query_prepare(query, store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

void query_write_rows(struct str *sql, const struct query *query, const struct query_lens *lens)
{
    query_write_from(sql, query, lens->period);
    str_printf(sql, " WHERE %s", query->at_issue.text);
    add_lens(sql, lens, query->metric->source == SOURCE_OBSERVATION);
}
