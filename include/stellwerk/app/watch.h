/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Watching files by their stamps: asked from time to time, it says what has changed on disk.
 *
 * A change counts once the file has kept still from one look to the next, so that a file is not
 * read while somebody writes it. Who puts a new file in its place again and again, as another
 * workbench does, writes nothing by halves and is not waited for; nor is a store, which is written
 * in transactions, and may be for hours. What changed is only a hint to read it: contents decide.
 */
#ifndef STELLWERK_APP_WATCH_H
#define STELLWERK_APP_WATCH_H

#include <stddef.h>

#include <stellwerk/base/file.h>

/* Why a file is watched; watch_look() answers with these. */
enum watched { WATCHED_MAP = 1, WATCHED_STORE = 2, WATCHED_FOLDER = 4 };

struct watch_item {
    char *path;
    unsigned watched;
    struct file_stamp known; /* what was last answered for */
    struct file_stamp last;  /* as of the last look */
    unsigned replaced;       /* looks that found another file there, since it last kept still */
};

struct watch {
    struct watch_item *items; /* sorted */
    size_t count, capacity;
};

void watch_init(struct watch *watch);
void watch_finish(struct watch *watch);

/* Watches these files, and no others, for a reason. A file watched before keeps what is known of
 * it, so that no change between two calls is lost. */
void watch_set(struct watch *watch, unsigned watched, const char *const *paths, size_t count);

/* The same for files that something was made of already: what has changed since then is told. Of a
 * file named twice the oldest stamp counts. */
void watch_set_read(struct watch *watch, unsigned watched, const struct file_source *sources,
                    size_t count);

/* The reasons of all files that have changed since they were last answered for. */
unsigned watch_look(struct watch *watch);

/* Takes every file as it is now for known. */
void watch_settle(struct watch *watch);

#endif
