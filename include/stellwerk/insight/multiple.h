/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Many tests at once: whoever looks at a hundred cells finds five at 5 % where there is nothing.
 */
#ifndef STELLWERK_INSIGHT_MULTIPLE_H
#define STELLWERK_INSIGHT_MULTIPLE_H

#include <stddef.h>

/*
 * Fills `out` with p values adjusted for the false discovery rate: calling every out[i] <= q a
 * finding makes at most a share q of the findings false (Benjamini and Hochberg 1995; as adjusted
 * values, Yekutieli and Benjamini 1999). A cell without a test (NAN, or outside 0..1) stays NAN and
 * does not count. `out` may be `p`.
 */
void adjust_p_values(const double *p, size_t count, double *out);

#endif
