/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line over a grid of cells: box-drawing arcs, braille dots, or ASCII, as the medium has it.
 */
#ifndef STELLWERK_SCENE_LINE_H
#define STELLWERK_SCENE_LINE_H

#include <stellwerk/scene/plot.h>

/*
 * Draws the line whose heights are `samples`, in rows from the plot's top (0.0 is the upper edge of
 * its first row), two to a column and one more behind the last: at the left edge, the middle, the
 * right edge of the first column from `column` on, and so forth. NAN breaks the line.
 */
void line_draw(const struct plot *plot, struct style ink, int column, int columns,
               const double *samples);

#endif
