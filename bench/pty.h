/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A program on a terminal of 80x24 that nobody looks at: what it sends is counted and kept.
 *
 * A program has answered once it has been quiet for a while; nothing else tells when a frame is
 * complete. So the waits are in every count of bytes but in none of the times: these end with the
 * last byte that came.
 */
#ifndef STELLWERK_BENCH_PTY_H
#define STELLWERK_BENCH_PTY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include <stellwerk/base/str.h>

#define PTY_COLUMNS 80
#define PTY_ROWS 24

struct pty {
    int fd;
    pid_t pid;
    double started;  /* ms */
    bool ended;      /* the program has closed its terminal */
    struct str sent; /* by the program, since the last key */
};

/* Starts a program, found along PATH, in a folder (NULL: this one). */
[[nodiscard]] bool pty_start(struct pty *pty, const char *const argv[], const char *folder);

/*
 * Waits up to `first_ms` for something to come, and then until nothing has come for `quiet_ms`;
 * while the program is at work it is not quiet. Returns the time of the last byte since the call,
 * in ms; 0 where nothing came.
 */
double pty_settle(struct pty *pty, int first_ms, int quiet_ms);

/* Presses keys all at once and settles. */
double pty_press(struct pty *pty, const char *keys, int first_ms, int quiet_ms);

/* Of the program so far: calls to write(), and MB of resident memory at the peak. -1 where the
 * system does not tell. */
double pty_writes(const struct pty *pty);
double pty_peak_mb(const struct pty *pty);

/* Presses keys that make the program end, and ends it where they do not. Returns what processor
 * time it took, in ms. */
double pty_stop(struct pty *pty, const char *keys);

#endif
