/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deed_inner.h"

#include <string.h>

#include <stellwerk/base/array.h>

/* ---- Setting --------------------------------------------------------------------------------- */

void say(struct thinking *thinking, enum verb verb, const char *address, const char *value)
{
    thinking->deed->operation =
        (struct operation){ .verb = verb, .address = address, .value = value };
    thinking->deed->outcome = OUTCOME_DONE;
    thinking->deed->meant = thing_copy(thinking->arena, thinking->old->root);
}

struct thing *meant_at(struct thinking *thinking, const struct spot *spot, size_t depth)
{
    return thing_at(thinking->deed->meant, spot, depth);
}

/* A value for the place, and how a person writes it there. What the schema makes of it may be more
 * than can be told here. */
struct thing *value_for(struct thinking *thinking, const struct spot *spot, const char *key,
                        const char **spelled, bool *sure)
{
    bool raw = false;
    struct thing *value = NULL;
    *sure = true;
    if (thinking->map && key != NULL) {
        value = value_for_key(thinking->arena, thinking->dice, key, &raw);
    } else if (thinking->map) { /* an item of a list of texts */
        key = key_at(thinking, spot, spot->depth - 1);
        raw = key != NULL && value_for_key(thinking->arena, thinking->dice, key, &raw) != NULL &&
              !raw;
        if (raw)
            value = thing_text(thinking->arena, nasty_text(thinking->arena, thinking->dice), false);
    }
    if (value == NULL) {
        *sure = !thinking->map;
        raw = false;
        value = random_value(thinking->arena, thinking->dice, 2);
    }
    *spelled = raw ? value->text : spell(thinking->arena, value);
    return value;
}

bool think_set(struct thinking *thinking)
{
    struct spot spot;
    const char *spelled;
    bool sure;
    if (!pick(thinking, ANYTHING, 1, &spot))
        return false;
    const struct thing *old = old_at(thinking, &spot, spot.depth);
    struct thing *value =
        value_for(thinking, &spot, key_at(thinking, &spot, spot.depth), &spelled, &sure);
    say(thinking, VERB_SET, address_of(thinking, &spot, true), spelled);
    /* To the schema one text for a mapping may mean its main key. */
    if (!sure || (thinking->map && old->kind == THING_PAIRS)) {
        thinking->deed->outcome = OUTCOME_ANY;
        return true;
    }
    size_t step = spot.steps[spot.depth - 1];
    struct thing *holder = meant_at(thinking, &spot, spot.depth - 1);
    value->either = value->plain && old->kind == THING_TEXT && !old->plain;
    holder->items[holder->kind == THING_PAIRS ? 2 * step + 1 : step] = value;
    let_value_go(thinking, old_at(thinking, &spot, spot.depth - 1), step);
    return true;
}

/* Keys that the schema knows in the mapping at a spot. */
static const char *known_key(struct thinking *thinking, const struct spot *spot)
{
    static const char *const of_touchpoint[] = { "standard", "owner", "importance", "pains",
                                                 "gains" };
    static const char *const of_persona[] = { "role", "quote", "goals", "needs" };
    size_t depth = spot->depth;
    if (depth == 0)
        return "owner";
    if (depth == 4 && key_is(thinking, spot, 3, "touchpoints"))
        return of_touchpoint[roll(thinking, ARRAY_LEN(of_touchpoint))];
    if (depth == 2 && key_is(thinking, spot, 1, "personas"))
        return of_persona[roll(thinking, ARRAY_LEN(of_persona))];
    if (depth == 2 && key_is(thinking, spot, 1, "metrics"))
        return roll(thinking, 2) ? "unit" : "owner";
    if (key_is(thinking, spot, depth - 1, "experience") ||
        key_is(thinking, spot, depth - 1, "expectation"))
        return "note";
    return NULL;
}

bool think_new_key(struct thinking *thinking)
{
    static const char *const words[] = {
        "new", "neu und zwei", "x-1", "ü", "7", "no", "a:b", "#x"
    };
    struct spot spot;
    const char *spelled;
    bool sure;
    if (!pick(thinking, A_PAIRS, 0, &spot))
        return false;
    const char *key =
        thinking->map ? known_key(thinking, &spot) : words[roll(thinking, ARRAY_LEN(words))];
    const struct thing *holder = old_at(thinking, &spot, spot.depth);
    if (key == NULL || thing_find(holder, key) != NULL)
        return false;
    struct thing *value = value_for(thinking, &spot, key, &spelled, &sure);
    const char *address =
        arena_printf(thinking->arena, "%s.%s", address_of(thinking, &spot, true), key);
    say(thinking, VERB_SET, address, spelled);
    struct thing *meant = meant_at(thinking, &spot, spot.depth);
    struct thing *name = thing_text(thinking->arena, key, false);
    name->either = true;
    thing_append(thinking->arena, meant, name);
    thing_append(thinking->arena, meant, value);
    let_room_be_made(thinking, &spot, false);
    if (holder->count > 0)
        thinking->deed->undo = address;
    return sure;
}

