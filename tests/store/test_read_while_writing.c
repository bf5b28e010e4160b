/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Readers of two connections on two threads while somebody commits one batch after the other: each
 * reading is of one state of the store, and nobody is locked out.
 *
 * The writer's events bear numbers, from 0 in the order of the file, as minutes behind FROM. A
 * state has the first so many of them, a multiple of BATCH. Both their number and their sum tell a
 * mixture of two states from that, as each batch has events in either reader's cases.
 */

#include "suites.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

#include <sqlite3.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/thread.h>
#include <stellwerk/store/sequences.h>

#include "store/little_map.h"

#define FROM "2026-06-01"
#define MINUTE INT64_C(60000000)

enum { BATCH = 50, BATCHES = 16, EVENTS = BATCH * BATCHES, CASES = 97 };

/* Who imports, with a connection, an arena and a failure of its own. */
struct writer {
    pthread_t thread;
    const char *file;
    atomic_bool go, done;
    bool good;
    uint64_t taken;
    struct error err;
};

/* What one of the two readers has seen of the writer's events. */
struct seen {
    pthread_t thread;
    uint64_t events, sum;
    struct writer *let_go; /* at the first case; NULL */
};

static struct store *store;
static struct writer writer;

/* Runs of their own level, which nobody merges, so that it always is worth a second thread. */
static void import_first(void)
{
    struct str text;
    str_init(&text);
    for (int file = 0; file < 9; file++) {
        str_clear(&text);
        str_append(&text, "ts,case_id,activity,touchpoint\n");
        for (int i = 0; i < 60; i++)
            str_printf(&text, "2026-01-%02d,c%d,look,%s\n", 1 + i % 28, (file * 17 + i) % CASES,
                       i % 3 == 0 ? "search" : "platform");
        import_text(text.text);
        fixture_change(&fixture, "UPDATE sequence_run SET level = 10 + id");
    }
    str_finish(&text);
    ck_assert_str_eq(
        fixture_ask(&fixture, "SELECT count(*) >= 8 FROM sequence_part WHERE part >= 0"), "1");
}

static void set_up(void)
{
    little_map_set_up();
    add_metric((struct metric){ .id = "m", .type = METRIC_PER_CASE, .min_n = 1 });
    import_first();
    struct str text;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint\n");
    for (int i = 0; i < EVENTS; i++)
        str_printf(&text, "2026-06-%02dT%02d:%02d:00Z,c%d,call,%s\n", 1 + i / 1440, i / 60 % 24,
                   i % 60, i * 31 % CASES, i % 2 == 0 ? "search" : "platform");
    atomic_store(&writer.go, false);
    atomic_store(&writer.done, false);
    writer.file = fixture_write(&fixture, "later.csv", text.text, text.length);
    str_finish(&text);
    ck_assert_msg(store_open(fixture.store_path, &store, &fixture.err), "%s", fixture.err.text);
}

static void tear_down(void)
{
    store_close(store);
    store = NULL;
    little_map_tear_down();
}

/* ---- The writer ------------------------------------------------------------------ */

static void *write_batches(void *data)
{
    struct writer *self = data;
    const struct import_options options = { .batch_rows = BATCH };
    struct import_report report;
    struct arena arena;
    struct store *into;
    arena_init(&arena);
    error_init(&self->err);
    while (!atomic_load(&self->go))
        sched_yield();
    self->good = store_create(fixture.store_path, &into, &self->err);
    if (self->good) {
        self->good = store_import(&arena, into, self->file, &options, &report, &self->err);
        self->taken = report.taken;
        store_close(into);
    }
    arena_finish(&arena);
    atomic_store(&self->done, true);
    return NULL;
}

/* Is a transaction that writes under way? None can end while we read. */
static bool is_writing(void)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(fixture.store_path, &db), SQLITE_OK);
    int code = sqlite3_exec(db, "BEGIN IMMEDIATE; ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(db);
    return code == SQLITE_BUSY;
}

/* ---- The readers ----------------------------------------------------------------- */

static bool see(const struct sequence *sequence, void *data)
{
    struct seen *seen = data;
    seen->thread = pthread_self();
    if (seen->let_go != NULL) {
        atomic_store(&seen->let_go->go, true);
        while (!is_writing() && !atomic_load(&seen->let_go->done))
            sched_yield();
        seen->let_go = NULL;
    }
    for (size_t i = 0; i < sequence->count; i++) {
        int64_t behind = sequence->steps[i].ts - instant(FROM);
        if (behind < 0)
            continue;
        seen->events++;
        seen->sum += (uint64_t)(behind / MINUTE);
    }
    return true;
}

/* Reads all paths; how many of the writer's events there are. */
static uint64_t read_paths(struct writer *let_go, bool *by_two)
{
    struct seen seen[SEQUENCE_SHARES] = { { .let_go = let_go } };
    void *const data[] = { &seen[0], &seen[1] };
    struct sequence_wish wish = { .journey = &journey, .lens = &lens, .channel = NONE };
    struct sequence_names names;
    ck_assert_msg(
        store_sequences_share(&fixture.arena, store, &wish, see, data, &names, &fixture.err), "%s",
        fixture.err.text);
    uint64_t events = seen[0].events + seen[1].events, sum = seen[0].sum + seen[1].sum;
    ck_assert_uint_eq(events % BATCH, 0);
    ck_assert_uint_eq(sum, events > 0 ? events * (events - 1) / 2 : 0);
    ck_assert(events == 0 || (seen[0].events > 0 && seen[1].events > 0));
    *by_two = !pthread_equal(seen[1].thread, pthread_self());
    return events;
}

/* Contacts at both touchpoints, as a figure of cases has them. */
static uint64_t read_contacts(void)
{
    double contacts = 0;
    measure();
    for (int i = SEARCH; i <= PLATFORM; i++)
        contacts += at(i, 0)->sample.values.n * at(i, 0)->value;
    return (uint64_t)llround(contacts);
}

START_TEST(each_reading_is_of_one_state)
{
    uint64_t before = read_contacts(), events = 0, last = 0;
    bool by_two;
    ck_assert_int_eq(thread_start(&writer.thread, write_batches, &writer), 0);
    /* The writer begins while this reads, and cannot commit before it has ended. */
    ck_assert_uint_eq(read_paths(&writer, &by_two), 0);
    ck_assert(by_two);
    while (!atomic_load(&writer.done)) {
        events = read_paths(NULL, &by_two);
        ck_assert_uint_ge(events, last);
        last = events;
        uint64_t contacts = read_contacts() - before;
        ck_assert_uint_eq(contacts % BATCH, 0);
        ck_assert_uint_ge(contacts, last);
        last = contacts;
    }
    pthread_join(writer.thread, NULL);
    ck_assert_msg(writer.good, "%s", writer.err.text);
    ck_assert_uint_eq(writer.taken, EVENTS);
    ck_assert_uint_eq(read_paths(NULL, &by_two), EVENTS);
    ck_assert(by_two);
    ck_assert_uint_eq(read_contacts() - before, EVENTS);
}
END_TEST

Suite *store_read_while_writing_suite(void)
{
    Suite *suite = suite_create("store_read_while_writing");
    TCase *tests = tcase_create("read while writing");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, each_reading_is_of_one_state);
    suite_add_tcase(suite, tests);
    return suite;
}
