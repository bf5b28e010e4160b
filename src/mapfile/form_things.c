/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "form_inner.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

#include "path.h"

static const struct form_thing things[] = {
    [SPACE_PERSONA] = { .kind = "persona",
                        .array = offsetof(struct journey, personas),
                        .count = offsetof(struct journey, persona_count),
                        .size = sizeof(struct persona),
                        .id = offsetof(struct persona, id),
                        .name = offsetof(struct persona, name),
                        .pos = offsetof(struct persona, pos) },
    [SPACE_CONTEXT] = { .kind = "context",
                        .array = offsetof(struct journey, contexts),
                        .count = offsetof(struct journey, context_count),
                        .size = sizeof(struct context),
                        .id = offsetof(struct context, id),
                        .name = offsetof(struct context, label),
                        .pos = offsetof(struct context, pos) },
    [SPACE_CHANNEL] = { .kind = "channel",
                        .array = offsetof(struct journey, channels),
                        .count = offsetof(struct journey, channel_count),
                        .size = sizeof(struct channel),
                        .id = offsetof(struct channel, id),
                        .name = offsetof(struct channel, label),
                        .pos = offsetof(struct channel, pos) },
    [SPACE_METRIC] = { .kind = "metric",
                       .array = offsetof(struct journey, metrics),
                       .count = offsetof(struct journey, metric_count),
                       .size = sizeof(struct metric),
                       .id = offsetof(struct metric, id),
                       .name = offsetof(struct metric, label),
                       .pos = offsetof(struct metric, pos) },
    [SPACE_STAGE] = { .kind = "stage",
                      .in_list = true,
                      .array = offsetof(struct journey, stages),
                      .count = offsetof(struct journey, stage_count),
                      .size = sizeof(struct stage),
                      .id = offsetof(struct stage, id),
                      .name = offsetof(struct stage, title),
                      .pos = offsetof(struct stage, pos) },
    [SPACE_TOUCHPOINT] = { .kind = "touchpoint",
                           .in_list = true,
                           .array = offsetof(struct journey, touchpoints),
                           .count = offsetof(struct journey, touchpoint_count),
                           .size = sizeof(struct touchpoint),
                           .id = offsetof(struct touchpoint, id),
                           .name = offsetof(struct touchpoint, title),
                           .pos = offsetof(struct touchpoint, pos) },
    [SPACE_ROUTE] = { .kind = "route",
                      .in_list = true,
                      .array = offsetof(struct journey, routes),
                      .count = offsetof(struct journey, route_count),
                      .size = sizeof(struct route),
                      .id = offsetof(struct route, id),
                      .name = offsetof(struct route, title),
                      .pos = offsetof(struct route, pos) },
    [SPACE_OPPORTUNITY] = { .kind = NULL },
};
static_assert(ARRAY_LEN(things) == SPACE_COUNT, "every space has its row");

const struct form_thing *form_thing_find(enum space space)
{
    return things[space].kind != NULL ? &things[space] : NULL;
}

static const char *item_at(const struct journey *journey, const struct form_thing *thing,
                           size_t index)
{
    const char *base = (const char *)journey;
    size_t count = *(const size_t *)(const void *)(base + thing->count);
    const char *items = *(const char *const *)(const void *)(base + thing->array);
    return index < count ? items + index * thing->size : NULL;
}

static const char *text_at(const char *item, size_t offset)
{
    return *(const char *const *)(const void *)(item + offset);
}

bool form_thing_at(const struct journey *journey, enum space space, size_t index, const char **id,
                   const char **title, struct pos *pos)
{
    const struct form_thing *thing = &things[space];
    const char *item = thing->kind != NULL ? item_at(journey, thing, index) : NULL;
    if (item == NULL)
        return false;
    *id = text_at(item, thing->id);
    *title = text_at(item, thing->name);
    *pos = *(const struct pos *)(const void *)(item + thing->pos);
    return true;
}

/* Opportunities have ids that no other has, but stand in their touchpoints. */
static bool opportunity_there(const struct journey *journey, const char *id)
{
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t j = 0; j < journey->touchpoints[i].opportunity_count; j++)
            if (strcmp(journey->touchpoints[i].opportunities[j].id, id) == 0)
                return true;
    return false;
}

bool form_thing_there(const struct journey *journey, enum space space, const char *id)
{
    const char *own, *title;
    struct pos pos;
    if (space == SPACE_OPPORTUNITY)
        return opportunity_there(journey, id);
    for (size_t i = 0; form_thing_at(journey, space, i, &own, &title, &pos); i++)
        if (strcmp(own, id) == 0)
            return true;
    return false;
}

bool form_tell_library(const struct journey *journey, const char *file, const char *address,
                       struct error *err)
{
    for (int space = 0; space < SPACE_COUNT; space++) {
        const struct form_thing *thing = &things[space];
        size_t length = thing->kind != NULL ? strlen(thing->kind) : 0;
        if (length == 0 || strncmp(address, thing->kind, length) != 0 || address[length] != '/')
            continue;
        const char *id, *title;
        struct pos pos;
        for (size_t i = 0; form_thing_at(journey, (enum space)space, i, &id, &title, &pos); i++)
            if (strcmp(id, address + length + 1) == 0 && strcmp(pos.file, file) != 0)
                return error_at(err, pos, _("'%s' is shared with other maps; change it in '%s'"),
                                address, pos.file);
    }
    return false;
}

const struct field *form_title_field(const struct shape *shape)
{
    for (size_t i = 0; i < shape->field_count; i++) {
        const struct field *field = &shape->fields[i];
        bool is_title = shape->has_title
                            ? field->offset == shape->title_offset
                            : shape->shorthand != NULL && strcmp(field->key, shape->shorthand) == 0;
        if (is_title && field->kind == FIELD_TEXT)
            return field;
    }
    return NULL;
}

/* ---- Ids of new things ----------------------------------------------------------------------- */

static bool is_free(const struct journey *journey, enum space space, const char *id)
{
    /* "all" is a word of its own wherever a persona can be named. */
    return !form_thing_there(journey, space, id) &&
           !(space == SPACE_PERSONA && strcmp(id, "all") == 0);
}

const char *form_new_id(struct arena *arena, const struct journey *journey, enum space space,
                        const char *title)
{
    static const char *const kinds[] = { [SPACE_OPPORTUNITY] = "opportunity" };
    const char *stem = id_from_title(arena, title);
    bool named = stem != NULL;
    if (!named)
        stem = things[space].kind != NULL ? things[space].kind : kinds[SPACE_OPPORTUNITY];
    const char *id = named ? stem : arena_printf(arena, "%s-1", stem);
    for (int number = 2; !is_free(journey, space, id); number++)
        id = arena_printf(arena, "%s-%d", stem, number);
    return id;
}
