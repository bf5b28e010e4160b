/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The figures of a map from its store, beside SQLite alone: a statement for each metric that groups
 * the rows of the same touchpoints by touchpoint and slice of time, or sorts them where a median is
 * wanted, through the same library in the same process.
 */

#include "benches.h"
#include "clock.h"
#include "figure.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/store/measure.h>

enum { OURS, THEIRS, PROGRAMS, ROUNDS = 7 };

struct bench {
    const char *name;
    struct arena arena;
    struct journey *journey;
    struct store *store;
    sqlite3 *plain;
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

static void close_all(struct bench *bench)
{
    sqlite3_close(bench->plain);
    store_close(bench->store);
    arena_finish(&bench->arena);
}

static bool time_ours(struct bench *bench, const struct lens *lens, struct series *series)
{
    double start = clock_cpu_ms();
    struct figures *figures = store_measure(bench->store, bench->journey, lens, &bench->err);
    series_add(series, clock_cpu_ms() - start);
    bool good = figures != NULL;
    figures_destroy(figures);
    return good;
}

/* ---- SQLite alone --------------------------------------------------------------------------- */

#define WORD "(SELECT id FROM word WHERE text = '%s')"

/* The touchpoints that the metric is measured at; ids need no quoting. */
static void add_touchpoints(struct str *sql, const struct journey *journey, int metric)
{
    const char *before = "";
    str_append(sql, " WHERE touchpoint IN (SELECT id FROM word WHERE text IN (");
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t j = 0; j < journey->touchpoints[i].metrics.count; j++)
            if (journey->touchpoints[i].metrics.items[j] == metric) {
                str_printf(sql, "%s'%s'", before, journey->touchpoints[i].id);
                before = ", ";
            }
    str_append(sql, "))");
}

static void write_statement(struct str *sql, const struct journey *journey, int metric,
                            const char *persona)
{
    static const char *const tables[] = {
        [SOURCE_EVENT] = "event",
        [SOURCE_ANSWER] = "answer",
        [SOURCE_OBSERVATION] = "observation",
    };
    const struct metric *of = &journey->metrics[metric];
    const char *time =
        of->source == SOURCE_OBSERVATION ? "period_start / 30" : "ts / 2592000000000";
    bool sorts = of->type == METRIC_MEDIAN || of->type == METRIC_QUANTILE;
    if (sorts)
        str_printf(sql, "SELECT touchpoint, %s, value", time);
    else
        str_printf(sql, "SELECT touchpoint, %s, count(*), sum(value), sum(value * value)", time);
    str_printf(sql, " FROM %s", tables[of->source]);
    add_touchpoints(sql, journey, metric);
    if (of->source != SOURCE_EVENT)
        str_printf(sql, " AND metric = " WORD, of->answer != NULL ? of->answer : of->id);
    if (persona != NULL)
        str_printf(sql, " AND persona = " WORD, persona);
    str_append(sql, sorts ? " ORDER BY 1, 2, 3" : " GROUP BY 1, 2");
}

static bool run_statement(struct bench *bench, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(bench->plain, sql, -1, &statement, NULL) != SQLITE_OK)
        return error_set(&bench->err, "%s", sqlite3_errmsg(bench->plain));
    while (sqlite3_step(statement) == SQLITE_ROW)
        continue;
    sqlite3_finalize(statement);
    return true;
}

static bool time_theirs(struct bench *bench, const char *persona, struct series *series)
{
    struct str sql;
    bool good = true;
    double start = clock_cpu_ms();
    str_init(&sql);
    for (size_t i = 0; good && i < bench->journey->metric_count; i++) {
        str_clear(&sql);
        write_statement(&sql, bench->journey, (int)i, persona);
        good = run_statement(bench, sql.text);
    }
    str_finish(&sql);
    series_add(series, clock_cpu_ms() - start);
    return good;
}

/* ---- Both ----------------------------------------------------------------------------------- */

static bool measure(struct bench *bench, int persona)
{
    struct series series[PROGRAMS] = {
        [OURS] = { .program = "stellwerk" },
        [THEIRS] = { .program = "SQLite, GROUP BY" },
    };
    struct lens lens = { .persona = persona,
                         .context = NONE,
                         .period = period_containing(PERIOD_ALL, 0) };
    const char *id = persona != NONE ? bench->journey->personas[persona].id : NULL;
    for (int round = 0; round < ROUNDS; round++)
        if (!time_ours(bench, &lens, &series[OURS]) || !time_theirs(bench, id, &series[THEIRS]))
            return false;
    char what[128];
    snprintf(what, sizeof(what), "measure %s, %s", bench->name,
             persona != NONE ? "one persona" : "all customers");
    figure_print(&(struct figure){ .suite = "measure",
                                   .what = what,
                                   .unit = "ms of processor",
                                   .series = series,
                                   .series_count = PROGRAMS });
    return true;
}

int bench_measure(int argc, char **argv)
{
    for (int i = 0; i + 2 < argc; i += 3) {
        struct bench bench = { .name = argv[i] };
        error_init(&bench.err);
        bool good = open_all(&bench, argv[i + 1], argv[i + 2]) && measure(&bench, NONE) &&
                    measure(&bench, 0);
        close_all(&bench);
        if (!good)
            return bench_fail("cannot measure %s: %s", argv[i], bench.err.text);
    }
    return EXIT_SUCCESS;
}
