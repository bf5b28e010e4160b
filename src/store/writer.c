/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>

#include "batch.h"
#include "check.h"
#include "upsert.h"
#include "writer_values.h"

/* ---- A row, as the statement asks for it ---- */

/* The numbers of its words. */
static bool number_words(struct writer *writer, const struct row *row, struct error *err)
{
    for (column_set left = row->given & writer->word_columns; left != 0; left &= left - 1) {
        enum column column = column_first(left);
        const struct cell *cell = &row->cells[column];
        if (!(cell->kept ? dictionary_number_kept : dictionary_number)(
                &writer->dictionary, cell->text, &writer->words[column], err))
            return false;
    }
    return true;
}

static const char *text_or(const struct cell *cell, const char *else_text)
{
    return cell->given ? cell->text : else_text;
}

/* Which case an event is of: its own, or a cut one if that is sure. */
static bool find_case(struct writer *writer, const struct row *row, struct error *err)
{
    const struct cell *cells = row->cells;
    writer->is_cut = writer->as == IMPORT_EVENTS && row_needs_case(row);
    writer->case_id = text_or(&cells[COLUMN_CASE_ID], NULL);
    return !writer->is_cut || writer->dry_run ||
           last_seen_case(&writer->seen, cells[COLUMN_PERSON_ID].text, cells[COLUMN_TS].time,
                          &writer->case_id, err);
}

static bool begin_row(struct writer *writer, struct error *err)
{
    const struct row *row = writer->row;
    writer->outcome = PUT_TAKEN;
    writer->id = writer->known != 0 ? writer->known : writer->index.next_id;
    sql_write_digest(row->key, writer->key);
    return number_words(writer, row, err) && find_case(writer, row, err);
}

/* met(): the store has the row at hand. */
static void meet(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct writer *writer = sqlite3_user_data(context);
    (void)count;
    writer->outcome = sqlite3_value_int(values[0]) != 0 ? PUT_UPDATED : PUT_DUPLICATE;
    sqlite3_result_value(context, values[0]);
}

static bool watch_meetings(struct writer *writer, struct error *err)
{
    int code =
        sqlite3_create_function_v2(writer->store->db, "met", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                   writer, meet, NULL, NULL, NULL);
    return code == SQLITE_OK || sql_fail(writer->store, err);
}

static void end_meetings(struct writer *writer)
{
    sqlite3_create_function_v2(writer->store->db, "met", 1, SQLITE_UTF8, NULL, NULL, NULL, NULL,
                               NULL);
}

/* ---- What follows from a row ---- */

/* Where the row is now: an update keeps what the row does not say. */
static struct derived_place new_place(const struct writer *writer, const struct row *row)
{
    const struct cell *cells = row->cells;
    const struct derived_place *from = &writer->watch.from;
    return (struct derived_place){
        .touchpoint =
            cells[COLUMN_TOUCHPOINT].given ? writer->words[COLUMN_TOUCHPOINT] : from->touchpoint,
        .ts = cells[COLUMN_TS].given ? cells[COLUMN_TS].time : from->ts,
        .person_id = text_or(&cells[COLUMN_PERSON_ID], from->person_id),
        .case_id = text_or(&cells[COLUMN_CASE_ID], from->case_id),
    };
}

/* The indexes of events lead to it from now on. */
static bool index_row(struct writer *writer, struct error *err)
{
    const struct row *row = writer->row;
    int64_t touchpoint = row->cells[COLUMN_TOUCHPOINT].given ? writer->words[COLUMN_TOUCHPOINT] : 0;
    int64_t ts = row->cells[COLUMN_TS].time;
    if (writer->as != IMPORT_EVENTS)
        return true;
    if (writer->id != writer->index.next_id) /* somebody has taken it away behind the indexes */
        return event_index_move(&writer->index, writer->id, touchpoint, ts, err);
    return event_index_add(&writer->index, &row->key, touchpoint, ts, err);
}

static bool move_place(struct writer *writer, const struct derived_place *to, struct error *err)
{
    const struct derived_place *from = &writer->watch.from;
    if (writer->as != IMPORT_EVENTS || (from->touchpoint == to->touchpoint && from->ts == to->ts))
        return true;
    return event_index_move(&writer->index, writer->id, to->touchpoint, to->ts, err);
}

static bool flush_derived(struct writer *writer, struct error *err)
{
    return errand_wait(&writer->store->errand, err) && derived_flush(&writer->derived, err);
}

static bool tell_derived(struct writer *writer, struct error *err)
{
    const struct row *row = writer->row;
    struct derived_row added = { .row = row, .words = writer->words, .case_id = writer->case_id };
    if (writer->outcome == PUT_TAKEN)
        return index_row(writer, err) &&
               (!derived_add(&writer->derived, &added) || flush_derived(writer, err));
    if (writer->outcome != PUT_UPDATED || !writer->watch.left)
        return true;
    struct derived_place to = new_place(writer, row);
    writer->watch.left = false;
    return move_place(writer, &to, err) &&
           derived_touch(&writer->derived, &writer->watch.from, err) &&
           derived_touch(&writer->derived, &to, err);
}

