/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where journals are: STATE/stellwerk/journal/MAP-PROCESS-NUMBER.journal, MAP being the digest of
 * the map's real path. For journal.c and journal_read.c.
 */
#ifndef STELLWERK_SRC_APP_JOURNAL_NAME_H
#define STELLWERK_SRC_APP_JOURNAL_NAME_H

#include <stddef.h>

#include <stellwerk/base/arena.h>

#define JOURNAL_HEAD "stellwerk-journal 1\n"
#define JOURNAL_END ".journal"

struct journal_name {
    const char *map;    /* its real path */
    const char *folder; /* made where it was not there; NULL: there is no place for journals */
    const char *stem;   /* how names of this map's journals begin, without the folder */
};

/* `folder` NULL: where XDG wants it. */
void journal_name_init(struct arena *arena, const char *map, const char *folder,
                       struct journal_name *out);

/* The path of a file that is not there, counting `*number` up. */
const char *journal_name_new(struct arena *arena, const struct journal_name *name,
                             unsigned *number);

#endif
