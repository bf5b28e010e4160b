/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The program on a terminal of its own, in a folder with the small map and its store.
 *
 * Nothing here sleeps: every wait is for something to be seen, and fails with what was seen
 * instead.
 */

#ifndef STELLWERK_TESTS_TUI_TERMINAL_H
#define STELLWERK_TESTS_TUI_TERMINAL_H

#include <sys/types.h>

#include "../app/workbench.h"
#include "glass.h"

struct terminal {
    struct glass glass;
    struct workbench bench; /* the folder; its session is not used */
    pid_t pid;
    int fd;
    size_t bytes; /* that came since terminal_type() */
    char *raw;    /* these bytes, with a NUL */
    int writes;   /* in how many pieces they came */
};

/* Opens the map of the folder, which is made where it is not made yet, at this size;
 * `environment` is NULL or "NAME=VALUE" strings with a NULL behind. */
void terminal_open(struct terminal *terminal, int columns, int rows,
                   const char *const *environment);

/* The same with every edit saved at once. */
void terminal_open_live(struct terminal *terminal, int columns, int rows);

/* The same under a shell that says "stopped" when the program is, and goes on with a line. */
void terminal_open_under_shell(struct terminal *terminal, int columns, int rows);

/* Ends the program where it still runs. */
void terminal_close(struct terminal *terminal);

void terminal_type(struct terminal *terminal, const char *keys);
void terminal_resize(struct terminal *terminal, int columns, int rows);

/* Until the text is seen, or is seen no more. */
void terminal_wait(struct terminal *terminal, const char *text);
void terminal_wait_gone(struct terminal *terminal, const char *text);

/* Until something has come, and then nothing for a while. */
void terminal_answer(struct terminal *terminal);

/* Until nothing has come for a while. */
void terminal_settle(struct terminal *terminal);

/* Until the program has ended; returns its status as waitpid() gives it. */
int terminal_end(struct terminal *terminal);

#endif
