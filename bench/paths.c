/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Paths of a store: all transitions and the figures of every column, beside SQLite alone
 * and DuckDB, which count the transitions with a window function over the same rows; and, of these,
 * what the cases cost without any counting.
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

enum { OURS, THEIRS, DUCK, PROGRAMS, ROUNDS = 5, THEIR_ROUNDS = 2 };

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

static bool read_cases(struct bench *bench, sequence_taker *take, void *data)
{
    struct sequence_names names;
    const struct sequence_wish wish = { .journey = bench->journey,
                                        .lens = &bench->lens,
                                        .channel = NONE };
    return store_sequences_read(&bench->scratch, bench->store, &wish, take, data, &names,
                                &bench->err);
}

static bool find_paths(struct bench *bench)
{
    struct sequence_span span;
    if (!store_sequences_span(bench->store, &span, &bench->err))
        return false;
    struct paths_builder *builder = paths_create(&(struct paths_options){
        .journey = bench->journey,
        .route = NONE,
        .goal = NONE,
        .as_of = span.newest,
        .close_after = span.case_window,
        .variants = 50,
    });
    bool good = read_cases(bench, paths_add, builder);
    bench->events = paths_finish(&bench->scratch, builder).events;
    return good;
}

static bool pass_over(const struct sequence *sequence, void *data)
{
    *(uint64_t *)data += sequence->count;
    return true;
}

static bool only_read(struct bench *bench)
{
    uint64_t events = 0;
    return read_cases(bench, pass_over, &events);
}

static bool time_ours(struct bench *bench, bool (*work)(struct bench *bench), struct series *series)
{
    double start = clock_cpu_ms();
    bool good = work(bench);
    series_add(series, clock_cpu_ms() - start);
    arena_reset(&bench->scratch);
    return good;
}

static bool time_theirs(struct bench *bench, struct series *series)
{
    static const char sql[] =
        "SELECT before, activity, count(*), avg(ts - since) FROM (SELECT activity, ts,"
        " lag(activity) OVER cases AS before, lag(ts) OVER cases AS since FROM event"
        " WINDOW cases AS (PARTITION BY case_id ORDER BY ts, id)) GROUP BY 1, 2";
    sqlite3_stmt *statement;
    double start = clock_cpu_ms();
    if (sqlite3_prepare_v2(bench->plain, sql, -1, &statement, NULL) != SQLITE_OK)
        return error_set(&bench->err, "%s", sqlite3_errmsg(bench->plain));
    while (sqlite3_step(statement) == SQLITE_ROW)
        continue;
    sqlite3_finalize(statement);
    series_add(series, clock_cpu_ms() - start);
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

static bool measure(struct bench *bench)
{
    struct series paths[PROGRAMS] = {
        [OURS] = { .program = "stellwerk" },
        [THEIRS] = { .program = "SQLite, lag() OVER" },
        [DUCK] = { .program = "DuckDB, lag(), wall" },
    };
    struct series reading = { .program = "stellwerk" };
    char what[128];
    for (int round = 0; round < ROUNDS; round++)
        if (!time_ours(bench, find_paths, &paths[OURS]) || !time_ours(bench, only_read, &reading) ||
            (round < THEIR_ROUNDS && !time_theirs(bench, &paths[THEIRS])))
            return false;
    if (!time_duck(bench, &paths[DUCK]))
        return false;
    snprintf(what, sizeof(what), "paths of %llu events", (unsigned long long)bench->events);
    figure_print(&(struct figure){ .suite = "paths",
                                   .what = what,
                                   .unit = "ms of processor",
                                   .series = paths,
                                   .series_count = PROGRAMS });
    figure_print(&(struct figure){ .suite = "paths",
                                   .what = "of that, reading the cases",
                                   .unit = "ms of processor",
                                   .series = &reading,
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
