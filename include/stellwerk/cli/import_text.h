/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an import says to people: the preview, what came of it, what was wrong.
 */
#ifndef STELLWERK_CLI_IMPORT_TEXT_H
#define STELLWERK_CLI_IMPORT_TEXT_H

#include <stellwerk/base/diag.h>
#include <stellwerk/base/time.h>
#include <stellwerk/store/import.h>

/* To standard output, in 80 columns: how the file was understood, which column goes where, what
 * would be taken. */
void print_preview(struct arena *arena, const struct import_report *report);

/* "30 days", "12 hours", "30 min", of microseconds. */
const char *duration_text(struct arena *arena, int64_t duration);

/* To standard error: what was taken in a line, and what a person should know beside it.
 * `rejects` is the path of the reject file; NULL. */
void print_outcome(struct arena *arena, const struct import_report *report, const char *rejects);

/* To standard error: findings about the mapping (errors alone with `quiet`) and the first rejected
 * rows. */
void print_messages(struct arena *arena, const struct diag_list *diags,
                    const struct import_report *report, bool quiet);

#endif
