/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/worker.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/store.h>

struct worker {
    pthread_t thread;
    int wake[2]; /* the worker writes a byte, the session reads it */
    bool busy;   /* the session's own memory of what it has ordered */

    pthread_mutex_t mutex; /* guards what follows, up to `cancel` */
    pthread_cond_t ordered;
    struct order order; /* waiting to be taken up; its path is on the heap, NULL: none */
    struct outcome outcome;
    bool delivered; /* `outcome` waits to be taken */
    bool quit;
    unsigned latest; /* number of the latest order or cancel */

    atomic_bool cancel; /* for the query in work */
};

/* The connection in use, kept while the file is the same. Seen by the worker's thread alone. */
struct connection {
    struct store *store;
    char *path;
    struct file_stamp stamp; /* of the moment it was opened */
};

static void order_drop(struct order *order)
{
    free((char *)order->path);
    revision_release(order->revision);
    *order = (struct order){ 0 };
}

static void outcome_drop(struct outcome *outcome)
{
    revision_release(outcome->revision);
    figures_destroy(outcome->figures);
    *outcome = (struct outcome){ 0 };
}

static void disconnect(struct connection *connection)
{
    store_close(connection->store);
    free(connection->path);
    *connection = (struct connection){ 0 };
}

/* A file that was replaced has the old name and another inode. */
static bool is_connected(const struct connection *connection, const char *path)
{
    struct file_stamp stamp = file_stamp_read(path);
    return connection->store != NULL && strcmp(connection->path, path) == 0 &&
           stamp.inode == connection->stamp.inode && stamp.device == connection->stamp.device;
}

static bool connect_store(struct connection *connection, const char *path, struct error *err)
{
    if (is_connected(connection, path))
        return true;
    disconnect(connection);
    connection->stamp = file_stamp_read(path);
    connection->path = memory_strdup(path);
    if (store_open(path, &connection->store, err))
        return true;
    connection->store = NULL;
    return false;
}

/* Figures always come back, also to say why there are none; NULL only where it was cancelled. */
static struct figures *measure(struct worker *worker, struct connection *connection,
                               const struct order *order)
{
    struct error err;
    error_init(&err);
    if (connect_store(connection, order->path, &err)) {
        store_limit(connection->store, &(struct store_limits){ .cancel = &worker->cancel });
        struct figures *figures =
            store_measure(connection->store, order->revision->journey, &order->lens, &err);
        if (figures != NULL) {
            figures_complete(figures);
            return figures;
        }
        if (store_was_stopped(connection->store))
            return NULL;
    }
    struct figures *none = figures_create();
    none->lens = order->lens;
    none->oldest = none->newest = TIME_NONE;
    none->problem = err;
    return none;
}

static struct outcome carry_out(struct worker *worker, struct connection *connection,
                                const struct order *order)
{
    struct outcome outcome = { .kind = order->kind };
    if (order->kind == ORDER_READ)
        outcome.revision = revision_read(order->path);
    else
        outcome.figures = measure(worker, connection, order);
    return outcome;
}

static void wake_session(const struct worker *worker)
{
    /* A full pipe is as good as a byte: the session has not looked yet. */
    while (write(worker->wake[1], "", 1) < 0 && errno == EINTR)
        ;
}

/* Takes the next order and its number; false: it is time to end. The mutex is held. */
static bool next_order(struct worker *worker, struct order *order, unsigned *number)
{
    while (!worker->quit && worker->order.path == NULL)
        pthread_cond_wait(&worker->ordered, &worker->mutex);
    *order = worker->order;
    worker->order = (struct order){ 0 };
    *number = worker->latest;
    atomic_store(&worker->cancel, false);
    return !worker->quit;
}

/* The mutex is held. */
static void deliver(struct worker *worker, struct outcome *outcome, unsigned number)
{
    if (number != worker->latest || (outcome->figures == NULL && outcome->revision == NULL)) {
        outcome_drop(outcome);
        return;
    }
    worker->outcome = *outcome;
    worker->delivered = true;
    wake_session(worker);
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    struct connection connection = { 0 };
    struct order order;
    unsigned number;
    pthread_mutex_lock(&worker->mutex);
    while (next_order(worker, &order, &number)) {
        pthread_mutex_unlock(&worker->mutex);
        struct outcome outcome = carry_out(worker, &connection, &order);
        order_drop(&order);
        pthread_mutex_lock(&worker->mutex);
        deliver(worker, &outcome, number);
    }
    pthread_mutex_unlock(&worker->mutex);
    order_drop(&order);
    disconnect(&connection);
    return NULL;
}

/* Signals are for the thread that owns the terminal. */
static int start_thread(struct worker *worker)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failure = pthread_create(&worker->thread, NULL, run, worker);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure;
}

static void free_worker(struct worker *worker)
{
    pthread_cond_destroy(&worker->ordered);
    pthread_mutex_destroy(&worker->mutex);
    close(worker->wake[0]);
    close(worker->wake[1]);
    free(worker);
}

struct worker *worker_create(struct error *err)
{
    struct worker *worker = memory_alloc(sizeof(*worker));
    if (pipe2(worker->wake, O_CLOEXEC | O_NONBLOCK) < 0) {
        error_errno(err, errno, _("cannot make a pipe"));
        free(worker);
        return NULL;
    }
    pthread_mutex_init(&worker->mutex, NULL);
    pthread_cond_init(&worker->ordered, NULL);
    atomic_init(&worker->cancel, false);
    int failure = start_thread(worker);
    if (failure == 0)
        return worker;
    error_errno(err, failure, _("cannot start a thread"));
    free_worker(worker);
    return NULL;
}

/* Makes whatever was ordered before count for nothing. The mutex is held. */
static void supersede(struct worker *worker)
{
    worker->latest++;
    atomic_store(&worker->cancel, true);
    order_drop(&worker->order);
    outcome_drop(&worker->outcome);
    worker->delivered = false;
}

void worker_destroy(struct worker *worker)
{
    if (worker == NULL)
        return;
    pthread_mutex_lock(&worker->mutex);
    supersede(worker);
    worker->quit = true;
    pthread_cond_signal(&worker->ordered);
    pthread_mutex_unlock(&worker->mutex);
    pthread_join(worker->thread, NULL);
    free_worker(worker);
}

void worker_order(struct worker *worker, const struct order *order)
{
    pthread_mutex_lock(&worker->mutex);
    supersede(worker);
    worker->order = *order;
    worker->order.path = memory_strdup(order->path);
    if (order->revision != NULL)
        revision_hold(order->revision);
    worker->busy = true;
    pthread_cond_signal(&worker->ordered);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_cancel(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    supersede(worker);
    worker->busy = false;
    pthread_mutex_unlock(&worker->mutex);
}

bool worker_busy(const struct worker *worker)
{
    return worker->busy;
}

bool worker_take(struct worker *worker, struct outcome *out)
{
    char bytes[16];
    while (read(worker->wake[0], bytes, sizeof(bytes)) > 0)
        ;
    pthread_mutex_lock(&worker->mutex);
    bool delivered = worker->delivered;
    if (delivered) {
        *out = worker->outcome;
        worker->outcome = (struct outcome){ 0 };
        worker->delivered = false;
        worker->busy = false;
    }
    pthread_mutex_unlock(&worker->mutex);
    return delivered;
}

int worker_fd(const struct worker *worker)
{
    return worker->wake[0];
}
