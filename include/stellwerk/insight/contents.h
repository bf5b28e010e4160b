/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Content by touchpoint and persona: what is live, planned, missing, and where the tone or the
 * rhythm of a stage changes for one and the same reader. As the map says it.
 */
#ifndef STELLWERK_INSIGHT_CONTENTS_H
#define STELLWERK_INSIGHT_CONTENTS_H

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>

struct content_item {
    int touchpoint;
    const struct content *content;
};

/* What a stage says in one tone, or sends in one rhythm. Words are one whatever their case. */
struct voice {
    const char *word;
    struct content_item *items;
    size_t count;
};

enum clash_kind { CLASH_TONE, CLASH_RHYTHM };

const char *clash_kind_name(enum clash_kind kind); /* "tone", "rhythm" */

/* A stage with more than one voice for the same persona. Whether they fit together people decide;
 * what is missing has no voice yet. */
struct clash {
    int stage;
    enum clash_kind kind;
    struct voice *voices;
    size_t count;
    struct indices personas; /* who meets more than one of them */
    size_t of;               /* personas in all; 0: the map has none, so everybody does */
};

struct content_plan {
    struct content_item *items; /* in the order of the journey */
    size_t count;
    size_t counts[CONTENT_MISSING + 1]; /* by status */
    struct indices without;             /* touchpoints that have none */
    struct clash *clashes;              /* in the order of the journey */
    size_t clash_count;
};

/* Is it for that persona? What names none is for all. */
bool content_is_for(const struct content *content, int persona);

/* Lives in `arena`; contents are the journey's. */
struct content_plan *content_plan_new(struct arena *arena, const struct journey *journey);

#endif
