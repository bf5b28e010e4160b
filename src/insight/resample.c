/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resample.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#define JOURNEYS_MOST 4e9 /* GSL counts in unsigned; more tell no more */

struct resample {
    const struct path_outcome *outcomes;
    size_t count;
    double *weights; /* conversions and nulls of each path, in turn */
    unsigned *drawn;
    unsigned journeys;
    gsl_rng *random;
};

struct resample *resample_create(const struct path_outcome *outcomes, size_t count, uint64_t seed)
{
    struct resample *resample = memory_alloc(sizeof(*resample));
    size_t ends = memory_product(count + 1, 2);
    double journeys = 0;
    *resample = (struct resample){
        .outcomes = outcomes,
        .count = count,
        .weights = memory_alloc(memory_product(ends, sizeof(double))),
        .drawn = memory_alloc(memory_product(ends, sizeof(unsigned))),
        .random = gsl_rng_alloc(gsl_rng_mt19937),
    };
    for (size_t i = 0; i < count; i++) {
        resample->weights[2 * i] = outcomes[i].conversions;
        resample->weights[2 * i + 1] = outcomes[i].nulls;
        journeys += outcomes[i].conversions + outcomes[i].nulls;
    }
    resample->journeys = (unsigned)round(fmin(journeys, JOURNEYS_MOST));
    if (resample->random != NULL)
        gsl_rng_set(resample->random, (unsigned long)(seed & UINT32_MAX));
    return resample;
}

void resample_destroy(struct resample *resample)
{
    if (resample->random != NULL)
        gsl_rng_free(resample->random);
    free(resample->weights);
    free(resample->drawn);
    free(resample);
}

void resample_draw(struct resample *resample, struct path_outcome *out)
{
    gsl_ran_multinomial(resample->random, 2 * resample->count, resample->journeys,
                        resample->weights, resample->drawn);
    for (size_t i = 0; i < resample->count; i++) {
        const struct path_outcome *outcome = &resample->outcomes[i];
        double converted = resample->drawn[2 * i];
        out[i] = (struct path_outcome){
            .conversions = converted,
            .value = converted > 0 ? outcome->value * (converted / outcome->conversions) : 0,
            .nulls = resample->drawn[2 * i + 1],
        };
    }
}
