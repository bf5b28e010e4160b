/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/import.h>

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

#include "check.h"
#include "cut.h"
#include "derived.h"
#include "import_source.h"
#include "loader.h"
#include "look_ahead.h"
#include "plan.h"
#include "resolver.h"
#include "row_reader.h"
#include "source.h"
#include "writer.h"

#define PROGRESS_RECORDS 1000

/* One import on its way. */
struct import {
    struct arena *arena;
    const struct import_options *options;
    struct import_report *report;
    struct import_report committed; /* the report as of the last commit */
    struct source *source;
    struct plan plan;
    const struct source_options *asked;
    struct source_use use;
    struct resolver resolver;
    struct row_reader rows;
    struct writer writer;
    struct loader *loader;  /* writes while records are read */
    struct textmap off_map; /* rows without a touchpoint, by activity */
};

static bool is_cancelled(const struct import *import)
{
    const atomic_bool *cancel = import->options->cancel;
    return cancel != NULL && atomic_load_explicit(cancel, memory_order_relaxed);
}

static void tell_progress(const struct import *import)
{
    if (import->options->watch == NULL)
        return;
    struct import_progress progress = {
        .bytes = source_done(import->source),
        .bytes_total = source_total(import->source),
        .records = import->report->records,
        .taken = import->report->taken,
        .rejected = import->report->rejected,
    };
    import->options->watch(&progress, import->options->watch_data);
}

/* Observations and paths are of days, events and answers of a moment. */
static bool has_days(const struct import *import)
{
    return import->plan.as == IMPORT_OBSERVATIONS || import->plan.as == IMPORT_PATHS;
}

/* The column that says when. */
static enum column time_column(const struct import *import)
{
    return has_days(import) ? COLUMN_PERIOD_START : COLUMN_TS;
}

/* ---- Records ---- */

static bool reject(struct import *import, const struct record *record, const char *reason,
                   struct error *err)
{
    struct import_report *report = import->report;
    report->rejected++;
    if (report->reject_count < IMPORT_REJECTS_SHOWN)
        report->rejects[report->reject_count++] = (struct import_reject){
            .line = record->line,
            .reason = arena_strdup(import->arena, reason),
        };
    struct rejects *rejects = import->options->rejects;
    return rejects == NULL || rejects_add(rejects, report->file, record->line, reason, record->raw,
                                          record->raw_length, err);
}

static void extend_span(struct import_report *report, int64_t first, int64_t last)
{
    if (report->oldest == TIME_NONE || first < report->oldest)
        report->oldest = first;
    if (report->newest == TIME_NONE || last > report->newest)
        report->newest = last;
}

/* The first time that was read stands for the others in a preview. */
static void show_time(struct import *import, const struct cell *cell)
{
    struct import_report *report = import->report;
    if (report->time_example != NULL || cell->raw == NULL || !cell->given)
        return;
    report->time_example = arena_strdup(import->arena, cell->raw);
    report->time_example_at = has_days(import) ? cell->time * TIME_US_PER_DAY : cell->time;
}

static void count_off_map(struct import *import, const struct cell *cells)
{
    if (cells[COLUMN_TOUCHPOINT].given)
        return;
    import->report->unassigned_rows++;
    if (cells[COLUMN_ACTIVITY].given)
        ++*textmap_get(&import->off_map, cells[COLUMN_ACTIVITY].text, 0);
}

static void count_row(struct import *import, const struct row *row)
{
    const struct cell *cells = row->cells;
    show_time(import, &cells[time_column(import)]);
    if (import->plan.as == IMPORT_EVENTS)
        import->report->without_case += row_needs_case(row);
    if (!has_days(import))
        extend_span(import->report, cells[COLUMN_TS].time, cells[COLUMN_TS].time);
    else if (cells[COLUMN_PERIOD_START].given)
        extend_span(import->report, cells[COLUMN_PERIOD_START].time * TIME_US_PER_DAY,
                    (cells[COLUMN_PERIOD_END].time + 1) * TIME_US_PER_DAY - 1);
    if (import->plan.as != IMPORT_PATHS)
        count_off_map(import, cells);
}

