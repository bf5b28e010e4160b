/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every number of the Gaps view taken apart: what it is made of, and how. */

#include <stellwerk/scene/gaps.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/scene/detail.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

struct explaining {
    struct page page;
    struct arena *arena;
    const struct stage_set *set;
    const struct touchpoint *at;
    const struct ranked_gap *row;
};

static const char *number(const struct explaining *explaining, double value)
{
    return isnan(value) ? "–" : locale_number(explaining->arena, value, 1);
}

static const char *points(const struct explaining *explaining, double value)
{
    return isnan(value) ? "–" : locale_signed(explaining->arena, value, 1);
}

static void write(struct explaining *explaining, const char *label, enum ink ink,
                  const char *text)
{
    page_pair(&explaining->page, label, style_ink(ink), text);
}

/* ---- The gap, estimated and measured --------------------------------------------- */

/* "37 − 60 = −23", or that it lies within. */
static const char *gap_formula(const struct explaining *explaining, double score, struct gap gap)
{
    const struct reading *reading = explaining->row->reading;
    if (isnan(score))
        return NULL;
    if (isnan(reading->adequate))
        return _("no expectation stated: no gap");
    if (gap.inside)
        return arena_printf(explaining->arena, _("%s lies within %s: expectation met"),
                            number(explaining, score),
                            wording_zone(explaining->arena, reading->adequate, reading->desired));
    return arena_printf(explaining->arena, "%s − %s = %s", number(explaining, score),
                        number(explaining, score - gap.value), points(explaining, gap.value));
}

static const char *interval_text(const struct explaining *explaining, double lo, double hi)
{
    if (isnan(lo) || isnan(hi))
        return NULL;
    return arena_printf(explaining->arena, _("95%% interval %s to %s"), points(explaining, lo),
                        points(explaining, hi));
}

static void explain_gap(struct explaining *explaining)
{
    const struct reading *reading = explaining->row->reading;
    struct arena *arena = explaining->arena;
    const char *measured[] = {
        gap_formula(explaining, reading->measured.score, reading->gap_measured),
        interval_text(explaining, reading->gap_measured.lo, reading->gap_measured.hi),
    };
    page_heading(&explaining->page, _("The gap: experience less expectation"));
    page_text(&explaining->page, 0, style_ink(INK_DIM),
              _("Measured from the edge of the zone of tolerance that the experience has left."));
    write(explaining, _("Estimated"), INK_CURVE,
          isnan(reading->estimated)
              ? _("not estimated")
              : gap_formula(explaining, reading->estimated, reading->gap_estimated));
    write(explaining, _("Measured"), INK_MEASURED,
          isnan(reading->measured.score)
              ? phrase_score(arena, explaining->set, &reading->measured)
              : wording_list(arena, measured, ARRAY_LEN(measured)));
    if (reading->estimate_outside)
        write(explaining, "", INK_WARN, _("the estimate lies outside the measured interval"));
}

/* ---- Its place in the list ------------------------------------------------------- */

static const char *sure_formula(const struct explaining *explaining)
{
    const struct ranked_gap *row = explaining->row;
    if (isnan(row->se) || row->shortfall == 0)
        return NULL;
    return arena_printf(explaining->arena, _("max(0, %s − %s × standard error %s) = %s"),
                        number(explaining, row->shortfall),
                        locale_number(explaining->arena, Z_95, 2), number(explaining, row->se),
                        number(explaining, row->sure));
}

static void explain_rank(struct explaining *explaining)
{
    const struct ranked_gap *row = explaining->row;
    page_heading(&explaining->page, _("What to mend first: importance × reach × shortfall"));
    write(explaining, _("Standing"), INK_TEXT, standing_title(row->standing));
    write(explaining, _("Sure of it"), INK_TEXT, sure_formula(explaining));
    write(explaining, _("Importance"), INK_TEXT,
          row->importance_stated
              ? arena_printf(explaining->arena, _("%s of 5, as the map says"),
                             number(explaining, row->importance))
              : arena_printf(explaining->arena, _("not stated: %s, the mean of those stated"),
                             number(explaining, row->importance)));
    write(explaining, _("Reach"), INK_TEXT,
          row->reach_measured
              ? arena_printf(explaining->arena, _("%s of the cases came here"),
                             locale_percent(explaining->arena, row->reach, 1))
              : _("not measured: taken as all customers"));
    write(explaining, _("Priority"), INK_STRONG, gaps_priority_text(explaining->arena, row));
}

/* ---- Where the scores come from -------------------------------------------------- */

static double weight_of(const struct touchpoint *at, const struct metric *metric)
{
    for (size_t i = 0; metric->aspect != NULL && i < at->aspect_count; i++)
        if (strcmp(at->aspects[i].id, metric->aspect) == 0 && !isnan(at->aspects[i].importance))
            return at->aspects[i].importance;
    return 1;
}

