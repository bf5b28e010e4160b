/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include <inttypes.h>

#include "event_places.h"

/* The touchpoints that are chosen by one of the filters; false: none chooses any. */
static bool add_filtered(struct query *query, struct str *list, const struct filters *filters,
                         bool *out, struct error *err)
{
    *out = false;
    for (size_t i = 0; !*out && i < filters->count; i++) {
        const struct filter *filter = &filters->items[i];
        *out = column_find(filter->column, IMPORT_EVENTS) == COLUMN_TOUCHPOINT;
        for (size_t j = 0; *out && j < filter->values.count; j++) {
            str_append(list, list->length > 0 ? ", " : "");
            if (!condition_value(&query->bindings, list, COLUMN_TOUCHPOINT, filter->values.items[j],
                                 err))
                return false;
        }
    }
    return true;
}

static bool add_given(struct str *list, const int64_t *touchpoints, size_t count)
{
    if (count > QUERY_TOUCHPOINTS_LISTED)
        return false;
    for (size_t i = 0; i < count; i++)
        str_printf(list, "%s%" PRId64, list->length > 0 ? ", " : "", touchpoints[i]);
    return true;
}

/* All touchpoints that rows of a side can be at; `*out` is false where they can be anywhere. */
static bool add_side(struct query *query, struct str *list, enum side side,
                     const int64_t *touchpoints, size_t count, bool *out, struct error *err)
{
    const struct metric *metric = query->metric;
    const struct metric_term *term = side == SIDE_A ? &metric->a : &metric->b;
    if (!add_filtered(query, list, &metric->where, out, err) ||
        (!*out && !add_filtered(query, list, &term->where, out, err)))
        return false;
    if (!*out && (query->formula->at_touchpoint & side))
        *out = add_given(list, touchpoints, count);
    return true;
}

static bool write_sides(struct query *query, struct str *places, unsigned sides,
                        const int64_t *touchpoints, size_t count, struct error *err)
{
    struct str list;
    bool known = true, good = true;
    str_init(&list);
    if (sides & SIDE_A)
        good = add_side(query, &list, SIDE_A, touchpoints, count, &known, err);
    if (good && known && (sides & SIDE_B))
        good = add_side(query, &list, SIDE_B, touchpoints, count, &known, err);
    if (good && known)
        str_printf(places, "IN (%s)", list.text);
    str_finish(&list);
    return good;
}

bool query_write_places(struct query *query, unsigned sides, const int64_t *touchpoints,
                        size_t count, struct error *err)
{
    if (query->metric->source != SOURCE_EVENT)
        return true;
    if (query_is_of_cases(query->metric, query->formula))
        return write_sides(query, &query->places, query->formula->at_touchpoint, touchpoints, count,
                           err) &&
               write_sides(query, &query->case_places, sides, touchpoints, count, err);
    struct str list;
    str_init(&list);
    if (add_given(&list, touchpoints, count))
        str_printf(&query->places, "IN (%s)", list.text);
    str_finish(&list);
    return true;
}

static void write_from(struct str *sql, const struct query *query, const struct str *places,
                       struct period period)
{
    str_append(sql, " FROM ");
    if (places->length > 0)
        event_places_write(sql, places->text, period);
    else
        str_append(sql, query_table(query->metric->source));
}

void query_write_from(struct str *sql, const struct query *query, struct period period)
{
    write_from(sql, query, &query->places, period);
}

void query_write_from_cases(struct str *sql, const struct query *query, struct period period)
{
    write_from(sql, query, &query->case_places, period);
}

void query_write_order(struct str *sql, const struct query *query)
{
    const char *by = query->metric->source == SOURCE_OBSERVATION ? "period_end" : "ts";
    if (query->places.length > 0)
        str_append(sql, " ORDER BY at DESC, row DESC");
    else
        str_printf(sql, " ORDER BY %s DESC, id DESC", by);
}
