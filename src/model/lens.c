/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/lens.h>

#include <assert.h>
#include <stddef.h>

/*
 * How particular a scope is to a lens: 3 persona@context, 2 persona, 1 all@context, 0 all;
 * NONE where it does not hold. Under "all customers" what only one persona says does not hold.
 */
static int closeness(const struct scope *scope, const struct lens *lens)
{
    if (scope->persona != NONE && scope->persona != lens->persona)
        return NONE;
    if (scope->context != NONE && scope->context != lens->context)
        return NONE;
    return (scope->persona != NONE ? 2 : 0) + (scope->context != NONE ? 1 : 0);
}

/* The entry that holds most particularly; its scope is the first member of an entry. */
static const void *most_particular(const void *entries, size_t count, size_t size,
                                   const struct lens *lens)
{
    const void *best = NULL;
    int best_closeness = NONE;
    for (size_t i = 0; i < count; i++) {
        const void *entry = (const char *)entries + i * size;
        int found = closeness(entry, lens);
        if (found > best_closeness) {
            best = entry;
            best_closeness = found;
        }
    }
    return best;
}

static_assert(offsetof(struct expectation, scope) == 0 && offsetof(struct experience, scope) == 0,
              "most_particular() looks for the scope first");

const struct expectation *touchpoint_expectation(const struct touchpoint *touchpoint,
                                                 const struct lens *lens)
{
    return most_particular(touchpoint->expectations, touchpoint->expectation_count,
                           sizeof(struct expectation), lens);
}

const struct experience *touchpoint_experience(const struct touchpoint *touchpoint,
                                               const struct lens *lens)
{
    return most_particular(touchpoint->experiences, touchpoint->experience_count,
                           sizeof(struct experience), lens);
}
