/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/detail.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/change.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

/* ---- Metrics --------------------------------------------------------------------- */

static const char *value_text(struct arena *arena, struct medium medium,
                              const struct metric *metric, const struct measure *measure)
{
    if (isnan(measure->value) && measure->sample.kind == SAMPLE_WAIT)
        return _("not known yet: too many still wait");
    const char *text = wording_interval(arena, medium, metric, measure, measure->value,
                                        measure->value_lo, measure->value_hi);
    if (!sample_value_is_near(&measure->sample))
        return text;
    return arena_printf(arena, "%s %s", glyph(medium, GLYPH_NEAR), text);
}

static const char *score_text(struct arena *arena, const struct measure *measure)
{
    if (isnan(measure->value))
        return NULL;
    if (isnan(measure->score))
        return _("no score: the metric has no anchors");
    const char *score = wording_score(arena, measure->score);
    const char *margin = wording_margin(arena, measure->score_lo, measure->score_hi);
    if (measure->score_of_aggregate)
        return arena_printf(arena, _("score %s %s, of an aggregate"), score, margin);
    return arena_printf(arena, _("score %s %s"), score, margin);
}

static void write_cautions(struct page *page, const struct metric *metric,
                           const struct measure *measure)
{
    struct style warn = style_ink(INK_WARN);
    if (measure->status == MEASURE_SMALL)
        page_text(page, 2, warn,
                  arena_printf(page->scene->arena, _("few answers: fewer than %s"),
                               locale_count(page->scene->arena, metric->min_n)));
    if (measure->stale)
        page_text(page, 2, warn, _("older than this metric may be"));
    if (measure->persona_ignored)
        page_text(page, 2, warn, _("of all customers: the store does not know who"));
    if (measure->context_ignored)
        page_text(page, 2, warn, _("of all contexts: the store does not know in which"));
}

/* "0 → 100, 15 → 75": what a raw value is worth in the context in force. */
static const char *anchors_text(struct arena *arena, const struct stage_set *set,
                                const struct metric *metric)
{
    struct anchors anchors = metric_anchors(metric, set->lens.context);
    const char **pairs = arena_array(arena, anchors.count, sizeof(*pairs));
    for (size_t i = 0; i < anchors.count; i++)
        pairs[i] = arena_printf(arena, "%s → %s",
                                wording_figure(arena, metric, NULL, anchors.items[i].raw),
                                wording_score(arena, anchors.items[i].score));
    return wording_list(arena, pairs, anchors.count);
}

static void write_figure(struct page *page, const struct stage_set *set,
                         const struct metric *metric, const struct measure *measure)
{
    struct scene *scene = page->scene;
    struct arena *arena = scene->arena;
    page_text(page, 2, style_bold(INK_MEASURED), value_text(arena, scene->medium, metric, measure));
    const char *facts[] = {
        score_text(arena, measure),
        arena_printf(arena, _("n %s"), locale_count(arena, measure->n)),
        wording_age(arena, measure->newest, set->now),
    };
    page_text(page, 2, style_ink(change_ink(&measure->change)),
              phrase_change(arena, scene->medium, set->figures, metric, measure));
    page_text(page, 2, style_ink(INK_TEXT), wording_list(arena, facts, ARRAY_LEN(facts)));
    if (measure->slice_count > 0)
        sparkline_draw(scene, page_rows(page, 1), 2, scene->columns - 2, set, measure);
    page_text(page, 2, style_ink(INK_WARN), phrase_signals(arena, measure));
    page_text(page, 2, style_ink(INK_DIM), anchors_text(arena, set, metric));
    write_cautions(page, metric, measure);
}

static void write_metric(struct page *page, const struct stage_set *set, int touchpoint, int index)
{
    struct arena *arena = page->scene->arena;
    const struct metric *metric = &set->journey->metrics[index];
    const struct measure *measure = figures_find(set->figures, touchpoint, index);
    page_text(page, 0, style_ink(INK_TEXT), metric_title(metric));
    if (measure != NULL && measure->status <= MEASURE_SMALL)
        write_figure(page, set, metric, measure);
    else
        page_text(page, 2, style_ink(INK_DIM), wording_why_not(arena, measure));
    if (metric->owner != NULL)
        page_text(page, 2, style_ink(INK_DIM), arena_printf(arena, _("owner %s"), metric->owner));
}

void detail_metrics(struct page *page, const struct stage_set *set, int touchpoint)
{
    struct indices metrics = set->journey->touchpoints[touchpoint].metrics;
    if (metrics.count == 0)
        return;
    page_heading(page, _("Measured"));
    if (set->figures != NULL)
        page_text(page, 0, style_ink(INK_WARN), set->figures->problem.text);
    for (size_t i = 0; i < metrics.count; i++)
        write_metric(page, set, touchpoint, metrics.items[i]);
}

