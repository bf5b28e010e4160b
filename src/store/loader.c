/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loader.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/thread.h>

#include "cut.h"
#include "packed_rows.h"

/* Rows of a transaction, unless the options say otherwise, and of a load. What people have written
 * may be long, and memory stays bounded: so many bytes make a load full, too. */
#define BATCH_ROWS 100000
#define LOAD_ROWS 1024
#define LOAD_BYTES ((size_t)256 << 10)
#define LOADS_MOST 64

/* Who reads helps out where at least one of so many loads waits: who writes has enough to do. */
#define LOADS_PART 8

/* So many transactions ahead is what was read: a person who was told of it finds it in the store
 * soon. */
#define BATCHES_AHEAD 2

/* So many rows ahead the writer is told what is coming. */
#define LOOK_AHEAD 8

/* Rows on their way, with the report as of the last of them. */
struct load {
    struct packed_rows rows;
    bool looked_up;  /* which rows the store has for its, */
    uint64_t stand;  /* at that stand of the writer */
    bool ends_batch; /* a transaction ends with it */
    struct import_report report;
};

/* What became of the rows that are written. */
struct written {
    struct put_counts counts;
    uint64_t batch;
    bool case_window_changed;
};

struct loader {
    struct writer *writer;
    const struct import_options *options;
    struct import_report *committed;
    column_set columns;   /* that rows of the kind have */
    uint64_t batch_rows;  /* of a transaction; UINT64_MAX: all */
    uint64_t batch_left;  /* of them, not yet handed over */
    struct load *filling; /* by who reads; NULL: none yet */
    pthread_t thread;
    struct errand_board board; /* of the store; its mutex guards what follows, too */
    struct load loads[LOADS_MOST];
    size_t load_count;     /* of them are used, in a ring; */
    size_t first, waiting; /* those from `first` on wait or are being written */
    struct written written;
    bool ending, failed;
    struct error err;
};

/* ---- Written, on the thread ---- */

static bool write_window(struct writer *writer, struct import_report *report, struct error *err)
{
    bool changed;
    if (report->without_case == 0 || writer->dry_run)
        return true;
    if (!cut_set_window(writer->store, report->case_window, &changed, err))
        return false;
    report->case_window_changed |= changed;
    return true;
}

bool loader_commit(struct writer *writer, const struct import_options *options,
                   struct import_report *report, struct error *err)
{
    return write_window(writer, report, err) &&
           writer_commit(writer, report, options->mapping, err);
}

static bool end_batch(struct loader *loader, struct import_report *report, struct error *err)
{
    if (!loader_commit(loader->writer, loader->options, report, err))
        return false;
    *loader->committed = *report;
    return writer_begin(loader->writer, loader->options->cancel, err);
}

/* Brings a report that was made while rows were read to what was written. */
static void tell_written(const struct written *written, struct import_report *report)
{
    report->taken = written->counts.taken;
    report->updated = written->counts.updated;
    report->duplicates = written->counts.duplicates;
    report->batch = written->batch;
    report->case_window_changed = written->case_window_changed;
}

static struct load *load_at(struct loader *loader, size_t place)
{
    return &loader->loads[(loader->first + place) % loader->load_count];
}

/* How many loads wait; 0 when there will be no more. */
static size_t wait_for_loads(struct loader *loader)
{
    pthread_mutex_lock(&loader->board.mutex);
    while (loader->waiting == 0 && !loader->ending)
        pthread_cond_wait(&loader->board.changed, &loader->board.mutex);
    size_t waiting = loader->waiting;
    pthread_mutex_unlock(&loader->board.mutex);
    return waiting;
}

/* What the thread has in hand. */
struct writing {
    struct loader *loader;
    struct load *load;   /* NULL: none */
    size_t at;           /* its next row */
    struct row row;      /* the one at hand */
    struct digest *keys; /* of rows that are looked up, and what was found; on the heap */
    int64_t *known;
    size_t capacity;
    struct written written;
    bool failed;
    struct error err;
};

/* With the lock. Once: who is told of it reads the error without. */
static void tell_failure(const struct writing *writing)
{
    struct loader *loader = writing->loader;
    if (!writing->failed || loader->failed)
        return;
    loader->failed = true;
    loader->err = writing->err;
}

