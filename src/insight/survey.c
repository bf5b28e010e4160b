/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/survey.h>

#include <math.h>
#include <stdbool.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/mean.h>
#include <stellwerk/insight/proportion.h>

/* Answers on the points first .. end - 1; NAN where a count is no count. */
static double answers_between(const struct survey *survey, size_t first, size_t end)
{
    double n = 0;
    for (size_t i = first; i < end; i++) {
        if (!isfinite(survey->counts[i]) || survey->counts[i] < 0)
            return NAN;
        n += survey->counts[i];
    }
    return n;
}

struct net_counts survey_net(const struct survey *survey, size_t top, size_t bottom)
{
    size_t points = survey->points;
    if (bottom > points || top > points - bottom)
        return (struct net_counts){ .positive = NAN, .neutral = NAN, .negative = NAN };
    return (struct net_counts){
        .positive = answers_between(survey, points - top, points),
        .neutral = answers_between(survey, bottom, points - top),
        .negative = answers_between(survey, 0, bottom),
    };
}

struct moments survey_moments(const struct survey *survey)
{
    struct moments moments = { 0 };
    if (isnan(answers_between(survey, 0, survey->points)))
        return moments;
    for (size_t i = 0; i < survey->points; i++)
        moments_merge(&moments, (struct moments){
                                    .n = survey->counts[i],
                                    .mean = survey->lowest + (double)i,
                                });
    return moments;
}

struct estimate survey_score(const struct survey *survey, double level)
{
    struct estimate mean = mean_estimate(survey_moments(survey), level);
    if (survey->points < 2)
        return estimate_unknown(mean.n);
    double per_point = 100 / (double)(survey->points - 1);
    struct estimate score = estimate_rescale(mean, per_point, -per_point * survey->lowest);
    score.interval = interval_clamp(score.interval, 0, 100);
    return score;
}

struct estimate survey_top_box(const struct survey *survey, size_t top, double level)
{
    double n = answers_between(survey, 0, survey->points);
    if (top > survey->points)
        return estimate_unknown(n);
    return proportion_estimate(answers_between(survey, survey->points - top, survey->points), n,
                               level);
}

static double answers_in(const struct net_counts *counts)
{
    bool valid = counts->positive >= 0 && counts->neutral >= 0 && counts->negative >= 0;
    double n = counts->positive + counts->neutral + counts->negative;
    return valid && isfinite(n) ? n : NAN;
}

/* The net share of some answers and its multinomial error, in points. */
static struct estimate net_share(const struct net_counts *counts, double z)
{
    double n = answers_in(counts);
    double above = counts->positive / n;
    double below = counts->negative / n;
    double net = above - below;
    double se = 100 * sqrt(fmax(0, above + below - net * net) / n);
    return (struct estimate){
        .value = 100 * net,
        .se = se,
        .n = n,
        .interval = interval_clamp(interval_around(100 * net, z * se), -100, 100),
    };
}

/* Three answers more, ¾ at either end: what keeps the interval honest when there are few. */
static struct net_counts adjust(const struct net_counts *counts)
{
    return (struct net_counts){
        .positive = counts->positive + 0.75,
        .neutral = counts->neutral + 1.5,
        .negative = counts->negative + 0.75,
    };
}

struct net_score net_score(const struct net_counts *counts, double level)
{
    double n = answers_in(counts);
    if (!(n > 0))
        return (struct net_score){ .plain = estimate_unknown(n), .adjusted = estimate_unknown(n) };
    double z = normal_critical(level);
    struct net_counts adjusted = adjust(counts);
    return (struct net_score){ .plain = net_share(counts, z), .adjusted = net_share(&adjusted, z) };
}

struct estimate net_estimate(const struct net_counts *counts, double level)
{
    struct net_score score = net_score(counts, level);
    score.plain.se = score.adjusted.se;
    score.plain.interval = score.adjusted.interval;
    return score.plain;
}

struct difference net_difference(const struct net_counts *a, const struct net_counts *b,
                                 double level)
{
    struct estimate first = net_score(a, level).adjusted;
    struct estimate second = net_score(b, level).adjusted;
    struct difference difference = difference_unknown();
    difference.value = first.value - second.value;
    if (isnan(difference.value))
        return difference;
    difference.se = hypot(first.se, second.se);
    difference.statistic = difference.value / difference.se;
    difference.df = INFINITY;
    difference.p = normal_p(difference.statistic);
    difference.interval = interval_clamp(
        interval_around(difference.value, normal_critical(level) * difference.se), -200, 200);
    return difference;
}

struct estimate apdex_estimate(const struct net_counts *counts, double level)
{
    return estimate_rescale(net_estimate(counts, level), 1.0 / 200, 0.5);
}
