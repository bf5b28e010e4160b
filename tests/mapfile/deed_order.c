/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deed_inner.h"

#include <string.h>

#include <stellwerk/base/array.h>

/* ---- Orders ---------------------------------------------------------------------------------- */

/* A place among the items of a list, and where that is before anything is taken out. */
static struct place random_place(struct thinking *thinking, const struct thing *list, size_t *index)
{
    struct place place = { .kind = (enum place_kind)roll(thinking, PLACE_INTO) };
    const char *id = NULL;
    *index = list->count;
    if (place.kind == PLACE_BEFORE || place.kind == PLACE_AFTER) {
        size_t other = list->count > 0 ? roll(thinking, list->count) : 0;
        id = list->count > 0 ? id_of(list->items[other]) : NULL;
        for (size_t i = 0; i < other && id != NULL; i++)
            if (id_of(list->items[i]) != NULL && strcmp(id_of(list->items[i]), id) == 0)
                id = NULL; /* the first of that name is meant */
        if (id == NULL)
            place.kind = PLACE_LAST;
        else
            *index = other + (place.kind == PLACE_AFTER);
        place.id = id;
    }
    if (place.kind == PLACE_FIRST)
        *index = 0;
    if (place.kind == PLACE_AT) {
        *index = roll(thinking, list->count + 1);
        place.number = *index + 1;
    }
    return place;
}

bool think_insert(struct thinking *thinking)
{
    struct spot spot, item;
    struct arena *arena = thinking->arena;
    const char *spelled;
    bool sure;
    size_t index = 0;
    if (!pick(thinking, roll(thinking, 4) ? A_LIST : ANYTHING, 1, &spot) || spot.depth == STEPS_MAX)
        return false;
    struct thing *old = old_at(thinking, &spot, spot.depth);
    item = spot;
    item.depth++;
    struct thing *value = value_for(thinking, &item, NULL, &spelled, &sure);
    const char *address = address_of(thinking, &spot, false);
    say(thinking, VERB_INSERT, address, spelled);
    if (!sure)
        thinking->deed->outcome = OUTCOME_ANY;
    else if (old->kind == THING_PAIRS)
        thinking->deed->outcome = OUTCOME_REFUSED;
    if (old->kind == THING_LIST)
        thinking->deed->operation.place = random_place(thinking, old, &index);
    if (thinking->deed->outcome != OUTCOME_DONE)
        return true;
    struct thing *list = meant_at(thinking, &spot, spot.depth);
    if (old->kind == THING_LIST) {
        thing_insert(arena, list, index, value);
        let_room_be_made(thinking, &spot, false);
        if (old->count > 0)
            thinking->deed->undo = arena_printf(arena, "%s.%zu", address, index + 1);
        return true;
    }
    size_t step = spot.steps[spot.depth - 1];
    struct thing *holder = meant_at(thinking, &spot, spot.depth - 1);
    list = thing_collection(arena, THING_LIST);
    if (old->text[0] != '\0') {
        struct thing *first = thing_copy(arena, old);
        first->anchor = NULL; /* nobody needs it, or it is refused */
        thing_append(arena, list, first);
    }
    thing_append(arena, list, value);
    holder->items[holder->kind == THING_PAIRS ? 2 * step + 1 : step] = list;
    let_value_go(thinking, old_at(thinking, &spot, spot.depth - 1), step);
    return true;
}

/* A touchpoint, stage, persona, context or channel that is new. */
bool think_new_thing(struct thinking *thinking)
{
    static const struct {
        const char *kind, *key, *title;
    } kinds[] = {
        { "touchpoint", "stages", "title" }, { "stage", "stages", "title" },
        { "persona", "personas", "name" },   { "context", "contexts", "label" },
        { "channel", "channels", "label" },
    };
    struct arena *arena = thinking->arena;
    size_t kind = roll(thinking, ARRAY_LEN(kinds));
    struct thing *home = thing_find(thinking->old->root, kinds[kind].key);
    if (!thinking->map || home == NULL || home->count == 0)
        return false;
    const char *title = nasty_text(arena, thinking->dice);
    struct thing *name = thing_text(arena, title, false);
    say(thinking, VERB_INSERT, arena_printf(arena, "%s/new-thing", kinds[kind].kind),
        spell(arena, name));
    struct thing *meant = thing_find(thinking->deed->meant, kinds[kind].key);
    struct thing *thing = thing_collection(arena, THING_PAIRS);
    if (kind < 2) {
        thing_append(arena, thing, thing_text(arena, "id", true));
        thing_append(arena, thing, thing_text(arena, "new-thing", true));
    }
    thing_append(arena, thing, thing_text(arena, kinds[kind].title, true));
    thing_append(arena, thing, name);
    thinking->deed->undo = thinking->deed->operation.address;
    struct spot spot = { .depth = 1 };
    while (!key_is(thinking, &spot, 1, kinds[kind].key))
        spot.steps[0]++;
    if (kind == 0) {
        spot.steps[1] = roll(thinking, home->count);
        spot.depth = 3;
        while (!key_is(thinking, &spot, 3, "touchpoints"))
            if (2 * ++spot.steps[2] >= home->items[spot.steps[1]]->count)
                return false;
        home = old_at(thinking, &spot, 3);
        meant = meant_at(thinking, &spot, 3);
        thinking->deed->operation.place =
            (struct place){ .kind = PLACE_INTO, .id = id_of(old_at(thinking, &spot, 2)) };
        if (home->kind != THING_LIST || thinking->deed->operation.place.id == NULL)
            return false;
        if (home->count == 0)
            thinking->deed->undo = NULL;
    }
    if (kind == 1) {
        thing_append(arena, thing, thing_text(arena, "touchpoints", true));
        thing_append(arena, thing, thing_collection(arena, THING_LIST));
    }
    if (kind > 1) {
        struct thing *key = thing_text(arena, "new-thing", true);
        key->either = true;
        thing_append(arena, meant, key);
    }
    thing_append(arena, meant, thing);
    let_room_be_made(thinking, &spot, false);
    return true;
}

