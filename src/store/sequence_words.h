/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * From the words of a store to the steps and channels of a map, for sequences. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_WORDS_H
#define STELLWERK_SRC_STORE_SEQUENCE_WORDS_H

#include <stellwerk/store/sequences.h>

#include "dictionary.h"

/* By word; 0 is no word. */
struct sequence_words {
    struct arena *arena;
    const struct journey *journey;
    size_t count;
    int32_t *touchpoints, *channels, *personas, *contexts; /* of the map; NONE */
    int32_t *activities;       /* place in `names`; NONE until it is met */
    int32_t *strange_channels; /* likewise */
    int32_t *variants;         /* likewise */
    int64_t *activity_words, *channel_words, *variant_words; /* of the names */
    size_t activity_count, channel_count, variant_count;
    size_t activity_capacity, channel_capacity, variant_capacity;
};

[[nodiscard]] bool sequence_words_init(struct sequence_words *words, struct arena *arena,
                                       struct store *store, const struct journey *journey,
                                       struct error *err);

/* A word of 0: none. */
int32_t sequence_step_of(struct sequence_words *words, int64_t touchpoint, int64_t activity);
int32_t sequence_channel_of(struct sequence_words *words, int64_t channel);

/* Numbers a variant, the first time; without that it has none. */
void sequence_variant_meet(struct sequence_words *words, int64_t variant);
int32_t sequence_variant_of(const struct sequence_words *words, int64_t variant);

/* NONE also for one that the map does not have. */
int32_t sequence_persona_of(const struct sequence_words *words, int64_t persona);
int32_t sequence_context_of(const struct sequence_words *words, int64_t context);

/* The texts of what was met. */
[[nodiscard]] bool sequence_words_read(const struct sequence_words *words, struct store *store,
                                       struct sequence_names *out, struct error *err);

#endif
