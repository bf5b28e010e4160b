/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One state of a map's text: the text, the journey, and everything there is to say about it.
 *
 * A revision never changes; a reload or an edit makes another one. Two threads look at it, the
 * screen's and the worker's, so it counts its users and goes with the last of them.
 */
#ifndef STELLWERK_APP_REVISION_H
#define STELLWERK_APP_REVISION_H

#include <stdatomic.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/operation.h>
#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/journey.h>

struct revision {
    struct arena arena; /* everything below lives here */
    const char *path;
    const char *text; /* with a NUL behind it; NULL where the file cannot be read */
    size_t length;    /* bytes */
    struct digest digest;
    const struct journey *journey; /* NULL where the text cannot be read as a map */
    struct diag_list findings;
    struct arena nodes;    /* of the tree */
    struct yaml_tree tree; /* for the next edit; empty where the text is no YAML without a fault */
    atomic_uint users;
};

/* Reads a file; the caller is its first user. */
struct revision *revision_read(const char *path);

/* Reads a text, copied, as if it stood in the file; one much like that of `known`, if that is not
 * NULL, sooner. */
struct revision *revision_of_text(const char *path, const struct revision *known, const char *text,
                                  size_t length);

/* What an operation makes of a text that could be read; NULL where it is refused. */
struct revision *revision_edit(const struct revision *before, const struct operation *operation,
                               struct error *err);

struct revision *revision_hold(struct revision *revision);
void revision_release(struct revision *revision); /* NULL is fine */

/* The first error among the findings; NULL: none. */
const struct diag *revision_trouble(const struct revision *revision);

#endif
