/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Drawing a frame of 200x60: the Map view into a scene, and that scene onto the wire. Beside it
 * what ncurses takes to paint the very same cells, with nothing to draw: a view may cost so much
 * without anyone noticing.
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

enum { THE_VIEW, THE_WIRE, THE_CURSES, SERIES };

/* ---- What is drawn -------------------------------------------------------------------------- */

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
        for (size_t j = 0; j < journey->touchpoints[i].metrics.count; j++) {
            struct measure *measure = &figures->measures[figures->measure_count++];
            double score = 20 + (double)((i * 37 + j * 11) % 70);
            *measure = (struct measure){
                .touchpoint = (int)i,
                .metric = journey->touchpoints[i].metrics.items[j],
                .n = 40 + i % 900,
                .sample = { .kind = SAMPLE_MEAN, .variant = VARIANT_MEAN },
                .newest = time_now(),
                .slice_count = SLICES,
            };
            measure->sample.values = (struct moments){ (double)measure->n, score, 4e4 };
            measure->sample.scores = measure->sample.values;
            measure->slices = arena_array(&figures->arena, SLICES, sizeof(*measure->slices));
            for (int k = 0; k < SLICES; k++)
                measure->slices[k] = (struct slice){ .first_day = 30 * k,
                                                     .last_day = 30 * k + 29,
                                                     .n = 40,
                                                     .value = score + (double)(k * 7 % 12) };
        }
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

/* ---- Measuring ------------------------------------------------------------------------------ */

static void measure(struct stage_set *set, struct series series[SERIES])
{
    const int frames = 40;
    struct arena arena = { 0 };
    struct wire *wire = wire_create((struct abilities){ .depth = DEPTH_256, .utf8 = true });
    struct str bytes;
    str_init(&bytes);
    for (int round = 0; round < ROUNDS; round++) {
        double times[SERIES + 1], spent[SERIES] = { 0 };
        for (int i = 0; i < frames; i++) {
            arena_reset(&arena);
            str_clear(&bytes);
            times[THE_VIEW] = clock_cpu_ms();
            const struct scene *scene = draw(&arena, set, i % 10);
            times[THE_WIRE] = clock_cpu_ms();
            wire_draw(wire, scene, THEME_DARK, &bytes);
            times[THE_CURSES] = clock_cpu_ms();
            paint_with_curses(scene);
            times[SERIES] = clock_cpu_ms();
            for (int j = 0; j < SERIES; j++)
                spent[j] += times[j + 1] - times[j];
        }
        for (int j = 0; j < SERIES; j++)
            series_add(&series[j], spent[j] * 1000 / frames);
    }
    str_finish(&bytes);
    wire_destroy(wire);
    arena_finish(&arena);
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

static bool print_map(size_t touchpoints)
{
    struct series series[SERIES] = {
        [THE_VIEW] = { .program = "stellwerk, the view" },
        [THE_WIRE] = { .program = "stellwerk, the wire" },
        [THE_CURSES] = { .program = "ncurses, same cells" },
    };
    if (!measure_map(touchpoints, series))
        return false;
    char what[128];
    snprintf(what, sizeof(what), "a frame of 200x60, %zu touchpoints", touchpoints);
    figure_print(&(struct figure){ .suite = "frame",
                                   .what = what,
                                   .unit = "µs of processor",
                                   .series = series,
                                   .series_count = SERIES });
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