static void explain_metric(struct explaining *explaining, const struct metric *metric,
                           const struct measure *measure)
{
    struct arena *arena = explaining->arena;
    const char *words[] = {
        arena_printf(arena, _("score %s %s"), number(explaining, measure->score),
                     wording_margin(arena, measure->score_lo, measure->score_hi)),
        arena_printf(arena, _("weight %s"), number(explaining, weight_of(explaining->at, metric))),
        arena_printf(arena, _("n %s"), locale_count(arena, measure->n)),
        wording_age(arena, measure->newest, explaining->set->now),
        measure->persona_ignored ? _("of all customers: the store does not know who") : NULL,
        measure->context_ignored ? _("of all contexts: the store does not know in which") : NULL,
        measure->score_of_aggregate ? _("of an aggregate") : NULL,
    };
    page_text(&explaining->page, 2, style_ink(INK_TEXT), metric_title(metric));
    page_text(&explaining->page, 4, style_ink(INK_DIM),
              wording_list(arena, words, ARRAY_LEN(words)));
}

static void explain_measured(struct explaining *explaining)
{
    const struct measured *measured = &explaining->row->reading->measured;
    struct indices metrics = explaining->at->metrics;
    if (isnan(measured->score))
        return;
    page_heading(&explaining->page, _("The measured score"));
    page_text(&explaining->page, 0, style_ink(INK_MEASURED),
              arena_printf(explaining->arena,
                           ngettext("%s of %s metric, weighted by its aspect",
                                    "%s: mean of %s metrics, weighted by their aspects",
                                    measured->metrics),
                           number(explaining, measured->score),
                           locale_count(explaining->arena, measured->metrics)));
    for (size_t i = 0; i < metrics.count; i++) {
        const struct measure *measure = figures_find(
            explaining->set->figures, explaining->row->touchpoint, metrics.items[i]);
        if (measure != NULL && measure->status <= MEASURE_SMALL && !isnan(measure->score))
            explain_metric(explaining, &explaining->set->journey->metrics[metrics.items[i]],
                           measure);
    }
}

/* What each persona is said to expect or feel, where all customers are their mean. */
static void explain_personas(struct explaining *explaining, bool expectation)
{
    const struct journey *journey = explaining->set->journey;
    struct lens lens = explaining->set->lens;
    struct arena *arena = explaining->arena;
    for (size_t i = 0; i < journey->persona_count; i++) {
        lens.persona = (int)i;
        const struct expectation *expected = touchpoint_expectation(explaining->at, &lens);
        const struct experience *felt = touchpoint_experience(explaining->at, &lens);
        if (expectation ? expected == NULL : felt == NULL)
            continue;
        const char *score = expectation ? wording_zone(arena, expected->adequate, expected->desired)
                                        : wording_score(arena, felt->score);
        const char *who = wording_who(arena, journey, (int)i, NONE);
        double share = journey->personas[i].share;
        page_text(&explaining->page, 2, style_ink(INK_DIM),
                  share > 0 ? arena_printf(arena, _("%s: %s, %s of the customers"), who, score,
                                           locale_percent(arena, share, 0))
                            : arena_printf(arena, "%s: %s", who, score));
    }
}

static const char *origin_text(enum origin origin)
{
    switch (origin) {
    case ORIGIN_STATED:
        return _("as the map says");
    case ORIGIN_PERSONAS:
        return _("mean of the personas, by their shares");
    case ORIGIN_ASPECTS:
        return _("mean of the aspects, by their importance");
    case ORIGIN_NONE:
        break;
    }
    return _("the map says nothing");
}

static void explain_stated(struct explaining *explaining, bool expectation)
{
    const struct reading *reading = explaining->row->reading;
    struct arena *arena = explaining->arena;
    enum origin origin = expectation ? reading->expected_from : reading->estimated_from;
    const char *words[] = {
        expectation ? wording_zone(arena, reading->adequate, reading->desired)
                    : wording_score(arena, reading->estimated),
        origin_text(origin),
        evidence_word(expectation ? reading->expected_evidence : reading->estimated_evidence),
    };
    write(explaining, expectation ? _("Expected") : _("Felt"),
          expectation ? INK_TEXT : INK_CURVE,
          origin == ORIGIN_NONE ? origin_text(origin)
                                : wording_list(arena, words, ARRAY_LEN(words)));
    if (origin == ORIGIN_PERSONAS)
        explain_personas(explaining, expectation);
}

static void explain_map(struct explaining *explaining)
{
    page_heading(&explaining->page, _("What the map says"));
    explain_stated(explaining, true);
    explain_stated(explaining, false);
}

/* ---- The split ------------------------------------------------------------------- */

static const char *part_formula(const struct explaining *explaining, double part, double above,
                                double below)
{
    if (isnan(part))
        return NULL;
    return arena_printf(explaining->arena, "%s − %s = %s", number(explaining, above),
                        number(explaining, below), points(explaining, part));
}

