/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others write, and what a crash left behind: own edits carried out anew on another text. */

#include <stellwerk/app/document.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/mapfile/edit.h>

#include "document_parts.h"

/* The edits carried out on the old text and, side by side, on the new one. */
struct merge {
    struct document *document;
    struct arena scratch;
    const struct revision *base, *theirs;
    const char *old; /* the text as it was before the next edit */
    size_t old_length;
    struct revision *now; /* the new one, with the edits so far */
};

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* ---- Conflicts ------------------------------------------------------------------------------- */

static struct conflict *add_conflict(struct document *document, const struct operation *operation)
{
    struct arena *arena = &document->arena;
    document->conflicts = arena_grow(arena, document->conflicts, document->conflict_count,
                                     &document->conflict_capacity, sizeof(*document->conflicts));
    struct conflict *conflict = &document->conflicts[document->conflict_count++];
    *conflict = (struct conflict){
        .operation = operation_copy(arena, operation),
        .mine = operation->verb == VERB_SET ? arena_strdup(arena, operation->value) : NULL,
    };
    error_init(&conflict->reason);
    return conflict;
}

/* What stands at an address in a text; NULL, too, where the address names nothing. */
static const char *look(struct arena *arena, const struct revision *revision, const char *address)
{
    const char *value = NULL;
    struct error err;
    error_init(&err);
    if (!edit_look(arena, revision->path, revision->text, revision->length, address, &value, &err))
        return NULL;
    return value;
}

/* Both have changed the same thing, and not to the same. Inserting and moving harm nobody. */
static bool disagrees(struct merge *merge, const struct operation *operation)
{
    if (operation->verb == VERB_INSERT || operation->verb == VERB_MOVE)
        return false;
    struct arena *arena = &merge->scratch;
    const char *base = look(arena, merge->base, operation->address);
    const char *theirs = look(arena, merge->theirs, operation->address);
    if (same(base, theirs))
        return false;
    const char *mine = operation->verb == VERB_SET ? operation->value : NULL;
    if (operation->verb != VERB_RENAME && same(theirs, mine))
        return false;
    struct conflict *conflict = add_conflict(merge->document, operation);
    conflict->base = arena_strdup(&merge->document->arena, base);
    conflict->theirs = arena_strdup(&merge->document->arena, theirs);
    return true;
}

/* They did the same: what was to be is so. */
static bool is_done(struct merge *merge, const struct operation *operation)
{
    if (operation->verb != VERB_UNSET && operation->verb != VERB_DELETE)
        return false;
    return look(&merge->scratch, merge->base, operation->address) != NULL &&
           look(&merge->scratch, merge->now, operation->address) == NULL;
}

/* ---- Edits anew ------------------------------------------------------------------------------ */

/* False where it became a conflict. */
static bool redo_operation(struct merge *merge, const struct operation *operation)
{
    if (is_done(merge, operation))
        return true;
    if (disagrees(merge, operation))
        return false;
    struct error err;
    error_init(&err);
    struct revision *next = revision_edit(merge->now, operation, &err);
    if (next == NULL) {
        add_conflict(merge->document, operation)->reason = err;
        return false;
    }
    revision_release(merge->now);
    merge->now = next;
    return true;
}

/* All that can be done of a step; false where something could not. */
static bool redo_step(struct merge *merge, const struct step *step)
{
    bool fine = true;
    for (size_t i = 0; i < step->count; i++)
        fine = redo_operation(merge, &step->operations[i]) && fine;
    return fine;
}

/* Replaces the bytes that it replaced, where nobody else has touched them. */
static bool redo_bytes(struct merge *merge, const struct unsaved *unsaved)
{
    struct delta back = delta_inverse(unsaved->delta);
    struct shift shift = shift_begin(&merge->scratch, merge->old, merge->old_length,
                                     merge->now->text, merge->now->length);
    /* As if it had been done and taken back again: so it moves to where it belongs now. */
    if (!shift_back(&shift, &back))
        return false;
    struct delta delta = delta_inverse(back);
    size_t length;
    const char *text =
        delta_apply(&merge->scratch, &delta, merge->now->text, merge->now->length, &length);
    if (text == NULL)
        return false;
    struct revision *next = revision_of_text(merge->now->path, merge->now, text, length);
    bool fine = next->journey != NULL && next->findings.errors <= merge->now->findings.errors;
    if (fine) {
        revision_release(merge->now);
        merge->now = next;
    } else {
        revision_release(next);
    }
    return fine;
}

/* What an edit that was not carried out leaves behind: its step is nobody's to take back. */
static void drop_step(struct document *document, const struct step *step)
{
    for (size_t i = 0; i < document->count; i++) {
        if (document->steps[i] != step)
            continue;
        memmove(&document->steps[i], &document->steps[i + 1],
                (document->count - i - 1) * sizeof(*document->steps));
        document->count--;
        document->done -= i < document->done;
        return;
    }
}

static void tell_kept(struct merge *merge, const struct step *step)
{
    if (step->count == 0)
        return;
    struct document *document = merge->document;
    struct arena *arena = &document->arena;
    const char *address = step->operations[0].address;
    struct conflict *conflict = add_conflict(document, &step->operations[0]);
    conflict->taken_back = true;
    conflict->base = arena_strdup(arena, look(&merge->scratch, merge->base, address));
    conflict->theirs = arena_strdup(arena, look(&merge->scratch, merge->theirs, address));
    conflict->mine = arena_strdup(arena, look(&merge->scratch, document->now, address));
    error_set(&conflict->reason, _("it was undone here and changed by others: theirs stays"));
}

