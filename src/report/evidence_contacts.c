/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/evidence.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/insight/conversions.h>
#include <stellwerk/store/sequences.h>

/* One reading of the store serves both. */
struct both {
    struct contacts_builder *contacts;
    struct conversions_builder *conversions;
};

static bool add_both(const struct sequence *sequence, void *data)
{
    struct both *both = data;
    return contacts_add(sequence, both->contacts) && conversions_add(sequence, both->conversions);
}

/* NULL where nobody converted, so that nothing is to be credited. */
static const double *values_of(struct arena *arena, const struct evidence_wish *wish,
                               const struct conversions *found, enum attribution_model *model)
{
    unsigned models = ATTRIBUTION_BIT(ATTRIBUTION_LINEAR) | ATTRIBUTION_BIT(ATTRIBUTION_MARKOV_1);
    struct attribution table =
        attribution_new(arena, &found->input,
                        &(struct attribution_options){ .models = models, .cancel = wish->cancel });
    *model = credits_model(&table);
    if (!(table.credited > 0) || !(table.known & ATTRIBUTION_BIT(*model)))
        return NULL;
    double *values = arena_array(arena, table.count, sizeof(*values));
    for (size_t i = 0; i < table.count; i++)
        values[i] = (int)i == found->goal
                        ? NAN
                        : table.rows[i].credits[*model].conversions / table.credited;
    return values;
}

static bool read_contacts(struct arena *arena, struct store *store,
                          const struct evidence_wish *wish, struct contact_set *out,
                          struct error *err)
{
    const struct sequence_wish asked = {
        .journey = wish->journey,
        .lens = &wish->lens,
        .channel = wish->channel,
        .variant = wish->variant,
    };
    struct sequence_span span;
    struct sequence_names names;
    if (!store_sequences_span(store, &span, err))
        return false;
    struct both both = {
        .contacts = contacts_create(
            &(struct contacts_options){ wish->journey, wish->goal, span.newest, span.case_window }),
        .conversions = conversions_create(&(struct conversions_options){
            .journey = wish->journey,
            .goal = wish->goal,
            .as_of = span.newest,
            .close_after = span.case_window,
            .half_life = EVIDENCE_HALF_LIFE,
        }),
    };
    if (!store_sequences_read(arena, store, &asked, add_both, &both, &names, err)) {
        contacts_destroy(both.contacts);
        conversions_destroy(both.conversions);
        return false;
    }
    out->contacts = contacts_finish(arena, both.contacts);
    out->persona_ignored = names.persona_ignored;
    out->context_ignored = names.context_ignored;
    struct conversions found = conversions_finish(arena, both.conversions);
    out->values = values_of(arena, wish, &found, &out->model);
    return true;
}

struct contact_set *evidence_contacts(struct arena *arena, struct store *store,
                                      const struct evidence_wish *wish)
{
    struct contact_set *out = arena_alloc(arena, sizeof(*out));
    error_init(&out->problem);
    if (!read_contacts(arena, store, wish, out, &out->problem) && out->problem.text[0] == '\0')
        error_set(&out->problem, _("the contacts were not read"));
    return out;
}
