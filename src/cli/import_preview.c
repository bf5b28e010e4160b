/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file would bring, on a terminal of 80 columns: first how it was understood, since that is
 * where an import goes wrong, then what becomes of its rows.
 */

#include <stellwerk/cli/import_text.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

/* From the left: a label, or a name with its count and its bar. */
enum { WIDTH = 80, INDENT = 2, LABEL = 16, NAME = 38, COUNT = 12, BAR = 24, SHOWN = 12 };

static const char *safe(struct arena *arena, const char *text)
{
    return sanitise_text(arena, text, SANITISE_ONE_LINE);
}

static void print(struct arena *arena, const char *text)
{
    locale_print(arena_printf(arena, "%s\n", text), stdout);
}

static void print_heading(struct arena *arena, const char *text)
{
    print(arena, "");
    print(arena, text);
}

static const char *fit(struct arena *arena, const char *text, int columns)
{
    return utf8_fit(arena, text, columns, utf8_is_spoken() ? "…" : "~");
}

/* "  label           value", the value wrapped below itself. */
static void print_fact(struct arena *arena, const char *label, const char *value)
{
    size_t count;
    const char **lines = utf8_wrap(arena, value, WIDTH - INDENT - LABEL - 1, &count);
    for (size_t i = 0; i < count; i++) {
        const char *head = i == 0 ? fit(arena, label, LABEL) : "";
        print(arena, arena_printf(arena, "%*s%s%*s %s", INDENT, "", head,
                                  LABEL - utf8_width(head), "", lines[i]));
    }
}

/* ---- How the file was understood ---- */

static const char *form_text(const struct import_report *report)
{
    switch (report->form) {
    case IMPORT_JSON:
        return _("an object of JSON a line");
    case IMPORT_OCEL:
        return _("an OCEL 2.0 event log");
    case IMPORT_WAREHOUSE:
        return _("the result of a query");
    case IMPORT_CSV:
        break;
    }
    switch (report->delimiter) {
    case ',':
        return _("CSV with commas");
    case ';':
        return _("CSV with semicolons");
    case '\t':
        return _("CSV with tabs");
    case '|':
        return _("CSV with bars");
    default:
        return _("CSV with a delimiter of its own");
    }
}

static const char *encoding_text(struct arena *arena, const char *encoding)
{
    if (strcasecmp(encoding, "UTF-8") == 0)
        return encoding;
    if (strcasecmp(encoding, "WINDOWS-1252") == 0)
        return _("Windows-1252 (Latin-1 and its like), converted to UTF-8");
    return arena_printf(arena, _("%s, converted to UTF-8"), safe(arena, encoding));
}

/* The words of `time_format`, as people say them; a pattern stands for itself. */
static const char *time_text(struct arena *arena, const char *format)
{
    static const struct {
        const char *name, *text;
    } formats[] = {
        { "iso", N_("ISO 8601 (iso)") },
        { "ymd", N_("year, month, day (ymd)") },
        { "dmy", N_("day, month, year (dmy)") },
        { "mdy", N_("month, day, year (mdy)") },
        { "js", N_("dates as JavaScript writes them (js)") },
        { "epoch_s", N_("seconds since 1970 (epoch_s)") },
        { "epoch_ms", N_("milliseconds since 1970 (epoch_ms)") },
        { "epoch_us", N_("microseconds since 1970 (epoch_us)") },
    };
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (strcmp(formats[i].name, format) == 0)
            return _(formats[i].text);
    return safe(arena, format);
}

static void print_times(struct arena *arena, const struct import_report *report)
{
    if (report->time_format == NULL)
        return;
    print_fact(arena, _("times"), time_text(arena, report->time_format));
    if (report->time_evidence != NULL)
        print_fact(arena, "",
                   arena_printf(arena, _("because of '%s' in line %s"),
                                safe(arena, report->time_evidence),
                                locale_count(arena, report->time_evidence_line)));
    if (report->time_example != NULL)
        print_fact(arena, "",
                   arena_printf(arena, _("'%s' is %s"), safe(arena, report->time_example),
                                time_iso(arena, report->time_example_at)));
    if (report->time_without_offset)
        print_fact(arena, "", _("where no offset is given, UTC is meant"));
}

static void print_cases(struct arena *arena, const struct import_report *report)
{
    if (report->without_case == 0)
        return;
    const char *format = ngettext("%s event has no case: it is cut from the person's events, after "
                                  "%s without one",
                                  "%s events have no case: they are cut from each person's events, "
                                  "after %s without one",
                                  (unsigned long)report->without_case);
    print_fact(arena, _("cases"),
               arena_printf(arena, format, locale_count(arena, report->without_case),
                            duration_text(arena, report->case_window)));
}

