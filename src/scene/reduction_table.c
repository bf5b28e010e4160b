/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/reduction.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/wording.h>

static const char *share_text(struct arena *arena, double share)
{
    return isnan(share) ? "–" : locale_percent(arena, share, 1);
}

static const char *importance_text(struct arena *arena, const struct reduction_row *row)
{
    return wording_score(arena, row->importance);
}

static const char *value_text(struct arena *arena, const struct reduction_row *row)
{
    return share_text(arena, row->value);
}

static const char *information_text(struct arena *arena, const struct reduction_row *row)
{
    return share_text(arena, row->information);
}

static const char *contacts_text(struct arena *arena, const struct reduction_row *row)
{
    return isnan(row->per_case) ? "–" : locale_number(arena, row->per_case, 2);
}

static const char *all_contacts_text(struct arena *arena, const struct reduction_row *row)
{
    return isnan(row->per_case) ? "–" : locale_count(arena, row->contacts);
}

static const char *gap_text(struct arena *arena, const struct reduction_row *row)
{
    struct gap gap = reading_gap(row->reading, NULL);
    return gap.inside ? _("met") : wording_gap(arena, gap.value);
}

/* The most dispensable are left out of a narrow table. */
static const struct column {
    const char *title; /* N_() */
    int columns;
    int least; /* columns of the table from which on it is shown */
    enum ink ink;
    const char *(*text)(struct arena *arena, const struct reduction_row *row);
} columns_of[] = {
    { N_("importance"), 11, 0, INK_TEXT, importance_text },
    { N_("credit"), 11, 56, INK_TEXT, value_text },
    { N_("tells the end"), 14, 72, INK_TEXT, information_text },
    { N_("a case"), 8, 0, INK_MEASURED, contacts_text },
    { N_("contacts"), 10, 92, INK_DIM, all_contacts_text },
    { N_("gap"), 8, 62, INK_TEXT, gap_text },
};

#define MARK_COLUMNS 3
#define BAR_COLUMNS 10
#define TITLE_MOST 44

struct layout {
    int title, bar; /* columns; bar 0: no room */
};

static struct layout lay_out(int columns)
{
    int room = columns - MARK_COLUMNS;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++)
        room -= columns >= columns_of[i].least ? columns_of[i].columns : 0;
    struct layout layout = { .title = room };
    if (room >= 26 + BAR_COLUMNS) {
        layout.bar = BAR_COLUMNS;
        layout.title = room - BAR_COLUMNS < TITLE_MOST ? room - BAR_COLUMNS : TITLE_MOST;
    }
    return layout;
}

static void put_right(struct scene *scene, int row, int end, int columns, struct style style,
                      const char *text)
{
    int width = scene_text_width(scene, text);
    width = width < columns ? width : columns;
    scene_text(scene, row, end - width, width, style, text);
}

/* `at` NULL: the titles. */
static void draw_cells(struct scene *scene, int row, int columns, struct layout layout,
                       const struct reduction_row *at)
{
    int end = MARK_COLUMNS + layout.title + layout.bar;
    for (size_t i = 0; i < ARRAY_LEN(columns_of); i++) {
        const struct column *column = &columns_of[i];
        if (columns < column->least)
            continue;
        end += column->columns;
        bool gone = at != NULL && at->fate != FATE_KEPT;
        enum ink ink = at == NULL || gone ? INK_DIM : column->ink;
        if (column->text == gap_text && !gone && at != NULL &&
            reading_gap(at->reading, NULL).value <= -0.5)
            ink = INK_BAD;
        put_right(scene, row, end, column->columns - 1, style_ink(ink),
                  at == NULL ? _(column->title) : column->text(scene->arena, at));
    }
}

void reduction_table_head(struct scene *scene, int row, const struct stage_set *, int columns)
{
    struct layout layout = lay_out(columns);
    scene_text(scene, row, MARK_COLUMNS, layout.title - 1, style_bold(INK_STAGE),
               _("What carries least"));
    if (layout.bar > 0)
        scene_text(scene, row, MARK_COLUMNS + layout.title, layout.bar, style_ink(INK_DIM),
                   _("carries"));
    draw_cells(scene, row, columns, layout, NULL);
}

static void draw_bar(struct scene *scene, int row, struct layout layout,
                     const struct reduction_row *at)
{
    int whole = layout.bar - 2, left = MARK_COLUMNS + layout.title;
    if (layout.bar == 0 || isnan(at->carries))
        return;
    int length = (int)lround(at->carries * whole);
    for (int x = 0; x < whole; x++)
        scene_glyph(scene, row, left + x, style_ink(x < length ? INK_TREND : INK_FAINT),
                    x < length ? glyph_block(scene->medium) : glyph(scene->medium, GLYPH_GRID));
}

/* What is to become of it, in front and behind its title. */
static void draw_title(struct scene *scene, int row, struct layout layout,
                       const struct stage_set *set, const struct reduction_row *at)
{
    const struct journey *journey = set->journey;
    const struct touchpoint *touchpoint = &journey->touchpoints[at->touchpoint];
    bool kept = at->fate == FATE_KEPT;
    if (at->fate == FATE_REMOVED)
        scene_text(scene, row, 1, 1, style_bold(INK_BAD), "×");
    else if (!kept)
        scene_glyph(scene, row, 1, style_bold(INK_WARN), glyph(scene->medium, GLYPH_LINK));
    else if (touchpoint->moment_of_truth)
        scene_glyph(scene, row, 1, style_ink(INK_TRUTH), glyph(scene->medium, GLYPH_TRUTH));
    const char *text = at->fate < 0
                           ? touchpoint->title
                           : arena_printf(scene->arena, _("%s → into %s"), touchpoint->title,
                                          journey->touchpoints[at->fate].title);
    scene_text(scene, row, MARK_COLUMNS, layout.title - 1,
               style_ink(kept            ? INK_TEXT
                         : at->fate >= 0 ? INK_WARN
                                         : INK_DIM),
               text);
}

void reduction_table_row(struct scene *scene, int row, const struct stage_set *set, int columns,
                         const struct reduction_row *at)
{
    struct layout layout = lay_out(columns);
    draw_title(scene, row, layout, set, at);
    draw_bar(scene, row, layout, at);
    draw_cells(scene, row, columns, layout, at);
}
