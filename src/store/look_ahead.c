/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look_ahead.h"

#include <string.h>
#include <sys/stat.h>

#include <stellwerk/base/i18n.h>

static bool can_be_read_twice(const char *file)
{
    struct stat status;
    return strcmp(file, "-") != 0 && stat(file, &status) == 0 && S_ISREG(status.st_mode);
}

static bool ask(const struct plan *plan, const char *file, struct error *err)
{
    return error_set(err, _("the times of '%s' in the column '%s' may have the day first or the "
                            "month; say which: --time-format dmy or --time-format mdy"),
                     file, column_info(plan->undecided)->name);
}

static bool ask_in_query(const struct plan *plan, struct error *err)
{
    return error_set(err, _("the times in the column '%s' may have the day first or the month; "
                            "give dates instead of texts, or say which: time_format: dmy or mdy"),
                     column_info(plan->undecided)->name);
}

static const char *value_of(const struct plan *plan, const struct record *record)
{
    return plan_read(plan, plan->undecided, plan_find_raw(plan, plan->undecided, record));
}

/* True when the record has settled it. */
static bool try_record(struct arena *arena, const struct record *record, struct plan *plan,
                       struct import_report *report)
{
    const char *value = record->count >= plan->header_seen ? value_of(plan, record) : NULL;
    if (value == NULL || !time_reader_decide(&plan->times[plan->undecided], value))
        return false;
    report->time_evidence = arena_strdup(arena, value);
    report->time_evidence_line = record->line;
    return true;
}

static bool search(struct arena *arena, const char *file, struct source *source,
                   const struct source_options *options, struct plan *plan,
                   struct import_report *report, struct error *err)
{
    struct record record;
    while (options->cancel == NULL || !atomic_load(options->cancel)) {
        switch (source_read(source, &record, err)) {
        case RECORD_FAILED:
            return false;
        case RECORD_END:
            return ask(plan, file, err);
        case RECORD_BAD:
            break;
        case RECORD_GOOD:
            if (try_record(arena, &record, plan, report))
                return true;
        }
    }
    return true; /* the import itself hears it, too */
}

bool look_ahead(struct arena *arena, const char *file, const struct source_options *options,
                const struct source_use *use, struct plan *plan, struct import_report *report,
                struct error *err)
{
    struct source source;
    struct texts header;
    if (options == NULL)
        return ask_in_query(plan, err);
    if (plan->bindings[plan->undecided].to != BOUND_TO_FIELD || !can_be_read_twice(file))
        return ask(plan, file, err);
    if (!source_open(&source, file, options, err))
        return false;
    bool done = source_read_header(&source, arena, &header, err) &&
                source_bind(&source, use, err) &&
                search(arena, file, &source, options, plan, report, err);
    source_close(&source);
    return done;
}
