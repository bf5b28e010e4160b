/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/keymap.h>

#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

bool mode_types(enum mode mode)
{
    return mode == MODE_PALETTE || mode == MODE_COMMAND || mode == MODE_SEARCH ||
           mode == MODE_FIELD;
}

void keymap_init(struct keymap *keymap)
{
    *keymap = (struct keymap){ 0 };
}

void keymap_finish(struct keymap *keymap)
{
    arena_finish(&keymap->arena);
    keymap_init(keymap);
}

static struct binding *find_own(const struct keymap *keymap, const char *key)
{
    for (size_t i = 0; i < keymap->own_count; i++) {
        if (strcmp(keymap->own[i].key, key) == 0)
            return &keymap->own[i];
    }
    return NULL;
}

void keymap_bind(struct keymap *keymap, const char *key, const char *command)
{
    struct binding *own = find_own(keymap, key);
    if (own == NULL) {
        keymap->own = arena_grow(&keymap->arena, keymap->own, keymap->own_count,
                                 &keymap->own_capacity, sizeof(*keymap->own));
        own = &keymap->own[keymap->own_count++];
        own->key = arena_strdup(&keymap->arena, key);
    }
    own->command = arena_strdup(&keymap->arena, command);
}

static const struct binding *find_default(enum mode mode, const char *key)
{
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[mode][layer];
        for (size_t i = 0; i < keys->count; i++) {
            if (strcmp(keys->items[i].key, key) == 0)
                return &keys->items[i];
        }
    }
    return NULL;
}

static bool is_over_view(enum mode mode)
{
    return mode == MODE_DETAIL || mode == MODE_GAPS || mode == MODE_PERSONAS ||
           mode == MODE_REDUCTION || mode == MODE_METRICS || mode == MODE_PAGE ||
           mode == MODE_BOARD || mode == MODE_PATHS || mode == MODE_CASE || mode == MODE_CREDITS ||
           mode == MODE_PROMISES;
}

const struct binding *keymap_find(const struct keymap *keymap, enum mode mode, const char *key)
{
    const struct binding *own = mode == MODE_NORMAL ? find_own(keymap, key) : NULL;
    if (own != NULL)
        return own;
    const struct binding *found = find_default(mode, key);
    /* The detail panel borrows the keys of the view, and those may be a person's own. */
    if (is_over_view(mode) && (found == NULL || found == find_default(MODE_NORMAL, key)))
        return keymap_find(keymap, MODE_NORMAL, key);
    return found;
}

const char *keymap_key_of(const struct keymap *keymap, const char *command)
{
    for (size_t i = 0; i < keymap->own_count; i++) {
        if (strcmp(keymap->own[i].command, command) == 0)
            return keymap->own[i].key;
    }
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        const struct key_layer *keys = &key_layers[MODE_NORMAL][layer];
        for (size_t i = 0; i < keys->count; i++) {
            const struct binding *binding = &keys->items[i];
            if (strcmp(binding->command, command) == 0 && find_own(keymap, binding->key) == NULL)
                return binding->key;
        }
    }
    return NULL;
}

/* Keys that have a name of more than one character. A sign stands for a name where there is one
 * that every font has. Names are what a person types after `bind`; a label is what the cap of the
 * key says.
 * TRANSLATORS: what is printed on the key; a few letters. */
static const struct named_key {
    const char *name, *sign, *label;
} named_keys[] = {
    { .name = "BS", .label = N_("Backspace") },
    { .name = "Del", .label = N_("Del") },
    { .name = "Down", .sign = "↓", .label = N_("Down") },
    { .name = "End", .label = N_("End") },
    { .name = "Enter", .sign = "↵", .label = N_("Enter") },
    { .name = "Esc", .label = N_("Esc") },
    { .name = "F1" },
    { .name = "F10" },
    { .name = "F11" },
    { .name = "F12" },
    { .name = "F2" },
    { .name = "F3" },
    { .name = "F4" },
    { .name = "F5" },
    { .name = "F6" },
    { .name = "F7" },
    { .name = "F8" },
    { .name = "F9" },
    { .name = "Home", .label = N_("Home") },
    { .name = "Ins", .label = N_("Ins") },
    { .name = "Left", .sign = "←", .label = N_("Left") },
    { .name = "PgDn", .label = N_("PgDn") },
    { .name = "PgUp", .label = N_("PgUp") },
    { .name = "Right", .sign = "→", .label = N_("Right") },
    { .name = "S-Tab", .label = N_("Shift-Tab") },
    { .name = "Space", .label = N_("Space") },
    { .name = "Tab", .label = N_("Tab") },
    { .name = "Up", .sign = "↑", .label = N_("Up") },
    { .name = "WheelDown" },
    { .name = "WheelUp" },
};

static const struct named_key *find_named(const char *key)
{
    for (size_t i = 0; i < ARRAY_LEN(named_keys); i++) {
        if (strcmp(named_keys[i].name, key) == 0)
            return &named_keys[i];
    }
    return NULL;
}

static bool is_character(const char *key)
{
    struct grapheme grapheme;
    return utf8_next(key, &grapheme) && key[grapheme.source] == '\0' &&
           (unsigned char)key[0] > ' ' && key[0] != '\177';
}

bool key_valid(const char *key)
{
    bool modified = (key[0] == 'C' || key[0] == 'M') && key[1] == '-' && key[2] != '\0';
    const char *plain = modified ? key + 2 : key;
    return is_character(plain) || find_named(plain) != NULL;
}

const char *key_text(const char *key)
{
    if (strcmp(key, "Space") == 0)
        return " ";
    return is_character(key) ? key : NULL;
}

static const char *cap_of(struct arena *arena, const char *key, bool modified)
{
    bool letter = key[0] >= 'a' && key[0] <= 'z' && key[1] == '\0';
    const char *cap = letter && modified ? arena_printf(arena, "%c", key[0] - 'a' + 'A') : key;
    const struct named_key *named = find_named(key);
    return named != NULL && named->label != NULL ? _(named->label) : cap;
}

const char *key_label(struct arena *arena, const char *key, bool ascii)
{
    bool modified = (key[0] == 'C' || key[0] == 'M') && key[1] == '-' && key[2] != '\0';
    /* TRANSLATORS: keys that are held down together with another one: "Ctrl-S". */
    if (modified)
        return key[0] == 'C' ? arena_printf(arena, _("Ctrl-%s"), cap_of(arena, key + 2, true))
                             : arena_printf(arena, _("Alt-%s"), cap_of(arena, key + 2, true));
    const struct named_key *named = find_named(key);
    return !ascii && named != NULL && named->sign != NULL ? named->sign : cap_of(arena, key, false);
}
