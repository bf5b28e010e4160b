/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What owners lack. */

#include "silos.h"

#include <stdlib.h>
#include <strings.h>

static struct silo_lack *find_lack(const struct silo_building *building, struct silo_lack wanted)
{
    for (size_t i = 0; i < building->silos->lack_count; i++) {
        struct silo_lack *lack = &building->silos->lacks[i];
        if (lack->kind == wanted.kind && lack->owner == wanted.owner &&
            lack->holder == wanted.holder && lack->metric == wanted.metric)
            return lack;
    }
    return NULL;
}

/* One lack each of one kind, owner, holder and metric: with all the touchpoints. */
static struct silo_lack *lack_at(struct silo_building *building, struct silo_lack wanted,
                                 size_t touchpoint)
{
    struct silos *silos = building->silos;
    struct silo_lack *lack = find_lack(building, wanted);
    if (lack == NULL) {
        silos->lacks = arena_grow(building->arena, silos->lacks, silos->lack_count,
                                  &building->lack_capacity, sizeof(*silos->lacks));
        lack = &silos->lacks[silos->lack_count++];
        *lack = wanted;
        lack->touchpoints.items =
            arena_array(building->arena, building->journey->touchpoint_count, sizeof(int));
    }
    silo_append(&lack->touchpoints, (int)touchpoint);
    return lack;
}

static struct silo_thing *thing_of_metric(const struct silo_building *building, int metric)
{
    const struct silos *silos = building->silos;
    for (size_t i = silos->system_count; i < silos->thing_count; i++)
        if (silos->things[i].metric == metric)
            return &silos->things[i];
    return NULL;
}

static void find_foreign(struct silo_building *building, size_t touchpoint)
{
    const struct touchpoint *at = &building->journey->touchpoints[touchpoint];
    int owner = building->silos->owner_of[touchpoint];
    bool found = false;
    for (size_t i = 0; i < at->metrics.count; i++) {
        int metric = at->metrics.items[i], holder = building->metric_owners[metric];
        if (holder == NONE || holder == owner)
            continue;
        lack_at(building,
                (struct silo_lack){
                    .kind = LACK_MEASURED_BY_OTHER,
                    .owner = owner,
                    .holder = holder,
                    .metric = metric,
                },
                touchpoint);
        thing_of_metric(building, metric)->held[owner] = HOLDING_LACKS;
        found = true;
    }
    building->silos->foreign += found;
}

static void add_system(struct silo_building *building, struct texts *systems, const char *system)
{
    for (size_t i = 0; i < systems->count; i++)
        if (strcasecmp(systems->items[i], system) == 0)
            return;
    const char **items = arena_array(building->arena, systems->count + 1, sizeof(*items));
    for (size_t i = 0; i < systems->count; i++)
        items[i] = systems->items[i];
    items[systems->count++] = system;
    systems->items = items;
}

static bool has_one_of(const struct silo_building *building, int owner, const struct texts *systems)
{
    for (size_t i = 0; i < systems->count; i++)
        if (silo_system(building, systems->items[i])->held[owner] == HOLDING_HAS)
            return true;
    return false;
}

/* What customers did at the touchpoint before is in its systems. */
static void find_seam(struct silo_building *building, size_t touchpoint)
{
    struct silos *silos = building->silos;
    int holder = silos->owner_of[touchpoint - 1], owner = silos->owner_of[touchpoint];
    if (holder == NONE || holder == owner)
        return;
    const struct texts *systems = &building->journey->touchpoints[touchpoint - 1].systems;
    silos->seams++;
    silos->unknown += systems->count == 0;
    silos->bridged += has_one_of(building, owner, systems);
    if (systems->count == 0 || has_one_of(building, owner, systems))
        return;
    struct silo_lack *lack = lack_at(building,
                                     (struct silo_lack){
                                         .kind = LACK_NOT_HANDED_ON,
                                         .owner = owner,
                                         .holder = holder,
                                         .metric = NONE,
                                     },
                                     touchpoint);
    for (size_t i = 0; i < systems->count; i++) {
        add_system(building, &lack->systems, systems->items[i]);
        silo_system(building, systems->items[i])->held[owner] = HOLDING_LACKS;
    }
}

static void find_measurers(struct silo_building *building, size_t touchpoint)
{
    struct silos *silos = building->silos;
    const struct indices *metrics = &building->journey->touchpoints[touchpoint].metrics;
    for (size_t i = 0; i < metrics->count; i++) {
        int holder = building->metric_owners[metrics->items[i]];
        if (holder != NONE && holder != silos->owner_of[touchpoint])
            silos->measures[touchpoint * silos->owner_count + (size_t)holder] = true;
    }
}

static void find_at(struct silo_building *building, size_t touchpoint)
{
    int owner = building->silos->owner_of[touchpoint];
    bool measured = building->journey->touchpoints[touchpoint].metrics.count > 0;
    struct silo_lack nobody = { .owner = owner, .holder = NONE, .metric = NONE };
    if (owner == NONE) {
        nobody.kind = LACK_NO_OWNER;
        lack_at(building, nobody, touchpoint);
        return;
    }
    find_foreign(building, touchpoint);
    if (touchpoint > 0)
        find_seam(building, touchpoint);
    nobody.kind = LACK_NOT_MEASURED;
    if (!measured)
        lack_at(building, nobody, touchpoint);
}

static int by_kind(const void *a, const void *b)
{
    const struct silo_lack *left = a, *right = b;
    if (left->kind != right->kind)
        return left->kind < right->kind ? -1 : 1;
    if (left->owner != right->owner)
        return left->owner < right->owner ? -1 : 1;
    int here = left->touchpoints.items[0], there = right->touchpoints.items[0];
    if (here != there)
        return here < there ? -1 : 1;
    if (left->holder != right->holder)
        return left->holder < right->holder ? -1 : 1;
    return left->metric - right->metric;
}

void silo_find_lacks(struct silo_building *building)
{
    struct silos *silos = building->silos;
    size_t touchpoints = building->journey->touchpoint_count;
    silos->measures =
        arena_array(building->arena, touchpoints * silos->owner_count, sizeof(bool));
    for (size_t i = 0; i < touchpoints; i++) {
        find_measurers(building, i);
        find_at(building, i);
    }
    if (silos->lack_count > 0)
        qsort(silos->lacks, silos->lack_count, sizeof(*silos->lacks), by_kind);
}
