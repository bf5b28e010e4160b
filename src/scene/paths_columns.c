/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/paths.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>

static const char *here_text(struct arena *arena, const struct paths *paths,
                             const struct path_column *column)
{
    return paths_share(arena, column->present, paths->cases);
}

static const char *skipped_text(struct arena *arena, const struct paths *paths,
                                const struct path_column *column)
{
    (void)paths;
    return paths_share(arena, column->skipped, column->passed);
}

static const char *dropped_text(struct arena *arena, const struct paths *paths,
                                const struct path_column *column)
{
    /* Whoever is at the goal has completed. */
    if (column->touchpoint == paths->goal)
        return "–";
    return paths_share(arena, column->dropped, column->settled);
}

static const char *again_text(struct arena *arena, const struct paths *paths,
                              const struct path_column *column)
{
    (void)paths;
    return column->present > 0
               ? locale_percent(arena, (double)column->repeated / (double)column->present, 0)
               : "–";
}

static const char *time_text(struct arena *arena, const struct paths *paths,
                             const struct path_column *column)
{
    (void)paths;
    if (isnan(column->median.value))
        return "–";
    return arena_printf(arena, "%s%s", column->approximate ? "≈" : "",
                        paths_time(arena, column->median.value));
}

static const char *long_time_text(struct arena *arena, const struct paths *paths,
                                  const struct path_column *column)
{
    (void)paths;
    return paths_time(arena, column->p90.value);
}

static const char *order_text(struct arena *arena, const struct paths *paths,
                              const struct path_column *column)
{
    (void)paths;
    return column->pairs > 0
               ? locale_percent(arena, (double)column->in_order / (double)column->pairs, 0)
               : "–";
}

/* The most dispensable are left out of a narrow page. */
static const struct figure {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the page from which on it is shown */
    enum ink ink;
    const char *(*text)(struct arena *arena, const struct paths *paths,
                        const struct path_column *column);
} figures[] = {
    { N_("was here"), 10, 0, INK_MEASURED, here_text },
    { N_("skipped"), 12, 62, INK_TEXT, skipped_text },
    { N_("dropped out"), 12, 0, INK_BAD, dropped_text },
    { N_("again"), 8, 110, INK_TEXT, again_text },
    { N_("to the next"), 13, 76, INK_TEXT, time_text },
    { N_("9 of 10 by"), 12, 120, INK_TEXT, long_time_text },
    { N_("in order"), 10, 132, INK_TEXT, order_text },
};

#define TITLE_MOST 40
#define BAR_LEAST 10

struct table {
    struct page *page;
    const struct stage_set *set;
    int title, bar; /* columns */
    bool in_words;  /* what is optional says so; else it is in brackets */
};

/* What the longest title takes, with the word behind it or in brackets. */
static int widest_title(const struct scene *scene, const struct stage_set *set, bool in_words)
{
    int widest = 0;
    for (size_t i = 0; i < set->paths->paths.column_count; i++) {
        const struct touchpoint *at =
            &set->journey->touchpoints[set->paths->paths.columns[i].touchpoint];
        int width = scene_text_width(scene, at->title);
        if (at->optional)
            width += in_words ? 1 + scene_text_width(scene, _("optional")) : 2;
        widest = width > widest ? width : widest;
    }
    return widest + 1;
}

static struct table table_begin(struct page *page, const struct stage_set *set)
{
    struct table table = { .page = page, .set = set };
    int room = page->scene->columns - 4;
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        room -= page->scene->columns >= figures[i].least ? figures[i].columns : 0;
    int most = room > 2 * BAR_LEAST ? room - BAR_LEAST : room / 2;
    most = most < TITLE_MOST ? most : TITLE_MOST;
    int widest = widest_title(page->scene, set, true);
    table.in_words = widest <= most;
    if (!table.in_words)
        widest = widest_title(page->scene, set, false);
    table.title = widest < most ? widest : most;
    table.bar = room - table.title;
    return table;
}

/* `column` NULL: the titles. */
static void write_figures(const struct table *table, int row, const struct path_column *column)
{
    struct scene *scene = table->page->scene;
    int end = 4 + table->title + table->bar;
    for (size_t i = 0; i < ARRAY_LEN(figures); i++) {
        const struct figure *figure = &figures[i];
        if (scene->columns < figure->least)
            continue;
        end += figure->columns;
        const char *text = column == NULL
                               ? _(figure->title)
                               : figure->text(scene->arena, &table->set->paths->paths, column);
        page_right(table->page, row, end, figure->columns - 1,
                   style_ink(column == NULL ? INK_DIM : figure->ink), text);
    }
}

/* As long as the share of cases that were here; those it lost at the end of it. */
static void draw_bar(const struct table *table, int row, const struct path_column *column)
{
    struct scene *scene = table->page->scene;
    const struct paths *paths = &table->set->paths->paths;
    double whole = (double)(table->bar - 1) / (double)paths->cases;
    int length = (int)lround((double)column->present * whole);
    int kept = (int)lround((double)(column->present - column->dropped) * whole);
    int left = 4 + table->title;
    if (column->present > 0 && length == 0)
        scene_glyph(scene, row, left, style_ink(INK_MEASURED), glyph(scene->medium, GLYPH_GRID));
    for (int x = 0; x < length; x++)
        scene_glyph(scene, row, left + x, style_ink(x < kept ? INK_MEASURED : INK_BAD),
                    x < kept ? glyph_block(scene->medium) : glyph(scene->medium, GLYPH_FALL));
}

static void write_row(const struct table *table, size_t index)
{
    const struct path_column *column = &table->set->paths->paths.columns[index];
    const struct touchpoint *at = &table->set->journey->touchpoints[column->touchpoint];
    struct scene *scene = table->page->scene;
    int row = page_rows(table->page, 1);
    scene_printf(scene, row, 0, 3, style_ink(INK_DIM), "%2d", (int)index + 1);
    const char *title = at->title;
    if (at->optional)
        title = table->in_words ? arena_printf(scene->arena, "%s %s", at->title, _("optional"))
                                : arena_printf(scene->arena, "(%s)", at->title);
    scene_text(scene, row, 4, table->title - 1, style_ink(at->optional ? INK_DIM : INK_TEXT),
               title);
    draw_bar(table, row, column);
    write_figures(table, row, column);
}

void paths_draw_columns(struct page *page, const struct stage_set *set)
{
    if (set->paths->paths.column_count == 0)
        return;
    struct table table = table_begin(page, set);
    page_heading(page, _("From touchpoint to touchpoint"));
    int row = page_rows(page, 1);
    write_figures(&table, row, NULL);
    if (!table.in_words)
        scene_printf(page->scene, row, 4, table.title + table.bar, style_ink(INK_DIM), "(%s)",
                     _("optional"));
    for (size_t i = 0; i < set->paths->paths.column_count; i++)
        write_row(&table, i);
}
