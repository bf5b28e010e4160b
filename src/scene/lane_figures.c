/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/lanes.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/sparkline.h>
#include <stellwerk/scene/wording.h>

static int put(const struct lane_cell *cell, struct style style, const char *text)
{
    return scene_text(cell->scene, cell->row, cell->column, cell->columns, style, text);
}

/* The first of the texts that fits; the last one in any case. NULL ends the list. */
static int put_first_that_fits(const struct lane_cell *cell, struct style style,
                               const char *const *texts)
{
    while (texts[1] != NULL && scene_text_width(cell->scene, texts[0]) > cell->columns)
        texts++;
    return put(cell, style, texts[0]);
}

bool lane_always(const struct stage_set *set)
{
    (void)set;
    return true;
}

static bool has_figures(const struct stage_set *set)
{
    return set->figures != NULL && set->options.overlay;
}

bool lane_awaits_figures(const struct stage_set *set)
{
    return set->options.overlay && (set->figures != NULL || set->journey->store != NULL);
}

const struct measure *lane_measure(const struct stage_set *set, int touchpoint)
{
    if (!has_figures(set))
        return NULL;
    int metric = set->options.metric;
    struct indices metrics = set->journey->touchpoints[touchpoint].metrics;
    if (metric == NONE && metrics.count > 0)
        metric = metrics.items[0];
    return metric == NONE ? NULL : figures_find(set->figures, touchpoint, metric);
}

/* ---- Gap ------------------------------------------------------------------------- */

static enum ink gap_ink(struct gap gap)
{
    return gap.inside || isnan(gap.value) ? INK_DIM : gap.value < 0 ? INK_BAD : INK_GOOD;
}

static int put_measured_gap(const struct lane_cell *cell, struct gap gap)
{
    struct arena *arena = cell->scene->arena;
    const char *value = gap.inside ? _("· met") : wording_gap(arena, gap.value);
    const char *margin = gap.inside ? "" : wording_margin(arena, gap.lo, gap.hi);
    const char *texts[] = { arena_printf(arena, "%s %s", value, margin), value, NULL };
    return put_first_that_fits(cell, style_ink(gap_ink(gap)), texts);
}

static int put_estimated_gap(const struct lane_cell *cell, struct gap gap)
{
    struct arena *arena = cell->scene->arena;
    const char *value = wording_gap(arena, gap.value);
    /* TRANSLATORS: an expectation is met, by estimate; the second form has ten columns at most. */
    const char *met[] = { _("· met estimated"), _("· met est."), NULL };
    const char *texts[] = {
        /* TRANSLATORS: %s is a gap, "−29"; the second form is short. */
        arena_printf(arena, _("%s estimated"), value),
        arena_printf(arena, _("%s est."), value),
        value,
        NULL,
    };
    return put_first_that_fits(cell, style_ink(gap_ink(gap)), gap.inside ? met : texts);
}

static int put_gap(const struct lane_cell *cell, struct gap gap, bool measured)
{
    if (isnan(gap.value))
        return put(cell, style_ink(INK_DIM), wording_gap(cell->scene->arena, gap.value));
    return measured ? put_measured_gap(cell, gap) : put_estimated_gap(cell, gap);
}

void lane_draw_gap(const struct lane_cell *cell)
{
    const struct reading *reading = &cell->set->readings->items[cell->touchpoint];
    bool measured = false;
    struct gap gap = reading->gap_estimated;
    if (cell->set->options.overlay)
        gap = reading_gap(reading, &measured);
    bool flagged = measured && reading->estimate_outside;
    struct lane_cell rest = *cell;
    rest.columns -= flagged ? 1 : 0;
    int used = put_gap(&rest, gap, measured);
    if (flagged) {
        int blank = used < rest.columns ? 1 : 0;
        scene_glyph(cell->scene, cell->row, cell->column + used + blank, style_ink(INK_WARN),
                    glyph(cell->scene->medium, GLYPH_DISAGREE));
    }
}