static bool put_rows(struct import *import, struct error *err)
{
    const struct row_reader *rows = &import->rows;
    for (size_t i = 0; i < rows->count; i++)
        count_row(import, &rows->rows[i]);
    return loader_add(import->loader, rows->rows, rows->count, import->report, err);
}

static bool import_record(struct import *import, const struct record *record, struct error *err)
{
    struct error why;
    if (record->problem != NULL)
        return reject(import, record, record->problem, err);
    enum row_result result = row_read(&import->rows, record, &why);
    if (result == ROW_UNDECIDED) {
        if (!look_ahead(import->arena, import->report->file, import->asked, &import->use,
                        &import->plan, import->report, err))
            return false;
        result = row_read(&import->rows, record, &why);
    }
    switch (result) {
    case ROW_GOOD:
        import->report->missing = import->rows.missing;
        return put_rows(import, err);
    case ROW_REJECTED:
        return reject(import, record, why.text, err);
    case ROW_UNDECIDED: /* cancelled before it was found out */
        import->report->records--;
        break;
    case ROW_FAILED:
        return error_set(err, "%s", why.text);
    }
    return true;
}

/* The window that cases are cut by; known when the first row needs it. */
static bool settle_window(struct import *import, struct store *store, struct error *err)
{
    const struct import_mapping *mapping = import->options->mapping;
    int64_t window = import->options->case_window;
    if (window == 0 && mapping != NULL)
        window = mapping->case_window;
    if (window == 0 && store != NULL && !cut_read_window(store, &window, err))
        return false;
    import->report->case_window = window != 0 ? window : IMPORT_CASE_WINDOW;
    import->writer.seen.window = import->report->case_window;
    return true;
}

/* Sources and queries hear a cancel, too: breaking off is then no failure. */
static bool forgive_cancel(const struct import *import, struct error *err)
{
    if (!is_cancelled(import))
        return false;
    if (err != NULL)
        error_init(err);
    return true;
}

/* Of what is done behind the rows. */
static bool note_cancel(struct import *import, bool cancelled, struct error *err)
{
    if (cancelled)
        import->report->complete = false;
    return !cancelled || forgive_cancel(import, err);
}

/* What is left to do behind the rows, for those of earlier imports that were broken off, too. */
static bool cut_all_cases(struct import *import, struct store *store, struct error *err)
{
    bool cancelled;
    if (import->options->dry_run)
        return true;
    if (!cut_cases(store, import->options->cancel, &cancelled, err))
        return false;
    return note_cancel(import, cancelled, err);
}

/* Tables that follow from the rows: what of them the rows have made stale. */
static bool refresh_derived(struct import *import, struct store *store, struct error *err)
{
    bool cancelled;
    if (import->options->dry_run)
        return true;
    if (!derived_bring_up_to_date(store, import->options->cancel, &cancelled, err))
        return false;
    return note_cancel(import, cancelled, err);
}

/* To the end of the file, or until it is cancelled. */
static bool read_records(struct import *import, struct error *err)
{
    struct record record;
    while (!is_cancelled(import)) {
        switch (source_read(import->source, &record, err)) {
        case RECORD_FAILED:
            return forgive_cancel(import, err);
        case RECORD_END:
            import->report->complete = true;
            import->report->digest = source_digest(import->source);
            return true;
        case RECORD_GOOD:
        case RECORD_BAD:
            break;
        }
        import->report->records++;
        if (!import_record(import, &record, err))
            return false;
        if (import->report->records % PROGRESS_RECORDS == 0)
            tell_progress(import);
    }
    return true;
}

