/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/portfolio.h>

#include <assert.h>
#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/wording.h>

struct cell_words {
    const char *text;
    enum ink ink;
};

typedef struct cell_words cell_of(struct arena *arena, const struct portfolio_scene *show,
                                  const struct portfolio_map *map);

static struct cell_words dim(const char *text)
{
    return (struct cell_words){ text, INK_DIM };
}

static struct cell_words unknown(void)
{
    return dim("–");
}

const char *portfolio_phase_word(enum map_phase phase)
{
    static const char *const words[] = {
        [PHASE_NONE] = "–",
        [PHASE_PILOT] = N_("pilot"),
        [PHASE_CROSS_FUNCTIONAL] = N_("cross-functional"),
        [PHASE_UNIT] = N_("whole unit"),
        [PHASE_CULTURE] = N_("culture"),
    };
    return phase == PHASE_NONE ? "–" : _(words[phase]);
}

static struct cell_words phase_words(struct arena *, const struct portfolio_scene *,
                                     const struct portfolio_map *map)
{
    return dim(portfolio_phase_word(map->phase));
}

static struct cell_words kind_words(struct arena *, const struct portfolio_scene *,
                                    const struct portfolio_map *map)
{
    return dim(kind_word(map->kind));
}

static struct cell_words owner_words(struct arena *, const struct portfolio_scene *,
                                     const struct portfolio_map *map)
{
    return map->owner != NULL ? dim(map->owner) : unknown();
}

static struct cell_words count_words(struct arena *arena, const struct portfolio_scene *,
                                     const struct portfolio_map *map)
{
    return dim(locale_count(arena, map->count));
}

static struct cell_words score_words(struct arena *arena, const struct portfolio_scene *,
                                     const struct portfolio_map *map)
{
    return isnan(map->score) ? unknown()
                             : (struct cell_words){ wording_score(arena, map->score), INK_CURVE };
}

static struct cell_words gap_words(struct arena *arena, const struct portfolio_scene *,
                                   const struct portfolio_map *map)
{
    if (isnan(map->gap))
        return unknown();
    return (struct cell_words){ wording_gap(arena, map->gap),
                                map->gap <= -0.5 ? INK_BAD : INK_TEXT };
}

static struct cell_words weakest_words(struct arena *arena, const struct portfolio_scene *,
                                       const struct portfolio_map *map)
{
    if (map->weakest == NONE)
        return unknown();
    const struct portfolio_touchpoint *at = &map->touchpoints[map->weakest];
    return (struct cell_words){
        arena_printf(arena, "%s %s", wording_score(arena, at->felt), at->title),
        INK_TEXT,
    };
}

static struct cell_words review_words(struct arena *arena, const struct portfolio_scene *show,
                                      const struct portfolio_map *map)
{
    int32_t over = portfolio_days_overdue(map, time_day(show->now));
    if (over > 0)
        return (struct cell_words){
            arena_printf(arena, ngettext("%s day over", "%s days over", (unsigned long)over),
                         locale_count(arena, (uint64_t)over)),
            INK_WARN,
        };
    if (map->review_due != DAY_NONE)
        return dim(arena_printf(arena, _("by %s"), locale_day(arena, map->review_due)));
    return map->reviewed == DAY_NONE ? unknown() : dim(locale_day(arena, map->reviewed));
}

static struct cell_words open_words(struct arena *arena, const struct portfolio_scene *,
                                    const struct portfolio_map *map)
{
    if (map->overdue == 0)
        return (struct cell_words){ locale_count(arena, map->open),
                                    map->open > 0 ? INK_TEXT : INK_DIM };
    return (struct cell_words){
        arena_printf(arena, _("%s, %s late"), locale_count(arena, map->open),
                     locale_count(arena, map->overdue)),
        INK_WARN,
    };
}

const char *portfolio_data_text(struct arena *arena, const struct portfolio_scene *show,
                                const struct portfolio_map *map)
{
    if (!map->has_store)
        return _("no store");
    if (map->store_problem != NULL)
        return _("not readable");
    return map->newest == TIME_NONE ? _("no data") : wording_age(arena, map->newest, show->now);
}

static struct cell_words age_words(struct arena *arena, const struct portfolio_scene *show,
                                   const struct portfolio_map *map)
{
    enum ink ink = map->store_problem != NULL ? INK_BAD
                   : map->newest == TIME_NONE ? INK_DIM
                                              : INK_MEASURED;
    return (struct cell_words){ portfolio_data_text(arena, show, map), ink };
}

