/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks as one edit. What is to move is read first, references let go, then touchpoints go, and
 * only then is something added elsewhere: at no moment is anything there twice. */

#include <stellwerk/app/whatif.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/mapfile/edit.h>

struct writing {
    struct arena *arena;
    const struct revision *revision;
    const int *fates;
    struct operation *items;
    size_t count, capacity;
    struct error *err;
};

static void add(struct writing *writing, enum verb verb, const char *address, const char *value)
{
    writing->items = arena_grow(writing->arena, writing->items, writing->count, &writing->capacity,
                                sizeof(*writing->items));
    writing->items[writing->count++] =
        (struct operation){ .verb = verb, .address = address, .value = value };
}

static const struct journey *journey_of(const struct writing *writing)
{
    return writing->revision->journey;
}

/* ---- Who names what is to be gone ----------------------------------------------------------- */

static bool names_gone(const struct writing *writing, const struct indices *touchpoints)
{
    for (size_t i = 0; i < touchpoints->count; i++)
        if (writing->fates[touchpoints->items[i]] != FATE_KEPT)
            return true;
    return false;
}

static void shorten_route(struct writing *writing, const struct route *route)
{
    const struct journey *journey = journey_of(writing);
    const char *address = arena_printf(writing->arena, "route/%s", route->id);
    struct str ids;
    int last = NONE;
    str_init(&ids);
    for (size_t i = 0; i < route->through.count; i++) {
        int fate = writing->fates[route->through.items[i]];
        int touchpoint = fate == FATE_KEPT ? route->through.items[i] : fate;
        if (touchpoint < 0 || touchpoint == last)
            continue;
        str_printf(&ids, "%s%s", last == NONE ? "" : ", ", journey->touchpoints[touchpoint].id);
        last = touchpoint;
    }
    if (last == NONE)
        add(writing, VERB_DELETE, address, NULL);
    else
        add(writing, VERB_SET, arena_printf(writing->arena, "%s.through", address),
            arena_printf(writing->arena, "[%s]", ids.text));
    str_finish(&ids);
}

static void let_go(struct writing *writing)
{
    const struct journey *journey = journey_of(writing);
    for (size_t i = 0; i < journey->route_count; i++)
        if (names_gone(writing, &journey->routes[i].through))
            shorten_route(writing, &journey->routes[i]);
    for (size_t i = journey->budget_count; i-- > 0;) {
        int touchpoint = journey->budgets[i].touchpoint;
        if (touchpoint != NONE && writing->fates[touchpoint] != FATE_KEPT)
            add(writing, VERB_DELETE, arena_printf(writing->arena, "map.budgets.%zu", i + 1), NULL);
    }
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        if (writing->fates[i] != FATE_KEPT)
            add(writing, VERB_DELETE,
                arena_printf(writing->arena, "touchpoint/%s", journey->touchpoints[i].id), NULL);
}

/* ---- What moves --------------------------------------------------------------------------- */

static const struct text_list {
    const char *key;
    size_t offset;
} text_lists[] = {
    { "systems", offsetof(struct touchpoint, systems) },
    { "actions", offsetof(struct touchpoint, actions) },
    { "thoughts", offsetof(struct touchpoint, thoughts) },
    { "pains", offsetof(struct touchpoint, pains) },
    { "gains", offsetof(struct touchpoint, gains) },
    { "backstage", offsetof(struct touchpoint, backstage) },
    { "activities", offsetof(struct touchpoint, activities) },
};

static const struct texts *texts_of(const struct touchpoint *touchpoint,
                                    const struct text_list *list)
{
    return (const struct texts *)((const char *)touchpoint + list->offset);
}

static bool has_text(const struct texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->items[i], text) == 0)
            return true;
    return false;
}

/* It is there, or another one that goes the same way has brought it. */
static bool is_there(const struct writing *writing, const struct text_list *list, int touchpoint,
                     const char *text)
{
    const struct journey *journey = journey_of(writing);
    int into = writing->fates[touchpoint];
    bool there = has_text(texts_of(&journey->touchpoints[into], list), text);
    for (int i = 0; i < touchpoint && !there; i++)
        there =
            writing->fates[i] == into && has_text(texts_of(&journey->touchpoints[i], list), text);
    return there;
}

