/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/paths.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define SHARE_COLUMNS 6
#define COUNT_COLUMNS 10
#define FIT_COLUMNS 8
#define NOTES_COLUMNS 16
#define CELL_LEAST 2
#define CELL_MOST 8
#define WAYS_SHOWN 12
#define NOTES_MOST 60 /* bytes */

/* A way seen against the columns of the design. */
struct line {
    int *visits;     /* of each column */
    int first, last; /* columns; NONE */
    int beside;      /* steps on none */
    struct str back; /* steps to an earlier column: "10→2 5→4" */
};

struct lines {
    struct page *page;
    const struct stage_set *set;
    int left, cell; /* column where the first one stands, columns to each */
    int *places;    /* of each touchpoint among the columns; NONE */
};

static struct line line_of(const struct lines *lines, const struct path_way *way)
{
    size_t columns = lines->set->paths->paths.column_count;
    struct line line = {
        .visits = arena_array(lines->page->scene->arena, columns, sizeof(*line.visits)),
        .first = NONE,
        .last = NONE,
    };
    str_init(&line.back);
    int at = NONE;
    for (size_t i = 0; i < way->count; i++) {
        bool known = (size_t)way->steps[i] < lines->set->journey->touchpoint_count;
        int place = known ? lines->places[way->steps[i]] : NONE;
        if (place == NONE) {
            line.beside++;
            continue;
        }
        line.visits[place]++;
        if (at != NONE && place < at && line.back.length < NOTES_MOST)
            str_printf(&line.back, "%s%d→%d", line.back.length > 0 ? " " : "", at + 1, place + 1);
        at = place;
        line.first = line.first == NONE || place < line.first ? place : line.first;
        line.last = place > line.last ? place : line.last;
    }
    return line;
}

static void draw_mark(const struct lines *lines, int row, int x, int visits)
{
    struct scene *scene = lines->page->scene;
    if (visits > 1)
        scene_printf(scene, row, x, 1, style_bold(INK_WARN), visits > 9 ? "+" : "%d", visits);
    else
        scene_glyph(scene, row, x, style_ink(INK_MEASURED), glyph(scene->medium, GLYPH_MEASURED));
}

/* From one column that was met to the next; faint where columns between them were not. */
static void draw_stretch(const struct lines *lines, int row, int from, int to)
{
    struct scene *scene = lines->page->scene;
    enum ink ink = to == from + 1 ? INK_CURVE : INK_FAINT;
    for (int x = from * lines->cell + 1; x < to * lines->cell; x++)
        scene_glyph(scene, row, lines->left + x, style_ink(ink), glyph(scene->medium, GLYPH_RULE));
}

static void draw_line(const struct lines *lines, int row, const struct line *line)
{
    int last = NONE;
    for (int i = line->first; i != NONE && i <= line->last; i++) {
        if (line->visits[i] == 0)
            continue;
        if (last != NONE)
            draw_stretch(lines, row, last, i);
        draw_mark(lines, row, lines->left + i * lines->cell, line->visits[i]);
        last = i;
    }
}

