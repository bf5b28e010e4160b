/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A frame of 200x60 after a key: the Map view draws a scene, beside the same cells put one by one,
 * which is what a scene costs without a view; the wire makes bytes of what has changed, beside what
 * ncurses takes for it.
 */

#include "benches.h"
#include "clock.h"
#include "figure.h"
#include "generate.h"

#include <curses.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <stellwerk/base/time.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/scene/view.h>
#include <stellwerk/tui/wire.h>

enum { COLUMNS = 200, ROWS_ON_SCREEN = 60, ROUNDS = 15, SLICES = 12 };

/* What is measured, in the order in which it is done. */
enum { BY_VIEW, BY_HAND, BY_WIRE, BY_CURSES, SERIES };

/* ---- What is drawn -------------------------------------------------------------------------- */

static void make_measure(struct figures *figures, int touchpoint, int metric)
{
    const double score = 20 + (touchpoint * 37 + metric * 11) % 70;
    struct measure *measure = &figures->measures[figures->measure_count++];
    *measure = (struct measure){
        .touchpoint = touchpoint,
        .metric = metric,
        .n = 40 + (uint64_t)touchpoint % 900,
        .sample = { .kind = SAMPLE_MEAN, .variant = VARIANT_MEAN },
        .newest = time_now(),
        .slices = arena_array(&figures->arena, SLICES, sizeof(*measure->slices)),
        .slice_count = SLICES,
    };
    measure->sample.values = (struct moments){ (double)measure->n, score, 4e4 };
    measure->sample.scores = measure->sample.values;
    for (int i = 0; i < SLICES; i++)
        measure->slices[i] = (struct slice){
            .first_day = 30 * i,
            .last_day = 30 * i + 29,
            .n = 40,
            .value = score + i * 7 % 12,
        };
}

/* Figures as a store would have them: every metric of every touchpoint, with a trend. */
static struct figures *make_figures(const struct journey *journey, const struct lens *lens)
{
    struct figures *figures = figures_create();
    size_t count = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        count += journey->touchpoints[i].metrics.count;
    figures->lens = *lens;
    figures->measures = arena_array(&figures->arena, count, sizeof(*figures->measures));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t j = 0; j < journey->touchpoints[i].metrics.count; j++)
            make_measure(figures, (int)i, journey->touchpoints[i].metrics.items[j]);
    figures_complete(figures);
    return figures;
}

/* ---- Ways to paint -------------------------------------------------------------------------- */

/* Draws the map with one touchpoint selected: what a key does. */
static const struct scene *draw(struct arena *arena, struct stage_set *set, int selected)
{
    set->options.selected = selected;
    return view_find("map")->draw(arena, set, COLUMNS, ROWS_ON_SCREEN, (struct medium){ 0 });
}

static short pair_of(struct style style)
{
    return (short)(1 + style.ink + style.ground * INK_COUNT);
}

static void paint_cell(const struct cell *cell, int row, int column)
{
    wchar_t text[CCHARW_MAX] = L" ";
    cchar_t glyph;
    if (cell->width == 0)
        return;
    if (cell->bytes > 0 && mbrtowc(text, cell->text, cell->bytes, &(mbstate_t){ 0 }) > cell->bytes)
        return;
    setcchar(&glyph, text, cell->style.selected ? A_REVERSE : A_NORMAL, pair_of(cell->style), NULL);
    mvadd_wch(row, column, &glyph);
}

static void paint_with_curses(const struct scene *scene)
{
    erase();
    for (int row = 0; row < scene->rows; row++)
        for (int column = 0; column < scene->columns; column++)
            paint_cell(&scene->cells[row * scene->columns + column], row, column);
    refresh();
}

static SCREEN *open_curses(FILE *null)
{
    SCREEN *screen = newterm("xterm-256color", null, stdin);
    if (screen == NULL)
        return NULL;
    start_color();
    resize_term(ROWS_ON_SCREEN, COLUMNS);
    for (int ink = 0; ink < INK_COUNT; ink++)
        for (int ground = 0; ground < GROUND_COUNT; ground++)
            init_pair((short)(1 + ink + ground * INK_COUNT), (short)(17 + ink),
                      (short)(232 + ground));
    return screen;
}

