/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/composite.h>

#include <math.h>
#include <stdbool.h>

struct sums {
    double weight, known_weight;
    double scores, errors, logarithms; /* Σws, Σ(w se)², Σw ln s */
};

static bool has_weight(const struct composite_part *part)
{
    return isfinite(part->weight) && part->weight > 0;
}

static void add(struct sums *sums, const struct composite_part *part)
{
    sums->known_weight += part->weight;
    sums->scores += part->weight * part->score;
    sums->errors += part->weight * part->se * part->weight * part->se;
    sums->logarithms += part->weight * log(part->score);
}

struct composite composite_of(const struct composite_part *parts, size_t count)
{
    struct sums sums = { 0 };
    struct composite out = { .mean = NAN, .se = NAN, .geometric = NAN, .peak_end = NAN };
    for (size_t i = 0; i < count; i++) {
        if (!has_weight(&parts[i]))
            continue;
        sums.weight += parts[i].weight;
        if (!isfinite(parts[i].score))
            continue;
        add(&sums, &parts[i]);
        if (out.counted++ == 0 || parts[i].score < parts[out.weakest].score)
            out.weakest = i;
        out.last = i;
    }
    if (out.counted == 0)
        return out;
    out.covered = sums.known_weight / sums.weight;
    out.mean = sums.scores / sums.known_weight;
    out.se = sqrt(sums.errors) / sums.known_weight;
    out.geometric = exp(sums.logarithms / sums.known_weight);
    out.peak_end = (parts[out.weakest].score + parts[out.last].score) / 2;
    return out;
}
