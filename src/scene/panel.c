/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/panel.h>

#include <string.h>

#include <stellwerk/base/utf8.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/text.h>

static const struct style edge = { .ink = INK_DIM, .ground = GROUND_PANEL };

static int limited(int value, int least, int most)
{
    return value > most ? (most > least ? most : least) : value < least ? least : value;
}

struct area panel_centre(const struct scene *scene, int rows, int columns)
{
    rows = limited(rows, 0, scene->rows);
    columns = limited(columns, 0, scene->columns);
    return (struct area){
        .row = (scene->rows - rows) / 2,
        .column = (scene->columns - columns) / 2,
        .rows = rows,
        .columns = columns,
    };
}

/* ---- The box --------------------------------------------------------------------- */

static void draw_edge(struct scene *scene, int row, struct area area, enum glyph left,
                      enum glyph right)
{
    const char *rule = glyph(scene->medium, GLYPH_BOX_HORIZONTAL);
    for (int i = 1; i < area.columns - 1; i++)
        scene_glyph(scene, row, area.column + i, edge, rule);
    scene_glyph(scene, row, area.column, edge, glyph(scene->medium, left));
    scene_glyph(scene, row, area.column + area.columns - 1, edge, glyph(scene->medium, right));
}

static void draw_box(struct scene *scene, struct area area)
{
    const char *side = glyph(scene->medium, GLYPH_BOX_VERTICAL);
    int last = area.row + area.rows - 1;
    scene_fill(scene, area.row, area.column, area.rows, area.columns,
               style_on(GROUND_PANEL, INK_TEXT));
    for (int row = area.row + 1; row < last; row++) {
        scene_glyph(scene, row, area.column, edge, side);
        scene_glyph(scene, row, area.column + area.columns - 1, edge, side);
    }
    draw_edge(scene, area.row, area, GLYPH_BOX_TOP_LEFT, GLYPH_BOX_TOP_RIGHT);
    draw_edge(scene, last, area, GLYPH_BOX_BOTTOM_LEFT, GLYPH_BOX_BOTTOM_RIGHT);
}

/* A text in the edge, with a blank on either side. */
static void put_in_edge(struct scene *scene, int row, int column, int limit, struct style style,
                        const char *text)
{
    if (limit < 3)
        return;
    int used = scene_text(scene, row, column + 1, limit - 2, style, text);
    scene_fill(scene, row, column, 1, 1, edge);
    scene_fill(scene, row, column + 1 + used, 1, 1, edge);
}

struct area panel_draw(struct scene *scene, struct area area, const char *title, const char *note)
{
    if (area.rows < 3 || area.columns < 5)
        return (struct area){ .row = area.row, .column = area.column };
    draw_box(scene, area);
    int room = area.columns - 4;
    if (title != NULL)
        put_in_edge(scene, area.row, area.column + 2, room, style_bold(INK_STRONG), title);
    if (note != NULL) {
        int width = limited(scene_text_width(scene, note) + 2, 0, room);
        put_in_edge(scene, area.row + area.rows - 1, area.column + area.columns - 2 - width, width,
                    style_ink(INK_DIM), note);
    }
    return (struct area){ area.row + 1, area.column + 2, area.rows - 2, area.columns - 4 };
}

int panel_first(int selected, int rows, int count)
{
    int first = selected == NONE ? 0 : selected / rows * rows;
    first = first > count - rows ? count - rows : first;
    return first < 0 ? 0 : first;
}

void panel_touchpoint(struct scene *scene, int row, int columns, int touchpoint, int lit)
{
    scene_region(scene, (struct region){ .row = row,
                                         .rows = 1,
                                         .columns = columns,
                                         .kind = REGION_TOUCHPOINT,
                                         .index = touchpoint });
    if (lit == 0)
        return;
    panel_light(scene, row, 0, 1, lit);
    scene->cursor_row = row;
    scene->cursor_column = 0;
}

void panel_scrollbar(struct scene *scene, struct area inside, int first, int total)
{
    if (total <= inside.rows || inside.rows < 1)
        return;
    int length = limited(inside.rows * inside.rows / total, 1, inside.rows);
    int start = (int)((long)first * (inside.rows - length) / (total - inside.rows));
    for (int i = 0; i < length; i++)
        scene_glyph(scene, inside.row + start + i, inside.column + inside.columns + 1,
                    style_on(GROUND_PANEL, INK_TEXT), glyph(scene->medium, GLYPH_SCROLL_THUMB));
}

