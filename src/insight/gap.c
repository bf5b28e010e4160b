/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/gap.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>

struct estimate gap_estimate(struct estimate experience, struct estimate expectation, double level)
{
    double gap = experience.value - expectation.value;
    double se = hypot(experience.se, expectation.se);
    return (struct estimate){
        .value = gap,
        .se = se,
        .n = fmin(experience.n, expectation.n),
        .interval = interval_around(gap, normal_critical(level) * se),
    };
}

double gap_outside_tolerance(double experience, double adequate, double desired)
{
    if (isnan(experience) || isnan(adequate) || isnan(desired))
        return NAN;
    return fmin(0, experience - adequate) + fmax(0, experience - desired);
}

static unsigned missing_inputs(const struct gap_inputs *inputs)
{
    return (isnan(inputs->expectation) ? GAP_EXPECTATION : 0u) |
           (isnan(inputs->promise) ? GAP_PROMISE : 0u) |
           (isnan(inputs->standard) ? GAP_STANDARD : 0u) |
           (isnan(inputs->experience) ? GAP_EXPERIENCE : 0u);
}

struct gap_split gap_split(const struct gap_inputs *inputs)
{
    return (struct gap_split){
        .gap = inputs->experience - inputs->expectation,
        .delivery = inputs->experience - inputs->standard,
        .promise = inputs->standard - inputs->promise,
        .other = inputs->promise - inputs->expectation,
        .missing = missing_inputs(inputs),
    };
}

double gap_confident_shortfall(struct estimate gap, double level)
{
    double certain = -gap.value - normal_critical(level) * gap.se;
    return isnan(certain) ? NAN : fmax(0, certain);
}

double gap_priority(double importance, double reach, double shortfall)
{
    return importance * reach * shortfall;
}