/* An update may have torn the events of a person apart. */
static bool mend_cut(struct writer *writer, struct error *err)
{
    if (!writer->cut.torn)
        return true;
    last_seen_forget(&writer->seen, writer->cut.left.text);
    return cut_forget(writer->store, &writer->cut, err);
}

static void count_row(struct writer *writer)
{
    writer->counts->taken += writer->outcome == PUT_TAKEN;
    writer->counts->updated += writer->outcome == PUT_UPDATED;
    writer->counts->duplicates += writer->outcome == PUT_DUPLICATE;
}

static bool end_written(struct writer *writer, struct error *err)
{
    writer->changed |= writer->outcome != PUT_DUPLICATE;
    if (writer->outcome == PUT_TAKEN && writer->is_cut)
        last_seen_take(&writer->seen);
    return tell_derived(writer, err) && mend_cut(writer, err);
}

/* A row would be taken when the store has no row of its key, nor one came before in the file. */
static bool end_compared(struct writer *writer, struct error *err)
{
    int64_t times = 1;
    if (writer->outcome == PUT_TAKEN &&
        !keys_count(writer->previewed, writer->row->key, &times, err))
        return false;
    if (times > 1)
        writer->outcome = PUT_DUPLICATE;
    return true;
}

/* ---- One row after the other ---- */

/* What a statement must have for the row. */
static column_set columns_of(const struct writer *writer, const struct row *row)
{
    bool cut = writer->as == IMPORT_EVENTS && row_needs_case(row);
    return row->given | (cut ? column_bit(COLUMN_CASE_ID) : 0);
}

static bool fits(const struct writer *writer, const struct row *row)
{
    return writer->store == NULL || (columns_of(writer, row) & ~writer->columns) == 0;
}

/* Events that the store has not, and whose cases are their own, need no look at what is there. */
static bool is_plain(const struct writer *writer, const struct row *row)
{
    return writer->bulk.store != NULL && writer->known == 0 && !writer->is_long &&
           !row_needs_case(row);
}

void writer_expect(const struct writer *writer, const struct digest *key)
{
    if (writer->as == IMPORT_EVENTS && writer->store != NULL)
        event_index_fetch(&writer->index, key);
}

bool writer_look_ahead(struct writer *writer, const struct digest *keys, size_t count,
                       int64_t *known, struct error *err)
{
    if (count == 0)
        return true;
    memset(known, 0, count * sizeof(*known));
    return writer->as != IMPORT_EVENTS || writer->store == NULL ||
           event_index_look_ahead(&writer->index, keys, count, known, err);
}

uint64_t writer_stand(const struct writer *writer)
{
    return writer->index.changes;
}

/* The row to come, and which row of the store it is. */
static bool fetch(struct writer *writer, struct error *err)
{
    writer->coming = writer->next(writer->next_data);
    writer->known = writer->coming != NULL ? writer->coming->known : 0;
    writer->is_long = false;
    return writer->coming == NULL || writer->as != IMPORT_EVENTS || writer->store == NULL ||
           writer->known != 0 ||
           event_index_find(&writer->index, &writer->coming->key, &writer->known, err);
}

static bool end_row(struct writer *writer, struct error *err)
{
    if (!(writer->dry_run ? end_compared : end_written)(writer, err))
        return false;
    count_row(writer);
    writer->row = NULL;
    return fetch(writer, err);
}

/* Does the row to come go by the statement at hand? One that gives more than it has ends it: the
 * next statement has that, too. */
static bool goes_on(const struct writer *writer)
{
    return writer->coming != NULL && fits(writer, writer->coming) &&
           !is_plain(writer, writer->coming) && !bulk_has(&writer->bulk, writer->known);
}

static bool next_row(void *data, bool *any, struct error *err)
{
    struct writer *writer = data;
    if (writer->row != NULL && !end_row(writer, err))
        return false;
    *any = goes_on(writer);
    writer->row = *any ? writer->coming : NULL;
    return !*any || begin_row(writer, err);
}

/* A preview where there is no store yet. */
static bool pass_rows(struct writer *writer, struct error *err)
{
    bool any;
    do
        if (!next_row(writer, &any, err))
            return false;
    while (any);
    return true;
}

/* What the columns of a file give is the same in most of its rows: columns that nobody gives would
 * be most of the work. */
static bool prepare_for(struct writer *writer, const struct row *row, struct error *err)
{
    struct str sql;
    if (writer->put != NULL && fits(writer, row))
        return true;
    writer->columns |= columns_of(writer, row);
    sqlite3_finalize(writer->put);
    writer->put = NULL;
    str_init(&sql);
    (writer->dry_run ? upsert_write_comparison : upsert_write)(&sql, writer->as, writer->columns);
    bool done = sql_prepare(writer->store, sql.text, &writer->put, err);
    str_finish(&sql);
    return done;
}

/* The row to come by the statement, and those behind it that go that way, too. */
static bool put_by_statement(struct writer *writer, struct error *err)
{
    return (!bulk_has(&writer->bulk, writer->known) || bulk_flush(&writer->bulk, err)) &&
           errand_wait(&writer->store->errand, err) && prepare_for(writer, writer->coming, err) &&
           incoming_run(&writer->incoming, writer->put, err);
}