static bool import_records(struct import *import, struct error *err)
{
    if (!loader_start(&import->writer, import->options, &import->committed, &import->loader, err))
        return false;
    bool read = read_records(import, err);
    return loader_end(import->loader, import->report, read ? err : NULL) && read;
}

/* ---- The report ---- */

static int by_count(const void *a, const void *b)
{
    const struct import_count *left = a, *right = b;
    if (left->count != right->count)
        return left->count < right->count ? 1 : -1;
    return strcmp(left->text, right->text);
}

static void add_count(struct import *import, struct import_counts *counts, size_t *capacity,
                      const char *text, uint64_t count)
{
    counts->items =
        arena_grow(import->arena, counts->items, counts->count, capacity, sizeof(*counts->items));
    counts->items[counts->count++] = (struct import_count){
        .text = arena_strdup(import->arena, text),
        .count = count,
    };
}

static void sort_counts(struct import_counts *counts)
{
    if (counts->count > 0)
        qsort(counts->items, counts->count, sizeof(*counts->items), by_count);
}

static void report_touchpoints(struct import *import)
{
    struct import_report *report = import->report;
    size_t on = 0, off = 0;
    const struct textmap_entry *entry = NULL;
    struct textmap touchpoints;
    textmap_init(&touchpoints);
    resolver_count(&import->resolver, &touchpoints);
    while ((entry = textmap_next(&touchpoints, entry)) != NULL) {
        uint64_t rows = (uint64_t)entry->number;
        add_count(import, &report->touchpoints, &on, entry->text, rows);
        if (resolver_on_map(&import->resolver, entry->text))
            continue;
        add_count(import, &report->unassigned, &off, entry->text, rows);
        report->unassigned_rows += rows;
    }
    while ((entry = textmap_next(&import->off_map, entry)) != NULL)
        add_count(import, &report->unassigned, &off, entry->text, (uint64_t)entry->number);
    textmap_finish(&touchpoints);
    sort_counts(&report->touchpoints);
    sort_counts(&report->unassigned);
}

static void report_questions(struct import *import)
{
    size_t capacity = 0;
    for (size_t i = 0; i < import->plan.question_count; i++)
        add_count(import, &import->report->missing_by_question, &capacity,
                  import->plan.questions[i].unpivot->column, import->rows.missing_by_question[i]);
}

static void finish_report(struct import *import)
{
    struct import_report *report = import->report;
    const struct time_reader *times = &import->plan.times[time_column(import)];
    const char *format = time_reader_name(times);
    report->time_without_offset = times->without_offset;
    report->time_format = format != NULL ? arena_strdup(import->arena, format) : NULL;
    const char *encoding = source_format(import->source).encoding;
    report->encoding = encoding != NULL ? arena_strdup(import->arena, encoding) : NULL;
    report_touchpoints(import);
    report_questions(import);
    tell_progress(import);
}

/* The earlier import of the very same bytes, if any. */
static bool find_earlier(struct import *import, struct store *store, struct error *err)
{
    sqlite3_stmt *statement;
    struct import_report *report = import->report;
    unsigned char digest[SQL_DIGEST_BYTES];
    if (store == NULL || !report->complete)
        return true;
    if (!sql_prepare(store, "SELECT max(id) FROM batch WHERE digest = ?1 AND id <> ?2", &statement,
                     err))
        return false;
    sql_write_digest(report->digest, digest);
    sqlite3_bind_blob(statement, 1, digest, sizeof(digest), SQLITE_STATIC);
    sqlite3_bind_int64(statement, 2, import->writer.changed ? import->writer.batch : 0);
    enum sql_result result = sql_step(store, statement, err);
    if (result == SQL_ROW)
        report->seen_in_batch = (uint64_t)sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result != SQL_FAILED;
}

/* ---- From beginning to end ---- */

