/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "report_measure.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/cli/scope.h>

static bool find_touchpoint(const struct journey *journey, const char *option, const char *id,
                            int *out, struct error *err)
{
    *out = NONE;
    if (!scope_find(journey, SCOPE_TOUCHPOINT, option, id, out, err))
        return false;
    return *out != NONE || error_set(err, _("--%s takes a touchpoint, not '%s'"), option, id);
}

/* "A,B": A is merged into B. */
static bool merge(struct arena *arena, const struct journey *journey, const char *pair, int *fates,
                  struct error *err)
{
    int from, into;
    const char *comma = strchr(pair, ',');
    if (comma == NULL)
        return error_set(err, _("--merge takes two touchpoints, A,B: A goes into B; not '%s'"),
                         pair);
    const char *first = arena_strndup(arena, pair, (size_t)(comma - pair));
    if (!find_touchpoint(journey, "merge", first, &from, err) ||
        !find_touchpoint(journey, "merge", comma + 1, &into, err))
        return false;
    if (from == into)
        return error_set(err, _("--merge: '%s' cannot go into itself"), first);
    fates_set(fates, journey->touchpoint_count, from, into);
    return true;
}

bool report_fates(struct arena *arena, const struct journey *journey,
                  const struct report_values *values, int **out, struct error *err)
{
    int *fates = arena_array(arena, journey->touchpoint_count, sizeof(*fates));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        fates[i] = FATE_KEPT;
    *out = fates;
    for (size_t i = 0; i < values->merge.count; i++)
        if (!merge(arena, journey, values->merge.items[i], fates, err))
            return false;
    for (size_t i = 0; i < values->without.count; i++) {
        int touchpoint;
        if (!find_touchpoint(journey, "without", values->without.items[i], &touchpoint, err))
            return false;
        fates_set(fates, journey->touchpoint_count, touchpoint, FATE_REMOVED);
    }
    return true;
}
