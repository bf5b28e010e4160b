/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the parts of silos share. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_SILOS_H
#define STELLWERK_SRC_INSIGHT_SILOS_H

#include <stellwerk/insight/silos.h>

struct silo_building {
    struct arena *arena, scratch;
    const struct journey *journey;
    struct silos *silos;
    size_t owner_capacity, thing_capacity, lack_capacity;
    const char **owner_names, **thing_names; /* folded, to be compared */
    size_t owner_name_capacity, thing_name_capacity;
    int *metric_owners; /* of each metric; NONE */
};

/* The thing of that system, NULL for one that no touchpoint has. */
struct silo_thing *silo_system(const struct silo_building *building, const char *system);

/* Appends an index that is not the last one already; there is room for every touchpoint. */
void silo_append(struct indices *indices, int index);

/* Fills the lacks, from owners and things. */
void silo_find_lacks(struct silo_building *building);

#endif
