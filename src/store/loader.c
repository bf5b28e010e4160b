/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loader.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/thread.h>

#include "cut.h"

/* Rows of a transaction, unless the options say otherwise, and of a load. */
#define BATCH_ROWS 50000
#define LOAD_ROWS 256
#define LOADS 4

/* So many rows ahead the writer is told what is coming. */
#define LOOK_AHEAD 8

/* Rows on their way, with the report as of the last of them. */
struct load {
    struct arena texts;
    struct row *rows; /* on the heap */
    size_t count, capacity;
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
    column_set columns;  /* that rows of the kind have */
    uint64_t batch_rows; /* of a transaction; UINT64_MAX: all */
    uint64_t batch_left; /* of them, not yet handed over */
    pthread_t thread;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    struct load loads[LOADS]; /* in a ring; those from `first` on wait or are being written */
    size_t first, waiting;
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

/* The next load; NULL when there will be none. */
static struct load *wait_for_load(struct loader *loader)
{
    pthread_mutex_lock(&loader->mutex);
    while (loader->waiting == 0 && !loader->ending)
        pthread_cond_wait(&loader->changed, &loader->mutex);
    struct load *load = loader->waiting > 0 ? &loader->loads[loader->first] : NULL;
    pthread_mutex_unlock(&loader->mutex);
    return load;
}

/* What the thread has in hand. */
struct writing {
    struct loader *loader;
    struct load *load; /* NULL: none */
    size_t at;         /* its next row */
    struct written written;
    bool failed;
    struct error err;
};

/* The load is done with, and may be filled anew. */
static void put_away(struct writing *writing)
{
    struct loader *loader = writing->loader;
    writing->load->count = 0;
    arena_reset(&writing->load->texts);
    writing->load = NULL;
    pthread_mutex_lock(&loader->mutex);
    loader->first = (loader->first + 1) % LOADS;
    loader->waiting--;
    loader->written = writing->written;
    loader->failed = writing->failed;
    if (writing->failed)
        loader->err = writing->err;
    pthread_cond_signal(&loader->changed);
    pthread_mutex_unlock(&loader->mutex);
}

static bool take_load(struct writing *writing)
{
    writing->load = wait_for_load(writing->loader);
    writing->at = 0;
    return writing->load != NULL;
}

static const struct row *row_in_hand(struct writing *writing)
{
    const struct load *load = writing->load;
    size_t at = writing->at++;
    if (at + LOOK_AHEAD < load->count)
        writer_expect(writing->loader->writer, &load->rows[at + LOOK_AHEAD]);
    return &load->rows[at];
}

/* From load to load, up to the end of the transaction: its load is kept in hand. */
static const struct row *next_row(void *data)
{
    struct writing *writing = data;
    for (;;) {
        if (writing->load == NULL && !take_load(writing))
            return NULL;
        if (writing->at < writing->load->count)
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
    if (writing->load == NULL)
        return true;
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
    return NULL;
}

/* ---- Handed over, by who reads ---- */

static void destroy(struct loader *loader)
{
    for (size_t i = 0; i < LOADS; i++) {
        arena_finish(&loader->loads[i].texts);
        free(loader->loads[i].rows);
    }
    pthread_cond_destroy(&loader->changed);
    pthread_mutex_destroy(&loader->mutex);
    free(loader);
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
    loader->batch_left = loader->batch_rows;
    pthread_mutex_init(&loader->mutex, NULL);
    pthread_cond_init(&loader->changed, NULL);
    error_init(&loader->err);
    int failure = thread_start(&loader->thread, write_loads, loader);
    if (failure != 0) {
        destroy(loader);
        return error_errno(err, failure, _("cannot start a thread"));
    }
    *out = loader;
    return true;
}

/* The load that is being filled: behind those that wait. */
static struct load *open_load(struct loader *loader)
{
    pthread_mutex_lock(&loader->mutex);
    while (loader->waiting == LOADS)
        pthread_cond_wait(&loader->changed, &loader->mutex);
    struct load *load = &loader->loads[(loader->first + loader->waiting) % LOADS];
    pthread_mutex_unlock(&loader->mutex);
    return load;
}

/* False where the thread has failed. */
static bool hand_over(struct loader *loader, struct load *load, bool ends_batch,
                      struct import_report *report)
{
    load->ends_batch = ends_batch;
    load->report = *report;
    pthread_mutex_lock(&loader->mutex);
    loader->waiting++;
    tell_written(&loader->written, report);
    bool good = !loader->failed;
    pthread_cond_signal(&loader->changed);
    pthread_mutex_unlock(&loader->mutex);
    return good;
}

static void make_room(struct load *load)
{
    if (load->count < load->capacity)
        return;
    size_t capacity = memory_product(load->capacity + LOAD_ROWS / 2, 2);
    load->rows = memory_resize(load->rows, memory_product(capacity, sizeof(*load->rows)));
    memset(load->rows + load->capacity, 0, (capacity - load->capacity) * sizeof(*load->rows));
    load->capacity = capacity;
}

/* Into a place that may still hold an older row: what of it is not given is left as it is. */
static void copy_row(struct loader *loader, struct load *load, const struct row *row)
{
    make_room(load);
    struct row *copy = &load->rows[load->count++];
    copy->key = row->key;
    copy->given = 0;
    for (column_set left = loader->columns; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        const struct cell *cell = &row->cells[column];
        copy->cells[column].given = cell->given;
        if (!cell->given)
            continue;
        copy->given |= column_bit(column);
        copy->cells[column].time = cell->time;
        copy->cells[column].number = cell->number;
        copy->cells[column].text = arena_strdup(&load->texts, cell->text);
    }
}

bool loader_add(struct loader *loader, const struct row *rows, size_t count,
                struct import_report *report, struct error *err)
{
    struct load *load = open_load(loader);
    for (size_t i = 0; i < count; i++)
        copy_row(loader, load, &rows[i]);
    bool ends_batch = load->count >= loader->batch_left;
    if (load->count < LOAD_ROWS && !ends_batch)
        return true;
    loader->batch_left = ends_batch ? loader->batch_rows : loader->batch_left - load->count;
    return hand_over(loader, load, ends_batch, report) || error_set(err, "%s", loader->err.text);
}

bool loader_end(struct loader *loader, struct import_report *report, struct error *err)
{
    if (loader == NULL)
        return true;
    hand_over(loader, open_load(loader), false, report);
    pthread_mutex_lock(&loader->mutex);
    loader->ending = true;
    pthread_cond_signal(&loader->changed);
    pthread_mutex_unlock(&loader->mutex);
    pthread_join(loader->thread, NULL);
    tell_written(&loader->written, report);
    bool good = !loader->failed || error_set(err, "%s", loader->err.text);
    destroy(loader);
    return good;
}
