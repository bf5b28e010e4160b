/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The selected touchpoint in one line of words. When the line is too long, phrases give way by
 * meaning: details first, what was measured last; no phrase is ever cut.
 */
#ifndef STELLWERK_SCENE_SUMMARY_H
#define STELLWERK_SCENE_SUMMARY_H

#include <stellwerk/scene/view.h>

/* Draws it on GROUND_BAR over the whole row. */
void summary_draw(struct scene *scene, int row, const struct stage_set *set);

/* Phrases that detail and summary share. */
const char *phrase_measured(struct arena *arena, const struct stage_set *set,
                            const struct measured *measured);
const char *phrase_gap(struct arena *arena, struct gap gap);
const char *phrase_split(struct arena *arena, const struct gap_split *split); /* NULL: no split */

#endif
