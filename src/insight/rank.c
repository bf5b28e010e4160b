/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/rank.h>

#include <math.h>
#include <stdbool.h>
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

/* ---- Values by how often each came ---- */

/* A value that one side has, or both, and how many rows of each are below it. */
struct step {
    double a, b; /* rows with this value */
    double below_a, below_b;
};

/* Goes through the values of both sides, ascending; false after the last. */
struct walk {
    const struct bin *a, *b, *a_end, *b_end;
    struct step step;
};

static struct walk walk_start(const struct bin *a, size_t count_a, const struct bin *b,
                              size_t count_b)
{
    return (struct walk){
        .a = a,
        .b = b,
        .a_end = count_a > 0 ? a + count_a : a,
        .b_end = count_b > 0 ? b + count_b : b,
    };
}

static bool walk_next(struct walk *walk)
{
    bool has_a = walk->a < walk->a_end, has_b = walk->b < walk->b_end;
    if (!has_a && !has_b)
        return false;
    bool of_a = has_a && (!has_b || walk->a->value <= walk->b->value);
    bool of_b = has_b && (!has_a || walk->b->value <= walk->a->value);
    walk->step.below_a += walk->step.a;
    walk->step.below_b += walk->step.b;
    walk->step.a = of_a ? (double)(walk->a++)->count : 0;
    walk->step.b = of_b ? (double)(walk->b++)->count : 0;
    return true;
}

struct rank_difference rank_difference_of_bins(const struct bin *a, size_t count_a,
                                               const struct bin *b, size_t count_b)
{
    double n_a = (double)bins_total(a, count_a), n_b = (double)bins_total(b, count_b);
    double ties = 0, rank_sum_a = 0;
    if (n_a == 0 || n_b == 0)
        return (struct rank_difference){ .u = NAN, .z = NAN, .p = NAN, .superiority = NAN };
    for (struct walk walk = walk_start(a, count_a, b, count_b); walk_next(&walk);) {
        const struct step *step = &walk.step;
        double t = step->a + step->b;
        rank_sum_a += step->a * (step->below_a + step->below_b + (t + 1) / 2);
        ties += t * t * t - t;
    }
    return difference_of_ranks(rank_sum_a, n_a, n_b, ties);
}

/* How the rows of each side lie among the other's: the shares below them, ties as halves. */
struct placements {
    struct moments a, b;
};

static struct placements placements_of(const struct bin *a, size_t count_a, const struct bin *b,
                                       size_t count_b)
{
    double n_a = (double)bins_total(a, count_a), n_b = (double)bins_total(b, count_b);
    struct placements placements = { 0 };
    for (struct walk walk = walk_start(a, count_a, b, count_b); walk_next(&walk);) {
        const struct step *step = &walk.step;
        if (step->a > 0)
            moments_add_weighted(&placements.a, (step->below_b + step->b / 2) / n_b, step->a);
        if (step->b > 0)
            moments_add_weighted(&placements.b, (step->below_a + step->a / 2) / n_a, step->b);
    }
    return placements;
}

struct interval superiority_interval(const struct bin *a, size_t count_a, const struct bin *b,
                                     size_t count_b, double level)
{
    struct placements placements = placements_of(a, count_a, b, count_b);
    double n_a = placements.a.n, n_b = placements.b.n;
    if (n_a < 2 || n_b < 2)
        return interval_unknown();
    double of_a = moments_variance(placements.a) / n_a;
    double of_b = moments_variance(placements.b) / n_b;
    double both = of_a + of_b;
    if (!(both > 0))
        return interval_unknown();
    double df = both * both / (of_a * of_a / (n_a - 1) + of_b * of_b / (n_b - 1));
    double margin = student_critical(level, df) * sqrt(both);
    return interval_clamp(interval_around(placements.a.mean, margin), 0, 1);
}

/* ---- Correlation ---- */

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