/* Where a touchpoint may go: behind the last of any stage. */
static bool pick_stage(struct thinking *thinking, const struct spot *from, struct spot *to,
                       struct place *place)
{
    *to = *from;
    if (from->depth != 4 || !key_is(thinking, from, 1, "stages") ||
        !key_is(thinking, from, 3, "touchpoints"))
        return false;
    const struct thing *stages = old_at(thinking, from, 1);
    to->steps[1] = roll(thinking, stages->count);
    to->depth = 3;
    const struct thing *stage = stages->items[to->steps[1]];
    *place = (struct place){ .kind = PLACE_INTO, .id = id_of(stage) };
    for (to->steps[2] = 0; place->id != NULL && 2 * to->steps[2] < stage->count; to->steps[2]++)
        if (key_is(thinking, to, 3, "touchpoints"))
            break;
    if (place->id == NULL || 2 * to->steps[2] >= stage->count)
        return false;
    const struct thing *list = old_at(thinking, to, 3);
    if (list->kind == THING_LIST && list->count > 0 && roll(thinking, 2) &&
        id_of(list->items[list->count - 1]) != NULL)
        *place = (struct place){ .kind = PLACE_AFTER, .id = id_of(list->items[list->count - 1]) };
    return list->kind == THING_LIST;
}

bool think_move(struct thinking *thinking)
{
    struct spot spot, to;
    struct place place;
    size_t index;
    if (!pick(thinking, ANYTHING, 1, &spot))
        return false;
    const struct thing *from = old_at(thinking, &spot, spot.depth - 1);
    size_t step = spot.steps[spot.depth - 1];
    say(thinking, VERB_MOVE, address_of(thinking, &spot, true), NULL);
    if (from->kind == THING_PAIRS) {
        thinking->deed->operation.place = (struct place){ .kind = PLACE_FIRST };
        thinking->deed->outcome = OUTCOME_REFUSED;
        return true;
    }
    bool other = roll(thinking, 2) && pick_stage(thinking, &spot, &to, &place);
    if (!other) {
        to = spot;
        to.depth--;
        do
            place = random_place(thinking, from, &index);
        while (place.kind == PLACE_NONE);
    }
    thinking->deed->operation.place = place;
    thinking->deed->moves = true;
    struct thing *source = meant_at(thinking, &spot, spot.depth - 1);
    struct thing *target = meant_at(thinking, &to, to.depth), *item = source->items[step];
    thing_remove(source, step);
    if (other || place.kind == PLACE_NONE)
        index = target->count;
    else if (place.kind != PLACE_AT && index > step)
        index--;
    thing_insert(thinking->arena, target, index < target->count ? index : target->count, item);
    let_child_go(thinking, from, step);
    memset(thinking->deed->comment_may_go, 0, thinking->old->comment_count);
    size_t line = indicator_line(thinking->old, from, step), column, dash;
    line_text(thinking->old, line, &dash);
    while (line > 0 && is_comment_line(thinking->old, line - 1, &column) && column == dash)
        let_lines_go(thinking, line - 1, line - 1), line--;
    let_blanks_go(thinking, line);
    let_room_be_made(thinking, &to, false);
    spot.depth--;
    if (other && from->count == 1)
        let_room_be_made(thinking, &spot, true);
    return true;
}

bool think_rename(struct thinking *thinking)
{
    struct spot spot;
    size_t steps = 0;
    if (!thinking->map || !pick(thinking, ANYTHING, 2, &spot))
        return false;
    spot.depth = spot.depth >= 4 && key_is(thinking, &spot, 3, "touchpoints") ? 4 : 2;
    const char *head = head_of(thinking, &spot, &steps);
    if (head == NULL || steps != spot.depth)
        return false;
    const char *slash = strchr(head, '/'), *id = slash != NULL ? slash + 1 : head;
    say(thinking, VERB_RENAME, head, "renamed-thing");
    thinking->deed->renames = true;
    for (size_t line = 0; line < thinking->old->line_count; line++) {
        const char *begin = thinking->old->text + thinking->old->lines[line];
        size_t length = thinking->old->lines[line + 1] - thinking->old->lines[line];
        if (memmem(begin, length, id, strlen(id)) != NULL)
            let_lines_go(thinking, line, line);
    }
    return true;
}
