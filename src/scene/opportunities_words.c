/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opportunities in words: the facts, what came of them, what their experiments say. */

#include <stellwerk/scene/opportunities.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/wording.h>

/* ---- Facts ------------------------------------------------------------------------- */

/* NULL for a figure that was not given. */
static const char *effect_text(struct arena *arena, const char *format, double value)
{
    return isnan(value) ? NULL : arena_printf(arena, format, wording_score(arena, value));
}

static const char *due_text(struct arena *arena, const struct opportunity *opportunity,
                            int32_t today)
{
    if (opportunity->due == DAY_NONE)
        return NULL;
    const char *day = locale_day(arena, opportunity->due);
    if (opportunity->status == STATUS_DONE)
        return arena_printf(arena, _("done on %s"), day);
    bool overdue = opportunity_is_overdue(opportunity, today);
    return arena_printf(arena, overdue ? _("overdue since %s") : _("due %s"), day);
}

static const char *votes_text(struct arena *arena, int votes)
{
    const char *format = ngettext("%s vote", "%s votes", (unsigned long)votes);
    return votes > 0 ? arena_printf(arena, format, locale_count(arena, (uint64_t)votes)) : NULL;
}

const char *opportunity_facts(struct arena *arena, const struct opportunity *opportunity,
                              int32_t today)
{
    const char *words[] = {
        opportunity->owner,
        due_text(arena, opportunity, today),
        votes_text(arena, opportunity->votes),
        effect_text(arena, _("impact %s"), opportunity->impact),
        effect_text(arena, _("effort %s"), opportunity->effort),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* ---- What came of it --------------------------------------------------------------- */

/* A difference in the metric's unit, shares in points, with its interval. */
static const char *moved_text(struct arena *arena, const struct metric *metric,
                              const struct board_row *row)
{
    const struct opportunity_outcome *outcome = &row->outcome;
    double scale = wording_is_share(metric, outcome->measure) ? 100 : 1;
    double value = outcome->change.value * scale;
    int decimals = wording_decimals(value);
    const char *size = locale_signed(arena, value, decimals);
    if (!wording_bounded(outcome->change.lo, outcome->change.hi))
        return size;
    return arena_printf(arena, _("%s (%s to %s)"), size,
                        locale_signed(arena, outcome->change.lo * scale, decimals),
                        locale_signed(arena, outcome->change.hi * scale, decimals));
}

static const char *verdict_text(enum outcome_state state)
{
    if (state == OUTCOME_MOVED)
        return _("That is what was expected, and more than chance. It compares two times and is "
                 "no proof.");
    if (state == OUTCOME_WORSE)
        return _("That is the other way, and more than chance. It compares two times and is no "
                 "proof.");
    return _("That may be chance.");
}

static const char *compared_text(struct arena *arena, const struct metric *metric,
                                 const struct board_row *row)
{
    const struct opportunity_outcome *outcome = &row->outcome;
    const struct measure *measure = outcome->measure;
    return arena_printf(
        arena, _("Before and after: %s was %s (n %s) and is %s since (n %s): %s. %s"),
        metric_title(metric), wording_value(arena, metric, measure, outcome->change.before),
        locale_count(arena, outcome->change.before_n),
        wording_value(arena, metric, measure, outcome->after),
        locale_count(arena, outcome->after_n), moved_text(arena, metric, row),
        verdict_text(outcome->state));
}

static const char *open_text(struct arena *arena, const struct metric *metric,
                             const struct board_row *row)
{
    const struct opportunity_outcome *outcome = &row->outcome;
    const struct measure *measure = outcome->measure;
    const char *now = wording_value(arena, metric, measure, measure->value);
    const char *n = locale_count(arena, measure->n);
    const char *to = wording_value(arena, metric, measure, outcome->to);
    if (isnan(outcome->from))
        return arena_printf(arena, _("%s is %s (n %s) and is to be %s."), metric_title(metric), now,
                            n, to);
    return arena_printf(arena, _("%s is %s (n %s) and is to go from %s to %s."),
                        metric_title(metric), now, n,
                        wording_value(arena, metric, measure, outcome->from), to);
}

/* Without a figure shares cannot be told from other numbers but by the metric's type. */
static const char *unmeasured_text(struct arena *arena, const struct metric *metric,
                                   const struct expects *expects)
{
    const char *to = wording_value(arena, metric, NULL, expects->to);
    if (isnan(expects->from))
        return arena_printf(arena, _("%s is to be %s, and is not measured here."),
                            metric_title(metric), to);
    return arena_printf(arena, _("%s is to go from %s to %s, and is not measured here."),
                        metric_title(metric), wording_value(arena, metric, NULL, expects->from),
                        to);
}

const char *outcome_sentence(struct arena *arena, const struct journey *journey,
                             const struct board_row *row)
{
    const struct expects *expects = &row->opportunity->expects;
    if (expects->metric == NONE)
        return NULL;
    const struct metric *metric = &journey->metrics[expects->metric];
    switch (row->outcome.state) {
    case OUTCOME_NOT_EXPECTED:
    case OUTCOME_NOT_MEASURED:
        return unmeasured_text(arena, metric, expects);
    case OUTCOME_OPEN:
        return open_text(arena, metric, row);
    case OUTCOME_TOO_SOON:
        return row->opportunity->due == DAY_NONE
                   ? _("Done, but its day ('due') is missing, so nobody can compare before and "
                       "after.")
                   : _("Done, but too little was measured before or since to compare.");
    case OUTCOME_UNSURE:
    case OUTCOME_MOVED:
    case OUTCOME_WORSE:
        break;
    }
    return compared_text(arena, metric, row);
}

/* ---- What experiments say ---------------------------------------------------------- */

/* "32% with one-page (n 812)" */
static const char *arm_text(struct arena *arena, const struct metric *metric,
                            const struct trial_arm *arm, const char *variant)
{
    return arena_printf(arena, _("%s with %s (n %s)"),
                        wording_value(arena, metric, &arm->measure, arm->measure.value), variant,
                        locale_count(arena, arm->measure.n));
}

/* "−12 points, between −16 and −8" */
static const char *difference_text(struct arena *arena, const struct metric *metric,
                                   const struct trial *trial)
{
    const struct finding *finding = &trial->finding;
    bool share = wording_is_share(metric, &trial->b.measure);
    double scale = share ? 100 : 1, value = finding->value * scale;
    int decimals = wording_decimals(value);
    const char *unit = share ? _("points") : metric->unit != NULL ? metric->unit : "";
    const char *size = arena_printf(arena, *unit != '\0' ? "%s %s" : "%s",
                                    locale_signed(arena, value, decimals), unit);
    if (!wording_bounded(finding->lo, finding->hi))
        return size;
    return arena_printf(arena, _("%s, between %s and %s"), size,
                        locale_signed(arena, finding->lo * scale, decimals),
                        locale_signed(arena, finding->hi * scale, decimals));
}

/* "in 58 of 100 pairs one-page is above, between 54 and 62" */
static const char *pairs_text(struct arena *arena, const struct experiment *experiment,
                              const struct finding *finding)
{
    const char *share = locale_number(arena, 100 * finding->superiority, 0);
    if (isnan(finding->superiority_lo))
        return arena_printf(arena, _("in %s of 100 pairs %s is above"), share, experiment->b);
    return arena_printf(arena, _("in %s of 100 pairs %s is above, between %s and %s"), share,
                        experiment->b, locale_number(arena, 100 * finding->superiority_lo, 0),
                        locale_number(arena, 100 * finding->superiority_hi, 0));
}

static const char *finding_text(struct arena *arena, const struct experiment *experiment,
                                enum trial_state state)
{
    if (state == TRIAL_BETTER)
        return arena_printf(arena, _("%s is better, by more than chance"), experiment->b);
    if (state == TRIAL_WORSE)
        return arena_printf(arena, _("%s is worse, by more than chance"), experiment->b);
    if (state == TRIAL_DIFFERENT)
        return _("that is more than chance");
    return state == TRIAL_UNSURE ? _("that may be chance") : _("that cannot be tested");
}

/* How the arms were filled, and who got both. */
static const char *filled_text(struct arena *arena, const struct trial *trial)
{
    if (trial->both == 0)
        return _("the arms are filled as planned");
    const char *format = ngettext("the arms are filled as planned, but %s customer got both",
                                  "the arms are filled as planned, but %s customers got both",
                                  (unsigned long)trial->both);
    return arena_printf(arena, format, locale_count(arena, trial->both));
}

static const char *compared_arms_text(struct arena *arena, const struct metric *metric,
                                      const struct experiment *experiment,
                                      const struct trial *trial)
{
    const struct finding *finding = &trial->finding;
    const char *effect = finding->test == TRIAL_TEST_MANN_WHITNEY
                             ? pairs_text(arena, experiment, finding)
                             : difference_text(arena, metric, trial);
    return arena_printf(arena, _("Experiment: %s is %s against %s: %s; %s; %s."),
                        metric_title(metric), arm_text(arena, metric, &trial->b, experiment->b),
                        arm_text(arena, metric, &trial->a, experiment->a), effect,
                        finding_text(arena, experiment, finding->state), filled_text(arena, trial));
}

static const char *customers_text(struct arena *arena, uint64_t customers)
{
    return arena_printf(arena, ngettext("%s customer", "%s customers", customers),
                        locale_count(arena, customers));
}

/* Two counts that the plan does not explain; nothing else is said. */
static const char *uneven_text(struct arena *arena, const struct experiment *experiment,
                               const struct trial *trial)
{
    return arena_printf(
        arena,
        /* TRANSLATORS: who got what, the first as "5,200 customers". */
        _("Experiment: the arms are not filled as planned. %s got %s and %s got "
          "%s, where %s of them were to get %s. Find the fault first: until then no "
          "difference is a finding."),
        experiment->a, customers_text(arena, trial->a.customers), experiment->b,
        locale_count(arena, trial->b.customers), locale_percent(arena, experiment->share, 0),
        experiment->b);
}

static const char *few_text(struct arena *arena, const struct metric *metric,
                            const struct experiment *experiment, const struct trial *trial)
{
    return arena_printf(arena, _("Experiment: too little is measured of %s: %s n %s, %s n %s."),
                        metric_title(metric), experiment->a,
                        locale_count(arena, trial->a.measure.n), experiment->b,
                        locale_count(arena, trial->b.measure.n));
}

const char *trial_sentence(struct arena *arena, const struct journey *journey,
                           const struct board_row *row)
{
    const struct experiment *experiment = &row->opportunity->experiment;
    const struct trial *trial = row->trial;
    if (!opportunity_has_experiment(row->opportunity))
        return NULL;
    const struct metric *metric = &journey->metrics[experiment->metric];
    if (trial == NULL)
        return arena_printf(arena, _("Experiment: %s against %s, by %s; not measured."),
                            experiment->b, experiment->a, metric_title(metric));
    switch (trial->finding.state) {
    case TRIAL_UNREADABLE:
        return arena_printf(arena, _("Experiment: not measured, since %s."), trial->problem);
    case TRIAL_UNEVEN:
        return uneven_text(arena, experiment, trial);
    case TRIAL_NOT_MEASURED:
    case TRIAL_TOO_FEW:
        return few_text(arena, metric, experiment, trial);
    default:
        return compared_arms_text(arena, metric, experiment, trial);
    }
}

enum ink trial_ink(const struct trial *trial)
{
    enum trial_state state = trial != NULL ? trial->finding.state : TRIAL_UNSURE;
    return state == TRIAL_BETTER                                ? INK_GOOD
           : state == TRIAL_WORSE                               ? INK_BAD
           : state == TRIAL_UNEVEN || state == TRIAL_UNREADABLE ? INK_WARN
                                                                : INK_DIM;
}

enum ink outcome_ink(enum outcome_state state)
{
    return state == OUTCOME_MOVED ? INK_GOOD : state == OUTCOME_WORSE ? INK_BAD : INK_DIM;
}
