/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Figures by touchpoint, week and persona from a store of many events, beside SQLite alone on the
 * same file: a GROUP BY for means, an ORDER BY for order statistics, a GROUP BY or a
 * window over the cases for figures of cases and for what these were worth; and beside DuckDB, by
 * the clock on the wall, as it works on two processors at once.
 */

#include "benches.h"
#include "clock.h"
#include "duck.h"
#include "figure.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/array.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/cases.h>
#include <stellwerk/store/series.h>

enum { OURS, THEIRS, DUCK, PROGRAMS, ROUNDS = 5 };

/* 1970-01-01 was a Thursday. */
#define WEEK "(ts / 86400000000 + 3) / 7"

struct bench {
    const char *rows;
    struct arena arena;
    struct journey *journey;
    struct store *store;
    sqlite3 *plain;
    struct duck duck;
    struct error err;
};

/* Something to measure, and the SQL that comes to the same. */
struct work {
    const char *what;
    struct metric metric;
    bool by_persona;
    bool worth; /* of cases, and no metric */
    const char *sql, *duck_sql;
    double limit; /* ms of processor; 0: no bar */
};

static const char *last_step[] = { "step-3" };
static struct filter is_last = { .column = "activity", .values = { last_step, 1 } };

static const struct work works[] = {
    { .what = "mean by touchpoint, week and persona",
      .metric = { .type = METRIC_MEAN },
      .by_persona = true,
      .sql = "SELECT touchpoint, " WEEK ", persona, count(*), sum(value), sum(value * value)"
             " FROM event GROUP BY 1, 2, 3",
      .duck_sql = "SELECT touchpoint, date_trunc('week', ts), persona, count(*), sum(value),"
                  " sum(value * value) FROM event GROUP BY ALL",
      .limit = 5 },
    { .what = "count by touchpoint, week and persona",
      .metric = { .type = METRIC_COUNT },
      .by_persona = true,
      .sql = "SELECT touchpoint, " WEEK ", persona, count(*) FROM event GROUP BY 1, 2, 3",
      .duck_sql = "SELECT touchpoint, date_trunc('week', ts), persona, count(*) FROM event"
                  " GROUP BY ALL",
      .limit = 5 },
    { .what = "median by touchpoint and week",
      .metric = { .type = METRIC_MEDIAN },
      .sql = "SELECT touchpoint, " WEEK ", value FROM event ORDER BY 1, 2, 3",
      .duck_sql = "SELECT touchpoint, date_trunc('week', ts), quantile_cont(value, 0.5) FROM event"
                  " GROUP BY ALL",
      .limit = 10 },
    { .what = "P90 by touchpoint and week",
      .metric = { .type = METRIC_QUANTILE, .quantile = 0.9 },
      .duck_sql = "SELECT touchpoint, date_trunc('week', ts), quantile_cont(value, 0.9) FROM event"
                  " GROUP BY ALL",
      .limit = 10 },
    { .what = "contacts per case by touchpoint and week",
      .metric = { .type = METRIC_PER_CASE },
      .sql = "SELECT touchpoint, " WEEK ", avg(contacts) FROM (SELECT touchpoint, min(ts) AS ts,"
             " count(*) AS contacts FROM event GROUP BY touchpoint, case_id) GROUP BY 1, 2",
      .duck_sql =
          "SELECT touchpoint, date_trunc('week', ts), avg(contacts) FROM (SELECT touchpoint,"
          " min(ts) AS ts, count(*) AS contacts FROM event GROUP BY touchpoint, case_id)"
          " GROUP BY ALL" },
    { .what = "drop-out by touchpoint and week",
      .metric = { .type = METRIC_DROPOUT, .b.where = { &is_last, 1 } },
      .sql = "SELECT touchpoint, " WEEK ", avg(last IS NULL OR last < ts) FROM (SELECT touchpoint,"
             " ts, max(CASE WHEN activity = (SELECT id FROM word WHERE text = 'step-3') THEN ts"
             " END) OVER (PARTITION BY case_id) AS last FROM event) GROUP BY 1, 2",
      .duck_sql =
          "SELECT touchpoint, date_trunc('week', ts), avg(CASE WHEN last IS NULL OR last < ts"
          " THEN 1 ELSE 0 END) FROM (SELECT touchpoint, ts, max(CASE WHEN activity = 'step-3'"
          " THEN ts END) OVER (PARTITION BY case_id) AS last FROM event) GROUP BY ALL" },
    { .what = "worth of each case",
      .worth = true,
      .sql = "SELECT case_id, currency, sum(value) FROM event WHERE currency IS NOT NULL"
             " GROUP BY 1, 2",
      .duck_sql = "SELECT case_id, currency, sum(value) FROM event WHERE currency IS NOT NULL"
                  " GROUP BY ALL" },
};

