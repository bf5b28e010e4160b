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

#include <stellwerk/app/session.h>
#include <stellwerk/base/array.h>

/* Waits, in ms. A first frame may come in several parts. */
enum {
    FIRST_MS = 3000,
    FIRST_QUIET_MS = 100,
    KEY_MS = 200,
    KEY_QUIET_MS = 20,
    HELD_QUIET_MS = 100
};

enum { PROGRAMS_MAX = 4, ROUNDS = 7, MOVES = 15, HELD = 16, IDLE_MS = 2000, ARGS_MAX = 12 };

struct program {
    const char *name;
    const char *argv[ARGS_MAX];
    const char *folder;
    const char *home;         /* keys to the first place; NULL: it takes no keys */
    const char *forth, *back; /* a key each */
    const char *edge; /* keys to where `forth` begins to scroll; NULL: stellwerk's own way */
    const char *quit;
};

struct bench {
    struct program programs[PROGRAMS_MAX];
    size_t count;
    bool show;               /* print what each move of stellwerk's sends */
    bool first;              /* only the first screen, with a store that is large */
    struct session *session; /* of the same map, without a screen and without figures */
    int last, shown;         /* touchpoint; touchpoints on a screen */
};

/* What is measured of one program. */
struct record {
    struct series first_ms, processor, memory;
    struct series paint, move, scroll, held, held_on, idle, writes, answer_ms;
};

/* ---- The programs --------------------------------------------------------------------------- */

