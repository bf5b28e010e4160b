/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Other programs, from start to end.
 */
#ifndef STELLWERK_BENCH_CHILD_H
#define STELLWERK_BENCH_CHILD_H

#include <stdbool.h>

struct usage {
    double wall_ms, cpu_ms;
    double peak_mb; /* of resident memory */
};

/* Runs a program, found along PATH, without input or output. False when it could not be started or
 * did not end with 0. The peak is never below what this process itself has resident. */
[[nodiscard]] bool child_run(const char *const argv[], struct usage *out);

#endif
