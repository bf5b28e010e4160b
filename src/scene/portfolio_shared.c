/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/portfolio.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/wording.h>

static const char *map_title(const struct portfolio_scene *show, const struct shared_place *place)
{
    return show->portfolio->maps[place->map]->title;
}

static const char *felt_text(struct arena *arena, const struct portfolio_scene *,
                             const struct shared_touchpoint *shared)
{
    return wording_zone(arena, shared->felt_low, shared->felt_high);
}

static const char *maps_text(struct arena *arena, const struct portfolio_scene *,
                             const struct shared_touchpoint *shared)
{
    return locale_count(arena, shared->count);
}

static const char *measured_text(struct arena *arena, const struct portfolio_scene *,
                                 const struct shared_touchpoint *shared)
{
    double low = NAN, high = NAN;
    for (size_t i = 0; i < shared->count; i++) {
        low = fmin(low, shared->places[i].at->measured.score);
        high = fmax(high, shared->places[i].at->measured.score);
    }
    return wording_zone(arena, low, high);
}

static const char *apart_text(struct arena *arena, const struct portfolio_scene *,
                              const struct shared_touchpoint *shared)
{
    if (isnan(shared->apart.tau))
        return "–";
    if (!shared->sure)
        return _("may be noise");
    return arena_printf(arena, "±%s", locale_number(arena, shared->apart.tau, 0));
}

static const char *weakest_text(struct arena *, const struct portfolio_scene *show,
                                const struct shared_touchpoint *shared)
{
    bool same = shared->felt_low == shared->felt_high;
    return same ? "–" : map_title(show, &shared->places[shared->weakest]);
}

static const struct column {
    const char *title; /* N_() */
    int columns;
    int least;
    bool words;
    enum ink ink;
    const char *(*text)(struct arena *arena, const struct portfolio_scene *show,
                        const struct shared_touchpoint *shared);
} columns_of[] = {
    { N_("maps"), 7, 0, false, INK_DIM, maps_text },
    { N_("felt"), 9, 0, false, INK_CURVE, felt_text },
    { N_("measured"), 10, 56, false, INK_MEASURED, measured_text },
    { N_("beyond noise"), 15, 70, false, INK_TEXT, apart_text },
    { N_("weakest on"), 26, 84, true, INK_DIM, weakest_text },
};

#define MARK_COLUMNS 2
#define TITLE_MOST 44

static int title_columns(int columns)
{
    int room = columns - MARK_COLUMNS;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++)
        room -= columns >= columns_of[i].least ? columns_of[i].columns : 0;
    return room < TITLE_MOST ? room : TITLE_MOST;
}

static void put(struct scene *scene, int row, int at, const struct column *column,
                struct style style, const char *text)
{
    int width = scene_text_width(scene, text), room = column->columns - 1;
    if (column->words) {
        scene_text(scene, row, at + 2, column->columns - 2, style, text);
        return;
    }
    width = width < room ? width : room;
    scene_text(scene, row, at + column->columns - width, width, style, text);
}

void portfolio_shared_head(struct scene *scene, int row, int columns)
{
    int at = MARK_COLUMNS + title_columns(columns);
    scene_text(scene, row, MARK_COLUMNS, at - MARK_COLUMNS, style_bold(INK_STAGE),
               _("The same on several maps"));
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        if (columns < columns_of[i].least)
            continue;
        put(scene, row, at, &columns_of[i], style_ink(INK_DIM), _(columns_of[i].title));
        at += columns_of[i].columns;
    }
}

void portfolio_shared_row(struct scene *scene, int row, int columns,
                          const struct portfolio_scene *show,
                          const struct shared_touchpoint *shared)
{
    int title = title_columns(columns), at = MARK_COLUMNS + title;
    int used = scene_text(scene, row, MARK_COLUMNS, title - 1, style_ink(INK_TEXT), shared->title);
    /* The id is what makes it the same; it is told where titles do not. */
    if (shared->titles_differ)
        scene_text(scene, row, MARK_COLUMNS + used + 1, title - used - 2, style_ink(INK_DIM),
                   arena_printf(scene->arena, "(%s)", shared->id));
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        const struct column *column = &columns_of[i];
        if (columns < column->least)
            continue;
        bool bad = column->text == apart_text && shared->sure;
        put(scene, row, at, column, style_ink(bad ? INK_BAD : column->ink),
            column->text(scene->arena, show, shared));
        at += column->columns;
    }
}

/* "Shop: felt 62, measured 58 ±4 (n 120)" */
static void append_place(struct str *out, struct arena *arena, const struct portfolio_scene *show,
                         const struct shared_touchpoint *shared, const struct shared_place *place)
{
    const struct measured *measured = &place->at->measured;
    str_append(out, map_title(show, place));
    if (shared->titles_differ)
        str_printf(out, " %s", wording_quoted(arena, place->at->title));
    str_printf(out, ": %s", wording_score(arena, place->at->felt));
    if (!isnan(measured->score))
        str_append(out, arena_printf(arena, _(", measured %s %s (n %s)"),
                                     wording_score(arena, measured->score),
                                     wording_margin(arena, measured->lo, measured->hi),
                                     locale_count(arena, measured->n)));
}

#define PLACES_MOST 10

const char *portfolio_places_text(struct arena *arena, const struct portfolio_scene *show,
                                  const struct shared_touchpoint *shared)
{
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < shared->count && i < PLACES_MOST; i++) {
        if (i > 0)
            str_append(&text, " · ");
        append_place(&text, arena, show, shared, &shared->places[i]);
    }
    if (shared->count > PLACES_MOST)
        str_append(&text, arena_printf(arena, _(" · and %s more"),
                                       locale_count(arena, shared->count - PLACES_MOST)));
    const char *copy = arena_strdup(arena, text.text);
    str_finish(&text);
    return copy;
}
