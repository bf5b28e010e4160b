/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "journal_name.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/file.h>

void journal_name_init(struct arena *arena, const char *map, const char *folder,
                       struct journal_name *out)
{
    char *real = realpath(map, NULL);
    out->map = arena_strdup(arena, real != NULL ? real : map);
    free(real);
    const char *state = folder == NULL ? path_xdg(arena, "STATE") : NULL;
    if (state != NULL)
        folder = arena_printf(arena, "%s/journal", state);
    out->folder = folder != NULL && folder_make(folder) ? arena_strdup(arena, folder) : NULL;
    const char *digest = digest_hex(arena, digest_bytes(out->map, strlen(out->map)));
    out->stem = arena_printf(arena, "%s-", digest);
}

const char *journal_name_new(struct arena *arena, const struct journal_name *name,
                             unsigned *number)
{
    for (;;) {
        const char *path = arena_printf(arena, "%s/%s%ld-%u" JOURNAL_END, name->folder, name->stem,
                                        (long)getpid(), ++*number);
        if (access(path, F_OK) != 0)
            return path;
    }
}
