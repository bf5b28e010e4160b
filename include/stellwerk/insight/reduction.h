/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reduction: which touchpoints carry least, and what the journey would be without them.
 *
 * A what-if gives each touchpoint a fate: kept, removed, or merged into another that is kept. The
 * journey after it is a journey of its own, read as any other, so its figures are those that the
 * map would show once the edit is made. Nothing here changes anything.
 */
#ifndef STELLWERK_INSIGHT_REDUCTION_H
#define STELLWERK_INSIGHT_REDUCTION_H

#include <stellwerk/insight/contacts.h>
#include <stellwerk/insight/reading.h>

/* ---- Fates (contacts.h) ---------------------------------------------------------------- */

/* Gives a touchpoint a fate. What was merged into it goes along where it is merged itself, and is
 * kept where it is removed; what it is merged into is kept. */
void fates_set(int *fates, size_t count, int touchpoint, int fate);

/* The nearest touchpoint that is kept, to the left (-1) or the right (1); NONE. */
int fates_neighbour(const int *fates, size_t count, int touchpoint, int by);

/* How many are removed, or merged; `fates` may be NULL. */
size_t fates_count(const int *fates, size_t count, bool merged);

/*
 * The journey after it. Of what is merged only its importance and whether it is a moment of truth
 * count, where they are more; scores stay those of the touchpoint that is kept. Stages stay, also
 * empty ones; routes and budgets do without what is gone. `origins` (may be NULL) gets the old
 * index of each touchpoint. Borrows all else from the journey.
 */
struct journey *journey_reduced(struct arena *arena, const struct journey *journey,
                                const int *fates, int **origins);

/* ---- Before and after ------------------------------------------------------------------ */

/* Contacts against the benchmark. */
enum benchmark_state {
    BENCHMARK_NONE,   /* nobody set one, or nothing is measured */
    BENCHMARK_KEPT,   /* at most as many, beyond doubt */
    BENCHMARK_UNSURE, /* it may be chance */
    BENCHMARK_BROKEN  /* more, beyond doubt */
};

struct reduction_side {
    size_t touchpoints, required; /* of the design; without the optional ones */
    size_t breaks;                /* media breaks of the design, in the order of the map */
    bool measured;                /* `contacts` are known */
    struct contact_figures contacts;
    enum benchmark_state benchmark;
    double score;    /* of the journey (reading.h) */
    double peak_end; /* mean of its weakest and its last (composite.h) */
    int weakest;     /* touchpoint of the journey before; NONE */
    double weakest_score;
    double gap; /* mean of all gaps, by importance; NAN */
    int worst;  /* touchpoint with the deepest gap, of the journey before; NONE */
    double worst_gap;
};

/* How much a touchpoint carries. */
struct reduction_row {
    int touchpoint;
    const struct reading *reading; /* before */
    double importance;             /* as stated, 0..5; NAN */
    double value;                  /* share of all credit, 0..1; NAN */
    double information;            /* contacts.h; NAN */
    uint64_t contacts;             /* in all cases */
    double per_case;               /* NAN where nothing is measured */
    double carries; /* mean of those three that are known, each by the most on the map; NAN */
    int fate;
};

struct reduction {
    struct reduction_side before, after;
    struct reduction_row *rows; /* what carries least first; unknown ones last */
    size_t count;
    size_t removed, merged;
    bool loses_goal; /* what completes a case is removed */
};

struct reduction_input {
    const struct journey *journey;
    const struct figures *figures;   /* NULL */
    const struct readings *readings; /* of the journey as it is */
    const struct lens *lens;
    const struct contacts *contacts; /* NULL: nothing is measured */
    const double *values;            /* share of credit per touchpoint, NAN; NULL */
    const int *fates;                /* NULL: all kept */
};

struct reduction *reduction_new(struct arena *arena, const struct reduction_input *input);

#endif
