/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The end of the program that nobody can prevent: no memory left.
 *
 * What must be put right first, such as the terminal, is registered by the floor that knows it.
 */
#ifndef STELLWERK_BASE_FATAL_H
#define STELLWERK_BASE_FATAL_H

/*
 * Called once before the message, on the thread that failed; it must not allocate. NULL: nothing
 * to put right.
 */
void fatal_set_cleanup(void (*cleanup)(void));

/* Cleans up, says on standard error that there is no memory left, and ends with exit status 2. */
[[gnu::noreturn]] void fatal_no_memory(void);

#endif