/* The load is done with, and may be filled anew. */
static void put_away(struct writing *writing)
{
    struct loader *loader = writing->loader;
    packed_rows_clear(&writing->load->rows);
    writing->load->looked_up = false;
    writing->load = NULL;
    pthread_mutex_lock(&loader->board.mutex);
    loader->first = (loader->first + 1) % loader->load_count;
    loader->waiting--;
    loader->written = writing->written;
    tell_failure(writing);
    pthread_cond_signal(&loader->board.changed);
    pthread_mutex_unlock(&loader->board.mutex);
}

static void gather_keys(struct writing *writing, const struct packed_rows *rows, size_t count)
{
    if (count + rows->count > writing->capacity) {
        writing->capacity = memory_product(count + rows->count, 2);
        writing->keys =
            memory_resize(writing->keys, memory_product(writing->capacity, sizeof(*writing->keys)));
        writing->known = memory_resize(writing->known,
                                       memory_product(writing->capacity, sizeof(*writing->known)));
    }
    for (size_t i = 0; i < rows->count; i++)
        writing->keys[count + i] = *packed_rows_key(rows, i);
}

/* Looks the rows of all that wait up at once: in the order of the index, which is not that of the
 * rows, they are found in a fraction of the time. */
static bool look_up(struct writing *writing, size_t waiting)
{
    struct loader *loader = writing->loader;
    size_t count = 0;
    for (size_t i = 0; i < waiting; i++) {
        const struct packed_rows *rows = &load_at(loader, i)->rows;
        gather_keys(writing, rows, count);
        count += rows->count;
    }
    if (!writer_look_ahead(loader->writer, writing->keys, count, writing->known, &writing->err))
        return false;
    const int64_t *known = writing->known;
    for (size_t i = 0; i < waiting; i++) {
        struct load *load = load_at(loader, i);
        for (size_t row = 0; row < load->rows.count; row++, known++)
            if (*known != 0)
                packed_rows_tell(&load->rows, row, *known);
        load->looked_up = true;
        load->stand = writer_stand(loader->writer);
    }
    return true;
}

/* The next load, if there is one. */
static bool take_load(struct writing *writing)
{
    struct loader *loader = writing->loader;
    size_t waiting = wait_for_loads(loader);
    writing->load = waiting > 0 ? load_at(loader, 0) : NULL;
    writing->at = 0;
    if (waiting > 0 && !writing->load->looked_up && !writing->failed)
        writing->failed = !look_up(writing, waiting);
    return waiting > 0;
}

static const struct row *row_in_hand(struct writing *writing)
{
    const struct packed_rows *rows = &writing->load->rows;
    size_t at = writing->at++;
    if (at + LOOK_AHEAD < rows->count)
        writer_expect(writing->loader->writer, packed_rows_key(rows, at + LOOK_AHEAD));
    packed_rows_get(rows, at, &writing->row);
    if (writing->load->stand != writer_stand(writing->loader->writer))
        writing->row.known = 0;
    return &writing->row;
}

/* From load to load, up to the end of the transaction: its load is kept in hand. */
static const struct row *next_row(void *data)
{
    struct writing *writing = data;
    for (;;) {
        if ((writing->load == NULL && !take_load(writing)) || writing->failed)
            return NULL;
        if (writing->at < writing->load->rows.count)
            return row_in_hand(writing);
        if (writing->load->ends_batch)
            return NULL;
        put_away(writing);
    }
}

static bool write_batch(struct writing *writing)
{
    struct written *written = &writing->written;
    if (!writer_put(writing->loader->writer, next_row, writing, &written->counts, &writing->err))
        return false;
    if (writing->load == NULL || writing->failed)
        return !writing->failed;
    struct import_report *report = &writing->load->report;
    tell_written(written, report);
    bool good = end_batch(writing->loader, report, &writing->err);
    written->batch = report->batch;
    written->case_window_changed = report->case_window_changed;
    return good;
}

static void *write_loads(void *data)
{
    struct writing writing = { .loader = data };
    error_init(&writing.err);
    while (take_load(&writing)) {
        writing.failed = writing.failed || !write_batch(&writing);
        if (writing.load != NULL)
            put_away(&writing);
    }
    /* What was under way behind the last load may have failed, too. */
    pthread_mutex_lock(&writing.loader->board.mutex);
    tell_failure(&writing);
    pthread_mutex_unlock(&writing.loader->board.mutex);
    free(writing.keys);
    free(writing.known);
    return NULL;
}

