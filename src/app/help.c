/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "help.h"

#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>

static void add(struct arena *arena, struct help *help, struct list_row row)
{
    help->rows = arena_grow(arena, help->rows, help->count, &help->capacity, sizeof(*help->rows));
    help->rows[help->count++] = row;
}

static void add_heading(struct arena *arena, struct help *help, const char *text)
{
    if (help->count > 0)
        add(arena, help, (struct list_row){ .text = "", .heading = true });
    add(arena, help, (struct list_row){ .text = text, .heading = true });
}

/* A key's line may have words behind the command: "persona next" is of the command "persona". */
static bool runs(const struct binding *binding, const struct command *command)
{
    size_t length = strlen(command->name);
    return strncmp(binding->command, command->name, length) == 0 &&
           (binding->command[length] == '\0' || binding->command[length] == ' ');
}

static void add_key(struct arena *arena, struct str *keys, const char *key, bool ascii)
{
    if (keys->length > 0)
        str_append_char(keys, ' ');
    str_append(keys, key_label(arena, key, ascii));
}

/* Where a group's keys are found. */
static enum mode mode_of(enum command_group group)
{
    switch (group) {
    case GROUP_GAPS:
        return MODE_GAPS;
    case GROUP_BOARD:
        return MODE_BOARD;
    case GROUP_METRICS:
        return MODE_METRICS;
    case GROUP_PORTFOLIO:
        return MODE_PORTFOLIO;
    case GROUP_REDUCTION:
        return MODE_REDUCTION;
    case GROUP_PATHS:
        return MODE_PATHS;
    default:
        return MODE_NORMAL;
    }
}

/* More of them would only push the words away. */
#define KEYS_MOST 4

/* The keys of the view for a command, in the order of the tables: "p P"; "" for none. */
static const char *keys_of(const struct session *session, struct arena *arena,
                           const struct command *command, bool ascii)
{
    const struct keymap *keymap = &session->keymap;
    enum mode mode = mode_of(command->group);
    struct str keys;
    size_t count = 0;
    str_init(&keys);
    for (size_t i = 0; i < keymap->own_count; i++) {
        if (runs(&keymap->own[i], command))
            add_key(arena, &keys, keymap->own[i].key, ascii);
    }
    for (size_t layer = 0; layer < KEY_LAYERS; layer++) {
        for (size_t i = 0; i < key_layers[mode][layer].count; i++) {
            const struct binding *binding = &key_layers[mode][layer].items[i];
            bool mine = keymap_find(keymap, mode, binding->key) == binding;
            bool wheel = strncmp(binding->key, "Wheel", 5) == 0;
            if (mine && runs(binding, command) && !wheel && count++ < KEYS_MOST)
                add_key(arena, &keys, binding->key, ascii);
        }
    }
    const char *text = arena_strdup(arena, keys.text);
    str_finish(&keys);
    return text;
}

static const char *usage_of(struct arena *arena, const struct command *command, bool wide)
{
    if (command->usage == NULL || !wide)
        return arena_printf(arena, ":%s", command->name);
    return arena_printf(arena, ":%s %s", command->name, _(command->usage));
}

static void add_group(const struct session *session, struct arena *arena, struct help *help,
                      enum command_group group, bool ascii, bool wide)
{
    add_heading(arena, help, _(command_group_title(group)));
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        if (command->group == group)
            add(arena, help, (struct list_row){
                                 .left = keys_of(session, arena, command, ascii),
                                 .text = _(command->help),
                                 .right = usage_of(arena, command, wide),
                             });
    }
}

static void add_settings(const struct session *session, struct arena *arena, struct help *help)
{
    add_heading(arena, help, _("Settings"));
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &settings[i];
        add(arena, help, (struct list_row){
                             .left = "",
                             .text = _(row->help),
                             .right = arena_printf(arena, ":set %s %s", row->name,
                                                   row->values[session->values[i]]),
                         });
    }
}

struct help help_rows(const struct session *session, struct arena *arena, bool ascii, bool wide)
{
    struct help help = { 0 };
    for (int group = 0; group < GROUP_LINE; group++)
        add_group(session, arena, &help, (enum command_group)group, ascii, wide);
    add_settings(session, arena, &help);
    return help;
}
