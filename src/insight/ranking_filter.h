/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to ranking.c: does a filter take a row? `arena` holds what is folded on the way. */
#ifndef STELLWERK_SRC_INSIGHT_RANKING_FILTER_H
#define STELLWERK_SRC_INSIGHT_RANKING_FILTER_H

#include <stellwerk/insight/ranking.h>

bool ranking_filter_takes(struct arena *arena, const struct journey *journey,
                          const struct ranking_filter *filter, const struct ranked_gap *row);

#endif
