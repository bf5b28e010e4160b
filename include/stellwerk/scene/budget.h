/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What became of a gap budget, in words.
 */
#ifndef STELLWERK_SCENE_BUDGET_H
#define STELLWERK_SCENE_BUDGET_H

#include <stellwerk/insight/budget.h>

/* By how much a budget is exceeded, and how surely; or what is missing to tell. NULL where it is
 * kept. A sentence of plain text. */
const char *budget_sentence(struct arena *arena, const struct journey *journey,
                            const struct readings *readings, const struct budget_check *check);

#endif
