/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whole files in and out of memory, paths, and the fingerprint of contents.
 */
#ifndef STELLWERK_BASE_FILE_H
#define STELLWERK_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>

struct digest {
    uint64_t high, low; /* XXH3-128 of the bytes */
};

struct digest digest_bytes(const void *bytes, size_t length);

/* For look-ups in memory: half the work of a digest. */
uint64_t hash_text(const char *text);
bool digest_equal(struct digest a, struct digest b);
const char *digest_hex(struct arena *arena, struct digest digest); /* 32 lower-case digits */

/* The same digest of bytes that come piece by piece. */
struct digester;

struct digester *digester_create(void);
void digester_destroy(struct digester *digester); /* NULL is fine */
void digester_add(struct digester *digester, const void *bytes, size_t length);
struct digest digester_digest(const struct digester *digester); /* of all that was added so far */

/*
 * Reads a regular file, or standard input for "-", of at most `cap` bytes into the arena with a
 * final NUL that `*length` does not count. Fails on a directory, a device, a fifo, a larger file.
 */
[[nodiscard]] bool file_read(struct arena *arena, const char *path, size_t cap, const char **out,
                             size_t *length, struct error *err);

/* Writes all bytes to an open file; false, with errno, where it takes no more. */
[[nodiscard]] bool file_write_all(int file, const char *bytes, size_t length);

/*
 * What changes when a file on disk is written or replaced; all zero for a file that is not there.
 */
struct file_stamp {
    uint64_t device, inode, size;
    int64_t modified_ns;
};

struct file_stamp file_stamp_read(const char *path);
bool file_stamp_equal(struct file_stamp a, struct file_stamp b);

/* A file that something was made of, as it was before that was begun. */
struct file_source {
    const char *path; /* borrowed */
    struct file_stamp stamp;
};

struct file_source file_source_of(const char *path); /* as it is now */

/* `name` seen from the folder of `beside`; an absolute `name` stays as it is. */
const char *path_beside(struct arena *arena, const char *beside, const char *name);
const char *path_base(const char *path); /* behind the last slash */

/* What a folder is called, whichever way it was reached: "maps" for "../maps/", and for "." in it;
 * "/" for the root. The path itself where there is no such folder. */
const char *folder_name(struct arena *arena, const char *path);

/* XDG folders with "stellwerk" behind them; NULL without HOME. kind: "CONFIG", "STATE", "CACHE". */
const char *path_xdg(struct arena *arena, const char *kind);

/* True for a folder, also by way of a link. */
bool folder_is(const char *path);

/* Makes a folder, and those above it that are missing, for its owner alone; true where it is there
 * then. */
bool folder_make(const char *path);

#endif
