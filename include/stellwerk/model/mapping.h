/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import mapping as plain data: how the columns of a file become rows of the store.
 *
 * mapfile/ reads it from YAML, store/ obeys it; neither knows the other. A mapping says only what
 * it must: what is unset here is detected from the file, and a preset may stand below it. It names
 * columns of the store as written; whether there is such a column is the store's to say, at `pos`.
 * Lists keep the order of the file. Everything lives in the arena it was read into.
 */
#ifndef STELLWERK_MODEL_MAPPING_H
#define STELLWERK_MODEL_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/words.h>

enum import_as {
    IMPORT_UNSET,
    IMPORT_EVENTS,
    IMPORT_ANSWERS,
    IMPORT_OBSERVATIONS,
    IMPORT_PATHS
};

/* A key and its text: store column -> file column or constant, file value -> store value or id. */
struct mapping_pair {
    const char *key, *text;
    struct pos pos; /* of the key */
};

struct mapping_pairs {
    struct mapping_pair *items; /* keys are unique */
    size_t count;
};

/* `values` of one store column: what the file says -> what the store is to say. */
struct mapping_values {
    const char *column; /* of the store */
    struct mapping_pairs pairs;
    struct pos pos;
};

/* One survey question that stands in a column of its own; each file row becomes one answer more. */
struct unpivot {
    const char *column; /* of the file; never NULL */
    const char *metric; /* never NULL; the column's name where the file says nothing */
    const char *aspect; /* NULL: the touchpoint as a whole */
    const char *kind;   /* "expectation", "experience", "importance", "promise"; NULL: unset */
    double scale_min, scale_max; /* NAN, both, where the file says nothing */
    struct pos pos;
};

struct import_mapping {
    const char *path; /* of the mapping file, as given */
    bool one_off;     /* of a command line: what it leaves open is found out as without a mapping */
    enum import_as as;
    const char *preset;      /* name of a preset that stands below this mapping; NULL */
    char delimiter;          /* '\0': detect */
    const char *encoding;    /* NULL: detect */
    int64_t case_window;     /* microseconds without an event that end a case; 0: not said */
    const char *time_format; /* strptime()'s directives, or a word the store knows; NULL: detect */
    bool has_missing;        /* `missing: []` says that no text stands for a missing value */
    struct texts missing;    /* texts that stand for a missing value */
    struct mapping_pairs columns;     /* store column -> file column */
    struct mapping_pairs constants;   /* store column -> value of every row */
    struct mapping_pairs touchpoints; /* file value -> touchpoint id */
    struct mapping_values *values;
    size_t value_count;
    struct unpivot *unpivot;
    size_t unpivot_count;
    struct pos as_pos, preset_pos, encoding_pos, time_format_pos; /* line 0: not said */
};

/* "events", "answers", "observations", "paths"; "" for unset. */
extern const struct words import_as_words;
const char *import_as_name(enum import_as as);

#endif
