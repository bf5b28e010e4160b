/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Promises: what was claimed where, what the claim costs the touchpoint that must keep it, and what
 * people say of it in earned media.
 */
#ifndef STELLWERK_INSIGHT_PROMISES_H
#define STELLWERK_INSIGHT_PROMISES_H

#include <stellwerk/insight/estimate.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/model/voices.h>

enum promise_state {
    PROMISE_COSTS,    /* it is short of the zone of tolerance, and more was promised than planned */
    PROMISE_HARMLESS, /* short, but not for the promise: no more was promised than planned */
    PROMISE_KEPT,     /* the expectation is met, or but for half a point */
    PROMISE_UNKNOWN,  /* an input is missing */
    PROMISE_NONE,     /* no claim, only what is said in earned media or heard by customers */
    PROMISE_STATE_COUNT
};

/* For programs: "costs", "harmless", "kept", "unknown", "none". */
const char *promise_state_name(enum promise_state state);

struct promise_row {
    int touchpoint; /* NONE: voices about none of the map's touchpoints */
    enum promise_state state;
    const struct promise *promise; /* NULL: none */
    const struct reading *reading; /* NULL: none */
    enum media media;              /* where it is made: as the claim says, else the touchpoint's */
    struct gap gap;                /* measured, else estimated */
    bool measured;
    double experience;      /* that the gap is of; NAN */
    struct gap_split split; /* the reading's */
    unsigned missing;       /* enum gap_input bits that the cost lacks; 0: none */
    double promised;        /* M: the map's, else what customers heard; NAN */
    bool promised_heard;    /* it is what they heard */
    const struct heard *heard;   /* NULL: nobody was asked, or nothing was read */
    struct estimate heard_cost;  /* the same cost by what customers heard; NAN where unknown */
    bool claim_outside;     /* the map's score lies outside the interval of what they heard */
    double cost;            /* points of the gap that come from promising more than planned; NAN */
    double weighted;        /* cost × importance; NAN */
    const struct rating *voices; /* about this touchpoint, one after the other */
    size_t voice_count;
};

struct promises {
    struct promise_row *items;
    size_t count;
    size_t claims; /* rows that are claims */
    size_t by_media[MEDIA_EARNED + 1];
    const struct voices *voices; /* NULL: not read yet, or there is no store */
};

/*
 * A row for every promise of the map and for everything that earned media speak of. What a claim
 * costs is the promise part S − M of the exact split P−E = (P−S) + (S−M) + (M−E) (gap.h), where
 * the gap is negative and the part is, too. The dearest comes first,
 * weighted by importance; then what costs nothing, what is kept, what cannot be told, and what is
 * heard without a claim. Where the map gives a claim no score, M is what customers heard. `voices`
 * are complete (voices_complete()), or NULL; rows borrow from them.
 */
struct promises promises_new(struct arena *arena, const struct journey *journey,
                             const struct readings *readings, const struct voices *voices);

/* Fills mean and interval of each voice and of what was heard: Student's t, cut to the scale. */
void voices_complete(struct voices *voices);

#endif
