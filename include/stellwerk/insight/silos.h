/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who owns, who measures, who lacks the knowledge another one has: as the map says it.
 *
 * What can be known at a touchpoint is in its systems and its metrics. An owner has a system that
 * he uses at a touchpoint of his; he has a metric that is his, or that is nobody's and measured at
 * a touchpoint of his. Owners and systems are known by name, whatever its case, in the order in
 * which the journey comes to them; so who shares nothing stands apart from the others.
 */
#ifndef STELLWERK_INSIGHT_SILOS_H
#define STELLWERK_INSIGHT_SILOS_H

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>

struct silo_owner {
    const char *name;
    struct indices touchpoints;
    size_t systems, metrics; /* that he has */
    size_t foreign;          /* metrics of his at touchpoints of others */
    size_t lacks;            /* systems and metrics */
};

enum holding {
    HOLDING_NONE,
    HOLDING_HAS,
    HOLDING_LACKS /* has not, though it tells of an own touchpoint, or of the one before it */
};

struct silo_thing {
    const char *system;         /* NULL: a metric */
    int metric;                 /* NONE: a system */
    struct indices touchpoints; /* where it is used, or measured */
    enum holding *held;         /* by each owner */
    size_t holders;
};

enum lack_kind {
    LACK_MEASURED_BY_OTHER, /* a metric at his touchpoint is another owner's */
    LACK_NOT_HANDED_ON,     /* customers come from another owner, none of whose systems he has */
    LACK_NOT_MEASURED,      /* no metric at his touchpoint: nobody has it */
    LACK_NO_OWNER,          /* nobody owns the touchpoint */
    LACK_KIND_COUNT
};

const char *lack_kind_name(enum lack_kind kind); /* "measured_by_other", … */

struct silo_lack {
    enum lack_kind kind;
    int owner, holder;    /* who lacks, who has it; NONE */
    int metric;           /* MEASURED_BY_OTHER; else NONE */
    struct texts systems; /* NOT_HANDED_ON: all that the holder has where customers come from */
    struct indices touchpoints; /* where it is lacked; in the order of the journey */
};

struct silos {
    struct silo_owner *owners;
    size_t owner_count;
    struct silo_thing *things; /* systems, then metrics */
    size_t thing_count, system_count;
    struct silo_lack *lacks; /* by kind and owner, then in the order of the journey */
    size_t lack_count, counts[LACK_KIND_COUNT];
    size_t foreign; /* touchpoints with a metric that is another owner's */
    size_t seams;   /* two touchpoints one after the other that have different owners */
    size_t bridged; /* of them those where the second owner has a system of the first touchpoint */
    size_t unknown; /* of them those whose first touchpoint names no system */
    int *owner_of;  /* of each touchpoint; NONE */
    bool *measures; /* by touchpoint and owner: has a metric there, of a touchpoint of others */
};

bool silo_measures(const struct silos *silos, size_t touchpoint, size_t owner);

/* Lives in `arena`; names are the journey's. */
struct silos *silos_new(struct arena *arena, const struct journey *journey);

#endif
