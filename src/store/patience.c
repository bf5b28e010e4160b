/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "patience.h"

#include <time.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/thread.h>

#define LOOK_NS 50000000L /* between two looks at the clock */

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static enum patience_end judge(const struct patience *patience, int64_t waited)
{
    const struct patience_options *options = &patience->options;
    if (options->cancel != NULL && atomic_load_explicit(options->cancel, memory_order_relaxed))
        return PATIENCE_CANCELLED;
    return options->time_limit > 0 && waited > options->time_limit ? PATIENCE_LATE : PATIENCE_KEPT;
}

/* Waits for a moment, or until the call has returned. */
static void wait_a_moment(struct patience *patience)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += LOOK_NS;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_nsec -= 1000000000L;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&patience->over, &patience->mutex, &until);
}

static void *watch(void *data)
{
    struct patience *patience = data;
    const struct patience_options *options = &patience->options;
    pthread_mutex_lock(&patience->mutex);
    for (;;) {
        wait_a_moment(patience);
        if (patience->returned)
            break;
        int64_t waited = monotonic_us() - patience->begun;
        if (patience->end == PATIENCE_KEPT)
            patience->end = judge(patience, waited);
        if (patience->end != PATIENCE_KEPT)
            options->stop(options->data);
        else if (!patience->hushed && options->tell != NULL)
            options->tell(waited, options->data);
    }
    pthread_mutex_unlock(&patience->mutex);
    return NULL;
}

bool patience_begin(struct patience *patience, const struct patience_options *options,
                    struct error *err)
{
    *patience = (struct patience){ .options = *options, .begun = monotonic_us() };
    pthread_mutex_init(&patience->mutex, NULL);
    pthread_cond_init(&patience->over, NULL);
    int failure = thread_start(&patience->thread, watch, patience);
    return failure == 0 || error_errno(err, failure, _("cannot start a thread"));
}

void patience_hush(struct patience *patience)
{
    pthread_mutex_lock(&patience->mutex);
    patience->hushed = true;
    pthread_mutex_unlock(&patience->mutex);
}

enum patience_end patience_look(struct patience *patience)
{
    pthread_mutex_lock(&patience->mutex);
    enum patience_end end = patience->end;
    pthread_mutex_unlock(&patience->mutex);
    return end;
}

enum patience_end patience_end(struct patience *patience)
{
    pthread_mutex_lock(&patience->mutex);
    patience->returned = true;
    pthread_cond_signal(&patience->over);
    pthread_mutex_unlock(&patience->mutex);
    pthread_join(patience->thread, NULL);
    pthread_cond_destroy(&patience->over);
    pthread_mutex_destroy(&patience->mutex);
    return patience->end;
}
