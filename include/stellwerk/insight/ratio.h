/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One sum per another: mails opened per mail sent, cost per order.
 */
#ifndef STELLWERK_INSIGHT_RATIO_H
#define STELLWERK_INSIGHT_RATIO_H

#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/sample.h>

/*
 * a / b with the interval of a ratio of two means that vary together over groups (Fieller 1954),
 * with Student's t on groups - 1; `se` by linearisation (Cochran 1977, section 6.3), `n` the
 * groups. Sums that are never below zero have no ratio below zero. Without an interval where there
 * are fewer than two groups, or where b itself cannot be told from 0. Unknown where b is 0.
 */
struct estimate ratio_estimate(const struct pairs *pairs, double level);

#endif
