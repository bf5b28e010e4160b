/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The fixed words of the map format, a table per enumeration: the word of a value is at its index,
 * "" stands where a value has none (nothing said). Readers, writers and messages share these.
 */
#ifndef STELLWERK_MODEL_WORDS_H
#define STELLWERK_MODEL_WORDS_H

#include <stddef.h>

struct words {
    const char *const *items;
    size_t count;
};

extern const struct words map_kind_words;
extern const struct words map_phase_words;
extern const struct words media_words;
extern const struct words evidence_words;
extern const struct words aspect_level_words;
extern const struct words opportunity_status_words;
extern const struct words hurdle_words;
extern const struct words content_status_words;
extern const struct words metric_type_words;
extern const struct words metric_source_words;
extern const struct words metric_variant_words;

/* The value whose word is `text`; NONE (-1) where there is none, and for "". */
int words_find(const struct words *words, const char *text);

/* The word of `value`, which the enumeration has. */
const char *words_get(const struct words *words, int value);

#endif
