/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where records come from: CSV, JSON lines, or an OCEL 2.0 log, told by how the file begins; or
 * a query in a warehouse (warehouse.c). Private to store/.
 *
 *     source_open(); source_read_header(); source_bind(); source_read() …; source_close();
 *
 * The header names the fields that the records have. Objects of JSON may have more than those of
 * the first lines did: there the header is open, and whoever wants other fields appends their names
 * to it before binding.
 */
#ifndef STELLWERK_SRC_STORE_SOURCE_H
#define STELLWERK_SRC_STORE_SOURCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/csv.h>
#include <stellwerk/store/import.h>

#include "lines.h"

#define NO_FIELD SIZE_MAX

/* What is asked of a file before anything is known of it. */
struct source_options {
    struct csv_format csv;     /* of a text */
    const atomic_bool *cancel; /* NULL; heard by queries on a log, and while waiting for a pipe */
};

/* Which of the fields will be looked at. */
struct source_use {
    const struct texts *header;
    const bool *wanted; /* as many as the header has */
    size_t case_field;  /* of a log: an event is a record for each case it belongs to; NO_FIELD */
};

/* How a file turned out to be written. */
struct source_format {
    enum import_form form;
    char delimiter;       /* of CSV */
    const char *encoding; /* NULL for a log */
    bool headerless;      /* of CSV: its fields are known by their places */
    bool packed;
};

/* A form that files have; `reader` is whatever its functions make of it. */
struct source_form {
    enum import_form form;
    bool open_header;
    bool (*read_header)(void *reader, const char *path, struct arena *arena, struct texts *out,
                        struct error *err);
    bool (*bind)(void *reader, const struct source_use *use, struct error *err); /* NULL */
    enum record_status (*read)(void *reader, struct record *out, struct error *err);
    struct source_format (*format)(const void *reader);
    uint64_t (*done)(const void *reader), (*total)(const void *reader); /* bytes, or events */
    struct digest (*digest)(const void *reader);
    void (*close)(void *reader); /* of what source_open() made */
};

struct source {
    const struct source_form *form;
    const char *path; /* borrowed */
    void *reader;
};

/* `path` "-": standard input. */
[[nodiscard]] bool source_open(struct source *source, const char *path,
                               const struct source_options *options, struct error *err);
void source_close(struct source *source);

/* Names live in the arena. */
[[nodiscard]] bool source_read_header(struct source *source, struct arena *arena,
                                      struct texts *out, struct error *err);

/* `use` and what it points to are borrowed until the source is closed. */
[[nodiscard]] bool source_bind(struct source *source, const struct source_use *use,
                               struct error *err);

[[nodiscard]] enum record_status source_read(struct source *source, struct record *out,
                                             struct error *err);

struct source_format source_format(const struct source *source);
uint64_t source_done(const struct source *source);
uint64_t source_total(const struct source *source); /* 0: not known */

/* Of all bytes of the file; valid once source_read() has said RECORD_END. */
struct digest source_digest(const struct source *source);

/* ---- The forms ---- */

extern const struct source_form json_form, ocel_form;

/* A reader of JSON lines; takes the lines over. */
void *json_create(struct lines *lines);

/* A reader of an OCEL log. */
[[nodiscard]] bool ocel_open(const char *path, const atomic_bool *cancel, void **out,
                             struct error *err);

#endif
