/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One reading of a map file: the journey and everything there is to say about its text.
 *
 * A revision never changes; a reload makes another one. Two threads look at it, the screen's and
 * the worker's, so it counts its users and goes with the last of them.
 */
#ifndef STELLWERK_APP_REVISION_H
#define STELLWERK_APP_REVISION_H

#include <stdatomic.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/model/journey.h>

struct revision {
    struct arena arena; /* everything below lives here */
    const struct journey *journey; /* NULL where the file cannot be read as a map */
    struct diag_list findings;
    atomic_uint users;
};

/* Reads a file; the caller is its first user. */
struct revision *revision_read(const char *path);

struct revision *revision_hold(struct revision *revision);
void revision_release(struct revision *revision); /* NULL is fine */

/* The first error among the findings; NULL: none. */
const struct diag *revision_trouble(const struct revision *revision);

#endif
