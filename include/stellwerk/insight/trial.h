/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Experiments with two arms: were the arms filled as planned, and does the one that is tried do
 * better than the one as it was?
 *
 * The arms ran at the same time on customers that chance parted, so a difference is the variant's
 * doing, which before and after (outcome.h) can never say. That holds only where the arms were
 * filled as planned: the sample-ratio check comes before any test, and where it fails there is no
 * finding.
 *
 * The test is the one that the figure asks for: shares Newcombe's interval and z, means Welch's t,
 * answers on a scale and quantiles Mann and Whitney, whose effect is how often an answer of the one
 * beats an answer of the other; balances and Apdex of events their adjusted errors, all else the
 * square-and-add of the two intervals.
 */
#ifndef STELLWERK_INSIGHT_TRIAL_H
#define STELLWERK_INSIGHT_TRIAL_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/insight/experiment.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>

enum trial_state {
    TRIAL_UNREADABLE,     /* `problem` says why */
    TRIAL_NOT_MEASURED,   /* an arm has no rows */
    TRIAL_UNEVEN,         /* the arms were not filled as planned: no finding */
    TRIAL_TOO_FEW,        /* an arm has too few rows to be shown */
    TRIAL_NOT_COMPARABLE, /* the figure adds up, or cannot be tested */
    TRIAL_UNSURE,         /* the difference may be chance */
    TRIAL_BETTER,         /* b is better than a, by more than chance */
    TRIAL_WORSE,
    TRIAL_DIFFERENT, /* more than chance, and nothing says which is better */
    TRIAL_STATE_COUNT
};

enum trial_test {
    TRIAL_TEST_NONE,
    TRIAL_TEST_NEWCOMBE,
    TRIAL_TEST_WELCH,
    TRIAL_TEST_MANN_WHITNEY,
    TRIAL_TEST_NET,
    TRIAL_TEST_JOINED,
    TRIAL_TEST_COUNT
};

/* For programs: "unreadable", "not_measured", …; "newcombe", "welch", …, "" for none. */
const char *trial_state_name(enum trial_state state);
const char *trial_test_name(enum trial_test test);

struct trial_arm {
    uint64_t customers;     /* that got this variant */
    struct measure measure; /* of their rows, complete; its lists are only there to be judged by */
    const struct bin *answers; /* of a metric of answers how often each came, ascending; likewise */
    size_t answer_count;
};

struct finding {
    enum trial_state state;
    enum trial_test test;
    struct sample_ratio ratio;
    double value;       /* b less a, in the metric's unit; NAN */
    double lo, hi;      /* 95 % interval; NAN, of Mann and Whitney too */
    double superiority; /* of Mann and Whitney: of 100 pairs b is above in so many, 0..1; NAN */
    double superiority_lo, superiority_hi;
    double p;        /* two-sided; NAN */
    double adjusted; /* p for all experiments of the set at once (Benjamini and Hochberg) */
};

struct finding finding_unknown(void);

struct trial {
    int touchpoint;
    int opportunity; /* index in the touchpoint */
    struct trial_arm a, b;
    uint64_t both;       /* customers that got both */
    const char *problem; /* translated: why it cannot be read; NULL */
    struct finding finding;
};

struct trial_set {
    struct trial *items;
    size_t count;
};

/* Fills the verdicts. A difference is told as more than chance where `adjusted` is at most
 * CHANGE_SURE and the interval, where there is one, leaves out "no difference". */
void trials_judge(const struct journey *journey, struct trial_set *trials);

/* Makes trials of one state of a map those of another, as figures_follow() does: touchpoints and
 * opportunities are found again by their ids, and what is not there any more goes. NULL is fine. */
void trials_follow(struct trial_set *trials, const struct journey *from, const struct journey *to);

/* NULL where there is none, and of a set that is NULL. */
const struct trial *trial_find(const struct trial_set *trials, int touchpoint, int opportunity);

#endif