/* `anna: 30` is to have a note: {score: 30, note: …}. */
bool think_below_score(struct thinking *thinking)
{
    struct spot spot;
    if (!thinking->map || !pick(thinking, A_TEXT, 2, &spot))
        return false;
    bool expected = key_is(thinking, &spot, spot.depth - 1, "expectation");
    if (!expected && !key_is(thinking, &spot, spot.depth - 1, "experience"))
        return false;
    struct arena *arena = thinking->arena;
    struct thing *old = old_at(thinking, &spot, spot.depth);
    const char *note = nasty_text(arena, thinking->dice);
    say(thinking, VERB_SET, arena_printf(arena, "%s.note", address_of(thinking, &spot, true)),
        note);
    struct thing *pairs = thing_collection(arena, THING_PAIRS);
    for (int i = 0; i < 1 + expected; i++) {
        const char *key = !expected ? "score" : i == 0 ? "adequate" : "desired";
        thing_append(arena, pairs, thing_text(arena, key, true));
        thing_append(arena, pairs, old);
    }
    thing_append(arena, pairs, thing_text(arena, "note", true));
    thing_append(arena, pairs, thing_text(arena, note, false));
    size_t step = spot.steps[spot.depth - 1];
    meant_at(thinking, &spot, spot.depth - 1)->items[2 * step + 1] = pairs;
    let_value_go(thinking, old_at(thinking, &spot, spot.depth - 1), step);
    return true;
}

/* ---- Taking away ----------------------------------------------------------------------------- */

/* Stands under its id at the top of a map, where others may name it. */
static bool is_named_thing(const struct thinking *thinking, const struct spot *spot)
{
    return thinking->map && spot->depth == 2 &&
           (key_is(thinking, spot, 1, "personas") || key_is(thinking, spot, 1, "contexts") ||
            key_is(thinking, spot, 1, "channels") || key_is(thinking, spot, 1, "metrics"));
}

bool think_delete(struct thinking *thinking)
{
    struct spot spot;
    if (!pick(thinking, ANYTHING, 1, &spot))
        return false;
    say(thinking, roll(thinking, 2) ? VERB_UNSET : VERB_DELETE, address_of(thinking, &spot, true),
        NULL);
    /* A mapping that is left empty goes, too. */
    const struct thing *holder = old_at(thinking, &spot, spot.depth - 1);
    for (; spot.depth > 1 && holder->kind == THING_PAIRS && holder->count == 2;
         holder = old_at(thinking, &spot, spot.depth - 1)) {
        spot.depth--;
        if (is_named_thing(thinking, &spot)) {
            size_t own = 2 * spot.steps[1] + 1;
            meant_at(thinking, &spot, 1)->items[own] =
                thing_collection(thinking->arena, THING_PAIRS);
            let_value_go(thinking, old_at(thinking, &spot, 1), spot.steps[1]);
            return true;
        }
    }
    if (holder->kind == THING_PAIRS && holder->count == 2) {
        thinking->deed->outcome = OUTCOME_REFUSED;
        return true;
    }
    size_t step = spot.steps[spot.depth - 1];
    struct thing *meant = meant_at(thinking, &spot, spot.depth - 1);
    thing_remove(meant, holder->kind == THING_PAIRS ? 2 * step : step);
    if (holder->kind == THING_PAIRS)
        thing_remove(meant, 2 * step);
    let_child_go(thinking, holder, step);
    if (holder->kind == THING_LIST && holder->count == 1) {
        spot.depth--;
        let_room_be_made(thinking, &spot, true);
    }
    return true;
}

/* ---- What must not work, and what may -------------------------------------------------------- */

bool think_wrong(struct thinking *thinking)
{
    struct spot spot;
    if (!pick(thinking, ANYTHING, 1, &spot))
        return false;
    bool list = old_at(thinking, &spot, spot.depth)->kind == THING_LIST;
    const char *address = address_of(thinking, &spot, true);
    const char *beyond = arena_printf(thinking->arena, "%s.999", address);
    const char *missing = arena_printf(thinking->arena, "%s.no-such-thing", address);
    switch (roll(thinking, 6)) {
    case 0:
        say(thinking, VERB_DELETE, list ? beyond : missing, NULL);
        break;
    case 1:
        say(thinking, VERB_SET, "no-such-touchpoint.title", "x");
        break;
    case 2:
        say(thinking, VERB_UNSET, "map", NULL);
        break;
    case 3:
        say(thinking, VERB_MOVE, list ? beyond : missing, NULL);
        thinking->deed->operation.place.kind = PLACE_FIRST;
        break;
    case 4:
        say(thinking, VERB_SET, "kind-of/thing.x", "x");
        break;
    default:
        say(thinking, VERB_SET, address, "not \xff UTF-8");
    }
    thinking->deed->outcome = OUTCOME_REFUSED;
    return true;
}

bool think_wild(struct thinking *thinking)
{
    static const char *const words[] = { "",     ".",      "..",          "map.",
                                         ".map", "map..",  "1",           "-1",
                                         "/",    "stage/", "persona/x.y", "99999999999999999999",
                                         "id",   "map.1",  "a b" };
    struct spot spot, other;
    if (!pick(thinking, ANYTHING, 0, &spot) || !pick(thinking, ANYTHING, 0, &other))
        return false;
    const char *word = words[roll(thinking, ARRAY_LEN(words))];
    const char *address = address_of(thinking, &spot, true);
    const char *value = roll(thinking, 2) ? nasty_text(thinking->arena, thinking->dice)
                                          : spell(thinking->arena,
                                                  random_value(thinking->arena, thinking->dice, 3));
    enum verb verb = (enum verb)roll(thinking, VERB_COUNT);
    if (roll(thinking, 3) == 0)
        address = roll(thinking, 2) ? word : arena_printf(thinking->arena, "%s.%s", address, word);
    bool valued = verb == VERB_SET || verb == VERB_INSERT || verb == VERB_RENAME;
    say(thinking, verb, address, valued ? value : NULL);
    if (verb == VERB_INSERT || verb == VERB_MOVE)
        thinking->deed->operation.place = (struct place){
            .kind = (enum place_kind)(1 + roll(thinking, PLACE_INTO)),
            .number = 1 + roll(thinking, 4),
            .id = roll(thinking, 2) ? address_of(thinking, &other, true) : word,
        };
    thinking->deed->outcome = OUTCOME_ANY;
    return true;
}
