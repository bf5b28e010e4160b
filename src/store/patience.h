/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Somebody who looks at the clock while this thread waits for another program. Private to store/.
 *
 *     patience_begin(&patience, …); the call that waits; patience_end(&patience);
 *
 * A thread of its own calls `stop`, again and again, once the time is up or the cancel flag is
 * set, until the call has returned; and `tell`, if there is one, as time passes. Neither is called
 * behind patience_end(), nor `tell` behind patience_hush(), and never two at once.
 */
#ifndef STELLWERK_SRC_STORE_PATIENCE_H
#define STELLWERK_SRC_STORE_PATIENCE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/error.h>

enum patience_end { PATIENCE_KEPT, PATIENCE_CANCELLED, PATIENCE_LATE };

struct patience_options {
    const atomic_bool *cancel; /* NULL */
    int64_t time_limit;        /* microseconds; 0: none */
    void (*stop)(void *data);
    void (*tell)(int64_t waited, void *data); /* microseconds; NULL */
    void *data;
};

struct patience {
    struct patience_options options;
    pthread_t thread;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t over;
    int64_t begun; /* on the monotonic clock, microseconds */
    bool returned, hushed;
    enum patience_end end;
};

[[nodiscard]] bool patience_begin(struct patience *patience,
                                  const struct patience_options *options, struct error *err);

/* From now on nothing is told; the clock runs on. */
void patience_hush(struct patience *patience);

/* How it goes so far. */
enum patience_end patience_look(struct patience *patience);

/* How it went. */
enum patience_end patience_end(struct patience *patience);

#endif
