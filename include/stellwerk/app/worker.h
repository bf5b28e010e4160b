/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The worker: one thread that reads maps and measures, so that the screen never waits.
 *
 * It takes one order at a time, and only the latest counts: a new order stops the one in work,
 * and what that would have delivered is dropped. The store's connection is opened by the thread
 * and never leaves it. An outcome is a finished table that nobody changes any more; besides it,
 * the two threads share only the revision that was ordered for.
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
#include <stellwerk/model/figures.h>
#include <stellwerk/model/lens.h>

struct worker;

enum order_kind { ORDER_READ, ORDER_MEASURE };

struct order {
    enum order_kind kind;
    const char *path;          /* of the map to read, of the store to measure in; copied */
    struct revision *revision; /* MEASURE: held by the worker as long as it needs it */
    struct lens lens;          /* MEASURE */
};

struct outcome { /* all of it belongs to who takes it */
    enum order_kind kind;
    struct revision *revision; /* READ: what was read; MEASURE: NULL */
    struct figures *figures;   /* MEASURE; where there is no store it says why in `problem` */
};

/* Fails when the system has no thread or pipe left. */
[[nodiscard]] struct worker *worker_create(struct error *err);

/* Stops what is in work and waits for the thread's end. NULL is fine. */
void worker_destroy(struct worker *worker);

void worker_order(struct worker *worker, const struct order *order);

/* Stops what is in work; nothing will be delivered. */
void worker_cancel(struct worker *worker);

/* True from an order on until its outcome is taken, or it is cancelled. */
bool worker_busy(const struct worker *worker);

/* The outcome of the latest order, if it is there. */
bool worker_take(struct worker *worker, struct outcome *out);

/* Readable when there may be something to take. */
int worker_fd(const struct worker *worker);

#endif
