/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/anchors.h>

#include <math.h>

static int sign(double x)
{
    return (x > 0) - (x < 0);
}

/* What is wrong with an anchor by itself. */
static enum anchors_fault check_anchor(const struct anchor *anchor)
{
    if (!isfinite(anchor->raw) || !isfinite(anchor->score))
        return ANCHORS_NOT_FINITE;
    if (anchor->score < 0 || anchor->score > 100)
        return ANCHORS_SCORE_OUT_OF_RANGE;
    return ANCHORS_FINE;
}

enum anchors_fault anchors_check(struct anchors anchors, size_t *out)
{
    int direction = 0;
    for (size_t i = 0; i < anchors.count; i++) {
        const struct anchor *anchor = &anchors.items[i];
        *out = i;
        enum anchors_fault fault = check_anchor(anchor);
        if (fault != ANCHORS_FINE)
            return fault;
        if (i == 0)
            continue;
        if (anchor->raw <= anchor[-1].raw)
            return ANCHORS_NOT_ASCENDING;
        int step = sign(anchor->score - anchor[-1].score);
        if (step * direction < 0)
            return ANCHORS_NOT_MONOTONE;
        direction = step != 0 ? step : direction;
    }
    *out = 0;
    if (anchors.count < 2)
        return ANCHORS_TOO_FEW;
    return direction == 0 ? ANCHORS_LEVEL : ANCHORS_FINE;
}

double anchors_score(struct anchors anchors, double raw)
{
    if (anchors.count == 0 || isnan(raw))
        return NAN;

    const struct anchor *right = anchors.items;
    const struct anchor *last = &anchors.items[anchors.count - 1];
    if (raw <= right->raw)
        return right->score;
    if (raw >= last->raw)
        return last->score;
    while (right->raw < raw)
        right++;

    const struct anchor *left = right - 1;
    double share = (raw - left->raw) / (right->raw - left->raw);
    return left->score + share * (right->score - left->score);
}

int anchors_direction(struct anchors anchors)
{
    if (anchors.count == 0)
        return 0;
    double first = anchors.items[0].score;
    double last = anchors.items[anchors.count - 1].score;
    return sign(last - first);
}

double anchors_raw(struct anchors anchors, double score)
{
    int direction = anchors_direction(anchors);
    if (direction == 0)
        return NAN;
    const struct anchor *worse = &anchors.items[direction > 0 ? 0 : anchors.count - 1];
    if (score == worse->score)
        return worse->raw;
    for (size_t i = 1; i < anchors.count && score > worse->score; i++) {
        const struct anchor *better = worse + direction;
        if (score <= better->score) {
            double share = (score - worse->score) / (better->score - worse->score);
            return worse->raw + share * (better->raw - worse->raw);
        }
        worse = better;
    }
    return NAN;
}

double anchors_target(struct anchors anchors)
{
    int direction = anchors_direction(anchors);
    if (direction == 0)
        return NAN;
    return anchors_raw(anchors, anchors.items[direction > 0 ? anchors.count - 1 : 0].score);
}
