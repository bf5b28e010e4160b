/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/costs.h>

#include <math.h>

#include <stellwerk/store/measure.h>

#include "rollup.h"
#include "rollup_series.h"

/* Events that name the currency; all where it is NULL. */
static struct filters where(struct arena *arena, const char *currency)
{
    if (currency == NULL)
        return (struct filters){ 0 };
    const char **word = arena_array(arena, 1, sizeof(*word));
    struct filter *filter = arena_array(arena, 1, sizeof(*filter));
    *word = currency;
    *filter = (struct filter){ .column = "currency", .values = { .items = word, .count = 1 } };
    return (struct filters){ .items = filter, .count = 1 };
}

static struct metric cost_metric(struct arena *arena, const char *currency)
{
    return (struct metric){
        .id = "cost",
        .type = METRIC_SUM,
        .source = SOURCE_EVENT,
        .of = "cost",
        .quantile = NAN,
        .threshold = NAN,
        .whole = true,
        .where = where(arena, currency),
    };
}

/* The journey with these metrics, all of them at each touchpoint, in place of its own. */
static struct journey with_metrics(struct arena *arena, const struct journey *journey,
                                   struct metric *metrics, size_t count)
{
    struct journey asked = *journey;
    asked.metrics = metrics;
    asked.metric_count = count;
    struct indices all = { .items = arena_array(arena, count, sizeof(*all.items)), .count = count };
    for (size_t i = 0; i < all.count; i++)
        all.items[i] = (int)i;
    asked.touchpoints = arena_array(arena, journey->touchpoint_count, sizeof(*asked.touchpoints));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        asked.touchpoints[i] = journey->touchpoints[i];
        asked.touchpoints[i].metrics = all;
    }
    return asked;
}

/* ---- In which currency ---- */

/* Those that any event names, the series know without the rows. */
static bool list_currencies(struct arena *arena, struct store *store, struct texts *out,
                            struct error *err)
{
    sqlite3_stmt *words;
    enum sql_result result;
    size_t capacity = 0;
    bool ready;
    unsigned folded;
    *out = (struct texts){ 0 };
    if (!rollup_is_ready(store, IMPORT_EVENTS, &ready, &folded, err) ||
        !sql_prepare(store,
                     ready && series_tell_apart(COLUMN_CURRENCY, folded)
                         ? "SELECT text FROM word WHERE id IN (SELECT currency FROM series"
                           " WHERE source = 'event') ORDER BY text"
                         : "SELECT text FROM word WHERE id IN (SELECT currency FROM event)"
                           " ORDER BY text",
                     &words, err))
        return false;
    while ((result = sql_step(store, words, err)) == SQL_ROW) {
        out->items = arena_grow(arena, out->items, out->count, &capacity, sizeof(*out->items));
        out->items[out->count++] = arena_strdup(arena, sql_text(words, 0));
    }
    sqlite3_finalize(words);
    return result == SQL_DONE;
}

/* How many events name a cost, in all and in each currency. */
static bool count_costs(struct arena *arena, struct store *store, const struct journey *journey,
                        const struct lens *lens, const struct texts *currencies, double *counts,
                        struct error *err)
{
    size_t count = currencies->count + 1;
    struct metric *metrics = arena_array(arena, count, sizeof(*metrics));
    for (size_t i = 0; i < count; i++)
        metrics[i] = cost_metric(arena, i > 0 ? currencies->items[i - 1] : NULL);
    struct journey asked = with_metrics(arena, journey, metrics, count);
    struct figures *figures = store_measure(store, &asked, lens, err);
    if (figures == NULL)
        return false;
    for (size_t i = 0; i < figures->measure_count; i++)
        counts[figures->measures[i].metric] += (double)figures->measures[i].n;
    figures_destroy(figures);
    return true;
}

/* That which most costs are in; what names none counts only where nothing does. */
static bool find_currency(struct arena *arena, struct store *store, const struct journey *journey,
                          const struct lens *lens, struct costs *out, struct error *err)
{
    struct texts currencies;
    if (!list_currencies(arena, store, &currencies, err))
        return false;
    double *counts = arena_array(arena, currencies.count + 1, sizeof(*counts));
    if (currencies.count > 0 && !count_costs(arena, store, journey, lens, &currencies, counts, err))
        return false;
    double most = 0;
    for (size_t i = 0; i < currencies.count; i++) {
        if (counts[i + 1] <= most)
            continue;
        most = counts[i + 1];
        out->currency = currencies.items[i];
    }
    if (out->currency != NULL)
        out->left_out = (uint64_t)(counts[0] - most);
    return true;
}

/* ---- What they come to ---- */

/* A sum of no rows is nothing that anybody said. */
static void take(const struct figures *figures, struct costs *out)
{
    for (size_t i = 0; i < figures->measure_count; i++) {
        const struct measure *measure = &figures->measures[i];
        if (measure->n > 0)
            out->touchpoints[measure->touchpoint] = measure->value;
    }
}

bool store_costs_read(struct arena *arena, struct store *store, const struct journey *journey,
                      const struct lens *lens, struct costs *out, struct error *err)
{
    size_t count = journey->touchpoint_count;
    *out = (struct costs){ .touchpoints = arena_array(arena, count, sizeof(*out->touchpoints)) };
    for (size_t i = 0; i < count; i++)
        out->touchpoints[i] = NAN;
    if (!find_currency(arena, store, journey, lens, out, err))
        return false;
    struct metric metric = cost_metric(arena, out->currency);
    struct journey asked = with_metrics(arena, journey, &metric, 1);
    struct figures *figures = store_measure(store, &asked, lens, err);
    if (figures == NULL)
        return false;
    take(figures, out);
    figures_destroy(figures);
    return true;
}
