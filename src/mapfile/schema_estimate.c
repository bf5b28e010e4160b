/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/schema.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>

#include "readers.h"

static const struct field expectation_fields[] = {
    { .key = "score",
      .kind = FIELD_CUSTOM,
      .rival = "adequate",
      .read = read_single_expectation,
      .written = FIELD_NUMBER,
      .max = 100,
      .help = N_("one score 0 to 100 in place of adequate and desired") },
    { .key = "adequate",
      .kind = FIELD_NUMBER,
      .rival = "score",
      .offset = offsetof(struct expectation, adequate),
      .max = 100,
      .otherwise = NAN,
      .help = N_("the score that is just acceptable, 0 to 100") },
    { .key = "desired",
      .kind = FIELD_NUMBER,
      .rival = "score",
      .offset = offsetof(struct expectation, desired),
      .max = 100,
      .otherwise = NAN,
      .help = N_("the score that is hoped for, 0 to 100") },
    { .key = "evidence",
      .kind = FIELD_WORD,
      .offset = offsetof(struct expectation, evidence),
      .words = &evidence_words,
      .help = N_("how it is known: observed, inferred or assumed") },
    { .key = "note",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct expectation, note),
      .help = N_("what should be known about the figure") },
};

const struct shape expectation_shape = {
    .name = "expectation",
    .fields = expectation_fields,
    .field_count = ARRAY_LEN(expectation_fields),
    .size = sizeof(struct expectation),
    .has_pos = true,
    .pos_offset = offsetof(struct expectation, pos),
    .sample = "all: 70",
    .shorthand = "score",
    .read_key = read_scope,
    .finish = finish_expectation,
};

static const struct field experience_fields[] = {
    { .key = "score",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct experience, score),
      .max = 100,
      .otherwise = NAN,
      .required = true,
      .help = N_("how it is felt to be, 0 to 100") },
    { .key = "evidence",
      .kind = FIELD_WORD,
      .offset = offsetof(struct experience, evidence),
      .words = &evidence_words,
      .help = N_("how it is known: observed, inferred or assumed") },
    { .key = "note",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct experience, note),
      .help = N_("what should be known about the figure") },
};

const struct shape experience_shape = {
    .name = "experience",
    .fields = experience_fields,
    .field_count = ARRAY_LEN(experience_fields),
    .size = sizeof(struct experience),
    .has_pos = true,
    .pos_offset = offsetof(struct experience, pos),
    .sample = "all: 50",
    .shorthand = "score",
    .read_key = read_scope,
};

static const struct field promise_fields[] = {
    { .key = "score",
      .kind = FIELD_NUMBER,
      .offset = offsetof(struct promise, score),
      .max = 100,
      .otherwise = NAN,
      .help = N_("how good it is said to be, 0 to 100") },
    { .key = "claim",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct promise, claim),
      .help = N_("the promise in its own words") },
    { .key = "source",
      .kind = FIELD_TEXT,
      .offset = offsetof(struct promise, source),
      .help = N_("where it is made") },
    { .key = "media",
      .kind = FIELD_WORD,
      .offset = offsetof(struct promise, media),
      .words = &media_words,
      .help = N_("whether the place is owned, paid or earned") },
};

const struct shape promise_shape = {
    .name = "promise",
    .fields = promise_fields,
    .field_count = ARRAY_LEN(promise_fields),
    .size = sizeof(struct promise),
    .has_pos = true,
    .pos_offset = offsetof(struct promise, pos),
    .shorthand = "score",
    .finish = finish_promise,
};
