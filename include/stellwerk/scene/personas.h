/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Personas view: personas and contexts side by side.
 *
 * A curve each over the same touchpoints; the differences between them, those that exceed noise
 * before those that only look so; what each persona needs; and whom the average hides.
 */
#ifndef STELLWERK_SCENE_PERSONAS_H
#define STELLWERK_SCENE_PERSONAS_H

#include <stellwerk/scene/page.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/view.h>

struct scene *personas_draw(struct arena *arena, const struct stage_set *set, int columns,
                            int rows, struct medium medium);

/* The selected touchpoint through everybody's eyes, each difference with its numbers, and what the
 * personas need; as tall as it takes. */
struct scene *personas_explain(struct arena *arena, const struct stage_set *set, int columns,
                               struct medium medium);

/* ---- Parts ------------------------------------------------------------------------ */

/* A persona's name, a context's label. */
const char *side_title(const struct journey *journey, const struct side *side);

/* "more than noise", "only looks so", "by estimate alone" */
const char *verdict_title(enum verdict verdict);

/* Rows of differences, as wide as there is room. `head` draws the titles. */
void contrasts_head(struct scene *scene, int row, int columns);
void contrasts_row(struct scene *scene, int row, int columns, const struct stage_set *set,
                   const struct contrast *contrast);

/* The row that is lit: the one chosen, as long as it is of the selected touchpoint, else the first
 * one that is; NONE where there is none. */
int contrasts_selected(const struct stage_set *set);

/* How many differ, how many only look so, and how sure that is, in one sentence or two. */
const char *contrasts_text(struct arena *arena, const struct stage_set *set);

/* One difference in one sentence. */
const char *contrast_text(struct arena *arena, const struct stage_set *set,
                          const struct contrast *contrast);

/* The same, shortened by meaning to as many columns. */
const char *contrast_line(struct scene *scene, const struct stage_set *set,
                          const struct contrast *contrast, int columns);

/* Who each persona is and what he needs. */
void personas_write(struct page *page, const struct stage_set *set);

#endif
