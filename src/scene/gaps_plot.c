/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Importance from bottom to top, how good it is from left to right. Touchpoints are the numbers
 * that they have in the list, with their titles as far as there is room beside them; more room is
 * on the right, so that is tried first.
 */

#include <stellwerk/scene/gaps.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/insight/importance.h>
#include <stellwerk/scene/glyph.h>

#define AXIS_COLUMNS 4
#define ROWS_BELOW 2 /* labels, the axis's title */

/* Which part of the plane a place is in: 0 needs nothing. Both axes are 0..10. */
typedef int zone_of(double good, double wanted);

static int concern_zone(double good, double wanted)
{
    return wanted > good;
}

/* Above 10 worth a look, above 15 neglected (Ulwick 2005). */
static int opportunity_zone(double good, double wanted)
{
    double score = opportunity_score(wanted, good);
    return (score >= 10) + (score >= 15);
}

static double performance_of(const struct ranked_gap *row)
{
    return row->performance / 10;
}

static double satisfied_of(const struct ranked_gap *row)
{
    return row->satisfied;
}

static const struct picture {
    const char *up, *right;        /* N_(): titles of the axes */
    int up_most, right_most;       /* their last labels */
    zone_of *zone;
    double (*good)(const struct ranked_gap *row);
    const char *corner[2];         /* N_(): at the upper left, the lower right */
} pictures[GAPS_PICTURE_COUNT] = {
    [GAPS_IMPORTANCE] = { N_("importance"), N_("performance: measured, else estimated"), 5, 100,
                          concern_zone, performance_of,
                          { N_("matters more than it is good"), N_("more than is needed") } },
    [GAPS_OPPORTUNITY] = { N_("importance"), N_("satisfaction"), 10, 10, opportunity_zone,
                           satisfied_of, { N_("neglected: 15 and more"), N_("served well") } },
};

struct plane {
    struct scene *scene;
    struct area area; /* of the plane alone */
    const struct picture *picture;
};

static int column_of(const struct plane *plane, double good)
{
    return plane->area.column + (int)lround(good / 10 * (plane->area.columns - 1));
}

static int row_of(const struct plane *plane, double wanted)
{
    return plane->area.row + (int)lround((1 - wanted / 10) * (plane->area.rows - 1));
}

