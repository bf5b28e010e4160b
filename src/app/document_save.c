/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way back into the file. */

#include <stellwerk/app/document.h>

#include <errno.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/mapfile/save.h>

#include "document_parts.h"

/* So often may somebody else write the file while it is being saved. */
enum { TRIES = 8 };

static void settle(struct document *document)
{
    revision_release(document->saved);
    document->saved = revision_hold(document->now);
    document->unsaved_count = 0;
    if (document->conflict_count == 0)
        journal_end(document->journal);
    else
        document_write_anew(document);
}

static bool is_gone(const char *path)
{
    return access(path, F_OK) != 0 && errno == ENOENT;
}

static bool write_gone(struct document *document, struct error *err)
{
    const struct revision *now = document->now;
    if (!save_new(now->path, now->text, now->length, err))
        return false;
    settle(document);
    return true;
}

static bool take_file(struct document *document, struct error *err)
{
    struct revision *theirs = revision_read(document->path);
    if (theirs->journey != NULL) {
        document_take(document, theirs);
        return true;
    }
    const struct diag *trouble = revision_trouble(theirs);
    error_at(err, pos_lasting(document, trouble->pos),
             _("the file was changed and cannot be read as a map now; your edits are kept: %s"),
             trouble->text);
    revision_release(theirs);
    return false;
}

bool document_save(struct document *document, struct arena *arena, const char **kept,
                   struct error *err)
{
    const char *path = document->path;
    if (is_gone(path)) {
        *kept = NULL;
        return write_gone(document, err);
    }
    *kept = save_clean(arena, path);
    for (int i = 0; i < TRIES; i++) {
        const struct revision *now = document->now;
        if (digest_equal(now->digest, document->saved->digest)) {
            settle(document);
            return true;
        }
        switch (save_text(path, document->saved->digest, now->text, now->length, err)) {
        case SAVE_DONE:
            settle(document);
            return true;
        case SAVE_CHANGED:
            if (!take_file(document, err))
                return false;
            break;
        case SAVE_FAILED:
            return false;
        }
    }
    return error_set(err, _("'%s' is being written by others all the time; your edits are kept"),
                     path);
}

bool document_save_copy(const struct document *document, const char *path, struct error *err)
{
    return save_new(path, document->now->text, document->now->length, err);
}
