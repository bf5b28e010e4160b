/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "silos.h"

#include <string.h>

#include <stellwerk/base/utf8.h>

const char *lack_kind_name(enum lack_kind kind)
{
    static const char *const names[LACK_KIND_COUNT] = {
        [LACK_MEASURED_BY_OTHER] = "measured_by_other",
        [LACK_NOT_HANDED_ON] = "not_handed_on",
        [LACK_NOT_MEASURED] = "not_measured",
        [LACK_NO_OWNER] = "no_owner",
    };
    return names[kind];
}

void silo_append(struct indices *indices, int index)
{
    if (indices->count == 0 || indices->items[indices->count - 1] != index)
        indices->items[indices->count++] = index;
}

static struct indices room(struct silo_building *building)
{
    size_t count = building->journey->touchpoint_count;
    return (struct indices){ .items = arena_array(building->arena, count, sizeof(int)) };
}

/* ---- Owners ------------------------------------------------------------------------ */

/* NONE for no name. */
static int find_owner(struct silo_building *building, const char *name)
{
    struct silos *silos = building->silos;
    size_t count = silos->owner_count;
    if (name == NULL || *name == '\0')
        return NONE;
    const char *folded = utf8_fold(&building->scratch, name);
    for (size_t i = 0; i < count; i++)
        if (strcmp(building->owner_names[i], folded) == 0)
            return (int)i;
    silos->owners = arena_grow(building->arena, silos->owners, count, &building->owner_capacity,
                               sizeof(*silos->owners));
    building->owner_names =
        arena_grow(&building->scratch, building->owner_names, count, &building->owner_name_capacity,
                   sizeof(*building->owner_names));
    building->owner_names[count] = folded;
    silos->owners[count] = (struct silo_owner){ .name = name, .touchpoints = room(building) };
    return (int)silos->owner_count++;
}

static void collect_owners(struct silo_building *building)
{
    const struct journey *journey = building->journey;
    struct silos *silos = building->silos;
    silos->owner_of = arena_array(building->arena, journey->touchpoint_count, sizeof(int));
    building->metric_owners = arena_array(&building->scratch, journey->metric_count, sizeof(int));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        int owner = find_owner(building, journey->touchpoints[i].owner);
        silos->owner_of[i] = owner;
        if (owner != NONE)
            silo_append(&silos->owners[owner].touchpoints, (int)i);
    }
    for (size_t i = 0; i < journey->metric_count; i++)
        building->metric_owners[i] = find_owner(building, journey->metrics[i].owner);
}

/* ---- Systems and metrics ----------------------------------------------------------- */

static struct silo_thing *find_thing(const struct silo_building *building, const char *folded)
{
    for (size_t i = 0; i < building->silos->thing_count; i++)
        if (strcmp(building->thing_names[i], folded) == 0)
            return &building->silos->things[i];
    return NULL;
}

struct silo_thing *silo_system(const struct silo_building *building, const char *system)
{
    struct arena scratch = { 0 };
    struct silo_thing *thing = find_thing(building, utf8_fold(&scratch, system));
    arena_finish(&scratch);
    return thing;
}

static struct silo_thing *add_thing(struct silo_building *building, const char *system, int metric,
                                    const char *folded)
{
    struct silos *silos = building->silos;
    size_t count = silos->thing_count;
    silos->things = arena_grow(building->arena, silos->things, count, &building->thing_capacity,
                               sizeof(*silos->things));
    building->thing_names =
        arena_grow(&building->scratch, building->thing_names, count, &building->thing_name_capacity,
                   sizeof(*building->thing_names));
    building->thing_names[count] = folded;
    silos->things[count] = (struct silo_thing){
        .system = system,
        .metric = metric,
        .touchpoints = room(building),
        .held = arena_array(building->arena, silos->owner_count, sizeof(enum holding)),
    };
    return &silos->things[silos->thing_count++];
}

static void give(struct silo_thing *thing, int owner)
{
    if (owner == NONE || thing->held[owner] == HOLDING_HAS)
        return;
    thing->held[owner] = HOLDING_HAS;
    thing->holders++;
}

static void collect_systems(struct silo_building *building)
{
    const struct journey *journey = building->journey;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct texts *systems = &journey->touchpoints[i].systems;
        for (size_t k = 0; k < systems->count; k++) {
            const char *folded = utf8_fold(&building->scratch, systems->items[k]);
            struct silo_thing *thing = find_thing(building, folded);
            if (thing == NULL)
                thing = add_thing(building, systems->items[k], NONE, folded);
            silo_append(&thing->touchpoints, (int)i);
            give(thing, building->silos->owner_of[i]);
        }
    }
    building->silos->system_count = building->silos->thing_count;
}

static bool is_nobodys(const struct silo_building *building, int metric)
{
    return building->metric_owners[metric] == NONE;
}

/* Those measured first come first; those measured nowhere last. */
static void collect_metrics(struct silo_building *building)
{
    const struct journey *journey = building->journey;
    struct silos *silos = building->silos;
    size_t *places = arena_array(&building->scratch, journey->metric_count, sizeof(*places));
    for (size_t i = 0; i <= journey->touchpoint_count; i++) {
        bool rest = i == journey->touchpoint_count;
        size_t count = rest ? journey->metric_count : journey->touchpoints[i].metrics.count;
        for (size_t k = 0; k < count; k++) {
            int metric = rest ? (int)k : journey->touchpoints[i].metrics.items[k];
            if (places[metric] == 0) {
                struct silo_thing *added = add_thing(building, NULL, metric, "");
                give(added, building->metric_owners[metric]);
                places[metric] = silos->thing_count;
            }
            struct silo_thing *thing = &silos->things[places[metric] - 1];
            if (!rest)
                silo_append(&thing->touchpoints, (int)i);
            if (!rest && is_nobodys(building, metric))
                give(thing, silos->owner_of[i]);
        }
    }
}

bool silo_measures(const struct silos *silos, size_t touchpoint, size_t owner)
{
    return silos->measures[touchpoint * silos->owner_count + owner];
}

/* ---- All of it --------------------------------------------------------------------- */

static void count_up(struct silo_building *building)
{
    struct silos *silos = building->silos;
    for (size_t i = 0; i < silos->thing_count; i++)
        for (size_t k = 0; k < silos->owner_count; k++) {
            struct silo_owner *owner = &silos->owners[k];
            const struct silo_thing *thing = &silos->things[i];
            owner->lacks += thing->held[k] == HOLDING_LACKS;
            owner->systems += thing->held[k] == HOLDING_HAS && thing->system != NULL;
            owner->metrics += thing->held[k] == HOLDING_HAS && thing->system == NULL;
        }
    for (size_t i = 0; i < silos->lack_count; i++) {
        const struct silo_lack *lack = &silos->lacks[i];
        silos->counts[lack->kind]++;
        if (lack->kind == LACK_MEASURED_BY_OTHER)
            silos->owners[lack->holder].foreign++;
    }
}

struct silos *silos_new(struct arena *arena, const struct journey *journey)
{
    struct silos *silos = arena_alloc(arena, sizeof(*silos));
    struct silo_building building = { .arena = arena, .journey = journey, .silos = silos };
    arena_init(&building.scratch);
    collect_owners(&building);
    collect_systems(&building);
    collect_metrics(&building);
    silo_find_lacks(&building);
    count_up(&building);
    arena_finish(&building.scratch);
    return silos;
}
