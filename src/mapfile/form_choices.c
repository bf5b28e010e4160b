/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form_inner.h"

#include <string.h>

#include <stellwerk/base/array.h>

#include "readers.h"

struct choosing {
    struct arena *arena;
    const struct journey *journey;
    const struct form_row *row;
    struct form_choice *items;
    size_t count, capacity;
};

static void offer(struct choosing *choosing, const char *word, const char *title)
{
    if (form_is_taken(choosing->row, word))
        return;
    choosing->items = arena_grow(choosing->arena, choosing->items, choosing->count,
                                 &choosing->capacity, sizeof *choosing->items);
    bool same = title != NULL && strcmp(word, title) == 0;
    choosing->items[choosing->count++] =
        (struct form_choice){ .word = word, .title = same ? NULL : title };
}

static void offer_once(struct choosing *choosing, const char *word)
{
    if (word == NULL)
        return;
    for (size_t i = 0; i < choosing->count; i++)
        if (strcmp(choosing->items[i].word, word) == 0)
            return;
    offer(choosing, word, NULL);
}

static void offer_words(struct choosing *choosing, const struct words *words)
{
    for (size_t i = 0; i < words->count; i++)
        if (words->items[i][0] != '\0')
            offer(choosing, words->items[i], NULL);
}

static void offer_things(struct choosing *choosing, enum space space)
{
    const char *id, *title;
    struct pos pos;
    for (size_t i = 0; form_thing_at(choosing->journey, space, i, &id, &title, &pos); i++)
        offer(choosing, id, title);
}

/* "anna", and then "anna@hurried" for each context. */
static void offer_scopes_of(struct choosing *choosing, const char *persona, const char *name)
{
    const struct journey *journey = choosing->journey;
    offer(choosing, persona, name);
    for (size_t i = 0; i < journey->context_count; i++)
        offer(choosing, arena_printf(choosing->arena, "%s@%s", persona, journey->contexts[i].id),
              name != NULL
                  ? arena_printf(choosing->arena, "%s, %s", name, journey->contexts[i].label)
                  : journey->contexts[i].label);
}

static void offer_scopes(struct choosing *choosing)
{
    offer_scopes_of(choosing, "all", NULL);
    for (size_t i = 0; i < choosing->journey->persona_count; i++)
        offer_scopes_of(choosing, choosing->journey->personas[i].id,
                        choosing->journey->personas[i].name);
}

/* ---- What the map says elsewhere ------------------------------------------------------------- */

static void offer_owners(struct choosing *choosing)
{
    const struct journey *journey = choosing->journey;
    offer_once(choosing, journey->owner);
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &journey->touchpoints[i];
        offer_once(choosing, touchpoint->owner);
        for (size_t j = 0; j < touchpoint->opportunity_count; j++)
            offer_once(choosing, touchpoint->opportunities[j].owner);
    }
    for (size_t i = 0; i < journey->metric_count; i++)
        offer_once(choosing, journey->metrics[i].owner);
}

static void offer_media(struct choosing *choosing)
{
    static const char *const usual[] = { "digital", "paper", "phone", "place" };
    for (size_t i = 0; i < ARRAY_LEN(usual); i++)
        offer_once(choosing, usual[i]);
    for (size_t i = 0; i < choosing->journey->channel_count; i++)
        offer_once(choosing, choosing->journey->channels[i].medium);
}

static void offer_systems(struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->journey->touchpoint_count; i++) {
        const struct texts *systems = &choosing->journey->touchpoints[i].systems;
        for (size_t j = 0; j < systems->count; j++)
            offer_once(choosing, systems->items[j]);
    }
}

static void offer_aspects(struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &choosing->journey->touchpoints[i];
        for (size_t j = 0; j < touchpoint->aspect_count; j++)
            offer_once(choosing, touchpoint->aspects[j].id);
    }
}

static void offer_formats(struct choosing *choosing)
{
    for (size_t i = 0; i < choosing->journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &choosing->journey->touchpoints[i];
        for (size_t j = 0; j < touchpoint->content_count; j++)
            offer_once(choosing, touchpoint->contents[j].format);
    }
}

static const struct {
    const char *key;
    void (*offer)(struct choosing *choosing);
} elsewhere[] = {
    { "owner", offer_owners },   { "medium", offer_media },   { "systems", offer_systems },
    { "aspect", offer_aspects }, { "format", offer_formats },
};

static void offer_elsewhere(struct choosing *choosing, const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(elsewhere); i++)
        if (strcmp(elsewhere[i].key, key) == 0)
            elsewhere[i].offer(choosing);
}

/* ---- Rows ------------------------------------------------------------------------------------ */

/* Of a mapping whose keys are typed first. */
static bool offer_keys(struct choosing *choosing)
{
    const struct shape *shape = choosing->row->shape;
    if (shape == &expectation_shape || shape == &experience_shape)
        offer_scopes(choosing);
    else if (shape->read_key == read_context_key)
        offer_things(choosing, SPACE_CONTEXT);
    else
        return false;
    return true;
}

static bool offer_values(struct choosing *choosing, const struct field *field, enum field_kind kind)
{
    switch (kind) {
    case FIELD_WORD:
        offer_words(choosing, field->words);
        return true;
    case FIELD_BOOL:
        offer(choosing, "true", NULL);
        offer(choosing, "false", NULL);
        return true;
    case FIELD_REF:
    case FIELD_REFS:
        offer_things(choosing, field->space);
        return true;
    case FIELD_TEXT:
    case FIELD_TEXTS:
        offer_elsewhere(choosing, field->key);
        return false;
    default:
        return false;
    }
}

void form_choices(struct arena *arena, const struct journey *journey, const struct form_row *row,
                  struct form_choices *out)
{
    struct choosing choosing = { .arena = arena, .journey = journey, .row = row };
    bool item, closed = false;
    const struct field *field = form_typed_field(row, &item);
    if (row->adds == FORM_ADDS_KEYED)
        closed = offer_keys(&choosing);
    else if (field != NULL && row->adds <= FORM_ADDS_VALUE)
        closed = offer_values(&choosing, field, row->kind);
    *out = (struct form_choices){ choosing.items, choosing.count, closed };
}
