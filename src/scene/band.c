/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/band.h>

#include <math.h>

#include <stellwerk/scene/glyph.h>

/* An expectation of one score is still to be seen. */
#define ZONE_MIN_EIGHTHS 3

/* Edges in eighths of a row from the plot's top: the zone is `top`..`bottom`, the fall
 * ..`floor`. */
struct zone {
    int top, bottom, floor;
};

/* A sliver of an eighth beside a whole row only looks like a fault. */
static int eighths(const struct plot *plot, double score)
{
    int exact = (int)lround(plot_height(plot, score) * 8);
    int beyond = exact % 8;
    return beyond == 1 ? exact - 1 : beyond == 7 ? exact + 1 : exact;
}

/* The fall takes the whole row of the felt score: the curve runs there and would leave notches. */
static int floor_of(const struct plot *plot, double felt, int bottom)
{
    int floor = ((int)plot_height(plot, felt) + 1) * 8;
    return floor > bottom ? floor : bottom;
}

static struct zone zone_of(const struct plot *plot, double adequate, double desired, double felt)
{
    struct zone zone = {
        .top = eighths(plot, desired),
        .bottom = eighths(plot, adequate),
    };
    if (zone.bottom - zone.top < ZONE_MIN_EIGHTHS)
        zone.top = zone.bottom - ZONE_MIN_EIGHTHS;
    zone.floor = felt < adequate ? floor_of(plot, felt, zone.bottom) : zone.bottom;
    return zone;
}

static enum ground ground_of(const struct zone *zone, int eighth)
{
    if (eighth < zone->top || eighth >= zone->floor)
        return GROUND_NONE;
    return eighth < zone->bottom ? GROUND_BAND : GROUND_FALL;
}

/* A cell shows two grounds at most: the one at its top, and the first that follows, to its
 * bottom. */
static void draw_row(const struct plot *plot, int row, int column, int columns,
                     const struct zone *zone)
{
    int begin = (row - plot->top) * 8;
    enum ground upper = ground_of(zone, begin), lower = upper;
    int filled = 0;
    for (int i = 1; i < 8 && lower == upper; i++) {
        lower = ground_of(zone, begin + i);
        filled = 8 - i;
    }
    for (int x = column; x < column + columns; x++)
        plot_ground(plot, row, x, upper, lower, filled);
}

void zone_draw(const struct plot *plot, int column, int columns, double adequate, double desired,
               double felt)
{
    struct zone zone = zone_of(plot, adequate, desired, felt);
    for (int row = plot->top; row < plot->top + plot->rows; row++)
        draw_row(plot, row, column, columns, &zone);
}

void band_draw(const struct plot *plot, int touchpoint)
{
    const struct reading *reading = &plot->set->readings->items[touchpoint];
    if (isnan(reading->adequate))
        return;
    int column = columns_x(plot->columns, touchpoint);
    int columns = columns_width(plot->columns, touchpoint);
    zone_draw(plot, column, columns, reading->adequate, reading->desired, reading_felt(reading));
}

void promise_draw(const struct plot *plot, int touchpoint)
{
    double promise = plot->set->readings->items[touchpoint].promise;
    if (isnan(promise))
        return;
    int column = columns_x(plot->columns, touchpoint);
    int columns = columns_width(plot->columns, touchpoint);
    for (int x = column; x < column + columns; x++)
        plot_put(plot, plot_row(plot, promise), x, style_ink(INK_PROMISE),
                 glyph(plot->scene->medium, GLYPH_PROMISE));
}
