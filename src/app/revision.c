/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/revision.h>

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/mapfile/reader.h>

struct revision *revision_read(const char *path)
{
    struct revision *revision = memory_alloc(sizeof(*revision));
    atomic_init(&revision->users, 1);
    arena_init(&revision->arena);
    diag_list_init(&revision->findings, &revision->arena);
    struct journey *journey;
    if (map_read_file(&revision->arena, arena_strdup(&revision->arena, path), &journey,
                      &revision->findings))
        revision->journey = journey;
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
