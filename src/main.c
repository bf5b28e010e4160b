/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program begins: the language, the subcommand, nothing else. */

#include <config.h>

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/near.h>
#include <stellwerk/cli/commands.h>
#include <stellwerk/cli/manual.h>
#include <stellwerk/tui/tui.h>

/* ---- The workbench as a subcommand ------------------------------------------------ */

static const struct option_row open_rows[] = {
    { .name = "store",
      .kind = OPTION_TEXT,
      .argument = N_("FILE"),
      .help = N_("Measured figures from this store, not from the one that the map names"),
      .offset = offsetof(struct tui_options, store) },
    { .name = "persona",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .help = N_("Begin through the eyes of one persona"),
      .offset = offsetof(struct tui_options, persona) },
    { .name = "context",
      .kind = OPTION_TEXT,
      .argument = N_("ID"),
      .help = N_("Begin in one context"),
      .offset = offsetof(struct tui_options, context) },
    { .name = "period",
      .kind = OPTION_TEXT,
      .argument = N_("PERIOD"),
      .help = N_("Begin with the figures of one period"),
      .offset = offsetof(struct tui_options, period) },
    { .name = "live",
      .kind = OPTION_FLAG,
      .help = N_("Save every edit at once: two people can edit one map at the same time"),
      .offset = offsetof(struct tui_options, live) },
};

static const struct usage open_usage = {
    .name = "open",
    .operands = N_("MAP|FOLDER"),
    .summary = N_("Open a map in the workbench, or a table of all maps in a folder. `stellwerk "
                  "MAP` is short for it."),
    .details = N_("The last line of the screen says what can be done; ? shows every key."),
    .options = open_rows,
    .option_count = sizeof open_rows / sizeof *open_rows,
    .least = 1,
    .most = 1,
};

static int run_open(void *given, const struct operands *maps)
{
    struct tui_options *options = given;
    options->map = maps->items[0];
    return tui_open(options);
}

static const struct subcommand command_open = {
    .usage = &open_usage,
    .run = run_open,
    .size = sizeof(struct tui_options),
};

/* ---- All of them -------------------------------------------------------------------- */

static const struct subcommand *const commands[] = {
    &command_open,   &command_new,  &command_check, &command_report,
    &command_import, &command_edit, &command_store, &command_sync,
};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

static void print_line(const char *text, FILE *out)
{
    locale_print(text, out);
    fputc('\n', out);
}

static void print_start(FILE *out)
{
    print_line(_("stellwerk: customer-journey maps, with what was measured laid over them"), out);
    fputc('\n', out);
    print_line(_("To begin:  stellwerk MAP.yaml"), out);
    fputc('\n', out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        usage_summary(commands[i]->usage, out);
    fputc('\n', out);
    print_line(_("'stellwerk COMMAND --help' shows what a command takes."), out);
}

static int wrong_command(const char *word)
{
    struct near near;
    struct error err;
    near_init(&near, word);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        near_offer(&near, commands[i]->usage->name);
    error_init(&err);
    if (near.best)
        error_set(&err,
                  _("there is neither a command nor a file '%s'; the nearest command is '%s'"),
                  word, near.best);
    else
        error_set(&err,
                  _("there is neither a command nor a file '%s'; 'stellwerk --help' shows "
                    "what there is"),
                  word);
    error_print(&err, stderr);
    return EXIT_WRONG;
}

static bool looks_like_map(const char *word)
{
    struct stat status;
    size_t length = strlen(word);
    return stat(word, &status) == 0 || strchr(word, '/') ||
           (length > 5 && strcmp(word + length - 5, ".yaml") == 0) ||
           (length > 4 && strcmp(word + length - 4, ".yml") == 0);
}

/* NULL where the word names none. */
static const struct subcommand *find_command(const char *word)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i]->usage->name, word) == 0)
            return commands[i];
    return NULL;
}

static int dispatch(int argc, char **argv)
{
    const char *word = argv[0];
    const struct subcommand *command = find_command(word);
    if (command != NULL)
        return subcommand_run(command, argc - 1, argv + 1);
    if (word[0] == '-' || looks_like_map(word))
        return subcommand_run(&command_open, argc, argv);
    return wrong_command(word);
}

/* Where the command stands; only the language may come before it. */
static int first_word(int argc, char **argv)
{
    int i = 1;
    while (i < argc) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            i++;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            i += 2;
        else
            break;
    }
    return i;
}

int main(int argc, char **argv)
{
    /* A file above its limit is then a failed write, which is told, and ends no program. */
    signal(SIGXFSZ, SIG_IGN);
    const char *language = options_language(argc, argv);
    int first = first_word(argc, argv);
    const char *word = first < argc ? argv[first] : "--help";
    if (!locale_init(language)) {
        const struct subcommand *command = find_command(word);
        return usage_wrong(command != NULL ? command->usage : &open_usage,
                           _("--lang takes de or en, not '%s'"), language);
    }
    if (strcmp(word, "--version") == 0) {
        puts(PACKAGE_STRING);
        return EXIT_FINE;
    }
    if (strcmp(word, "--manual") == 0) {
        manual_write(commands, COMMAND_COUNT, stdout);
        return EXIT_FINE;
    }
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        print_start(stdout);
        return EXIT_FINE;
    }
    return dispatch(argc - first, argv + first);
}
