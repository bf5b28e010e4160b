/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/schema.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/mapping.h>

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

static const struct field mapping_fields[] = {
    { .key = "stellwerk",
      .kind = FIELD_CUSTOM,
      .read = read_version,
      .help = N_("the version of the file format: 1") },
    { .key = "as",
      .kind = FIELD_WORD,
      .offset = offsetof(struct import_mapping, as),
      .pos_offset = offsetof(struct import_mapping, as_pos),
      .words = &import_as_words,
      .help = N_("what a row is: events, answers or observations") },
    { .key = "preset",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, preset),
      .pos_offset = offsetof(struct import_mapping, preset_pos),
      .help = N_("a built-in mapping that stands below this one, such as xes") },
    { .key = "delimiter",
      .kind = FIELD_CUSTOM,
      .read = read_delimiter,
      .help = N_("the character between columns; found out where it is left out") },
    { .key = "encoding",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, encoding),
      .pos_offset = offsetof(struct import_mapping, encoding_pos),
      .help = N_("the file's encoding; found out where it is left out") },
    { .key = "time_format",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct import_mapping, time_format),
      .pos_offset = offsetof(struct import_mapping, time_format_pos),
      .help = N_("how times are written; found out where it is left out") },
    { .key = "case_window",
      .kind = FIELD_DURATION,
      .offset = offsetof(struct import_mapping, case_window),
      .help = N_("where there is no case id, how long nothing must happen to end a case, as 30d") },
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
    { .key = "unpivot",
      .kind = FIELD_LIST,
      .offset = offsetof(struct import_mapping, unpivot),
      .count_offset = offsetof(struct import_mapping, unpivot_count),
      .shape = &unpivot_shape,
      .help = N_("questions that stand in columns of their own") },
};

const struct shape mapping_shape = {
    .name = "mapping",
    .fields = mapping_fields,
    .field_count = ARRAY_LEN(mapping_fields),
    .size = sizeof(struct import_mapping),
    .finish = finish_mapping,
};
