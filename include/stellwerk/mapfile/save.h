/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Saving a map so that nothing can be lost: the file is the old one or the new one, whole, at any
 * moment, and what somebody else wrote meanwhile is never overwritten.
 *
 *   1. The new text goes to a temporary file in the same folder, with the owner and mode of the
 *      original; it is synced and read back.
 *   2. The two files exchange their names in one step (renameat2, RENAME_EXCHANGE). What came out
 *      is hashed: is it not the text the edit began with, the names are exchanged back.
 *   3. The old file goes, and the folder is synced.
 *
 * Where a file system has no exchange, the file is hashed right before it is replaced; between the
 * two somebody could still write, for some microseconds.
 *
 * A temporary file's name tells whose it is and which texts it may hold, so that what a kill leaves
 * behind is cleaned by the next save: see save_clean().
 */
#ifndef STELLWERK_MAPFILE_SAVE_H
#define STELLWERK_MAPFILE_SAVE_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>

enum save_outcome {
    SAVE_DONE,    /* durable */
    SAVE_CHANGED, /* somebody else has written the file: it is as they left it */
    SAVE_FAILED   /* `err` says why; the old file is untouched, but where only the last step failed:
                     then the new one is there, and a power cut could take it back */
};

/*
 * Replaces the text of `path`, whose digest was `base` when it was read. A symbolic link stays one
 * and its target is written. Refused: what is no regular file; a file with several names (hard
 * links), which a replacement would part; one whose owner could not be kept.
 */
[[nodiscard]] enum save_outcome save_text(const char *path, struct digest base, const char *text,
                                          size_t length, struct error *err);

/* Creates `path` with mode 0666 under the umask; fails where there is something already. */
[[nodiscard]] bool save_new(const char *path, const char *text, size_t length, struct error *err);

/*
 * Removes temporary files that saves of `path` left behind when they were killed: those that hold
 * the base or the new text of that save, and nothing else. One that holds another text was written
 * by somebody else and taken out by an exchange that could not be undone: it is kept, and its path
 * is returned in the arena (the first of them; NULL: none), so that a person can be told.
 */
const char *save_clean(struct arena *arena, const char *path);

#endif