static const char *missing_text(struct arena *arena, unsigned missing)
{
    const char *words[] = {
        (missing & GAP_STANDARD) != 0 ? _("the own standard is missing") : NULL,
        (missing & GAP_PROMISE) != 0 ? _("the promise is missing") : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void explain_split(struct explaining *explaining)
{
    const struct ranked_gap *row = explaining->row;
    const struct reading *reading = row->reading;
    const struct gap_split *split = &reading->split;
    if (isnan(row->gap.value) || row->gap.inside)
        return;
    double score = row->measured ? reading->measured.score : reading->estimated;
    page_heading(&explaining->page, _("Where the gap comes from"));
    write(explaining, _("Delivery"), split->delivery < 0 ? INK_BAD : INK_GOOD,
          part_formula(explaining, split->delivery, score, reading->standard));
    write(explaining, "", INK_DIM,
          isnan(split->delivery) ? NULL : _("experience less the own standard"));
    write(explaining, _("Promise"), split->promise < 0 ? INK_BAD : INK_GOOD,
          part_formula(explaining, split->promise, reading->standard, reading->promise));
    write(explaining, "", INK_DIM,
          isnan(split->promise) ? NULL : _("the own standard less what was promised"));
    write(explaining, _("Other"), split->other < 0 ? INK_BAD : INK_GOOD,
          part_formula(explaining, split->other, reading->promise, score - row->gap.value));
    write(explaining, "", INK_DIM,
          isnan(split->other) ? NULL : _("what was promised less what is expected"));
    write(explaining, _("Not split"), INK_WARN, missing_text(explaining->arena, split->missing));
}

/* ---- By other methods ------------------------------------------------------------ */

static const char *satisfaction_text(enum satisfaction_source source)
{
    switch (source) {
    case SATISFACTION_TOP_BOX:
        return _("satisfaction is the share of the top boxes times ten");
    case SATISFACTION_MEASURED:
        return _("satisfaction is a tenth of the measured score: no question gives top boxes");
    case SATISFACTION_ESTIMATED:
        return _("satisfaction is a tenth of the estimate: nothing is measured");
    case SATISFACTION_NONE:
        break;
    }
    return NULL;
}

static void explain_others(struct explaining *explaining)
{
    const struct ranked_gap *row = explaining->row;
    struct arena *arena = explaining->arena;
    page_heading(&explaining->page, _("By other methods"));
    if (isnan(row->performance)) {
        page_text(&explaining->page, 0, style_ink(INK_DIM),
                  _("Neither: nothing is felt or measured here."));
        return;
    }
    write(explaining, _("Opportunity"), INK_TEXT,
          arena_printf(arena, _("%s + max(0, %s − %s) = %s of 20"),
                       number(explaining, row->wanted), number(explaining, row->wanted),
                       number(explaining, row->satisfied),
                       number(explaining, row->opportunity)));
    write(explaining, "", INK_DIM,
          _("Ulwick: importance + max(0, importance − satisfaction); importance is the map's, "
            "times two"));
    write(explaining, "", INK_DIM, satisfaction_text(row->satisfied_from));
    write(explaining, _("Importance"), INK_TEXT,
          arena_printf(arena, _("%s of 100 − performance %s = %s"),
                       number(explaining, 20 * row->importance),
                       number(explaining, row->performance), points(explaining, row->concern)));
    write(explaining, "", INK_DIM,
          row->concern > 0 ? _("above the diagonal: it matters more than it is good")
                           : _("not above the diagonal: it is as good as it matters"));
}

/* ---- All of it ------------------------------------------------------------------- */

/* Of the whole list, so that the numbers are those that are ranked by. */
static const struct ranked_gap *find_row(const struct ranking *ranking, int touchpoint)
{
    for (size_t i = 0; i < ranking->count; i++)
        if (ranking->items[i].touchpoint == touchpoint)
            return &ranking->items[i];
    return NULL;
}

struct scene *gaps_explain(struct arena *arena, const struct stage_set *set, int columns,
                           struct medium medium)
{
    struct explaining explaining = {
        .page = page_begin(arena, columns, medium), .arena = arena, .set = set
    };
    struct stage_set whole = *set;
    whole.options.filter = NULL;
    struct ranking ranking = gaps_ranking(arena, &whole, NULL);
    int selected = set->options.selected;
    explaining.row = find_row(&ranking, selected);
    if (explaining.row == NULL)
        return page_end(&explaining.page);
    explaining.at = &set->journey->touchpoints[selected];
    detail_facts(&explaining.page, set, selected);
    explain_gap(&explaining);
    explain_rank(&explaining);
    explain_split(&explaining);
    explain_measured(&explaining);
    explain_map(&explaining);
    detail_aspects(&explaining.page, set, selected);
    detail_scopes(&explaining.page, set, selected);
    explain_others(&explaining);
    return page_end(&explaining.page);
}
