/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plot of the Map view: scores 100 to 0 from top to bottom, touchpoints from left to right.
 *
 * The middle of the first row is 100, the middle of the last 0. Grounds (zone of tolerance, fall)
 * are drawn in eighths of a cell; a glyph put over such an edge takes the ground that fills most
 * of it.
 */
#ifndef STELLWERK_SCENE_PLOT_H
#define STELLWERK_SCENE_PLOT_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/scene/columns.h>
#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/view.h>

struct plot {
    struct scene *scene;
    const struct stage_set *set;
    const struct columns *columns;
    int top, rows;
    uint8_t *grounds; /* which ground fills most of a cell: rows × the scene's columns */
};

struct plot plot_new(struct scene *scene, const struct stage_set *set,
                     const struct columns *columns, int top, int rows);

/* Where a score lies, in rows from the plot's top. */
double plot_height(const struct plot *plot, double score);

/* The row of the scene it falls in. */
int plot_row(const struct plot *plot, double score);

/* The same of a touchpoint's column of the plot, a REGION_PLOT; and the roundest score that falls
 * in a row, which is where a hand that stops there puts a point: a multiple of five where a row is
 * five points or more. Rows beyond the plot are its ends. */
int plot_row_of(const struct region *plot, double score);
int plot_score_at(const struct region *plot, int row);

/* Puts a glyph over what is there; nothing happens outside the plot and the window's columns. */
void plot_put(const struct plot *plot, int row, int column, struct style style, const char *glyph);

/* True where nothing but ground has been drawn yet. */
bool plot_free(const struct plot *plot, int row, int column);

/* Gives a cell its ground; `filled` of its eighths, from below, are `lower`, the rest is
 * `upper`. */
void plot_ground(const struct plot *plot, int row, int column, enum ground upper,
                 enum ground lower, int filled);

/* The whole plot: axis, zones, falls, promises, curve, measured marks, and words at peak, end,
 * weakest. */
void plot_draw(const struct plot *plot);

#endif
