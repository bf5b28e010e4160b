/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/options.h>

#include <stdarg.h>
#include <string.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

enum { HELP_COLUMN = 26, HELP_WIDTH = 80 };

/* "  -o, --output FILE", "      --color auto|always|never". */
static const char *row_label(struct arena *arena, const struct option_row *row)
{
    struct str str;
    str_init(&str);
    if (row->letter)
        str_printf(&str, "  -%c, --%s", row->letter, row->name);
    else
        str_printf(&str, "      --%s", row->name);
    if (row->argument)
        str_printf(&str, " %s", _(row->argument));
    for (size_t i = 0, shown = 0; row->kind == OPTION_WORD && i < row->words->count; i++)
        if (*row->words->items[i])
            str_printf(&str, "%s%s", shown++ ? "|" : " ", row->words->items[i]);
    const char *label = arena_strndup(arena, str.text, str.length);
    str_finish(&str);
    return label;
}

static void print_row(const char *label, const char *help, FILE *out)
{
    struct arena arena;
    arena_init(&arena);
    size_t count;
    const char **lines = utf8_wrap(&arena, help, HELP_WIDTH - HELP_COLUMN, &count);
    int gap = HELP_COLUMN - utf8_width(label);
    bool beside = gap > 1;
    locale_print(beside ? arena_printf(&arena, "%s%*s", label, gap, "")
                        : arena_printf(&arena, "%s\n", label),
                 out);
    for (size_t i = 0; i < count; i++) {
        int indent = i == 0 && beside ? 0 : HELP_COLUMN;
        locale_print(arena_printf(&arena, "%*s%s\n", indent, "", lines[i]), out);
    }
    arena_finish(&arena);
}

static void print_wrapped(const char *text, FILE *out)
{
    struct arena arena;
    arena_init(&arena);
    size_t count;
    const char **lines = utf8_wrap(&arena, text, HELP_WIDTH, &count);
    for (size_t i = 0; i < count; i++)
        locale_print(arena_printf(&arena, "%s\n", lines[i]), out);
    arena_finish(&arena);
}

void usage_help(const struct usage *usage, FILE *out)
{
    struct arena arena;
    arena_init(&arena);
    locale_print(arena_printf(&arena, _("Usage: stellwerk %s [OPTION...] %s\n\n"), usage->name,
                              _(usage->operands)),
                 out);
    print_wrapped(_(usage->summary), out);
    if (usage->details) {
        fputc('\n', out);
        print_wrapped(_(usage->details), out);
    }
    fputc('\n', out);
    locale_print(_("Options:\n"), out);
    const struct option_row *row;
    for (size_t i = 0; (row = usage_option(usage, i)); i++)
        print_row(row_label(&arena, row), _(row->help), out);
    print_row("      --lang de|en", _("Speak German or English, whatever the environment says"),
              out);
    print_row("  -h, --help", _("Show this help"), out);
    arena_finish(&arena);
}

void usage_summary(const struct usage *usage, FILE *out)
{
    struct arena arena;
    arena_init(&arena);
    print_row(arena_printf(&arena, "  %-6s %s", usage->name, _(usage->operands)),
              _(usage->summary), out);
    arena_finish(&arena);
}

int usage_wrong(const struct usage *usage, const char *format, ...)
{
    struct error err;
    va_list args;
    error_init(&err);
    va_start(args, format);
    vsnprintf(err.text, sizeof err.text, format, args);
    va_end(args);
    error_print(&err, stderr);
    error_set(&err, _("'stellwerk %s --help' shows what it takes"), usage->name);
    error_print(&err, stderr);
    return 2;
}
