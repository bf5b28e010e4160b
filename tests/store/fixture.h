/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What tests of the store share: a scratch folder with files in it, and imports of short texts.
 */

#ifndef STELLWERK_TESTS_STORE_FIXTURE_H
#define STELLWERK_TESTS_STORE_FIXTURE_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/store/import.h>

struct fixture {
    struct arena arena;
    struct error err;
    char *folder;
    const char *store_path; /* "store.db" in the folder; not there before the first import */
};

void fixture_init(struct fixture *fixture);
void fixture_finish(struct fixture *fixture);

/* The path of a file in the folder, whether it is there or not. */
const char *fixture_path(struct fixture *fixture, const char *name);

/* Writes a file and returns its path. */
const char *fixture_write(struct fixture *fixture, const char *name, const void *bytes,
                          size_t length);

/* Imports a text as a file; the test fails when the import does. `options` may be NULL. */
struct import_report fixture_import(struct fixture *fixture, const char *text,
                                    const struct import_options *options);

/* Imports a file that is there; false with `err` of the fixture. */
bool fixture_try(struct fixture *fixture, const char *path, const struct import_options *options,
                 struct import_report *out);

/*
 * Imports a text of more than KILLED_RECORDS records, 300 a transaction, and is killed when so many
 * have been read. They are written behind those that read, yet never so far that less than half of
 * them are in the store. What a transaction had begun is taken back.
 */
#define KILLED_RECORDS 3000

void fixture_import_and_die(struct fixture *fixture, const char *text);

/* The first column of the first row of a query on the store, as a text; "" for NULL. */
const char *fixture_ask(struct fixture *fixture, const char *sql);

/* Runs SQL on the store, as nobody should. */
void fixture_change(struct fixture *fixture, const char *sql);

#endif
