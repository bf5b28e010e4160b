/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/manual.h>

#include <config.h>

#include <stellwerk/app/command.h>
#include <stellwerk/app/keymap.h>
#include <stellwerk/base/i18n.h>

/* Text for troff: what it would take for a command or an escape is escaped. */
static void print_text(const char *text, FILE *out)
{
    for (bool start = true; *text; start = *text++ == '\n') {
        if (start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
    }
}

/* A tagged paragraph: what is typed, and what it does. */
static void print_entry(const char *text, FILE *out)
{
    print_text(text, out);
    fputs(".\n", out);
}

static void print_option(const struct option_row *row, FILE *out)
{
    fputs(".TP\n", out);
    if (row->letter)
        fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fprintf(out, "\\fB\\-\\-");
    print_text(row->name, out);
    fputs("\\fR", out);
    if (row->argument)
        fprintf(out, " \\fI%s\\fR", _(row->argument));
    for (size_t i = 0, shown = 0; row->kind == OPTION_WORD && i < row->words->count; i++)
        if (*row->words->items[i])
            fprintf(out, "%s\\fB%s\\fR", shown++ ? "|" : " ", row->words->items[i]);
    fputc('\n', out);
    print_entry(_(row->help), out);
}

static void print_subcommand(const struct usage *usage, FILE *out)
{
    fprintf(out, ".SS \\fBstellwerk %s\\fR ", usage->name);
    print_text(_(usage->operands), out);
    fputc('\n', out);
    print_text(_(usage->summary), out);
    fputc('\n', out);
    if (usage->details) {
        print_text(_(usage->details), out);
        fputc('\n', out);
    }
    const struct option_row *row;
    for (size_t i = 0; (row = usage_option(usage, i)); i++)
        print_option(row, out);
}

static void print_command(struct arena *arena, const struct keymap *keymap,
                          const struct command *command, FILE *out)
{
    const char *key = keymap_key_of(keymap, command->name);
    fprintf(out, ".TP\n\\fB:%s\\fR", command->name);
    if (command->usage) {
        fputc(' ', out);
        print_text(_(command->usage), out);
    }
    if (key) {
        fputs("  (", out);
        print_text(key_label(arena, key, true), out);
        fputc(')', out);
    }
    fputc('\n', out);
    print_entry(_(command->help), out);
}

static void print_workbench(FILE *out)
{
    struct keymap keymap;
    keymap_init(&keymap);
    for (enum command_group group = GROUP_MOVE; group < GROUP_LINE; group++) {
        fputs(".SS ", out);
        print_text(_(command_group_title(group)), out);
        fputc('\n', out);
        for (size_t i = 0; i < command_count; i++)
            if (commands[i].group == group)
                print_command(&keymap.arena, &keymap, &commands[i], out);
    }
    keymap_finish(&keymap);
}

void manual_write(const struct subcommand *const *subcommands, size_t count, FILE *out)
{
    fputs(".TH STELLWERK 1 \"\" \"" PACKAGE_STRING "\"\n.SH NAME\nstellwerk \\- ", out);
    print_text(_("customer-journey maps, with what was measured laid over them"), out);
    fputs("\n.SH SYNOPSIS\n\\fBstellwerk\\fR \\fIMAP\\fR\n.br\n"
          "\\fBstellwerk\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]\n",
          out);
    fprintf(out, ".SH %s\n", _("COMMANDS"));
    for (size_t i = 0; i < count; i++)
        print_subcommand(subcommands[i]->usage, out);
    fprintf(out, ".SH %s\n", _("IN THE WORKBENCH"));
    print_workbench(out);
    fprintf(out, ".SH %s\n", _("EXIT STATUS"));
    print_entry(_("0 where all is well, 1 for findings, 2 for wrong usage or failure"), out);
}
