/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A page that is written from top to bottom and grows as it is: details and tables.
 */
#ifndef STELLWERK_SCENE_PAGE_H
#define STELLWERK_SCENE_PAGE_H

#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/view.h>

struct page {
    struct scene *scene;
    int row;    /* the next one */
    int labels; /* columns of labels, the blank behind them included */
    struct path_pick *picks; /* rows that can be picked (paths.h), in their order */
    size_t pick_count, pick_capacity;
};

struct page page_begin(struct arena *arena, int columns, struct medium medium);

/* The scene, cut to what was written. */
struct scene *page_end(struct page *page);

/* Makes room for `rows` rows and goes behind them; returns the first. */
int page_rows(struct page *page, int rows);

/* A title with a rule to the right edge, and a blank row above it but on the first row. */
void page_heading(struct page *page, const char *title);

/* Wrapped text, `indent` columns from the left. NULL and "" write nothing. */
void page_text(struct page *page, int indent, struct style style, const char *text);

/* A text that ends before column `end`, at most `columns` wide. */
void page_right(struct page *page, int row, int end, int columns, struct style style,
                const char *text);

/* A label and a wrapped text beside it; nothing where the text is NULL or "". */
void page_pair(struct page *page, const char *label, struct style style, const char *text);

/* Columns of a page in a view of `columns`: one of air is on either side. */
int page_inside(int columns);

/* A page as a view shows it below its head line, within its margins: whole where `rows` is 0, else
 * as many rows of it from the scroll of the set's options on as fit above the last row, never
 * beyond its end. Instead of it `why`, where that is not NULL. */
struct scene *page_on_screen(struct arena *arena, const struct stage_set *set,
                             const struct scene *page, const char *why, int columns, int rows,
                             struct medium medium);

/* Rows of a page that belong to what is chosen; none where `rows` is 0. */
struct page_lit {
    int first, rows;
};

/* Where a page that shows so many rows begins for what is lit to be seen: as far down as it must,
 * and no further than before. */
int page_scroll_to(int scroll, int shown, struct page_lit lit);

/* Shows a page within its margins on a screen between row `top` and the last one, from `scroll` on,
 * and where it is to follow so that what is lit is seen. The scene learns where it begins, and the
 * cursor stands on what is lit. */
void page_lay_lit(struct scene *scene, int top, const struct scene *page, int scroll,
                  struct page_lit lit, bool follow);

#endif
