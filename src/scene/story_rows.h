/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The events and answers of a case, row by row. Private to scene/.
 */
#ifndef STELLWERK_SRC_SCENE_STORY_ROWS_H
#define STELLWERK_SRC_SCENE_STORY_ROWS_H

#include <stellwerk/scene/page.h>
#include <stellwerk/scene/story.h>

/* A heading to each day, and under it what happened on it. */
void story_write_rows(struct page *page, const struct stage_set *set);

#endif
