/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the Paths, the Attribution and the Reduction view show, read from a store.
 *
 * Nothing here fails: what cannot be read is said in `problem` of what is returned, and the view
 * shows it. A store with limits (store_limit()) is stopped by them.
 */
#ifndef STELLWERK_REPORT_EVIDENCE_H
#define STELLWERK_REPORT_EVIDENCE_H

#include <stdatomic.h>

#include <stellwerk/insight/segments.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/reduction.h>
#include <stellwerk/scene/story.h>
#include <stellwerk/store/store.h>

#define EVIDENCE_HALF_LIFE (7 * TIME_US_PER_DAY)
#define EVIDENCE_VARIANTS 50

enum evidence_source {
    EVIDENCE_AUTO, /* cases, where the store has any */
    EVIDENCE_CASES,
    EVIDENCE_PATHS
};

struct evidence_wish {
    const struct journey *journey;
    struct lens lens;
    int channel;                 /* cases that were on it at least once; NONE */
    const char *variant;         /* NULL */
    int route;                   /* that paths are held against; NONE: all columns, and any route */
    int goal;                    /* touchpoint that completes a case; NONE: the last required one */
    enum segment_by by;          /* of paths: what cases are compared by; SEGMENT_NONE: nothing */
    enum period_kind unit;       /* of SEGMENT_PERIOD; PERIOD_ALL: what suits */
    enum evidence_source source; /* of attribution */
    int64_t half_life;           /* microseconds > 0 */
    unsigned models;     /* ATTRIBUTION_BITs; 0: all */
    bool unvalued;       /* nobody asks for what conversions are worth */
    size_t replicates;   /* of the bootstrap; 0: no intervals */
    const atomic_bool *cancel;   /* NULL */
    attribution_watcher *watch;  /* of the bootstrap; NULL */
    void *watch_data;
};

/* What cases are compared by where nobody says: whatever the map tells apart first. */
enum segment_by evidence_by(const struct journey *journey);

/* What lanes of the Map view need of credit: the models that take no time. */
#define EVIDENCE_LANE_MODELS                                                                      \
    (ATTRIBUTION_BIT(ATTRIBUTION_LINEAR) | ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_1))

/* All of it lives in the arena, and knows touchpoints by their indices in the journey alone. */
struct path_set *evidence_paths(struct arena *arena, struct store *store,
                                const struct evidence_wish *wish);
/* The case at `place` of those that the pick chooses, or the last. The pick's texts and steps are
 * borrowed as long as the story lives. */
struct story_set *evidence_story(struct arena *arena, struct store *store,
                                 const struct evidence_wish *wish, const struct path_pick *pick,
                                 uint64_t place);
struct credit_set *evidence_credits(struct arena *arena, struct store *store,
                                    const struct evidence_wish *wish);
struct contact_set *evidence_contacts(struct arena *arena, struct store *store,
                                      const struct evidence_wish *wish);

#endif
