/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Touchpoints that several maps have. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_PORTFOLIO_H
#define STELLWERK_SRC_INSIGHT_PORTFOLIO_H

#include <stellwerk/insight/portfolio.h>

/* Fills `shared` and `shared_count`. */
void portfolio_share(struct arena *arena, struct portfolio *portfolio);

#endif
