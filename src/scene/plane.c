/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/plane.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/glyph.h>

#include "plane_marks.h"

#define AXIS_COLUMNS 4
#define ROWS_BELOW 2 /* labels, the axis's title */
#define LABEL_SHORT 24

struct plane {
    struct scene *scene;
    struct area area; /* of the plane alone */
    const struct plane_axes *axes;
};

static int column_of(const struct plane *plane, double x)
{
    return plane->area.column + (int)lround(x * (plane->area.columns - 1));
}

static int row_of(const struct plane *plane, double y)
{
    return plane->area.row + (int)lround((1 - y) * (plane->area.rows - 1));
}

static int zone_at(const struct plane *plane, int row, int column)
{
    double x = (double)(column - plane->area.column) / (plane->area.columns - 1);
    double y = 1 - (double)(row - plane->area.row) / (plane->area.rows - 1);
    return plane->axes->zone(x, y);
}

/* A dot where the cell to the right or below is of another zone: without colour it is a line. */
static void draw_zones(const struct plane *plane)
{
    const struct area *area = &plane->area;
    for (int row = area->row; row < area->row + area->rows; row++) {
        for (int column = area->column; column < area->column + area->columns; column++) {
            int zone = zone_at(plane, row, column);
            bool last_row = row + 1 == area->row + area->rows;
            bool edge = zone != zone_at(plane, row, column + 1) ||
                        (!last_row && zone != zone_at(plane, row + 1, column));
            if (edge && column + 1 < area->column + area->columns)
                scene_glyph(plane->scene, row, column, style_ink(INK_FAINT),
                            glyph(plane->scene->medium, GLYPH_LIMIT));
        }
    }
}

static void draw_axes(const struct plane *plane)
{
    struct scene *scene = plane->scene;
    const struct area *area = &plane->area;
    const struct plane_axes *axes = plane->axes;
    struct style dim = style_ink(INK_DIM);
    int below = area->row + area->rows, end = area->column + area->columns;
    scene_printf(scene, area->row, area->column - AXIS_COLUMNS, AXIS_COLUMNS - 1, dim, "%3d",
                 axes->up_most);
    scene_printf(scene, below - 1, area->column - AXIS_COLUMNS, AXIS_COLUMNS - 1, dim, "%3d", 0);
    for (int row = area->row; row < below; row++)
        scene_glyph(scene, row, area->column - 1, style_ink(INK_FAINT),
                    glyph(scene->medium, GLYPH_BOX_VERTICAL));
    for (int column = area->column; column < end; column++)
        scene_glyph(scene, below, column, style_ink(INK_FAINT),
                    glyph(scene->medium, GLYPH_BOX_HORIZONTAL));
    scene_text(scene, below + 1, area->column, 2, dim, "0");
    scene_printf(scene, below + 1, end - 3, 3, dim, "%3d", axes->right_most);
    const char *title = axes->right;
    int width = scene_text_width(scene, title), room = area->columns - 6;
    width = width < room ? width : room;
    scene_text(scene, below + 1, area->column + (area->columns - width) / 2, width, dim, title);
}

static bool is_free(const struct plane *plane, int row, int column, int columns)
{
    const struct area *area = &plane->area;
    if (column < area->column || column + columns > area->column + area->columns ||
        row < area->row || row >= area->row + area->rows)
        return false;
    for (int i = 0; i < columns; i++) {
        const struct cell *cell = scene_cell(plane->scene, row, column + i);
        bool taken = cell == NULL || cell->width == 0 ||
                     (cell->bytes > 0 && cell->style.ink != INK_FAINT);
        if (taken)
            return false;
    }
    return true;
}

/* Free with a blank on either side, where the plane does not end there. */
static bool is_airy(const struct plane *plane, int row, int column, int columns)
{
    int left = column > plane->area.column ? 1 : 0;
    int right = column + columns < plane->area.column + plane->area.columns ? 1 : 0;
    return is_free(plane, row, column - left, columns + left + right);
}

static bool label(const struct plane *plane, int row, int column, int columns, struct style style,
                  const char *title)
{
    if (!is_airy(plane, row, column, columns))
        return false;
    scene_text(plane->scene, row, column, columns, style, title);
    return true;
}

static bool is_placed(const struct plane_point *point)
{
    return point->x >= 0 && point->x <= 1 && point->y >= 0 && point->y <= 1;
}

static void draw_mark(const struct plane *plane, const struct plane_mark *mark,
                      const struct plane_point *point)
{
    struct scene *scene = plane->scene;
    const char *number = plane_mark_number(scene->arena, mark);
    const char *others = plane_mark_others(scene->arena, mark);
    int end = mark->column + mark->columns;
    int column = mark->column + scene_text(scene, mark->row, mark->column, mark->columns,
                                           style_bold(point->ink), number);
    scene_text(scene, mark->row, column, end - column, style_ink(point->ink), others);
    if (point->selected)
        scene_light(scene, mark->row, mark->column, 1, mark->columns);
}