/* False where nothing of it is left to be saved. */
static bool redo_unsaved(struct merge *merge, struct unsaved *unsaved)
{
    struct document *document = merge->document;
    struct revision *before = revision_hold(merge->now);
    size_t length;
    const char *next =
        delta_apply(&merge->scratch, &unsaved->delta, merge->old, merge->old_length, &length);
    assert(next != NULL);
    bool bytes = unsaved->taken_back || unsaved->step->count == 0;
    if (bytes && !redo_bytes(merge, unsaved))
        tell_kept(merge, unsaved->step);
    else if (!bytes)
        redo_step(merge, unsaved->step);
    merge->old = next;
    merge->old_length = length;
    bool changed = !digest_equal(before->digest, merge->now->digest);
    if (changed)
        unsaved->delta = delta_between(&document->arena, before->text, before->length,
                                       merge->now->text, merge->now->length);
    else
        drop_step(document, unsaved->step);
    revision_release(before);
    return changed;
}

/* Steps that can be taken back go along with what others changed. */
static void move_steps(struct document *document, const struct revision *before,
                       const struct revision *after)
{
    struct arena scratch = { 0 };
    struct shift shift =
        shift_begin(&scratch, before->text, before->length, after->text, after->length);
    for (size_t i = document->done; i-- > 0;) {
        struct step *step = document->steps[i];
        step->lost = !shift_back(&shift, &step->delta) || step->lost;
    }
    arena_finish(&scratch);
}

static void merge_edits(struct document *document, struct revision *theirs)
{
    struct revision *before = revision_hold(document->now);
    struct merge merge = {
        .document = document,
        .base = document->saved,
        .theirs = theirs,
        .old = document->saved->text,
        .old_length = document->saved->length,
        .now = revision_hold(theirs),
    };
    size_t count = document->unsaved_count, kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct unsaved unsaved = document->unsaved[i];
        if (redo_unsaved(&merge, &unsaved))
            document->unsaved[kept++] = unsaved;
    }
    document->unsaved_count = kept;
    move_steps(document, before, merge.now);
    document_show(document, merge.now);
    revision_release(document->saved);
    document->saved = theirs;
    arena_finish(&merge.scratch);
    revision_release(before);
    document_write_anew(document);
}

/* Only its libraries have changed. */
static void take_same(struct document *document, struct revision *theirs)
{
    const struct revision *now = document->now;
    bool saved = digest_equal(now->digest, theirs->digest);
    struct revision *shown =
        saved ? revision_hold(theirs) : revision_of_text(now->path, now, now->text, now->length);
    document_show(document, shown);
    revision_release(document->saved);
    document->saved = theirs;
}

void document_take(struct document *document, struct revision *theirs)
{
    assert(theirs->journey != NULL);
    if (digest_equal(theirs->digest, document->saved->digest))
        take_same(document, theirs);
    else
        merge_edits(document, theirs);
}

bool document_decide(struct document *document, size_t index, bool mine, struct error *err)
{
    assert(index < document->conflict_count);
    struct conflict *conflict = &document->conflicts[index];
    if (mine && conflict->taken_back)
        return error_set(err, "%s", conflict->reason.text);
    if (mine && !document_do(document, &conflict->operation, 1, false, err))
        return false;
    memmove(conflict, conflict + 1,
            (document->conflict_count - index - 1) * sizeof(*document->conflicts));
    document->conflict_count--;
    document_write_anew(document);
    return true;
}

/* ---- After a crash --------------------------------------------------------------------------- */

/* The operations of one step, from the record of its beginning on. */
static size_t restore_step(struct document *document, const struct record *records, size_t count)
{
    struct arena scratch = { 0 };
    struct operation *operations = arena_array(&scratch, count, sizeof(*operations));
    size_t length = 0;
    do {
        operations[length] = records[length].operation;
        length++;
    } while (length < count && records[length].kind == RECORD_AND);
    struct error err;
    error_init(&err);
    if (!document_do(document, operations, length, false, &err))
        for (size_t i = 0; i < length; i++)
            add_conflict(document, &operations[i])->reason = err;
    arena_finish(&scratch);
    return length;
}

static void restore_record(struct document *document, const struct record *record)
{
    struct error err;
    error_init(&err);
    switch (record->kind) {
    case RECORD_UNDO:
        document_undo(document, &err);
        break;
    case RECORD_PATCH:
        document_patch(document, &record->delta);
        break;
    case RECORD_HELD:
        add_conflict(document, &record->operation);
        break;
    case RECORD_DO:
    case RECORD_AND:
        break; /* restore_step() */
    }
}

bool document_restore(struct document *document, const struct left_behind *left, struct error *err)
{
    if (!document_is_saved(document))
        return error_set(err, _("save or undo your own edits first"));
    struct revision *file = revision_hold(document->saved);
    struct revision *base = revision_of_text(file->path, file, left->base, left->base_length);
    if (base->journey == NULL) {
        revision_release(base);
        revision_release(file);
        return error_set(err, _("the text that the edits belong to cannot be read"));
    }
    document->done = document->count = 0;
    revision_release(document->saved);
    document->saved = base;
    document_show(document, revision_hold(base));
    for (size_t i = 0; i < left->count;) {
        const struct record *record = &left->records[i];
        if (record->kind == RECORD_DO || record->kind == RECORD_AND) {
            i += restore_step(document, record, left->count - i);
            continue;
        }
        restore_record(document, record);
        i++;
    }
    document_take(document, file);
    document_write_anew(document);
    journal_sync(document->journal);
    journal_discard(left);
    return true;
}
