/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/costs.h>

#include <math.h>

#include <stellwerk/store/measure.h>

static struct metric cost_metric(void)
{
    return (struct metric){
        .id = "cost",
        .type = METRIC_SUM,
        .source = SOURCE_EVENT,
        .of = "cost",
        .quantile = NAN,
        .threshold = NAN,
        .whole = true,
    };
}

/* The cost of everything, and of each channel. */
static struct metric *make_metrics(struct arena *arena, const struct journey *journey)
{
    size_t count = journey->channel_count;
    struct metric *metrics = arena_array(arena, count + 1, sizeof(*metrics));
    struct filter *filters = arena_array(arena, count, sizeof(*filters));
    metrics[0] = cost_metric();
    for (size_t i = 0; i < count; i++) {
        const char **id = arena_array(arena, 1, sizeof(*id));
        *id = journey->channels[i].id;
        filters[i] = (struct filter){ .column = "channel", .values = { .items = id, .count = 1 } };
        metrics[i + 1] = cost_metric();
        metrics[i + 1].where = (struct filters){ .items = &filters[i], .count = 1 };
    }
    return metrics;
}

/* The journey with these metrics, all of them at each touchpoint, in place of its own. */
static struct journey with_costs(struct arena *arena, const struct journey *journey)
{
    struct journey asked = *journey;
    asked.metrics = make_metrics(arena, journey);
    asked.metric_count = journey->channel_count + 1;
    struct indices all = { .items = arena_array(arena, asked.metric_count, sizeof(*all.items)),
                           .count = asked.metric_count };
    for (size_t i = 0; i < all.count; i++)
        all.items[i] = (int)i;
    asked.touchpoints = arena_array(arena, journey->touchpoint_count, sizeof(*asked.touchpoints));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        asked.touchpoints[i] = journey->touchpoints[i];
        asked.touchpoints[i].metrics = all;
    }
    return asked;
}

static void add(double *sum, double cost)
{
    *sum = isnan(*sum) ? cost : *sum + cost;
}

/* A sum of no rows is nothing that anybody said. */
static void take(const struct figures *figures, struct costs *out)
{
    for (size_t i = 0; i < figures->measure_count; i++) {
        const struct measure *measure = &figures->measures[i];
        if (measure->n == 0 || isnan(measure->value))
            continue;
        if (measure->metric == 0)
            out->touchpoints[measure->touchpoint] = measure->value;
        else
            add(&out->channels[measure->metric - 1], measure->value);
    }
}

static double *unknown(struct arena *arena, size_t count)
{
    double *items = arena_array(arena, count, sizeof(*items));
    for (size_t i = 0; i < count; i++)
        items[i] = NAN;
    return items;
}

bool store_costs_read(struct arena *arena, struct store *store, const struct journey *journey,
                      const struct lens *lens, struct costs *out, struct error *err)
{
    struct journey asked = with_costs(arena, journey);
    *out = (struct costs){
        .touchpoints = unknown(arena, journey->touchpoint_count),
        .channels = unknown(arena, journey->channel_count),
    };
    struct figures *figures = store_measure(store, &asked, lens, err);
    if (figures == NULL)
        return false;
    take(figures, out);
    figures_destroy(figures);
    return true;
}
