/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures that follow an edit of their map, so that nothing vanishes until they are measured anew.
 */
#ifndef STELLWERK_MODEL_FOLLOW_H
#define STELLWERK_MODEL_FOLLOW_H

#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>

/*
 * Makes figures of one state of a map those of another: touchpoints and metrics are found again by
 * their ids, and what is not there any more goes. Only for their owner, while nobody else reads
 * them. NULL is fine.
 */
void figures_follow(struct figures *figures, const struct journey *from, const struct journey *to);

#endif
