/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Paths of a store: all transitions and the figures of every column, beside SQLite alone
 * and DuckDB, which count the transitions with a window function over the same rows: how long one
 * waits for them, what the processors do meanwhile, and, of these, what the cases cost without any
 * counting.
 */

#include "benches.h"
#include "clock.h"
#include "duck.h"
#include "figure.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/insight/paths.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/sequences.h>

enum { OURS, THEIRS, DUCK, PROGRAMS, ROUNDS = 9, THEIR_ROUNDS = 2 };

/* What is promised: so many events, looked at in so many ms. */
#define BAR_EVENTS 5000000
#define BAR_MS 100

/* The same work by two clocks. */
struct spent {
    struct series wall[PROGRAMS], cpu[PROGRAMS];
};

struct bench {
    struct arena arena, scratch;
    struct journey *journey;
    struct store *store;
    struct lens lens;
    sqlite3 *plain;
    struct duck duck;
    uint64_t events;
    struct error err;
};

static bool open_all(struct bench *bench, const char *map, const char *store)
{
    struct diag_list findings;
    diag_list_init(&findings, &bench->arena);
    return map_read_file(&bench->arena, map, &bench->journey, &findings) &&
           store_open(store, &bench->store, &bench->err) &&
           sqlite3_open_v2(store, &bench->plain, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
}

static struct sequence_wish wish_of(const struct bench *bench)
{
    return (struct sequence_wish){
        .journey = bench->journey,
        .lens = &bench->lens,
        .channel = NONE,
    };
}

static struct paths_builder *begin_paths(const struct bench *bench,
                                         const struct sequence_span *span)
{
    return paths_create(&(struct paths_options){
        .journey = bench->journey,
        .route = NONE,
        .goal = NONE,
        .as_of = span->newest,
        .close_after = span->case_window,
        .variants = 50,
    });
}

static bool find_paths(struct bench *bench)
{
    const struct sequence_wish wish = wish_of(bench);
    struct paths_builder *shares[SEQUENCE_SHARES];
    void *data[SEQUENCE_SHARES];
    struct sequence_names names;
    struct sequence_span span;
    if (!store_sequences_span(bench->store, &span, &bench->err))
        return false;
    for (size_t i = 0; i < SEQUENCE_SHARES; i++)
        data[i] = shares[i] = begin_paths(bench, &span);
    bool good = store_sequences_share(&bench->scratch, bench->store, &wish, paths_add, data, &names,
                                      &bench->err);
    for (size_t i = 1; i < SEQUENCE_SHARES; i++) {
        good = good && (paths_merge(shares[0], shares[i]) ||
                        error_set(&bench->err, "there are too many variants"));
        paths_destroy(shares[i]);
    }
    bench->events = paths_finish(&bench->scratch, shares[0]).events;
    return good;
}

static bool pass_over(const struct sequence *sequence, void *data)
{
    *(uint64_t *)data += sequence->count;
    return true;
}

/* On one thread. */
static bool only_read(struct bench *bench)
{
    const struct sequence_wish wish = wish_of(bench);
    struct sequence_names names;
    uint64_t events = 0;
    return store_sequences_read(&bench->scratch, bench->store, &wish, pass_over, &events, &names,
                                &bench->err);
}

static bool time_ours(struct bench *bench, bool (*work)(struct bench *bench), struct spent *spent)
{
    double wall = clock_wall_ms(), cpu = clock_cpu_ms();
    bool good = work(bench);
    series_add(&spent->wall[OURS], clock_wall_ms() - wall);
    series_add(&spent->cpu[OURS], clock_cpu_ms() - cpu);
    arena_reset(&bench->scratch);
    return good;
}

static bool time_theirs(struct bench *bench, struct spent *spent)
{
    static const char sql[] =
        "SELECT before, activity, count(*), avg(ts - since) FROM (SELECT activity, ts,"
        " lag(activity) OVER cases AS before, lag(ts) OVER cases AS since FROM event"
        " WINDOW cases AS (PARTITION BY case_id ORDER BY ts, id)) GROUP BY 1, 2";
    sqlite3_stmt *statement;
    double wall = clock_wall_ms(), cpu = clock_cpu_ms();
    if (sqlite3_prepare_v2(bench->plain, sql, -1, &statement, NULL) != SQLITE_OK)
        return error_set(&bench->err, "%s", sqlite3_errmsg(bench->plain));
    while (sqlite3_step(statement) == SQLITE_ROW)
        continue;
    sqlite3_finalize(statement);
    series_add(&spent->wall[THEIRS], clock_wall_ms() - wall);
    series_add(&spent->cpu[THEIRS], clock_cpu_ms() - cpu);
    return true;
}

static bool time_duck(struct bench *bench, struct series *series)
{
    static const char sql[] =
        "SELECT before, activity, count(*), avg(epoch_us(ts) - epoch_us(since)) FROM"
        " (SELECT activity, ts, lag(activity) OVER cases AS before, lag(ts) OVER cases AS since"
        " FROM event WINDOW cases AS (PARTITION BY case_id ORDER BY ts)) GROUP BY ALL";
    return duck_time(&bench->duck, sql, ROUNDS, series) || error_set(&bench->err, "DuckDB failed");
}

static void name_programs(struct spent *spent)
{
    static const char *const names[PROGRAMS] = {
        [OURS] = "stellwerk",
        [THEIRS] = "SQLite, lag() OVER",
        [DUCK] = "DuckDB, lag()",
    };
    for (int i = 0; i < PROGRAMS; i++)
        spent->wall[i].program = spent->cpu[i].program = names[i];
}

static void print_paths(const struct bench *bench, const struct spent *paths)
{
    char what[128];
    snprintf(what, sizeof(what), "paths of %llu events", (unsigned long long)bench->events);
    figure_print(&(struct figure){ .suite = "paths",
                                   .what = what,
                                   .unit = "ms",
                                   .series = paths->wall,
                                   .series_count = PROGRAMS,
                                   .bar = bench->events <= BAR_EVENTS ? BAR_VALUE : BAR_NONE,
                                   .limit = BAR_MS });
    figure_print(&(struct figure){ .suite = "paths",
                                   .what = what,
                                   .unit = "ms of processor",
                                   .series = paths->cpu,
                                   .series_count = PROGRAMS });
}

static bool measure(struct bench *bench)
{
    struct spent paths = { 0 }, reading = { 0 };
    name_programs(&paths);
    name_programs(&reading);
    for (int round = 0; round < ROUNDS; round++)
        if (!time_ours(bench, find_paths, &paths) || !time_ours(bench, only_read, &reading) ||
            (round < THEIR_ROUNDS && !time_theirs(bench, &paths)))
            return false;
    if (!time_duck(bench, &paths.wall[DUCK]))
        return false;
    print_paths(bench, &paths);
    figure_print(&(struct figure){ .suite = "paths",
                                   .what = "of that, reading the cases",
                                   .unit = "ms of processor",
                                   .series = reading.cpu,
                                   .series_count = 1 });
    return true;
}

int bench_paths(int argc, char **argv)
{
    struct bench bench = {
        .lens = { .persona = NONE, .context = NONE, .period = period_containing(PERIOD_ALL, 0) },
    };
    if (argc > 3)
        bench.duck = (struct duck){ .script = argv[2], .database = argv[3] };
    error_init(&bench.err);
    bool good = open_all(&bench, argv[0], argv[1]) && measure(&bench);
    sqlite3_close(bench.plain);
    store_close(bench.store);
    arena_finish(&bench.arena);
    arena_finish(&bench.scratch);
    return good ? EXIT_SUCCESS : bench_fail("cannot find paths: %s", bench.err.text);
}
