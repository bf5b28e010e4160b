/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows behind a figure: when, what, who, and what people said in their own words.
 */
#ifndef STELLWERK_SCENE_ANSWERS_H
#define STELLWERK_SCENE_ANSWERS_H

#include <stellwerk/model/series.h>
#include <stellwerk/scene/view.h>

/* As tall as it takes. `metric` is the index of the one whose rows they are; `problem` says why
 * there are none, "" else. Where a query of the map gave them it is shown above them, with when it
 * ran and what it gave to each touchpoint. */
struct scene *answers_draw(struct arena *arena, const struct stage_set *set, int metric,
                           const struct series_page *page, const char *problem, int columns,
                           struct medium medium);

/* "newest of 7", "201 to 400 of 1,234" */
const char *answers_count(struct arena *arena, const struct series_page *page);

#endif
