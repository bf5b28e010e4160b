/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/revision.h>

#include <assert.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/mapfile/source.h>

static struct revision *revision_new(const char *path)
{
    struct revision *revision = memory_alloc(sizeof(*revision));
    atomic_init(&revision->users, 1);
    arena_init(&revision->arena);
    diag_list_init(&revision->findings, &revision->arena);
    revision->path = arena_strdup(&revision->arena, path);
    return revision;
}

static void read_text(struct revision *revision, const struct revision *known)
{
    struct journey *journey;
    revision->digest = digest_bytes(revision->text, revision->length);
    if (map_read_kept(&revision->arena, &revision->nodes, revision->path,
                      known != NULL ? &known->tree : NULL, revision->text, revision->length,
                      &revision->tree, &journey, &revision->findings))
        revision->journey = journey;
}

struct revision *revision_read(const char *path)
{
    struct revision *revision = revision_new(path);
    struct error err;
    error_init(&err);
    if (file_read(&revision->arena, path, SOURCE_MAX, &revision->text, &revision->length, &err))
        read_text(revision, NULL);
    else
        diag_add(&revision->findings, SEVERITY_ERROR, (struct pos){ .file = revision->path },
                 "unreadable_file", "%s", err.text);
    return revision;
}

struct revision *revision_of_text(const char *path, const struct revision *known, const char *text,
                                  size_t length)
{
    struct revision *revision = revision_new(path);
    revision->text = arena_strndup(&revision->arena, text, length);
    revision->length = length;
    read_text(revision, known);
    return revision;
}

struct revision *revision_edit(const struct revision *before, const struct operation *operation,
                               struct error *err)
{
    assert(before->text != NULL);
    struct revision *revision = revision_new(before->path);
    struct edited edited;
    const struct yaml_tree *tree = before->tree.root != NULL ? &before->tree : NULL;
    if (!edit_apply_next(&revision->arena, &revision->nodes, revision->path, before->text,
                         before->length, tree, operation, &edited, err)) {
        revision_release(revision);
        return NULL;
    }
    revision->text = edited.text;
    revision->length = edited.length;
    revision->digest = digest_bytes(edited.text, edited.length);
    revision->journey = edited.journey;
    revision->findings = edited.findings;
    revision->tree = edited.tree;
    return revision;
}

struct revision *revision_hold(struct revision *revision)
{
    atomic_fetch_add(&revision->users, 1);
    return revision;
}

void revision_release(struct revision *revision)
{
    if (revision == NULL || atomic_fetch_sub(&revision->users, 1) > 1)
        return;
    arena_finish(&revision->arena);
    arena_finish(&revision->nodes);
    free(revision);
}

const struct diag *revision_trouble(const struct revision *revision)
{
    for (size_t i = 0; i < revision->findings.count; i++) {
        if (revision->findings.items[i].severity == SEVERITY_ERROR)
            return &revision->findings.items[i];
    }
    return NULL;
}
