/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One figure for many: aspects to a touchpoint, touchpoints to a journey, contexts to a mix.
 *
 * A mean hides the part that hurts, so the weakest part and the end always come with it.
 */
#ifndef STELLWERK_INSIGHT_COMPOSITE_H
#define STELLWERK_INSIGHT_COMPOSITE_H

#include <stddef.h>

struct composite_part {
    double score;  /* NAN: unknown */
    double se;     /* NAN: unknown; 0: stated, not measured */
    double weight; /* importance, or a share; any unit */
};

struct composite {
    size_t counted;   /* parts with a finite score and a positive weight */
    double covered;   /* their share of all positive weight, 0..1 */
    double mean;      /* Σws / Σw */
    double se;        /* √Σ(w se)² / Σw, parts taken as independent; NAN unless all have one */
    double geometric; /* exp(Σw ln s / Σw): one 0 makes it 0; NAN with a negative score */
    double peak_end;  /* mean of the weakest and the last part */
    size_t weakest;   /* index of the lowest score, the first of equals */
    size_t last;      /* index of the last part that counts */
};

/*
 * Weighted mean (Parasuraman, Zeithaml and Berry 1991 for weighted dimensions) with the error of
 * a linear combination; weighted geometric mean (UNDP 2010); peak and end, the worst moment being
 * the peak (Kahneman and others 1993). Parts that do not count are left out, not zero. With none
 * left the figures are NAN, `covered` and the indices 0.
 */
struct composite composite_of(const struct composite_part *parts, size_t count);

#endif
