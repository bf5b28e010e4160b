/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Ctrl-C while something long is at work: the first one asks it to end in good order, a second one
 * ends the program.
 */
#ifndef STELLWERK_CLI_INTERRUPT_H
#define STELLWERK_CLI_INTERRUPT_H

#include <stdatomic.h>

void interrupt_catch(void);

/* True from the first SIGINT or SIGTERM on. */
const atomic_bool *interrupt_flag(void);

#endif
