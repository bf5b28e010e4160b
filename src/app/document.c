/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps: doing, undoing, redoing. See document_save.c for the file and document_merge.c for what
 * others write. */

#include <stellwerk/app/document.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

#include "document_parts.h"

void document_init(struct document *document, struct revision *revision, const char *folder)
{
    assert(revision->journey != NULL);
    *document = (struct document){ .saved = revision, .now = revision_hold(revision) };
    document->path = arena_strdup(&document->arena, revision->path);
    document->journal = journal_create(revision->path, folder);
}

void document_finish(struct document *document)
{
    if (document_is_saved(document)) /* also where edits have come back to what is in the file */
        journal_end(document->journal);
    journal_destroy(document->journal);
    revision_release(document->saved);
    revision_release(document->now);
    arena_finish(&document->arena);
    *document = (struct document){ 0 };
}

void document_abandon(struct document *document)
{
    journal_end(document->journal);
}

bool document_is_saved(const struct document *document)
{
    return document->conflict_count == 0 &&
           digest_equal(document->now->digest, document->saved->digest);
}

void document_show(struct document *document, struct revision *revision)
{
    revision_release(document->now);
    document->now = revision;
}

/* ---- What is unsaved --------------------------------------------------------------------------*/

struct operation operation_copy(struct arena *arena, const struct operation *operation)
{
    struct operation copy = *operation;
    copy.address = arena_strdup(arena, operation->address);
    copy.value = arena_strdup(arena, operation->value);
    copy.place.id = arena_strdup(arena, operation->place.id);
    return copy;
}

static void add_unsaved(struct document *document, struct unsaved unsaved)
{
    document->unsaved = arena_grow(&document->arena, document->unsaved, document->unsaved_count,
                                   &document->unsaved_capacity, sizeof(*document->unsaved));
    document->unsaved[document->unsaved_count++] = unsaved;
}

static void write_unsaved(struct journal *journal, const struct unsaved *unsaved)
{
    if (unsaved->taken_back || unsaved->step->count == 0)
        journal_patch(journal, &unsaved->delta);
    else
        journal_do(journal, unsaved->step->operations, unsaved->step->count);
}

void document_write_anew(struct document *document)
{
    struct journal *journal = document->journal;
    if (document->unsaved_count == 0 && document->conflict_count == 0) {
        journal_end(journal);
        return;
    }
    journal_begin(journal, document->saved->text, document->saved->length);
    for (size_t i = 0; i < document->unsaved_count; i++)
        write_unsaved(journal, &document->unsaved[i]);
    for (size_t i = 0; i < document->conflict_count; i++)
        journal_held(journal, &document->conflicts[i].operation);
}

/* The last of what is unsaved. A journal that could not be written may be by now: with all. */
static void write_last(struct document *document)
{
    if (journal_is_open(document->journal))
        write_unsaved(document->journal, &document->unsaved[document->unsaved_count - 1]);
    else
        document_write_anew(document);
}

/* A step is done or taken back: either makes up for the opposite, where that is unsaved, too. */
static void note(struct document *document, struct step *step, bool taken_back)
{
    if (document->unsaved_count > 0) {
        const struct unsaved *last = &document->unsaved[document->unsaved_count - 1];
        if (last->step == step && last->taken_back != taken_back && !last->rest) {
            document->unsaved_count--;
            if (document->unsaved_count == 0 || !journal_is_open(document->journal))
                document_write_anew(document);
            else
                journal_undo(document->journal);
            return;
        }
    }
    struct unsaved unsaved = { .step = step, .taken_back = taken_back, .delta = step->delta };
    if (taken_back)
        unsaved.delta = delta_inverse(step->delta);
    add_unsaved(document, unsaved);
    write_last(document);
}

/* ---- Doing --------------------------------------------------------------------------------- */

/* The text after all operations; NULL where one is refused. */
static struct revision *carry_out(const struct revision *from, const struct operation *operations,
                                  size_t count, struct error *err)
{
    struct revision *now = NULL;
    for (size_t i = 0; i < count; i++) {
        struct revision *next = revision_edit(now != NULL ? now : from, &operations[i], err);
        revision_release(now);
        now = next;
        if (now == NULL) {
            if (err->pos.file != NULL)
                err->pos.file = from->path; /* the text that it was found in is gone */
            return NULL;
        }
    }
    return now;
}

