/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/reader.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>
#include <stellwerk/mapfile/lint.h>

#include "reading.h"

/* More than the tree of a usual map takes for each byte of its text: one block is enough. */
enum { NODE_BYTES = 4 };

static bool is_map(const struct yaml_tree *tree, struct diag_list *findings)
{
    const struct yaml_node *root = tree->root;
    struct pos start = { .file = tree->source.file, .line = 1, .column = 1 };
    if (root == NULL || says_nothing(root)) {
        diag_add(findings, SEVERITY_ERROR, start, "empty_file",
                 _("the file is empty; `stellwerk new FILE` writes a map to start from"));
        return false;
    }
    if (root->kind != YAML_PAIRS) {
        diag_add(findings, SEVERITY_ERROR, yaml_pos(tree, root), "not_a_map",
                 _("this is no map: a map begins with 'stellwerk: 1' and 'title: …'"));
        return false;
    }
    return true;
}

bool map_read_tree(struct arena *arena, struct arena *nodes, const struct yaml_tree *tree,
                   struct journey **out, struct diag_list *findings)
{
    *out = NULL;
    if (!is_map(tree, findings))
        return false;
    struct reading reading;
    reading_init(&reading, arena, nodes, findings);
    struct journey *journey = arena_alloc(arena, sizeof(*journey));
    journey->path = tree->source.file;
    reading.tree = tree;
    reading.journey = journey;
    /* What is missing has been told; what there is can be shown. */
    shape_read(&reading, &map_shape, NULL, tree->root, 0, journey);
    if (journey->title == NULL)
        journey->title = path_base(journey->path);
    map_lint(nodes, journey, time_day(time_now()), findings);
    *out = journey;
    return true;
}

bool map_read_kept(struct arena *arena, struct arena *nodes, const char *path,
                   const struct yaml_tree *known, const char *text, size_t length,
                   struct yaml_tree *tree, struct journey **out, struct diag_list *findings)
{
    *out = NULL;
    nodes->first = NODE_BYTES * length;
    bool read = yaml_read_next(arena, nodes, path, known, text, length, tree, findings);
    bool faultless = read && findings->errors == 0;
    bool fine = read && map_read_tree(arena, nodes, tree, out, findings);
    if (!faultless)
        *tree = (struct yaml_tree){ 0 };
    diag_list_sort(findings);
    return fine;
}

bool map_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                   struct journey **out, struct diag_list *findings)
{
    struct arena nodes = { 0 };
    struct yaml_tree tree;
    bool fine = map_read_kept(arena, &nodes, path, NULL, text, length, &tree, out, findings);
    arena_finish(&nodes);
    return fine;
}

bool map_read_file(struct arena *arena, const char *path, struct journey **out,
                   struct diag_list *findings)
{
    *out = NULL;
    struct arena file;
    arena_init(&file);
    const char *text;
    size_t length;
    struct error err;
    error_init(&err);
    bool fine = file_read(&file, path, SOURCE_MAX, &text, &length, &err);
    if (fine)
        fine = map_read_text(arena, path, text, length, out, findings);
    else
        diag_add(findings, SEVERITY_ERROR, (struct pos){ .file = path }, "unreadable_file", "%s",
                 err.text);
    arena_finish(&file);
    return fine;
}
