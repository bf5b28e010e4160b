/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Drawing journeys anew, for the bootstrap. Private to insight/; beside distribution.c the only
 * sight of GSL's.
 */
#ifndef STELLWERK_SRC_INSIGHT_RESAMPLE_H
#define STELLWERK_SRC_INSIGHT_RESAMPLE_H

#include <stdint.h>

#include <stellwerk/insight/attribution.h>

struct resample;

/* The same seed draws the same on every machine. */
struct resample *resample_create(const struct path_outcome *outcomes, size_t count, uint64_t seed);
void resample_destroy(struct resample *resample);

/* As many journeys as there are, rounded to whole ones, drawn with their path and their end; a
 * conversion brings the mean value of its path's. `out` has one per path. */
void resample_draw(struct resample *resample, struct path_outcome *out);

#endif
