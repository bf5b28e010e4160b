/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A span of days cut into calendar pieces for sparklines (measure.h says how). Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SLICES_H
#define STELLWERK_SRC_STORE_SLICES_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/time.h>
#include <stellwerk/store/measure.h>

struct slices {
    int32_t first[MEASURE_SLICES]; /* day each slice begins with */
    int32_t last;                  /* day the last slice ends with */
    size_t count;                  /* at least 1 */
};

/* `first` <= `last`. */
struct slices slices_cut(int32_t first, int32_t last);

/* The slice of a day; what lies outside belongs to the slice it is next to. */
size_t slices_find(const struct slices *slices, int32_t day);

int32_t slices_last_day(const struct slices *slices, size_t index);

#endif