static const char *notes_text(struct arena *arena, const struct path_way *way,
                              const struct line *line)
{
    const char *words[] = {
        way->again >= 0.05 ? arena_printf(arena, _("%s again"), locale_number(arena, way->again, 1))
                           : NULL,
        line->back.length > 0 ? arena_printf(arena, _("back %s"), line->back.text) : NULL,
        line->beside > 0
            ? arena_printf(arena,
                           ngettext("%d beside it", "%d beside it", (unsigned long)line->beside),
                           line->beside)
            : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void offer(struct page *page, const struct stage_set *set, int row,
                  const struct path_way *way)
{
    paths_offer(page, set, row,
                (struct path_pick){ PICK_WAY, .from = NONE, .to = NONE, .steps = way->steps,
                                    .step_count = way->count });
}

static void write_way(const struct lines *lines, const struct path_way *way)
{
    struct scene *scene = lines->page->scene;
    struct arena *arena = scene->arena;
    const struct paths *paths = &lines->set->paths->paths;
    struct line line = line_of(lines, way);
    int row = page_rows(lines->page, 1);
    int end = lines->left + (int)paths->column_count * lines->cell;
    page_right(lines->page, row, SHARE_COLUMNS - 1, SHARE_COLUMNS - 1, style_ink(INK_STRONG),
               locale_percent(arena, (double)way->cases / (double)paths->cases, 0));
    page_right(lines->page, row, SHARE_COLUMNS + COUNT_COLUMNS - 2, COUNT_COLUMNS - 2,
               style_ink(INK_DIM), locale_count(arena, way->cases));
    draw_line(lines, row, &line);
    if (way->completed > 0)
        page_right(lines->page, row, end + FIT_COLUMNS - 2, FIT_COLUMNS - 2, style_ink(INK_TEXT),
                   locale_percent(arena, way->fitness, 0));
    else
        page_right(lines->page, row, end + FIT_COLUMNS - 2, FIT_COLUMNS - 2, style_ink(INK_DIM),
                   "–");
    end += FIT_COLUMNS;
    scene_text(scene, row, end, scene->columns - end, style_ink(INK_DIM),
               notes_text(arena, way, &line));
    str_finish(&line.back);
    offer(lines->page, lines->set, row, way);
}

/* The columns' numbers stand over the lines. */
static void write_titles(const struct lines *lines)
{
    const struct paths *paths = &lines->set->paths->paths;
    int row = page_rows(lines->page, 1);
    int end = lines->left + (int)paths->column_count * lines->cell;
    page_right(lines->page, row, SHARE_COLUMNS + COUNT_COLUMNS - 2, COUNT_COLUMNS - 2,
               style_ink(INK_DIM), _("cases"));
    for (size_t i = 0; i < paths->column_count; i++)
        scene_printf(lines->page->scene, row, lines->left + (int)i * lines->cell, lines->cell,
                     style_ink(INK_DIM), "%d", (int)i + 1);
    page_right(lines->page, row, end + FIT_COLUMNS - 2, FIT_COLUMNS - 1, style_ink(INK_DIM),
               _("fits"));
}

/* Of the ways that are shown, in at most a third of the page. */
static int notes_columns(const struct lines *lines, size_t shown)
{
    const struct scene *scene = lines->page->scene;
    int widest = NOTES_COLUMNS, most = scene->columns / 3;
    for (size_t i = 0; i < shown; i++) {
        const struct path_way *way = &lines->set->paths->paths.ways[i];
        struct line line = line_of(lines, way);
        int width = scene_text_width(scene, notes_text(scene->arena, way, &line));
        str_finish(&line.back);
        widest = width > widest ? width : widest;
    }
    return widest < most || most < NOTES_COLUMNS ? widest : most;
}

static bool lines_begin(struct lines *lines, size_t shown)
{
    const struct paths *paths = &lines->set->paths->paths;
    size_t touchpoints = lines->set->journey->touchpoint_count;
    lines->left = SHARE_COLUMNS + COUNT_COLUMNS;
    lines->places = arena_array(lines->page->scene->arena, touchpoints, sizeof(int));
    for (size_t i = 0; i < touchpoints; i++)
        lines->places[i] = NONE;
    for (size_t i = 0; i < paths->column_count; i++)
        lines->places[paths->columns[i].touchpoint] = (int)i;
    int room = lines->page->scene->columns - lines->left - FIT_COLUMNS;
    int notes = notes_columns(lines, shown), columns = (int)paths->column_count;
    if (columns > 0 && (room - notes) / columns < CELL_LEAST)
        notes = NOTES_COLUMNS;
    int cell = columns > 0 ? (room - notes) / columns : 0;
    lines->cell = cell > CELL_MOST ? CELL_MOST : cell;
    return lines->cell >= CELL_LEAST;
}

static bool meets_a_column(const struct lines *lines, const struct path_way *way)
{
    for (size_t i = 0; i < way->count; i++)
        if ((size_t)way->steps[i] < lines->set->journey->touchpoint_count &&
            lines->places[way->steps[i]] != NONE)
            return true;
    return false;
}

/* Where lines have no room, or there is nothing for them to show: the steps in words. */
static void write_in_words(struct page *page, const struct stage_set *set,
                           const struct path_way *way)
{
    struct arena *arena = page->scene->arena;
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < way->count && text.length < 2000; i++)
        str_printf(&text, "%s%s", i > 0 ? " → " : "", paths_step_title(set, way->steps[i]));
    int row = page->row;
    page_text(page, SHARE_COLUMNS + COUNT_COLUMNS, style_ink(INK_TEXT), text.text);
    str_finish(&text);
    page_right(page, row, SHARE_COLUMNS - 1, SHARE_COLUMNS - 1, style_ink(INK_STRONG),
               locale_percent(arena, (double)way->cases / (double)set->paths->paths.cases, 0));
    page_right(page, row, SHARE_COLUMNS + COUNT_COLUMNS - 2, COUNT_COLUMNS - 2, style_ink(INK_DIM),
               locale_count(arena, way->cases));
    offer(page, set, row, way);
}

static void write_rest(struct page *page, const struct paths *paths, size_t shown)
{
    struct arena *arena = page->scene->arena;
    uint64_t told = 0;
    for (size_t i = 0; i < shown; i++)
        told += paths->ways[i].cases;
    if (paths->ways_in_all <= shown)
        return;
    uint64_t others = paths->ways_in_all - shown, rest = paths->cases - told;
    const char *cases =
        arena_printf(arena, ngettext("%s case", "%s cases", rest), locale_count(arena, rest));
    /* TRANSLATORS: the second is "1,234 cases". */
    const char *format = ngettext("and %s other way, of %s", "and %s other ways, of %s", others);
    page_text(page, SHARE_COLUMNS + COUNT_COLUMNS, style_ink(INK_DIM),
              arena_printf(arena, format, locale_count(arena, others), cases));
}

void paths_draw_variants(struct page *page, const struct stage_set *set)
{
    const struct paths *paths = &set->paths->paths;
    struct lines lines = { .page = page, .set = set };
    size_t shown = paths->way_count < WAYS_SHOWN ? paths->way_count : WAYS_SHOWN;
    page_heading(page, _("The ways that most took"));
    bool drawn = lines_begin(&lines, shown);
    if (drawn)
        write_titles(&lines);
    for (size_t i = 0; i < shown; i++) {
        if (drawn && meets_a_column(&lines, &paths->ways[i]))
            write_way(&lines, &paths->ways[i]);
        else
            write_in_words(page, set, &paths->ways[i]);
    }
    write_rest(page, paths, shown);
}
