/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which gap to mend first, and what the same figures say by other methods.
 *
 * A row per touchpoint of a reading. What is measured and short beyond doubt leads what may be
 * chance, and that leads what is short by estimate alone, however loud: `standing` comes before
 * `priority`. Unknown figures are NAN, never zero.
 */
#ifndef STELLWERK_INSIGHT_RANKING_H
#define STELLWERK_INSIGHT_RANKING_H

#include <stellwerk/base/error.h>
#include <stellwerk/insight/reading.h>

enum standing {
    STANDING_SURE,    /* measured, and short of the zone of tolerance beyond doubt */
    STANDING_UNSURE,  /* measured short, but it may be chance */
    STANDING_GUESSED, /* short by estimate alone */
    STANDING_KEPT,    /* met or exceeded */
    STANDING_UNKNOWN, /* no expectation, or nothing felt or measured */
    STANDING_COUNT
};

/* For programs: "sure", "unsure", "guessed", "kept", "unknown". */
const char *standing_name(enum standing standing);

/* What Ulwick's satisfaction was read from. */
enum satisfaction_source {
    SATISFACTION_NONE,
    SATISFACTION_TOP_BOX,  /* share of answers in the top boxes, times ten */
    SATISFACTION_MEASURED, /* a tenth of the measured score */
    SATISFACTION_ESTIMATED /* a tenth of the estimate */
};

const char *satisfaction_name(enum satisfaction_source source); /* for programs */

struct ranked_gap {
    int touchpoint;
    const struct reading *reading;
    enum standing standing;
    bool measured;    /* the gap is of what was measured, else of the estimate */
    struct gap gap;
    double shortfall; /* points below the zone; 0 for none; NAN */
    double se;        /* of the gap: the measured score's, the expectation being stated; NAN */
    double sure;      /* the part of the shortfall that is certain; NAN for an estimate */
    double importance;
    bool importance_stated; /* else the mean of those stated (reading.h) */
    double reach;           /* share of customers who meet the touchpoint, 0..1 */
    bool reach_measured;    /* else taken as all of them */
    /* importance × reach × sure, or × the shortfall itself where nothing of it is certain. */
    double priority;
    double performance; /* the score that importance is held against: measured, else estimated */
    /* Importance on the same scale of 100 less performance: above 0 the touchpoint matters more
     * than it is good (Martilla and James 1977, with the diagonal of Slack 1994). */
    double concern;
    double wanted, satisfied; /* 0..10 */
    enum satisfaction_source satisfied_from;
    double opportunity; /* 0..20 (Ulwick 2005, importance.h) */
};

enum ranking_sort {
    SORT_PRIORITY, /* by standing, then priority; the order that everything else is told in */
    SORT_JOURNEY,
    SORT_GAP,         /* the deepest first, however sure */
    SORT_IMPORTANCE,  /* the most important first */
    SORT_CONCERN,     /* importance-performance: the furthest above the diagonal first */
    SORT_OPPORTUNITY, /* the largest first */
    SORT_COUNT
};

/* "priority", "journey", …; -1 for no such word. */
const char *ranking_sort_name(enum ranking_sort sort);
int ranking_sort_find(const char *name);

/* On what the figure rests that a gap is of. */
enum grade { GRADE_NONE, GRADE_MEASURED, GRADE_OBSERVED, GRADE_INFERRED, GRADE_ASSUMED };

enum grade ranked_grade(const struct ranked_gap *row);
const char *grade_name(enum grade grade); /* "measured", "observed", …; "" for none */

/* Which touchpoints are meant; all that is said must hold. */
struct ranking_filter {
    int stage, channel;  /* indices; NONE: any */
    int media, grade;    /* enum media, enum grade; NONE: any */
    const char *owner;   /* folded (utf8_fold()); NULL: any */
};

extern const struct ranking_filter ranking_filter_all;

/*
 * Reads "stage=booking, owner=Sales, channel=web, media=paid, evidence=measured": stages and
 * channels by id, evidence as measured, observed, inferred or assumed. NULL, "" and "all" are no
 * filter. Fails for what the map does not have, naming the nearest. `out` borrows from `arena`.
 */
[[nodiscard]] bool ranking_filter_parse(struct arena *arena, const struct journey *journey,
                                        const char *text, struct ranking_filter *out,
                                        struct error *err);

struct ranking {
    struct ranked_gap *items;
    size_t count;
    size_t left_out; /* touchpoints that the filter does not take */
};

struct ranking_wish {
    enum ranking_sort sort;
    struct ranking_filter filter;
    const double *reach; /* per touchpoint, 0..1, NAN where not known; NULL: nothing is known */
};

/* `figures` may be NULL. Equal rows stay in the order of the journey; unknown ones come last. */
struct ranking ranking_new(struct arena *arena, const struct journey *journey,
                           const struct figures *figures, const struct readings *readings,
                           const struct ranking_wish *wish);

#endif
