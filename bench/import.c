/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Events into a store, beside the sqlite3 shell's .import of the same file into a table with the
 * same columns, a unique key and the same index. The shell checks nothing: it neither reads the
 * times, nor numbers the words, nor finds the touchpoints. DuckDB makes a table of the file,
 * without any key or index.
 */

#include "benches.h"
#include "child.h"
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>

/* A table of the columns that the file has; the first of them is its key. */
static const char *table_for(struct arena *arena, const char *csv, size_t *columns)
{
    char header[1024];
    FILE *file = fopen(csv, "r");
    const char *sql = "CREATE TABLE IF NOT EXISTS event (";
    *columns = 0;
    if (file == NULL || fgets(header, sizeof(header), file) == NULL)
        header[0] = '\0';
    if (file != NULL)
        fclose(file);
    for (char *name = strtok(header, ",\n"); name != NULL; name = strtok(NULL, ",\n")) {
        bool number = strcmp(name, "value") == 0 || strcmp(name, "cost") == 0;
        sql = arena_printf(arena, "%s%s%s %s", sql, *columns > 0 ? ", " : "", name,
                           *columns == 0 ? "TEXT NOT NULL UNIQUE ON CONFLICT IGNORE"
                           : number      ? "REAL"
                                         : "TEXT");
        ++*columns;
    }
    return arena_printf(arena,
                        "%s); CREATE INDEX IF NOT EXISTS event_by_touchpoint ON event"
                        " (touchpoint, ts);",
                        sql);
}

enum { OURS, THEIRS, DUCK, PROGRAMS };

/* A file once into an empty database, and once more into the same. */
enum { FRESH, AGAIN, PASSES };

struct job {
    const char *const *argv; /* NULL: it is not here */
    const char *database;
};

struct record {
    struct series rate[PROGRAMS], processor[PROGRAMS], memory[PROGRAMS];
};

static void name_series(struct record *record)
{
    static const char *const names[] = {
        [OURS] = "stellwerk", [THEIRS] = "sqlite3 .import", [DUCK] = "DuckDB, 2 threads"
    };
    for (int i = 0; i < PROGRAMS; i++) {
        record->rate[i].program = names[i];
        record->processor[i].program = names[i];
        record->memory[i].program = names[i];
    }
}

static void print_record(const struct record *record, const char *what)
{
    struct figure figure = { .suite = "import", .what = what, .series_count = PROGRAMS };
    figure.unit = "thousand rows a second";
    figure.series = record->rate;
    figure_print(&figure);
    figure.unit = "ms of processor";
    figure.series = record->processor;
    figure_print(&figure);
    figure.unit = "MB at the peak";
    figure.series = record->memory;
    figure_print(&figure);
}

static bool run_round(const struct job jobs[PROGRAMS], double rows, struct record records[PASSES])
{
    for (int program = 0; program < PROGRAMS; program++)
        if (jobs[program].database != NULL)
            unlink(jobs[program].database);
    for (int pass = 0; pass < PASSES; pass++)
        for (int program = 0; program < PROGRAMS; program++) {
            struct usage usage;
            if (jobs[program].argv == NULL || (program == DUCK && pass == AGAIN))
                continue;
            if (!child_run(jobs[program].argv, &usage))
                return false;
            series_add(&records[pass].rate[program], rows / usage.wall_ms);
            series_add(&records[pass].processor[program], usage.cpu_ms);
            series_add(&records[pass].memory[program], usage.peak_mb);
        }
    return true;
}

int bench_import(int argc, char **argv)
{
    struct arena arena = { 0 };
    struct record records[PASSES] = { 0 };
    const char *csv = argv[1], *folder = argv[4];
    const char *store = arena_printf(&arena, "%s/imported.db", folder);
    bool mixed = strcmp(argv[5], "mixed") == 0;
    size_t columns;
    const char *table = table_for(&arena, csv, &columns);
    const char *plain = arena_printf(&arena, "%s/plain.db", folder);
    const char *import = arena_printf(&arena, ".import --csv --skip 1 '%s' event", csv);
    const char *duck = arena_printf(&arena, "%s/plain.duckdb", folder);
    const char *const duck_argv[] = { "node", argc > 6 ? argv[6] : NULL, "import", duck, "2", csv,
                                      NULL };
    const struct job jobs[PROGRAMS] = {
        [OURS] = { .argv = (const char *const[]){ argv[0], "import", store, csv, "--as", "events",
                                                  "--quiet", NULL },
                   .database = store },
        [THEIRS] = { .argv = (const char *const[]){ "sqlite3", plain, table, import, NULL },
                     .database = plain },
        [DUCK] = { .argv = argc > 6 ? duck_argv : NULL, .database = duck },
    };
    bool good = true;
    for (int pass = 0; pass < PASSES; pass++)
        name_series(&records[pass]);
    for (int round = atoi(argv[3]); good && round > 0; round--)
        good = run_round(jobs, strtod(argv[2], NULL), records);
    if (good) {
        print_record(&records[FRESH],
                     arena_printf(&arena, "import %s events of %zu columns%s into an empty store",
                                  argv[2], columns, mixed ? " in no order" : ""));
        print_record(&records[AGAIN], arena_printf(&arena, "import the same %s again", argv[2]));
    }
    arena_finish(&arena);
    return good ? EXIT_SUCCESS : bench_fail("an import failed");
}
