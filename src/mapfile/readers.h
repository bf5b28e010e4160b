/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Readers of what a row of a table cannot describe: the tables of schema.h name them.
 */
#ifndef STELLWERK_SRC_MAPFILE_READERS_H
#define STELLWERK_SRC_MAPFILE_READERS_H

#include <stellwerk/mapfile/schema.h>

#include "reading.h"

/* Of a file as a whole; the target is the journey, but for read_version(), which has none. */
field_reader read_version;
field_reader read_handovers;
field_reader read_stages;
field_reader read_libraries;
field_reader read_all; /* of a budget */
shape_finisher finish_persona;
shape_finisher finish_budget;

/* Of a stage: its touchpoints go to the journey. */
field_reader read_touchpoints;

/* Estimates, each under a key that says for whom it holds. */
key_reader read_scope;
field_reader read_single_expectation;
shape_finisher finish_expectation;
shape_finisher finish_promise;

/* Of a metric. */
field_reader read_anchors;
field_reader read_activity;
key_reader read_anchor_key;
key_reader read_context_key;
key_reader read_filter_key;
shape_finisher finish_term;
shape_finisher finish_metric;

/* Of an import mapping. */
field_reader read_delimiter;
field_reader read_missing;
field_reader read_value_pairs;
field_reader read_answer_kind;
field_reader read_scale;
key_reader read_pair_key;
shape_finisher finish_unpivot;
shape_finisher finish_mapping;

/* Of queries for a warehouse. */
shape_finisher finish_query;
shape_finisher finish_queries;

/*
 * Reads a text, or a file ("-": standard input), that is one mapping of that shape into `target`,
 * which lives in the arena. False where it is no YAML or has no keys: `complaint`, translated, then
 * says what it is not.
 */
bool document_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                        const struct shape *shape, const char *complaint, void *target,
                        struct diag_list *findings);
bool document_read_file(struct arena *arena, const char *path, const struct shape *shape,
                        const char *complaint, void *target, struct diag_list *findings);

#endif
