/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/page.h>

#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/text.h>

#define MARGIN 1
#define PARAGRAPH_MOST 2000 /* rows; a text of ten thousand letters is still whole */

struct page page_begin(struct arena *arena, int columns, struct medium medium)
{
    int labels = columns >= 50 ? 14 : columns >= 30 ? 12 : columns / 3;
    return (struct page){ .scene = scene_new(arena, columns, 32, medium), .labels = labels };
}

struct scene *page_end(struct page *page)
{
    page->scene->rows = page->row;
    return page->scene;
}

int page_rows(struct page *page, int rows)
{
    int first = page->row;
    page->row += rows;
    int missing = page->row - page->scene->rows;
    if (missing > 0)
        scene_grow(page->scene, missing > page->scene->rows ? missing : page->scene->rows);
    return first;
}

void page_heading(struct page *page, const char *title)
{
    struct scene *scene = page->scene;
    if (page->row > 0)
        (void)page_rows(page, 1);
    int row = page_rows(page, 1);
    int used = scene_text(scene, row, 0, scene->columns, style_bold(INK_STAGE), title) + 1;
    for (int x = used; x < scene->columns; x++)
        scene_glyph(scene, row, x, style_ink(INK_FAINT), glyph(scene->medium, GLYPH_RULE));
}

void page_text(struct page *page, int indent, struct style style, const char *text)
{
    int columns = page->scene->columns - indent;
    if (text == NULL || columns < 1)
        return;
    size_t count;
    const char **lines =
        medium_wrap(page->scene->arena, page->scene->medium, text, columns, PARAGRAPH_MOST, &count);
    int row = page_rows(page, (int)count);
    for (size_t i = 0; i < count; i++)
        scene_text(page->scene, row + (int)i, indent, columns, style, lines[i]);
}

void page_right(struct page *page, int row, int end, int columns, struct style style,
                const char *text)
{
    int width = scene_text_width(page->scene, text);
    width = width < columns ? width : columns;
    scene_text(page->scene, row, end - width, width, style, text);
}

void page_pair(struct page *page, const char *label, struct style style, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    int row = page->row;
    page_text(page, page->labels, style, text);
    if (page->row > row)
        scene_text(page->scene, row, 0, page->labels - 1, style_ink(INK_DIM), label);
}

/* ---- On a view ------------------------------------------------------------------- */

int page_inside(int columns)
{
    return columns > 2 * MARGIN ? columns - 2 * MARGIN : 1;
}

/* What is lit is lit up to the edges. */
static void light_margins(struct scene *scene, int row, int rows, int columns)
{
    for (int end = row + rows; row < end; row++) {
        const struct cell *first = scene_cell(scene, row, MARGIN);
        if (first != NULL && first->style.selected)
            panel_light(scene, row, 0, 1, columns + 2 * MARGIN);
    }
}

/* Rows of the page from `first` on, below row `top`, and where they are of all. */
static void lay_page(struct scene *scene, int top, const struct scene *page, int first, int shown)
{
    int most = page->rows > shown ? page->rows - shown : 0;
    scene->first_row = first < most ? first : most;
    scene->rows_below = most - scene->first_row;
    scene_lay_rows(scene, top, MARGIN, page, scene->first_row, shown);
    light_margins(scene, top, shown, page->columns);
    struct area area = { .row = top, .rows = shown, .columns = page->columns };
    panel_scrollbar(scene, area, scene->first_row, page->rows);
}

struct scene *page_on_screen(struct arena *arena, const struct stage_set *set,
                             const struct scene *page, const char *why, int columns, int rows,
                             struct medium medium)
{
    int shown = rows > 0 ? rows - 2 : why == NULL ? page->rows : 3;
    struct scene *scene = scene_new(arena, columns, rows > 0 ? rows : shown + 1, medium);
    if (why != NULL)
        message_draw(scene, why);
    else
        lay_page(scene, 1, page, set->options.scroll, shown);
    head_draw(scene, 0, set);
    return scene;
}

int page_scroll_to(int scroll, int shown, struct page_lit lit)
{
    if (lit.rows == 0)
        return scroll;
    if (scroll + shown < lit.first + lit.rows)
        scroll = lit.first + lit.rows - shown;
    return scroll > lit.first ? lit.first : scroll;
}

void page_lay_lit(struct scene *scene, int top, const struct scene *page, int scroll,
                  struct page_lit lit, bool follow)
{
    int shown = scene->rows - top - 1;
    lay_page(scene, top, page, follow ? page_scroll_to(scroll, shown, lit) : scroll, shown);
    int at = lit.first - scene->first_row;
    if (lit.rows == 0 || at < 0 || at >= shown)
        return;
    scene->cursor_row = top + at;
    scene->cursor_column = 0;
}