/* ---- Tables with figures at the right edge --------------------------------------- */

enum { CELL_EXPECTED = 8, CELL_FELT = 7, CELL_GAP = 6 };

/* A name, what is expected, what is felt, and how far apart they are. */
static void write_table_row(struct page *page, struct style style, const char *name,
                            const char *expected, const char *felt, const char *gap,
                            enum ink gap_ink)
{
    struct scene *scene = page->scene;
    int row = page_rows(page, 1), end = scene->columns;
    int name_columns = end - CELL_EXPECTED - CELL_FELT - CELL_GAP;
    scene_text(scene, row, 0, name_columns, style, name);
    page_right(page, row, end - CELL_FELT - CELL_GAP, CELL_EXPECTED, style, expected);
    page_right(page, row, end - CELL_GAP, CELL_FELT, style, felt);
    struct style gap_style = style;
    gap_style.ink = (uint8_t)gap_ink;
    page_right(page, row, end, CELL_GAP, gap_style, gap);
}

static void write_table_head(struct page *page, const char *name)
{
    write_table_row(page, style_ink(INK_DIM), name, _("expected"), _("felt"),
                    C_("table head", "gap"), INK_DIM);
}

static enum ink gap_ink(double gap)
{
    return isnan(gap) || gap == 0 ? INK_DIM : gap < 0 ? INK_BAD : INK_GOOD;
}

/* ---- For whom -------------------------------------------------------------------- */

static bool scope_equal(struct scope a, struct scope b)
{
    return a.persona == b.persona && a.context == b.context;
}

static bool in_force(const struct stage_set *set, struct scope scope)
{
    return scope.persona == set->lens.persona && scope.context == set->lens.context;
}

/* What the map itself says for a scope; NULL where it says nothing for just this one. */
static const struct expectation *expectation_for(const struct touchpoint *at, struct scope scope)
{
    for (size_t i = 0; i < at->expectation_count; i++) {
        if (scope_equal(at->expectations[i].scope, scope))
            return &at->expectations[i];
    }
    return NULL;
}

static double outside(double felt, const struct expectation *expected)
{
    if (expected == NULL)
        return NAN;
    return gap_outside_tolerance(felt, expected->adequate, expected->desired);
}

/* A gap needs both; a scope that lacks one inherits it, by the rules of the lens. */
static void write_scope(struct page *page, const struct stage_set *set, const struct touchpoint *at,
                        struct scope scope)
{
    struct arena *arena = page->scene->arena;
    struct lens lens = { .persona = scope.persona, .context = scope.context };
    const struct expectation *expected = touchpoint_expectation(at, &lens);
    const struct experience *felt = touchpoint_experience(at, &lens);
    double gap = felt != NULL ? outside(felt->score, expected) : NAN;
    struct style style = in_force(set, scope) ? style_bold(INK_STRONG) : style_ink(INK_TEXT);
    write_table_row(page, style,
                    wording_who(arena, set->journey, scope.persona, scope.context),
                    expected != NULL ? wording_zone(arena, expected->adequate, expected->desired)
                                     : "–",
                    felt != NULL ? wording_score(arena, felt->score) : "–",
                    gap == 0 ? "·" : wording_gap(arena, gap), gap_ink(gap));
}

void detail_scopes(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    if (at->expectation_count + at->experience_count < 3)
        return;
    page_heading(page, _("For whom"));
    write_table_head(page, "");
    for (size_t i = 0; i < at->expectation_count; i++)
        write_scope(page, set, at, at->expectations[i].scope);
    for (size_t i = 0; i < at->experience_count; i++) {
        if (expectation_for(at, at->experiences[i].scope) == NULL)
            write_scope(page, set, at, at->experiences[i].scope);
    }
}

/* ---- Aspects --------------------------------------------------------------------- */

static void write_aspect(struct page *page, const struct aspect *aspect)
{
    struct arena *arena = page->scene->arena;
    double gap = aspect->experience - aspect->expectation;
    write_table_row(page, style_ink(INK_TEXT), aspect->title,
                    wording_score(arena, aspect->expectation),
                    wording_score(arena, aspect->experience), wording_gap(arena, gap),
                    gap_ink(gap));
    const char *level = level_word(aspect->level);
    const char *importance = wording_score(arena, aspect->importance);
    page_text(page, 2, style_ink(INK_DIM),
              *level == '\0'
                  ? arena_printf(arena, _("importance %s of 5"), importance)
                  : arena_printf(arena, _("%s, importance %s of 5"), level, importance));
}

void detail_aspects(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    if (at->aspect_count == 0)
        return;
    page_heading(page, _("Aspects"));
    write_table_head(page, "");
    for (size_t i = 0; i < at->aspect_count; i++)
        write_aspect(page, &at->aspects[i]);
}
