/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/message.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/view.h>

#define LINES_MOST 8
#define AIR 3 /* columns on either side */

void message_draw(struct scene *scene, const char *text)
{
    size_t count;
    int columns = scene->columns > 4 * AIR ? scene->columns - 2 * AIR : scene->columns;
    if (columns < 1)
        return;
    const char **lines =
        medium_wrap(scene->arena, scene->medium, text, columns, LINES_MOST, &count);
    if ((int)count > scene->rows) {
        lines = &text;
        count = 1;
    }
    int row = (scene->rows - (int)count + 1) / 2;
    for (size_t i = 0; i < count; i++) {
        int width = scene_text_width(scene, lines[i]);
        int column = width < scene->columns ? (scene->columns - width) / 2 : 0;
        scene_text(scene, row + (int)i, column, columns, style_ink(INK_DIM), lines[i]);
    }
}

struct scene *message_too_small(struct arena *arena, int columns, int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const char *whole = arena_printf(arena, _("Too small: %d × %d are needed"), VIEW_MIN_COLUMNS,
                                     VIEW_MIN_ROWS);
    message_draw(scene, scene_text_width(scene, whole) <= columns ? whole : _("too small"));
    return scene;
}
