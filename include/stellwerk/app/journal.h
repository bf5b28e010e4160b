/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The journal: edits that are in no file yet, written to disk as they are made, so that a kill, a
 * lost line or a power cut loses none.
 *
 * A journal is a file of its own in STATE/stellwerk/journal for each workbench with unsaved edits.
 * It is bound to the map's real path and holds the text that the edits began with, whole; so it is
 * right whatever becomes of the map, and is never applied to another file. While its workbench
 * lives it is locked; one that is not locked was left behind and is offered by the next start.
 *
 *     stellwerk-journal 1
 *     path BYTES          a line break and so many bytes behind it; likewise for the others
 *     base BYTES
 *     do OPERATION        a step begins
 *     and OPERATION       the step goes on
 *     undo                the last step or patch is taken back
 *     patch AT REMOVED ADDED
 *                         bytes of the text are replaced: a step saved before is taken back
 *     held OPERATION      an edit that is in conflict with somebody else's, not decided yet
 *
 * What is added is written at once and synced by a thread, so that nobody waits for a disk. A last
 * record that was not written whole is left out when it is read.
 */
#ifndef STELLWERK_APP_JOURNAL_H
#define STELLWERK_APP_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/app/delta.h>
#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/operation.h>

struct journal;

/* For a map. Nothing is written before journal_begin(). `folder` NULL: where XDG wants it. */
struct journal *journal_create(const char *map, const char *folder);

/* Leaves what is written to the next start, unless journal_end() came before. NULL is fine. */
void journal_destroy(struct journal *journal);

/* Begins anew with a text; what was written before goes once this is safe on disk. */
void journal_begin(struct journal *journal, const char *base, size_t length);

bool journal_is_open(const struct journal *journal);

void journal_do(struct journal *journal, const struct operation *operations, size_t count);
void journal_patch(struct journal *journal, const struct delta *delta);
void journal_held(struct journal *journal, const struct operation *operation);
void journal_undo(struct journal *journal);

/* Everything is saved, or thrown away by the person: the file goes. */
void journal_end(struct journal *journal);

/* Waits until everything so far is on disk. */
void journal_sync(struct journal *journal);

/* Why edits are not safe from a kill, once something failed; `err` is left alone where nothing
 * did. */
bool journal_trouble(struct journal *journal, struct error *err);

/* ---- What was left behind ------------------------------------------------------------------- */

enum record_kind { RECORD_DO, RECORD_AND, RECORD_UNDO, RECORD_PATCH, RECORD_HELD };

struct record {
    enum record_kind kind;
    struct operation operation; /* DO, AND, HELD */
    struct delta delta;         /* PATCH */
};

struct left_behind {
    const char *file; /* the journal */
    int64_t written;  /* when, in microseconds of UTC */
    const char *base;
    size_t base_length;
    struct record *records;
    size_t count, capacity;
    bool torn; /* something behind the last record could not be read */
};

/* The oldest journal of this map that nobody has locked; false where there is none. */
bool journal_find(struct arena *arena, const char *map, const char *folder,
                  struct left_behind *out);

/* Removes a journal that was found. */
void journal_discard(const struct left_behind *found);

#endif
