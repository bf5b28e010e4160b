/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Contacts: how often customers have to do with the organisation in one case, and how often they
 * would without some touchpoints.
 *
 * A contact is what a case did at a touchpoint of the map; what is on no touchpoint is none. Cases
 * that are completed or closed (paths.h) count, since an open one may still make contacts; so do
 * only those that were at some touchpoint. Cases are added one by one; kept is what they did, each
 * different row of contacts once with its number of cases, so that a what-if need not read them
 * again.
 *
 * Times are microseconds.
 */
#ifndef STELLWERK_INSIGHT_CONTACTS_H
#define STELLWERK_INSIGHT_CONTACTS_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/estimate.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/sequence.h>

struct contacts_options {
    const struct journey *journey; /* outlives the builder */
    int goal;                      /* touchpoint that completes a case; NONE: paths_goal() */
    int64_t as_of, close_after;
};

struct contact {
    int touchpoint;
    int channel; /* as the event says, else the touchpoint's; NONE: not known, or not on the map */
    double wait; /* until the next contact, of all cases of the row together; 0 for the last */
};

struct contact_row { /* of cases that did the same */
    const struct contact *contacts;
    size_t count; /* at least 1 */
    uint64_t cases;
    bool completed;
};

struct contacts {
    struct contact_row *rows;
    size_t count;
    uint64_t cases;     /* that the rows are of */
    uint64_t completed; /* of these */
    uint64_t open;      /* not over yet: left out */
    uint64_t elsewhere; /* over, and never at a touchpoint of the map: left out */
    uint64_t left_out;  /* there were too many different rows: cases beyond them */
    int goal;           /* touchpoint; NONE for a map without touchpoints */
    int64_t as_of, close_after;
};

struct contacts_builder;

struct contacts_builder *contacts_create(const struct contacts_options *options);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool contacts_add(const struct sequence *sequence, void *data);

/* Destroys the builder. */
struct contacts contacts_finish(struct arena *arena, struct contacts_builder *builder);
void contacts_destroy(struct contacts_builder *builder); /* NULL is fine */

/* ---- What follows from them ---------------------------------------------------------- */

/* What becomes of a touchpoint in a what-if; else the index of the one that it is merged into,
 * which is itself kept. */
#define FATE_KEPT (-1)
#define FATE_REMOVED (-2)

struct contact_figures {
    struct estimate per_case; /* contacts: the mean with Student's t */
    double median;
    struct estimate single; /* share of cases that one contact was enough for */
    /* Share of contacts at a touchpoint that the case had been at before, though the map does not
     * call it repeatable: demand that failure makes (Seddon 2003). With cases as groups. */
    struct estimate repeated;
    /* Of the cases with a contact in a medium other than "digital": share of those that had a
     * digital one before the first of them. */
    struct estimate digital_first;
    struct estimate breaks; /* media breaks per case (journey.h) */
    double time;            /* from the first contact to the last, mean; NAN without cases */
    uint64_t contacts;      /* in all */
    uint64_t none;          /* cases that are left without any */
};

/*
 * The figures of all cases in a world where touchpoints have these fates (NULL: all kept), and
 * nobody does anything else instead. Contacts at a touchpoint that is removed do not happen, nor
 * does the wait from them to the next. A contact at one that is merged happens at the other, in its
 * channel; where it comes next to a contact there that has not done its work yet, both are one.
 */
struct contact_figures contact_figures_of(struct arena *arena, const struct journey *journey,
                                          const struct contacts *contacts, const int *fates);

struct contact_count { /* of one touchpoint */
    uint64_t contacts; /* in all cases */
    uint64_t present;  /* cases that were here */
    /* How much of the uncertainty whether a case completes is gone when it is known whether it was
     * here: mutual information per entropy, 0..1 (Theil 1970). NAN at the goal, and where all cases
     * end alike. */
    double information;
};

/* One per touchpoint of the journey. */
struct contact_count *contact_counts_new(struct arena *arena, const struct journey *journey,
                                         const struct contacts *contacts);

#endif