static const struct program known[] = {
    { .name = "vim",
      .argv = { "vim", "-N", "-u", "DEFAULTS", "-i", "NONE", "-n", "MAP" },
      .home = "gg0",
      .forth = "j",
      .back = "k",
      .edge = "ggL",
      .quit = ":q!\r" },
    { .name = "tig",
      .argv = { "tig" },
      .home = "\033OH",
      .forth = "j",
      .back = "k",
      .edge = "\033OHjjjjjjjjjjjjjjjjjjjjj",
      .quit = "Q" },
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
    bench->programs[bench->count++] = (struct program){
        .name = "stellwerk",
        .argv = { argv[0], "open", argv[1], "--store", argv[2] },
        .home = "g",
        .forth = "l",
        .back = "h",
        .quit = "q",
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

/* The leftmost touchpoint that a session shows as a column; `shown`, if asked for, is how many it
 * shows. They stand in one row of the frame; the strip below names touchpoints, too. */
static int leftmost(struct session *session, struct arena *arena, int *shown)
{
    arena_reset(arena);
    const struct scene *frame =
        session_draw(session, arena, PTY_COLUMNS, PTY_ROWS, (struct medium){ 0 });
    const struct region *first = NULL;
    int count = 0;
    for (size_t i = 0; i < frame->region_count; i++) {
        const struct region *region = &frame->regions[i];
        if (region->kind != REGION_TOUCHPOINT)
            continue;
        first = first != NULL ? first : region;
        count += region->row == first->row;
    }
    if (shown != NULL)
        *shown = count;
    return first != NULL ? first->index : NONE;
}

/* Through every column of the map and back. A session without a screen, told the same keys, knows
 * which of them scroll. */
static void move_through_map(const struct bench *bench, struct pty *pty, struct record *record)
{
    const struct program *program = &bench->programs[0];
    struct arena arena = { 0 };
    pty_press(pty, program->home, KEY_MS, FIRST_QUIET_MS);
    session_key(bench->session, program->home);
    int first = leftmost(bench->session, &arena, NULL);
    for (int i = 1; i <= 2 * bench->last; i++) {
        const char *key = i <= bench->last ? program->forth : program->back;
        session_key(bench->session, key);
        int before = first;
        first = leftmost(bench->session, &arena, NULL);
        move_once(pty, key, bench->show, record, first == before ? &record->move : &record->scroll);
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

static void hold_key(struct pty *pty, const char *key, int presses, struct series *bytes)
{
    char keys[HELD + 1] = { 0 };
    memset(keys, key[0], (size_t)presses);
    pty_press(pty, keys, KEY_MS, HELD_QUIET_MS);
    series_add(bytes, (double)pty->sent.length / presses);
}

/* First as long as nothing scrolls, then across all that scrolls. */
static void hold(const struct bench *bench, const struct program *program, struct pty *pty,
                 struct record *record)
{
    int within = program->edge == NULL ? bench->shown - 1 : HELD;
    pty_press(pty, program->home, KEY_MS, FIRST_QUIET_MS);
    hold_key(pty, program->forth, within, &record->held);
    hold_key(pty, program->back, within, &record->held);
    pty_press(pty, program->edge == NULL ? program->home : program->edge, KEY_MS, FIRST_QUIET_MS);
    hold_key(pty, program->forth, HELD, &record->held_on);
}

static bool work_once(const struct bench *bench, size_t index, struct record *record)
{
    const struct program *program = &bench->programs[index];
    struct pty pty;
    if (!pty_start(&pty, program->argv, program->folder))
        return false;
    pty_settle(&pty, FIRST_MS, FIRST_QUIET_MS);
    if (bench->show && index == 0)
        show_bytes("first screen", &pty.sent);
    if (program->edge == NULL)
        move_through_map(bench, &pty, record);
    else
        move_in_list(program, &pty, record);
    hold(bench, program, &pty, record);
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
    double first_limit; /* with a large store; 0: no bar */
} rows[] = {
    { .what = "first complete screen",
      .unit = "ms",
      .offset = offsetof(struct record, first_ms),
      .first_limit = 50 },
    { .what = "open and quit",
      .unit = "ms of processor",
      .offset = offsetof(struct record, processor) },
    { .what = "open",
      .unit = "MB at the peak",
      .offset = offsetof(struct record, memory),
      .first_limit = 32 },
    { .what = "first screen",
      .unit = "bytes",
      .offset = offsetof(struct record, paint),
      .bar = BAR_VALUE,
      .limit = 3000 },
    { .what = "a move",
      .unit = "bytes",
      .offset = offsetof(struct record, move),
      .bar = BAR_VALUE,
      .limit = 170 },
    { .what = "a move that scrolls", .unit = "bytes", .offset = offsetof(struct record, scroll) },
    { .what = "a held key",
      .unit = "bytes a press",
      .offset = offsetof(struct record, held),
      .bar = BAR_VALUE,
      .limit = 40 },
    { .what = "a held key that scrolls",
      .unit = "bytes a press",
      .offset = offsetof(struct record, held_on) },
    { .what = "two seconds idle",
      .unit = "bytes",
      .offset = offsetof(struct record, idle),
      .bar = BAR_VALUE,
      .limit = 0 },
    { .what = "a key",
      .unit = "calls to write",
      .offset = offsetof(struct record, writes),
      .bar = BAR_VALUE,
      .limit = 1 },
    { .what = "a key answered", .unit = "ms", .offset = offsetof(struct record, answer_ms) },
};

static void print_figures(const struct bench *bench, struct record *records)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct series series[PROGRAMS_MAX];
        for (size_t j = 0; j < bench->count; j++) {
            series[j] = *(struct series *)((char *)&records[j] + rows[i].offset);
            series[j].program = bench->programs[j].name;
        }
        if (series[0].count == 0)
            continue;
        bool barred = rows[i].first_limit > 0;
        figure_print(&(struct figure){
            .suite = bench->first ? "first" : "screen",
            .what = rows[i].what,
            .unit = rows[i].unit,
            .series = series,
            .series_count = bench->count,
            .bar = !bench->first ? rows[i].bar
                   : barred      ? BAR_VALUE
                                 : BAR_NONE,
            .limit = bench->first ? rows[i].first_limit : rows[i].limit,
        });
    }
}

/* ---- All of it ------------------------------------------------------------------------------ */

static bool measure(const struct bench *bench, struct record *records)
{
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < bench->count; i++)
            if (!open_once(&bench->programs[i], &records[i]))
                return false;
    for (size_t i = 0; !bench->first && i < bench->count; i++)
        if (bench->programs[i].home != NULL && !work_once(bench, i, &records[i]))
            return false;
    return true;
}

static bool open_session(struct bench *bench, const char *map)
{
    struct arena arena = { 0 };
    struct error err;
    struct revision *revision = revision_read(map);
    if (revision->journey == NULL) {
        revision_release(revision);
        return false;
    }
    bench->last = (int)revision->journey->touchpoint_count - 1;
    bench->session = session_create(&(struct session_options){ .map = map }, revision, &err);
    if (bench->session != NULL)
        leftmost(bench->session, &arena, &bench->shown);
    arena_finish(&arena);
    return bench->session != NULL;
}

int bench_screen(int argc, char **argv)
{
    struct bench bench = { .show = strcmp(argv[0], "--show") == 0,
                           .first = strcmp(argv[0], "--first") == 0 };
    struct record records[PROGRAMS_MAX] = { 0 };
    if ((bench.show || bench.first) && argc-- < 5)
        return bench_fail("%s needs what to run", argv[0]);
    if (bench.show || bench.first)
        argv++;
    choose_programs(&bench, argc, argv);
    if (!open_session(&bench, argv[1]))
        return bench_fail("cannot read '%s'", argv[1]);
    bool good = measure(&bench, records);
    session_destroy(bench.session);
    if (!good)
        return bench_fail("cannot run on a terminal");
    print_figures(&bench, records);
    return EXIT_SUCCESS;
}
