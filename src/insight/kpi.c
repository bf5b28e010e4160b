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

/* How a change goes with the next one; 0 where that is not known. */
static double memory_of(const double *changes, size_t count)
{
    double rho = count < 2 ? 0 : rank_correlation(changes, changes + 1, count - 1).rho;
    return isnan(rho) ? 0 : rho;
}

static double effective_pairs(const double *a, const double *b, size_t changes, double n)
{
    double both = memory_of(a, changes) * memory_of(b, changes);
    return fmax(3, n / fmax(1, 1 + 2 * both * (n - 1) / n));
}

struct kpi_conflict kpi_conflict(const struct kpi_series *a, const struct kpi_series *b,
                                 size_t periods)
{
    struct arena arena;
    arena_init(&arena);
    size_t changes = periods > 0 ? periods - 1 : 0;
    const double *changes_a = changes_new(&arena, a->values, changes);
    const double *changes_b = changes_new(&arena, b->values, changes);
    struct correlation correlation = rank_correlation(changes_a, changes_b, changes);
    int orientation = a->direction * b->direction;
    struct kpi_conflict conflict = { .effective = NAN, .p = NAN };
    if (correlation.n < KPI_MIN_PERIODS - 1) {
        correlation.rho = correlation.p = NAN;
    } else {
        conflict.effective = effective_pairs(changes_a, changes_b, changes, correlation.n);
        conflict.p = rank_correlation_p(correlation.rho, correlation.n, conflict.effective);
    }
    arena_finish(&arena);
    conflict.changes = correlation;
    conflict.oriented = orientation == 0 ? NAN : orientation * correlation.rho;
    return conflict;
}
