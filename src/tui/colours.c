/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "colours.h"

#include <stellwerk/base/array.h>

/* Pairs in use, by number from 1 on; a frame has some dozens of them. */
static struct {
    enum depth depth;
    bool has_default; /* -1 stands for the terminal's own colours */
    struct {
        int ink, ground;
    } pairs[512];
    int count, most;
} colours;

static enum depth depth_of_terminal(void)
{
    if (!has_colors() || start_color() == ERR)
        return DEPTH_MONO;
    if (COLORS >= 1 << 24)
        return DEPTH_TRUE;
    return COLORS >= 256 ? DEPTH_256 : COLORS >= 8 ? DEPTH_8 : DEPTH_MONO;
}

void colours_begin(bool wanted)
{
    colours.count = 0;
    colours.depth = wanted ? depth_of_terminal() : DEPTH_MONO;
    if (colours.depth == DEPTH_MONO)
        return;
    colours.has_default = use_default_colors() == OK;
    int most = (int)ARRAY_LEN(colours.pairs) - 1;
    colours.most = COLOR_PAIRS - 1 < most ? COLOR_PAIRS - 1 : most;
}

enum depth colours_depth(void)
{
    return colours.depth;
}

/* Terminals of direct colour keep their lowest numbers for the eight colours of old. */
static int direct(uint32_t rgb)
{
    return rgb < 8 ? 8 : (int)rgb;
}

static int number(struct shade shade, bool own, int otherwise)
{
    if (own)
        return colours.has_default ? -1 : otherwise;
    switch (colours.depth) {
    case DEPTH_TRUE:
        return direct(shade.rgb);
    case DEPTH_256:
        return shade.index256;
    default:
        return shade.index8;
    }
}

/* Pair 0, the terminal's own colours, where there is no room for another. */
static int pair_of(int ink, int ground)
{
    if (ink == -1 && ground == -1)
        return 0;
    for (int i = 1; i <= colours.count; i++) {
        if (colours.pairs[i].ink == ink && colours.pairs[i].ground == ground)
            return i;
    }
    if (colours.count >= colours.most || init_extended_pair(colours.count + 1, ink, ground) == ERR)
        return 0;
    colours.count++;
    colours.pairs[colours.count].ink = ink;
    colours.pairs[colours.count].ground = ground;
    return colours.count;
}

static attr_t attributes(uint8_t emphasis)
{
    return (emphasis & EMPHASIS_BOLD ? A_BOLD : 0) | (emphasis & EMPHASIS_UNDERLINE ? A_UNDERLINE : 0) |
           (emphasis & EMPHASIS_REVERSE ? A_REVERSE : 0);
}

struct rendition colours_of(enum theme_name theme, struct style style)
{
    struct look look = theme_look(theme, colours.depth, style);
    struct rendition rendition = { .attributes = attributes(look.emphasis) };
    if (colours.depth == DEPTH_MONO)
        return rendition;
    bool dark = theme == THEME_DARK;
    int ink = number(look.ink, look.ink_default, dark ? COLOR_WHITE : COLOR_BLACK);
    int ground = number(look.ground, look.ground_default, dark ? COLOR_BLACK : COLOR_WHITE);
    rendition.pair = pair_of(ink, ground);
    return rendition;
}
