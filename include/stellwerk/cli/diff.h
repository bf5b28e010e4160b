/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What changed between two texts, in the unified format that patch and git read.
 */
#ifndef STELLWERK_CLI_DIFF_H
#define STELLWERK_CLI_DIFF_H

#include <stddef.h>

#include <stellwerk/base/str.h>

/* Appends hunks with three lines around them; nothing for equal texts. */
void diff_append(struct str *out, const char *name, const char *before, size_t before_length,
                 const char *after, size_t after_length);

#endif
