/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "resolver.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/utf8.h>

/* ---- What the map has ---- */

static void vocabulary_add(struct vocabulary *vocabulary, struct arena *arena, const char *id,
                           enum called called, const char *text)
{
    if (text == NULL)
        return;
    vocabulary->things = arena_grow(arena, vocabulary->things, vocabulary->count,
                                    &vocabulary->capacity, sizeof(*vocabulary->things));
    vocabulary->things[vocabulary->count++] = (struct named){
        .id = id,
        .called = called,
        .folded = utf8_fold(arena, text),
    };
}

static void add_thing(struct vocabulary *vocabulary, struct arena *arena, const char *id,
                      const char *name)
{
    vocabulary_add(vocabulary, arena, id, CALLED_BY_ID, id);
    vocabulary_add(vocabulary, arena, id, CALLED_BY_NAME, name);
}

static void read_map(struct resolver *resolver, const struct journey *journey)
{
    struct arena *arena = resolver->arena;
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct touchpoint *touchpoint = &journey->touchpoints[i];
        add_thing(&resolver->touchpoints, arena, touchpoint->id, touchpoint->title);
        for (size_t j = 0; j < touchpoint->activities.count; j++)
            vocabulary_add(&resolver->touchpoints, arena, touchpoint->id, CALLED_BY_ACTIVITY,
                           touchpoint->activities.items[j]);
    }
    for (size_t i = 0; i < journey->channel_count; i++)
        add_thing(&resolver->channels, arena, journey->channels[i].id, journey->channels[i].label);
    for (size_t i = 0; i < journey->persona_count; i++)
        add_thing(&resolver->personas, arena, journey->personas[i].id, journey->personas[i].name);
    for (size_t i = 0; i < journey->context_count; i++)
        add_thing(&resolver->contexts, arena, journey->contexts[i].id, journey->contexts[i].label);
}

/* ---- What the mapping says ---- */

static void warn_unknown(const struct vocabulary *touchpoints, const struct mapping_pair *pair,
                         struct diag_list *diags)
{
    struct near near;
    near_init(&near, pair->text);
    for (size_t i = 0; i < touchpoints->count; i++)
        near_offer(&near, touchpoints->things[i].id);
    if (near.best != NULL)
        diag_add(diags, SEVERITY_WARNING, pair->pos, "unknown_touchpoint",
                 _("the map has no touchpoint '%s'; did you mean '%s'?"), pair->text, near.best);
    else
        diag_add(diags, SEVERITY_WARNING, pair->pos, "unknown_touchpoint",
                 _("the map has no touchpoint '%s'"), pair->text);
}

static void check_mapping(const struct resolver *resolver, struct diag_list *diags)
{
    const struct import_mapping *mapping = resolver->mapping;
    for (size_t i = 0; i < mapping->touchpoints.count; i++)
        if (!resolver_on_map(resolver, mapping->touchpoints.items[i].text))
            warn_unknown(&resolver->touchpoints, &mapping->touchpoints.items[i], diags);
}

void resolver_init(struct resolver *resolver, struct arena *arena,
                   const struct import_mapping *mapping, const struct journey *journey,
                   bool lower_channels, struct diag_list *diags)
{
    *resolver = (struct resolver){
        .arena = arena,
        .mapping = mapping,
        .has_map = journey != NULL,
        .lower_channels = lower_channels,
    };
    textmap_init(&resolver->touchpoints.places);
    textmap_init(&resolver->channels.places);
    textmap_init(&resolver->personas.places);
    textmap_init(&resolver->contexts.places);
    if (journey != NULL)
        read_map(resolver, journey);
    if (mapping != NULL && journey != NULL && diags != NULL)
        check_mapping(resolver, diags);
}

void resolver_finish(struct resolver *resolver)
{
    textmap_finish(&resolver->touchpoints.places);
    textmap_finish(&resolver->channels.places);
    textmap_finish(&resolver->personas.places);
    textmap_finish(&resolver->contexts.places);
}

/* ---- Looking up ---- */

static struct vocabulary *vocabulary_of(struct resolver *resolver, enum column column)
{
    switch (column) {
    case COLUMN_TOUCHPOINT:
        return &resolver->touchpoints;
    case COLUMN_CHANNEL:
        return &resolver->channels;
    case COLUMN_PERSONA:
        return &resolver->personas;
    case COLUMN_CONTEXT:
        return &resolver->contexts;
    default:
        assert(false);
        return NULL;
    }
}

