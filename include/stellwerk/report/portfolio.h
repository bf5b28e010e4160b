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
#include <stellwerk/base/str.h>
#include <stellwerk/insight/portfolio.h>

#define PORTFOLIO_FILES_MOST 5000 /* YAML files that are looked at */
#define PORTFOLIO_DEPTH_MOST 8    /* folders in each other */

struct portfolio_files {
    struct arena arena;
    const char **paths; /* sorted; each begins with the folder */
    const char **names; /* behind it */
    size_t count;
    struct error problem; /* why they are not all; "" else */
};

/* The YAML files that may be maps. On the heap. */
struct portfolio_files *portfolio_files_find(const char *folder);
void portfolio_files_destroy(struct portfolio_files *files); /* NULL is fine */

struct portfolio_entry {
    struct arena arena;
    struct portfolio_map *map; /* NULL: the file is no map */
};

/* Reads a map and measures it for all customers and all time. On the heap; NULL only where it was
 * cancelled (`cancel` may be NULL). */
struct portfolio_entry *portfolio_entry_read(const char *path, const char *name, int32_t today,
                                             const atomic_bool *cancel);
void portfolio_entry_destroy(struct portfolio_entry *entry); /* NULL is fine */

/* The table for programs: doc/json.md. */
void report_json_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today);
void report_csv_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today);

#endif
