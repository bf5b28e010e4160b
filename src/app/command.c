/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/command.h>

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

static bool has_name(const struct command *command, const char *name)
{
    return strcmp(command->name, name) == 0 ||
           (command->alias != NULL && strcmp(command->alias, name) == 0);
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++) {
        if (has_name(&commands[i], name))
            return &commands[i];
    }
    return NULL;
}

const char *command_group_title(enum command_group group)
{
    static const char *const titles[GROUP_COUNT] = {
        [GROUP_MOVE] = N_("Moving"),
        [GROUP_LENS] = N_("Looking through other eyes"),
        [GROUP_SHOW] = N_("Showing and hiding"),
        [GROUP_GAPS] = N_("In the Gaps view"),
        [GROUP_BOARD] = N_("In the Opportunities view"),
        [GROUP_METRICS] = N_("In the Metrics view"),
        [GROUP_REDUCTION] = N_("In the Reduction view"),
        [GROUP_PATHS] = N_("In the Paths and Attribution views"),
        [GROUP_PORTFOLIO] = N_("The maps of a folder"),
        [GROUP_EDIT] = N_("Changing the map"),
        [GROUP_FILE] = N_("The map and its text"),
        [GROUP_PROGRAM] = N_("The program"),
        [GROUP_LINE] = N_("Typing and choosing"),
    };
    return titles[group];
}

static bool fail_unknown(const char *name, struct error *err)
{
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < command_count; i++) {
        near_offer(&near, commands[i].name);
        if (commands[i].alias != NULL)
            near_offer(&near, commands[i].alias);
    }
    if (near.best == NULL)
        return error_set(err, _("there is no command '%s'"), name);
    return error_set(err, _("there is no command '%s'; did you mean '%s'?"), name, near.best);
}

static const char blanks[] = " \t";

/* Splits in place: `text` becomes its words, each with a NUL behind it. */
static size_t split(struct arena *arena, char *text, const char ***out)
{
    size_t count = 0, capacity = 0;
    char *state = NULL;
    for (char *word = strtok_r(text, blanks, &state); word != NULL;
         word = strtok_r(NULL, blanks, &state)) {
        *out = arena_grow(arena, *out, count, &capacity, sizeof(**out));
        (*out)[count++] = word;
    }
    return count;
}

static bool check_count(const struct call *call, struct error *err)
{
    const struct command *command = call->command;
    size_t most = 0;
    while (most < COMMAND_ARGUMENTS && command->arguments[most] != ARGUMENT_NONE)
        most++;
    if (call->count >= command->least && (command->free || call->count <= most))
        return true;
    if (command->usage == NULL)
        return error_set(err, _("'%s' takes nothing behind it"), command->name);
    return error_set(err, _("'%s' wants: %s"), command->name, _(command->usage));
}

bool command_parse(struct arena *arena, const char *line, struct call *out, struct error *err)
{
    line += strspn(line, blanks);
    size_t length = strcspn(line, blanks);
    const char *name = arena_strndup(arena, line, length);
    *out = (struct call){ .command = command_find(name) };
    if (out->command == NULL)
        return fail_unknown(name, err);
    out->rest = line + length + strspn(line + length, blanks);
    out->count = split(arena, arena_strdup(arena, out->rest), &out->words);
    return check_count(out, err);
}
