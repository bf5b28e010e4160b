/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/cli/scope.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/str.h>

static const char *persona_id(const struct journey *journey, size_t index)
{
    return journey->personas[index].id;
}

static const char *context_id(const struct journey *journey, size_t index)
{
    return journey->contexts[index].id;
}

static const char *channel_id(const struct journey *journey, size_t index)
{
    return journey->channels[index].id;
}

static const char *touchpoint_id(const struct journey *journey, size_t index)
{
    return journey->touchpoints[index].id;
}

static const char *route_id(const struct journey *journey, size_t index)
{
    return journey->routes[index].id;
}

static size_t count_of(const struct journey *journey, enum scope_kind kind)
{
    const size_t counts[] = {
        [SCOPE_PERSONA] = journey->persona_count,
        [SCOPE_CONTEXT] = journey->context_count,
        [SCOPE_CHANNEL] = journey->channel_count,
        [SCOPE_TOUCHPOINT] = journey->touchpoint_count,
        [SCOPE_ROUTE] = journey->route_count,
    };
    return counts[kind];
}

static const char *id_of(const struct journey *journey, enum scope_kind kind, size_t index)
{
    static const char *(*const ids[])(const struct journey *journey, size_t index) = {
        [SCOPE_PERSONA] = persona_id, [SCOPE_CONTEXT] = context_id,
        [SCOPE_CHANNEL] = channel_id, [SCOPE_TOUCHPOINT] = touchpoint_id,
        [SCOPE_ROUTE] = route_id,
    };
    return ids[kind](journey, index);
}

/* Returns false. */
static bool tell_unknown(const struct journey *journey, enum scope_kind kind, const char *option,
                         const char *wanted, struct error *err)
{
    struct near near;
    struct str all;
    size_t count = count_of(journey, kind);
    near_init(&near, wanted);
    str_init(&all);
    for (size_t i = 0; i < count; i++) {
        near_offer(&near, id_of(journey, kind, i));
        str_printf(&all, "%s%s", i ? ", " : "", id_of(journey, kind, i));
    }
    if (near.best)
        error_set(err, _("--%s: the map has no '%s'; the nearest is '%s'"), option, wanted,
                  near.best);
    else if (count)
        error_set(err, _("--%s: the map has no '%s', only %s"), option, wanted, all.text);
    else
        error_set(err, _("--%s: the map has no '%s', and no other"), option, wanted);
    str_finish(&all);
    return false;
}

bool scope_find(const struct journey *journey, enum scope_kind kind, const char *option,
                const char *wanted, int *out, struct error *err)
{
    if (!wanted || strcmp(wanted, "all") == 0)
        return true;
    for (size_t i = 0; i < count_of(journey, kind); i++) {
        if (strcmp(id_of(journey, kind, i), wanted) == 0) {
            *out = (int)i;
            return true;
        }
    }
    return tell_unknown(journey, kind, option, wanted, err);
}
