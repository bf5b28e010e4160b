/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "deed_inner.h"

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>

/* ---- Ways ------------------------------------------------------------------------------------ */

struct thing *thing_at(struct thing *root, const struct spot *spot, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        root = root->items[root->kind == THING_PAIRS ? 2 * spot->steps[i] + 1 : spot->steps[i]];
    return root;
}

struct thing *old_at(const struct thinking *thinking, const struct spot *spot, size_t depth)
{
    return thing_at(thinking->old->root, spot, depth);
}

/* The key of the step `depth` - 1; NULL: that is the number of an item. */
const char *key_at(const struct thinking *thinking, const struct spot *spot, size_t depth)
{
    if (depth == 0 || depth > spot->depth)
        return NULL;
    const struct thing *holder = old_at(thinking, spot, depth - 1);
    return holder->kind == THING_PAIRS ? holder->items[2 * spot->steps[depth - 1]]->text : NULL;
}

bool key_is(const struct thinking *thinking, const struct spot *spot, size_t depth, const char *key)
{
    const char *own = key_at(thinking, spot, depth);
    return own != NULL && strcmp(own, key) == 0;
}

static bool may_be_named(const struct thing *key)
{
    return key->kind == THING_TEXT && key->text[0] != '\0' && strchr(key->text, '.') == NULL;
}

static void find_spots(struct thinking *thinking, const struct thing *thing, struct spot spot)
{
    thinking->spots = arena_grow(thinking->arena, thinking->spots, thinking->spot_count,
                                 &thinking->spot_capacity, sizeof(*thinking->spots));
    thinking->spots[thinking->spot_count++] = spot;
    if (spot.depth == STEPS_MAX || thing->kind == THING_TEXT || thing->kind == THING_ALIAS)
        return;
    size_t step = thing->kind == THING_PAIRS ? 2 : 1;
    spot.depth++;
    for (size_t i = 0; i < thing->count; i += step) {
        if (thing->kind == THING_PAIRS && !may_be_named(thing->items[i]))
            continue;
        spot.steps[spot.depth - 1] = i / step;
        find_spots(thinking, thing->items[i + step - 1], spot);
    }
}

/* A spot whose thing is one of `kinds`, a bit for each; false where none is found soon. */
bool pick(struct thinking *thinking, unsigned kinds, size_t least_depth, struct spot *out)
{
    for (int attempt = 0; attempt < 50; attempt++) {
        *out = thinking->spots[roll(thinking, thinking->spot_count)];
        const struct thing *thing = old_at(thinking, out, out->depth);
        if (out->depth >= least_depth && (kinds & (1u << thing->kind)) != 0)
            return true;
    }
    return false;
}

/* ---- Addresses ------------------------------------------------------------------------------- */

const char *id_of(const struct thing *thing)
{
    const struct thing *id = thing->kind == THING_PAIRS ? thing_find(thing, "id") : NULL;
    if (id == NULL || id->kind != THING_TEXT || strpbrk(id->text, "./") != NULL ||
        id->text[0] == '\0' || strspn(id->text, "0123456789") == strlen(id->text))
        return NULL;
    return id->text;
}

/* "ticket", "stage/booking", "persona/anna"; the steps that this stands for. NULL: none. */
const char *head_of(struct thinking *thinking, const struct spot *spot, size_t *steps)
{
    static const struct {
        const char *key, *kind;
        bool keyed;
    } homes[] = {
        { "stages", "stage", false },    { "routes", "route", false },
        { "personas", "persona", true }, { "contexts", "context", true },
        { "channels", "channel", true }, { "metrics", "metric", true },
    };
    *steps = 4;
    if (spot->depth >= 4 && key_is(thinking, spot, 1, "stages") &&
        key_is(thinking, spot, 3, "touchpoints")) {
        const char *id = id_of(old_at(thinking, spot, 4));
        if (id != NULL && strcmp(id, "map") != 0)
            return roll(thinking, 2) ? id : arena_printf(thinking->arena, "touchpoint/%s", id);
    }
    *steps = 2;
    for (size_t i = 0; spot->depth >= 2 && i < ARRAY_LEN(homes); i++) {
        const char *key = key_at(thinking, spot, 2);
        const char *id = homes[i].keyed ? key : id_of(old_at(thinking, spot, 2));
        if (key_is(thinking, spot, 1, homes[i].key) && homes[i].keyed == (key != NULL) &&
            id != NULL)
            return arena_printf(thinking->arena, "%s/%s", homes[i].kind, id);
    }
    return NULL;
}

/* No key with a dot is ever chosen. */
static void append_word(struct str *out, const char *key)
{
    str_append_char(out, '.');
    for (; *key != '\0'; key++) {
        if (*key == '\\')
            str_append_char(out, '\\');
        str_append_char(out, *key);
    }
}

const char *address_of(struct thinking *thinking, const struct spot *spot, bool short_head)
{
    struct str out;
    size_t from = 0;
    const char *head = short_head && roll(thinking, 4) ? head_of(thinking, spot, &from) : NULL;
    str_init(&out);
    str_append(&out, head != NULL ? head : "map");
    for (size_t i = head != NULL ? from : 0; i < spot->depth; i++) {
        const char *key = key_at(thinking, spot, i + 1);
        const char *id = key == NULL ? id_of(old_at(thinking, spot, i + 1)) : NULL;
        if (key != NULL)
            append_word(&out, key);
        else if (id != NULL && roll(thinking, 2))
            str_printf(&out, ".%s", id);
        else
            str_printf(&out, ".%zu", spot->steps[i] + 1);
    }
    const char *text = arena_strndup(thinking->arena, out.text, out.length);
    str_finish(&out);
    return text;
}

/* ---- Thinking --- */

void deed_think(struct arena *arena, struct dice *dice, const struct testimony *old, bool map,
                struct deed *out)
{
    static bool (*const ways[])(struct thinking *) = {
        think_set,         think_set,    think_new_key, think_new_key,
        think_below_score, think_delete, think_insert,  think_new_thing,
        think_move,        think_rename, think_wrong,   think_wild,
    };
    struct thinking thinking = {
        .arena = arena, .dice = dice, .old = old, .map = map, .deed = out
    };
    find_spots(&thinking, old->root, (struct spot){ 0 });
    do {
        *out = (struct deed){
            .line_may_go = arena_array(arena, old->line_count + 1, sizeof(bool)),
            .comment_may_go = arena_array(arena, old->comment_count + 1, sizeof(bool)),
        };
    } while (!ways[roll(&thinking, ARRAY_LEN(ways))](&thinking));
}
