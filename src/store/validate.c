/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/validate.h>

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/measure.h>

#include "query.h"
#include "rollup_series.h"

/* So many words are looked through for one that is like the one that is missing. */
#define WORDS_OFFERED "10000"

struct validation {
    struct store *store;
    const struct journey *journey;
    const struct figures *figures; /* all there is */
    bool rolled_up[2];             /* by source, but for observations */
    unsigned folded[2];
    struct diag_list *findings;
    struct dictionary dictionary;
    struct arena scratch;
};

/* ---- Questions ---- */

/* Where it stands what rows of a source say in a column: in few series, else in the rows. */
static const char *rows_saying(const struct validation *validation, enum metric_source source,
                               enum column column)
{
    static const char *const series[] = {
        [SOURCE_EVENT] = "(SELECT * FROM series WHERE source = 'event')",
        [SOURCE_ANSWER] = "(SELECT * FROM series WHERE source = 'answer')",
    };
    bool in_series = source < ARRAY_LEN(series) && validation->rolled_up[source] &&
                     series_tell_apart(column, validation->folded[source]);
    return in_series ? series[source] : query_table(source);
}

static bool exists(struct validation *validation, const struct bindings *bindings,
                   const char *table, const char *condition, bool *out, struct error *err)
{
    struct str sql;
    sqlite3_stmt *statement;
    str_init(&sql);
    str_printf(&sql, "SELECT EXISTS (SELECT 1 FROM %s WHERE %s)", table, condition);
    bool good = sql_prepare(validation->store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    if (bindings != NULL)
        bindings_bind(bindings, statement);
    good = sql_step(validation->store, statement, err) == SQL_ROW;
    *out = good && sqlite3_column_int(statement, 0) != 0;
    sqlite3_finalize(statement);
    return good;
}

/* The word nearest to one that no row has in a column; NULL. */
static bool find_near(struct validation *validation, const char *table, const char *column,
                      const char *wanted, const char **out, struct error *err)
{
    struct str sql;
    struct near near;
    sqlite3_stmt *statement;
    enum sql_result result;
    near_init(&near, wanted);
    str_init(&sql);
    str_printf(&sql,
               "SELECT text FROM word WHERE id IN (SELECT DISTINCT %s FROM %s) ORDER BY text"
               " LIMIT " WORDS_OFFERED,
               column, table);
    bool good = sql_prepare(validation->store, sql.text, &statement, err);
    str_finish(&sql);
    if (!good)
        return false;
    while ((result = sql_step(validation->store, statement, err)) == SQL_ROW)
        near_offer(&near, arena_strdup(&validation->scratch, sql_text(statement, 0)));
    sqlite3_finalize(statement);
    *out = near.best;
    return result == SQL_DONE;
}

static void report_unknown(struct validation *validation, struct pos pos, const char *rows,
                           const char *column, const char *text, const char *near)
{
    if (near != NULL)
        diag_add(validation->findings, SEVERITY_WARNING, pos, "unknown_value",
                 _("no row of the %s in the store has '%s' in '%s'; did you mean '%s'?"), rows,
                 text, column, near);
    else
        diag_add(validation->findings, SEVERITY_WARNING, pos, "unknown_value",
                 _("no row of the %s in the store has '%s' in '%s'"), rows, text, column);
}

/* ---- Filters ---- */

static void report_column(struct validation *validation, const struct filter *filter,
                          enum import_as as)
{
    const char *near = column_near(filter->column, as);
    if (near != NULL)
        diag_add(validation->findings, SEVERITY_ERROR, filter->pos, "unknown_column",
                 _("%s have no column '%s'; did you mean '%s'?"), import_as_name(as),
                 filter->column, near);
    else
        diag_add(validation->findings, SEVERITY_ERROR, filter->pos, "unknown_column",
                 _("%s have no column '%s'"), import_as_name(as), filter->column);
}

/* A value that no row has. What is no value of the column at all is said, and not asked for. */
static bool check_value(struct validation *validation, enum metric_source source, struct pos pos,
                        enum column column, const char *text, struct error *err)
{
    const struct column_info *info = column_info(column);
    struct bindings bindings = {
        .arena = &validation->scratch,
        .dictionary = &validation->dictionary,
    };
    struct str condition;
    struct error why;
    bool found = true, good = true;
    const char *near = NULL;
    str_init(&condition);
    str_printf(&condition, "%s = ", info->name);
    error_init(&why);
    if (!condition_value(&bindings, &condition, column, text, &why))
        diag_add(validation->findings, SEVERITY_ERROR, pos, "wrong_type", "%s", why.text);
    else
        good = exists(validation, &bindings, rows_saying(validation, source, column),
                      condition.text, &found, err);
    str_finish(&condition);
    if (!good || found)
        return good;
    if (info->type == COLUMN_IS_WORD &&
        !find_near(validation, rows_saying(validation, source, column), info->name, text, &near,
                   err))
        return false;
    report_unknown(validation, pos, import_as_name(query_kind(source)), info->name, text, near);
    return true;
}

static bool check_filters(struct validation *validation, enum metric_source source,
                          const struct filters *filters, struct error *err)
{
    for (size_t i = 0; i < filters->count; i++) {
        const struct filter *filter = &filters->items[i];
        enum column column = column_find(filter->column, query_kind(source));
        if (column == COLUMN_NONE) {
            report_column(validation, filter, query_kind(source));
            continue;
        }
        for (size_t j = 0; j < filter->values.count; j++)
            if (!check_value(validation, source, filter->pos, column, filter->values.items[j], err))
                return false;
    }
    return true;
}

/* ---- What a metric is of ---- */

/* A column that holds no numbers has none to add up. */
static bool check_numeric(struct validation *validation, const struct metric *metric,
                          const char *of, struct pos pos, bool *named)
{
    enum import_as as = query_kind(metric->source);
    enum column column = column_find(of, as);
    *named = column != COLUMN_NONE;
    if (column == COLUMN_NONE || column_info(column)->type == COLUMN_IS_NUMBER)
        return true;
    diag_add(validation->findings, SEVERITY_ERROR, pos, "wrong_type",
             _("the column '%s' of %s holds no numbers"), of, import_as_name(as));
    return false;
}

static bool check_of(struct validation *validation, const struct metric *metric, struct error *err)
{
    bool named;
    if (metric->of == NULL || metric->source != SOURCE_EVENT)
        return true;
    if (!check_numeric(validation, metric, metric->of, metric->pos, &named) || named)
        return true;
    return check_value(validation, SOURCE_EVENT, metric->pos, COLUMN_ACTIVITY, metric->of, err);
}

static void check_term(struct validation *validation, const struct metric *metric,
                       const struct metric_term *term)
{
    bool named;
    if (metric->type == METRIC_RATIO && term->of != NULL &&
        check_numeric(validation, metric, term->of, term->pos, &named) && !named)
        diag_add(validation->findings, SEVERITY_ERROR, term->pos, "unknown_column",
                 _("%s have no column '%s'"), import_as_name(query_kind(metric->source)), term->of);
}

static bool check_question(struct validation *validation, const struct metric *metric,
                           struct error *err)
{
    if (metric->source == SOURCE_EVENT)
        return true;
    return check_value(validation, metric->source, metric->pos, COLUMN_METRIC,
                       metric->answer != NULL ? metric->answer : metric->id, err);
}

/* An NPS cuts 0..10; on any other scale its figure would mean nothing. */
static bool check_scale(struct validation *validation, const struct metric *metric,
                        struct error *err)
{
    struct bindings bindings = {
        .arena = &validation->scratch,
        .dictionary = &validation->dictionary,
    };
    struct str condition;
    bool found = false;
    if (metric->type != METRIC_NPS || metric->source != SOURCE_ANSWER)
        return true;
    str_init(&condition);
    bool good = condition_word(&bindings, &condition, "metric",
                               metric->answer != NULL ? metric->answer : metric->id, err);
    str_append(&condition, " AND (value < 0 OR value > 10 OR scale_min <> 0 OR scale_max <> 10)");
    good = good && exists(validation, &bindings, "answer", condition.text, &found, err);
    str_finish(&condition);
    if (found)
        diag_add(validation->findings, SEVERITY_WARNING, metric->pos, "wrong_scale",
                 _("there are answers to '%s' on another scale than 0 to 10, which an NPS is of"),
                 metric->answer != NULL ? metric->answer : metric->id);
    return good;
}

/* ---- What was measured ---- */

static const char *touchpoint_name(const struct validation *validation,
                                   const struct measure *measure)
{
    return validation->journey->touchpoints[measure->touchpoint].id;
}

/* Rows that are there, and lack the value that the formula is of. */
static bool check_values(struct validation *validation, const struct metric *metric,
                         const struct measure *measure, bool *out, struct error *err)
{
    const struct formula *formula = formula_find(metric);
    struct formula without;
    struct query query;
    int64_t touchpoint;
    *out = false;
    if (formula == NULL || !formula->needs_value)
        return true;
    without = *formula;
    without.needs_value = false;
    if (!dictionary_number(&validation->dictionary, touchpoint_name(validation, measure),
                           &touchpoint, err) ||
        !query_init(&query, &validation->scratch, &validation->dictionary, metric, &without,
                    &touchpoint, 1, err))
        return false;
    bool good = query_has(&query, validation->store, "id", out, err);
    query_finish(&query);
    return good;
}

static bool has_rows_somewhere(const struct validation *validation, int metric)
{
    for (size_t i = 0; i < validation->figures->measure_count; i++)
        if (validation->figures->measures[i].metric == metric &&
            validation->figures->measures[i].n > 0)
            return true;
    return false;
}

/* A metric without rows anywhere asks for the wrong thing; one touchpoint without any may just be
 * one where nobody asked yet. */
static bool report_no_rows(struct validation *validation, const struct metric *metric,
                           const struct measure *measure, struct error *err)
{
    struct pos pos = validation->journey->touchpoints[measure->touchpoint].pos;
    bool somewhere = has_rows_somewhere(validation, measure->metric), rows;
    if (!check_values(validation, metric, measure, &rows, err))
        return false;
    if (rows)
        diag_add(validation->findings, SEVERITY_WARNING, pos, "no_values",
                 _("the rows of the metric '%s' at the touchpoint '%s' have no values"), metric->id,
                 touchpoint_name(validation, measure));
    else
        diag_add(validation->findings, somewhere ? SEVERITY_NOTE : SEVERITY_WARNING, pos, "no_rows",
                 _("the store has no rows of the metric '%s' at the touchpoint '%s'"), metric->id,
                 touchpoint_name(validation, measure));
    return true;
}

static void report_stale(struct validation *validation, const struct metric *metric,
                         const struct measure *measure)
{
    struct arena *scratch = &validation->scratch;
    diag_add(validation->findings, SEVERITY_WARNING, metric->pos, "stale_metric",
             _("the metric '%s' at the touchpoint '%s' is stale: its newest row is of %s, and it "
               "stays fresh for %s"),
             metric->id, touchpoint_name(validation, measure),
             locale_day(scratch, time_day(measure->newest)),
             locale_age(scratch, (int32_t)(metric->fresh / TIME_US_PER_DAY)));
}

/* `explained`: a finding about what the metric asks for says already why it has nothing. */
static bool check_measure(struct validation *validation, const struct metric *metric,
                          const struct measure *measure, bool explained, struct error *err)
{
    switch (measure->status) {
    case MEASURE_FAILED:
        if (!explained)
            diag_add(validation->findings, SEVERITY_ERROR, metric->pos, "metric_failed",
                     _("the metric '%s' cannot be computed: %s"), metric->id, measure->reason);
        return true;
    case MEASURE_NO_ROWS:
        return explained || report_no_rows(validation, metric, measure, err);
    case MEASURE_HIDDEN:
        diag_add(validation->findings, SEVERITY_NOTE, metric->pos, "few_rows",
                 ngettext("the metric '%s' at the touchpoint '%s' has %d row, too few to show",
                          "the metric '%s' at the touchpoint '%s' has %d rows, too few to show",
                          measure->n),
                 metric->id, touchpoint_name(validation, measure), (int)measure->n);
        break;
    default:
        break;
    }
    if (measure->stale)
        report_stale(validation, metric, measure);
    return true;
}

/* A failure tells itself once, not at every touchpoint. */
static bool check_measures(struct validation *validation, size_t index, bool explained,
                           struct error *err)
{
    const struct metric *metric = &validation->journey->metrics[index];
    for (size_t i = 0; i < validation->figures->measure_count; i++) {
        const struct measure *measure = &validation->figures->measures[i];
        if (measure->metric != (int)index)
            continue;
        if (!check_measure(validation, metric, measure, explained, err))
            return false;
        explained = explained || measure->status == MEASURE_FAILED;
    }
    return true;
}

/* ---- Metrics, personas, contexts ---- */

static bool check_metric(struct validation *validation, size_t index, struct error *err)
{
    const struct metric *metric = &validation->journey->metrics[index];
    size_t before = validation->findings->errors + validation->findings->warnings;
    bool good = true;
    if (metric->type != METRIC_SQL)
        good = check_question(validation, metric, err) && check_of(validation, metric, err) &&
               check_filters(validation, metric->source, &metric->where, err) &&
               check_filters(validation, metric->source, &metric->hit, err) &&
               check_filters(validation, metric->source, &metric->a.where, err) &&
               check_filters(validation, metric->source, &metric->b.where, err);
    check_term(validation, metric, &metric->a);
    check_term(validation, metric, &metric->b);
    bool explained = validation->findings->errors + validation->findings->warnings > before;
    return good && check_scale(validation, metric, err) &&
           check_measures(validation, index, explained, err);
}

static bool is_used(const struct validation *validation, size_t metric)
{
    for (size_t i = 0; i < validation->figures->measure_count; i++)
        if (validation->figures->measures[i].metric == (int)metric)
            return true;
    return false;
}

/* Who or what the map knows and the store does not, although its rows say something of the kind:
 * perhaps under another name. */
static bool check_known(struct validation *validation, enum column column, const char *id,
                        struct pos pos, struct error *err)
{
    const char *name = column_info(column)->name;
    struct str condition;
    int64_t number;
    bool said = false, good;
    if (!dictionary_number(&validation->dictionary, id, &number, err))
        return false;
    if (number != WORD_NONE)
        return true;
    str_init(&condition);
    str_printf(&condition, "%s IS NOT NULL", name);
    good = exists(validation, NULL, rows_saying(validation, SOURCE_EVENT, column), condition.text,
                  &said, err) &&
           (said || exists(validation, NULL, rows_saying(validation, SOURCE_ANSWER, column),
                           condition.text, &said, err));
    str_finish(&condition);
    if (said)
        diag_add(validation->findings, SEVERITY_NOTE, pos, "not_in_store",
                 _("no row of the store has '%s' in '%s', though others are named there"), id,
                 name);
    return good;
}

static bool check_all(struct validation *validation, struct error *err)
{
    const struct journey *journey = validation->journey;
    for (size_t i = 0; i < journey->persona_count; i++)
        if (!check_known(validation, COLUMN_PERSONA, journey->personas[i].id,
                         journey->personas[i].pos, err))
            return false;
    for (size_t i = 0; i < journey->context_count; i++)
        if (!check_known(validation, COLUMN_CONTEXT, journey->contexts[i].id,
                         journey->contexts[i].pos, err))
            return false;
    for (size_t i = 0; i < journey->metric_count; i++)
        if (is_used(validation, i) && !check_metric(validation, i, err))
            return false;
    return true;
}

bool store_validate(struct store *store, const struct journey *journey, struct diag_list *findings,
                    struct error *err)
{
    const struct lens everything = {
        .persona = NONE,
        .context = NONE,
        .period = period_containing(PERIOD_ALL, 0),
    };
    struct figures *figures = store_measure(store, journey, &everything, err);
    if (figures == NULL)
        return false;
    struct validation validation = {
        .store = store,
        .journey = journey,
        .figures = figures,
        .findings = findings,
    };
    arena_init(&validation.scratch);
    dictionary_init(&validation.dictionary, store, false);
    bool good = rollup_is_ready(store, IMPORT_EVENTS, &validation.rolled_up[SOURCE_EVENT],
                                &validation.folded[SOURCE_EVENT], err) &&
                rollup_is_ready(store, IMPORT_ANSWERS, &validation.rolled_up[SOURCE_ANSWER],
                                &validation.folded[SOURCE_ANSWER], err) &&
                check_all(&validation, err);
    dictionary_finish(&validation.dictionary);
    arena_finish(&validation.scratch);
    figures_destroy(figures);
    return good;
}
