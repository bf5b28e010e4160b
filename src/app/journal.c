/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/journal.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/thread.h>

#include "journal_name.h"

struct journal {
    struct arena arena; /* of the names */
    struct journal_name name;
    unsigned number; /* of files so far */
    int fd;          /* -1: not open */
    char *path;      /* of the open file */
    bool running;    /* the thread is there */
    pthread_t thread;

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    size_t written, synced; /* records */
    char *outdated;         /* a file that goes with the next sync; NULL */
    int failure;            /* errno of what failed first; 0 */
    bool quit;
};

/* ---- The thread ------------------------------------------------------------------------------ */

static int sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failure = fd < 0 || fsync(fd) != 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    return failure;
}

/* Syncs what is written so far. The mutex is held before and behind it, but not within: `fd` and
 * the folder change only while nothing is left to sync. */
static void sync_records(struct journal *journal)
{
    size_t written = journal->written;
    pthread_mutex_unlock(&journal->mutex);
    int failure = fsync(journal->fd) != 0 ? errno : sync_folder(journal->name.folder);
    pthread_mutex_lock(&journal->mutex);
    journal->synced = written;
    if (journal->failure == 0)
        journal->failure = failure;
    if (failure == 0 && journal->outdated != NULL) {
        unlink(journal->outdated);
        free(journal->outdated);
        journal->outdated = NULL;
    }
    pthread_cond_broadcast(&journal->changed);
}

static void *run(void *argument)
{
    struct journal *journal = argument;
    pthread_mutex_lock(&journal->mutex);
    for (;;) {
        while (!journal->quit && journal->synced == journal->written)
            pthread_cond_wait(&journal->changed, &journal->mutex);
        if (journal->synced == journal->written)
            break;
        sync_records(journal);
    }
    pthread_mutex_unlock(&journal->mutex);
    return NULL;
}

static void start_thread(struct journal *journal)
{
    int failure = thread_start(&journal->thread, run, journal);
    journal->running = failure == 0;
    if (failure != 0)
        journal->failure = failure;
}

static void note_written(struct journal *journal)
{
    if (!journal->running)
        start_thread(journal);
    pthread_mutex_lock(&journal->mutex);
    journal->written++;
    pthread_cond_broadcast(&journal->changed);
    pthread_mutex_unlock(&journal->mutex);
    if (!journal->running)
        journal->synced = journal->written;
}

void journal_sync(struct journal *journal)
{
    pthread_mutex_lock(&journal->mutex);
    while (journal->running && journal->synced != journal->written)
        pthread_cond_wait(&journal->changed, &journal->mutex);
    pthread_mutex_unlock(&journal->mutex);
}

static void note_failure(struct journal *journal, int failure)
{
    pthread_mutex_lock(&journal->mutex);
    if (journal->failure == 0)
        journal->failure = failure;
    pthread_mutex_unlock(&journal->mutex);
}

/* ---- The file -------------------------------------------------------------------------------- */

struct journal *journal_create(const char *map, const char *folder)
{
    struct journal *journal = memory_alloc(sizeof(*journal));
    journal->fd = -1;
    journal_name_init(&journal->arena, map, folder, &journal->name);
    pthread_mutex_init(&journal->mutex, NULL);
    pthread_cond_init(&journal->changed, NULL);
    return journal;
}

static void close_file(struct journal *journal)
{
    journal_sync(journal);
    if (journal->fd >= 0)
        close(journal->fd);
    journal->fd = -1;
    free(journal->path);
    journal->path = NULL;
}

void journal_destroy(struct journal *journal)
{
    if (journal == NULL)
        return;
    close_file(journal);
    if (journal->running) {
        pthread_mutex_lock(&journal->mutex);
        journal->quit = true;
        pthread_cond_broadcast(&journal->changed);
        pthread_mutex_unlock(&journal->mutex);
        pthread_join(journal->thread, NULL);
    }
    free(journal->outdated);
    pthread_cond_destroy(&journal->changed);
    pthread_mutex_destroy(&journal->mutex);
    arena_finish(&journal->arena);
    free(journal);
}

bool journal_is_open(const struct journal *journal)
{
    return journal->fd >= 0;
}

/* What stands behind a record that is not whole would not be read: the next one begins anew. */
static void give_up(struct journal *journal, int failure)
{
    note_failure(journal, failure);
    journal_sync(journal);
    close(journal->fd);
    journal->fd = -1;
}

