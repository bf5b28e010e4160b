/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What customers did, case by case, as a map calls it: what paths are found in.
 *
 * A case is a case id; events without one belong to the case of their person. A step is the
 * touchpoint that an event has, where the map has it, else its activity; steps of one instant keep
 * the order in which their files have them. Cases come in no particular order.
 *
 * The lens chooses whole cases: those that began in the period, and those whose first event that
 * says a persona, a context or a variant says that one. Where no event of the store says a persona
 * (or context), all cases are handed out and `persona_ignored` says so.
 */
#ifndef STELLWERK_STORE_SEQUENCES_H
#define STELLWERK_STORE_SEQUENCES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/sequence.h>
#include <stellwerk/store/store.h>

struct sequence_wish {
    const struct journey *journey;
    const struct lens *lens;
    int channel;         /* index; cases that were on it at least once; NONE: whatever */
    const char *variant; /* NULL: whatever */
};

struct sequence_span {      /* of all events of a store */
    int64_t oldest, newest; /* instants; TIME_NONE in a store without events */
    int64_t case_window;    /* microseconds of silence after which a person's next event is another
                               case: the store's rule, else IMPORT_CASE_WINDOW */
};

struct sequence_names {
    const char **activities; /* of steps behind the touchpoints: step - touchpoint_count */
    size_t activity_count;
    const char **channels; /* of channels behind those of the map: channel - channel_count */
    size_t channel_count;
    const char **variants;
    size_t variant_count;
    bool persona_ignored, context_ignored;
};

[[nodiscard]] bool store_sequences_span(struct store *store, struct sequence_span *out,
                                        struct error *err);

/* Hands out the cases that are wished for; `out` is complete when it returns, its texts live in the
 * arena. A taker that wants no more ends the reading; that is no failure. */
[[nodiscard]] bool store_sequences_read(struct arena *arena, struct store *store,
                                        const struct sequence_wish *wish, sequence_taker *take,
                                        void *data, struct sequence_names *out, struct error *err);

#define SEQUENCE_SHARES 2

/* The same dealt out to several who take at once, each on a thread of its own with data of its own
 * where that can be had, so that what one takes must not touch what another does. Whatever can be
 * had, who gets which cases depends on the store alone, and the cases of the first, then the
 * second … are those of store_sequences_read() in their order. One may get them all. */
[[nodiscard]] bool store_sequences_share(struct arena *arena, struct store *store,
                                         const struct sequence_wish *wish, sequence_taker *take,
                                         void *const data[SEQUENCE_SHARES],
                                         struct sequence_names *out, struct error *err);

#endif
