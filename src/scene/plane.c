/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/plane.h>

#include <math.h>

#include <stellwerk/model/journey.h>
#include <stellwerk/scene/glyph.h>

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

/* The nearest free place for a mark to the right, then to the left. */
static int find_place(const struct plane *plane, int row, int column, int columns)
{
    for (int step = 0; step < plane->area.columns; step++) {
        if (is_airy(plane, row, column + step, columns))
            return column + step;
        if (is_airy(plane, row, column - step, columns))
            return column - step;
    }
    return NONE;
}

static bool is_placed(const struct plane_point *point)
{
    return point->x >= 0 && point->x <= 1 && point->y >= 0 && point->y <= 1;
}

/* A point on the plane: where its number begins, and how wide that is. */
struct mark {
    int row, column, columns;
};

static struct mark draw_mark(const struct plane *plane, const struct plane_point *point,
                             size_t number)
{
    struct scene *scene = plane->scene;
    const char *text = arena_printf(scene->arena, "%zu", number);
    struct mark mark = {
        .row = row_of(plane, point->y),
        .columns = scene_text_width(scene, text),
    };
    int x = column_of(plane, point->x);
    int last = plane->area.column + plane->area.columns - mark.columns;
    mark.column = find_place(plane, mark.row, x < last ? x : last, mark.columns);
    if (mark.column == NONE)
        return mark;
    scene_text(scene, mark.row, mark.column, mark.columns, style_bold(point->ink), text);
    if (point->selected)
        scene_light(scene, mark.row, mark.column, 1, mark.columns);
    return mark;
}

/* To the right, to the left, above, below; false where all of these are taken. */
static bool draw_label_in(const struct plane *plane, const struct mark *mark, struct style style,
                          const char *title, int width)
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
static void draw_label(const struct plane *plane, const struct mark *mark, struct style style,
                       const char *title)
{
    int width = scene_text_width(plane->scene, title);
    if (!draw_label_in(plane, mark, style, title, width) && width > LABEL_SHORT)
        (void)draw_label_in(plane, mark, style, title, LABEL_SHORT);
}

/* The selected one has its place and its label first, the others in their order. */
static void draw_points(const struct plane *plane, const struct plane_point *points, size_t count)
{
    struct arena *arena = plane->scene->arena;
    struct mark *marks = arena_array(arena, count, sizeof(*marks));
    size_t *order = arena_array(arena, count, sizeof(*order)), placed = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < count; i++)
            if (is_placed(&points[i]) && points[i].selected == (pass == 0))
                order[placed++] = i;
    for (size_t i = 0; i < placed; i++)
        marks[i] = draw_mark(plane, &points[order[i]], order[i] + 1);
    for (size_t i = 0; i < placed; i++) {
        const struct plane_point *point = &points[order[i]];
        if (marks[i].column != NONE)
            draw_label(plane, &marks[i],
                       point->selected ? style_bold(INK_STRONG) : style_ink(INK_TEXT),
                       point->title);
    }
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
    scene_text(scene, area.row, area.column + 1, area.columns - 1, style_bold(INK_STAGE),
               axes->title);
    draw_zones(&plane);
    draw_axes(&plane);
    draw_points(&plane, points, count);
    draw_corners(&plane);
}
