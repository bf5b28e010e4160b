/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/outcome.h>

#include <math.h>

#include <stellwerk/insight/reading.h>

/* ---- Two times ------------------------------------------------------------------------------- */

/* The rows of the slices between two days as a measure of its own, in a table of its own. */
static void gather(struct arena *arena, const struct figures *figures,
                   const struct measure *measure, int32_t first, int32_t last, struct figures *out,
                   struct measure *part)
{
    *part = *measure;
    part->slices = NULL;
    part->slice_count = 0;
    part->n = 0;
    *out = (struct figures){
        .lens = figures->lens,
        .measures = part,
        .measure_count = 1,
        .oldest = figures->oldest,
        .newest = figures->newest,
    };
    struct period period = { .kind = PERIOD_CUSTOM, .first = INT32_MAX, .last = INT32_MIN };
    for (size_t i = 0; i < measure->slice_count; i++) {
        const struct slice *slice = &measure->slices[i];
        if (slice->first_day < first || slice->last_day > last)
            continue;
        period.first = slice->first_day < period.first ? slice->first_day : period.first;
        period.last = slice->last_day;
        if (slice->n == 0)
            continue;
        if (part->n == 0)
            part->sample = slice->sample;
        else
            sample_merge(arena, &part->sample, &slice->sample);
        part->n += slice->n;
    }
    part->sample.anchors = measure->sample.anchors;
    out->lens.period = period;
    bool known = part->n >= METRIC_HIDDEN_N && part->sample.kind != SAMPLE_NONE;
    part->status = part->n == 0 ? MEASURE_NO_ROWS : known ? MEASURE_OK : MEASURE_HIDDEN;
}

static bool compare(struct arena *arena, const struct figures *figures,
                    const struct measure *measure, int32_t day, struct measure *after)
{
    struct measure before;
    struct figures since, until;
    gather(arena, figures, measure, INT32_MIN, day - 1, &until, &before);
    gather(arena, figures, measure, day + 1, INT32_MAX, &since, after);
    since.before = &until;
    if (before.status != MEASURE_OK || after->status != MEASURE_OK)
        return false;
    figures_complete(&since);
    return true;
}

/* ---- What it means --------------------------------------------------------------------------- */

static enum outcome_state judge(const struct opportunity_outcome *outcome)
{
    const struct change *change = &outcome->change;
    double wanted = outcome->to - outcome->from;
    if (isnan(change->p) || change->p > CHANGE_SURE || isnan(wanted))
        return OUTCOME_UNSURE;
    return change->value * wanted > 0 ? OUTCOME_MOVED : OUTCOME_WORSE;
}

static void look_back(struct arena *arena, const struct figures *figures, int32_t day,
                      struct opportunity_outcome *outcome)
{
    struct measure after;
    if (!compare(arena, figures, outcome->measure, day, &after)) {
        outcome->state = OUTCOME_TOO_SOON;
        return;
    }
    outcome->after = after.value;
    outcome->after_n = after.n;
    outcome->change = after.change;
    if (isnan(outcome->from))
        outcome->from = after.change.before;
    outcome->state = judge(outcome);
}

struct opportunity_outcome outcome_of(struct arena *arena, const struct figures *figures,
                                      int touchpoint, const struct opportunity *opportunity)
{
    struct opportunity_outcome outcome = {
        .state = OUTCOME_NOT_EXPECTED,
        .from = opportunity->expects.from,
        .to = opportunity->expects.to,
        .progress = NAN,
        .after = NAN,
        .change = { .value = NAN, .lo = NAN, .hi = NAN, .before = NAN, .p = NAN, .adjusted = NAN },
    };
    if (opportunity->expects.metric == NONE)
        return outcome;
    outcome.measure = figures_find(figures, touchpoint, opportunity->expects.metric);
    bool known = outcome.measure != NULL && outcome.measure->status <= MEASURE_SMALL;
    outcome.state = known ? OUTCOME_OPEN : OUTCOME_NOT_MEASURED;
    if (known && opportunity->status == STATUS_DONE) {
        if (opportunity->due == DAY_NONE)
            outcome.state = OUTCOME_TOO_SOON;
        else
            look_back(arena, figures, opportunity->due, &outcome);
    }
    double now = isnan(outcome.after) && known ? outcome.measure->value : outcome.after;
    if (outcome.to != outcome.from)
        outcome.progress = (now - outcome.from) / (outcome.to - outcome.from);
    return outcome;
}
