/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/memory.h>

/* ---- Models that share out each journey on its own ---- */

struct sharing {
    double *shares; /* of each step */
    bool *seen;     /* touchpoints; all false between calls */
};

static void share_first(const struct attribution_path *path, struct sharing *sharing)
{
    memset(sharing->shares, 0, path->step_count * sizeof(double));
    sharing->shares[0] = 1;
}

static void share_last(const struct attribution_path *path, struct sharing *sharing)
{
    memset(sharing->shares, 0, path->step_count * sizeof(double));
    sharing->shares[path->step_count - 1] = 1;
}

static void share_unique(const struct attribution_path *path, struct sharing *sharing)
{
    size_t unique = 0;
    for (size_t i = 0; i < path->step_count; i++) {
        bool first = !sharing->seen[path->steps[i]];
        sharing->shares[i] = first;
        unique += first;
        sharing->seen[path->steps[i]] = true;
    }
    for (size_t i = 0; i < path->step_count; i++) {
        sharing->shares[i] /= (double)unique;
        sharing->seen[path->steps[i]] = false;
    }
}

static void share_by_position(const struct attribution_path *path, struct sharing *sharing)
{
    size_t count = path->step_count;
    double ends = count > 2 ? 0.4 : 1.0 / (double)count;
    for (size_t i = 0; i < count; i++)
        sharing->shares[i] = 0.2 / (double)(count - 2);
    sharing->shares[0] = sharing->shares[count - 1] = ends;
}

static void share_by_decay(const struct attribution_path *path, struct sharing *sharing)
{
    memcpy(sharing->shares, path->decay, path->step_count * sizeof(double));
}

static const struct model {
    const char *name;
    void (*share)(const struct attribution_path *path, struct sharing *sharing); /* NULL: a chain */
} models[] = {
    [ATTRIBUTION_FIRST] = { .name = "first", .share = share_first },
    [ATTRIBUTION_LAST] = { .name = "last", .share = share_last },
    [ATTRIBUTION_LINEAR] = { .name = "linear", .share = share_unique },
    [ATTRIBUTION_POSITION] = { .name = "position", .share = share_by_position },
    [ATTRIBUTION_DECAY] = { .name = "decay", .share = share_by_decay },
    [ATTRIBUTION_MARKOV_1] = { .name = "markov_1" },
    [ATTRIBUTION_MARKOV_2] = { .name = "markov_2" },
    [ATTRIBUTION_MARKOV_3] = { .name = "markov_3" },
};
static_assert(ARRAY_LEN(models) == ATTRIBUTION_MODELS, "every model has its row");

const char *attribution_model_name(enum attribution_model model)
{
    return models[model].name;
}

static void share_out(const struct attributing *attributing, const struct path_outcome *outcomes,
                      enum attribution_model model, struct verdict *out)
{
    struct sharing sharing = {
        .shares = memory_alloc(memory_product(attributing->longest + 1, sizeof(double))),
        .seen = memory_alloc(attributing->touchpoints + 1),
    };
    memset(out->credits[model], 0, attributing->touchpoints * sizeof(double));
    memset(out->values[model], 0, attributing->touchpoints * sizeof(double));
    for (size_t p = 0; p < attributing->count; p++) {
        const struct attribution_path *path = &attributing->paths[p];
        if (path->step_count == 0 || outcomes[p].conversions <= 0)
            continue;
        models[model].share(path, &sharing);
        for (size_t i = 0; i < path->step_count; i++) {
            out->credits[model][path->steps[i]] += sharing.shares[i] * outcomes[p].conversions;
            out->values[model][path->steps[i]] += sharing.shares[i] * outcomes[p].value;
        }
    }
    free(sharing.shares);
    free(sharing.seen);
}

/* ---- Models that look at all journeys together ---- */

/* Shares of a whole in proportion to effects; NAN where no effect is there to share by. */
static void normalise(const double *effects, size_t count, double whole, double *out)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += effects[i];
    for (size_t i = 0; i < count; i++)
        out[i] = effects[i] / sum * whole;
}

static struct path_outcome credited(const struct attributing *attributing,
                                    const struct path_outcome *outcomes)
{
    struct path_outcome sum = { 0 };
    for (size_t p = 0; p < attributing->count; p++) {
        if (attributing->paths[p].step_count > 0) {
            sum.conversions += outcomes[p].conversions;
            sum.value += outcomes[p].value;
        }
    }
    return sum;
}

static bool run_chain(const struct attributing *attributing, const struct path_outcome *outcomes,
                      int order, struct verdict *out)
{
    enum attribution_model model = ATTRIBUTION_MARKOV_1 + order;
    struct chain_effects effects = {
        .conversions = out->removals[order],
        .value = out->value_removals[order],
    };
    if (!chain_effects(&attributing->chains[order], outcomes, attributing->cancel, &effects))
        return false;
    struct path_outcome whole = credited(attributing, outcomes);
    out->conversion[order] = effects.conversion;
    normalise(effects.conversions, attributing->touchpoints, whole.conversions,
              out->credits[model]);
    normalise(effects.value, attributing->touchpoints, whole.value, out->values[model]);
    return true;
}

void verdict_init(struct verdict *verdict, double *room, size_t touchpoints)
{
    for (size_t i = 0; i < VERDICT_FIGURES * touchpoints; i++)
        room[i] = NAN;
    for (int i = 0; i < ATTRIBUTION_MODELS; i++) {
        verdict->credits[i] = room + (size_t)(2 * i) * touchpoints;
        verdict->values[i] = room + (size_t)(2 * i + 1) * touchpoints;
    }
    room += 2 * ATTRIBUTION_MODELS * touchpoints;
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++) {
        verdict->removals[i] = room + (size_t)(2 * i) * touchpoints;
        verdict->value_removals[i] = room + (size_t)(2 * i + 1) * touchpoints;
        verdict->conversion[i] = NAN;
    }
}

bool attribute(const struct attributing *attributing, const struct path_outcome *outcomes,
               struct verdict *out)
{
    bool going_on = true;
    for (int i = 0; going_on && i < ATTRIBUTION_MODELS; i++) {
        if ((attributing->models & ATTRIBUTION_BIT(i)) == 0)
            continue;
        if (models[i].share != NULL)
            share_out(attributing, outcomes, i, out);
        else
            going_on = run_chain(attributing, outcomes, i - ATTRIBUTION_MARKOV_1, out);
    }
    return going_on;
}