static void write_record(struct journal *journal, const struct str *record)
{
    size_t done = 0;
    while (done < record->length) {
        ssize_t wrote = write(journal->fd, record->text + done, record->length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0) {
            give_up(journal, errno);
            return;
        }
        done += (size_t)wrote;
    }
    note_written(journal);
}

/* A file gets its name only when it is locked: nobody must take it for one left behind. */
static int create_file(struct journal *journal, char **path)
{
    struct arena scratch = { 0 };
    const char *name = journal_name_new(&scratch, &journal->name, &journal->number);
    const char *birth = arena_printf(&scratch, "%s.new", name);
    int fd = open(birth, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW | O_APPEND, 0600);
    if (fd >= 0 && (flock(fd, LOCK_EX | LOCK_NB) != 0 || rename(birth, name) != 0)) {
        int failure = errno;
        unlink(birth);
        close(fd);
        errno = failure;
        fd = -1;
    }
    *path = fd >= 0 ? memory_strdup(name) : NULL;
    arena_finish(&scratch);
    return fd;
}

static void append_bytes(struct str *out, const char *what, const char *bytes, size_t length)
{
    str_printf(out, "%s %zu\n", what, length);
    str_append_bytes(out, bytes, length);
    str_append_char(out, '\n');
}

void journal_begin(struct journal *journal, const char *base, size_t length)
{
    if (journal->name.folder == NULL) {
        note_failure(journal, ENOENT);
        return;
    }
    char *before = journal->path;
    journal->path = NULL;
    close_file(journal);
    journal->fd = create_file(journal, &journal->path);
    if (journal->fd < 0) {
        note_failure(journal, errno);
        journal->path = before; /* what is in it is better than nothing */
        return;
    }
    pthread_mutex_lock(&journal->mutex);
    free(journal->outdated);
    journal->outdated = before;
    journal->failure = 0;
    pthread_mutex_unlock(&journal->mutex);
    struct str record;
    str_init(&record);
    str_append(&record, JOURNAL_HEAD);
    append_bytes(&record, "path", journal->name.map, strlen(journal->name.map));
    append_bytes(&record, "base", base, length);
    write_record(journal, &record);
    str_finish(&record);
}

void journal_end(struct journal *journal)
{
    if (journal->path == NULL)
        return;
    journal_sync(journal);
    unlink(journal->path);
    close_file(journal);
}

bool journal_trouble(struct journal *journal, struct error *err)
{
    pthread_mutex_lock(&journal->mutex);
    int failure = journal->failure;
    pthread_mutex_unlock(&journal->mutex);
    if (failure != 0)
        error_errno(err, failure,
                    _("unsaved edits are not safe from a crash: no journal can be "
                      "written"));
    return failure != 0;
}

/* ---- Records --------------------------------------------------------------------------------- */

static void append_operation(struct str *out, const char *what, const struct operation *operation)
{
    struct arena scratch = { 0 };
    str_printf(out, "%s %s\n", what, operation_line(&scratch, operation));
    arena_finish(&scratch);
}

void journal_do(struct journal *journal, const struct operation *operations, size_t count)
{
    if (journal->fd < 0)
        return;
    struct str record;
    str_init(&record);
    for (size_t i = 0; i < count; i++)
        append_operation(&record, i == 0 ? "do" : "and", &operations[i]);
    write_record(journal, &record);
    str_finish(&record);
}

void journal_held(struct journal *journal, const struct operation *operation)
{
    if (journal->fd < 0)
        return;
    struct str record;
    str_init(&record);
    append_operation(&record, "held", operation);
    write_record(journal, &record);
    str_finish(&record);
}

void journal_undo(struct journal *journal)
{
    if (journal->fd < 0)
        return;
    struct str record;
    str_init(&record);
    str_append(&record, "undo\n");
    write_record(journal, &record);
    str_finish(&record);
}

void journal_patch(struct journal *journal, const struct delta *delta)
{
    if (journal->fd < 0)
        return;
    struct str record;
    str_init(&record);
    str_printf(&record, "patch %zu %zu %zu\n", delta->at, delta->removed_length,
               delta->added_length);
    str_append_bytes(&record, delta->removed, delta->removed_length);
    str_append_bytes(&record, delta->added, delta->added_length);
    str_append_char(&record, '\n');
    write_record(journal, &record);
    str_finish(&record);
}
