/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Through whose eyes and over which time a map is looked at.
 */
#ifndef STELLWERK_MODEL_LENS_H
#define STELLWERK_MODEL_LENS_H

#include <stellwerk/base/time.h>
#include <stellwerk/model/journey.h>

struct lens {
    int persona; /* index; NONE: all customers */
    int context; /* index; NONE: whatever the context */
    struct period period;
};

/*
 * What the map says under a lens: the most particular entry wins, in the order persona@context,
 * persona, all@context, all. NULL where none applies.
 */
const struct expectation *touchpoint_expectation(const struct touchpoint *touchpoint,
                                                 const struct lens *lens);
const struct experience *touchpoint_experience(const struct touchpoint *touchpoint,
                                               const struct lens *lens);

#endif
