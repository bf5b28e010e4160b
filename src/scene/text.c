/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/scene.h>

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/text.h>

/* No cluster that a person writes is longer; a text is looked at only as far as it can be seen. */
#define CLUSTER_BYTES_USUAL 32

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0u) == 0x80u;
}

static size_t shorter(const char *text, size_t bytes)
{
    while (bytes > 0 && continues(text[bytes]))
        bytes--;
    return bytes;
}

/* A copy of the part of a text that can matter in `limit` columns. `*cut`: there is more. */
static const char *visible_part(struct arena *arena, const char *text, int limit, bool *cut)
{
    size_t most = ((size_t)limit + 8) * CLUSTER_BYTES_USUAL;
    size_t bytes = strnlen(text, most + 1);
    *cut = bytes > most;
    return arena_strndup(arena, text, *cut ? shorter(text, most) : bytes);
}

/* Where nothing but ASCII can be written, letters are spelt in it too. */
static const char *spelt(struct arena *arena, struct medium medium, const char *text)
{
    if (!medium.ascii)
        return text;
    return utf8_is_spoken() ? glyph_spell(arena, text) : utf8_ascii(arena, text);
}

/* A combining mark without a letter to stand on gets a blank one, or it would change its
 * neighbour. */
static void on_a_blank(struct scene *scene, struct grapheme *cluster)
{
    char *text = arena_alloc(scene->arena, cluster->bytes + 2);
    text[0] = ' ';
    memcpy(text + 1, cluster->text, cluster->bytes);
    cluster->text = text;
    cluster->bytes++;
    cluster->width = 1;
}

static bool next_cluster(struct scene *scene, const char **text, struct grapheme *out)
{
    if (!utf8_next(*text, out))
        return false;
    *text += out->source;
    if (out->width < 1)
        on_a_blank(scene, out);
    if (out->bytes > UINT8_MAX)
        out->bytes = shorter(out->text, UINT8_MAX);
    return true;
}

/* Writes the clusters that fit in `limit`; returns the columns used, `*rest` is what is left. */
static int write_clusters(struct scene *scene, int row, int column, int limit, struct style style,
                          const char *text, const char **rest)
{
    int used = 0;
    struct grapheme cluster;
    *rest = text;
    while (next_cluster(scene, &text, &cluster) && used + cluster.width <= limit) {
        scene_put(scene, row, column + used, style, cluster.text, cluster.bytes, cluster.width);
        used += cluster.width;
        *rest = text;
    }
    return used;
}

static bool fits(struct scene *scene, const char *text, int limit)
{
    struct grapheme cluster;
    for (int used = 0; next_cluster(scene, &text, &cluster);) {
        used += cluster.width;
        if (used > limit)
            return false;
    }
    return true;
}

int scene_text(struct scene *scene, int row, int column, int limit, struct style style,
               const char *text)
{
    if (limit > scene->columns - column)
        limit = scene->columns - column;
    if (limit <= 0 || row < 0 || row >= scene->rows)
        return 0;
    bool cut;
    const char *rest;
    text = visible_part(scene->arena, text, limit, &cut);
    text = spelt(scene->arena, scene->medium, sanitise_text(scene->arena, text, SANITISE_ONE_LINE));
    if (!cut && fits(scene, text, limit))
        return write_clusters(scene, row, column, limit, style, text, &rest);
    const char *ellipsis = glyph_ellipsis(scene->medium, limit);
    int used = write_clusters(scene, row, column, limit - utf8_width(ellipsis), style, text, &rest);
    return used + write_clusters(scene, row, column + used, limit - used, style, ellipsis, &rest);
}

int scene_printf(struct scene *scene, int row, int column, int limit, struct style style,
                 const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(scene->arena, format, args);
    va_end(args);
    return scene_text(scene, row, column, limit, style, text);
}

int scene_text_width(const struct scene *scene, const char *text)
{
    return medium_width(scene->arena, scene->medium, text);
}

int medium_width(struct arena *arena, struct medium medium, const char *text)
{
    return utf8_width(spelt(arena, medium, sanitise_text(arena, text, SANITISE_ONE_LINE)));
}

const char **medium_wrap(struct arena *arena, struct medium medium, const char *text, int columns,
                         int most, size_t *count)
{
    bool cut;
    text = visible_part(arena, text, columns * (most + 1), &cut);
    text = sanitise_text(arena, text, SANITISE_KEEP_LINES);
    return utf8_wrap(arena, spelt(arena, medium, text), columns, count);
}
