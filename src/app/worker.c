/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/worker.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/thread.h>
#include <stellwerk/insight/promises.h>
#include <stellwerk/insight/reading.h>
#include <stellwerk/report/evidence.h>
#include <stellwerk/store/measure.h>
#include <stellwerk/store/series.h>
#include <stellwerk/store/store.h>
#include <stellwerk/store/voices.h>

#include "evidence_order.h"

/* In the order in which they are worked off. */
enum lane {
    LANE_ROWS,
    LANE_CASE,
    LANE_ASSIGN,
    LANE_MAP,
    LANE_SERIES,
    LANE_EVIDENCE,
    LANE_SIDES,
    LANE_TRIALS,
    LANE_UNASSIGNED,
    LANE_FOLDER,
    LANE_BACKDROP, /* what nobody waits for */
    WORK_LANES
};

static const enum lane lanes_of[] = {
    [ORDER_READ] = LANE_MAP,         [ORDER_MEASURE] = LANE_MAP,
    [ORDER_SERIES] = LANE_SERIES,    [ORDER_ROWS] = LANE_ROWS,
    [ORDER_PATHS] = LANE_EVIDENCE,   [ORDER_CREDITS] = LANE_EVIDENCE,
    [ORDER_UNASSIGNED] = LANE_UNASSIGNED, [ORDER_ASSIGN] = LANE_ASSIGN,
    [ORDER_CONTACTS] = LANE_EVIDENCE, [ORDER_FOLDER] = LANE_FOLDER,
    [ORDER_ENTRY] = LANE_FOLDER,
    [ORDER_SIDES] = LANE_SIDES,      [ORDER_SILOS] = LANE_SIDES, /* views that take turns */
    [ORDER_TRIALS] = LANE_TRIALS,
    [ORDER_CASE] = LANE_CASE,        [ORDER_LANES] = LANE_BACKDROP,
    [ORDER_VOICES] = LANE_SIDES,
};

/* Guarded by the worker's mutex, but for `busy`. */
struct work {
    struct order order; /* waiting to be taken up; its path is on the heap, NULL: none */
    struct outcome outcome;
    bool delivered;  /* `outcome` waits to be taken */
    unsigned latest; /* number of the latest order or cancel */
    bool busy;       /* the session's own memory of what it has ordered */
};

struct worker {
    pthread_t thread;
    int wake[2]; /* the worker writes a byte, the session reads it */
    pthread_mutex_t mutex; /* guards what follows, up to `cancel` */
    pthread_cond_t ordered;
    struct work lanes[WORK_LANES];
    int in_work; /* a lane; -1: none */
    bool quit;
    atomic_bool cancel; /* for the query in work */
    atomic_uint drawn, to_draw; /* of the bootstrap in work */
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
    free((char *)order->pick);
    revision_release(order->revision);
    *order = (struct order){ 0 };
}

