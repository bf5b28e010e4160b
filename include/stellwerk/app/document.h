/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A map under edit: its text as it is on disk, the edits that are not there yet, and all that can
 * be taken back.
 *
 *     saved --- unsaved edits ---> now          steps: what undo takes back, redo does again
 *
 * An edit is an operation (mapfile/operation.h), proved before it counts. Steps hold operations and
 * what they did to the text, to the byte. Undo takes the bytes back; redo carries the operations
 * out again. Both go on behind a save, without a bottom.
 *
 * When somebody else writes the file, the unsaved edits are carried out anew on their text. What no
 * longer fits, or would undo what they did to the same place, becomes a conflict: a person decides.
 * Steps move along (delta.h); one whose bytes the others have touched cannot be taken back.
 *
 * Whatever is not saved is in the journal. The document neither knows a screen nor waits for
 * anything but the map's file while it saves.
 */
#ifndef STELLWERK_APP_DOCUMENT_H
#define STELLWERK_APP_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/app/delta.h>
#include <stellwerk/app/journal.h>
#include <stellwerk/app/revision.h>
#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/operation.h>

/* What one command of a person did. */
struct step {
    struct operation *operations; /* none where only bytes are known, out of a journal */
    size_t count;
    struct delta delta;
    bool lost; /* others have changed its place: it cannot be taken back */
};

/* A step that the file has not seen: done, or, where it was saved before, taken back. */
struct unsaved {
    struct step *step;
    bool taken_back;
    bool rest;          /* of a step whose beginning was saved */
    struct delta delta; /* from the text before it to the one behind it */
};

/* An edit that does not go with what somebody else wrote. */
struct conflict {
    struct operation operation;
    struct error reason;              /* why it is refused; "": the two say different things */
    bool taken_back;                  /* it was undone here, and that cannot be any more */
    const char *base, *theirs, *mine; /* what stands at the address, as YAML; NULL: nothing */
};

struct document {
    struct revision *saved; /* as in the file when it was last read or written */
    struct revision *now;   /* with what is unsaved */
    struct arena arena;     /* of all below */
    const char *path;
    struct step **steps;    /* `done` are in effect, oldest first; behind them those to be redone */
    size_t done, count, capacity;
    struct unsaved *unsaved;
    size_t unsaved_count, unsaved_capacity;
    struct conflict *conflicts;
    size_t conflict_count, conflict_capacity;
    struct journal *journal;
};

/* Takes the revision over, which could be read as a map. `folder`: of journals (journal.h). */
void document_init(struct document *document, struct revision *revision, const char *folder);

/* Leaves a journal of what is unsaved. */
void document_finish(struct document *document);

/* Forgets what is unsaved, as the person has decided: no journal is left. */
void document_abandon(struct document *document);

bool document_is_saved(const struct document *document); /* nothing unsaved, no open conflict */

/*
 * Carries out operations as one step, all or none. `join`: where the last step set the same
 * address, or one that this is a part of, it becomes part of it, also when that has been saved
 * meanwhile: so a point that is dragged is one step. False where one is refused; nothing has
 * changed then.
 */
[[nodiscard]] bool document_do(struct document *document, const struct operation *operations,
                               size_t count, bool join, struct error *err);

/* Takes the last step back, or does it again. The step is returned; NULL, with the reason, where
 * there is none or it cannot be. A step that can never be taken back is left out from then on. */
const struct step *document_undo(struct document *document, struct error *err);
const struct step *document_redo(struct document *document, struct error *err);

/* What a step did, in one line: its operation, and how many others. */
const char *step_line(struct arena *arena, const struct step *step);

/* The file says this now; takes the revision over, which could be read as a map. */
void document_take(struct document *document, struct revision *theirs);

/*
 * Writes the file (mapfile/save.h). What somebody else wrote meanwhile is taken first, and what of
 * the own edits goes with it is saved; conflicts stay open. `*kept`: a file with another program's
 * text that was saved from being overwritten (save_clean()), in the arena; else NULL.
 */
[[nodiscard]] bool document_save(struct document *document, struct arena *arena, const char **kept,
                                 struct error *err);

/* Writes the text to a new file and goes on with this one. */
[[nodiscard]] bool document_save_copy(const struct document *document, const char *path,
                                      struct error *err);

/* Decides a conflict: carries out the own edit after all, as a new step, or drops it. Where it is
 * refused even so, it stays. */
[[nodiscard]] bool document_decide(struct document *document, size_t conflict, bool mine,
                                   struct error *err);

/* Does what was left behind, on the text it began with, takes the file as it is now, and removes
 * the old journal once its own is safe. What cannot be done any more becomes a conflict. Fails
 * where there are unsaved edits already. */
[[nodiscard]] bool document_restore(struct document *document, const struct left_behind *left,
                                    struct error *err);

#endif
