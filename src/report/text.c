/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

enum layer { LAYER_INK = 30, LAYER_GROUND = 40 }; /* SGR's first number of each */

static void append_shade(struct str *out, enum layer layer, struct shade shade, enum depth depth)
{
    if (depth == DEPTH_TRUE)
        str_printf(out, ";%d;2;%u;%u;%u", layer + 8, shade.rgb >> 16, shade.rgb >> 8 & 0xff,
                   shade.rgb & 0xff);
    else if (depth == DEPTH_256 && shade.index256 >= 0)
        str_printf(out, ";%d;5;%d", layer + 8, shade.index256);
    else if (depth == DEPTH_8 && shade.index8 >= 0)
        str_printf(out, ";%d", layer + shade.index8);
}

/* One sequence that says everything, so that no style depends on the one before. */
static void append_look(struct str *out, const struct look *look, enum depth depth)
{
    str_append(out, "\033[0");
    if (look->emphasis & EMPHASIS_BOLD)
        str_append(out, ";1");
    if (look->emphasis & EMPHASIS_UNDERLINE)
        str_append(out, ";4");
    if (look->emphasis & EMPHASIS_REVERSE)
        str_append(out, ";7");
    if (!look->ink_default)
        append_shade(out, LAYER_INK, look->ink, depth);
    if (!look->ground_default)
        append_shade(out, LAYER_GROUND, look->ground, depth);
    str_append_char(out, 'm');
}

static bool look_plain(const struct look *look)
{
    return look->ink_default && look->ground_default && look->emphasis == 0;
}

static void append_row(struct str *out, struct arena *arena, const struct scene *scene, int row,
                       enum theme_name theme, enum depth depth)
{
    size_t count;
    const struct span *spans = scene_spans(arena, scene, row, &count);
    bool styled = false;
    for (size_t i = 0; i < count; i++) {
        if (depth > DEPTH_MONO) {
            struct look look = theme_look(theme, depth, spans[i].style);
            bool plain = look_plain(&look);
            if (!plain || styled)
                append_look(out, &look, depth);
            styled = !plain;
        }
        str_append(out, spans[i].text);
    }
    if (styled)
        str_append(out, "\033[0m");
}

void report_text(struct str *out, const struct scene *scene, enum theme_name theme,
                 enum depth depth)
{
    struct arena arena;
    arena_init(&arena);
    for (int row = 0; row < scene->rows; row++) {
        size_t start = out->length;
        append_row(out, &arena, scene, row, theme, depth);
        while (depth == DEPTH_MONO && out->length > start && out->text[out->length - 1] == ' ')
            out->text[--out->length] = '\0';
        str_append_char(out, '\n');
        arena_reset(&arena);
    }
    arena_finish(&arena);
}
