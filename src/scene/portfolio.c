/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/portfolio.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/wording.h>

const char *portfolio_sort_title(enum portfolio_sort sort)
{
    static const char *const titles[PORTFOLIO_SORTS] = {
        [PORTFOLIO_BY_NAME] = N_("by name of the file"),
        [PORTFOLIO_BY_SCORE] = N_("the lowest score first"),
        [PORTFOLIO_BY_WEAKEST] = N_("the weakest touchpoint first"),
        [PORTFOLIO_BY_REVIEW] = N_("the review that is due first"),
        [PORTFOLIO_BY_OPEN] = N_("the most open opportunities first"),
        [PORTFOLIO_BY_AGE] = N_("the oldest data first"),
        [PORTFOLIO_BY_PHASE] = N_("the earliest phase first"),
    };
    return _(titles[sort]);
}

/* ---- Words ------------------------------------------------------------------------- */

/* NULL for none, so that it is left out of a list. */
static const char *some(struct arena *arena, const char *format, size_t count)
{
    return count == 0 ? NULL : arena_printf(arena, format, locale_count(arena, count));
}

static const char *state_text(struct arena *arena, const struct portfolio_scene *show)
{
    const struct portfolio *portfolio = show->portfolio;
    if (portfolio == NULL)
        return _("looking for maps …");
    if (portfolio->read < portfolio->count)
        return arena_printf(
            arena, ngettext("%s of %s map read", "%s of %s maps read", portfolio->count),
            locale_count(arena, portfolio->read), locale_count(arena, portfolio->count));
    const char *words[] = {
        arena_printf(arena, ngettext("%s map", "%s maps", portfolio->count),
                     locale_count(arena, portfolio->count)),
        some(arena, _("%s to be reviewed"), portfolio->reviews_overdue),
        some(arena,
             ngettext("%s opportunity late", "%s opportunities late", portfolio->open_overdue),
             portfolio->open_overdue),
        some(arena, _("%s not readable"), portfolio->broken),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *order_text(struct arena *arena, const struct portfolio_scene *show)
{
    const char *words[] = {
        show->shared ? _("what differs most surely first") : portfolio_sort_title(show->sort),
        show->problem,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static size_t rows_of(const struct portfolio_scene *show)
{
    return show->portfolio == NULL ? 0
           : show->shared          ? show->portfolio->shared_count
                                   : show->portfolio->count;
}

static const char *map_words(struct arena *arena, const struct portfolio_map *map)
{
    const char *words[] = {
        map->name,
        map->problem != NULL
            ? arena_printf(arena, ngettext("%s error, line %s", "%s errors, line %s", map->errors),
                           locale_count(arena, map->errors), map->problem)
            : NULL,
        map->store_problem,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* What is said of the selected row below the list. */
static const char *selected_text(struct arena *arena, const struct portfolio_scene *show,
                                 size_t selected)
{
    const struct portfolio *portfolio = show->portfolio;
    if (selected >= rows_of(show))
        return "";
    if (show->shared)
        return portfolio_places_text(arena, show, &portfolio->shared[selected]);
    const struct portfolio_map *map = portfolio->maps[portfolio->order[selected]];
    if (map == NULL || !map->readable)
        return map != NULL ? map_words(arena, map) : "";
    bool measured = map->has_store && map->store_problem == NULL && map->newest != TIME_NONE;
    const char *data = portfolio_data_text(arena, show, map);
    const char *words[] = {
        map_words(arena, map),
        map->phase != PHASE_NONE ? portfolio_phase_word(map->phase) : NULL,
        measured ? arena_printf(arena, _("data %s"), data) : data,
        map->owner,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* ---- The screen -------------------------------------------------------------------- */

#define HEAD_ROWS 3    /* folder, order, titles */
#define FOOT_ROWS 2    /* words, keys */
#define SHARED_LEAST 5 /* rows that the touchpoints below the maps need, with their titles */

static void draw_head(struct scene *scene, int row, const struct portfolio_scene *show)
{
    const char *state = state_text(scene->arena, show);
    int width = scene_text_width(scene, state);
    scene_fill(scene, row, 0, 1, scene->columns, style_on(GROUND_BAR, INK_TEXT));
    int used =
        scene_text(scene, row, 1, scene->columns - 2, style_bold(INK_STRONG), show->title);
    int room = scene->columns - used - 4;
    scene_text(scene, row, scene->columns - 1 - (width < room ? width : room), room,
               style_ink(INK_LENS), state);
}

static void draw_row(struct scene *scene, int at, const struct portfolio_table *table,
                     const struct portfolio_scene *show, size_t row)
{
    const struct portfolio *portfolio = show->portfolio;
    if (show->shared)
        portfolio_shared_row(scene, at, table->columns, show, &portfolio->shared[row]);
    else
        portfolio_maps_row(scene, at, table, show, portfolio->order[row]);
}

static void draw_list(struct scene *scene, struct area area, const struct portfolio_table *table,
                      const struct portfolio_scene *show)
{
    size_t count = rows_of(show), rows = area.rows > 0 ? (size_t)area.rows : 0;
    size_t first = rows > 0 ? show->selected / rows * rows : 0;
    first = first + rows > count ? (count > rows ? count - rows : 0) : first;
    for (size_t i = first; i < count && i - first < rows; i++) {
        int at = area.row + (int)(i - first);
        draw_row(scene, at, table, show, i);
        scene_region(scene, (struct region){ .row = at,
                                             .rows = 1,
                                             .columns = area.columns,
                                             .kind = REGION_ROW,
                                             .index = (int)i });
        if (i != show->selected)
            continue;
        panel_light(scene, at, 0, 1, scene->columns);
        scene->cursor_row = at;
        scene->cursor_column = 0;
    }
    panel_scrollbar(scene, area, (int)first, (int)count);
}

/* The other list below, where there is room for some of it. */
static void draw_below(struct scene *scene, struct area area, const struct portfolio_scene *show)
{
    const struct portfolio *portfolio = show->portfolio;
    if (show->shared || portfolio->shared_count == 0 || area.rows < SHARED_LEAST)
        return;
    portfolio_shared_head(scene, area.row, area.columns);
    for (int i = 0; i < (int)portfolio->shared_count && i < area.rows - 1; i++)
        portfolio_shared_row(scene, area.row + 1 + i, area.columns, show, &portfolio->shared[i]);
}

static const char *nothing_text(const struct portfolio_scene *show)
{
    if (show->portfolio == NULL)
        return _("looking for maps …");
    if (show->shared)
        return _("no touchpoint is on more than one of these maps");
    return _("there is no map in this folder: stellwerk new FILE makes one");
}

static void draw_body(struct scene *scene, const struct portfolio_scene *show)
{
    int room = scene->rows - HEAD_ROWS - FOOT_ROWS, count = (int)rows_of(show);
    struct area list = { .row = HEAD_ROWS, .columns = scene->columns - 2 };
    list.rows = count < room ? count : room;
    if (count == 0) {
        message_draw(scene, nothing_text(show));
        return;
    }
    struct portfolio_table table = portfolio_maps_lay(scene, show, list.columns + 1);
    if (show->shared)
        portfolio_shared_head(scene, HEAD_ROWS - 1, list.columns + 1);
    else
        portfolio_maps_head(scene, HEAD_ROWS - 1, &table);
    draw_list(scene, list, &table, show);
    struct area below = { .row = list.row + list.rows + 1, .columns = scene->columns - 1 };
    below.rows = scene->rows - FOOT_ROWS - below.row;
    draw_below(scene, below, show);
}

static struct scene *draw_screen(struct arena *arena, const struct portfolio_scene *show,
                                 int columns, int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    draw_body(scene, show);
    draw_head(scene, 0, show);
    scene_text(scene, 1, 1, columns - 2, style_ink(INK_DIM), order_text(arena, show));
    scene_fill(scene, rows - 2, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    scene_text(scene, rows - 2, 1, columns - 2, style_ink(INK_TEXT),
               selected_text(arena, show, show->selected));
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

/* ---- The report -------------------------------------------------------------------- */

static void report_shared(struct page *page, const struct portfolio_scene *show)
{
    const struct portfolio *portfolio = show->portfolio;
    int columns = page->scene->columns - 1;
    if (portfolio->shared_count == 0)
        return;
    (void)page_rows(page, 1);
    portfolio_shared_head(page->scene, page_rows(page, 1), columns);
    for (size_t i = 0; i < portfolio->shared_count; i++) {
        const struct shared_touchpoint *shared = &portfolio->shared[i];
        portfolio_shared_row(page->scene, page_rows(page, 1), columns, show, shared);
        page_text(page, 4, style_ink(INK_DIM),
                  portfolio_places_text(page->scene->arena, show, shared));
    }
}

/* What is wrong with maps and stores, which the table has no room for. */
static void report_problems(struct page *page, const struct portfolio_scene *show)
{
    const struct portfolio *portfolio = show->portfolio;
    bool told = false;
    for (size_t i = 0; i < portfolio->count; i++) {
        const struct portfolio_map *map = portfolio->maps[portfolio->order[i]];
        if (map == NULL || (map->problem == NULL && map->store_problem == NULL))
            continue;
        if (!told)
            page_heading(page, _("What is wrong"));
        told = true;
        page_text(page, 0, style_ink(INK_WARN), map_words(page->scene->arena, map));
    }
}

static struct scene *draw_report(struct arena *arena, const struct portfolio_scene *show,
                                 int columns, struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    draw_head(page.scene, page_rows(&page, 1), show);
    page_text(&page, 1, style_ink(INK_DIM), order_text(arena, show));
    if (rows_of(show) == 0) {
        page_text(&page, 1, style_ink(INK_TEXT), nothing_text(show));
        return page_end(&page);
    }
    struct portfolio_table table = portfolio_maps_lay(page.scene, show, columns - 1);
    portfolio_maps_head(page.scene, page_rows(&page, 1), &table);
    for (size_t i = 0; i < show->portfolio->count; i++)
        portfolio_maps_row(page.scene, page_rows(&page, 1), &table, show,
                           show->portfolio->order[i]);
    report_shared(&page, show);
    report_problems(&page, show);
    return page_end(&page);
}

struct scene *portfolio_draw(struct arena *arena, const struct portfolio_scene *show, int columns,
                             int rows, struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, show, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, show, columns, rows, medium);
}

static struct scene *draw_set(struct arena *arena, const struct stage_set *set, int columns,
                              int rows, struct medium medium)
{
    return portfolio_draw(arena, set->portfolio, columns, rows, medium);
}

const struct view portfolio_view = {
    .name = "portfolio",
    .title = N_("Portfolio"),
    .about = N_("all maps of a folder"),
    .draw = draw_set,
    .detail = detail_draw,
};
