/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "query.h"

#include "sequence_log.h"
#include "sequence_stands.h"

static bool are_on_stands(const struct filters *filters)
{
    bool all = true;
    for (size_t i = 0; i < filters->count; i++) {
        enum column column = column_find(filters->items[i].column, IMPORT_EVENTS);
        all = all && stand_place(column) < STAND_COLUMNS;
    }
    return all;
}

static bool is_answerable(const struct metric *metric)
{
    bool adds_up = metric->type == METRIC_RATIO && (metric->a.of != NULL || metric->b.of != NULL);
    return !adds_up && are_on_stands(&metric->where) && are_on_stands(&metric->a.where) &&
           are_on_stands(&metric->b.where);
}

/* Stands may be of events that are gone, so that what there is must be asked of the series. */
bool query_choose_sequences(struct query *query, struct store *store, struct error *err)
{
    const struct metric *metric = query->metric;
    bool ready = false, rolled_up = false;
    unsigned folded;
    query->sequenced = query->has_series = false;
    if (metric->source != SOURCE_EVENT || !query_is_of_cases(metric, query->formula) ||
        !is_answerable(metric))
        return true;
    if (!sequence_log_is_ready(store, &ready, err) ||
        !rollup_is_ready(store, IMPORT_EVENTS, &rolled_up, &folded, err))
        return false;
    query->sequenced = ready;
    query->has_series = ready && rolled_up && folded == 0;
    return true;
}
