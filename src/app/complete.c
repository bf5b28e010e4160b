/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/values.h>

#include <string.h>

#include <stellwerk/base/utf8.h>

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Drops what begins otherwise. The word counts as written, the label whatever its case. */
static void keep_beginning(struct arena *arena, struct values *values, const char *typed)
{
    const char *folded = utf8_fold(arena, typed);
    size_t kept = 0;
    for (size_t i = 0; i < values->count; i++) {
        struct value value = values->items[i];
        bool by_label = value.label != NULL && begins(utf8_fold(arena, value.label), folded);
        if (begins(value.word, typed) || by_label)
            values->items[kept++] = value;
    }
    values->count = kept;
}

/* A command's names complete by name alone: their labels are sentences. */
static void keep_named(struct values *values, const char *typed)
{
    size_t kept = 0;
    for (size_t i = 0; i < values->count; i++) {
        if (begins(values->items[i].word, typed))
            values->items[kept++] = values->items[i];
    }
    values->count = kept;
}

struct words_before {
    const char *words[1 + COMMAND_ARGUMENTS]; /* the command's name and what follows it */
    size_t count;
};

/* The words of a line before the one that begins at `from`. */
static struct words_before split_before(struct arena *arena, const char *line, size_t from)
{
    struct words_before before = { .count = 0 };
    char *text = arena_strndup(arena, line, from);
    char *state = NULL;
    for (char *word = strtok_r(text, " ", &state); word != NULL;
         word = strtok_r(NULL, " ", &state)) {
        if (before.count < 1 + COMMAND_ARGUMENTS)
            before.words[before.count] = word;
        before.count++;
    }
    return before;
}

static struct values values_at(struct arena *arena, const struct journey *journey,
                               const struct words_before *before)
{
    if (before->count == 0)
        return values_list(arena, journey, ARGUMENT_COMMAND, NULL);
    const struct command *command = command_find(before->words[0]);
    if (command == NULL || before->count > COMMAND_ARGUMENTS)
        return (struct values){ 0 };
    return values_list(arena, journey, command->arguments[before->count - 1],
                       before->words[before->count - 1]);
}

struct completion complete_line(struct arena *arena, const struct journey *journey,
                                const char *line, size_t cursor)
{
    size_t from = cursor;
    while (from > 0 && line[from - 1] != ' ')
        from--;
    const char *typed = arena_strndup(arena, line + from, cursor - from);
    struct words_before before = split_before(arena, line, from);
    struct completion completion = { .values = values_at(arena, journey, &before), .from = from };
    if (before.count == 0)
        keep_named(&completion.values, typed);
    else
        keep_beginning(arena, &completion.values, typed);
    return completion;
}
