/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/import_text.h>

#include <stdio.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/cli/output.h>

enum { NAME_COLUMNS = 40, SHOWN = 12 };

static const char *safe(struct arena *arena, const char *text)
{
    return sanitise_text(arena, text, SANITISE_ONE_LINE);
}

/* "label            value", lined up whatever the width of the characters. */
static void print_pair(struct arena *arena, const char *label, const char *value, FILE *out)
{
    const char *fit =
        utf8_fit(arena, safe(arena, label), NAME_COLUMNS, locale_is_utf8() ? "…" : "~");
    int pad = NAME_COLUMNS - utf8_width(fit);
    locale_print(arena_printf(arena, "  %s%*s  %s\n", fit, pad, "", value), out);
}

static void print_heading(struct arena *arena, const char *text)
{
    locale_print(arena_printf(arena, "\n%s\n", text), stdout);
}

static const char *delimiter_name(char delimiter)
{
    switch (delimiter) {
    case ',':
        return _("comma");
    case ';':
        return _("semicolon");
    case '\t':
        return _("tab");
    case '|':
        return _("bar");
    default:
        return _("other");
    }
}

static void print_format(struct arena *arena, const struct import_report *report)
{
    locale_print(arena_printf(arena, "%s\n", safe(arena, report->file)), stdout);
    print_pair(arena, _("rows are"), import_as_name(report->as), stdout);
    if (report->preset)
        print_pair(arena, _("preset"), report->preset, stdout);
    print_pair(arena, _("between columns"), delimiter_name(report->delimiter), stdout);
    print_pair(arena, _("encoding"), safe(arena, report->encoding), stdout);
    if (report->time_format)
        print_pair(arena, _("time format"), safe(arena, report->time_format), stdout);
    if (report->newest != TIME_NONE)
        print_pair(arena, _("time span"),
                   arena_printf(arena, "%s – %s", locale_day(arena, time_day(report->oldest)),
                                locale_day(arena, time_day(report->newest))),
                   stdout);
}

static void print_columns(struct arena *arena, const struct import_report *report)
{
    print_heading(arena, _("Columns: of the store, and of the file"));
    for (size_t i = 0; i < report->column_count; i++) {
        const struct import_column *column = &report->columns[i];
        const char *source = safe(arena, column->source);
        if (column->constant)
            source = arena_printf(arena, _("always '%s'"), source);
        print_pair(arena, column->column, source, stdout);
    }
    for (size_t i = 0; i < report->ignored.count; i++)
        print_pair(arena, _("(not taken)"), safe(arena, report->ignored.items[i]), stdout);
}

static void print_count(struct arena *arena, const char *label, uint64_t count)
{
    const char *text = locale_count(arena, count);
    print_pair(arena, label, arena_printf(arena, "%12s", text), stdout);
}

static void print_counts(struct arena *arena, const char *heading,
                         const struct import_counts *counts)
{
    if (counts->count == 0)
        return;
    print_heading(arena, heading);
    for (size_t i = 0; i < counts->count && i < SHOWN; i++)
        print_count(arena, counts->items[i].text, counts->items[i].count);
    if (counts->count > SHOWN)
        locale_print(arena_printf(arena,
                                  ngettext("  … and %zu more\n", "  … and %zu more\n",
                                           counts->count - SHOWN),
                                  counts->count - SHOWN),
                     stdout);
}

void print_preview(struct arena *arena, const struct import_report *report)
{
    print_format(arena, report);
    print_columns(arena, report);
    print_heading(arena, _("Rows"));
    print_count(arena, _("read"), report->records);
    print_count(arena, _("new"), report->taken);
    print_count(arena, _("known, would now say more"), report->updated);
    print_count(arena, _("known already"), report->duplicates);
    print_count(arena, _("rejected"), report->rejected);
    print_count(arena, _("answers not given"), report->missing);
    print_count(arena, _("not on the map"), report->unassigned_rows);
    print_counts(arena, _("Answers not given, by question"), &report->missing_by_question);
    print_counts(arena, _("Rows by touchpoint"), &report->touchpoints);
    print_counts(arena, _("Not on the map"), &report->unassigned);
    locale_print(_("\nNothing was changed.\n"), stdout);
}

static const char *outcome_counts(struct arena *arena, const struct import_report *report)
{
    const char *rows = locale_count(arena, report->records);
    const char *taken = locale_count(arena, report->taken);
    const char *known = locale_count(arena, report->duplicates + report->updated);
    const char *rejected = locale_count(arena, report->rejected);
    /* TRANSLATORS: what came of importing a file: its name, then counts. */
    const char *format = ngettext("%s: %s row read; %s taken, %s known already, %s rejected",
                                  "%s: %s rows read; %s taken, %s known already, %s rejected",
                                  (unsigned long)report->records);
    return arena_printf(arena, format, safe(arena, report->file), rows, taken, known, rejected);
}

static void print_beside(struct arena *arena, const struct import_report *report)
{
    if (report->missing) {
        const char *format = ngettext("  %s answer was not given (empty or NA)\n",
                                      "  %s answers were not given (empty or NA)\n",
                                      (unsigned long)report->missing);
        locale_print(arena_printf(arena, format, locale_count(arena, report->missing)), stderr);
    }
    if (report->unassigned_rows) {
        const struct import_count *most = &report->unassigned.items[0];
        const char *format = ngettext("  %s row is not on the map: %s (%s)\n",
                                      "  %s rows are not on the map; the most frequent: %s (%s)\n",
                                      (unsigned long)report->unassigned_rows);
        locale_print(arena_printf(arena, format, locale_count(arena, report->unassigned_rows),
                                  safe(arena, most->text), locale_count(arena, most->count)),
                     stderr);
    }
    if (!report->complete)
        locale_print(
            _("  broken off: what was taken is kept; import the file again to complete it\n"),
            stderr);
}

void print_outcome(struct arena *arena, const struct import_report *report, const char *rejects)
{
    locale_print(arena_printf(arena, "%s\n", outcome_counts(arena, report)), stderr);
    print_beside(arena, report);
    if (report->rejected && rejects)
        locale_print(arena_printf(arena, _("  rejected rows are in %s\n"), safe(arena, rejects)),
                     stderr);
    else if (report->rejected)
        locale_print(_("  --rejects FILE keeps the rejected rows with their reasons\n"), stderr);
}

/* Reasons are told as findings are: file, line, what is wrong. */
static void print_rejects(struct arena *arena, const struct import_report *report)
{
    for (size_t i = 0; i < report->reject_count; i++)
        locale_print(arena_printf(arena, "%s:%llu: %s\n", safe(arena, report->file),
                                  (unsigned long long)report->rejects[i].line,
                                  safe(arena, report->rejects[i].reason)),
                     stderr);
    if (report->rejected <= report->reject_count)
        return;
    uint64_t more = report->rejected - report->reject_count;
    const char *format = ngettext("%s: and %s more row rejected\n",
                                  "%s: and %s more rows rejected\n", (unsigned long)more);
    locale_print(arena_printf(arena, format, safe(arena, report->file), locale_count(arena, more)),
                 stderr);
}

void print_messages(struct arena *arena, const struct diag_list *diags,
                    const struct import_report *report, bool quiet)
{
    findings_print(diags, quiet ? SEVERITY_ERROR : SEVERITY_NOTE);
    print_rejects(arena, report);
}