static int zone_at(const struct plane *plane, int row, int column)
{
    double good = 10.0 * (column - plane->area.column) / (plane->area.columns - 1);
    double wanted = 10 - 10.0 * (row - plane->area.row) / (plane->area.rows - 1);
    return plane->picture->zone(good, wanted);
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
    const struct picture *picture = plane->picture;
    struct style dim = style_ink(INK_DIM);
    int below = area->row + area->rows, end = area->column + area->columns;
    scene_printf(scene, area->row, area->column - AXIS_COLUMNS, AXIS_COLUMNS - 1, dim, "%3d",
                 picture->up_most);
    scene_printf(scene, below - 1, area->column - AXIS_COLUMNS, AXIS_COLUMNS - 1, dim, "%3d", 0);
    for (int row = area->row; row < below; row++)
        scene_glyph(scene, row, area->column - 1, style_ink(INK_FAINT),
                    glyph(scene->medium, GLYPH_BOX_VERTICAL));
    for (int column = area->column; column < end; column++)
        scene_glyph(scene, below, column, style_ink(INK_FAINT),
                    glyph(scene->medium, GLYPH_BOX_HORIZONTAL));
    scene_text(scene, below + 1, area->column, 2, dim, "0");
    scene_printf(scene, below + 1, end - 3, 3, dim, "%3d", picture->right_most);
    const char *title = _(picture->right);
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

static bool label(const struct plane *plane, int row, int column, int columns, struct style style,
                  const char *title)
{
    if (!is_free(plane, row, column, columns))
        return false;
    scene_text(plane->scene, row, column, columns, style, title);
    return true;
}

#define LABEL_MOST 24

/* The nearest free place for a mark to the right, then to the left. */
static int find_place(const struct plane *plane, int row, int column, int columns)
{
    for (int step = 0; step < plane->area.columns; step++) {
        if (is_free(plane, row, column + step, columns))
            return column + step;
        if (is_free(plane, row, column - step, columns))
            return column - step;
    }
    return NONE;
}

static enum ink mark_ink(const struct plane *plane, const struct ranked_gap *row)
{
    int zone = plane->picture->zone(plane->picture->good(row), row->wanted);
    return zone > 0 ? INK_BAD : INK_MEASURED;
}

static bool is_placed(const struct plane *plane, const struct ranked_gap *row)
{
    double good = plane->picture->good(row);
    return good >= 0 && good <= 10 && row->wanted >= 0 && row->wanted <= 10;
}

/* A touchpoint on the plane: where its number begins, and how wide that is. */
struct mark {
    int row, column, columns;
};

static struct mark draw_mark(const struct plane *plane, const struct ranked_gap *row, size_t number,
                             bool selected)
{
    struct scene *scene = plane->scene;
    const char *text = arena_printf(scene->arena, "%zu", number);
    struct mark mark = {
        .row = row_of(plane, row->wanted),
        .columns = scene_text_width(scene, text),
    };
    int x = column_of(plane, plane->picture->good(row));
    int last = plane->area.column + plane->area.columns - mark.columns;
    mark.column = find_place(plane, mark.row, x < last ? x : last, mark.columns);
    if (mark.column == NONE)
        return mark;
    scene_text(scene, mark.row, mark.column, mark.columns, style_bold(mark_ink(plane, row)), text);
    if (selected)
        scene_light(scene, mark.row, mark.column, 1, mark.columns);
    return mark;
}

/* To the right, to the left, above, below; not at all where all of these are taken. */
static void draw_label(const struct plane *plane, const struct mark *mark, struct style style,
                       const char *title)
{
    int row = mark->row, column = mark->column;
    int width = scene_text_width(plane->scene, title);
    width = width < LABEL_MOST ? width : LABEL_MOST;
    int right = column + mark->columns, left = column - width - 1;
    (void)((is_free(plane, row, right, width + 2) &&
            label(plane, row, right + 1, width, style, title)) ||
           (is_free(plane, row, left - 1, width + 2) &&
            label(plane, row, left, width, style, title)) ||
           label(plane, row - 1, column, width, style, title) ||
           label(plane, row + 1, column, width, style, title));
}

/* The selected one has its place and its label first, the others in the order of the list. */
static void draw_marks(const struct plane *plane, const struct stage_set *set,
                       const struct ranking *ranking)
{
    struct arena *arena = plane->scene->arena;
    struct mark *marks = arena_array(arena, ranking->count, sizeof(*marks));
    size_t *order = arena_array(arena, ranking->count, sizeof(*order)), count = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < ranking->count; i++)
            if (is_placed(plane, &ranking->items[i]) &&
                (ranking->items[i].touchpoint == set->options.selected) == (pass == 0))
                order[count++] = i;
    for (size_t i = 0; i < count; i++) {
        const struct ranked_gap *row = &ranking->items[order[i]];
        marks[i] =
            draw_mark(plane, row, order[i] + 1, row->touchpoint == set->options.selected);
    }
    for (size_t i = 0; i < count; i++) {
        int touchpoint = ranking->items[order[i]].touchpoint;
        bool selected = touchpoint == set->options.selected;
        if (marks[i].column != NONE)
            draw_label(plane, &marks[i], selected ? style_bold(INK_STRONG) : style_ink(INK_TEXT),
                       set->journey->touchpoints[touchpoint].title);
    }
}

/* Where nothing stands in the way. */
static void draw_corners(const struct plane *plane)
{
    const struct area *area = &plane->area;
    const char *left = _(plane->picture->corner[0]), *right = _(plane->picture->corner[1]);
    int width = scene_text_width(plane->scene, right);
    (void)label(plane, area->row, area->column + 1, scene_text_width(plane->scene, left),
                style_ink(INK_DIM), left);
    (void)label(plane, area->row + area->rows - 1, area->column + area->columns - width - 1, width,
                style_ink(INK_DIM), right);
}

void gaps_plot_draw(struct scene *scene, struct area area, const struct stage_set *set,
                    const struct ranking *ranking, enum gaps_picture picture)
{
    struct plane plane = {
        .scene = scene,
        .area = { .row = area.row + 1,
                  .column = area.column + AXIS_COLUMNS + 1,
                  .rows = area.rows - 1 - ROWS_BELOW,
                  .columns = area.columns - AXIS_COLUMNS - 2 },
        .picture = &pictures[picture],
    };
    if (plane.area.rows < 3 || plane.area.columns < 10)
        return;
    scene_text(scene, area.row, area.column + 1, area.columns - 1, style_bold(INK_STAGE),
               gaps_picture_title(picture));
    draw_zones(&plane);
    draw_axes(&plane);
    draw_marks(&plane, set, ranking);
    draw_corners(&plane);
}
