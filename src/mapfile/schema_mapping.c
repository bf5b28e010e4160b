/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/schema.h>

#include <assert.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/queries.h>

#include "readers.h"

static const struct field pair_fields[] = {
    { .key = "columns",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct mapping_pair, text),
      .required = true,
      .help = N_("what the key stands for") },
};

const struct shape pair_shape = {
    .name = "columns",
    .fields = pair_fields,
    .field_count = ARRAY_LEN(pair_fields),
    .size = sizeof(struct mapping_pair),
    .has_pos = true,
    .pos_offset = offsetof(struct mapping_pair, pos),
    .bare = true,
    .read_key = read_pair_key,
};

static const struct field unpivot_fields[] = {
    { .key = "column",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct unpivot, column),
      .required = true,
      .help = N_("the column of the file that holds the answers to one question") },
    { .key = "metric",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct unpivot, metric),
      .help = N_("the question's name in the store; the column's name where it is left out") },
    { .key = "aspect",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct unpivot, aspect),
      .help = N_("the aspect that was asked for") },
    { .key = "kind",
      .kind = FIELD_CUSTOM,
      .offset = offsetof(struct unpivot, kind),
      .read = read_answer_kind,
      .help = N_("what was asked: expectation, experience, importance or promise") },
    { .key = "scale",
      .kind = FIELD_CUSTOM,
      .read = read_scale,
      .help = N_("the worst and the best answer, such as [0, 10]") },
};

static const struct shape unpivot_shape = {
    .name = "unpivot",
    .fields = unpivot_fields,
    .field_count = ARRAY_LEN(unpivot_fields),
    .size = sizeof(struct unpivot),
    .has_pos = true,
    .pos_offset = offsetof(struct unpivot, pos),
    .shorthand = "column",
    .finish = finish_unpivot,
};

/*
 * A query of a warehouse is a mapping with SQL beside it. What both may say stands once, between
 * what only a query and only a mapping file may say: each of their shapes is a run of these rows.
 */
static const struct field rows[] = {
    { .key = "name",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct warehouse_query, name),
      .pos_offset = offsetof(struct warehouse_query, name_pos),
      .required = true,
      .help = N_("what messages and the store call the query") },
    { .key = "sql",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct warehouse_query, sql),
      .pos_offset = offsetof(struct warehouse_query, sql_pos),
      .required = true,
      .help = N_("one SELECT, in the warehouse's own SQL") },
    { .key = "time_limit",
      .kind = FIELD_DURATION,
      .offset = offsetof(struct warehouse_query, time_limit),
      .help = N_("how long the warehouse may take; 5 minutes where it is left out") },
    { .key = "row_limit",
      .kind = FIELD_COUNT,
      .offset = offsetof(struct warehouse_query, row_limit),
      .min = 1,
      .max = 1e9,
      .otherwise = QUERY_ROW_LIMIT,
      .help = N_("how many rows are taken at most; one more is a failure") },
    { .key = "as",
      .kind = FIELD_WORD,
      .offset = offsetof(struct import_mapping, as),
      .pos_offset = offsetof(struct import_mapping, as_pos),
      .words = &import_as_words,
      .help = N_("what a row is: events, answers, observations or paths") },
    { .key = "preset",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, preset),
      .pos_offset = offsetof(struct import_mapping, preset_pos),
      .help = N_("a built-in mapping that stands below this one, such as xes") },
    { .key = "time_format",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, time_format),
      .pos_offset = offsetof(struct import_mapping, time_format_pos),
      .help = N_("how times are written; found out where it is left out") },
    { .key = "missing",
      .kind = FIELD_CUSTOM,
      .offset = offsetof(struct import_mapping, missing),
      .keep_empty = true,
      .read = read_missing,
      .help = N_("texts that stand for a value that is not there") },
    { .key = "columns",
      .kind = FIELD_MAP,
      .offset = offsetof(struct import_mapping, columns) + offsetof(struct mapping_pairs, items),
      .count_offset =
          offsetof(struct import_mapping, columns) + offsetof(struct mapping_pairs, count),
      .shape = &pair_shape,
      .help = N_("the file's column for a column of the store") },
    { .key = "constants",
      .kind = FIELD_MAP,
      .offset = offsetof(struct import_mapping, constants) + offsetof(struct mapping_pairs, items),
      .count_offset =
          offsetof(struct import_mapping, constants) + offsetof(struct mapping_pairs, count),
      .shape = &pair_shape,
      .help = N_("the value of every row for a column that the file does not have") },
    { .key = "touchpoints",
      .kind = FIELD_MAP,
      .offset =
          offsetof(struct import_mapping, touchpoints) + offsetof(struct mapping_pairs, items),
      .count_offset =
          offsetof(struct import_mapping, touchpoints) + offsetof(struct mapping_pairs, count),
      .shape = &pair_shape,
      .help = N_("the touchpoint's id for a value of the file") },
    { .key = "values",
      .kind = FIELD_CUSTOM,
      .read = read_value_pairs,
      .help = N_("the store's value for a value of the file, by column of the store") },
    { .key = "stellwerk",
      .kind = FIELD_CUSTOM,
      .read = read_version,
      .help = N_("the version of the file format: 1") },
    { .key = "delimiter",
      .kind = FIELD_CUSTOM,
      .read = read_delimiter,
      .help = N_("the character between columns; found out where it is left out") },
    { .key = "encoding",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, encoding),
      .pos_offset = offsetof(struct import_mapping, encoding_pos),
      .help = N_("the file's encoding; found out where it is left out") },
    { .key = "case_window",
      .kind = FIELD_DURATION,
      .offset = offsetof(struct import_mapping, case_window),
      .help = N_("where there is no case id, how long nothing must happen to end a case, as 30d") },
    { .key = "unpivot",
      .kind = FIELD_LIST,
      .offset = offsetof(struct import_mapping, unpivot),
      .count_offset = offsetof(struct import_mapping, unpivot_count),
      .shape = &unpivot_shape,
      .help = N_("questions that stand in columns of their own") },
};

enum { QUERY_OWN = 4, SHARED = 8, MAPPING_OWN = 5 };

static_assert(ARRAY_LEN(rows) == QUERY_OWN + SHARED + MAPPING_OWN);
static_assert(offsetof(struct warehouse_query, mapping) == 0);

const struct shape mapping_shape = {
    .name = "mapping",
    .fields = rows + QUERY_OWN,
    .field_count = SHARED + MAPPING_OWN,
    .size = sizeof(struct import_mapping),
    .finish = finish_mapping,
};

static const struct shape query_shape = {
    .name = "queries",
    .fields = rows,
    .field_count = QUERY_OWN + SHARED,
    .size = sizeof(struct warehouse_query),
    .has_pos = true,
    .pos_offset = offsetof(struct warehouse_query, pos),
    .finish = finish_query,
};

static const struct field queries_fields[] = {
    { .key = "stellwerk",
      .kind = FIELD_CUSTOM,
      .read = read_version,
      .help = N_("the version of the file format: 1") },
    { .key = "queries",
      .kind = FIELD_LIST,
      .offset = offsetof(struct warehouse_queries, items),
      .count_offset = offsetof(struct warehouse_queries, count),
      .required = true,
      .shape = &query_shape,
      .help = N_("what the warehouse is asked, one after the other") },
};

const struct shape queries_shape = {
    .name = "queries",
    .fields = queries_fields,
    .field_count = ARRAY_LEN(queries_fields),
    .size = sizeof(struct warehouse_queries),
    .finish = finish_queries,
};
