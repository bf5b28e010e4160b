/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/app/whatif.h>

void whatif_finish(struct whatif *whatif)
{
    arena_finish(&whatif->arena);
    *whatif = (struct whatif){ 0 };
}

void whatif_clear(struct whatif *whatif)
{
    for (size_t i = 0; i < whatif->count; i++)
        whatif->fates[i] = FATE_KEPT;
}

bool whatif_is_empty(const struct whatif *whatif)
{
    for (size_t i = 0; i < whatif->count; i++)
        if (whatif->fates[i] != FATE_KEPT)
            return false;
    return true;
}

/* What is not there any more takes nothing in. */
static int fate_in(const struct journey *from, const struct journey *to, int fate)
{
    if (fate < 0)
        return fate;
    int into = journey_find_touchpoint(to, from->touchpoints[fate].id);
    return into == NONE ? FATE_KEPT : into;
}

void whatif_follow(struct whatif *whatif, const struct journey *from, const struct journey *to)
{
    struct arena arena = { 0 };
    struct whatif now = { .count = to->touchpoint_count };
    now.fates = arena_array(&arena, now.count, sizeof(*now.fates));
    whatif_clear(&now);
    for (size_t i = 0; from != NULL && i < whatif->count; i++) {
        int fate = whatif->fates[i] == FATE_KEPT ? FATE_KEPT : fate_in(from, to, whatif->fates[i]);
        int place = fate == FATE_KEPT ? NONE : journey_find_touchpoint(to, from->touchpoints[i].id);
        if (place != NONE)
            now.fates[place] = fate;
    }
    now.arena = arena;
    whatif_finish(whatif);
    *whatif = now;
}