/* ---- Handed over, by who reads ---- */

static void destroy(struct loader *loader)
{
    for (size_t i = 0; i < loader->load_count; i++)
        packed_rows_finish(&loader->loads[i].rows);
    if (loader->writer->store != NULL)
        loader->writer->store->errand.board = NULL;
    errand_board_finish(&loader->board);
    free(loader);
}

static size_t loads_for(uint64_t batch_rows)
{
    uint64_t loads = batch_rows / LOAD_ROWS + 1;
    return loads < LOADS_MOST / BATCHES_AHEAD ? BATCHES_AHEAD * loads + 1 : LOADS_MOST;
}

bool loader_start(struct writer *writer, const struct import_options *options,
                  struct import_report *committed, struct loader **out, struct error *err)
{
    struct loader *loader = memory_alloc(sizeof(*loader));
    *loader = (struct loader){
        .writer = writer,
        .options = options,
        .columns = column_all(writer->as),
        .committed = committed,
        .batch_rows = options->whole            ? UINT64_MAX
                      : options->batch_rows > 0 ? options->batch_rows
                                                : BATCH_ROWS,
    };
    loader->load_count = loads_for(loader->batch_rows);
    loader->batch_left = loader->batch_rows;
    error_init(&loader->err);
    errand_board_init(&loader->board);
    if (writer->store != NULL)
        writer->store->errand.board = &loader->board;
    int failure = thread_start(&loader->thread, write_loads, loader);
    if (failure != 0) {
        destroy(loader);
        return error_errno(err, failure, _("cannot start a thread"));
    }
    *out = loader;
    return true;
}

/* Behind those that wait. */
static struct load *next_load(struct loader *loader)
{
    struct errand_board *board = &loader->board;
    pthread_mutex_lock(&board->mutex);
    for (;;) {
        bool ahead = loader->waiting * LOADS_PART >= loader->load_count;
        if (ahead && errand_help(board))
            continue;
        if (loader->waiting < loader->load_count)
            break;
        pthread_cond_wait(&board->changed, &board->mutex);
    }
    struct load *load = load_at(loader, loader->waiting);
    pthread_mutex_unlock(&board->mutex);
    return load;
}

static struct load *open_load(struct loader *loader)
{
    if (loader->filling == NULL)
        loader->filling = next_load(loader);
    return loader->filling;
}

/* False where the thread has failed. */
static bool hand_over(struct loader *loader, struct load *load, bool ends_batch,
                      struct import_report *report)
{
    load->ends_batch = ends_batch;
    load->report = *report;
    loader->filling = NULL;
    pthread_mutex_lock(&loader->board.mutex);
    loader->waiting++;
    tell_written(&loader->written, report);
    bool good = !loader->failed;
    pthread_cond_signal(&loader->board.changed);
    pthread_mutex_unlock(&loader->board.mutex);
    return good;
}

bool loader_add(struct loader *loader, const struct row *rows, size_t count,
                struct import_report *report, struct error *err)
{
    struct load *load = open_load(loader);
    for (size_t i = 0; i < count; i++)
        packed_rows_add(&load->rows, &rows[i], loader->columns);
    bool ends_batch = load->rows.count >= loader->batch_left;
    if (load->rows.count < LOAD_ROWS && load->rows.length < LOAD_BYTES && !ends_batch)
        return true;
    loader->batch_left = ends_batch ? loader->batch_rows : loader->batch_left - load->rows.count;
    return hand_over(loader, load, ends_batch, report) || error_set(err, "%s", loader->err.text);
}

bool loader_end(struct loader *loader, struct import_report *report, struct error *err)
{
    if (loader == NULL)
        return true;
    hand_over(loader, open_load(loader), false, report);
    pthread_mutex_lock(&loader->board.mutex);
    loader->ending = true;
    pthread_cond_signal(&loader->board.changed);
    pthread_mutex_unlock(&loader->board.mutex);
    pthread_join(loader->thread, NULL);
    tell_written(&loader->written, report);
    bool good = !loader->failed || error_set(err, "%s", loader->err.text);
    destroy(loader);
    return good;
}
