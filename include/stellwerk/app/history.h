/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines typed before, oldest first, no line twice.
 */
#ifndef STELLWERK_APP_HISTORY_H
#define STELLWERK_APP_HISTORY_H

#include <stddef.h>

struct history {
    char **lines;
    size_t count, capacity;
};

#define HISTORY_MAX 500 /* the oldest lines go first */

void history_init(struct history *history);
void history_finish(struct history *history);

/* Keeps a copy of the line as the newest; a blank line is not kept. */
void history_add(struct history *history, const char *line);

/* From and to a file, a line each. A file that cannot be read or written is left alone: nobody
 * should be kept from working by it. Written with mode 0600; a missing folder is made. */
void history_read(struct history *history, const char *path);
void history_write(const struct history *history, const char *path);

#endif
