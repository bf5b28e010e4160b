/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/message.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/view.h>

void message_draw(struct scene *scene, const char *text)
{
    int width = scene_text_width(scene, text);
    int column = width < scene->columns ? (scene->columns - width) / 2 : 0;
    scene_text(scene, scene->rows / 2, column, scene->columns, style_ink(INK_DIM), text);
}

struct scene *message_too_small(struct arena *arena, int columns, int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const char *whole = arena_printf(arena, _("Too small: %d × %d are needed"), VIEW_MIN_COLUMNS,
                                     VIEW_MIN_ROWS);
    message_draw(scene, scene_text_width(scene, whole) <= columns ? whole : _("too small"));
    return scene;
}