/* To the right, to the left, above, below; false where all of these are taken. */
static bool draw_label_in(const struct plane *plane, const struct plane_mark *mark,
                          struct style style, const char *title, int width)
{
    int row = mark->row, column = mark->column;
    int right = column + mark->columns, left = column - width - 1;
    return ((is_free(plane, row, right, width + 2) &&
             label(plane, row, right + 1, width, style, title)) ||
            (is_free(plane, row, left - 1, width + 2) &&
             label(plane, row, left, width, style, title)) ||
            label(plane, row - 1, column, width, style, title) ||
            label(plane, row + 1, column, width, style, title));
}

/* Whole, else what there is room for; not at all where there is none. */
static void draw_label(const struct plane *plane, const struct plane_mark *mark, struct style style,
                       const char *title)
{
    int width = scene_text_width(plane->scene, title);
    if (!draw_label_in(plane, mark, style, title, width) && width > LABEL_SHORT)
        (void)draw_label_in(plane, mark, style, title, LABEL_SHORT);
}

/* The selected one has its place first, the others in their order. */
static struct plane_marks put_marks(const struct plane *plane, const struct plane_point *points,
                                    size_t count)
{
    struct plane_marks marks;
    const struct area *area = &plane->area;
    plane_marks_init(&marks, plane->scene->arena, count, area->column,
                     area->column + area->columns);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            if (is_placed(&points[i]) && points[i].selected == (pass == 0))
                plane_marks_put(&marks, i, row_of(plane, points[i].y),
                                column_of(plane, points[i].x));
    return marks;
}

static void draw_points(const struct plane *plane, const struct plane_marks *marks,
                        const struct plane_point *points)
{
    for (size_t i = 0; i < marks->count; i++)
        if (marks->items[i].columns > 0)
            draw_mark(plane, &marks->items[i], &points[marks->items[i].point]);
    for (size_t i = 0; i < marks->count; i++) {
        const struct plane_point *point = &points[marks->items[i].point];
        if (marks->items[i].columns > 0)
            draw_label(plane, &marks->items[i],
                       point->selected ? style_bold(INK_STRONG) : style_ink(INK_TEXT),
                       point->title);
    }
}

/* "22 Termin, 31 Vertrag": who shares the selected one's mark; NULL for none. */
static const char *companions(struct arena *arena, const struct plane_marks *marks,
                              const struct plane_point *points)
{
    const char *names = NULL;
    if (marks->count == 0 || !points[marks->items[0].point].selected)
        return NULL;
    for (size_t i = 0; i < marks->points; i++) {
        if (marks->mark_of[i] != 0 || points[i].selected)
            continue;
        const char *name = arena_printf(arena, "%zu %s", i + 1, points[i].title);
        names = names == NULL ? name : arena_printf(arena, "%s, %s", names, name);
    }
    return names;
}

static bool are_shared(const struct plane_marks *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        if (marks->items[i].columns > 0 && marks->items[i].others > 0)
            return true;
    return false;
}

/* Behind the title, what marks that are shared stand for. */
static void draw_title(struct scene *scene, struct area area, const struct plane_axes *axes,
                       const struct plane_marks *marks, const struct plane_point *points)
{
    struct arena *arena = scene->arena;
    int column = area.column + 1, end = area.column + area.columns;
    column +=
        scene_text(scene, area.row, column, area.columns - 1, style_bold(INK_STAGE), axes->title) +
        3;
    const char *names = companions(arena, marks, points);
    const char *note = names != NULL       ? arena_printf(arena, _("here too: %s"), names)
                       : are_shared(marks) ? _("+ counts others at the same place")
                                           : NULL;
    if (note != NULL && column < end)
        scene_text(scene, area.row, column, end - column, style_ink(INK_DIM), note);
}

/* Where nothing stands in the way. */
static void draw_corners(const struct plane *plane)
{
    const struct area *area = &plane->area;
    const char *left = plane->axes->corner[0], *right = plane->axes->corner[1];
    int width = scene_text_width(plane->scene, right);
    (void)label(plane, area->row, area->column + 1, scene_text_width(plane->scene, left),
                style_ink(INK_DIM), left);
    (void)label(plane, area->row + area->rows - 1, area->column + area->columns - width - 1, width,
                style_ink(INK_DIM), right);
}

void plane_draw(struct scene *scene, struct area area, const struct plane_axes *axes,
                const struct plane_point *points, size_t count)
{
    struct plane plane = {
        .scene = scene,
        .area = { .row = area.row + 1,
                  .column = area.column + AXIS_COLUMNS + 1,
                  .rows = area.rows - 1 - ROWS_BELOW,
                  .columns = area.columns - AXIS_COLUMNS - 2 },
        .axes = axes,
    };
    if (plane.area.rows < 3 || plane.area.columns < 10)
        return;
    struct plane_marks marks = put_marks(&plane, points, count);
    draw_title(scene, area, axes, &marks, points);
    draw_zones(&plane);
    draw_axes(&plane);
    draw_points(&plane, &marks, points);
    draw_corners(&plane);
}
