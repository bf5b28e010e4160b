/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/import_text.h>

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/cli/output.h>

static const char *safe(struct arena *arena, const char *text)
{
    return sanitise_text(arena, text, SANITISE_ONE_LINE);
}

const char *duration_text(struct arena *arena, int64_t duration)
{
    const int64_t second = 1000000, minute = 60 * second, hour = 60 * minute;
    if (duration % TIME_US_PER_DAY == 0) {
        long days = (long)(duration / TIME_US_PER_DAY);
        return arena_printf(arena, ngettext("%ld day", "%ld days", (unsigned long)days), days);
    }
    if (duration % hour == 0) {
        long hours = (long)(duration / hour);
        return arena_printf(arena, ngettext("%ld hour", "%ld hours", (unsigned long)hours), hours);
    }
    return arena_printf(arena, _("%g min"), (double)duration / (double)minute);
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

/* What was found out rather than said, wherever it could have been otherwise. */
static void print_found_out(struct arena *arena, const struct import_report *report)
{
    if (report->encoding != NULL && strcasecmp(report->encoding, "UTF-8") != 0)
        locale_print(arena_printf(arena, _("  read as %s and converted to UTF-8\n"),
                                  safe(arena, report->encoding)),
                     stderr);
    if (report->headerless)
        locale_print(arena_printf(arena, _("  read as %s, which has no header\n"), report->preset),
                     stderr);
    if (report->time_format != NULL && report->time_example != NULL &&
        strcmp(report->time_format, "iso") != 0)
        locale_print(arena_printf(arena, _("  times are read as %s: '%s' is %s\n"),
                                  safe(arena, report->time_format),
                                  safe(arena, report->time_example),
                                  time_iso(arena, report->time_example_at)),
                     stderr);
}

static void print_unassigned(struct arena *arena, const struct import_report *report)
{
    const char *rows = locale_count(arena, report->unassigned_rows), *line;
    unsigned long count = (unsigned long)report->unassigned_rows;
    if (report->unassigned.count == 0) {
        line = arena_printf(arena,
                            ngettext("  %s row is on no touchpoint\n",
                                     "  %s rows are on no touchpoint\n", count),
                            rows);
    } else {
        const struct import_count *most = &report->unassigned.items[0];
        const char *format =
            report->has_map
                ? ngettext("  %s row is not on the map: %s (%s)\n",
                           "  %s rows are not on the map; the most frequent: %s (%s)\n", count)
                : ngettext("  %s row is on no touchpoint: %s (%s)\n",
                           "  %s rows are on no touchpoint; the most frequent: %s (%s)\n", count);
        line = arena_printf(arena, format, rows, safe(arena, most->text),
                            locale_count(arena, most->count));
    }
    locale_print(line, stderr);
}

static void print_beside(struct arena *arena, const struct import_report *report)
{
    print_found_out(arena, report);
    if (report->missing) {
        const char *format = ngettext("  %s answer was not given (empty or NA)\n",
                                      "  %s answers were not given (empty or NA)\n",
                                      (unsigned long)report->missing);
        locale_print(arena_printf(arena, format, locale_count(arena, report->missing)), stderr);
    }
    if (report->without_case) {
        const char *window = duration_text(arena, report->case_window);
        const char *format =
            ngettext("  %s event had no case: it was cut after %s without one\n",
                     "  %s events had no case: cases were cut after %s without one\n",
                     (unsigned long)report->without_case);
        locale_print(arena_printf(arena, format, locale_count(arena, report->without_case), window),
                     stderr);
    }
    if (report->case_window_changed)
        locale_print(_("  all such cases of the store were cut anew, as it had another window\n"),
                     stderr);
    if (report->unassigned_rows > 0)
        print_unassigned(arena, report);
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
