/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/anchors.h>

#include <math.h>

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
    return (last > first) - (last < first);
}
