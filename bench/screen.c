/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a person waits for and what a slow line carries: from the start of the program to the first
 * complete frame, and the bytes of each answer to a key, beside programs that people know.
 */

#include "benches.h"
#include "figure.h"
#include "pty.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/scene/view.h>

/* Waits, in ms. A first frame may come in several parts. */
enum { FIRST_MS = 3000, FIRST_QUIET_MS = 100, KEY_MS = 200, KEY_QUIET_MS = 20, HELD_QUIET_MS = 100 };

enum { PROGRAMS_MAX = 4, ROUNDS = 7, MOVES = 15, HELD = 16, IDLE_MS = 2000, ARGS_MAX = 12 };

struct program {
    const char *name;
    const char *argv[ARGS_MAX];
    const char *folder;
    const char *home;        /* keys to the first place; NULL: it takes no keys */
    const char *forth, *back; /* a key each */
    const char *edge;        /* keys to where `forth` begins to scroll; NULL: stellwerk's own way */
    const char *quit;
};

struct bench {
    struct program programs[PROGRAMS_MAX];
    size_t count;
    const char *map;
    bool show; /* print what each move of stellwerk's sends */
};

/* What is measured of one program. */
struct record {
    struct series first_ms, processor, memory;
    struct series paint, move, scroll, held, idle, writes, answer_ms;
};

/* ---- The programs --------------------------------------------------------------------------- */

static const struct program known[] = {
    { .name = "vim",
      .argv = { "vim", "-N", "-u", "DEFAULTS", "-i", "NONE", "-n", "MAP" },
      .home = "gg0", .forth = "j", .back = "k", .edge = "ggL", .quit = ":q!\r" },
    { .name = "tig", .argv = { "tig" },
      .home = "\033OH", .forth = "j", .back = "k", .edge = "\033OHjjjjjjjjjjjjjjjjjjjjj", .quit = "Q" },
    { .name = "sqlite3",
      .argv = { "sqlite3", "-box", "STORE",
                "SELECT touchpoint, count(*) FROM events GROUP BY touchpoint" } },
};

/* Puts the files in the places that an argument vector leaves for them. */
static struct program complete(struct program program, char **argv)
{
    for (size_t i = 0; program.argv[i] != NULL; i++) {
        if (strcmp(program.argv[i], "MAP") == 0)
            program.argv[i] = argv[1];
        else if (strcmp(program.argv[i], "STORE") == 0)
            program.argv[i] = argv[2];
    }
    if (strcmp(program.name, "tig") == 0)
        program.folder = argv[3];
    return program;
}

static void choose_programs(struct bench *bench, int argc, char **argv)
{
    bench->map = argv[1];
    bench->programs[bench->count++] = (struct program){
        .name = "stellwerk",
        .argv = { argv[0], "open", argv[1], "--store", argv[2] },
        .home = "g", .forth = "l", .back = "h", .quit = "q",
    };
    for (int i = 4; i < argc; i++)
        for (size_t j = 0; j < ARRAY_LEN(known) && bench->count < PROGRAMS_MAX; j++)
            if (strcmp(argv[i], known[j].name) == 0)
                bench->programs[bench->count++] = complete(known[j], argv);
}

/* ---- The first screen ----------------------------------------------------------------------- */

static bool open_once(const struct program *program, struct record *record)
{
    struct pty pty;
    if (!pty_start(&pty, program->argv, program->folder))
        return false;
    series_add(&record->first_ms, pty_settle(&pty, FIRST_MS, FIRST_QUIET_MS));
    series_add(&record->paint, (double)pty.sent.length);
    double peak = pty_peak_mb(&pty);
    if (peak > 0)
        series_add(&record->memory, peak);
    double processor = pty_stop(&pty, program->quit != NULL ? program->quit : "");
    series_add(&record->processor, processor);
    return true;
}

/* ---- Keys ----------------------------------------------------------------------------------- */

static void show_bytes(const char *key, const struct str *sent)
{
    printf("    %s, %zu bytes: ", key, sent->length);
    for (size_t i = 0; i < sent->length; i++) {
        unsigned char byte = (unsigned char)sent->text[i];
        if (byte == 27)
            fputs("\\e", stdout);
        else if (byte < ' ' || byte == 127)
            printf("\\x%02x", byte);
        else
            putchar(byte);
    }
    putchar('\n');
}

static void move_once(struct pty *pty, const char *key, bool show, struct record *record,
                      struct series *bytes)
{
    double writes = pty_writes(pty);
    double time = pty_press(pty, key, KEY_MS, KEY_QUIET_MS);
    if (show)
        show_bytes(key, &pty->sent);
    series_add(bytes, (double)pty->sent.length);
    series_add(&record->answer_ms, time);
    if (writes >= 0)
        series_add(&record->writes, pty_writes(pty) - writes);
}

