/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Short decimal numbers, read fast.
 *
 * Up to 15 digits fit a double, and so does their power of ten, so that one division rounds as
 * strtod() would (Clinger 1990), at a tenth of its time.
 */
#ifndef STELLWERK_BASE_DECIMAL_H
#define STELLWERK_BASE_DECIMAL_H

#include <stdbool.h>

/* Digits with a point among them at most, and a minus before them at most: "-12.50". False for what
 * is longer, or no such number at all: then strtod() must say. */
bool decimal_read(const char *text, double *out);

#endif
