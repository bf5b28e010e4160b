/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/sheet.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/text.h>

static const int indent = 2, between = 2, foot_rows = 3;

static int limited(int value, int least, int most)
{
    return value > most ? (most > least ? most : least) : value < least ? least : value;
}

/* Keys of all rows, so that nothing jumps while one scrolls. */
static int key_columns(const struct scene *scene, const struct sheet_view *view, int columns)
{
    int widest = 0;
    for (size_t i = 0; i < view->count; i++) {
        const struct sheet_row *row = &view->rows[i];
        int width = indent * (row->depth + 1) + scene_text_width(scene, row->key);
        widest = width > widest ? width : widest;
    }
    return limited(widest, 0, columns * 2 / 5);
}

static const char *mark_of(const struct scene *scene, enum sheet_mark mark)
{
    switch (mark) {
    case SHEET_CLOSED:
        return glyph(scene->medium, GLYPH_CLOSED);
    case SHEET_OPEN:
        return glyph(scene->medium, GLYPH_OPEN);
    case SHEET_LINK:
        return glyph(scene->medium, GLYPH_LINK);
    case SHEET_ADD:
        return "+";
    case SHEET_PLAIN:
        break;
    }
    return NULL;
}

static void draw_value(struct scene *scene, struct area at, const struct sheet_row *row)
{
    if (row->value != NULL && row->mark == SHEET_PLAIN)
        scene_text(scene, at.row, at.column, at.columns, style_ink(INK_TEXT), row->value);
    else if (row->value != NULL)
        scene_text(scene, at.row, at.column, at.columns, style_ink(INK_DIM), row->value);
    else if (row->hint != NULL)
        scene_text(scene, at.row, at.column, at.columns, style_ink(INK_DIM), row->hint);
}

static void draw_key(struct scene *scene, struct area at, const struct sheet_row *row)
{
    int column = at.column + indent * row->depth;
    const char *mark = mark_of(scene, row->mark);
    if (mark != NULL)
        scene_glyph(scene, at.row, column, style_ink(INK_KEY), mark);
    struct style style = row->value != NULL || row->mark == SHEET_LINK ? style_bold(INK_STAGE)
                                                                       : style_ink(INK_DIM);
    if (row->required && row->value == NULL)
        style = style_bold(INK_WARN);
    scene_text(scene, at.row, column + indent, at.columns - indent * (row->depth + 1), style,
               row->key);
}

/* A field stands out from the row's light as a dark inset, without colours as a line. */
static void draw_field(struct scene *scene, struct area at, const struct sheet_view *view)
{
    struct style style = { .ink = INK_TEXT };
    if (scene->medium.mono)
        style.emphasis = EMPHASIS_UNDERLINE;
    scene_fill(scene, at.row, at.column, 1, at.columns, style);
    panel_prompt(scene, at.row, at.column, at.columns, "", view->typed, view->cursor);
}

static void draw_row(struct scene *scene, struct area inside, int keys,
                     const struct sheet_view *view, int index)
{
    const struct sheet_row *row = &view->rows[index];
    struct area at = { inside.row, inside.column, 1, keys };
    draw_key(scene, at, row);
    at.column += keys + between;
    at.columns = inside.columns - keys - between;
    if (index != view->selected) {
        draw_value(scene, at, row);
        return;
    }
    panel_light(scene, inside.row, inside.column, 1, inside.columns);
    if (view->typed == NULL) {
        draw_value(scene, at, row);
        scene->cursor_row = at.row;
        scene->cursor_column = inside.column;
        return;
    }
    draw_field(scene, at, view);
}

/* What fits, from so far to the right that the one in the row is seen. */
static void draw_choices(struct scene *scene, struct area at, const struct sheet_view *view)
{
    int column = at.column, end = at.column + at.columns;
    size_t first = view->choice > 4 ? (size_t)view->choice - 4 : 0;
    for (size_t i = first; i < view->choice_count && column < end; i++) {
        struct style style = style_on(GROUND_PANEL, INK_KEY);
        style.selected = (int)i == view->choice;
        column += 2 + scene_text(scene, at.row, column, end - column, style, view->choices[i]);
    }
}

static void draw_foot(struct scene *scene, struct area at, const struct sheet_view *view)
{
    struct style style = style_on(GROUND_PANEL, view->trouble ? INK_BAD : INK_DIM);
    const char *rule = glyph(scene->medium, GLYPH_BOX_HORIZONTAL);
    for (int i = 0; i < at.columns; i++)
        scene_glyph(scene, at.row, at.column + i, style_on(GROUND_PANEL, INK_FAINT), rule);
    if (view->help != NULL)
        scene_text(scene, at.row + 1, at.column, at.columns, style, view->help);
    at.row += 2;
    draw_choices(scene, at, view);
}

int sheet_draw(struct scene *scene, struct area area, const struct sheet_view *view, int *first)
{
    struct area inside = panel_draw(scene, area, view->title, view->note);
    int rows = inside.rows - foot_rows;
    if (rows < 1 || inside.columns < 4 * between)
        return 0;
    int keys = key_columns(scene, view, inside.columns);
    if (view->selected != NONE)
        *first = limited(*first, view->selected - rows + 1, view->selected);
    *first = limited(*first, 0, (int)view->count - rows);
    struct area list = { inside.row, inside.column, rows, inside.columns };
    for (int i = 0; i < rows && *first + i < (int)view->count; i++) {
        struct area at = { inside.row + i, inside.column, 1, inside.columns };
        draw_row(scene, at, keys, view, *first + i);
        scene_region(scene, (struct region){
                                .row = at.row,
                                .column = at.column,
                                .rows = 1,
                                .columns = at.columns,
                                .kind = REGION_ROW,
                                .index = *first + i,
                            });
    }
    panel_scrollbar(scene, list, *first, (int)view->count);
    draw_foot(scene, (struct area){ inside.row + rows, inside.column, foot_rows, inside.columns },
              view);
    return rows;
}
