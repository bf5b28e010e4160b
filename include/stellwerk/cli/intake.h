/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows into a store, from files or from a warehouse: what `import` and `sync` have in common.
 *
 *     intake_open(); intake_take() …; intake_close();
 */
#ifndef STELLWERK_CLI_INTAKE_H
#define STELLWERK_CLI_INTAKE_H

#include <stellwerk/cli/options.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/import.h>

/* Options that both commands have; their values stand first in the command's own struct. */
struct intake_values {
    const char *rejects; /* a file; NULL */
    bool dry_run, quiet;
};

#define INTAKE_OPTIONS 3
extern const struct option_row intake_options[INTAKE_OPTIONS];

struct intake {
    const struct intake_values *values;
    struct import_options options; /* of every source, but for `diags` and `watch` */
    struct store *store;           /* NULL: a dry run on a store that is not there yet */
    bool rejected;                 /* some row was */
};

/* A map to find touchpoints on; one with errors still has ids and titles. Its errors are printed; a
 * `path` of NULL is none, and fine. */
[[nodiscard]] bool intake_read_map(struct arena *arena, const char *path,
                                   const struct journey **out);

/* Opens or makes the store, and the file of what is rejected. */
[[nodiscard]] bool intake_open(struct arena *arena, struct intake *intake, const char *store,
                               struct error *err);

/* Imports one source, as store_import() does. */
typedef bool intake_import(struct arena *arena, struct store *store, void *source,
                           const struct import_options *options, struct import_report *out,
                           struct error *err);

/* Takes a source by that name, with progress, and says what came of it, or what would. One that is
 * taken `whole` or not at all is said to be broken off where it was. */
[[nodiscard]] bool intake_take(struct intake *intake, const char *name, bool whole,
                               intake_import *import, void *source, struct error *err);

/* `fine`: all went well so far; the first failure is the one to tell. */
[[nodiscard]] bool intake_close(struct intake *intake, bool fine, struct error *err);

/* The exit status that the command ends with. */
int intake_status(const struct intake *intake, bool fine);

#endif
