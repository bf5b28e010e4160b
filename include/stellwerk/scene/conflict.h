/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A conflict: what two people say about the same thing, side by side.
 */
#ifndef STELLWERK_SCENE_CONFLICT_H
#define STELLWERK_SCENE_CONFLICT_H

#include <stddef.h>

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/scene.h>

struct conflict_view {
    const char *operation; /* the own edit, as its line */
    const char *reason;    /* why it does not fit; NULL: the two say different things */
    const char *before, *mine, *theirs; /* YAML; NULL: nothing */
    size_t number, count; /* the how manieth, from 1, of how many */
};

/* Draws it as a panel over the middle of the scene. */
void conflict_draw(struct scene *scene, const struct conflict_view *view);

#endif
