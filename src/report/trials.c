/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/trials.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/store/arms.h>
#include <stellwerk/store/series.h>

/* One experiment on its way. Figures are only there until it is judged. */
struct reading_arms {
    struct arena *arena;
    struct store *store;
    const struct journey *journey;
    const struct experiment *experiment;
    struct lens lens;
    struct figures *figures[2]; /* a, b */
};

/* The lens's days that the experiment runs. */
static struct lens lens_of(const struct lens *lens, const struct experiment *experiment)
{
    struct lens own = *lens;
    struct period *period = &own.period;
    if (experiment->since != DAY_NONE && experiment->since > period->first)
        period->first = experiment->since;
    if (experiment->until != DAY_NONE && experiment->until < period->last)
        period->last = experiment->until;
    if (period->first != lens->period.first || period->last != lens->period.last)
        period->kind = PERIOD_CUSTOM;
    return own;
}

static bool read_arm(struct reading_arms *arms, struct trial *trial, bool second, struct error *err)
{
    const struct metric *metric = &arms->journey->metrics[arms->experiment->metric];
    struct trial_arm *arm = second ? &trial->b : &trial->a;
    struct series_wish wish = {
        .touchpoint = trial->touchpoint,
        .metric = arms->experiment->metric,
        .channel = NONE,
        .variant = second ? arms->experiment->b : arms->experiment->a,
    };
    struct figures *figures =
        store_series_alone(arms->store, arms->journey, &arms->lens, &wish, err);
    arms->figures[second] = figures;
    if (figures == NULL)
        return false;
    figures_complete(figures);
    const struct measure *measure = figures_find(figures, trial->touchpoint, wish.metric);
    if (measure == NULL)
        return error_set(err, _("the metric is none of this touchpoint's"));
    arm->measure = *measure;
    if (measure->status == MEASURE_FAILED)
        return error_set(err, "%s", measure->reason);
    struct series_values values = { 0 };
    if (metric->source == SOURCE_ANSWER && measure->status <= MEASURE_SMALL &&
        !store_values(arms->arena, arms->store, arms->journey, &arms->lens, &wish, &values, err))
        return false;
    arm->answers = values.bins;
    arm->answer_count = values.count;
    return true;
}

/* A persona or context that the metric's rows do not tell is not asked of the customers either. */
static bool count_customers(struct reading_arms *arms, struct trial *trial, struct error *err)
{
    struct arm_customers customers;
    const struct measure *a = &trial->a.measure, *b = &trial->b.measure;
    struct lens lens = arms->lens;
    if (a->persona_ignored || b->persona_ignored)
        lens.persona = NONE;
    if (a->context_ignored || b->context_ignored)
        lens.context = NONE;
    if (!store_arm_customers(arms->store, arms->journey, &lens, trial->touchpoint, arms->experiment,
                             &customers, err))
        return false;
    trial->a.customers = customers.a;
    trial->b.customers = customers.b;
    trial->both = customers.both;
    return true;
}

static bool tells_variants(const struct metric *metric, struct error *err)
{
    if (metric->type != METRIC_SQL && metric->source != SOURCE_OBSERVATION)
        return true;
    return error_set(err, _("the metric does not tell variants apart"));
}

static bool read_trial(struct reading_arms *arms, struct trial *trial, struct error *err)
{
    return tells_variants(&arms->journey->metrics[arms->experiment->metric], err) &&
           read_arm(arms, trial, false, err) && read_arm(arms, trial, true, err) &&
           count_customers(arms, trial, err);
}

/* The lists of the samples go with the figures that they are of. */
static void forget_lists(struct trial_arm *arm)
{
    arm->measure.slices = NULL;
    arm->measure.slice_count = 0;
    arm->measure.sample.bins = NULL;
    arm->measure.sample.waits = NULL;
    arm->measure.sample.bin_count = arm->measure.sample.wait_count = 0;
    arm->measure.reason = NULL;
}

/* ---- All of them ------------------------------------------------------------------- */

static size_t count_experiments(const struct journey *journey)
{
    size_t count = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].opportunity_count; k++)
            count += opportunity_has_experiment(&journey->touchpoints[i].opportunities[k]);
    return count;
}

bool journey_has_experiments(const struct journey *journey)
{
    return count_experiments(journey) > 0;
}

/* Prepares the trials of all experiments, and what reads each. */
static void list_trials(const struct reading_arms *all, struct trial *trials,
                        struct reading_arms *arms)
{
    size_t count = 0;
    for (size_t i = 0; i < all->journey->touchpoint_count; i++) {
        const struct touchpoint *at = &all->journey->touchpoints[i];
        for (size_t k = 0; k < at->opportunity_count; k++) {
            if (!opportunity_has_experiment(&at->opportunities[k]))
                continue;
            trials[count] = (struct trial){ .touchpoint = (int)i, .opportunity = (int)k };
            arms[count] = *all;
            arms[count].experiment = &at->opportunities[k].experiment;
            arms[count].lens = lens_of(&all->lens, arms[count].experiment);
            count++;
        }
    }
}

/* False only where the store was stopped. */
static bool read_or_say_why(struct reading_arms *arms, struct trial *trial, struct error *err)
{
    struct error why;
    error_init(&why);
    if (read_trial(arms, trial, &why))
        return true;
    if (store_was_stopped(arms->store))
        return error_set(err, "%s", why.text);
    trial->problem = arena_strdup(arms->arena, why.text);
    return true;
}

bool trials_read(struct arena *arena, struct store *store, const struct journey *journey,
                 const struct lens *lens, struct trial_set *out, struct error *err)
{
    const struct reading_arms all = {
        .arena = arena, .store = store, .journey = journey, .lens = *lens
    };
    size_t count = count_experiments(journey);
    struct reading_arms *arms = arena_array(arena, count, sizeof(*arms));
    *out = (struct trial_set){ arena_array(arena, count, sizeof(*out->items)), count };
    list_trials(&all, out->items, arms);
    bool good = true;
    for (size_t i = 0; good && i < count; i++)
        good = read_or_say_why(&arms[i], &out->items[i], err);
    if (good)
        trials_judge(journey, out);
    for (size_t i = 0; i < count; i++) {
        figures_destroy(arms[i].figures[0]);
        figures_destroy(arms[i].figures[1]);
        forget_lists(&out->items[i].a);
        forget_lists(&out->items[i].b);
    }
    return good;
}
