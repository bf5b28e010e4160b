/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/cases.h>

#include <string.h>

#include "sequence_code.h"

struct search {
    struct arena *arena;
    const struct case_wish *wish;
    uint64_t of_case, of_person; /* keys of what is named */
    struct case_found *out;
};

static void keep(struct search *search, const struct sequence *sequence)
{
    struct case_found *out = search->out;
    struct sequence_step *steps = arena_array(search->arena, sequence->count, sizeof(*steps));
    memcpy(steps, sequence->steps, sequence->count * sizeof(*steps));
    out->sequence = *sequence;
    out->sequence.steps = steps;
}

static bool is_named(const struct search *search, const struct sequence *sequence)
{
    return sequence->key == search->of_case || sequence->key == search->of_person;
}

static bool look(const struct sequence *sequence, void *data)
{
    struct search *search = data;
    const struct case_wish *wish = search->wish;
    if (wish->id != NULL) {
        if (!is_named(search, sequence))
            return true;
        keep(search, sequence);
        search->out->matches = 1;
        return false;
    }
    if (!wish->test(sequence, wish->data))
        return true;
    if (search->out->matches++ == wish->place)
        keep(search, sequence);
    return true;
}

static bool read(struct search *search, struct store *store, struct error *err)
{
    struct case_found *out = search->out;
    *out = (struct case_found){ 0 };
    return store_sequences_read(search->arena, store, &search->wish->sequences, look, search,
                                &out->names, err);
}

bool store_case_find(struct arena *arena, struct store *store, const struct case_wish *wish,
                     struct case_found *out, struct error *err)
{
    struct lens all = { .persona = NONE,
                        .context = NONE,
                        .period = period_containing(PERIOD_ALL, 0) };
    struct case_wish asked = *wish;
    struct search search = { .arena = arena, .wish = &asked, .out = out };
    if (wish->id != NULL) {
        search.of_case = case_digest(wish->id, NULL);
        search.of_person = case_digest(NULL, wish->id);
        asked.sequences.lens = &all;
        asked.sequences.channel = NONE;
        asked.sequences.variant = NULL;
    }
    if (!read(&search, store, err))
        return false;
    if (out->sequence.count == 0 && out->matches > 0) {
        asked.place = out->matches - 1;
        if (!read(&search, store, err))
            return false;
    }
    out->place = asked.place;
    return true;
}
