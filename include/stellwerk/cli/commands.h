/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The subcommands that need no screen, a file each. main.c joins them with the workbench.
 *
 * Exit status, the same for all: 0 fine, 1 findings (a map with errors, rejected rows), 2 wrong
 * usage or failure. Results go to standard output, messages to standard error.
 */
#ifndef STELLWERK_CLI_COMMANDS_H
#define STELLWERK_CLI_COMMANDS_H

#include <stellwerk/cli/options.h>

extern const struct subcommand command_check;
extern const struct subcommand command_edit;
extern const struct subcommand command_import;
extern const struct subcommand command_new;
extern const struct subcommand command_report;
extern const struct subcommand command_store;
extern const struct subcommand command_sync;

enum { EXIT_FINE, EXIT_FINDINGS, EXIT_WRONG };

#endif
