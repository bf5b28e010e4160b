/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes of a file that is imported, unpacked where they are gzip. Private to store/.
 *
 * A file is known as gzip by its first two bytes, whatever it is called. Several packed files one
 * behind the other are one, as gzip itself has it. What the file is counted and known by are the
 * bytes as they lie there, packed.
 */
#ifndef STELLWERK_SRC_STORE_UNPACK_H
#define STELLWERK_SRC_STORE_UNPACK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>

struct unpacked; /* what inflating needs */

struct packed_file {
    const char *path;          /* borrowed */
    const atomic_bool *cancel; /* NULL; heard when a signal breaks off waiting for a pipe */
    int fd;
    uint64_t bytes_read, bytes_total; /* total 0: not known */
    struct digester *digester;
    struct unpacked *gzip; /* NULL: the file is as it is */
};

/* `path` "-": standard input. Fails on what is no file to import, such as a folder. */
[[nodiscard]] bool packed_open(struct packed_file *file, const char *path,
                               const atomic_bool *cancel, struct error *err);
void packed_close(struct packed_file *file);

/* Up to `room` bytes, for which the first read needs two; `*out` 0 is the end. Fails where the
 * packed bytes are damaged or break off. */
[[nodiscard]] bool packed_read(struct packed_file *file, char *to, size_t room, size_t *out,
                               struct error *err);

#endif
