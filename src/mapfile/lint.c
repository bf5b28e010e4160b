/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/lint.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/time.h>
#include <stellwerk/base/utf8.h>

#include "ids.h"

struct lint {
    const struct journey *journey;
    struct diag_list *findings;
    struct arena *scratch;
    int32_t today;
};

static void check_review(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    if (journey->reviewed == DAY_NONE)
        return;
    int32_t age = lint->today - journey->reviewed;
    if (age < 0) {
        diag_add(lint->findings, SEVERITY_WARNING, journey->reviewed_pos, "reviewed_in_future",
                 _("the map says that it was reviewed on a day that is still to come"));
        return;
    }
    int64_t allowed = journey->review_every / TIME_US_PER_DAY;
    if (journey->review_every == 0 || age <= allowed)
        return;
    int32_t days = age - (int32_t)allowed;
    diag_add(lint->findings, SEVERITY_WARNING, journey->reviewed_pos, "review_overdue",
             ngettext("the review of this map is %s day overdue",
                      "the review of this map is %s days overdue", (unsigned long)days),
             locale_count(lint->scratch, (uint64_t)days));
}

/* Shares are of all customers; a library may hold more personas than this map is about. */
static void check_shares(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    double sum = 0;
    const struct persona *last = NULL;
    for (size_t i = 0; i < journey->persona_count; i++) {
        const struct persona *persona = &journey->personas[i];
        if (isnan(persona->share) || strcmp(persona->pos.file, journey->path) != 0)
            continue;
        sum += persona->share;
        last = persona;
    }
    if (last != NULL && sum > 1 + 1e-9)
        diag_add(lint->findings, SEVERITY_WARNING, last->pos, "shares_above_one",
                 _("the shares of the personas add up to %s, more than all customers"),
                 locale_percent(lint->scratch, sum, 0));
}

static void check_stages(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    if (journey->stages == NULL)
        return; /* which is an error of its own */
    if (journey->touchpoint_count == 0) {
        struct pos pos = journey->stage_count > 0
                             ? journey->stages[0].pos
                             : (struct pos){ .file = journey->path, .line = 1, .column = 1 };
        diag_add(lint->findings, SEVERITY_WARNING, pos, "no_touchpoints",
                 _("the map has no touchpoints yet"));
        return;
    }
    for (size_t i = 0; i < journey->stage_count; i++)
        if (journey->stages[i].count == 0)
            diag_add(lint->findings, SEVERITY_WARNING, journey->stages[i].pos, "empty_stage",
                     _("the stage '%s' has no touchpoints"), journey->stages[i].id);
}

static void check_handovers(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    for (size_t i = 0; i < journey->handover_count; i++)
        if (journey->handovers[i].from == journey->handovers[i].to)
            diag_add(lint->findings, SEVERITY_WARNING, journey->handovers[i].pos,
                     "handover_to_itself", _("this handover is from a channel to itself"));
}

/* What was measured may know more channels than touchpoints do: with a store, all may be used. */
static void check_channels(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    if (journey->store != NULL)
        return;
    bool *used = arena_array(lint->scratch, journey->channel_count, sizeof(*used));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (journey->touchpoints[i].channel != NONE)
            used[journey->touchpoints[i].channel] = true;
    for (size_t i = 0; i < journey->handover_count; i++)
        used[journey->handovers[i].from] = used[journey->handovers[i].to] = true;
    for (size_t i = 0; i < journey->channel_count; i++)
        if (!used[i])
            diag_add(lint->findings, SEVERITY_NOTE, journey->channels[i].pos, "channel_unused",
                     _("nothing uses the channel '%s'"), journey->channels[i].id);
}

static void check_budgets(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    struct pos *seen = arena_array(lint->scratch, journey->touchpoint_count + 1, sizeof(*seen));
    for (size_t i = 0; i < journey->budget_count; i++) {
        const struct budget *budget = &journey->budgets[i];
        struct pos *first = &seen[budget->touchpoint + 1]; /* NONE + 1: the one for all */
        if (first->line == 0) {
            *first = budget->pos;
            continue;
        }
        struct diag *diag =
            diag_add(lint->findings, SEVERITY_WARNING, budget->pos, "duplicate_budget",
                     _("the gap is limited already, in line %u"), first->line);
        diag->other = *first;
    }
}

