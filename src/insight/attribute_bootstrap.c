/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attribute.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/model/sample.h>

#include "resample.h"

/* Figures kept at most, so that a map of thousands of touchpoints stays within 64 MB: it gets
 * fewer replicates. */
#define FIGURES_MOST ((size_t)8 << 20)

struct bootstrap {
    size_t replicates, figures; /* of each replicate */
    double *drawn;              /* replicates × figures */
    double *column;             /* the replicates of one figure */
    double low, high;           /* quantiles */
};

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Unknown where some replicate has no such figure: it then rests on too few conversions. */
static struct interval interval_of(const struct bootstrap *bootstrap, size_t figure)
{
    for (size_t i = 0; i < bootstrap->replicates; i++) {
        bootstrap->column[i] = bootstrap->drawn[i * bootstrap->figures + figure];
        if (isnan(bootstrap->column[i]))
            return interval_unknown();
    }
    qsort(bootstrap->column, bootstrap->replicates, sizeof(double), compare);
    return (struct interval){
        .low = sorted_quantile(bootstrap->column, bootstrap->replicates, bootstrap->low),
        .high = sorted_quantile(bootstrap->column, bootstrap->replicates, bootstrap->high),
    };
}

/* Figures stand in the order of verdict_init(). */
static void read_intervals(const struct bootstrap *bootstrap, struct attribution *out)
{
    size_t count = out->count;
    for (size_t t = 0; t < count; t++) {
        struct attribution_row *row = &out->rows[t];
        size_t figure = t;
        for (int i = 0; i < ATTRIBUTION_MODELS; i++, figure += 2 * count) {
            row->credits[i].conversions_interval = interval_of(bootstrap, figure);
            row->credits[i].value_interval = interval_of(bootstrap, figure + count);
        }
        for (int i = 0; i < ATTRIBUTION_ORDERS; i++, figure += 2 * count) {
            row->removals[i].conversions_interval = interval_of(bootstrap, figure);
            row->removals[i].value_interval = interval_of(bootstrap, figure + count);
        }
    }
}

static bool draw_all(const struct attributing *attributing, const struct path_outcome *outcomes,
                     const struct attribution_options *options, struct bootstrap *bootstrap)
{
    bool going_on = true;
    struct path_outcome *drawn =
        memory_alloc(memory_product(attributing->count + 1, sizeof(*drawn)));
    struct resample *resample = resample_create(outcomes, attributing->count, options->seed);
    for (size_t i = 0; going_on && i < bootstrap->replicates; i++) {
        struct verdict verdict;
        verdict_init(&verdict, &bootstrap->drawn[i * bootstrap->figures],
                     attributing->touchpoints);
        resample_draw(resample, drawn);
        going_on = attribute(attributing, drawn, &verdict) &&
                   (options->cancel == NULL || !atomic_load(options->cancel));
        if (options->watch != NULL)
            options->watch(i + 1, bootstrap->replicates, options->watch_data);
    }
    resample_destroy(resample);
    free(drawn);
    return going_on;
}

bool attribute_bootstrap(const struct attributing *attributing,
                         const struct path_outcome *outcomes,
                         const struct attribution_options *options, struct attribution *out)
{
    double level = options->level > 0 ? options->level : CONFIDENCE_95;
    struct bootstrap bootstrap = {
        .replicates = options->replicates,
        .figures = memory_product(VERDICT_FIGURES, attributing->touchpoints),
        .low = (1 - level) / 2,
        .high = (1 + level) / 2,
    };
    if (bootstrap.replicates > FIGURES_MOST / bootstrap.figures)
        bootstrap.replicates = FIGURES_MOST / bootstrap.figures;
    bootstrap.drawn = memory_alloc(
        memory_product(memory_product(bootstrap.replicates, bootstrap.figures) + 1,
                       sizeof(double)));
    bootstrap.column = memory_alloc(memory_product(bootstrap.replicates + 1, sizeof(double)));
    struct attributing some = *attributing;
    if (options->bootstrap_models != 0)
        some.models &= options->bootstrap_models;
    bool done = draw_all(&some, outcomes, options, &bootstrap);
    if (done) {
        out->replicates = bootstrap.replicates;
        read_intervals(&bootstrap, out);
    }
    free(bootstrap.drawn);
    free(bootstrap.column);
    return done;
}
