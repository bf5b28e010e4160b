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

/* Phrases that others share: "37 ±5 · n 266 · 3 days old", or why there is no score; "falls 23
 * short", NULL for no gap; "mostly promise −20", NULL without a split. */
const char *phrase_score(struct arena *arena, const struct stage_set *set,
                         const struct measured *measured);
const char *phrase_gap(struct arena *arena, struct gap gap);
const char *phrase_cause(struct arena *arena, const struct gap_split *split);

#endif