static bool is_measured_by(const struct touchpoint *touchpoint, int metric)
{
    for (size_t i = 0; i < touchpoint->metrics.count; i++)
        if (touchpoint->metrics.items[i] == metric)
            return true;
    return false;
}

/* What keeps a metric from comparing variants; NULL where nothing does. */
static const char *unfit_metric(const struct touchpoint *touchpoint, int index,
                                const struct metric *metric)
{
    if (!is_measured_by(touchpoint, index))
        return _("the metric '%s' of the experiment '%s' is none of this touchpoint's");
    if (metric->type == METRIC_SQL || metric->source == SOURCE_OBSERVATION)
        return _("the metric '%s' of the experiment '%s' does not tell variants apart");
    if (metric->type == METRIC_COUNT || metric->type == METRIC_SUM)
        return _("the metric '%s' of the experiment '%s' adds up, so that it depends on how many "
                 "customers got a variant");
    return NULL;
}

static void check_experiment(struct lint *lint, const struct touchpoint *touchpoint,
                             const struct opportunity *opportunity)
{
    const struct experiment *experiment = &opportunity->experiment;
    if (!opportunity_has_experiment(opportunity))
        return;
    const struct metric *metric = &lint->journey->metrics[experiment->metric];
    if (strcmp(experiment->a, experiment->b) == 0)
        diag_add(lint->findings, SEVERITY_WARNING, opportunity->pos, "experiment_same_variants",
                 _("both variants of the experiment '%s' are '%s'"), opportunity->id,
                 experiment->a);
    if (!(experiment->share > 0 && experiment->share < 1))
        diag_add(lint->findings, SEVERITY_WARNING, opportunity->pos, "experiment_one_arm",
                 _("a share of %s leaves one variant of the experiment '%s' without customers"),
                 locale_percent(lint->scratch, experiment->share, 0), opportunity->id);
    if (experiment->since != DAY_NONE && experiment->until != DAY_NONE &&
        experiment->until < experiment->since)
        diag_add(lint->findings, SEVERITY_WARNING, opportunity->pos, "experiment_ends_before",
                 _("the experiment '%s' ends before it begins"), opportunity->id);
    const char *unfit = unfit_metric(touchpoint, experiment->metric, metric);
    if (unfit != NULL)
        diag_add(lint->findings, SEVERITY_WARNING, opportunity->pos, "experiment_not_measured",
                 unfit, metric->id, opportunity->id);
}

static void check_opportunity(struct lint *lint, const struct touchpoint *touchpoint,
                              const struct opportunity *opportunity)
{
    check_experiment(lint, touchpoint, opportunity);
    bool open = opportunity->status != STATUS_DONE && opportunity->status != STATUS_DROPPED;
    if (open && opportunity->due != DAY_NONE && opportunity->due < lint->today)
        diag_add(lint->findings, SEVERITY_WARNING, opportunity->pos, "due_date_past",
                 _("'%s' was due on %s and is not done"), opportunity->id,
                 locale_day(lint->scratch, opportunity->due));
}

static void check_aspects(struct lint *lint, const struct touchpoint *touchpoint)
{
    for (size_t i = 1; i < touchpoint->aspect_count; i++) {
        const struct aspect *aspect = &touchpoint->aspects[i];
        for (size_t j = 0; j < i && j < 100; j++) {
            if (strcmp(aspect->id, touchpoint->aspects[j].id) != 0)
                continue;
            struct diag *diag =
                diag_add(lint->findings, SEVERITY_ERROR, aspect->pos, "duplicate_id",
                         _("the id '%s' is taken: it was given in line %u, column %u"), aspect->id,
                         touchpoint->aspects[j].pos.line, touchpoint->aspects[j].pos.column);
            diag->other = touchpoint->aspects[j].pos;
            break;
        }
    }
}

static void check_touchpoint(struct lint *lint, const struct touchpoint *touchpoint)
{
    /* An importance of 4 or 5 says that it is meant so: where it happens, it decides. */
    bool vital = touchpoint->importance >= 4;
    if (touchpoint->moment_of_truth && touchpoint->optional && !vital)
        diag_add(lint->findings, SEVERITY_NOTE, touchpoint->pos, "optional_moment_of_truth",
                 _("'%s' is a moment of truth, may be skipped, and is not said to be important"),
                 touchpoint->id);
    check_aspects(lint, touchpoint);
    for (size_t i = 0; i < touchpoint->opportunity_count; i++)
        check_opportunity(lint, touchpoint, &touchpoint->opportunities[i]);
}

