/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/mapfile/source.h>

#include "readers.h"

static bool read_document(struct arena *arena, const char *path, const char *text, size_t length,
                          const struct shape *shape, const char *complaint, void *target,
                          struct diag_list *findings)
{
    struct yaml_tree tree;
    if (!yaml_read(arena, arena, path, text, length, &tree, findings))
        return false;
    if (tree.root == NULL || tree.root->kind != YAML_PAIRS) {
        struct pos start = { .file = path, .line = 1, .column = 1 };
        diag_add(findings, SEVERITY_ERROR, start, "not_a_mapping", "%s", complaint);
        return false;
    }
    struct reading reading;
    reading_init(&reading, arena, arena, findings);
    reading.tree = &tree;
    shape_read(&reading, shape, NULL, tree.root, 0, target);
    return true;
}

bool document_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                        const struct shape *shape, const char *complaint, void *target,
                        struct diag_list *findings)
{
    bool read = read_document(arena, path, text, length, shape, complaint, target, findings);
    diag_list_sort(findings);
    return read;
}

bool document_read_file(struct arena *arena, const char *path, const struct shape *shape,
                        const char *complaint, void *target, struct diag_list *findings)
{
    const char *text;
    size_t length;
    struct error err;
    error_init(&err);
    if (!file_read(arena, path, SOURCE_MAX, &text, &length, &err)) {
        diag_add(findings, SEVERITY_ERROR, (struct pos){ .file = path }, "unreadable_file", "%s",
                 err.text);
        return false;
    }
    return document_read_text(arena, path, text, length, shape, complaint, target, findings);
}
