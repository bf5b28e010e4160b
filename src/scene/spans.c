/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/scene.h>

#include <string.h>

static bool is_blank(const struct cell *cell)
{
    return cell->bytes == 0;
}

/* A blank shows what is behind its ink, unless the emphasis brings the ink to the front. */
static bool looks_like(const struct cell *blank, struct style style)
{
    style.ink = blank->style.ink;
    if (((blank->style.emphasis | style.emphasis) & (EMPHASIS_UNDERLINE | EMPHASIS_REVERSE)) != 0)
        return false;
    style.emphasis = blank->style.emphasis;
    return style_equal(blank->style, style);
}

static bool shows_nothing(const struct cell *cell)
{
    return is_blank(cell) && cell->width > 0 && cell->style.ground == GROUND_NONE &&
           !cell->style.selected &&
           (cell->style.emphasis & (EMPHASIS_UNDERLINE | EMPHASIS_REVERSE)) == 0;
}

static int visible_columns(const struct scene *scene, const struct cell *cells)
{
    int columns = scene->columns;
    while (columns > 0 && shows_nothing(&cells[columns - 1]))
        columns--;
    return columns;
}

/* How many cells from the first on are one run; `*style` is the run's. The second half of a wide
 * cluster goes with the first. */
static int run_length(const struct cell *cells, int columns, struct style *style)
{
    bool only_blanks = is_blank(&cells[0]);
    *style = cells[0].style;
    int length = 1;
    for (; length < columns; length++) {
        const struct cell *cell = &cells[length];
        if (cell->width == 0)
            continue;
        if (style_equal(cell->style, *style)) {
            only_blanks &= is_blank(cell);
        } else if (only_blanks && looks_like(&cells[0], cell->style)) {
            only_blanks = is_blank(cell);
            *style = cell->style;
        } else if (!is_blank(cell) || !looks_like(cell, *style)) {
            break;
        }
    }
    return length;
}

static const char *run_text(struct arena *arena, const struct cell *cells, int length)
{
    size_t bytes = 0;
    for (int i = 0; i < length; i++)
        bytes += is_blank(&cells[i]) ? cells[i].width : cells[i].bytes;
    char *text = arena_alloc(arena, bytes + 1);
    char *end = text;
    for (int i = 0; i < length; i++) {
        if (!is_blank(&cells[i])) {
            memcpy(end, cells[i].text, cells[i].bytes);
            end += cells[i].bytes;
        } else if (cells[i].width > 0) {
            *end++ = ' ';
        }
    }
    *end = '\0';
    return text;
}

struct span *scene_spans(struct arena *arena, const struct scene *scene, int row, size_t *count)
{
    const struct cell *cells = &scene->cells[(size_t)row * (size_t)scene->columns];
    int columns = visible_columns(scene, cells);
    struct span *spans = NULL;
    size_t capacity = 0;
    *count = 0;
    for (int column = 0; column < columns;) {
        spans = arena_grow(arena, spans, *count, &capacity, sizeof(*spans));
        struct span *span = &spans[(*count)++];
        span->column = column;
        span->columns = run_length(&cells[column], columns - column, &span->style);
        span->text = run_text(arena, &cells[column], span->columns);
        column += span->columns;
    }
    return spans;
}
