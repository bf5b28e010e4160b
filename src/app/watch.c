/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/watch.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

void watch_init(struct watch *watch)
{
    *watch = (struct watch){ 0 };
}

void watch_finish(struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        free(watch->items[i].path);
    free(watch->items);
    watch_init(watch);
}

static bool is_among(const char *path, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(paths[i], path) == 0)
            return true;
    }
    return false;
}

static void drop_others(struct watch *watch, unsigned watched, const char *const *paths,
                        size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_item *item = &watch->items[i];
        if (item->watched == watched && !is_among(item->path, paths, count))
            free(item->path);
        else
            watch->items[kept++] = *item;
    }
    watch->count = kept;
}

static bool is_watched(const struct watch *watch, unsigned watched, const char *path)
{
    for (size_t i = 0; i < watch->count; i++) {
        if (watch->items[i].watched == watched && strcmp(watch->items[i].path, path) == 0)
            return true;
    }
    return false;
}

static void add(struct watch *watch, unsigned watched, const char *path)
{
    if (watch->count == watch->capacity) {
        watch->capacity = watch->capacity == 0 ? 4 : watch->capacity * 2;
        watch->items =
            memory_resize(watch->items, memory_product(watch->capacity, sizeof(*watch->items)));
    }
    struct file_stamp stamp = file_stamp_read(path);
    watch->items[watch->count++] = (struct watch_item){
        .path = memory_strdup(path),
        .watched = watched,
        .known = stamp,
        .last = stamp,
    };
}

void watch_set(struct watch *watch, unsigned watched, const char *const *paths, size_t count)
{
    drop_others(watch, watched, paths, count);
    for (size_t i = 0; i < count; i++) {
        if (!is_watched(watch, watched, paths[i]))
            add(watch, watched, paths[i]);
    }
}

/* Once may be an editor that begins a new file and goes on writing it. */
enum { REPLACED_AGAIN = 2 };

/* True where a file is as whole as it will be. */
static bool is_whole(struct watch_item *item, struct file_stamp stamp)
{
    if (file_stamp_equal(stamp, item->last))
        item->replaced = 0;
    else if (stamp.inode != item->last.inode)
        item->replaced++;
    bool whole = file_stamp_equal(stamp, item->last) || item->replaced >= REPLACED_AGAIN;
    item->last = stamp;
    return whole;
}

unsigned watch_look(struct watch *watch)
{
    unsigned changed = 0;
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_item *item = &watch->items[i];
        struct file_stamp stamp = file_stamp_read(item->path);
        if (is_whole(item, stamp) && !file_stamp_equal(stamp, item->known)) {
            item->known = stamp;
            changed |= item->watched;
        }
    }
    return changed;
}

void watch_settle(struct watch *watch)
{
    for (size_t i = 0; i < watch->count; i++)
        watch->items[i].known = watch->items[i].last = file_stamp_read(watch->items[i].path);
}
