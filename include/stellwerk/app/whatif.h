/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person would take away from the journey, before anybody does: marks of the Reduction view,
 * and the one edit that carries them out.
 */
#ifndef STELLWERK_APP_WHATIF_H
#define STELLWERK_APP_WHATIF_H

#include <stddef.h>

#include <stellwerk/app/revision.h>
#include <stellwerk/base/arena.h>
#include <stellwerk/insight/reduction.h>
#include <stellwerk/mapfile/operation.h>

struct whatif { /* all zero: of no map */
    struct arena arena;
    int *fates; /* of each touchpoint of the map */
    size_t count;
};

void whatif_finish(struct whatif *whatif);

/* Marks of one state of a map become those of another: touchpoints are found again by their ids.
 * `from` NULL: nothing is marked. */
void whatif_follow(struct whatif *whatif, const struct journey *from, const struct journey *to);

void whatif_clear(struct whatif *whatif);
bool whatif_is_empty(const struct whatif *whatif);

/*
 * The edit: routes and budgets let go of what is to be gone, touchpoints are deleted, and what a
 * merged one says in words moves to the touchpoint that takes it in: actions, thoughts, quotes,
 * pains, gains, backstage, systems, activities, content and opportunities; its importance, where it
 * is more, and that it is a moment of truth. Scores, promises and metrics do not: they were said of
 * another touchpoint. Fails where the text cannot be read.
 */
[[nodiscard]] bool whatif_operations(struct arena *arena, const struct revision *revision,
                                     const int *fates, struct operation **out, size_t *count,
                                     struct error *err);

#endif
