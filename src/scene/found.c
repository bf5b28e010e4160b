/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/found.h>

#include <ctype.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

struct found found_new(struct arena *arena, const char *needle)
{
    return (struct found){ .needle = utf8_fold(arena, needle) };
}

static void append_folded(struct str *out, struct arena *arena, const struct cell *cell)
{
    if (cell->width == 0)
        return;
    if (cell->bytes == 0)
        str_append_char(out, ' ');
    else if (cell->bytes == 1)
        str_append_char(out, (char)tolower((unsigned char)*cell->text));
    else
        str_append(out, utf8_fold(arena, arena_strndup(arena, cell->text, cell->bytes)));
}

static void mark_cells(struct cell *cells, const size_t *starts, int columns, size_t from,
                       size_t to)
{
    for (int i = 0; i < columns; i++) {
        if (starts[i + 1] > from && starts[i] < to)
            cells[i].style.ground = GROUND_MATCH;
    }
}

/* `starts` tells where each cell's part of the folded text begins. */
static void mark_row(const struct found *found, struct scene *scene, struct cell *cells,
                     int columns)
{
    struct str text;
    str_init(&text);
    size_t *starts = arena_array(scene->arena, (size_t)columns + 1, sizeof(*starts));
    for (int i = 0; i < columns; i++) {
        starts[i] = text.length;
        append_folded(&text, scene->arena, &cells[i]);
    }
    starts[columns] = text.length;
    size_t length = strlen(found->needle);
    for (const char *at = text.text; (at = strstr(at, found->needle)) != NULL; at += length)
        mark_cells(cells, starts, columns, (size_t)(at - text.text),
                   (size_t)(at - text.text) + length);
    str_finish(&text);
}

void found_mark(const struct found *found, struct scene *scene, int row, int rows, int column,
                int columns)
{
    if (*found->needle == '\0')
        return;
    if (column + columns > scene->columns)
        columns = scene->columns - column;
    for (int i = 0; i < rows; i++) {
        struct cell *cells = scene_cell(scene, row + i, column);
        if (cells != NULL)
            mark_row(found, scene, cells, columns);
    }
}
