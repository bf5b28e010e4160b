/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The reject file: what an import did not take, so that it can be mended and imported again.
 *
 * CSV in UTF-8 with the columns file, line, reason, record; `record` is the row as it stood in
 * the file. It is created with the first row, so that an import without rejects leaves none.
 */
#ifndef STELLWERK_STORE_REJECTS_H
#define STELLWERK_STORE_REJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>

struct rejects;

/* `path` is borrowed until rejects_close(); an existing regular file is replaced. */
struct rejects *rejects_create(const char *path);

/* `record` need not be NUL-terminated. */
[[nodiscard]] bool rejects_add(struct rejects *rejects, const char *file, uint64_t line,
                               const char *reason, const char *record, size_t length,
                               struct error *err);

uint64_t rejects_count(const struct rejects *rejects);

/* Ends the file; false when not all of it could be written. NULL is fine. */
[[nodiscard]] bool rejects_close(struct rejects *rejects, struct error *err);

#endif
