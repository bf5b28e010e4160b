/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Presets: what the exports of well-known systems call the columns of the store. Private to store/.
 *
 * A preset is a row of the table in preset.c and nothing more. Where a column has several sources,
 * each row takes the first of them that it has a value for. Fields of JSON are named by their paths
 * (json_lines.c); tables that a warehouse has made of them have the same with underscores.
 */
#ifndef STELLWERK_SRC_STORE_PRESET_H
#define STELLWERK_SRC_STORE_PRESET_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/model/mapping.h>
#include <stellwerk/store/record.h>

#include "column.h"

#define PRESET_SOURCES 8

struct preset_column {
    enum column column;
    const char *sources[PRESET_SOURCES]; /* fields of the file, the best first; NULL ends them */
    bool one_for_all; /* all rows take the same of them, as they mean different things */
};

struct preset {
    const char *name;
    enum import_as as;
    const char *signature[4]; /* fields that tell a file of this kind; NULL ends them */
    const char *header; /* names of the fields of files that have none, blanks between; NULL */
    const struct preset_column *columns;
    size_t column_count;
    const char *key[4];  /* fields that make an event the same without an id; NULL ends them */
    bool lower_channels; /* channels are labels: "Desk" is the channel "desk" */
    bool case_in_key;    /* an event may come once for each case */
};

/* NULL where there is no preset of that name. */
const struct preset *preset_find(const char *name);

const struct preset *preset_at(size_t index); /* NULL behind the last */

/* The names of a file's fields, blanks between them, where its first record is no header but one
 * of a form that has none; NULL: it is a header. */
const char *preset_header(const struct record *record);

/* The nearest name to a mistyped one; NULL. */
const char *preset_near(const char *name);

#endif
