/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folder that a session holds: its files as they were found, and the maps among them as they
 * are read one after the other.
 *
 * The table is there at once and fills up. When the folder is looked through again, maps are not
 * read again that are as they were, with their libraries and stores.
 */
#ifndef STELLWERK_APP_FOLDER_H
#define STELLWERK_APP_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/file.h>
#include <stellwerk/report/portfolio.h>
#include <stellwerk/scene/portfolio.h>

struct folder_file {
    struct portfolio_entry *entry; /* NULL: not read yet */
    bool stale;                    /* is to be read again */
};

struct folder {
    char *path, *name;             /* as asked for, and as it is called; NULL: none is held */
    struct portfolio_files *files; /* NULL: not looked through yet */
    struct folder_file *items;     /* as `files` has them */
    size_t reading;                /* that is being read; SIZE_MAX: none */
    struct arena arena;            /* of what follows */
    const struct portfolio_map **maps;
    struct portfolio_scene scene;
    char *chosen; /* path of the selected map, however its row may move; NULL */
};

void folder_init(struct folder *folder, const char *path); /* NULL: none */
void folder_finish(struct folder *folder);

/* Takes over what was found. */
void folder_take_files(struct folder *folder, struct portfolio_files *files);

/* Takes over what was read of the file `reading`. */
void folder_take_entry(struct folder *folder, struct portfolio_entry *entry);

/* The next file to be read becomes `reading`; false where all have been. */
bool folder_next(struct folder *folder);

/* All that the maps were made of: the files, libraries and stores; some more than once. */
const struct file_source *folder_sources(struct arena *arena, const struct folder *folder,
                                         size_t *count);

/* Everything is to be read again. */
void folder_expire(struct folder *folder);

/* Sorts and compares anew; the selected map stays selected. */
void folder_arrange(struct folder *folder, enum portfolio_sort sort, bool shared, int64_t now);

/* Selects a row of the list that is shown. */
void folder_select(struct folder *folder, size_t row);

/* The rows of the list that is shown, and the map that is selected in it; NULL where it is none. */
size_t folder_rows(const struct folder *folder);
const struct portfolio_map *folder_selected(const struct folder *folder);

#endif
