/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Threads that work behind the one that a person talks to.
 */
#ifndef STELLWERK_BASE_THREAD_H
#define STELLWERK_BASE_THREAD_H

#include <pthread.h>

/* Starts a thread that no signal reaches but those of its own faults: the others are for the one
 * that owns the terminal. Returns 0, or errno's value of what failed. */
[[nodiscard]] int thread_start(pthread_t *out, void *(*run)(void *data), void *data);

#endif