static bool open_all(struct bench *bench, const char *map, const char *store)
{
    struct diag_list findings;
    diag_list_init(&findings, &bench->arena);
    return map_read_file(&bench->arena, map, &bench->journey, &findings) &&
           store_open(store, &bench->store, &bench->err) &&
           sqlite3_open_v2(store, &bench->plain, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
}

static void close_all(struct bench *bench)
{
    sqlite3_close(bench->plain);
    store_close(bench->store);
    arena_finish(&bench->arena);
}

/* By week; the first metric stands for the work's. */
static bool measure_once(struct bench *bench, int persona)
{
    struct lens lens = { .persona = persona,
                         .context = NONE,
                         .period = period_containing(PERIOD_ALL, 0) };
    struct series_wish wish = {
        .touchpoint = NONE, .metric = 0, .channel = NONE, .unit = PERIOD_WEEK
    };
    struct figures *figures = store_series(bench->store, bench->journey, &lens, &wish, &bench->err);
    bool good = figures != NULL;
    figures_destroy(figures);
    return good;
}

static bool add_up_cases(struct bench *bench)
{
    struct arena arena;
    struct case_money money;
    arena_init(&arena);
    bool good = store_case_money_read(&arena, bench->store, bench->journey, 0, &money, &bench->err);
    arena_finish(&arena);
    return good;
}

static bool measure_all(struct bench *bench, const struct work *work)
{
    size_t count = work->by_persona ? bench->journey->persona_count : 1;
    bench->journey->metrics[0] = work->metric;
    bench->journey->metrics[0].id = "bench";
    for (size_t i = 0; i < count; i++)
        if (!measure_once(bench, work->by_persona ? (int)i : NONE))
            return false;
    return true;
}

static bool time_ours(struct bench *bench, const struct work *work, struct series *series)
{
    double start = clock_cpu_ms();
    bool good = work->worth ? add_up_cases(bench) : measure_all(bench, work);
    series_add(series, clock_cpu_ms() - start);
    return good;
}

static bool time_theirs(struct bench *bench, const char *sql, struct series *series)
{
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

static bool do_work(struct bench *bench, const struct work *work)
{
    struct series series[PROGRAMS] = {
        [OURS] = { .program = "stellwerk" },
        [THEIRS] = { .program = "SQLite alone" },
        [DUCK] = { .program = "DuckDB, wall" },
    };
    for (int round = 0; round < ROUNDS; round++)
        if (!time_ours(bench, work, &series[OURS]) ||
            (round == 0 && work->sql != NULL && !time_theirs(bench, work->sql, &series[THEIRS])))
            return false;
    if (!duck_time(&bench->duck, work->duck_sql, ROUNDS, &series[DUCK]))
        return error_set(&bench->err, "DuckDB failed");
    char what[128];
    snprintf(what, sizeof(what), "%s events, %s", bench->rows, work->what);
    figure_print(&(struct figure){ .suite = "rollup",
                                   .what = what,
                                   .unit = "ms of processor",
                                   .series = series,
                                   .series_count = PROGRAMS,
                                   .bar = work->limit > 0 ? BAR_VALUE : BAR_NONE,
                                   .limit = work->limit });
    return true;
}

int bench_rollup(int argc, char **argv)
{
    struct bench bench = { .rows = argv[0] };
    if (argc > 4)
        bench.duck = (struct duck){ .script = argv[3], .database = argv[4] };
    error_init(&bench.err);
    bool good = open_all(&bench, argv[1], argv[2]);
    for (size_t i = 0; good && i < ARRAY_LEN(works); i++)
        good = do_work(&bench, &works[i]);
    close_all(&bench);
    return good ? EXIT_SUCCESS : bench_fail("cannot measure: %s", bench.err.text);
}