static struct delta delta_of(struct document *document, const struct revision *before,
                             const struct revision *after)
{
    return delta_between(&document->arena, before->text, before->length, after->text,
                         after->length);
}

static void push(struct document *document, struct step *step)
{
    document->count = document->done;
    document->steps = arena_grow(&document->arena, document->steps, document->count,
                                 &document->capacity, sizeof(*document->steps));
    document->steps[document->count++] = step;
    document->done = document->count;
}

/* What a delta makes of the text; NULL where it does not fit. */
static struct revision *patched(const struct revision *from, const struct delta *delta)
{
    struct arena scratch = { 0 };
    struct revision *now = NULL;
    size_t length;
    const char *text = delta_apply(&scratch, delta, from->text, from->length, &length);
    if (text != NULL)
        now = revision_of_text(from->path, from, text, length);
    arena_finish(&scratch);
    return now;
}

static bool is_no_worse(const struct revision *now, const struct revision *before)
{
    return now->journey != NULL && now->findings.errors <= before->findings.errors;
}

static struct step *step_new(struct document *document, const struct operation *operations,
                             size_t count)
{
    struct step *step = arena_alloc(&document->arena, sizeof(*step));
    step->operations = arena_array(&document->arena, count, sizeof(*operations));
    step->count = count;
    for (size_t i = 0; i < count; i++)
        step->operations[i] = operation_copy(&document->arena, &operations[i]);
    return step;
}

static const struct unsaved *last_unsaved(const struct document *document)
{
    size_t count = document->unsaved_count;
    return count > 0 ? &document->unsaved[count - 1] : NULL;
}

/* An operation goes on with one before it at the same address, or at what that is a part of. */
static bool goes_on(const struct operation *before, const struct operation *operation)
{
    size_t length = strlen(before->address);
    const char *address = operation->address;
    return before->verb == VERB_SET && operation->verb == VERB_SET &&
           strncmp(before->address, address, length) == 0 &&
           (address[length] == '\0' || address[length] == '.');
}

/* The step that an operation goes on with; NULL. */
static struct step *joinable(const struct document *document, const struct operation *operation)
{
    if (document->done == 0 || document->done < document->count)
        return NULL;
    struct step *step = document->steps[document->done - 1];
    const struct unsaved *last = last_unsaved(document);
    if (step->lost || (last != NULL && (last->step != step || last->taken_back)))
        return NULL;
    bool joins = step->count > 0 && goes_on(&step->operations[step->count - 1], operation);
    return joins ? step : NULL;
}

/* In place of the last operation of a step where it says the same thing, else behind it. */
static void add_operation(struct document *document, struct step *step,
                          const struct operation *operation)
{
    struct operation copy = operation_copy(&document->arena, operation);
    struct operation *last = &step->operations[step->count - 1];
    if (strcmp(last->address, copy.address) == 0) {
        *last = copy;
        return;
    }
    struct operation *operations =
        arena_array(&document->arena, step->count + 1, sizeof(*operations));
    memcpy(operations, step->operations, step->count * sizeof(*operations));
    operations[step->count++] = copy;
    step->operations = operations;
}

/* What a delta becomes that ends at another text, and begins where it began. */
static struct delta delta_on(struct document *document, const struct delta *delta,
                             const struct revision *now)
{
    struct arena scratch = { 0 };
    struct delta back = delta_inverse(*delta);
    size_t length;
    const char *before =
        delta_apply(&scratch, &back, document->now->text, document->now->length, &length);
    assert(before != NULL);
    struct delta on =
        delta_between(&document->arena, before, length, now->text, now->length);
    arena_finish(&scratch);
    return on;
}

