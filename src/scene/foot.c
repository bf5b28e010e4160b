/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/foot.h>

#include <stellwerk/model/journey.h>

#define BETWEEN 2 /* columns between two hints */

static int hint_width(const struct scene *scene, const struct hint *hint)
{
    return scene_text_width(scene, hint->key) + 1 + scene_text_width(scene, hint->word);
}

/* The most important hint that was not yet tried; of equals the first. */
static int next_best(const struct hint *hints, const bool *tried, size_t count)
{
    int best = NONE;
    for (size_t i = 0; i < count; i++) {
        if (!tried[i] && (best == NONE || hints[i].priority > hints[best].priority))
            best = (int)i;
    }
    return best;
}

static bool *choose(const struct scene *scene, int columns, const struct hint *hints, size_t count)
{
    bool *chosen = arena_array(scene->arena, count, sizeof(*chosen));
    int left = columns - 1;
    bool *tried = arena_array(scene->arena, count, sizeof(*tried));
    for (int best; (best = next_best(hints, tried, count)) != NONE;) {
        int width = hint_width(scene, &hints[best]);
        tried[best] = true;
        chosen[best] = width < left;
        left -= chosen[best] ? width + BETWEEN : 0;
    }
    return chosen;
}

static int draw_hint(struct scene *scene, int row, int column, const struct hint *hint)
{
    int limit = scene->columns - column;
    int used = scene_text(scene, row, column, limit, style_ink(INK_KEY), hint->key) + 1;
    used += scene_text(scene, row, column + used, limit - used, style_ink(INK_DIM), hint->word);
    scene_region(scene, (struct region){
                            .row = row,
                            .column = column,
                            .rows = 1,
                            .columns = used,
                            .kind = REGION_KEY,
                            .command = hint->command,
                        });
    return used;
}

void foot_draw(struct scene *scene, int row, int column, int columns, const struct hint *hints,
               size_t count)
{
    scene_fill(scene, row, column, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    const bool *chosen = choose(scene, columns, hints, count);
    column++;
    for (size_t i = 0; i < count; i++) {
        if (chosen[i])
            column += draw_hint(scene, row, column, &hints[i]) + BETWEEN;
    }
}
