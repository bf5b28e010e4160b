/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/strip.h>

#include <math.h>

#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/glyph.h>

#define NAME_LEAST 3 /* columns of a name that can still be told from others */

/* Cells from `left` on are shared by all touchpoints alike. */
struct strip {
    struct scene *scene;
    const struct stage_set *set;
    const struct columns *columns;
    int row, left, width;
};

static struct gap gap_at(const struct stage_set *set, int touchpoint)
{
    const struct reading *reading = &set->readings->items[touchpoint];
    return set->options.overlay ? reading_gap(reading, NULL) : reading->gap_estimated;
}

static enum glyph sign_of(struct gap gap)
{
    if (isnan(gap.value))
        return GLYPH_UNKNOWN;
    return gap.inside ? GLYPH_INSIDE : gap.value < 0 ? GLYPH_BELOW : GLYPH_ABOVE;
}

static enum ink ink_of(struct gap gap)
{
    if (isnan(gap.value) || gap.inside)
        return INK_DIM;
    return gap.value < 0 ? INK_BAD : INK_GOOD;
}

static bool in_window(const struct strip *strip, int touchpoint)
{
    return touchpoint >= strip->columns->first &&
           touchpoint < strip->columns->first + strip->columns->count;
}

static struct style style_at(const struct strip *strip, int touchpoint, struct gap gap)
{
    struct style style = style_ink(ink_of(gap));
    if (in_window(strip, touchpoint))
        style.emphasis = EMPHASIS_BOLD;
    const struct view_options *options = &strip->set->options;
    style.selected = touchpoint == options->selected && options->light == LIGHT_COLUMN;
    if (style.selected && strip->scene->medium.mono)
        style.emphasis |= EMPHASIS_REVERSE;
    return style;
}

static int x_of(const struct strip *strip, int touchpoint)
{
    return strip->left + (int)((int64_t)touchpoint * strip->width / strip->columns->total);
}

/* ---- With names ------------------------------------------------------------------ */

static void draw_name(const struct strip *strip, int touchpoint)
{
    int x = x_of(strip, touchpoint);
    int width = x_of(strip, touchpoint + 1) - x - 1;
    struct gap gap = gap_at(strip->set, touchpoint);
    struct style style = style_at(strip, touchpoint, gap);
    scene_fill(strip->scene, strip->row, x + 1, 1, width, style);
    scene_glyph(strip->scene, strip->row, x + 1, style, glyph(strip->scene->medium, sign_of(gap)));
    const char *title = strip->set->journey->touchpoints[touchpoint].title;
    scene_text(strip->scene, strip->row, x + 2, width - 1, style,
               utf8_fit(strip->scene->arena, title, width - 1, ""));
}

/* ---- Signs alone ----------------------------------------------------------------- */

static bool worse(struct gap a, struct gap b)
{
    return !isnan(a.value) && (isnan(b.value) || a.value < b.value);
}

/* The touchpoint that a cell shows: the selected one, or the worst of those that share it. */
static int shown_in(const struct strip *strip, int first, int end)
{
    int shown = first;
    for (int i = first; i < end; i++) {
        if (i == strip->set->options.selected)
            return i;
        if (worse(gap_at(strip->set, i), gap_at(strip->set, shown)))
            shown = i;
    }
    return shown;
}

static void draw_signs(const struct strip *strip)
{
    int total = strip->columns->total;
    for (int first = 0, end; first < total; first = end) {
        int x = x_of(strip, first);
        for (end = first + 1; end < total && x_of(strip, end) == x; end++)
            continue;
        int shown = shown_in(strip, first, end);
        struct gap gap = gap_at(strip->set, shown);
        scene_glyph(strip->scene, strip->row, x + 1, style_at(strip, shown, gap),
                    glyph(strip->scene->medium, sign_of(gap)));
    }
}

static void draw_window(const struct strip *strip)
{
    const struct columns *columns = strip->columns;
    struct medium medium = strip->scene->medium;
    scene_glyph(strip->scene, strip->row, x_of(strip, columns->first), style_bold(INK_STRONG),
                glyph(medium, GLYPH_WINDOW_LEFT));
    scene_glyph(strip->scene, strip->row, x_of(strip, columns->first + columns->count),
                style_bold(INK_STRONG), glyph(medium, GLYPH_WINDOW_RIGHT));
}

static void add_regions(const struct strip *strip)
{
    for (int i = 0; i < strip->columns->total; i++) {
        int x = x_of(strip, i), end = x_of(strip, i + 1);
        if (end > x)
            scene_region(strip->scene, (struct region){ .row = strip->row,
                                                        .column = x + 1,
                                                        .rows = 1,
                                                        .columns = end - x,
                                                        .index = i });
    }
}

void strip_draw(struct scene *scene, int row, const struct stage_set *set,
                const struct columns *columns)
{
    struct strip strip = { scene, set, columns, row, columns->left - 1, columns->width };
    if (columns->width / columns->total >= NAME_LEAST + 2) {
        for (int i = 0; i < columns->total; i++)
            draw_name(&strip, i);
    } else {
        draw_signs(&strip);
    }
    draw_window(&strip);
    add_regions(&strip);
}
