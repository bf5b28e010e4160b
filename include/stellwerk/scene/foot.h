/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The line of keys at the bottom: what can be done here.
 */
#ifndef STELLWERK_SCENE_FOOT_H
#define STELLWERK_SCENE_FOOT_H

#include <stddef.h>

#include <stellwerk/scene/scene.h>

struct hint {
    const char *key;     /* as a person reads it: "Enter", "p" */
    const char *word;    /* what it does, translated */
    const char *command; /* the command line it runs, for the mouse; NULL */
    int priority;        /* the highest goes first when there is no room */
};

/* Draws as many hints as fit into `columns` from `column` on, on GROUND_BAR, in the order given;
 * what is left out has the lowest priority of those that would be too wide. Never cuts a word. Each
 * becomes a REGION_KEY. */
void foot_draw(struct scene *scene, int row, int column, int columns, const struct hint *hints,
               size_t count);

#endif
