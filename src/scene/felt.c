/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/felt.h>

#include <math.h>

#include <stellwerk/scene/curve.h>
#include <stellwerk/scene/line.h>

/* The slope at a touchpoint depends on its neighbours: two beyond the window settle what is
 * seen. */
#define BEYOND 2

struct samples {
    double *heights; /* two per column of the scene from the window's left on, and one more */
    int count;
};

static int at_least(int value, int least)
{
    return value < least ? least : value;
}

/* Fills the samples between two neighbouring touchpoints. */
static void sample(const struct plot *plot, const struct samples *samples, const struct knot *left)
{
    int first = at_least((int)ceil((left[0].x - plot->columns->left) * 2), 0);
    for (int i = first; i < samples->count; i++) {
        double x = plot->columns->left + i / 2.0;
        if (x > left[1].x)
            return;
        samples->heights[i] = curve_at(&left[0], &left[1], x);
    }
}

static void sample_run(const struct plot *plot, const struct samples *samples, struct knot *knots,
                       size_t count)
{
    curve_fit(knots, count);
    for (size_t i = 0; i + 1 < count; i++)
        sample(plot, samples, &knots[i]);
}

/* Each run of touchpoints with an estimate is a curve of its own. */
static void sample_runs(const struct plot *plot, const struct samples *samples)
{
    const struct columns *columns = plot->columns;
    struct knot *knots = arena_array(plot->scene->arena,
                                     (size_t)columns->count + 2 * BEYOND, sizeof(*knots));
    size_t count = 0;
    int end = columns->first + columns->count + BEYOND;
    for (int i = at_least(columns->first - BEYOND, 0); i < end && i < columns->total; i++) {
        double score = plot->set->readings->items[i].estimated;
        if (isnan(score)) {
            sample_run(plot, samples, knots, count);
            count = 0;
        } else {
            knots[count++] = (struct knot){
                .x = columns_centre(columns, i) + 0.5,
                .y = plot_height(plot, score),
            };
        }
    }
    sample_run(plot, samples, knots, count);
}

void felt_draw(const struct plot *plot)
{
    struct samples samples = { .count = 2 * plot->columns->width + 1 };
    samples.heights = arena_array(plot->scene->arena, (size_t)samples.count, sizeof(double));
    for (int i = 0; i < samples.count; i++)
        samples.heights[i] = NAN;
    sample_runs(plot, &samples);
    const struct style ink = style_bold(INK_CURVE);
    line_draw(plot, ink, plot->columns->left, plot->columns->width, samples.heights);
}
