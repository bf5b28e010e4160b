/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases put together from what the store has of them, and handed out where they are asked for.
 * Private to store/.
 *
 * Several readers, each on a thread and a connection of its own, may share what is asked, the words
 * and the places: reading changes nothing of these.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_READER_H
#define STELLWERK_SRC_STORE_SEQUENCE_READER_H

#include <stellwerk/store/sequences.h>

#include "sequence_runs.h"
#include "sequence_words.h"

/* Words that a case must say; 0: nothing is asked. */
struct sequence_asked {
    int64_t persona, context, variant;
    int channel; /* NONE */
    struct period period;
};

/* Where stands (sequence_stands.h) are on the map, by number - 1. */
struct sequence_place {
    int32_t step, channel;
};

struct sequence_places {
    struct sequence_place *items;
    size_t count;
};

[[nodiscard]] bool sequence_places_read(struct sequence_words *words, struct store *store,
                                        struct sequence_places *out, struct error *err);

struct sequence_reader {
    const struct sequence_words *words;
    const struct sequence_places *places; /* for sequence_reader_runs() */
    const struct sequence_asked *asked;
    sequence_taker *take;
    void *data;
    /* Of the case at hand. */
    struct sequence_step *steps;
    size_t count, capacity;
    uint64_t key;
    int64_t said[SAID_COUNT]; /* words that it says first; 0 */
    bool on_channel;
};

void sequence_reader_finish(struct sequence_reader *reader);

void sequence_reader_add(struct sequence_reader *reader, struct sequence_step step);

/* Hands the case out, where it has steps and is asked for, and begins another. False when no more
 * cases are wanted. */
bool sequence_reader_end_case(struct sequence_reader *reader);

/* Hands out cases of the sequences that are kept. */
[[nodiscard]] bool sequence_reader_runs(struct sequence_reader *reader, struct store *store,
                                        const struct run_span *span, struct error *err);

#endif
