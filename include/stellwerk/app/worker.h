/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker: one thread that reads maps, measures, and looks things up, so that the screen never
 * waits.
 *
 * Orders of one lane replace each other: only the latest of them counts, a new one stops the one in
 * work, and what that would have delivered is dropped. Reading a map and measuring it are one lane;
 * series, rows, and unassigned activities have lanes of their own and disturb nobody. What a
 * person looks at right now goes first. The store's connection is opened by the thread and never
 * leaves it. An outcome is a finished table that nobody changes any more; besides it, the two
 * threads share only the revision that was ordered for.
 *
 *     session                     worker
 *     worker_order()  ---------->  reads or measures
 *                     <----------  a byte in the pipe
 *     worker_take()
 */
#ifndef STELLWERK_APP_WORKER_H
#define STELLWERK_APP_WORKER_H

#include <stdbool.h>

#include <stellwerk/app/revision.h>
#include <stellwerk/base/error.h>
#include <stellwerk/insight/segments.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/series.h>
#include <stellwerk/model/voices.h>
#include <stellwerk/report/portfolio.h>
#include <stellwerk/report/sides.h>
#include <stellwerk/report/silos.h>
#include <stellwerk/report/trials.h>
#include <stellwerk/store/unassigned.h>

struct worker;

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

struct outcome { /* all of it belongs to who takes it */
    enum order_kind kind;
    struct revision *revision; /* READ: what was read; else NULL */
    struct figures *figures; /* MEASURE, SERIES; where there is no store it says why in `problem` */
    struct portfolio_files *files; /* FOLDER */
    struct portfolio_entry *entry; /* ENTRY */
    struct lookup *lookup;         /* all others */
};

/* Fails when the system has no thread or pipe left. */
[[nodiscard]] struct worker *worker_create(struct error *err);

/* Stops what is in work and waits for the thread's end. NULL is fine. */
void worker_destroy(struct worker *worker);

void worker_order(struct worker *worker, const struct order *order);

/* Stops what is in work; nothing will be delivered. */
void worker_cancel(struct worker *worker);

/* How far the bootstrap in work has come, in draws; `total` is 0 where there is none. */
struct work_progress {
    unsigned done, total;
};

struct work_progress worker_progress(const struct worker *worker);

/* Stops orders of that kind's lane alone. */
void worker_stop(struct worker *worker, enum order_kind kind);

/* True from an order on until its outcome is taken, or it is cancelled. */
bool worker_busy(const struct worker *worker);

/* The same for all but what nobody waits for: LANES. */
bool worker_presses(const struct worker *worker);

/* An outcome that is there, of the latest order of its lane. */
bool worker_take(struct worker *worker, struct outcome *out);

/* Readable when there may be something to take. */
int worker_fd(const struct worker *worker);

#endif
