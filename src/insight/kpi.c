/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/kpi.h>

#include <math.h>

#include <stellwerk/base/arena.h>

/* A change from or to a period without data is NAN, which the correlation leaves out. */
static double *changes_new(struct arena *arena, const double *values, size_t changes)
{
    double *out = arena_array(arena, changes, sizeof(*out));
    for (size_t i = 0; i < changes; i++)
        out[i] = values[i + 1] - values[i];
    return out;
}

struct kpi_conflict kpi_conflict(const struct kpi_series *a, const struct kpi_series *b,
                                 size_t periods)
{
    struct arena arena;
    arena_init(&arena);
    size_t changes = periods > 0 ? periods - 1 : 0;
    struct correlation correlation = rank_correlation(
        changes_new(&arena, a->values, changes), changes_new(&arena, b->values, changes), changes);
    arena_finish(&arena);

    if (correlation.n < KPI_MIN_PERIODS - 1)
        correlation.rho = correlation.p = NAN;
    int orientation = a->direction * b->direction;
    return (struct kpi_conflict){
        .changes = correlation,
        .oriented = orientation == 0 ? NAN : orientation * correlation.rho,
    };
}
