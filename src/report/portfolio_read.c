/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/portfolio.h>

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/measure.h>

/* ---- Files ---------------------------------------------------------------------------- */

struct search {
    struct portfolio_files *files;
    size_t capacity, folder_capacity;
    size_t prefix; /* bytes of a path that are the folder */
};

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot != NULL && dot != name && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static void take_file(struct search *search, const char *path)
{
    struct portfolio_files *files = search->files;
    if (files->count == PORTFOLIO_FILES_MOST) {
        error_set(&files->problem, _("there are more than %d files; the others are left out"),
                  PORTFOLIO_FILES_MOST);
        return;
    }
    files->paths = arena_grow(&files->arena, files->paths, files->count, &search->capacity,
                              sizeof(*files->paths));
    files->paths[files->count++] = path;
}

static void take_folder(struct search *search, const char *path)
{
    struct portfolio_files *files = search->files;
    files->folders = arena_grow(&files->arena, files->folders, files->folder_count,
                                &search->folder_capacity, sizeof(*files->folders));
    files->folders[files->folder_count++] = path;
}

/* Links to folders are not followed: they may lead back here. */
static bool is_own_folder(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static void look_into(struct search *search, const char *folder, int depth)
{
    struct portfolio_files *files = search->files;
    DIR *open = opendir(folder);
    take_folder(search, folder);
    if (open == NULL) {
        error_errno(&files->problem, errno, _("cannot read the folder '%s'"), folder);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
        const char *path = arena_printf(&files->arena, "%s%s%s", folder, slash, entry->d_name);
        if (is_own_folder(path)) {
            if (depth < PORTFOLIO_DEPTH_MOST && files->count < PORTFOLIO_FILES_MOST)
                look_into(search, path, depth + 1);
        } else if (is_yaml(entry->d_name) && !folder_is(path)) {
            take_file(search, path);
        }
    }
    closedir(open);
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct portfolio_files *portfolio_files_find(const char *folder)
{
    struct portfolio_files *files = memory_alloc(sizeof(*files));
    arena_init(&files->arena);
    error_init(&files->problem);
    struct search search = { .files = files, .prefix = strlen(folder) };
    while (search.prefix > 1 && folder[search.prefix - 1] == '/')
        search.prefix--;
    look_into(&search, arena_strndup(&files->arena, folder, search.prefix), 0);
    if (files->count > 0)
        qsort(files->paths, files->count, sizeof(*files->paths), compare_paths);
    files->names = arena_array(&files->arena, files->count, sizeof(*files->names));
    for (size_t i = 0; i < files->count; i++)
        files->names[i] =
            files->paths[i] + search.prefix + (files->paths[i][search.prefix] == '/' ? 1 : 0);
    return files;
}

void portfolio_files_destroy(struct portfolio_files *files)
{
    if (files == NULL)
        return;
    arena_finish(&files->arena);
    free(files);
}

/* ---- One map -------------------------------------------------------------------------- */

/* What was read is held by neither. */
struct reading_of_map {
    struct arena arena;
    struct diag_list findings;
    struct yaml_tree tree;
    struct journey *journey;
};

static bool names_a_map(const struct yaml_node *root)
{
    return root != NULL && root->kind == YAML_PAIRS &&
           (yaml_find(root, "stages") != NULL || yaml_find(root, "title") != NULL);
}

/* False where the file is YAML, and something else than a map. */
static bool read_map(const char *path, struct reading_of_map *out)
{
    const char *text;
    size_t length;
    struct error err;
    error_init(&err);
    if (!file_read(&out->arena, path, SOURCE_MAX, &text, &length, &err)) {
        diag_add(&out->findings, SEVERITY_ERROR, (struct pos){ 0 }, "unreadable_file", "%s",
                 err.text);
        return true;
    }
    if (!yaml_read(&out->arena, &out->arena, path, text, length, &out->tree, &out->findings))
        return true;
    if (!names_a_map(out->tree.root))
        return false;
    if (!map_read_tree(&out->arena, &out->arena, &out->tree, &out->journey, &out->findings))
        out->journey = NULL;
    diag_list_sort(&out->findings);
    return true;
}

/* NULL, with the reason, where nothing can be measured. */
static struct figures *measure(const struct journey *journey, const atomic_bool *cancel,
                               struct error *err)
{
    const struct lens everybody = { .persona = NONE,
                                    .context = NONE,
                                    .period = period_containing(PERIOD_ALL, 0) };
    struct arena scratch = { 0 };
    struct store *store;
    struct figures *figures = NULL;
    if (store_open(path_beside(&scratch, journey->path, journey->store), &store, err)) {
        store_limit(store, &(struct store_limits){ .cancel = cancel });
        figures = store_measure(store, journey, &everybody, err);
        store_close(store);
    }
    arena_finish(&scratch);
    if (figures != NULL)
        figures_complete(figures);
    return figures;
}

/* The map itself is among them already; its libraries have just been read. */
static void take_sources(struct portfolio_entry *entry, const struct journey *journey)
{
    struct arena *arena = &entry->arena;
    const struct texts *libraries = &journey->libraries;
    struct file_source *sources = arena_array(arena, libraries->count + 2, sizeof(*sources));
    sources[0] = entry->sources[0];
    for (size_t i = 0; i < libraries->count; i++)
        sources[i + 1] = file_source_of(arena_strdup(arena, libraries->items[i]));
    entry->sources = sources;
    entry->source_count = libraries->count + 1;
    if (journey->store != NULL)
        sources[entry->source_count++] =
            file_source_of(path_beside(arena, journey->path, journey->store));
}

static struct portfolio_map *row_of(struct arena *arena, const struct reading_of_map *reading,
                                    int32_t today, const atomic_bool *cancel)
{
    const struct journey *journey = reading->journey;
    if (journey == NULL)
        return portfolio_map_broken(arena, &reading->findings);
    struct error err;
    error_init(&err);
    struct figures *figures = journey->store != NULL ? measure(journey, cancel, &err) : NULL;
    struct portfolio_map *map =
        portfolio_map_new(arena, journey, &reading->findings, figures, today);
    if (err.text[0] != '\0')
        map->store_problem = arena_strdup(arena, err.text);
    figures_destroy(figures);
    return map;
}

struct portfolio_entry *portfolio_entry_read(const char *path, const char *name, int32_t today,
                                             const atomic_bool *cancel)
{
    struct portfolio_entry *entry = memory_alloc(sizeof(*entry));
    struct reading_of_map reading = { 0 };
    arena_init(&entry->arena);
    arena_init(&reading.arena);
    diag_list_init(&reading.findings, &reading.arena);
    path = arena_strdup(&entry->arena, path);
    entry->sources = arena_alloc(&entry->arena, sizeof(*entry->sources));
    entry->sources[entry->source_count++] = file_source_of(path);
    if (read_map(path, &reading)) {
        if (reading.journey != NULL)
            take_sources(entry, reading.journey);
        entry->map = row_of(&entry->arena, &reading, today, cancel);
        entry->map->path = path;
        entry->map->name = arena_strdup(&entry->arena, name);
    }
    arena_finish(&reading.arena);
    if (cancel == NULL || !atomic_load(cancel))
        return entry;
    portfolio_entry_destroy(entry);
    return NULL;
}

bool portfolio_entry_is_fresh(const struct portfolio_entry *entry)
{
    for (size_t i = 0; i < entry->source_count; i++)
        if (!file_stamp_equal(entry->sources[i].stamp, file_stamp_read(entry->sources[i].path)))
            return false;
    return true;
}

void portfolio_entry_destroy(struct portfolio_entry *entry)
{
    if (entry == NULL)
        return;
    arena_finish(&entry->arena);
    free(entry);
}
