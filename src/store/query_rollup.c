/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include <string.h>

#include <stellwerk/base/array.h>

#include "rollup_series.h"
#include "rollup_spans.h"

/* What figures may have to tell apart, beside what the map asks for. */
static const enum column always[] = { COLUMN_PERSONA, COLUMN_CONTEXT, COLUMN_CHANNEL,
                                      COLUMN_VARIANT };
static const enum column of_answers[] = { COLUMN_METRIC, COLUMN_KIND, COLUMN_SCALE_MIN,
                                          COLUMN_SCALE_MAX };

static bool all_told_apart(const enum column *columns, size_t count, unsigned folded)
{
    bool all = true;
    for (size_t i = 0; i < count; i++)
        all = all && series_tell_apart(columns[i], folded);
    return all;
}

static bool filters_told_apart(const struct filters *filters, enum import_as as, unsigned folded)
{
    bool all = true;
    for (size_t i = 0; i < filters->count; i++)
        all = all && series_tell_apart(column_find(filters->items[i].column, as), folded);
    return all;
}

static bool is_answerable(const struct query *query, unsigned folded)
{
    const struct metric *metric = query->metric;
    enum import_as as = query_kind(metric->source);
    bool told = all_told_apart(always, ARRAY_LEN(always), folded) &&
                filters_told_apart(&metric->where, as, folded) &&
                (!query->formula->needs_hit || filters_told_apart(&metric->hit, as, folded));
    if (as == IMPORT_ANSWERS)
        return told && all_told_apart(of_answers, ARRAY_LEN(of_answers), folded);
    return told && (metric->of == NULL || series_tell_apart(COLUMN_ACTIVITY, folded));
}

bool query_choose_rollup(struct query *query, struct store *store, struct error *err)
{
    bool ready;
    unsigned folded;
    query->rolled_up = false;
    if (query->metric->source == SOURCE_OBSERVATION ||
        query_is_of_cases(query->metric, query->formula))
        return true;
    if (!rollup_is_ready(store, query_kind(query->metric->source), &ready, &folded, err))
        return false;
    query->rolled_up = ready && is_answerable(query, folded);
    return spans_are_ready(store, query_kind(query->metric->source), &query->spanned, err);
}

enum rollup_quantity query_quantity(const struct query *query)
{
    if (!query->formula->needs_value)
        return ROLLUP_ROWS;
    return strcmp(query->value.text, "cost") == 0 ? ROLLUP_COST : ROLLUP_VALUE;
}

bool query_series(struct query *query, struct store *store, const struct query_lens *lens,
                  sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "SELECT id, touchpoint, context, %s AS hit, scale_min, scale_max FROM series"
               " WHERE source = '%s' AND %s",
               query->hit.length > 0 ? query->hit.text : "0", query_table(query->metric->source),
               query->choice.text);
    query_add_words(&sql, lens);
    str_append(&sql, " ORDER BY touchpoint, hit, scale_min, scale_max, context");
    bool good = query_prepare(query, store, sql.text, out, err);
    str_finish(&sql);
    return good;
}

bool query_count_series(struct query *query, struct store *store, const struct query_lens *lens,
                        sqlite3_stmt **out, struct error *err)
{
    struct str sql;
    str_init(&sql);
    str_printf(&sql,
               "SELECT touchpoint, count(*) FROM series WHERE source = '%s'"
               " AND touchpoint IS NOT NULL",
               query_table(query->metric->source));
    query_add_words(&sql, lens);
    str_append(&sql, " GROUP BY touchpoint");
    bool good = sql_prepare(store, sql.text, out, err);
    str_finish(&sql);
    return good;
}
