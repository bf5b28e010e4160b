/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/conflict.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/text.h>

static const int panel_columns = 100, panel_rows = 16, text_rows = 5;

/* From here on the two stand beside each other. */
static const int beside_columns = 56;

/* What somebody says, in a box of its own. */
static void draw_side(struct scene *scene, struct area area, const char *title, const char *value)
{
    struct area inside = panel_draw(scene, area, title, NULL);
    if (inside.rows < 1 || inside.columns < 1)
        return;
    size_t count;
    const char **lines = medium_wrap(scene->arena, scene->medium,
                                     value != NULL ? value : _("(nothing)"), inside.columns,
                                     inside.rows, &count);
    struct style style = style_on(GROUND_PANEL, value != NULL ? INK_TEXT : INK_DIM);
    for (size_t i = 0; i < count && (int)i < inside.rows; i++)
        scene_text(scene, inside.row + (int)i, inside.column, inside.columns, style, lines[i]);
}

static void draw_sides(struct scene *scene, struct area area, const struct conflict_view *view)
{
    struct area left = area, right = area;
    if (area.columns >= beside_columns) {
        left.columns = area.columns / 2 - 1;
        right.column = area.column + area.columns - left.columns;
        right.columns = left.columns;
    } else {
        left.rows = area.rows / 2;
        right.row = area.row + left.rows;
        right.rows = area.rows - left.rows;
    }
    draw_side(scene, left, _("t  in the file"), view->theirs);
    draw_side(scene, right, _("m  yours"), view->mine);
}

void conflict_draw(struct scene *scene, const struct conflict_view *view)
{
    struct area area = panel_centre(scene, panel_rows, panel_columns);
    if (area.row + area.rows > scene->rows - 1)
        area.rows = scene->rows - 1 - area.row;
    const char *note = arena_printf(scene->arena, "%zu/%zu", view->number, view->count);
    struct area inside =
        panel_draw(scene, area, _("Somebody else has changed this, too"), note);
    if (inside.rows < text_rows + 3)
        return;
    const struct style text = style_on(GROUND_PANEL, INK_TEXT);
    scene_text(scene, inside.row, inside.column, inside.columns, style_on(GROUND_PANEL, INK_STRONG),
               view->operation);
    if (view->reason != NULL)
        scene_printf(scene, inside.row + 1, inside.column, inside.columns,
                     style_on(GROUND_PANEL, INK_WARN), _("refused: %s"), view->reason);
    else
        scene_printf(scene, inside.row + 1, inside.column, inside.columns, text, _("before: %s"),
                     view->before != NULL ? view->before : _("(nothing)"));
    inside.row += 3;
    inside.rows -= 3;
    draw_sides(scene, inside, view);
    scene->cursor_row = inside.row;
    scene->cursor_column = inside.column;
}
