/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "help.h"

#include <string.h>

#include <stellwerk/app/command.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/view.h>

#define WIDE_COLUMNS 110 /* what a command takes has room beside what it does */

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

/* What is being written, and for whom. */
struct writer {
    const struct session *session;
    struct arena *arena;
    struct help *help;
    bool ascii;
    int columns; /* of a row */
};

/* Keys, and a blank behind them. */
#define KEY_COLUMNS 14

/* Nothing of a text is cut: it goes on in the row below. */
static void add_entry(const struct writer *writer, const char *keys, const char *text,
                      const char *right)
{
    int room = writer->columns > 2 * KEY_COLUMNS ? writer->columns - KEY_COLUMNS : KEY_COLUMNS;
    size_t count;
    const char **lines = utf8_wrap(writer->arena, text, room, &count);
    for (size_t i = 0; i < count; i++) {
        bool beside =
            right != NULL && i + 1 == count && utf8_width(lines[i]) + 2 + utf8_width(right) <= room;
        add(writer->arena, writer->help,
            (struct list_row){
                .left = i == 0 ? keys : "", .text = lines[i], .right = beside ? right : NULL });
        if (right != NULL && i + 1 == count && !beside)
            add(writer->arena, writer->help,
                (struct list_row){ .left = "", .text = "", .right = right });
    }
}

static void add_group(const struct writer *writer, enum command_group group)
{
    bool wide = writer->columns >= WIDE_COLUMNS;
    add_heading(writer->arena, writer->help, _(command_group_title(group)));
    for (size_t i = 0; i < command_count; i++) {
        const struct command *command = &commands[i];
        if (command->group == group)
            add_entry(writer, keys_of(writer->session, writer->arena, command, writer->ascii),
                      _(command->help), usage_of(writer->arena, command, wide));
    }
}

/* The views by their keys. */
static void add_views(const struct writer *writer)
{
    struct arena *arena = writer->arena;
    add_heading(arena, writer->help, _("Views"));
    for (size_t i = 0; i < view_count; i++) {
        const char *line = arena_printf(arena, "view %s", views[i].name);
        const char *key = keymap_key_of(&writer->session->keymap, line);
        add_entry(writer, key != NULL ? key_label(arena, key, writer->ascii) : "",
                  arena_printf(arena, "%s: %s", _(views[i].title), _(views[i].about)),
                  arena_printf(arena, ":%s", line));
    }
}

/* What the head line counts. */
static void add_findings(const struct writer *writer)
{
    const struct revision *now = writer->session->document.now;
    size_t told = 0;
    for (size_t i = 0; now != NULL && i < now->findings.count; i++) {
        const struct diag *diag = &now->findings.items[i];
        if (diag->severity == SEVERITY_NOTE)
            continue;
        if (told++ == 0)
            add_heading(writer->arena, writer->help, _("What is wrong with the map"));
        add_entry(writer, arena_printf(writer->arena, _("line %u"), (unsigned)diag->pos.line),
                  diag->text, NULL);
    }
}

static void add_settings(const struct writer *writer)
{
    struct arena *arena = writer->arena;
    add_heading(arena, writer->help, _("Settings"));
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting_row *row = &settings[i];
        add_entry(
            writer, "", _(row->help),
            arena_printf(arena, ":set %s %s", row->name, row->values[writer->session->values[i]]));
    }
}

struct help help_rows(const struct session *session, struct arena *arena, bool ascii, int columns)
{
    struct help help = { 0 };
    const struct writer writer = {
        .session = session, .arena = arena, .help = &help, .ascii = ascii, .columns = columns
    };
    add_findings(&writer);
    add_views(&writer);
    for (int group = 0; group < GROUP_LINE; group++)
        add_group(&writer, (enum command_group)group);
    add_settings(&writer);
    return help;
}
