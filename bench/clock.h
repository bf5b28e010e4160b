/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Clocks, in milliseconds. What other programs on the machine take is not in the processor's time.
 */
#ifndef STELLWERK_BENCH_CLOCK_H
#define STELLWERK_BENCH_CLOCK_H

#include <time.h>

static inline double clock_ms(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static inline double clock_cpu_ms(void) /* of this process */
{
    return clock_ms(CLOCK_PROCESS_CPUTIME_ID);
}

static inline double clock_wall_ms(void)
{
    return clock_ms(CLOCK_MONOTONIC);
}

#endif
