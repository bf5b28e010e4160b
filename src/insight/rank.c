/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/rank.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/distribution.h>

struct place {
    double value;
    size_t index; /* where it came from */
};

static int compare_places(const void *left, const void *right)
{
    double a = ((const struct place *)left)->value;
    double b = ((const struct place *)right)->value;
    return (a > b) - (a < b);
}

/* Fills `ranks` with the ranks 1..count of finite values, ties with their mean; returns Σ(t³ - t)
 * over the groups of t equal values. */
static double rank_values(const double *values, size_t count, double *ranks)
{
    struct arena arena;
    arena_init(&arena);
    struct place *places = arena_array(&arena, count, sizeof(*places));
    for (size_t i = 0; i < count; i++)
        places[i] = (struct place){ .value = values[i], .index = i };
    qsort(places, count, sizeof(*places), compare_places);

    double ties = 0;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && places[end].value == places[first].value;)
            end++;
        for (size_t i = first; i < end; i++)
            ranks[places[i].index] = (double)(first + 1 + end) / 2;
        double t = (double)(end - first);
        ties += t * t * t - t;
    }
    arena_finish(&arena);
    return ties;
}

static size_t append_finite(double *out, size_t at, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (isfinite(values[i]))
            out[at++] = values[i];
    return at;
}

/* From the ranks of both sides together, neither empty. */
static struct rank_difference difference_of_ranks(double rank_sum_a, double n_a, double n_b,
                                                  double ties)
{
    double n = n_a + n_b;
    double u = rank_sum_a - n_a * (n_a + 1) / 2;
    double away = u - n_a * n_b / 2;
    double variance = n_a * n_b / 12 * (n + 1 - ties / (n * (n - 1)));
    double corrected = copysign(fmax(fabs(away) - 0.5, 0), away);
    double z = variance > 0 ? corrected / sqrt(variance) : 0;
    return (struct rank_difference){
        .u = u,
        .z = z,
        .p = normal_p(z),
        .superiority = u / (n_a * n_b),
    };
}

struct rank_difference rank_difference(const double *a, size_t count_a, const double *b,
                                       size_t count_b)
{
    struct arena arena;
    arena_init(&arena);
    double *values = arena_array(&arena, count_a + count_b, sizeof(*values));
    size_t n_a = append_finite(values, 0, a, count_a);
    size_t n = append_finite(values, n_a, b, count_b);
    double *ranks = arena_array(&arena, n, sizeof(*ranks));
    double ties = rank_values(values, n, ranks);
    double rank_sum_a = 0;
    for (size_t i = 0; i < n_a; i++)
        rank_sum_a += ranks[i];
    arena_finish(&arena);

    if (n_a == 0 || n_a == n)
        return (struct rank_difference){ .u = NAN, .z = NAN, .p = NAN, .superiority = NAN };
    return difference_of_ranks(rank_sum_a, (double)n_a, (double)(n - n_a), ties);
}

/* Pearson's correlation; of ranks it is Spearman's, ties included. */
static double correlate(const double *x, const double *y, size_t count)
{
    double mean = ((double)count + 1) / 2; /* of any ranks */
    double xx = 0, yy = 0, xy = 0;
    for (size_t i = 0; i < count; i++) {
        xx += (x[i] - mean) * (x[i] - mean);
        yy += (y[i] - mean) * (y[i] - mean);
        xy += (x[i] - mean) * (y[i] - mean);
    }
    return xx > 0 && yy > 0 ? fmax(-1, fmin(1, xy / sqrt(xx * yy))) : NAN;
}

double rank_correlation_p(double rho, double n, double effective)
{
    if (isnan(rho) || effective < 3)
        return NAN;
    double t = rho * sqrt((effective - 2) / (1 - rho * rho));
    return fmax(student_p(t, effective - 2), 2 / tgamma(n + 1));
}

struct correlation rank_correlation(const double *x, const double *y, size_t count)
{
    struct arena arena;
    arena_init(&arena);
    double *kept_x = arena_array(&arena, count, sizeof(*kept_x));
    double *kept_y = arena_array(&arena, count, sizeof(*kept_y));
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            continue;
        kept_x[n] = x[i];
        kept_y[n++] = y[i];
    }
    double *ranks_x = arena_array(&arena, n, sizeof(*ranks_x));
    double *ranks_y = arena_array(&arena, n, sizeof(*ranks_y));
    rank_values(kept_x, n, ranks_x);
    rank_values(kept_y, n, ranks_y);
    double rho = correlate(ranks_x, ranks_y, n);
    arena_finish(&arena);
    double p = rank_correlation_p(rho, (double)n, (double)n);
    return (struct correlation){ .rho = rho, .p = p, .n = (double)n };
}
