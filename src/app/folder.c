/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/app/folder.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/base/time.h>

#define NOTHING SIZE_MAX

void folder_init(struct folder *folder, const char *path)
{
    *folder = (struct folder){ .reading = NOTHING };
    if (path == NULL)
        return;
    struct arena scratch = { 0 };
    folder->path = memory_strdup(path);
    folder->name = memory_strdup(folder_name(&scratch, path));
    folder->scene = (struct portfolio_scene){ .title = folder->name };
    arena_finish(&scratch);
}

static void drop_files(struct folder *folder)
{
    for (size_t i = 0; folder->files != NULL && i < folder->files->count; i++)
        portfolio_entry_destroy(folder->items[i].entry);
    free(folder->items);
    portfolio_files_destroy(folder->files);
    folder->items = NULL;
    folder->files = NULL;
}

void folder_finish(struct folder *folder)
{
    drop_files(folder);
    arena_finish(&folder->arena);
    free(folder->path);
    free(folder->name);
    free(folder->chosen);
    *folder = (struct folder){ .reading = NOTHING };
}

/* What is known of a file already; taken away from where it was. */
static struct folder_file take_known(struct folder *folder, const char *path)
{
    for (size_t i = 0; folder->files != NULL && i < folder->files->count; i++) {
        struct folder_file known = folder->items[i];
        if (known.entry == NULL || strcmp(folder->files->paths[i], path) != 0)
            continue;
        folder->items[i].entry = NULL;
        known.stale = known.stale || !portfolio_entry_is_fresh(known.entry);
        return known;
    }
    return (struct folder_file){ 0 };
}

void folder_take_files(struct folder *folder, struct portfolio_files *files)
{
    struct folder_file *items = memory_alloc((files->count + 1) * sizeof(*items));
    for (size_t i = 0; i < files->count; i++)
        items[i] = take_known(folder, files->paths[i]);
    drop_files(folder);
    folder->files = files;
    folder->items = items;
    folder->reading = NOTHING;
}

void folder_take_entry(struct folder *folder, struct portfolio_entry *entry)
{
    struct folder_file *file = &folder->items[folder->reading];
    portfolio_entry_destroy(file->entry);
    file->entry = entry;
    file->stale = false;
    folder->reading = NOTHING;
}

bool folder_next(struct folder *folder)
{
    folder->reading = NOTHING;
    for (size_t i = 0; folder->files != NULL && i < folder->files->count; i++) {
        if (folder->items[i].entry != NULL && !folder->items[i].stale)
            continue;
        folder->reading = i;
        return true;
    }
    return false;
}

const struct file_source *folder_sources(struct arena *arena, const struct folder *folder,
                                         size_t *count)
{
    struct file_source *sources = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; folder->files != NULL && i < folder->files->count; i++) {
        const struct portfolio_entry *entry = folder->items[i].entry;
        for (size_t k = 0; entry != NULL && k < entry->source_count; k++) {
            sources = arena_grow(arena, sources, *count, &capacity, sizeof(*sources));
            sources[(*count)++] = entry->sources[k];
        }
    }
    return sources;
}

void folder_expire(struct folder *folder)
{
    for (size_t i = 0; folder->files != NULL && i < folder->files->count; i++)
        folder->items[i].stale = true;
}

/* ---- What is seen -------------------------------------------------------------------------- */

size_t folder_rows(const struct folder *folder)
{
    const struct portfolio_scene *scene = &folder->scene;
    if (scene->portfolio == NULL)
        return 0;
    return scene->shared ? scene->portfolio->shared_count : scene->portfolio->count;
}

const struct portfolio_map *folder_selected(const struct folder *folder)
{
    const struct portfolio_scene *scene = &folder->scene;
    if (scene->shared || scene->selected >= folder_rows(folder))
        return NULL;
    return scene->portfolio->maps[scene->portfolio->order[scene->selected]];
}

/* Files that turned out to be no maps are left out. */
static size_t list_maps(struct folder *folder)
{
    size_t count = 0;
    folder->maps = arena_array(&folder->arena, folder->files->count, sizeof(*folder->maps));
    for (size_t i = 0; i < folder->files->count; i++) {
        const struct portfolio_entry *entry = folder->items[i].entry;
        if (entry == NULL || entry->map != NULL)
            folder->maps[count++] = entry != NULL ? entry->map : NULL;
    }
    return count;
}

static void choose(struct folder *folder)
{
    const struct portfolio_map *map = folder_selected(folder);
    free(folder->chosen);
    folder->chosen = map != NULL ? memory_strdup(map->path) : NULL;
}

void folder_select(struct folder *folder, size_t row)
{
    size_t rows = folder_rows(folder);
    folder->scene.selected = row < rows ? row : rows > 0 ? rows - 1 : 0;
    if (!folder->scene.shared)
        choose(folder);
}

/* The map that was selected, wherever it is by now; else what is in its place. */
static size_t find_chosen(const struct folder *folder)
{
    const struct portfolio_scene *scene = &folder->scene;
    size_t rows = folder_rows(folder);
    for (size_t i = 0; folder->chosen != NULL && !scene->shared && i < rows; i++) {
        const struct portfolio_map *map = scene->portfolio->maps[scene->portfolio->order[i]];
        if (map != NULL && strcmp(map->path, folder->chosen) == 0)
            return i;
    }
    return scene->selected;
}

void folder_arrange(struct folder *folder, enum portfolio_sort sort, bool shared, int64_t now)
{
    struct portfolio_scene *scene = &folder->scene;
    if (folder->files == NULL)
        return;
    arena_reset(&folder->arena);
    size_t count = list_maps(folder);
    scene->portfolio =
        portfolio_new(&folder->arena, folder->path, folder->maps, count, sort, time_day(now));
    scene->selected = scene->shared == shared ? scene->selected : 0;
    scene->sort = sort;
    scene->shared = shared;
    scene->now = now;
    scene->problem = folder->files->problem.text[0] != '\0' ? folder->files->problem.text : NULL;
    folder_select(folder, find_chosen(folder));
}