/* A scene of the same cells, put one by one. */
static void copy_scene(struct arena *arena, const struct scene *from)
{
    struct scene *scene = scene_new(arena, from->columns, from->rows, from->medium);
    for (int row = 0; row < from->rows; row++)
        for (int column = 0; column < from->columns; column++) {
            const struct cell *cell = &from->cells[row * from->columns + column];
            if (cell->bytes > 0)
                scene_put(scene, row, column, cell->style, cell->text, cell->bytes, cell->width);
        }
}

/* ---- Measuring ------------------------------------------------------------------------------ */

/* What one frame goes through. */
struct canvas {
    struct arena arena;
    struct wire *wire;
    struct str bytes;
};

static void time_frame(struct canvas *canvas, struct stage_set *set, int selected,
                       double spent[SERIES])
{
    double times[SERIES + 1];
    arena_reset(&canvas->arena);
    str_clear(&canvas->bytes);
    times[BY_VIEW] = clock_cpu_ms();
    const struct scene *scene = draw(&canvas->arena, set, selected);
    times[BY_HAND] = clock_cpu_ms();
    copy_scene(&canvas->arena, scene);
    times[BY_WIRE] = clock_cpu_ms();
    wire_draw(canvas->wire, scene, THEME_DARK, &canvas->bytes);
    times[BY_CURSES] = clock_cpu_ms();
    paint_with_curses(scene);
    times[SERIES] = clock_cpu_ms();
    for (int i = 0; i < SERIES; i++)
        spent[i] += times[i + 1] - times[i];
}

static void measure(struct stage_set *set, struct series series[SERIES])
{
    const int frames = 40;
    struct canvas canvas = { 0 };
    canvas.wire = wire_create((struct abilities){ .depth = DEPTH_256, .utf8 = true });
    str_init(&canvas.bytes);
    for (int round = 0; round < ROUNDS; round++) {
        double spent[SERIES] = { 0 };
        for (int i = 0; i < frames; i++)
            time_frame(&canvas, set, i % 10, spent);
        for (int i = 0; i < SERIES; i++)
            series_add(&series[i], spent[i] * 1000 / frames);
    }
    str_finish(&canvas.bytes);
    wire_destroy(canvas.wire);
    arena_finish(&canvas.arena);
}

static bool measure_map(size_t touchpoints, struct series series[SERIES])
{
    struct arena arena = { 0 };
    struct diag_list findings;
    struct journey *journey;
    struct str text;
    struct lens lens = { .persona = NONE,
                         .context = NONE,
                         .period = period_containing(PERIOD_ALL, 0) };
    str_init(&text);
    generate_map(&text, touchpoints, SIZE_MAX);
    diag_list_init(&findings, &arena);
    bool good = map_read_text(&arena, "made-up.yaml", text.text, text.length, &journey, &findings);
    if (good) {
        struct figures *figures = make_figures(journey, &lens);
        struct stage_set set = {
            .journey = journey,
            .figures = figures,
            .readings = readings_new(&arena, journey, figures, &lens),
            .lens = lens,
            .options = { .lanes = LANES_DEFAULT, .overlay = true, .metric = NONE },
            .now = time_now(),
        };
        measure(&set, series);
        figures_destroy(figures);
    }
    str_finish(&text);
    arena_finish(&arena);
    return good;
}

static void print_pair(const char *verb, size_t touchpoints, const struct series *pair)
{
    char what[128];
    snprintf(what, sizeof(what), "%s a frame of 200x60, %zu touchpoints", verb, touchpoints);
    figure_print(&(struct figure){ .suite = "frame",
                                   .what = what,
                                   .unit = "µs of processor",
                                   .series = pair,
                                   .series_count = 2 });
}

static bool print_map(size_t touchpoints)
{
    struct series series[SERIES] = {
        [BY_VIEW] = { .program = "stellwerk, the view" },
        [BY_HAND] = { .program = "its cells one by one" },
        [BY_WIRE] = { .program = "stellwerk, the wire" },
        [BY_CURSES] = { .program = "ncurses" },
    };
    if (!measure_map(touchpoints, series))
        return false;
    print_pair("draw", touchpoints, &series[BY_VIEW]);
    print_pair("send", touchpoints, &series[BY_WIRE]);
    return true;
}

int bench_frame(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    FILE *null = fopen("/dev/null", "r+");
    SCREEN *screen = null != NULL ? open_curses(null) : NULL;
    if (screen == NULL)
        return bench_fail("ncurses does not know xterm-256color");
    bool good = print_map(10) && print_map(500);
    endwin();
    delscreen(screen);
    fclose(null);
    return good ? EXIT_SUCCESS : bench_fail("the map that was made up cannot be read");
}