void panel_content(struct scene *scene, struct area inside, const struct scene *content, int *first)
{
    *first = limited(*first, 0, content->rows - inside.rows);
    scene_lay_rows(scene, inside.row, inside.column, content, *first, inside.rows);
    panel_scrollbar(scene, inside, *first, content->rows);
}

/* ---- Lists ----------------------------------------------------------------------- */

static int left_columns(const struct scene *scene, const struct list_row *rows, size_t count,
                        int columns)
{
    int widest = 0;
    for (size_t i = 0; i < count; i++) {
        int width = rows[i].left != NULL ? scene_text_width(scene, rows[i].left) : 0;
        widest = width > widest ? width : widest;
    }
    return widest > columns / 2 ? columns / 2 : widest;
}

static void draw_row(struct scene *scene, int row, struct area inside, int left,
                     const struct list_row *item)
{
    int column = inside.column, end = inside.column + inside.columns;
    if (item->heading) {
        scene_text(scene, row, column, inside.columns, style_bold(INK_STAGE), item->text);
        return;
    }
    if (item->left != NULL)
        scene_text(scene, row, column, left, style_bold(INK_KEY), item->left);
    column += left > 0 ? left + 2 : 0;
    if (item->right != NULL) {
        int width = limited(scene_text_width(scene, item->right), 0, (end - column) / 2);
        scene_text(scene, row, end - width, width, style_ink(INK_DIM), item->right);
        end -= width + 1;
    }
    scene_text(scene, row, column, end - column, style_ink(INK_TEXT), item->text);
}

void panel_light(struct scene *scene, int row, int column, int rows, int columns)
{
    scene_light(scene, row, column, rows, columns);
    for (int i = 0; scene->medium.mono && i < rows * columns; i++) {
        struct cell *cell = scene_cell(scene, row + i / columns, column + i % columns);
        if (cell != NULL)
            cell->style.emphasis |= EMPHASIS_REVERSE;
    }
}

static int list_first(int first, int rows, int count, int selected)
{
    if (selected != NONE)
        first = limited(first, selected - rows + 1, selected);
    return limited(first, 0, count - rows);
}

void panel_list(struct scene *scene, struct area inside, const struct list_row *rows, size_t count,
                int selected, int *first)
{
    int left = left_columns(scene, rows, count, inside.columns);
    *first = list_first(*first, inside.rows, (int)count, selected);
    for (int i = 0; i < inside.rows && *first + i < (int)count; i++) {
        int index = *first + i;
        draw_row(scene, inside.row + i, inside, left, &rows[index]);
        if (index == selected)
            panel_light(scene, inside.row + i, inside.column, 1, inside.columns);
        if (!rows[index].heading)
            scene_region(scene, (struct region){
                                    .row = inside.row + i,
                                    .column = inside.column,
                                    .rows = 1,
                                    .columns = inside.columns,
                                    .kind = REGION_ROW,
                                    .index = index,
                                });
    }
    panel_scrollbar(scene, inside, *first, (int)count);
}

/* ---- Prompts --------------------------------------------------------------------- */

/* Skips clusters at the beginning until what stands before the cursor fits in `room`. */
static const char *scrolled(const struct scene *scene, const char *text, const char *cursor,
                            int room, int *before)
{
    struct grapheme cluster;
    for (;;) {
        const char *part = arena_strndup(scene->arena, text, (size_t)(cursor - text));
        *before = scene_text_width(scene, part);
        if (*before < room || !utf8_next(text, &cluster) || text + cluster.source > cursor)
            return text;
        text += cluster.source;
    }
}

void panel_prompt(struct scene *scene, int row, int column, int columns, const char *label,
                  const char *text, size_t cursor)
{
    column += scene_text(scene, row, column, columns, style_bold(INK_KEY), label);
    int room = columns - scene_text_width(scene, label);
    if (room < 1)
        return;
    int before = 0;
    text = scrolled(scene, text, text + cursor, room, &before);
    scene_text(scene, row, column, room, style_ink(INK_TEXT), text);
    scene->cursor_row = row;
    scene->cursor_column = column + limited(before, 0, room - 1);
}
