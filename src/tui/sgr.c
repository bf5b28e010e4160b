/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "sgr.h"

#include <stdio.h>

#include <stellwerk/base/array.h>

static int32_t colour(struct shade shade, bool own, enum depth depth)
{
    if (own)
        return PAINT_DEFAULT;
    switch (depth) {
    case DEPTH_TRUE:
        return (int32_t)shade.rgb;
    case DEPTH_256:
        return shade.index256;
    case DEPTH_8:
        return shade.index8;
    default:
        return PAINT_DEFAULT;
    }
}

struct paint paint_of(enum theme_name theme, enum depth depth, struct style style)
{
    struct look look = theme_look(theme, depth, style);
    return (struct paint){
        .ink = colour(look.ink, look.ink_default, depth),
        .ground = colour(look.ground, look.ground_default, depth),
        .emphasis = look.emphasis,
    };
}

bool paint_equal(struct paint a, struct paint b)
{
    return a.ink == b.ink && a.ground == b.ground && a.emphasis == b.emphasis;
}

/* Ink shows on a blank only where it is underlined or takes the ground's place. */
bool paint_equal_blank(struct paint a, struct paint b)
{
    const uint8_t seen = EMPHASIS_UNDERLINE | EMPHASIS_REVERSE;
    if (a.ground != b.ground || (a.emphasis & seen) != (b.emphasis & seen))
        return false;
    return (a.emphasis & seen) == 0 || a.ink == b.ink;
}

/* The parameters of a sequence as they are gathered, each with a separator before it but the
 * first. */
static void add(struct str *out, const char *parameter)
{
    if (out->length > 0)
        str_append_char(out, ';');
    str_append(out, parameter);
}

static void add_colour(struct str *out, enum depth depth, int32_t number, int base)
{
    char text[32];
    if (number == PAINT_DEFAULT)
        snprintf(text, sizeof(text), "%d", base + 9);
    else if (depth == DEPTH_TRUE)
        snprintf(text, sizeof(text), "%d;2;%d;%d;%d", base + 8, number >> 16 & 255,
                 number >> 8 & 255, number & 255);
    else if (number < 8)
        snprintf(text, sizeof(text), "%d", base + number);
    else
        snprintf(text, sizeof(text), "%d;5;%d", base + 8, number);
    add(out, text);
}

static void add_emphasis(struct str *out, uint8_t from, uint8_t to)
{
    static const struct {
        uint8_t bit;
        const char *on, *off;
    } codes[] = {
        { .bit = EMPHASIS_BOLD, .on = "1", .off = "22" },
        { .bit = EMPHASIS_UNDERLINE, .on = "4", .off = "24" },
        { .bit = EMPHASIS_REVERSE, .on = "7", .off = "27" },
    };
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        if ((from ^ to) & codes[i].bit)
            add(out, to & codes[i].bit ? codes[i].on : codes[i].off);
    }
}

static void add_changes(struct str *out, enum depth depth, struct paint from,
                        struct paint to)
{
    add_emphasis(out, from.emphasis, to.emphasis);
    if (from.ink != to.ink)
        add_colour(out, depth, to.ink, 30);
    if (from.ground != to.ground)
        add_colour(out, depth, to.ground, 40);
}

static const struct paint plain = { PAINT_DEFAULT, PAINT_DEFAULT, 0 };

void sgr_change(struct str *out, enum depth depth, struct paint from, struct paint to)
{
    if (paint_equal(from, to))
        return;
    struct str changed, anew;
    str_init(&changed);
    str_init(&anew);
    add_changes(&changed, depth, from, to);
    if (!paint_equal(to, plain)) {
        str_append_char(&anew, '0');
        add_changes(&anew, depth, plain, to);
    }
    str_printf(out, "\033[%sm", anew.length < changed.length ? anew.text : changed.text);
    str_finish(&changed);
    str_finish(&anew);
}
