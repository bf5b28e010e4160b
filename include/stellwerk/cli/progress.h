/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bar on standard error while a file is read: share done, rows a second, time left.
 *
 * Only on a terminal, at most ten times a second, and gone when it ends.
 */
#ifndef STELLWERK_CLI_PROGRESS_H
#define STELLWERK_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/store/import.h>

struct progress {
    const char *file;
    int64_t started, shown; /* monotonic microseconds; shown 0: nothing stands there */
};

/* False where standard error is no terminal for a bar: nobody need watch then. */
bool progress_begin(struct progress *progress, const char *file);

/* An import_watcher; `data` is the struct progress. */
void progress_show(const struct import_progress *state, void *data);

/* Takes the bar away, if there is one. */
void progress_end(struct progress *progress);

#endif
