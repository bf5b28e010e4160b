/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/sparkline.h>

#include <math.h>

#include <stellwerk/model/anchors.h>
#include <stellwerk/scene/glyph.h>

/* Below these a change is too small to be drawn as one: 25 points of score, a quarter of the
 * value. */
#define SCORE_SPAN_LEAST 25
#define VALUE_SPAN_LEAST 0.25

struct anchors sparkline_anchors(const struct stage_set *set, const struct measure *measure)
{
    struct anchors anchors =
        metric_anchors(&set->journey->metrics[measure->metric], set->lens.context);
    return anchors.count > 0 ? anchors : measure->sample.anchors;
}

/* A slice as it is drawn: its score 0..1, or the value itself for a metric without anchors. NAN for
 * a hole. */
static double height_of(const struct stage_set *set, const struct measure *measure,
                        const struct slice *slice)
{
    if (slice->n == 0 || isnan(slice->value))
        return NAN;
    struct anchors anchors = sparkline_anchors(set, measure);
    return anchors.count > 0 ? anchors_score(anchors, slice->value) : slice->value;
}

struct sparkline sparkline_new(const struct stage_set *set, const struct measure *measure)
{
    struct sparkline line = { .set = set, .measure = measure, .low = INFINITY, .high = -INFINITY };
    for (size_t i = 0; i < measure->slice_count; i++) {
        double height = height_of(set, measure, &measure->slices[i]);
        line.low = fmin(line.low, height);
        line.high = fmax(line.high, height);
    }
    bool scored = sparkline_anchors(set, measure).count > 0;
    double least =
        scored ? SCORE_SPAN_LEAST : fmax(fabs(line.low), fabs(line.high)) * VALUE_SPAN_LEAST;
    double widen = (least - (line.high - line.low)) / 2;
    if (widen > 0) {
        line.low -= widen;
        line.high += widen;
    }
    return line;
}

struct sparkline sparkline_from_zero(const struct stage_set *set, const struct measure *measure)
{
    struct sparkline line = sparkline_new(set, measure);
    bool scored = sparkline_anchors(set, measure).count > 0;
    double largest = -INFINITY;
    for (size_t i = 0; i < measure->slice_count; i++)
        largest = fmax(largest, height_of(set, measure, &measure->slices[i]));
    line.low = scored ? 0 : fmin(line.low, 0);
    line.high = scored ? 100 : fmax(largest, 0);
    return line;
}

double sparkline_level(const struct sparkline *line, size_t slice)
{
    double height = height_of(line->set, line->measure, &line->measure->slices[slice]);
    return line->high > line->low ? (height - line->low) / (line->high - line->low) : height;
}

/* The mean level of slices `from` to before `to`, weighted by their rows. */
static double merged_level(const struct sparkline *line, size_t from, size_t to)
{
    double sum = 0, n = 0;
    for (size_t i = from; i < to; i++) {
        double level = sparkline_level(line, i);
        if (isnan(level))
            continue;
        sum += level * (double)line->measure->slices[i].n;
        n += (double)line->measure->slices[i].n;
    }
    return n > 0 ? sum / n : NAN;
}

/* Bold blocks look like others in many fonts: where there is no colour a line goes under them. */
struct style sparkline_style(const struct sparkline *line, struct medium medium, size_t from,
                             size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (line->measure->slices[i].signal == XMR_NONE)
            continue;
        return (struct style){ .ink = INK_WARN, .emphasis = medium.mono ? EMPHASIS_UNDERLINE : 0 };
    }
    return style_ink(INK_TREND);
}

int sparkline_draw(struct scene *scene, int row, int column, int columns,
                   const struct stage_set *set, const struct measure *measure)
{
    struct sparkline line = sparkline_new(set, measure);
    size_t bars = measure->slice_count < (size_t)columns ? measure->slice_count : (size_t)columns;
    for (size_t i = 0; i < bars; i++) {
        size_t from = i * measure->slice_count / bars, to = (i + 1) * measure->slice_count / bars;
        double level = merged_level(&line, from, to);
        struct style style = sparkline_style(&line, scene->medium, from, to);
        if (!isnan(level))
            scene_glyph(scene, row, column + (int)i, style, glyph_bar(scene->medium, level));
    }
    return (int)bars;
}
