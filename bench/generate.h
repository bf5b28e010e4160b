/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Made-up maps and events that look like real ones. The same request always gives the same bytes.
 */
#ifndef STELLWERK_BENCH_GENERATE_H
#define STELLWERK_BENCH_GENERATE_H

#include <stddef.h>

#include <stellwerk/base/str.h>

/* Appends a map of so many touchpoints, or of as many as fit in so many bytes; SIZE_MAX: no
 * limit. */
void generate_map(struct str *out, size_t touchpoints, size_t bytes);

/* Prints CSV with every column that an event may have. Touchpoints, personas and contexts are the
 * first of those of generate_map(). */
void generate_events(size_t rows);

#endif
