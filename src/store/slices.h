/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A span of days cut into calendar pieces, for sparklines (measure.h says how) and for charts
 * (series.h). Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SLICES_H
#define STELLWERK_SRC_STORE_SLICES_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/time.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/series.h>

struct slices {
    int32_t first[SERIES_SLICES]; /* day each slice begins with */
    int32_t last;                 /* day the last slice ends with */
    size_t count;                 /* at least 1 */
    double per_day;               /* slices, about */
    enum period_kind unit;        /* of the calendar; a slice may be several of them */
};

/* The calendar's pieces of a unit (PERIOD_DAY to PERIOD_QUARTER) are numbered one after the other
 * over all time: the number of a day's, and the day that one begins with. */
int64_t slices_piece(enum period_kind unit, int32_t day);
int32_t slices_piece_first(enum period_kind unit, int64_t piece);

/* A few, for a sparkline. `first` <= `last`. */
struct slices slices_cut(int32_t first, int32_t last);

/* By a unit of the calendar, or a coarser one where that makes more than SERIES_SLICES;
 * PERIOD_ALL: the finest that makes SERIES_SLICES_FEW or less. */
struct slices slices_cut_by(enum period_kind unit, int32_t first, int32_t last);

/* The slice of a day; what lies outside belongs to the slice it is next to. */
size_t slices_find(const struct slices *slices, int32_t day);

int32_t slices_last_day(const struct slices *slices, size_t index);

#endif