static void outcome_drop(struct outcome *outcome)
{
    revision_release(outcome->revision);
    figures_destroy(outcome->figures);
    lookup_destroy(outcome->lookup);
    portfolio_files_destroy(outcome->files);
    portfolio_entry_destroy(outcome->entry);
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

/* ---- Figures --------------------------------------------------------------------- */

static struct figures *ask_for_figures(struct connection *connection, const struct order *order,
                                       struct error *err)
{
    const struct journey *journey = order->revision->journey;
    if (order->kind == ORDER_SERIES)
        return store_series(connection->store, journey, &order->lens, &order->wish, err);
    return store_measure(connection->store, journey, &order->lens, err);
}

/* Figures always come back, also to say why there are none; NULL only where it was cancelled. */
static struct figures *measure(struct worker *worker, struct connection *connection,
                               const struct order *order)
{
    struct error err;
    error_init(&err);
    if (connect_store(connection, order->path, &err)) {
        store_limit(connection->store, &(struct store_limits){ .cancel = &worker->cancel });
        struct figures *figures = ask_for_figures(connection, order, &err);
        if (figures != NULL) {
            figures_complete(figures);
            return figures;
        }
        if (store_was_stopped(connection->store))
            return NULL;
    }
    struct figures *none = figures_create();
    none->lens = order->lens;
    none->wish = order->wish;
    none->oldest = none->newest = TIME_NONE;
    none->problem = err;
    return none;
}

/* ---- Looking things up ----------------------------------------------------------- */

/* Through a connection of its own, since the one in use can only read. */
static bool assign(struct worker *worker, const struct order *order, uint64_t *rows,
                   struct error *err)
{
    struct store *store;
    if (!store_create(order->path, &store, err))
        return false;
    store_limit(store, &(struct store_limits){ .cancel = &worker->cancel });
    bool done = store_assign(store, order->revision->journey, rows, err);
    store_close(store);
    return done;
}

static void wake_session(const struct worker *worker)
{
    /* A full pipe is as good as a byte: the session has not looked yet. */
    while (write(worker->wake[1], "", 1) < 0 && errno == EINTR)
        ;
}

static void watch_drawing(size_t done, size_t total, void *data)
{
    struct worker *worker = data;
    atomic_store(&worker->drawn, (unsigned)done);
    atomic_store(&worker->to_draw, (unsigned)total);
    wake_session(worker);
}

/* What goes wrong is said in what is read; false only where it was cancelled. */
static bool find_evidence(struct worker *worker, struct store *store, const struct order *order,
                          struct lookup *lookup)
{
    struct evidence_wish wish = {
        .cancel = &worker->cancel,
        .watch = watch_drawing,
        .watch_data = worker,
    };
    evidence_look_up(store, order, &wish, lookup);
    atomic_store(&worker->to_draw, 0);
    return !atomic_load(&worker->cancel);
}

static bool hear(struct store *store, const struct order *order, struct lookup *lookup)
{
    if (!store_voices(&lookup->arena, store, order->revision->journey, &order->lens,
                      &lookup->voices, &lookup->problem))
        return false;
    voices_complete(&lookup->voices);
    return true;
}

static bool find(struct worker *worker, struct connection *connection, const struct order *order,
                 struct lookup *lookup)
{
    const struct journey *journey = order->revision->journey;
    struct error *err = &lookup->problem;
    if (!connect_store(connection, order->path, err))
        return false;
    store_limit(connection->store, &(struct store_limits){ .cancel = &worker->cancel });
    if (lanes_of[order->kind] == LANE_EVIDENCE || order->kind == ORDER_CASE ||
        order->kind == ORDER_LANES)
        return find_evidence(worker, connection->store, order, lookup);
    if (order->kind == ORDER_ROWS)
        return store_rows(&lookup->arena, connection->store, journey, &order->lens, &order->wish,
                          order->first, ORDER_ROWS_MOST, &lookup->page, err);
    if (order->kind == ORDER_SIDES)
        return side_figures_read(connection->store, journey, &order->lens, &lookup->sides, err);
    if (order->kind == ORDER_SILOS)
        return silo_evidence_read(&lookup->arena, connection->store, journey, &order->lens,
                                  &lookup->silos, err);
    if (order->kind == ORDER_VOICES)
        return hear(connection->store, order, lookup);
    if (order->kind == ORDER_TRIALS)
        return trials_read(&lookup->arena, connection->store, journey, &order->lens,
                           &lookup->trials, err);
    if (order->kind == ORDER_ASSIGN && !assign(worker, order, &lookup->assigned, err))
        return false;
    return store_unassigned(&lookup->arena, connection->store, journey, &lookup->unassigned, err);
}

/* As with figures: NULL only where it was cancelled. */
static struct lookup *look_up(struct worker *worker, struct connection *connection,
                              const struct order *order)
{
    struct lookup *lookup = memory_alloc(sizeof(*lookup));
    arena_init(&lookup->arena);
    error_init(&lookup->problem);
    lookup->journey = order->revision->journey;
    lookup->lens = order->lens;
    lookup->wish = order->wish;
    bool found = find(worker, connection, order, lookup);
    if (found || !atomic_load(&worker->cancel))
        return lookup;
    lookup_destroy(lookup);
    return NULL;
}

/* ---- The thread ------------------------------------------------------------------ */

static struct outcome carry_out(struct worker *worker, struct connection *connection,
                                const struct order *order)
{
    struct outcome outcome = { .kind = order->kind };
    switch (order->kind) {
    case ORDER_READ:
        outcome.revision = revision_read(order->path);
        break;
    case ORDER_MEASURE:
    case ORDER_SERIES:
        outcome.figures = measure(worker, connection, order);
        break;
    case ORDER_ROWS:
    case ORDER_SIDES:
    case ORDER_SILOS:
    case ORDER_TRIALS:
    case ORDER_VOICES:
    case ORDER_UNASSIGNED:
    case ORDER_ASSIGN:
    case ORDER_PATHS:
    case ORDER_CREDITS:
    case ORDER_CONTACTS:
    case ORDER_CASE:
    case ORDER_LANES:
        outcome.lookup = look_up(worker, connection, order);
        break;
    case ORDER_FOLDER:
        outcome.files = portfolio_files_find(order->path);
        break;
    case ORDER_ENTRY:
        outcome.entry = portfolio_entry_read(order->path, order->path + order->first,
                                             time_day(time_now()), &worker->cancel);
        break;
    }
    return outcome;
}

static int first_waiting(const struct worker *worker)
{
    for (int lane = 0; lane < WORK_LANES; lane++)
        if (worker->lanes[lane].order.path != NULL)
            return lane;
    return -1;
}

/* Takes the next order and its number; false: it is time to end. The mutex is held. */
static bool next_order(struct worker *worker, struct order *order, unsigned *number)
{
    worker->in_work = -1;
    while (!worker->quit && first_waiting(worker) < 0)
        pthread_cond_wait(&worker->ordered, &worker->mutex);
    if (worker->quit)
        return false;
    worker->in_work = first_waiting(worker);
    struct work *work = &worker->lanes[worker->in_work];
    *order = work->order;
    work->order = (struct order){ 0 };
    *number = work->latest;
    atomic_store(&worker->cancel, false);
    return true;
}

/* The mutex is held. */
static void deliver(struct worker *worker, struct outcome *outcome, unsigned number)
{
    struct work *work = &worker->lanes[worker->in_work];
    bool empty = outcome->figures == NULL && outcome->revision == NULL &&
                 outcome->lookup == NULL && outcome->files == NULL && outcome->entry == NULL;
    if (number != work->latest || empty) {
        outcome_drop(outcome);
        return;
    }
    work->outcome = *outcome;
    work->delivered = true;
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
    disconnect(&connection);
    return NULL;
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
    worker->in_work = -1;
    int failure = thread_start(&worker->thread, run, worker);
    if (failure == 0)
        return worker;
    error_errno(err, failure, _("cannot start a thread"));
    free_worker(worker);
    return NULL;
}

/* Makes whatever was ordered before in a lane count for nothing. The mutex is held. */
static void supersede(struct worker *worker, int lane)
{
    struct work *work = &worker->lanes[lane];
    work->latest++;
    if (worker->in_work == lane)
        atomic_store(&worker->cancel, true);
    order_drop(&work->order);
    outcome_drop(&work->outcome);
    work->delivered = false;
    work->busy = false;
}

void worker_destroy(struct worker *worker)
{
    if (worker == NULL)
        return;
    worker_cancel(worker);
    pthread_mutex_lock(&worker->mutex);
    worker->quit = true;
    pthread_cond_signal(&worker->ordered);
    pthread_mutex_unlock(&worker->mutex);
    pthread_join(worker->thread, NULL);
    free_worker(worker);
}

void worker_order(struct worker *worker, const struct order *order)
{
    enum lane lane = lanes_of[order->kind];
    struct work *work = &worker->lanes[lane];
    pthread_mutex_lock(&worker->mutex);
    supersede(worker, lane);
    work->order = *order;
    work->order.path = memory_strdup(order->path);
    work->order.pick = order->pick != NULL ? memory_strdup(order->pick) : NULL;
    if (order->revision != NULL)
        revision_hold(order->revision);
    work->busy = true;
    pthread_cond_signal(&worker->ordered);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_cancel(struct worker *worker)
{
    pthread_mutex_lock(&worker->mutex);
    for (int lane = 0; lane < WORK_LANES; lane++)
        supersede(worker, lane);
    pthread_mutex_unlock(&worker->mutex);
}

void worker_stop(struct worker *worker, enum order_kind kind)
{
    pthread_mutex_lock(&worker->mutex);
    supersede(worker, lanes_of[kind]);
    pthread_mutex_unlock(&worker->mutex);
}

struct work_progress worker_progress(const struct worker *worker)
{
    return (struct work_progress){ atomic_load(&worker->drawn), atomic_load(&worker->to_draw) };
}

bool worker_presses(const struct worker *worker)
{
    for (int lane = 0; lane < WORK_LANES; lane++)
        if (worker->lanes[lane].busy && lane != LANE_BACKDROP)
            return true;
    return false;
}

bool worker_busy(const struct worker *worker)
{
    return worker_presses(worker) || worker->lanes[LANE_BACKDROP].busy;
}

bool worker_take(struct worker *worker, struct outcome *out)
{
    char bytes[16];
    while (read(worker->wake[0], bytes, sizeof(bytes)) > 0)
        ;
    bool taken = false;
    pthread_mutex_lock(&worker->mutex);
    for (int lane = 0; lane < WORK_LANES; lane++) {
        struct work *work = &worker->lanes[lane];
        if (work->delivered && taken)
            wake_session(worker); /* there is more */
        if (!work->delivered || taken)
            continue;
        *out = work->outcome;
        work->outcome = (struct outcome){ 0 };
        work->delivered = work->busy = false;
        taken = true;
    }
    pthread_mutex_unlock(&worker->mutex);
    return taken;
}

int worker_fd(const struct worker *worker)
{
    return worker->wake[0];
}