/* Words stand at the left of their column, figures at its right. */
static const struct column {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the table from which on it is shown */
    bool words;
    cell_of *cell;
} columns_of[] = {
    { N_("kind"), 7, 150, true, kind_words },
    { N_("phase"), 18, 108, true, phase_words },
    { N_("owner"), 20, 164, true, owner_words },
    { N_("touchpoints"), 12, 176, false, count_words },
    { N_("score"), 6, 0, false, score_words },
    { N_("gap"), 5, 132, false, gap_words },
    { N_("weakest"), 21, 62, true, weakest_words },
    { N_("review"), 17, 76, true, review_words },
    { N_("opportunities"), 14, 48, false, open_words },
    { N_("data"), 15, 98, true, age_words },
};

#define MARK_COLUMNS 2
#define TITLE_MOST 48
#define FIRST_GAP 2 /* blanks before a column of words */

static_assert(ARRAY_LEN(columns_of) == PORTFOLIO_COLUMNS, "every column has its width");

/* What a column takes for its title and for all maps, at most what is planned for it. */
static int width_of(struct scene *scene, const struct portfolio_scene *show,
                    const struct column *column)
{
    const struct portfolio *portfolio = show->portfolio;
    int widest = scene_text_width(scene, _(column->title));
    for (size_t i = 0; i < portfolio->count && widest < column->columns; i++) {
        const struct portfolio_map *map = portfolio->maps[i];
        if (map == NULL || !map->readable)
            continue;
        int width = scene_text_width(scene, column->cell(scene->arena, show, map).text);
        widest = width > widest ? width : widest;
    }
    return widest + FIRST_GAP < column->columns ? widest + FIRST_GAP : column->columns;
}

struct portfolio_table portfolio_maps_lay(struct scene *scene, const struct portfolio_scene *show,
                                          int columns)
{
    struct portfolio_table table = { .columns = columns };
    int room = columns - MARK_COLUMNS;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        if (columns >= columns_of[i].least)
            table.widths[i] = width_of(scene, show, &columns_of[i]);
        room -= table.widths[i];
    }
    table.title = room < TITLE_MOST ? room : TITLE_MOST;
    return table;
}

static void put(struct scene *scene, int row, int at, int columns, bool words, struct style style,
                const char *text)
{
    int width = scene_text_width(scene, text), room = columns - 1;
    if (words) {
        scene_text(scene, row, at + FIRST_GAP, columns - FIRST_GAP, style, text);
        return;
    }
    width = width < room ? width : room;
    scene_text(scene, row, at + columns - width, width, style, text);
}

void portfolio_maps_head(struct scene *scene, int row, const struct portfolio_table *table)
{
    int at = MARK_COLUMNS + table->title;
    scene_text(scene, row, MARK_COLUMNS, at - MARK_COLUMNS, style_bold(INK_STAGE), _("Map"));
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        if (table->widths[i] > 0)
            put(scene, row, at, table->widths[i], columns_of[i].words, style_ink(INK_DIM),
                _(columns_of[i].title));
        at += table->widths[i];
    }
}

static void draw_broken(struct scene *scene, int row, int columns, const struct portfolio_map *map)
{
    int used = scene_text(scene, row, MARK_COLUMNS, columns / 2, style_ink(INK_TEXT), map->name);
    int at = MARK_COLUMNS + used + 2;
    scene_text(scene, row, 0, 1, style_bold(INK_BAD), "!");
    scene_text(scene, row, at, columns - at, style_ink(INK_BAD),
               map->problem != NULL ? map->problem : _("cannot be read"));
}

void portfolio_maps_row(struct scene *scene, int row, const struct portfolio_table *table,
                        const struct portfolio_scene *show, size_t index)
{
    const struct portfolio_map *map = show->portfolio->maps[index];
    int at = MARK_COLUMNS + table->title;
    if (map == NULL) {
        scene_text(scene, row, MARK_COLUMNS, table->title, style_ink(INK_DIM), _("not read yet"));
        return;
    }
    if (!map->readable) {
        draw_broken(scene, row, table->columns, map);
        return;
    }
    if (map->errors > 0)
        scene_text(scene, row, 0, 1, style_bold(INK_WARN), "!");
    scene_text(scene, row, MARK_COLUMNS, table->title - 1, style_ink(INK_TEXT), map->title);
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        if (table->widths[i] == 0)
            continue;
        struct cell_words cell = columns_of[i].cell(scene->arena, show, map);
        put(scene, row, at, table->widths[i], columns_of[i].words, style_ink(cell.ink), cell.text);
        at += table->widths[i];
    }
}
