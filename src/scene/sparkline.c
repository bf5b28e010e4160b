/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/sparkline.h>

#include <math.h>

#include <stellwerk/model/anchors.h>
#include <stellwerk/scene/glyph.h>

static struct anchors anchors_in_force(const struct stage_set *set, const struct measure *measure)
{
    struct anchors anchors =
        metric_anchors(&set->journey->metrics[measure->metric], set->lens.context);
    return anchors.count > 0 ? anchors : measure->sample.anchors;
}

/* Without a scale of its own a metric is drawn from zero, or from below it, to its largest slice. */
static double level_in_range(const struct measure *measure, double value)
{
    double low = 0, high = 0;
    for (size_t i = 0; i < measure->slice_count; i++) {
        low = fmin(low, measure->slices[i].value);
        high = fmax(high, measure->slices[i].value);
    }
    return high > low ? (value - low) / (high - low) : 0;
}

double sparkline_level(const struct stage_set *set, const struct measure *measure,
                       const struct slice *slice)
{
    if (slice->n == 0 || isnan(slice->value))
        return NAN;
    struct anchors anchors = anchors_in_force(set, measure);
    if (anchors.count > 0)
        return anchors_score(anchors, slice->value) / 100;
    return level_in_range(measure, slice->value);
}

/* The mean level of slices `from` to before `to`, weighted by their rows. */
static double merged_level(const struct stage_set *set, const struct measure *measure, size_t from,
                           size_t to)
{
    double sum = 0, n = 0;
    for (size_t i = from; i < to; i++) {
        double level = sparkline_level(set, measure, &measure->slices[i]);
        if (isnan(level))
            continue;
        sum += level * (double)measure->slices[i].n;
        n += (double)measure->slices[i].n;
    }
    return n > 0 ? sum / n : NAN;
}

int sparkline_draw(struct scene *scene, int row, int column, int columns, struct style style,
                   const struct stage_set *set, const struct measure *measure)
{
    size_t bars = measure->slice_count < (size_t)columns ? measure->slice_count : (size_t)columns;
    for (size_t i = 0; i < bars; i++) {
        double level = merged_level(set, measure, i * measure->slice_count / bars,
                                    (i + 1) * measure->slice_count / bars);
        if (!isnan(level))
            scene_glyph(scene, row, column + (int)i, style, glyph_bar(scene->medium, level));
    }
    return (int)bars;
}
