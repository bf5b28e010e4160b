/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/attribution.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "attribute.h"

static bool counts(double weight)
{
    return isfinite(weight) && weight >= 0;
}

static bool is_valid(const struct attribution_path *path, size_t touchpoints)
{
    const struct path_outcome *outcome = &path->outcome;
    if (!counts(outcome->conversions) || !counts(outcome->value) || !counts(outcome->nulls))
        return false;
    for (size_t i = 0; i < path->step_count; i++)
        if (path->steps[i] < 0 || (size_t)path->steps[i] >= touchpoints)
            return false;
    return true;
}

/* The paths that count, with their outcomes beside them, and the sums over all. */
static struct path_outcome *choose(struct arena *arena, const struct attribution_input *input,
                                   struct attributing *attributing, struct attribution *out)
{
    struct attribution_path *paths = arena_array(arena, input->count, sizeof(*paths));
    struct path_outcome *outcomes = arena_array(arena, input->count, sizeof(*outcomes));
    for (size_t i = 0; i < input->count; i++) {
        const struct attribution_path *path = &input->paths[i];
        out->left_out += !is_valid(path, input->touchpoints);
        if (!is_valid(path, input->touchpoints) ||
            path->outcome.conversions + path->outcome.nulls <= 0)
            continue;
        outcomes[attributing->count] = path->outcome;
        paths[attributing->count++] = *path;
        if (path->step_count > attributing->longest)
            attributing->longest = path->step_count;
        out->conversions += path->outcome.conversions;
        out->value += path->outcome.value;
        out->nulls += path->outcome.nulls;
        if (path->step_count > 0) {
            out->credited += path->outcome.conversions;
            out->credited_value += path->outcome.value;
        }
        out->no_times |= path->decay == NULL && path->step_count > 0 &&
                         path->outcome.conversions > 0;
    }
    attributing->paths = paths;
    return outcomes;
}

/* Which of the models that are asked for have figures, and the chains of those that need one. */
static void choose_models(struct arena *arena, struct attributing *attributing, unsigned asked,
                          struct attribution *out)
{
    attributing->models = asked != 0 ? asked & ATTRIBUTION_ALL : ATTRIBUTION_ALL;
    out->no_times &= (attributing->models & ATTRIBUTION_BIT(ATTRIBUTION_DECAY)) != 0;
    if (out->no_times)
        attributing->models &= ~ATTRIBUTION_BIT(ATTRIBUTION_DECAY);
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++) {
        unsigned bit = ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_1 + i);
        if ((attributing->models & bit) == 0)
            continue;
        out->orders[i].too_large =
            !chain_init(arena, attributing->paths, attributing->count, attributing->touchpoints,
                        i + 1, ATTRIBUTION_STATES_MOST, &attributing->chains[i]);
        out->orders[i].states = attributing->chains[i].state_count;
        if (out->orders[i].too_large)
            attributing->models &= ~bit;
    }
}

/* ---- What each touchpoint took part in ---- */

static void add_presence(const struct attributing *attributing,
                         const struct path_outcome *outcomes, struct attribution *out)
{
    size_t *met = memory_alloc(memory_product(attributing->touchpoints + 1, sizeof(*met)));
    double journeys = out->conversions + out->nulls;
    for (size_t p = 0; p < attributing->count; p++) {
        const struct attribution_path *path = &attributing->paths[p];
        for (size_t i = 0; i < path->step_count; i++) {
            if (met[path->steps[i]] == p + 1)
                continue;
            met[path->steps[i]] = p + 1;
            struct attribution_row *row = &out->rows[path->steps[i]];
            row->journeys += outcomes[p].conversions + outcomes[p].nulls;
            row->present += outcomes[p].conversions;
        }
    }
    for (size_t i = 0; i < out->count; i++) {
        out->rows[i].journeys /= journeys;
        out->rows[i].present /= out->conversions;
    }
    free(met);
}

/* ---- The table ---- */

static struct credit credit_of(double conversions, double value)
{
    return (struct credit){
        .conversions = conversions,
        .value = value,
        .conversions_interval = interval_unknown(),
        .value_interval = interval_unknown(),
    };
}

static void add_spread(struct attribution_row *row, double whole)
{
    row->lowest = row->highest = NAN;
    for (int i = 0; i < ATTRIBUTION_MODELS; i++) {
        row->lowest = fmin(row->lowest, row->credits[i].conversions / whole);
        row->highest = fmax(row->highest, row->credits[i].conversions / whole);
    }
}

static void write_rows(const struct verdict *verdict, struct attribution *out)
{
    for (size_t t = 0; t < out->count; t++) {
        struct attribution_row *row = &out->rows[t];
        for (int i = 0; i < ATTRIBUTION_MODELS; i++)
            row->credits[i] = credit_of(verdict->credits[i][t], verdict->values[i][t]);
        for (int i = 0; i < ATTRIBUTION_ORDERS; i++)
            row->removals[i] = (struct removal){
                .conversions = verdict->removals[i][t],
                .value = verdict->value_removals[i][t],
                .conversions_interval = interval_unknown(),
                .value_interval = interval_unknown(),
            };
        add_spread(row, out->credited);
    }
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++)
        out->orders[i].conversion = verdict->conversion[i];
}

struct attribution attribution_new(struct arena *arena, const struct attribution_input *input,
                                   const struct attribution_options *options)
{
    struct attribution out = {
        .rows = arena_array(arena, input->touchpoints, sizeof(*out.rows)),
        .count = input->touchpoints,
    };
    struct attributing attributing = {
        .touchpoints = input->touchpoints,
        .cancel = options->cancel,
    };
    struct path_outcome *outcomes = choose(arena, input, &attributing, &out);
    out.no_nulls = out.conversions > 0 && !(out.nulls > 0);
    choose_models(arena, &attributing, options->models, &out);

    struct verdict verdict;
    double *room = arena_array(arena, VERDICT_FIGURES * input->touchpoints, sizeof(*room));
    verdict_init(&verdict, room, input->touchpoints);
    bool done = out.credited > 0 && attribute(&attributing, outcomes, &verdict);
    out.cancelled = out.credited > 0 && !done;
    out.known = done ? attributing.models : 0;
    write_rows(&verdict, &out);
    add_presence(&attributing, outcomes, &out);
    if (out.known != 0 && options->replicates > 0)
        out.cancelled = !attribute_bootstrap(&attributing, outcomes, options, &out);
    return out;
}

void decay_shares(const double *ages, size_t count, double half_life, double *out)
{
    double sum = 0, newest = INFINITY;
    /* Only differences of ages matter to shares, so the newest step is taken as new: where all of
     * them are old, their weights would vanish. */
    for (size_t i = 0; i < count; i++) {
        out[i] = ages[i] > 0 ? ages[i] / half_life : 0;
        newest = fmin(newest, out[i]);
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = exp2(newest - out[i]);
        sum += out[i];
    }
    for (size_t i = 0; i < count; i++)
        out[i] /= sum;
}