static void move_texts(struct writing *writing, const struct text_list *list, int touchpoint)
{
    const struct journey *journey = journey_of(writing);
    const struct touchpoint *into = &journey->touchpoints[writing->fates[touchpoint]];
    const struct texts *texts = texts_of(&journey->touchpoints[touchpoint], list);
    for (size_t i = 0; i < texts->count; i++)
        if (!is_there(writing, list, touchpoint, texts->items[i]))
            add(writing, VERB_INSERT, arena_printf(writing->arena, "%s.%s", into->id, list->key),
                texts->items[i]);
}

/* A thing of several keys as the file writes it. */
static bool move_thing(struct writing *writing, int touchpoint, const char *key, const char *name)
{
    const struct journey *journey = journey_of(writing);
    const struct revision *revision = writing->revision;
    const char *into = journey->touchpoints[writing->fates[touchpoint]].id, *value;
    const char *address =
        arena_printf(writing->arena, "%s.%s.%s", journey->touchpoints[touchpoint].id, key, name);
    if (!edit_look(writing->arena, revision->path, revision->text, revision->length, address,
                   &value, writing->err))
        return false;
    if (value != NULL)
        add(writing, VERB_INSERT, arena_printf(writing->arena, "%s.%s", into, key), value);
    return true;
}

static bool move_things(struct writing *writing, int index)
{
    const struct touchpoint *touchpoint = &journey_of(writing)->touchpoints[index];
    struct arena *arena = writing->arena;
    for (size_t i = 0; i < touchpoint->quote_count; i++)
        if (!move_thing(writing, index, "quotes", arena_printf(arena, "%zu", i + 1)))
            return false;
    for (size_t i = 0; i < touchpoint->content_count; i++)
        if (!move_thing(writing, index, "content", arena_printf(arena, "%zu", i + 1)))
            return false;
    for (size_t i = 0; i < touchpoint->opportunity_count; i++)
        if (!move_thing(writing, index, "opportunities", touchpoint->opportunities[i].id))
            return false;
    return true;
}

/* As journey_reduced() weighs it. */
static void raise(struct writing *writing, const struct journey *reduced, int into)
{
    const struct touchpoint *before = &journey_of(writing)->touchpoints[into];
    const struct touchpoint *after =
        &reduced->touchpoints[journey_find_touchpoint(reduced, before->id)];
    bool same = after->importance == before->importance ||
                (isnan(after->importance) && isnan(before->importance));
    if (!same)
        add(writing, VERB_SET, arena_printf(writing->arena, "%s.importance", before->id),
            arena_printf(writing->arena, "%g", after->importance));
    if (after->moment_of_truth && !before->moment_of_truth)
        add(writing, VERB_SET, arena_printf(writing->arena, "%s.moment_of_truth", before->id),
            "true");
}

static bool move_words(struct writing *writing)
{
    const struct journey *journey = journey_of(writing);
    const struct journey *reduced = journey_reduced(writing->arena, journey, writing->fates, NULL);
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        if (writing->fates[i] < 0)
            continue;
        for (size_t k = 0; k < ARRAY_LEN(text_lists); k++)
            move_texts(writing, &text_lists[k], (int)i);
        if (!move_things(writing, (int)i))
            return false;
    }
    for (size_t into = 0; into < journey->touchpoint_count; into++)
        for (size_t i = 0; i < journey->touchpoint_count; i++)
            if (writing->fates[i] == (int)into) {
                raise(writing, reduced, (int)into);
                break;
            }
    return true;
}

bool whatif_operations(struct arena *arena, const struct revision *revision, const int *fates,
                       struct operation **out, size_t *count, struct error *err)
{
    struct writing writing = {
        .arena = arena,
        .revision = revision,
        .fates = fates,
        .err = err,
    };
    let_go(&writing);
    bool done = move_words(&writing);
    *out = writing.items;
    *count = writing.count;
    return done;
}