/* The one thing that is called so in that way; NULL. */
static const char *find_called(const struct vocabulary *vocabulary, enum called called,
                               const char *folded)
{
    const char *found = NULL;
    for (size_t i = 0; i < vocabulary->count; i++) {
        const struct named *thing = &vocabulary->things[i];
        if (thing->called != called || strcmp(thing->folded, folded) != 0)
            continue;
        if (found != NULL && strcmp(found, thing->id) != 0)
            return NULL;
        found = thing->id;
    }
    return found;
}

/* Ids first, as two things may have one name, but never one id. */
static const char *find_thing(const struct vocabulary *vocabulary, struct arena *arena,
                              const char *text)
{
    const char *folded = utf8_fold(arena, text), *found = NULL;
    for (enum called i = 0; found == NULL && i < CALLED_COUNT; i++)
        found = find_called(vocabulary, i, folded);
    return found;
}

static const char *find_mapped(const struct import_mapping *mapping, const char *text)
{
    for (size_t i = 0; mapping != NULL && i < mapping->touchpoints.count; i++)
        if (strcmp(mapping->touchpoints.items[i].key, text) == 0)
            return mapping->touchpoints.items[i].text;
    return NULL;
}

static const char *look_up(struct resolver *resolver, enum column column, const char *text)
{
    const char *id = column == COLUMN_TOUCHPOINT ? find_mapped(resolver->mapping, text) : NULL;
    if (id == NULL)
        id = find_thing(vocabulary_of(resolver, column), resolver->arena, text);
    return id;
}

/* A place for it in `answers`. */
static int64_t add_answer(struct resolver *resolver, struct vocabulary *vocabulary, const char *id,
                          const char *kept)
{
    vocabulary->answers =
        arena_grow(resolver->arena, vocabulary->answers, vocabulary->answer_count,
                   &vocabulary->answer_capacity, sizeof(*vocabulary->answers));
    vocabulary->answers[vocabulary->answer_count] = (struct answer){
        .id = id,
        .text = id != NULL ? id : kept,
    };
    return (int64_t)vocabulary->answer_count++;
}

static struct answer *answer_to(struct resolver *resolver, enum column column, const char *text)
{
    enum { OPEN = -1 };
    struct vocabulary *vocabulary = vocabulary_of(resolver, column);
    struct textmap_entry *entry = textmap_get_entry(&vocabulary->places, text, OPEN);
    if (entry->number == OPEN)
        entry->number =
            add_answer(resolver, vocabulary, look_up(resolver, column, text), entry->text);
    return &vocabulary->answers[entry->number];
}

const char *resolver_find(struct resolver *resolver, enum column column, const char *text)
{
    struct answer *answer = answer_to(resolver, column, text);
    answer->times += answer->id != NULL;
    return answer->id;
}

/* The id that a label would have: "Desk" is "desk", and an address names a channel by its end. */
static const char *label_id(struct arena *arena, const char *text)
{
    const char *slash = strstr(text, "://") != NULL ? strrchr(text, '/') : NULL;
    char *lowered = arena_strdup(arena, slash != NULL && slash[1] != '\0' ? slash + 1 : text);
    for (char *c = lowered; *c != '\0'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    return lowered;
}

const char *resolver_get(struct resolver *resolver, enum column column, const char *text)
{
    struct answer *answer = answer_to(resolver, column, text);
    answer->times++;
    if (answer->id == NULL && column == COLUMN_CHANNEL && resolver->lower_channels)
        answer->id = answer->text = label_id(resolver->arena, text);
    return answer->text;
}

void resolver_count(const struct resolver *resolver, struct textmap *out)
{
    const struct vocabulary *touchpoints = &resolver->touchpoints;
    const struct textmap_entry *entry = NULL;
    while ((entry = textmap_next(&touchpoints->places, entry)) != NULL) {
        const struct answer *answer = &touchpoints->answers[entry->number];
        if (answer->times > 0)
            *textmap_get(out, answer->id != NULL ? answer->id : entry->text, 0) += answer->times;
    }
}

bool resolver_on_map(const struct resolver *resolver, const char *touchpoint)
{
    const struct vocabulary *touchpoints = &resolver->touchpoints;
    bool found = !resolver->has_map;
    for (size_t i = 0; !found && i < touchpoints->count; i++)
        found = strcmp(touchpoints->things[i].id, touchpoint) == 0;
    return found;
}
