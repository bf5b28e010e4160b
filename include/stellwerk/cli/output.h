/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where results and messages go, and what their terminal can show.
 */
#ifndef STELLWERK_CLI_OUTPUT_H
#define STELLWERK_CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/theme.h>

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };
extern const struct words color_words;

/* How many colours to use on a stream: with COLOR_AUTO none where it is no terminal, NO_COLOR is
 * set and not empty, or TERM is "dumb". COLORTERM tells a terminal of all colours. */
enum depth output_depth(enum color_choice choice, FILE *stream);

/* Columns of the terminal on standard output, else COLUMNS, else 100. */
int output_columns(void);

/* Appends findings as `file:line:col: severity: text` lines, sanitised; the other place of a
 * duplicate follows as a note. Appends escape sequences above DEPTH_MONO. */
void findings_append(struct str *out, const struct diag_list *findings, enum depth depth);

/* Prints findings of that severity and above to standard error; true when there is an error. */
bool findings_print(const struct diag_list *findings, enum severity least);

/* Writes all of `text` to standard output, or to `path` by way of a file beside it that takes its
 * place when it is whole. */
[[nodiscard]] bool output_write(const char *path, const struct str *text, struct error *err);

#endif
