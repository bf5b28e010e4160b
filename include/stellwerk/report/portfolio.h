/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The maps of a folder, read for the portfolio.
 *
 * Maps are YAML files with stages or a title, in the folder and those below it; hidden files and
 * folders are passed over, and so are libraries, import mappings and other YAML. A file that is no
 * YAML at all may have been a map, and is told as a broken one. Nothing here fails: what is wrong
 * with a map or its store is said in its row.
 */
#ifndef STELLWERK_REPORT_PORTFOLIO_H
#define STELLWERK_REPORT_PORTFOLIO_H

#include <stdatomic.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/str.h>
#include <stellwerk/insight/portfolio.h>

#define PORTFOLIO_FILES_MOST 5000 /* YAML files that are looked at */
#define PORTFOLIO_DEPTH_MOST 8    /* folders in each other */

struct portfolio_files {
    struct arena arena;
    const char **paths; /* sorted; each begins with the folder */
    const char **names; /* behind it */
    size_t count;
    const char **folders; /* that were looked into: a new file shows in the stamp of its folder */
    size_t folder_count;
    struct error problem; /* why they are not all; "" else */
};

/* The YAML files that may be maps. On the heap. */
struct portfolio_files *portfolio_files_find(const char *folder);
void portfolio_files_destroy(struct portfolio_files *files); /* NULL is fine */

struct portfolio_entry {
    struct arena arena;
    struct portfolio_map *map;   /* NULL: the file is no map */
    struct file_source *sources; /* the file, then the libraries and the store that it names */
    size_t source_count;
};

/* Reads a map and measures it for all customers and all time. On the heap; NULL only where it was
 * cancelled (`cancel` may be NULL). */
struct portfolio_entry *portfolio_entry_read(const char *path, const char *name, int32_t today,
                                             const atomic_bool *cancel);
void portfolio_entry_destroy(struct portfolio_entry *entry); /* NULL is fine */

/* True while all that it was read from is as it was. */
bool portfolio_entry_is_fresh(const struct portfolio_entry *entry);

/* The table for programs: doc/json.md. */
void report_json_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today);
void report_csv_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today);

#endif
