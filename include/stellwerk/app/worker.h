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

#include <stellwerk/app/order.h>
#include <stellwerk/app/revision.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/report/portfolio.h>

struct worker;

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