static bool read_header(struct import *import, const char *file, struct error *err)
{
    struct texts header;
    struct plan *plan = &import->plan;
    if (!source_read_header(import->source, import->arena, &header, err) ||
        !plan_make(import->arena, file, &header, import->source, import->options, plan, err))
        return false;
    struct source_format format = source_format(import->source);
    import->report->form = format.form;
    import->report->packed = format.packed;
    import->report->headerless = format.headerless;
    import->report->delimiter = format.delimiter;
    plan_report(import->arena, plan, import->report);
    const struct binding *cases = &plan->bindings[COLUMN_CASE_ID];
    import->use = (struct source_use){
        .header = &plan->header,
        .wanted = plan_wanted(import->arena, plan),
        .case_field = cases->to == BOUND_TO_FIELD ? cases->fields[0] : NO_FIELD,
    };
    return source_bind(import->source, &import->use, err);
}

/* What was broken off is kept, or else forgotten as if it had never begun. */
static bool keep(struct import *import, struct store *store, struct error *err)
{
    if (import->options->whole && !import->report->complete) {
        *import->report = import->committed;
        return true;
    }
    return find_earlier(import, store, err) &&
           loader_commit(&import->writer, import->options, import->report, err);
}

static bool run(struct import *import, struct store *store, struct error *err)
{
    const struct import_options *options = import->options;
    import->committed = *import->report;
    bool done = settle_window(import, store, err) &&
                writer_begin(&import->writer, options->cancel, err) &&
                import_records(import, err) && keep(import, store, err);
    if (!done)
        *import->report = import->committed;
    done = done && cut_all_cases(import, store, err) && refresh_derived(import, store, err);
    finish_report(import);
    /* Waiting for the lock may have been cancelled: as good as cancelling the rows behind it. */
    return done || (store != NULL && store_was_stopped(store) && forgive_cancel(import, err));
}

static bool import_rows(struct import *import, struct store *store, struct error *err)
{
    const struct import_options *options = import->options;
    const struct plan *plan = &import->plan;
    bool lower_channels = plan->preset != NULL && plan->preset->lower_channels;
    if (!writer_init(&import->writer, store, plan->as, options->dry_run, err))
        return false;
    textmap_init(&import->off_map);
    resolver_init(&import->resolver, import->arena, options->mapping, options->journey,
                  lower_channels, options->diags);
    row_reader_init(&import->rows, &import->plan, &import->resolver);

    bool done = run(import, store, err);

    row_reader_finish(&import->rows);
    resolver_finish(&import->resolver);
    textmap_finish(&import->off_map);
    writer_finish(&import->writer);
    return done;
}

static struct import_report empty_report(struct arena *arena, const char *file,
                                         const struct import_options *options)
{
    return (struct import_report){
        .file = arena_strdup(arena, file),
        .has_map = options->journey != NULL,
        .oldest = TIME_NONE,
        .newest = TIME_NONE,
    };
}

bool import_source(struct arena *arena, struct store *store, struct source *source,
                   const struct source_options *asked, const struct import_options *options,
                   struct import_report *out, struct error *err)
{
    struct import import = {
        .arena = arena,
        .options = options,
        .report = out,
        .source = source,
        .asked = asked,
    };
    *out = empty_report(arena, source->path, options);
    return read_header(&import, source->path, err) && import_rows(&import, store, err);
}

bool store_import(struct arena *arena, struct store *store, const char *file,
                  const struct import_options *options, struct import_report *out,
                  struct error *err)
{
    struct source source;
    const struct import_mapping *mapping = options->mapping;
    const struct source_options asked = {
        .csv.delimiter = mapping != NULL ? mapping->delimiter : '\0',
        .csv.encoding = mapping != NULL ? mapping->encoding : NULL,
        .cancel = options->cancel,
    };
    *out = empty_report(arena, file, options);
    if (!source_open(&source, file, &asked, err))
        return false;
    bool done = import_source(arena, store, &source, &asked, options, out, err);
    source_close(&source);
    return done;
}
