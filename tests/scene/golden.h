/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Scenes as text files: what a person sees, and under it what the colours say.
 *
 * A golden file has the scene's rows as text and, where asked for, a letter for each cell's ink
 * and a letter for its ground. `STELLWERK_REFRESH=1 make check` writes the files anew; read the
 * diff then.
 */

#ifndef STELLWERK_TESTS_SCENE_GOLDEN_H
#define STELLWERK_TESTS_SCENE_GOLDEN_H

#include <stellwerk/scene/scene.h>

/* Compares with tests/scene/golden/NAME.txt. */
void golden_text(const struct scene *scene, const char *name);

/* With the letters of inks and grounds. */
void golden_styled(const struct scene *scene, const char *name);

/* All rows as text, a line each; lives in the scene's arena. */
const char *scene_all_text(const struct scene *scene);

/* True where a row has this in it. */
bool scene_says(const struct scene *scene, const char *text);

/* A row as text, without blanks at its end; lives in the scene's arena. */
const char *row_text(const struct scene *scene, int row);

#endif