/* Through every column of the map and back; the view itself says which moves scroll. */
static void move_through_map(const struct bench *bench, struct pty *pty, const struct journey *map,
                             struct record *record)
{
    const struct program *program = &bench->programs[0];
    struct arena arena = { 0 };
    struct stage_set set = { .journey = map, .options = { .lanes = LANES_DEFAULT } };
    set.lens = (struct lens){ NONE, NONE, period_containing(PERIOD_ALL, 0) };
    set.readings = readings_new(&arena, map, NULL, &set.lens);
    size_t last = map->touchpoint_count - 1;
    pty_press(pty, program->home, KEY_MS, FIRST_QUIET_MS);
    for (size_t i = 1; i <= 2 * last; i++) {
        int first, count;
        set.options.selected = (int)(i <= last ? i : 2 * last - i);
        map_window(&set, PTY_COLUMNS, &first, &count);
        bool scrolls = first != set.options.first;
        set.options.first = first;
        move_once(pty, i <= last ? program->forth : program->back, bench->show, record,
                  scrolls ? &record->scroll : &record->move);
    }
    arena_finish(&arena);
}

static void move_in_list(const struct program *program, struct pty *pty, struct record *record)
{
    pty_press(pty, program->home, KEY_MS, FIRST_QUIET_MS);
    for (int i = 0; i < 2 * MOVES; i++)
        move_once(pty, i < MOVES ? program->forth : program->back, false, record, &record->move);
    pty_press(pty, program->edge, KEY_MS, FIRST_QUIET_MS);
    for (int i = 0; i < MOVES; i++)
        move_once(pty, program->forth, false, record, &record->scroll);
}

static void hold(const struct program *program, struct pty *pty, struct record *record)
{
    const char *const keys[] = { program->forth, program->back };
    pty_press(pty, program->home, KEY_MS, FIRST_QUIET_MS);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        char presses[HELD + 1] = { 0 };
        memset(presses, keys[i][0], HELD);
        pty_press(pty, presses, KEY_MS, HELD_QUIET_MS);
        series_add(&record->held, (double)pty->sent.length / HELD);
    }
}

static bool work_once(const struct bench *bench, size_t index, const struct journey *map,
                      struct record *record)
{
    const struct program *program = &bench->programs[index];
    struct pty pty;
    if (!pty_start(&pty, program->argv, program->folder))
        return false;
    pty_settle(&pty, FIRST_MS, FIRST_QUIET_MS);
    if (program->edge == NULL)
        move_through_map(bench, &pty, map, record);
    else
        move_in_list(program, &pty, record);
    hold(program, &pty, record);
    pty_press(&pty, "", IDLE_MS, IDLE_MS);
    series_add(&record->idle, (double)pty.sent.length);
    pty_stop(&pty, program->quit);
    return true;
}

/* ---- Figures -------------------------------------------------------------------------------- */

static const struct row {
    const char *what, *unit;
    size_t offset;
    enum bar bar;
    double limit;
} rows[] = {
#define OF(member) .offset = offsetof(struct record, member)
    { .what = "first complete screen", .unit = "ms", OF(first_ms) },
    { .what = "open and quit", .unit = "ms of processor", OF(processor) },
    { .what = "open", .unit = "MB at the peak", OF(memory) },
    { .what = "first screen", .unit = "bytes", OF(paint), .bar = BAR_VALUE, .limit = 3000 },
    { .what = "a move", .unit = "bytes", OF(move), .bar = BAR_VALUE, .limit = 170 },
    { .what = "a move that scrolls", .unit = "bytes", OF(scroll) },
    { .what = "a held key", .unit = "bytes a press", OF(held), .bar = BAR_VALUE, .limit = 40 },
    { .what = "two seconds idle", .unit = "bytes", OF(idle), .bar = BAR_VALUE, .limit = 0 },
    { .what = "a key", .unit = "calls to write", OF(writes), .bar = BAR_VALUE, .limit = 1 },
    { .what = "a key answered", .unit = "ms", OF(answer_ms) },
#undef OF
};

static void print_figures(const struct bench *bench, struct record *records)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct series series[PROGRAMS_MAX];
        for (size_t j = 0; j < bench->count; j++) {
            series[j] = *(struct series *)((char *)&records[j] + rows[i].offset);
            series[j].program = bench->programs[j].name;
        }
        figure_print(&(struct figure){ .suite = "screen", .what = rows[i].what,
                                       .unit = rows[i].unit, .series = series,
                                       .series_count = bench->count, .bar = rows[i].bar,
                                       .limit = rows[i].limit });
    }
}

/* ---- All of it ------------------------------------------------------------------------------ */

static bool measure(const struct bench *bench, const struct journey *map, struct record *records)
{
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < bench->count; i++)
            if (!open_once(&bench->programs[i], &records[i]))
                return false;
    for (size_t i = 0; i < bench->count; i++)
        if (bench->programs[i].home != NULL && !work_once(bench, i, map, &records[i]))
            return false;
    return true;
}

int bench_screen(int argc, char **argv)
{
    struct bench bench = { .show = strcmp(argv[0], "--show") == 0 };
    struct record records[PROGRAMS_MAX] = { 0 };
    struct arena arena = { 0 };
    struct diag_list findings;
    struct journey *map;
    if (bench.show && argc-- < 5)
        return bench_fail("--show needs what to run");
    choose_programs(&bench, argc, bench.show ? argv + 1 : argv);
    diag_list_init(&findings, &arena);
    bool good = map_read_file(&arena, bench.map, &map, &findings) &&
                measure(&bench, map, records);
    if (good)
        print_figures(&bench, records);
    arena_finish(&arena);
    return good ? EXIT_SUCCESS : bench_fail("cannot run on a terminal");
}
