/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Orders to the worker, and what it looks up in a store.
 */
#ifndef STELLWERK_APP_ORDER_H
#define STELLWERK_APP_ORDER_H

#include <stdbool.h>

#include <stellwerk/app/revision.h>
#include <stellwerk/base/error.h>
#include <stellwerk/insight/segments.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/series.h>
#include <stellwerk/model/voices.h>
#include <stellwerk/report/sides.h>
#include <stellwerk/report/silos.h>
#include <stellwerk/report/trials.h>
#include <stellwerk/store/unassigned.h>

enum order_kind {
    ORDER_READ,
    ORDER_MEASURE,
    ORDER_SERIES,
    ORDER_PATHS,
    ORDER_CREDITS,
    ORDER_CONTACTS,
    ORDER_CASE,       /* one case as a story */
    ORDER_LANES,      /* paths and credit for the Map view, which waits for neither */
    ORDER_FOLDER,     /* finds the files of a folder */
    ORDER_ENTRY,      /* reads one of them, and measures it */
    ORDER_ROWS,
    ORDER_VOICES,     /* ratings and reviews in earned media */
    ORDER_TRIALS,     /* the experiments of the map */
    ORDER_SIDES,      /* figures of each persona and context alone */
    ORDER_SILOS,      /* metrics that pull apart, stages over their channels */
    ORDER_UNASSIGNED, /* lists the activities on no touchpoint */
    ORDER_ASSIGN      /* gives them touchpoints as the map says, then lists the rest */
};

struct order {
    enum order_kind kind;
    const char *path; /* of the map to READ, of FOLDER and ENTRY, else of the store; copied */
    struct revision *revision; /* held by the worker while it needs it; NULL: READ, FOLDER, ENTRY */
    struct lens lens;          /* all but READ */
    struct series_wish wish;   /* SERIES, ROWS; of PATHS, CREDITS, CASE, CONTACTS the channel */
    uint64_t first;            /* ROWS: newer ones left out; CASE: its place; ENTRY: the name's */
    enum segment_by by;        /* PATHS */
    size_t replicates;         /* CREDITS: of the bootstrap; 0: no intervals */
    const char *pick;          /* CASE: path_pick_text(); copied */
};

#define ORDER_ROWS_MOST 200 /* rows that come at once */

struct path_set;
struct credit_set;
struct contact_set;
struct story_set;

/* What was looked up in the store; everything lives in the arena. */
struct lookup {
    struct arena arena;
    const struct journey *journey; /* it was ordered for; only to be compared */
    struct lens lens; /* as ordered */
    struct series_wish wish;
    struct series_page page;            /* ROWS */
    struct unassigned_list unassigned;  /* UNASSIGNED, ASSIGN */
    struct side_figures sides;          /* SIDES */
    struct silo_evidence silos;         /* SILOS */
    struct voices voices;               /* VOICES, complete */
    struct trial_set trials;            /* TRIALS */
    uint64_t assigned;                  /* ASSIGN: rows that have a touchpoint now */
    const struct path_set *paths;       /* PATHS, LANES */
    const struct credit_set *credits;   /* CREDITS, LANES: of some models alone */
    const struct contact_set *contacts; /* CONTACTS */
    const struct story_set *story;      /* CASE */
    struct error problem;               /* why there is nothing; "" else */
};

void lookup_destroy(struct lookup *lookup); /* NULL is fine */

#endif
