/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/heading.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/chart.h>
#include <stellwerk/scene/glyph.h>

/* A sample of one or two cells, and what it means. */
struct key {
    const char *sample;
    struct style style;
    const char *meaning;
    bool measured; /* only where figures are laid over the map */
};

static const char *twice(struct arena *arena, const char *glyph)
{
    return arena_printf(arena, "%s%s", glyph, glyph);
}

static struct key ground_key(struct scene *scene, enum ground ground, const char *meaning)
{
    bool plain = scene->medium.mono || scene->medium.ascii;
    enum glyph which = ground == GROUND_BAND ? GLYPH_BAND : GLYPH_FALL;
    return (struct key){
        .sample = plain ? twice(scene->arena, glyph(scene->medium, which)) : "\u00A0\u00A0",
        .style = style_on(plain ? GROUND_NONE : ground, INK_TEXT),
        .meaning = meaning,
    };
}

/* As many as fit, in their order. */
static void draw_keys(struct scene *scene, int row, int column, int columns, const struct key *keys,
                      size_t count, bool measured)
{
    int end = column + columns;
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        if (key->measured && !measured)
            continue;
        int width = scene_text_width(scene, key->sample) + 1 +
                    scene_text_width(scene, key->meaning);
        if (column + width > end)
            return;
        column += scene_text(scene, row, column, end - column, key->style, key->sample) + 1;
        column += scene_text(scene, row, column, end - column, style_ink(INK_DIM), key->meaning);
        column += 2;
    }
}

void legend_draw(struct scene *scene, int row, int column, int columns,
                 const struct stage_set *set)
{
    struct medium medium = scene->medium;
    const char *level = medium.ascii ? "--" : "──";
    const struct key keys[] = {
        ground_key(scene, GROUND_BAND, _("expected")),
        ground_key(scene, GROUND_FALL, _("falls short")),
        { level, style_ink(INK_CURVE), _("estimated"), false },
        { glyph(medium, GLYPH_MEASURED), style_ink(INK_MEASURED), _("measured"), true },
        { twice(scene->arena, glyph(medium, GLYPH_PROMISE)), style_ink(INK_PROMISE), _("promised"),
         false },
        { glyph(medium, GLYPH_SMALL), style_ink(INK_MEASURED), _("few answers"), true },
        { glyph(medium, GLYPH_TRUTH), style_ink(INK_TRUTH), _("moment of truth"), false },
        { glyph(medium, GLYPH_DISAGREE), style_ink(INK_WARN), _("estimate disagrees"), true },
    };
    draw_keys(scene, row, column, columns, keys, ARRAY_LEN(keys),
              set->figures != NULL && set->options.overlay);
}

static struct key line_key(struct scene *scene, enum glyph which, enum ink ink, const char *meaning)
{
    return (struct key){
        .sample = twice(scene->arena, glyph(scene->medium, which)),
        .style = style_ink(ink),
        .meaning = meaning,
    };
}

void chart_legend(struct scene *scene, int row, int column, int columns)
{
    struct medium medium = scene->medium;
    const struct key keys[] = {
        { glyph(medium, GLYPH_MEASURED), style_ink(INK_MEASURED), _("measured"), false },
        { glyph(medium, GLYPH_SMALL), style_ink(INK_MEASURED), _("few answers"), false },
        { "!", style_bold(INK_WARN), _("stands out"), false },
        ground_key(scene, GROUND_BAND, _("expected")),
        ground_key(scene, GROUND_FALL, _("falls short")),
        line_key(scene, GLYPH_PROMISE, INK_PROMISE, _("target")),
        line_key(scene, GLYPH_LIMIT, INK_DIM, _("limits of the noise")),
        line_key(scene, GLYPH_RULE, INK_DIM, _("period before")),
    };
    draw_keys(scene, row, column, columns, keys, ARRAY_LEN(keys), true);
}
