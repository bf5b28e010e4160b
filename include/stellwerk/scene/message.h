/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A few words in the middle, where there is nothing else to show.
 */
#ifndef STELLWERK_SCENE_MESSAGE_H
#define STELLWERK_SCENE_MESSAGE_H

#include <stellwerk/scene/scene.h>

/* Puts a text in the middle of a scene, wrapped. */
void message_draw(struct scene *scene, const char *text);

/* A scene that says that it is too small for a view, in the longest words that fit. */
struct scene *message_too_small(struct arena *arena, int columns, int rows, struct medium medium);

#endif
