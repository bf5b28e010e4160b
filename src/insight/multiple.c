/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/multiple.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/arena.h>

struct test {
    double p;
    size_t index;
};

static int compare_tests(const void *left, const void *right)
{
    double a = ((const struct test *)left)->p;
    double b = ((const struct test *)right)->p;
    return (a > b) - (a < b);
}

void adjust_p_values(const double *p, size_t count, double *out)
{
    struct arena arena;
    arena_init(&arena);
    struct test *tests = arena_array(&arena, count, sizeof(*tests));
    size_t m = 0;
    for (size_t i = 0; i < count; i++) {
        if (p[i] >= 0 && p[i] <= 1)
            tests[m++] = (struct test){ .p = p[i], .index = i };
        else
            out[i] = NAN;
    }
    qsort(tests, m, sizeof(*tests), compare_tests);

    /* From the largest down: no adjusted value may exceed that of a larger p. */
    double least = 1;
    for (size_t rank = m; rank > 0; rank--) {
        least = fmin(least, tests[rank - 1].p * (double)m / (double)rank);
        out[tests[rank - 1].index] = least;
    }
    arena_finish(&arena);
}
