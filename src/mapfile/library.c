/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers.h"

#include <string.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>

/* More than anyone shares; a list of a hundred thousand would keep the disk busy. */
enum { LIBRARIES_MAX = 64 };

/* A file that the map names, possibly twice: once for its personas and once for its metrics. */
struct library {
    const char *path;
    struct yaml_tree tree; /* root NULL: could not be read, which has been told */
    struct library *next;
};

static struct library *find_library(struct reading *reading, const char *path)
{
    for (struct library *library = reading->libraries; library != NULL; library = library->next)
        if (strcmp(library->path, path) == 0)
            return library;
    return NULL;
}

static void check_sections(struct reading *reading, const struct yaml_node *root)
{
    for (const struct yaml_node *pair = root->first; pair != NULL; pair = pair->next->next) {
        const struct yaml_node *key = yaml_resolve(pair);
        bool known = false;
        for (size_t i = 0; i < library_shape.field_count && key->kind == YAML_TEXT; i++)
            known = known || strcmp(library_shape.fields[i].key, key->text) == 0;
        if (!known && expect_text(reading, library_shape.name, key))
            report_unknown_key(reading, &library_shape, pair);
    }
}

/* Leaves a root in the tree if and only if it is a mapping. */
static void check_root(struct reading *reading, struct library *library, const struct yaml_node *at)
{
    const struct yaml_tree *map = reading->tree;
    const struct yaml_node *root = library->tree.root;
    if (root == NULL || says_nothing(root)) {
        report(reading, SEVERITY_WARNING, at, "nothing_in_library", _("the library '%s' is empty"),
               shown(reading, library->path));
        library->tree.root = NULL;
        return;
    }
    reading->tree = &library->tree;
    if (expect_pairs(reading, library_shape.name, root))
        check_sections(reading, root);
    else
        library->tree.root = NULL;
    reading->tree = map;
}

static void load(struct reading *reading, struct library *library, const struct yaml_node *at)
{
    const char *text;
    size_t length;
    struct error err;
    error_init(&err);
    if (!file_read(reading->nodes, library->path, SOURCE_MAX, &text, &length, &err))
        report(reading, SEVERITY_ERROR, at, "unreadable_library", "%s", err.text);
    else if (yaml_read(reading->arena, reading->nodes, library->path, text, length, &library->tree,
                       reading->findings))
        check_root(reading, library, at);
    else
        library->tree.root = NULL;
}

/* The path goes to the journey too: who shows the map watches its libraries. */
static void add_path(struct reading *reading, const char *path)
{
    struct texts *paths = &reading->journey->libraries;
    if (paths->items == NULL)
        paths->items = arena_array(reading->arena, LIBRARIES_MAX, sizeof(*paths->items));
    paths->items[paths->count++] = path;
}

/* NULL after a finding, or where one has been made already. */
static const struct library *get_library(struct reading *reading, const char *name,
                                         const struct yaml_node *at)
{
    const char *path = path_beside(reading->arena, reading->journey->path, name);
    struct library *library = find_library(reading, path);
    if (library == NULL) {
        if (reading->journey->libraries.count == LIBRARIES_MAX) {
            report(reading, SEVERITY_ERROR, at, "too_many_libraries",
                   _("a map can name %d libraries, not more"), LIBRARIES_MAX);
            return NULL;
        }
        library = arena_alloc(reading->nodes, sizeof(*library));
        library->path = path;
        library->next = reading->libraries;
        reading->libraries = library;
        add_path(reading, path);
        load(reading, library, at);
    }
    return library->tree.root != NULL ? library : NULL;
}

static const struct field *section_of(const char *key)
{
    for (size_t i = 0; i < library_shape.field_count; i++)
        if (strcmp(library_shape.fields[i].key, key) == 0)
            return &library_shape.fields[i];
    return NULL;
}

/* Puts what was read into `shelf` behind what the journey has. */
static void append(struct arena *arena, const struct field *section, const void *shelf,
                   void *journey)
{
    size_t size = section->shape->size;
    size_t more = *(const size_t *)(const void *)((const char *)shelf + section->count_offset);
    size_t *count = (void *)((char *)journey + section->count_offset);
    void **items = (void *)((char *)journey + section->offset);
    const void *new = *(void *const *)(const void *)((const char *)shelf + section->offset);
    if (more == 0)
        return;
    char *all = arena_array(arena, *count + more, size);
    if (*count > 0)
        memcpy(all, *items, *count * size);
    memcpy(all + *count * size, new, more * size);
    *items = all;
    *count += more;
}

static void read_section(struct reading *reading, const struct library *library,
                         const struct field *section, const struct yaml_node *node)
{
    struct journey *journey = reading->journey;
    struct journey shelf = { 0 };
    const struct yaml_tree *map = reading->tree;
    int *first = &reading->first_index[section->shape->space];
    *first = (int)*(size_t *)(void *)((char *)journey + section->count_offset);
    reading->tree = &library->tree;
    reading->library = true;
    field_read_map(reading, section, node, &shelf);
    append(reading->arena, section, &shelf, journey);
    reading->library = false;
    reading->tree = map;
    *first = 0;
}

/* "personas_from" reads the section "personas" of each file it names, and metrics_from likewise. */
bool read_libraries(struct reading *reading, const struct field *field,
                    const struct yaml_node *value, void *)
{
    const char *key =
        arena_strndup(reading->arena, field->key, strlen(field->key) - strlen("_from"));
    const struct field *section = section_of(key);
    if (!expect_list(reading, field->key, value))
        return false;
    for (const struct yaml_node *item = value->first; item != NULL; item = item->next) {
        const struct yaml_node *name = yaml_resolve(item);
        if (!expect_text(reading, field->key, name))
            continue;
        const struct library *library = get_library(reading, name->text, name);
        if (library == NULL)
            continue;
        const struct yaml_node *node = yaml_find(library->tree.root, key);
        if (node != NULL)
            read_section(reading, library, section, node);
        else
            report(reading, SEVERITY_WARNING, name, "nothing_in_library",
                   _("the library '%s' has no '%s'"), shown(reading, name->text), key);
    }
    return true;
}