/* ---- n and trend ----------------------------------------------------------------- */

static void put_n(const struct lane_cell *cell, uint64_t n, enum measure_status status,
                  const char *age)
{
    struct arena *arena = cell->scene->arena;
    const char *count = locale_count(arena, n);
    const char *small =
        arena_printf(arena, "%s %s", count, glyph(cell->scene->medium, GLYPH_SMALL));
    const char *shown = status == MEASURE_SMALL ? small : count;
    const char *texts[] = {
        arena_printf(arena, "%s · %s", shown, age),
        arena_printf(arena, C_("figures", "%s · old"), shown),
        shown,
        NULL,
    };
    put_first_that_fits(cell, style_ink(*age != '\0' ? INK_WARN : INK_DIM),
                        *age != '\0' ? texts : texts + 2);
}

void lane_draw_n(const struct lane_cell *cell)
{
    if (!has_figures(cell->set))
        return;
    const struct measured *measured = &cell->set->readings->items[cell->touchpoint].measured;
    const struct measure *measure = lane_measure(cell->set, cell->touchpoint);
    bool of_touchpoint = cell->set->options.metric == NONE && measured->metrics > 0;
    enum measure_status status = of_touchpoint     ? measured->status
                                 : measure == NULL ? MEASURE_NO_ROWS
                                                   : measure->status;
    if (status == MEASURE_HIDDEN) {
        uint64_t n = measure != NULL ? measure->n : measured->n;
        const char *count = locale_count(cell->scene->arena, n);
        put(cell, style_ink(INK_WARN),
            arena_printf(cell->scene->arena, C_("figures", "%s, too few"), count));
    } else if (status > MEASURE_SMALL) {
        put(cell, style_ink(INK_DIM), "–");
    } else {
        bool stale = of_touchpoint ? measured->stale : measure->stale;
        int64_t newest = of_touchpoint ? measured->newest : measure->newest;
        put_n(cell, of_touchpoint ? measured->n : measure->n, status,
              stale ? wording_age(cell->scene->arena, newest, cell->set->now) : "");
    }
}

void lane_draw_trend(const struct lane_cell *cell)
{
    const struct measure *measure = lane_measure(cell->set, cell->touchpoint);
    if (measure == NULL || measure->slice_count == 0 || measure->status > MEASURE_SMALL)
        return;
    int used = sparkline_draw(cell->scene, cell->row, cell->column, cell->columns, cell->set,
                              measure);
    const char *value = wording_value(cell->scene->arena,
                                      &cell->set->journey->metrics[measure->metric], measure,
                                      measure->value);
    if (used + 1 + scene_text_width(cell->scene, value) <= cell->columns)
        scene_text(cell->scene, cell->row, cell->column + used + 1, cell->columns - used - 1,
                   style_ink(INK_DIM), value);
}

/* ---- Votes ----------------------------------------------------------------------- */

static int votes_of(const struct touchpoint *touchpoint)
{
    int votes = 0;
    for (size_t i = 0; i < touchpoint->opportunity_count; i++)
        votes += touchpoint->opportunities[i].votes;
    return votes;
}

bool lane_any_votes(const struct stage_set *set)
{
    for (size_t i = 0; i < set->journey->touchpoint_count; i++) {
        if (votes_of(&set->journey->touchpoints[i]) > 0)
            return true;
    }
    return false;
}

void lane_draw_votes(const struct lane_cell *cell)
{
    int votes = votes_of(&cell->set->journey->touchpoints[cell->touchpoint]);
    if (votes <= 0)
        return;
    int used =
        put(cell, style_ink(INK_TEXT), locale_count(cell->scene->arena, (uint64_t)votes)) + 1;
    for (int i = 0; i < votes && used < cell->columns; i++, used++)
        scene_glyph(cell->scene, cell->row, cell->column + used, style_ink(INK_DIM),
                    glyph(cell->scene->medium, GLYPH_VOTE));
}
