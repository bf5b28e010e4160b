/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "aggregate.h"

#include <math.h>

/* Above it a double no longer tells whole numbers apart. */
#define WHOLE_MAX 9007199254740992.0

bool aggregate_is_sound(const struct aggregate *aggregate)
{
    bool has_fraction = !isnan(aggregate->num);
    bool sound_fraction = aggregate->num >= 0 && aggregate->num <= WHOLE_MAX &&
                          aggregate->den > 0 && aggregate->den <= WHOLE_MAX;
    return isfinite(aggregate->value) && aggregate->n >= 1 && aggregate->n <= WHOLE_MAX &&
           (!has_fraction || sound_fraction);
}

static bool adds_up(const struct formula *formula)
{
    return formula->kind == SAMPLE_COUNT || formula->kind == SAMPLE_SUM;
}

/* A group's spread from its sd: one row alone has none. */
static double squares_of(const struct aggregate *aggregate)
{
    if (aggregate->n <= 1)
        return 0;
    return aggregate->sd * aggregate->sd * (aggregate->n - 1);
}

void aggregate_add(struct tally *tally, const struct formula *formula,
                   const struct aggregate *aggregate)
{
    double n = aggregate->n, weight = aggregate->weight;
    bool fraction = !isnan(aggregate->num);
    bool counted = fraction && (formula->kind == SAMPLE_SHARE || formula->kind == SAMPLE_RATIO);
    if (counted && formula->kind == SAMPLE_SHARE) {
        n = round(aggregate->den);
        tally->hits += round(aggregate->num) * weight;
    } else if (counted) {
        tally->pairs.a += aggregate->num;
        tally->pairs.b += aggregate->den;
    }
    if (!tally->any || aggregate->from < tally->oldest)
        tally->oldest = aggregate->from;
    if (!tally->any || aggregate->to > tally->newest)
        tally->newest = aggregate->to;
    tally->any = true;
    tally->n += (uint64_t)n;
    tally->weights += n * weight;
    tally->weight_squares += n * weight * weight;
    tally->opaque |= !counted;

    if (adds_up(formula))
        moments_add(&tally->values, aggregate->value);
    else
        moments_merge(&tally->values, (struct moments){
                                          .n = n * weight,
                                          .mean = aggregate->value,
                                          .squares = squares_of(aggregate) * weight,
                                      });
}

enum sample_kind aggregate_kind(const struct tally *tally, const struct formula *formula)
{
    if (formula->kind == SAMPLE_SHARE && !tally->opaque)
        return SAMPLE_SHARE;
    if (formula->kind == SAMPLE_MEAN && !isnan(tally->values.squares))
        return SAMPLE_MEAN;
    return SAMPLE_POINT;
}

double aggregate_value(const struct tally *tally, const struct formula *formula)
{
    if (tally->n == 0)
        return NAN;
    if (adds_up(formula))
        return tally->values.n * tally->values.mean;
    if (aggregate_kind(tally, formula) == SAMPLE_SHARE)
        return tally->hits / tally->weights;
    if (formula->kind == SAMPLE_RATIO && !tally->opaque)
        return tally->pairs.a / tally->pairs.b;
    return tally->values.mean;
}
