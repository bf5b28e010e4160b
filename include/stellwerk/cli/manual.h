/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The manual page, made from the same tables as help: options, commands of the workbench, keys.
 */
#ifndef STELLWERK_CLI_MANUAL_H
#define STELLWERK_CLI_MANUAL_H

#include <stddef.h>
#include <stdio.h>

#include <stellwerk/cli/options.h>

/* Writes stellwerk(1) as troff source for man, in the language in use. */
void manual_write(const struct subcommand *const *subcommands, size_t count, FILE *out);

#endif
