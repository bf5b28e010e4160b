/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading an import mapping: how the columns of a file become rows of the store.
 */
#ifndef STELLWERK_MAPFILE_MAPPING_H
#define STELLWERK_MAPFILE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/model/mapping.h>

/*
 * Reads `length` bytes with a NUL behind them. False, with *out NULL, where the text is no YAML or
 * no mapping. What is wrong in it is left out and told; importing with less than what was written
 * would be wrong, so a caller goes on only when there is no error among the findings.
 */
bool mapping_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                       struct import_mapping **out, struct diag_list *findings);

/* The same from a file, "-" for standard input; one that cannot be read is a finding too. */
bool mapping_read_file(struct arena *arena, const char *path, struct import_mapping **out,
                       struct diag_list *findings);

#endif
