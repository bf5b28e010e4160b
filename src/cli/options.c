/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/options.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/near.h>
#include <stellwerk/cli/commands.h>

static const struct option_row common[] = {
    { .name = "help", .letter = 'h', .kind = OPTION_FLAG },
    { .name = "lang", .kind = OPTION_TEXT, .argument = "LANGUAGE" },
};
enum { COMMON_HELP, COMMON_LANG, COMMON_COUNT };

/* A reading of one command line. */
struct parse {
    const struct usage *usage;
    int argc, next;
    char **argv;
    char *values; /* the command's own struct */
    bool help;
    const char *unused; /* where values of common options go that were obeyed before */
};

static const struct option_row *find_in(const struct option_row *rows, size_t count,
                                        const char *name, size_t length, char letter)
{
    for (size_t i = 0; i < count; i++) {
        bool named = name && strlen(rows[i].name) == length && !memcmp(rows[i].name, name, length);
        if (named || (!name && letter && rows[i].letter == letter))
            return &rows[i];
    }
    return NULL;
}

const struct option_row *usage_option(const struct usage *usage, size_t index)
{
    if (index < usage->option_count)
        return &usage->options[index];
    index -= usage->option_count;
    return index < usage->shared_count ? &usage->shared[index] : NULL;
}

static const struct option_row *find_row(const struct usage *usage, const char *name, size_t length,
                                         char letter)
{
    const struct option_row *row =
        find_in(usage->options, usage->option_count, name, length, letter);
    if (!row)
        row = find_in(usage->shared, usage->shared_count, name, length, letter);
    return row ? row : find_in(common, COMMON_COUNT, name, length, letter);
}

static int wrong_unknown(const struct usage *usage, const char *name, size_t length)
{
    char wanted[64];
    struct near near;
    snprintf(wanted, sizeof wanted, "%.*s", (int)length, name);
    near_init(&near, wanted);
    const struct option_row *row;
    for (size_t i = 0; (row = usage_option(usage, i)); i++)
        near_offer(&near, row->name);
    for (size_t i = 0; i < COMMON_COUNT; i++)
        near_offer(&near, common[i].name);
    if (near.best)
        return usage_wrong(usage, _("there is no option --%s; the nearest is --%s"), wanted,
                           near.best);
    return usage_wrong(usage, _("there is no option --%s"), wanted);
}

static bool set_int(struct parse *parse, const struct option_row *row, const char *text, int *out)
{
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text || *end || number < 1 || number > INT_MAX) {
        usage_wrong(parse->usage, _("--%s takes a number from 1 on, not '%s'"), row->name, text);
        return false;
    }
    *out = (int)number;
    return true;
}

static void list_words(const struct words *words, char *list, size_t size)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < words->count && used < size; i++)
        if (*words->items[i])
            used += (size_t)snprintf(list + used, size - used, "%s%s", used ? ", " : "",
                                     words->items[i]);
}

static bool set_word(struct parse *parse, const struct option_row *row, const char *text, int *out)
{
    char list[256];
    struct near near;
    *out = words_find(row->words, text);
    if (*out >= 0)
        return true;
    list_words(row->words, list, sizeof list);
    near_init(&near, text);
    for (size_t i = 0; i < row->words->count; i++)
        near_offer(&near, row->words->items[i]);
    if (near.best)
        usage_wrong(parse->usage, _("--%s takes one of %s, not '%s'; the nearest is '%s'"),
                    row->name, list, text, near.best);
    else
        usage_wrong(parse->usage, _("--%s takes one of %s, not '%s'"), row->name, list, text);
    return false;
}

static bool add_text(struct parse *parse, const struct option_row *row, const char *text,
                     struct option_texts *out)
{
    if (out->count == OPTION_TEXTS_MAX) {
        usage_wrong(parse->usage, _("--%s is given more than %d times"), row->name,
                    OPTION_TEXTS_MAX);
        return false;
    }
    out->items[out->count++] = text;
    return true;
}

static void *value_of(struct parse *parse, const struct option_row *row)
{
    if (row == &common[COMMON_HELP])
        return &parse->help;
    if (row == &common[COMMON_LANG])
        return &parse->unused;
    return parse->values + row->offset;
}

