/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/scene.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/memory.h>

static const struct cell blank = { .width = 1 };

static size_t cell_count(int rows, int columns)
{
    return memory_product((size_t)rows, (size_t)columns);
}

struct scene *scene_new(struct arena *arena, int columns, int rows, struct medium medium)
{
    assert(columns >= 0 && rows >= 0);
    struct scene *scene = arena_alloc(arena, sizeof(*scene));
    scene->arena = arena;
    scene->medium = medium;
    scene->columns = columns;
    scene->cursor_row = scene->cursor_column = -1;
    scene_grow(scene, rows);
    return scene;
}

/* At least twice the room of before, so that a page that is written row by row is not moved for
 * each. */
static void make_room(struct scene *scene, int rows)
{
    if (rows <= scene->room)
        return;
    struct cell *before = scene->cells;
    scene->room = rows > 2 * scene->room ? rows : 2 * scene->room;
    scene->cells = arena_array(scene->arena, cell_count(scene->room, scene->columns),
                               sizeof(*scene->cells));
    if (before != NULL)
        memcpy(scene->cells, before,
               cell_count(scene->rows, scene->columns) * sizeof(*scene->cells));
}

void scene_grow(struct scene *scene, int rows)
{
    make_room(scene, scene->rows + rows);
    size_t end = cell_count(scene->rows + rows, scene->columns);
    for (size_t i = cell_count(scene->rows, scene->columns); i < end; i++)
        scene->cells[i] = blank;
    scene->rows += rows;
}

struct cell *scene_cell(struct scene *scene, int row, int column)
{
    if (row < 0 || row >= scene->rows || column < 0 || column >= scene->columns)
        return NULL;
    return &scene->cells[(size_t)row * (size_t)scene->columns + (size_t)column];
}

static void cell_clear(struct cell *cell)
{
    cell->text = NULL;
    cell->bytes = 0;
    cell->width = 1;
}

/* Half of a wide cluster cannot stay when the other half is drawn over. */
static void cell_vacate(struct scene *scene, int row, int column)
{
    struct cell *cell = scene_cell(scene, row, column);
    if (cell->width == 0)
        cell_clear(cell - 1);
    if (cell->width == 2)
        cell_clear(cell + 1);
    cell_clear(cell);
}

static void cell_style(struct cell *cell, struct style style)
{
    if (style.ground == GROUND_NONE)
        style.ground = cell->style.ground;
    style.selected |= cell->style.selected;
    cell->style = style;
}

static bool is_blank(const char *text, size_t bytes)
{
    static const char no_break_space[] = "\u00A0";
    return (bytes == 1 && *text == ' ') || (bytes == 2 && memcmp(text, no_break_space, 2) == 0);
}

void scene_put(struct scene *scene, int row, int column, struct style style, const char *text,
               size_t bytes, int width)
{
    assert(width == 1 || width == 2);
    if (scene_cell(scene, row, column) == NULL || column + width > scene->columns)
        return;
    for (int i = 0; i < width; i++) {
        cell_vacate(scene, row, column + i);
        cell_style(scene_cell(scene, row, column + i), style);
    }
    struct cell *cell = scene_cell(scene, row, column);
    if (is_blank(text, bytes))
        return;
    cell->text = text;
    cell->bytes = (uint8_t)bytes;
    cell->width = (uint8_t)width;
    if (width == 2)
        cell[1].width = 0;
}

void scene_glyph(struct scene *scene, int row, int column, struct style style, const char *glyph)
{
    scene_put(scene, row, column, style, glyph, strlen(glyph), 1);
}

/* Clips a rectangle to the scene; what lies outside altogether becomes empty. */
static struct rectangle {
    int top, left, bottom, right; /* bottom and right are behind the last */
} clip(const struct scene *scene, int row, int column, int rows, int columns)
{
    struct rectangle inside = {
        .top = row < 0 ? 0 : row,
        .left = column < 0 ? 0 : column,
        .bottom = row + rows > scene->rows ? scene->rows : row + rows,
        .right = column + columns > scene->columns ? scene->columns : column + columns,
    };
    return inside;
}

void scene_fill(struct scene *scene, int row, int column, int rows, int columns,
                struct style style)
{
    struct rectangle inside = clip(scene, row, column, rows, columns);
    for (int y = inside.top; y < inside.bottom; y++) {
        for (int x = inside.left; x < inside.right; x++) {
            cell_vacate(scene, y, x);
            scene_cell(scene, y, x)->style = style;
        }
    }
}

void scene_light(struct scene *scene, int row, int column, int rows, int columns)
{
    struct rectangle inside = clip(scene, row, column, rows, columns);
    for (int y = inside.top; y < inside.bottom; y++) {
        for (int x = inside.left; x < inside.right; x++)
            scene_cell(scene, y, x)->style.selected = true;
    }
}

static void lay_cell(struct scene *scene, int row, int column, const struct cell *cell)
{
    if (scene_cell(scene, row, column) == NULL || cell->width == 0)
        return;
    if (cell->bytes > 0 && column + cell->width <= scene->columns) {
        scene_put(scene, row, column, cell->style, cell->text, cell->bytes, cell->width);
        return;
    }
    for (int i = 0; i < cell->width && column + i < scene->columns; i++) {
        cell_vacate(scene, row, column + i);
        cell_style(scene_cell(scene, row, column + i), cell->style);
    }
}

void scene_lay_rows(struct scene *scene, int row, int column, const struct scene *from, int first,
                    int rows)
{
    for (int y = 0; y < rows && first + y < from->rows; y++) {
        const struct cell *cells = &from->cells[(size_t)(first + y) * (size_t)from->columns];
        for (int x = 0; x < from->columns; x++)
            lay_cell(scene, row + y, column + x, &cells[x]);
    }
    for (size_t i = 0; i < from->region_count; i++) {
        struct region region = from->regions[i];
        if (region.row < first || region.row >= first + rows)
            continue;
        region.row += row - first;
        region.column += column;
        scene_region(scene, region);
    }
}

void scene_lay(struct scene *scene, int row, int column, const struct scene *from)
{
    scene_lay_rows(scene, row, column, from, 0, from->rows);
}

void scene_region(struct scene *scene, struct region region)
{
    scene->regions = arena_grow(scene->arena, scene->regions, scene->region_count,
                                &scene->region_capacity, sizeof(*scene->regions));
    scene->regions[scene->region_count++] = region;
}

/* What was drawn last lies on top. */
const struct region *scene_region_at(const struct scene *scene, int row, int column)
{
    for (size_t i = scene->region_count; i-- > 0;) {
        const struct region *region = &scene->regions[i];
        if (row >= region->row && row < region->row + region->rows && column >= region->column &&
            column < region->column + region->columns)
            return region;
    }
    return NULL;
}

bool style_equal(struct style a, struct style b)
{
    return a.ink == b.ink && a.ground == b.ground && a.emphasis == b.emphasis &&
           a.selected == b.selected;
}
