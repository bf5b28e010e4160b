/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lanes of what cases do: how many come by, how many drop out, what is credited. */

#include <stellwerk/scene/lanes.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/wording.h>

#define BAR_LEAST 4

bool lane_any_cases(const struct stage_set *set)
{
    return set->options.overlay && set->paths != NULL && set->paths->problem.text[0] == '\0' &&
           set->paths->paths.cases > 0;
}

bool lane_any_credit(const struct stage_set *set)
{
    const struct credit_set *credits = set->credits;
    return set->options.overlay && credits != NULL && credits->problem.text[0] == '\0' &&
           credits->table.known != 0 && credits->table.credited > 0;
}

/* NULL for a touchpoint that is not of the design: a route's. */
static const struct path_column *column_of(const struct stage_set *set, int touchpoint)
{
    for (size_t i = 0; i < set->paths->paths.column_count; i++)
        if (set->paths->paths.columns[i].touchpoint == touchpoint)
            return &set->paths->paths.columns[i];
    return NULL;
}

/* A bar of the share behind the figure, where there is room for one. */
static void draw_bar(const struct lane_cell *cell, int used, double share, enum ink ink)
{
    struct scene *scene = cell->scene;
    int room = cell->columns - used - 1, length = (int)lround(share * room);
    if (room < BAR_LEAST)
        return;
    for (int x = 0; x < length; x++)
        scene_glyph(scene, cell->row, cell->column + used + 1 + x, style_ink(ink),
                    ink == INK_BAD ? glyph(scene->medium, GLYPH_FALL) : glyph_block(scene->medium));
}

static void draw_share(const struct lane_cell *cell, uint64_t hits, uint64_t n, enum ink ink)
{
    struct scene *scene = cell->scene;
    struct arena *arena = scene->arena;
    if (n == 0) {
        scene_text(scene, cell->row, cell->column, cell->columns, style_ink(INK_DIM), "–");
        return;
    }
    const char *sure = paths_share(arena, hits, n);
    const char *whole = arena_printf(arena, _("%s of %s"), sure, locale_count(arena, n));
    double share = (double)hits / (double)n;
    const char *text = scene_text_width(scene, whole) <= cell->columns ? whole
                       : scene_text_width(scene, sure) <= cell->columns
                           ? sure
                           : locale_percent(arena, share, 0);
    int used = scene_text(scene, cell->row, cell->column, cell->columns, style_ink(ink), text);
    draw_bar(cell, used, share, ink);
}

void lane_draw_traffic(const struct lane_cell *cell)
{
    const struct path_column *column = column_of(cell->set, cell->touchpoint);
    if (column != NULL)
        draw_share(cell, column->present, cell->set->paths->paths.cases, INK_MEASURED);
}

/* Whoever is at the goal has completed. */
void lane_draw_dropout(const struct lane_cell *cell)
{
    const struct path_column *column = column_of(cell->set, cell->touchpoint);
    bool goal = cell->touchpoint == cell->set->paths->paths.goal;
    if (column != NULL)
        draw_share(cell, column->dropped, goal ? 0 : column->settled, INK_BAD);
}

void lane_draw_credit(const struct lane_cell *cell)
{
    const struct credit_set *credits = cell->set->credits;
    struct scene *scene = cell->scene;
    struct arena *arena = scene->arena;
    double share = NAN;
    for (size_t i = 0; i < credits->table.count; i++)
        if (credits->touchpoints[i] == cell->touchpoint)
            share = credits->table.rows[i].credits[credits_model(&credits->table)].conversions /
                    credits->table.credited;
    bool none = isnan(share) || cell->touchpoint == credits->goal;
    const char *percent = none ? "–" : locale_percent(arena, share, 0);
    const char *whole = none ? percent
                             : arena_printf(arena, _("%s of %s"), percent,
                                            locale_count(arena, (uint64_t)credits->table.credited));
    int used = scene_text(scene, cell->row, cell->column, cell->columns,
                          style_ink(none ? INK_DIM : INK_MEASURED),
                          scene_text_width(scene, whole) <= cell->columns ? whole : percent);
    if (!none)
        draw_bar(cell, used, share, INK_MEASURED);
}