/* One that turns out to be too long for that way is still to come. */
static bool put_in_bulk(struct writer *writer, struct error *err)
{
    if (!bulk_send(&writer->bulk, err))
        return false;
    writer->row = writer->coming;
    if (!begin_row(writer, err))
        return false;
    writer->is_long =
        !bulk_add(&writer->bulk, writer->id, writer_said(writer), writer_value, writer);
    if (!writer->is_long)
        return end_row(writer, err);
    writer->row = NULL;
    return true;
}

bool writer_put(struct writer *writer, row_source *next, void *data, struct put_counts *counts,
                struct error *err)
{
    writer->next = next;
    writer->next_data = data;
    writer->counts = counts;
    writer->row = NULL;
    if (!fetch(writer, err))
        return false;
    if (writer->store == NULL)
        return pass_rows(writer, err);
    bool done = true;
    while (done && writer->coming != NULL)
        done = (is_plain(writer, writer->coming) ? put_in_bulk : put_by_statement)(writer, err);
    return errand_wait(&writer->store->errand, done ? err : NULL) && done;
}

/* ---- Beginning and end ---- */

static bool open_table(struct writer *writer, struct error *err)
{
    static const struct incoming_ops ops = { .next = next_row, .value = writer_give };
    struct store *store = writer->store;
    upsert_write_columns(&writer->names);
    if (writer->as == IMPORT_EVENTS && !writer->dry_run && !bulk_open(&writer->bulk, store, err))
        return false;
    return incoming_open(&writer->incoming, store, writer->names.text, &ops, writer, err) &&
           watch_meetings(writer, err) && cut_watch_updates(store, &writer->cut, err) &&
           derived_watch_updates(store, &writer->watch, err);
}

bool writer_init(struct writer *writer, struct store *store, enum import_as as, bool dry_run,
                 struct error *err)
{
    *writer = (struct writer){
        .store = store,
        .as = as,
        .dry_run = dry_run,
        .columns = upsert_columns(as),
        .word_columns = column_words(),
        .previewed = keys_create(),
        .now = time_now(),
    };
    dictionary_init(&writer->dictionary, store, !dry_run);
    str_init(&writer->cut.left);
    str_init(&writer->names);
    last_seen_init(&writer->seen, store);
    event_index_init(&writer->index, store);
    bool done = store == NULL || ((dry_run ? event_index_begin(&writer->index, err)
                                           : derived_open(&writer->derived, store, as, err)) &&
                                  open_table(writer, err));
    if (!done)
        writer_finish(writer);
    return done;
}

void writer_finish(struct writer *writer)
{
    sqlite3_finalize(writer->put);
    writer->put = NULL;
    dictionary_finish(&writer->dictionary);
    event_index_finish(&writer->index);
    derived_close(&writer->derived);
    if (writer->store != NULL) {
        end_meetings(writer);
        cut_end_watch(writer->store);
        derived_end_watch(writer->store, &writer->watch);
        incoming_close(&writer->incoming);
    }
    last_seen_finish(&writer->seen);
    str_finish(&writer->cut.left);
    str_finish(&writer->names);
    keys_destroy(writer->previewed);
    writer->previewed = NULL;
    if (writer->in_transaction)
        sqlite3_exec(writer->store->db, "ROLLBACK", NULL, NULL, NULL);
    writer->in_transaction = false;
    bulk_close(&writer->bulk);
}

/* ---- Transactions ---- */

bool writer_begin(struct writer *writer, const atomic_bool *cancel, struct error *err)
{
    if (writer->dry_run)
        return true;
    store_limit(writer->store, &(struct store_limits){ .cancel = cancel });
    bool begun = sql_run(writer->store, "BEGIN IMMEDIATE", err);
    /* From here on a cancel is heard between rows: it must not tear a transaction. */
    if (begun)
        store_limit(writer->store, NULL);
    writer->in_transaction = begun;
    if (!begun)
        return false;
    last_seen_begin(&writer->seen);
    if (!event_index_begin(&writer->index, err) || !derived_begin(&writer->derived, err))
        return false;
    if (writer->changed)
        return true;
    return sql_integer(writer->store, "SELECT coalesce(max(id), 0) + 1 FROM batch", 1,
                       &writer->batch, err);
}

bool writer_commit(struct writer *writer, struct import_report *report,
                   const struct import_mapping *mapping, struct error *err)
{
    const struct batch batch = { .id = writer->batch,
                                 .as = writer->as,
                                 .started = writer->now,
                                 .report = report,
                                 .mapping = mapping };
    if (writer->dry_run)
        return true;
    if (!bulk_flush(&writer->bulk, err) || !event_index_flush(&writer->index, err) ||
        !derived_flush(&writer->derived, err) ||
        (writer->changed && !batch_write(writer->store, &batch, err)) ||
        !sql_run(writer->store, "COMMIT", err))
        return false;
    writer->in_transaction = false;
    report->batch = writer->changed ? (uint64_t)writer->batch : 0;
    return true;
}
