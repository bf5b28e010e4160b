/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a search finds on the screen, marked by its ground. Case and accents do not matter.
 */
#ifndef STELLWERK_SCENE_FOUND_H
#define STELLWERK_SCENE_FOUND_H

#include <stellwerk/scene/scene.h>

struct found {
    const char *needle; /* folded */
};

struct found found_new(struct arena *arena, const char *needle);

/* Marks every match within a row of a rectangle. */
void found_mark(const struct found *found, struct scene *scene, int row, int rows, int column,
                int columns);

#endif
