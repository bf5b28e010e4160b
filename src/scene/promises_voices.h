/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is said in earned media, as the Promises view shows it. Private to scene/.
 */
#ifndef STELLWERK_SRC_SCENE_PROMISES_VOICES_H
#define STELLWERK_SRC_SCENE_PROMISES_VOICES_H

#include <stellwerk/scene/page.h>
#include <stellwerk/scene/promises.h>

#define PROMISES_INDENT 4 /* numbers stand there */

/* Stars with mean, n and age; how often each value came; the newest words. */
void voice_write(struct page *page, const struct stage_set *set, const struct rating *voice);

/* What the lens asks for and no review says. */
void voices_write_scope(struct page *page, const struct stage_set *set);

#endif