static void print_facts(struct arena *arena, const struct import_report *report)
{
    print(arena, safe(arena, report->file));
    print_fact(arena, _("rows are"), _(import_as_name(report->as)));
    print_fact(arena, _("written as"), form_text(report));
    if (report->packed)
        print_fact(arena, _("packed"), "gzip");
    if (report->encoding != NULL)
        print_fact(arena, _("encoding"), encoding_text(arena, report->encoding));
    if (report->headerless)
        print_fact(arena, _("header"), _("none; fields are known by their places"));
    if (report->preset != NULL)
        print_fact(arena, _("preset"), report->preset);
    print_times(arena, report);
    if (report->newest != TIME_NONE)
        print_fact(arena, _("time span"),
                   arena_printf(arena, "%s – %s", locale_day(arena, time_day(report->oldest)),
                                locale_day(arena, time_day(report->newest))));
    print_cases(arena, report);
}

static void print_ignored(struct arena *arena, const struct texts *ignored)
{
    struct str list;
    str_init(&list);
    for (size_t i = 0; i < ignored->count; i++)
        str_printf(&list, "%s%s", i > 0 ? ", " : "", safe(arena, ignored->items[i]));
    if (ignored->count > 0)
        print_fact(arena, _("not taken"), list.text);
    str_finish(&list);
}

static void print_columns(struct arena *arena, const struct import_report *report)
{
    print_heading(arena, _("Columns of the store, and where they come from"));
    for (size_t i = 0; i < report->column_count; i++) {
        const struct import_column *column = &report->columns[i];
        const char *source = safe(arena, column->source);
        if (column->constant)
            source = arena_printf(arena, _("always '%s'"), source);
        else if (column->unseen)
            source = arena_printf(arena, _("%s, which the first lines do not have"), source);
        print_fact(arena, column->column, source);
    }
    print_ignored(arena, &report->ignored);
}

/* ---- What becomes of its rows ---- */

/* A bar as long as the share; the least share above nothing is seen. */
static const char *bar(struct arena *arena, uint64_t count, uint64_t all)
{
    struct str cells;
    str_init(&cells);
    double share = all > 0 ? (double)count / (double)all : 0;
    int full = (int)(share * BAR + 0.5);
    full = full == 0 && share > 0 ? 1 : full;
    for (int i = 0; i < full; i++)
        str_append(&cells, utf8_is_spoken() ? "█" : "#");
    const char *text = arena_strdup(arena, cells.text);
    str_finish(&cells);
    return text;
}

static void print_count(struct arena *arena, const char *name, uint64_t count, uint64_t all)
{
    const char *label = fit(arena, safe(arena, name), NAME), *number = locale_count(arena, count);
    const char *cells = bar(arena, count, all);
    print(arena, arena_printf(arena, "%*s%s%*s%*s%s%s%s", INDENT, "", label,
                              NAME - utf8_width(label), "", COUNT - utf8_width(number), "", number,
                              cells[0] != '\0' ? "  " : "", cells));
}

static void print_rows(struct arena *arena, const struct import_report *report)
{
    const struct {
        const char *name;
        uint64_t count;
        bool always;
    } counts[] = {
        { _("read"), report->records, true },
        { _("new"), report->taken, true },
        { _("known, would now say more"), report->updated, false },
        { _("known already"), report->duplicates, true },
        { _("rejected"), report->rejected, true },
        { _("answers not given"), report->missing, false },
        { report->has_map ? _("not on the map") : _("on no touchpoint"), report->unassigned_rows,
          false },
    };
    print_heading(arena, _("Rows"));
    for (size_t i = 0; i < ARRAY_LEN(counts); i++)
        if (counts[i].always || counts[i].count > 0)
            print_count(arena, counts[i].name, counts[i].count, i > 0 ? report->records : 0);
}

static void print_counts(struct arena *arena, const char *heading,
                         const struct import_counts *counts)
{
    if (counts->count == 0)
        return;
    print_heading(arena, heading);
    uint64_t most = counts->items[0].count;
    for (size_t i = 0; i < counts->count && i < SHOWN; i++)
        print_count(arena, counts->items[i].text, counts->items[i].count, most);
    if (counts->count > SHOWN)
        print(arena, arena_printf(arena,
                                  ngettext("  … and %zu more", "  … and %zu more",
                                           counts->count - SHOWN),
                                  counts->count - SHOWN));
}

void print_preview(struct arena *arena, const struct import_report *report)
{
    print_facts(arena, report);
    print_columns(arena, report);
    print_rows(arena, report);
    print_counts(arena, _("Answers not given, by question"), &report->missing_by_question);
    print_counts(arena, _("Rows by touchpoint"), &report->touchpoints);
    print_counts(arena, report->has_map ? _("Not on the map") : _("On no touchpoint"),
                 &report->unassigned);
    print_heading(arena, _("Nothing was changed."));
}
