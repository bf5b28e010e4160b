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

static int compare_items(const void *a, const void *b)
{
    const struct watch_item *left = a, *right = b;
    if (left->watched != right->watched)
        return left->watched < right->watched ? -1 : 1;
    return strcmp(left->path, right->path);
}

static int compare_sources(const void *a, const void *b)
{
    return strcmp(((const struct file_source *)a)->path, ((const struct file_source *)b)->path);
}

/* Of one file the oldest first: whatever came after that is news to somebody. */
static int compare_ages(const void *a, const void *b)
{
    const struct file_source *left = a, *right = b;
    int order = compare_sources(a, b);
    return order != 0 ? order
                      : (left->stamp.modified_ns > right->stamp.modified_ns) -
                            (left->stamp.modified_ns < right->stamp.modified_ns);
}

static bool is_wanted(const struct watch_item *item, const struct file_source *sources,
                      size_t count)
{
    const struct file_source wanted = { .path = item->path };
    return bsearch(&wanted, sources, count, sizeof(*sources), compare_sources) != NULL;
}

static void drop_others(struct watch *watch, unsigned watched, const struct file_source *sources,
                        size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < watch->count; i++) {
        struct watch_item *item = &watch->items[i];
        if (item->watched == watched && !is_wanted(item, sources, count))
            free(item->path);
        else
            watch->items[kept++] = *item;
    }
    watch->count = kept;
}

static void add(struct watch *watch, unsigned watched, const struct file_source *source)
{
    if (watch->count == watch->capacity) {
        watch->capacity = watch->capacity == 0 ? 4 : watch->capacity * 2;
        watch->items =
            memory_resize(watch->items, memory_product(watch->capacity, sizeof(*watch->items)));
    }
    watch->items[watch->count++] = (struct watch_item){
        .path = memory_strdup(source->path),
        .watched = watched,
        .known = source->stamp,
        .last = source->stamp,
    };
}

/* Sorts the sources; the items are sorted before and after. */
static void watch_sorted(struct watch *watch, unsigned watched, struct file_source *sources,
                         size_t count)
{
    if (count > 0)
        qsort(sources, count, sizeof(*sources), compare_ages);
    drop_others(watch, watched, sources, count);
    size_t before = watch->count;
    for (size_t i = 0; i < count; i++) {
        const struct watch_item wanted = { .path = (char *)sources[i].path, .watched = watched };
        bool again = i > 0 && strcmp(sources[i - 1].path, sources[i].path) == 0;
        if (!again && (before == 0 || bsearch(&wanted, watch->items, before, sizeof(wanted),
                                              compare_items) == NULL))
            add(watch, watched, &sources[i]);
    }
    if (watch->count > 0)
        qsort(watch->items, watch->count, sizeof(*watch->items), compare_items);
}

void watch_set_read(struct watch *watch, unsigned watched, const struct file_source *sources,
                    size_t count)
{
    struct file_source *copy = memory_alloc(memory_product(count + 1, sizeof(*copy)));
    if (count > 0)
        memcpy(copy, sources, count * sizeof(*copy));
    watch_sorted(watch, watched, copy, count);
    free(copy);
}

void watch_set(struct watch *watch, unsigned watched, const char *const *paths, size_t count)
{
    struct file_source *sources = memory_alloc(memory_product(count + 1, sizeof(*sources)));
    for (size_t i = 0; i < count; i++)
        sources[i] = file_source_of(paths[i]);
    watch_sorted(watch, watched, sources, count);
    free(sources);
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
    bool whole = item->watched == WATCHED_STORE || file_stamp_equal(stamp, item->last) ||
                 item->replaced >= REPLACED_AGAIN;
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
