/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/plot.h>

#include <math.h>

#include <stellwerk/scene/band.h>
#include <stellwerk/scene/felt.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/handle.h>
#include <stellwerk/scene/marks.h>

struct plot plot_new(struct scene *scene, const struct stage_set *set,
                     const struct columns *columns, int top, int rows)
{
    size_t cells = (size_t)rows * (size_t)scene->columns;
    return (struct plot){
        .scene = scene,
        .set = set,
        .columns = columns,
        .top = top,
        .rows = rows,
        .grounds = arena_array(scene->arena, cells, sizeof(uint8_t)),
    };
}

static double height(int rows, double score)
{
    double inside = score < 0 ? 0 : score > 100 ? 100 : score;
    return (100 - inside) / 100 * (rows - 1) + 0.5;
}

double plot_height(const struct plot *plot, double score)
{
    return height(plot->rows, score);
}

int plot_row(const struct plot *plot, double score)
{
    return plot->top + (int)plot_height(plot, score);
}

int plot_row_of(const struct region *plot, double score)
{
    return plot->row + (int)height(plot->rows, score);
}

int plot_score_at(const struct region *plot, int row)
{
    int last = plot->rows - 1, down = row - plot->row;
    if (down <= 0)
        return 100;
    if (down >= last)
        return 0;
    double score = 100 - 100.0 * down / last;
    return last <= 20 ? 5 * (int)lround(score / 5) : (int)lround(score);
}

static bool inside(const struct plot *plot, int row, int column)
{
    return row >= plot->top && row < plot->top + plot->rows && column >= plot->columns->left &&
           column < columns_end(plot->columns) && column < plot->scene->columns;
}

static uint8_t *ground_at(const struct plot *plot, int row, int column)
{
    return &plot->grounds[(size_t)(row - plot->top) * (size_t)plot->scene->columns +
                          (size_t)column];
}

void plot_put(const struct plot *plot, int row, int column, struct style style, const char *glyph)
{
    if (!inside(plot, row, column))
        return;
    struct cell *cell = scene_cell(plot->scene, row, column);
    cell->style.ground = *ground_at(plot, row, column);
    scene_glyph(plot->scene, row, column, style, glyph);
}

/* Blocks and grid lines are ground: a word may cover them. */
bool plot_free(const struct plot *plot, int row, int column)
{
    if (!inside(plot, row, column))
        return false;
    const struct cell *cell = scene_cell(plot->scene, row, column);
    return cell->bytes == 0 || cell->style.ink == INK_BAND || cell->style.ink == INK_FALL ||
           cell->style.ink == INK_FAINT;
}

static const char *ground_glyph(struct medium medium, enum ground ground)
{
    if (ground == GROUND_NONE)
        return " ";
    return glyph(medium, ground == GROUND_BAND ? GLYPH_BAND : GLYPH_FALL);
}

static enum ink ground_ink(enum ground ground)
{
    return ground == GROUND_BAND ? INK_BAND : INK_FALL;
}

/* A block that is only the ground's own colour below a coloured one is drawn in reverse: the blank
 * part in front, since nobody knows the colour of the terminal's ground. */
static void put_edge(const struct plot *plot, int row, int column, enum ground upper,
                     enum ground lower, int filled)
{
    struct style style = style_on(upper, ground_ink(lower));
    if (lower == GROUND_NONE)
        style = (struct style){ .ink = ground_ink(upper), .emphasis = EMPHASIS_REVERSE };
    scene_fill(plot->scene, row, column, 1, 1, style);
    scene_glyph(plot->scene, row, column, style, glyph_eighths(filled));
}

void plot_ground(const struct plot *plot, int row, int column, enum ground upper,
                 enum ground lower, int filled)
{
    if (!inside(plot, row, column))
        return;
    struct medium medium = plot->scene->medium;
    enum ground most = filled >= 4 ? lower : upper;
    if (medium.mono || medium.ascii) {
        if (most != GROUND_NONE)
            scene_glyph(plot->scene, row, column, style_ink(ground_ink(most)),
                        ground_glyph(medium, most));
        return;
    }
    *ground_at(plot, row, column) = (uint8_t)most;
    if (upper == lower || filled == 0 || filled == 8)
        scene_fill(plot->scene, row, column, 1, 1, style_on(most, INK_TEXT));
    else
        put_edge(plot, row, column, upper, lower, filled);
}

/* Cells from dot to dot, about: a line for the eye, at an eighth of its cost on the wire. */
#define GRID_STEP 6

static void put_dot(const struct plot *plot, int row, int column)
{
    if (plot_free(plot, row, column) && scene_cell(plot->scene, row, column)->bytes == 0)
        plot_put(plot, row, column, style_ink(INK_FAINT), glyph(plot->scene->medium, GLYPH_GRID));
}

/* The same dots for every touchpoint, from between it and the one before, so that they make
 * upright lines, too. */
static void draw_grid_line(const struct plot *plot, int row)
{
    const struct columns *columns = plot->columns;
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        int width = columns_width(columns, i);
        int dots = (width + GRID_STEP / 2) / GRID_STEP;
        for (int k = 0; k < dots; k++)
            put_dot(plot, row, columns_x(columns, i) - 1 + k * (width + 2) / dots);
    }
}

/* Every quarter has its label where it has a row of its own, and its line where that does not make
 * a hatching; else only the ends and the middle. */
static void draw_axis(const struct plot *plot)
{
    int label_step = plot->rows >= 9 ? 25 : 50;
    int line_step = plot->rows >= 13 ? 25 : 50;
    for (int score = 0; score <= 100; score += label_step) {
        int row = plot_row(plot, score);
        scene_printf(plot->scene, row, plot->columns->left - 4, 3, style_ink(INK_DIM), "%3d",
                     score);
        if (score % line_step == 0)
            draw_grid_line(plot, row);
    }
}

void plot_draw(const struct plot *plot)
{
    const struct columns *columns = plot->columns;
    for (int i = columns->first; i < columns->first + columns->count; i++)
        band_draw(plot, i);
    draw_axis(plot);
    for (int i = columns->first; i < columns->first + columns->count; i++)
        promise_draw(plot, i);
    felt_draw(plot);
    marks_draw(plot);
    handle_draw(plot);
}