static bool has_aspect(const struct touchpoint *touchpoint, const char *id)
{
    for (size_t i = 0; i < touchpoint->aspect_count; i++)
        if (strcmp(touchpoint->aspects[i].id, id) == 0)
            return true;
    return false;
}

/* What is known of a metric from the touchpoints that name it. */
struct use {
    bool named;     /* by a touchpoint or an opportunity */
    bool at_aspect; /* by a touchpoint that has its aspect */
};

static void note_uses(const struct journey *journey, const struct touchpoint *touchpoint,
                      struct use *uses)
{
    for (size_t i = 0; i < touchpoint->metrics.count; i++) {
        int metric = touchpoint->metrics.items[i];
        const char *aspect = journey->metrics[metric].aspect;
        uses[metric].named = true;
        if (aspect != NULL && has_aspect(touchpoint, aspect))
            uses[metric].at_aspect = true;
    }
    for (size_t i = 0; i < touchpoint->opportunity_count; i++) {
        const struct opportunity *opportunity = &touchpoint->opportunities[i];
        if (opportunity->expects.metric != NONE)
            uses[opportunity->expects.metric].named = true;
        if (opportunity_has_experiment(opportunity))
            uses[opportunity->experiment.metric].named = true;
    }
}

static void check_metrics(struct lint *lint)
{
    const struct journey *journey = lint->journey;
    struct use *uses = arena_array(lint->scratch, journey->metric_count, sizeof(*uses));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        note_uses(journey, &journey->touchpoints[i], uses);
    for (size_t i = 0; i < journey->metric_count; i++) {
        const struct metric *metric = &journey->metrics[i];
        bool own = strcmp(metric->pos.file, journey->path) == 0;
        if (own && !uses[i].named)
            diag_add(lint->findings, SEVERITY_NOTE, metric->pos, "metric_unused",
                     _("no touchpoint is measured by the metric '%s'"), metric->id);
        if (metric->aspect != NULL && uses[i].named && !uses[i].at_aspect)
            diag_add(lint->findings, SEVERITY_WARNING, metric->pos, "unknown_aspect",
                     _("no touchpoint that the metric '%s' measures has the aspect '%s'"),
                     metric->id, metric->aspect);
    }
}

/* One touchpoint's activity; where another one has it, it would bring its events to neither. */
static void check_activity(struct lint *lint, struct ids *known, int touchpoint,
                           const char *activity)
{
    const struct journey *journey = lint->journey;
    const char *folded = utf8_fold(lint->scratch, activity);
    const struct id_entry *before = ids_find(known, folded);
    if (before == NULL) {
        ids_add(known, folded, touchpoint, journey->touchpoints[touchpoint].pos);
    } else if (before->index != touchpoint) {
        struct diag *diag =
            diag_add(lint->findings, SEVERITY_WARNING, journey->touchpoints[touchpoint].pos,
                     "shared_activity",
                     _("the activity '%s' is one of '%s' too, so its events belong to neither"),
                     activity, journey->touchpoints[before->index].id);
        diag->other = before->pos;
    }
}

static void check_activities(struct lint *lint)
{
    struct ids known;
    ids_init(&known, lint->scratch);
    for (size_t i = 0; i < lint->journey->touchpoint_count; i++) {
        const struct texts *activities = &lint->journey->touchpoints[i].activities;
        for (size_t j = 0; j < activities->count; j++)
            check_activity(lint, &known, (int)i, activities->items[j]);
    }
}

void map_lint(struct arena *scratch, const struct journey *journey, int32_t today,
              struct diag_list *findings)
{
    struct lint lint = {
        .journey = journey, .findings = findings, .scratch = scratch, .today = today
    };
    check_review(&lint);
    check_shares(&lint);
    check_stages(&lint);
    check_handovers(&lint);
    check_channels(&lint);
    check_budgets(&lint);
    check_metrics(&lint);
    check_activities(&lint);
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        check_touchpoint(&lint, &journey->touchpoints[i]);
}
