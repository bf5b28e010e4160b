/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Case view: one case, read as a story.
 *
 * What the customer did, event by event and day by day, with the time since the one before, the
 * channel, media breaks and steps off the design; between them what the customer said, with the
 * score and the words. Repeats without anything in between are one row. Of which cases it is an
 * example, whether it is completed, closed or open, and what that means stands above it.
 */
#ifndef STELLWERK_SCENE_STORY_H
#define STELLWERK_SCENE_STORY_H

#include <stellwerk/insight/paths.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/view.h>
#include <stellwerk/store/cases.h>

/* All that the view draws from. */
struct story_set {
    struct story story;
    struct path_pick pick;          /* what the case was chosen by */
    const struct sequence *sequence; /* its steps, one per event; NULL: there is no case */
    const enum transition *kinds;   /* how each lies to the one before */
    const bool *breaks;             /* whether the medium breaks on the way to each */
    struct sequence_names names;
    uint64_t place, matches;        /* of how many cases that fit the pick, from 0 */
    uint64_t events;                /* of the case in all, */
    uint64_t media_breaks;          /* likewise, */
    int64_t length;                 /* and from the first to the last, microseconds */
    bool completed, closed;
    int goal;                       /* touchpoint; NONE */
    int64_t as_of, close_after;
    struct error problem;           /* why there is no story; "" else */
};

struct scene *story_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium);

/* What the story is an example of: "went from Cart to Checkout". */
const char *story_pick_text(struct arena *arena, const struct stage_set *set);

#endif
