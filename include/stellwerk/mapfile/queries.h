/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading a file of queries for a warehouse.
 */
#ifndef STELLWERK_MAPFILE_QUERIES_H
#define STELLWERK_MAPFILE_QUERIES_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/model/queries.h>

/*
 * Reads `length` bytes with a NUL behind them. False, with *out NULL, where the text is no YAML or
 * has no keys. A query that is wrong is left out and told; a caller asks none of them unless there
 * is no error among the findings.
 */
bool queries_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                       struct warehouse_queries **out, struct diag_list *findings);

/* The same from a file, "-" for standard input; one that cannot be read is a finding too. */
bool queries_read_file(struct arena *arena, const char *path, struct warehouse_queries **out,
                       struct diag_list *findings);

#endif