/* What has not been saved of the step ends elsewhere; where all has, something begins to be. */
static void join(struct document *document, struct step *step, const struct operation *operation,
                 const struct revision *now)
{
    add_operation(document, step, operation);
    step->delta = delta_on(document, &step->delta, now);
    if (document->unsaved_count > 0) {
        struct unsaved *last = &document->unsaved[document->unsaved_count - 1];
        last->delta = delta_on(document, &last->delta, now);
        journal_undo(document->journal);
        write_last(document);
        return;
    }
    struct unsaved unsaved = { .step = step, .rest = true };
    unsaved.delta = delta_of(document, document->now, now);
    add_unsaved(document, unsaved);
    write_last(document);
}

bool document_do(struct document *document, const struct operation *operations, size_t count,
                 bool joining, struct error *err)
{
    struct revision *now = carry_out(document->now, operations, count, err);
    if (now == NULL)
        return false;
    struct step *step = joining && count == 1 ? joinable(document, operations) : NULL;
    if (digest_equal(now->digest, document->now->digest)) {
        revision_release(now);
        return true;
    }
    if (step != NULL) {
        join(document, step, operations, now);
    } else {
        step = step_new(document, operations, count);
        step->delta = delta_of(document, document->now, now);
        push(document, step);
        note(document, step, false);
    }
    document_show(document, now);
    return true;
}

/* ---- Undo and redo --------------------------------------------------------------------------- */

static void forget_last(struct document *document)
{
    document->done--;
    memmove(&document->steps[document->done], &document->steps[document->done + 1],
            (document->count - document->done - 1) * sizeof(*document->steps));
    document->count--;
}

struct pos pos_lasting(struct document *document, struct pos pos)
{
    pos.file = arena_strdup(&document->arena, pos.file);
    return pos;
}

/* The text without the last step; NULL where others have made it impossible. */
static struct revision *without(struct document *document, const struct step *step,
                                struct error *err)
{
    struct delta back = delta_inverse(step->delta);
    struct revision *before = step->lost ? NULL : patched(document->now, &back);
    if (before != NULL && is_no_worse(before, document->now))
        return before;
    const struct diag *trouble = before != NULL ? revision_trouble(before) : NULL;
    if (trouble != NULL)
        error_at(err, pos_lasting(document, trouble->pos),
                 _("this cannot be undone any more: %s"), trouble->text);
    else
        error_set(err, _("this cannot be undone any more: its place was changed by others"));
    revision_release(before);
    return NULL;
}

void document_patch(struct document *document, const struct delta *delta)
{
    struct revision *now = patched(document->now, delta);
    if (now == NULL || !is_no_worse(now, document->now)) {
        revision_release(now);
        return;
    }
    struct step *step = step_new(document, NULL, 0);
    step->delta = delta_of(document, document->now, now);
    push(document, step);
    document_show(document, now);
    note(document, step, false);
}

const struct step *document_undo(struct document *document, struct error *err)
{
    if (document->done == 0) {
        error_set(err, _("there is nothing to undo"));
        return NULL;
    }
    struct step *step = document->steps[document->done - 1];
    struct revision *before = without(document, step, err);
    if (before == NULL) {
        forget_last(document);
        return NULL;
    }
    document->done--;
    document_show(document, before);
    note(document, step, true);
    return step;
}

const struct step *document_redo(struct document *document, struct error *err)
{
    if (document->done == document->count) {
        error_set(err, _("there is nothing to redo"));
        return NULL;
    }
    struct step *step = document->steps[document->done];
    struct revision *now = step->count > 0
                               ? carry_out(document->now, step->operations, step->count, err)
                               : patched(document->now, &step->delta);
    if (now == NULL)
        return NULL;
    step->lost = false;
    step->delta = delta_of(document, document->now, now);
    document->done++;
    document_show(document, now);
    note(document, step, false);
    return step;
}

const char *step_line(struct arena *arena, const struct step *step)
{
    if (step->count == 0)
        return _("an edit made before");
    const struct operation *last = &step->operations[step->count - 1];
    if (step->count <= 2 && goes_on(&step->operations[0], last))
        return operation_line(arena, last); /* a point that was moved on */
    const char *first = operation_line(arena, &step->operations[0]);
    size_t others = step->count - 1;
    if (others == 0)
        return first;
    return arena_printf(arena, ngettext("%s (and %zu more)", "%s (and %zu more)", others), first,
                        others);
}
