/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A single answer as a score. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_CASE_ANSWERS_H
#define STELLWERK_SRC_STORE_CASE_ANSWERS_H

#include "metric.h"

/* What the formula makes of one answer, 0..100 by the row's anchors or those of its scale; NAN
 * where it scores only figures of many. */
double case_answer_score(const struct metric *metric, const struct formula *formula,
                         const struct metric_row *row);

#endif