/* `text` is the value that came with the option itself; NULL: it is the next word, if any. */
static bool take_option(struct parse *parse, const struct option_row *row, const char *text)
{
    void *value = value_of(parse, row);
    if (row->kind == OPTION_FLAG) {
        if (text) {
            usage_wrong(parse->usage, _("--%s takes no value"), row->name);
            return false;
        }
        *(bool *)value = true;
        return true;
    }
    if (!text && parse->next == parse->argc) {
        usage_wrong(parse->usage, _("--%s needs a value"), row->name);
        return false;
    }
    if (!text)
        text = parse->argv[parse->next++];
    if (row->kind == OPTION_INT)
        return set_int(parse, row, text, value);
    if (row->kind == OPTION_WORD)
        return set_word(parse, row, text, value);
    if (row->kind == OPTION_TEXTS)
        return add_text(parse, row, text, value);
    *(const char **)value = text;
    return true;
}

static bool take_long(struct parse *parse, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t length = equals ? (size_t)(equals - word) : strlen(word);
    const struct option_row *row = find_row(parse->usage, word, length, '\0');
    if (!row) {
        wrong_unknown(parse->usage, word, length);
        return false;
    }
    return take_option(parse, row, equals ? equals + 1 : NULL);
}

/* "-abc": flags may stand together, and the last letter may have its value behind it. */
static bool take_letters(struct parse *parse, const char *letters)
{
    for (; *letters; letters++) {
        const struct option_row *row = find_row(parse->usage, NULL, 0, *letters);
        if (!row) {
            usage_wrong(parse->usage, _("there is no option -%c"), *letters);
            return false;
        }
        if (row->kind != OPTION_FLAG)
            return take_option(parse, row, letters[1] ? letters + 1 : NULL);
        if (!take_option(parse, row, NULL))
            return false;
    }
    return true;
}

static bool is_operand(const struct usage *usage, const char *word)
{
    if (word[0] != '-' || word[1] == '\0')
        return true;
    /* "-5", "- a" */
    return usage->separated && (strcmp(word, "--") == 0 || strchr("0123456789. ", word[1]) != NULL);
}

static bool take_words(struct parse *parse, struct operands *out)
{
    bool only_operands = false;
    while (parse->next < parse->argc) {
        char *word = parse->argv[parse->next++];
        if (only_operands || is_operand(parse->usage, word)) {
            parse->argv[out->count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (!(word[1] == '-' ? take_long(parse, word + 2) : take_letters(parse, word + 1))) {
            return false;
        }
    }
    return true;
}

/* The least and the most of operands; says what is wrong. */
static bool count_operands(const struct usage *usage, const struct operands *operands)
{
    if (operands->count < usage->least)
        usage_wrong(usage, _("'%s' needs %s"), usage->name, _(usage->operands));
    else if (usage->most > 0 && operands->count > usage->most)
        usage_wrong(usage, _("'%s' is one too many: '%s' takes %s"), operands->items[usage->most],
                    usage->name, _(usage->operands));
    else
        return true;
    return false;
}

static int parse_and_run(const struct subcommand *subcommand, struct parse *parse)
{
    struct operands operands = { .items = parse->argv };
    if (!take_words(parse, &operands))
        return EXIT_WRONG;
    if (parse->help) {
        usage_help(subcommand->usage, stdout);
        return EXIT_FINE;
    }
    if (!count_operands(subcommand->usage, &operands))
        return EXIT_WRONG;
    return subcommand->run(parse->values, &operands);
}

int subcommand_run(const struct subcommand *subcommand, int argc, char **argv)
{
    struct parse parse = {
        .usage = subcommand->usage,
        .argc = argc,
        .argv = argv,
        .values = memory_alloc(subcommand->size),
    };
    if (subcommand->defaults != NULL)
        memcpy(parse.values, subcommand->defaults, subcommand->size);
    int status = parse_and_run(subcommand, &parse);
    free(parse.values);
    return status;
}

const char *options_language(int argc, char **argv)
{
    const char *language = NULL;
    for (int i = 0; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            language = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            language = argv[i + 1];
    }
    return language;
}
