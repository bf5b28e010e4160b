/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/theme.h>

#include <assert.h>
#include <string.h>

/* What the terminal has by itself; the colour is for media that must name one. */
#define OWN(colour) { .rgb = (colour), .index256 = -1, .index8 = -1 }

struct ink_row {
    struct shade shade;
    uint8_t mono, eight; /* emphasis of its own where there is no colour, or only eight */
};

struct palette {
    struct ink_row inks[INK_COUNT]; /* band and fall are left out: they are their grounds' shades */
    struct shade grounds[GROUND_COUNT][2]; /* in the dark, and in the column of light */
    uint8_t mono[GROUND_COUNT];     /* emphasis of a ground where there is no colour */
};

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

static const struct palette palettes[] = {
    [THEME_DARK] = {
        .inks = {
            [INK_TEXT] = { .shade = OWN(0xd6d9df) },
            [INK_DIM] = { .shade = { 0x9ba1ab, 248, WHITE } },
            [INK_FAINT] = { .shade = { 0x3f444d, 239, BLACK }, .eight = EMPHASIS_BOLD },
            [INK_STRONG] = { .shade = { 0xffffff, 231, WHITE }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_STAGE] = { .shade = { 0xe6e8ec, 254, WHITE }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_TRUTH] = { .shade = { 0xc9a3f5, 183, MAGENTA }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_CURVE] = { .shade = { 0xffd75f, 221, YELLOW }, .eight = EMPHASIS_BOLD },
            [INK_MEASURED] = { .shade = { 0x7cc4ff, 117, CYAN }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_TREND] = { .shade = { 0x5589b8, 67, CYAN } },
            [INK_PROMISE] = { .shade = { 0xb392e6, 140, MAGENTA } },
            [INK_GOOD] = { .shade = { 0x6fd3a6, 79, GREEN } },
            [INK_BAD] = { .shade = { 0xff8272, 210, RED }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_WARN] = { .shade = { 0xf0a94e, 215, YELLOW }, EMPHASIS_BOLD },
            [INK_KEY] = { .shade = { 0xffd75f, 221, YELLOW }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_LENS] = { .shade = { 0x6fd3a6, 79, GREEN } },
        },
        .grounds = {
            [GROUND_NONE] = { OWN(0x121417), { 0x2d323d, 237, BLUE } },
            [GROUND_BAND] = { { 0x173638, 23, CYAN }, { 0x2a5558, 30, CYAN } },
            [GROUND_FALL] = { { 0x822730, 88, RED }, { 0xa83640, 124, RED } },
            [GROUND_BAR] = { { 0x20242c, 235, BLUE }, { 0x2d323d, 237, BLUE } },
            [GROUND_PANEL] = { { 0x1a1d23, 234, BLACK }, { 0x2f3542, 237, BLUE } },
            [GROUND_MATCH] = { { 0x5f5300, 58, YELLOW }, { 0x665900, 94, YELLOW } },
        },
        .mono = {
            [GROUND_BAR] = EMPHASIS_REVERSE,
            [GROUND_MATCH] = EMPHASIS_REVERSE,
        },
    },
    [THEME_LIGHT] = {
        .inks = {
            [INK_TEXT] = { .shade = OWN(0x1c2026) },
            [INK_DIM] = { .shade = { 0x555c67, 240, BLACK } },
            [INK_FAINT] = { .shade = { 0xb9bec7, 250, WHITE } },
            [INK_STRONG] = { .shade = { 0x000000, 16, BLACK }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_STAGE] = { .shade = { 0x1c2026, 234, BLACK }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_TRUTH] = { .shade = { 0x7a2fd0, 92, MAGENTA }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_CURVE] = { .shade = { 0xa85400, 130, BLACK }, .eight = EMPHASIS_BOLD },
            [INK_MEASURED] = { .shade = { 0x0b57c2, 26, BLUE }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_TREND] = { .shade = { 0x4577bd, 25, BLUE } },
            [INK_PROMISE] = { .shade = { 0x7a3fd0, 98, MAGENTA } },
            [INK_GOOD] = { .shade = { 0x0a6a4a, 22, GREEN } },
            [INK_BAD] = { .shade = { 0xb3151f, 124, RED }, EMPHASIS_BOLD },
            [INK_WARN] = { .shade = { 0x8f4e00, 94, RED }, EMPHASIS_BOLD },
            [INK_KEY] = { .shade = { 0x0b57c2, 26, BLUE }, EMPHASIS_BOLD, EMPHASIS_BOLD },
            [INK_LENS] = { .shade = { 0x0a6a4a, 22, GREEN } },
        },
        .grounds = {
            [GROUND_NONE] = { OWN(0xffffff), { 0xe4e8f3, 254, WHITE } },
            [GROUND_BAND] = { { 0xcdeae4, 195, CYAN }, { 0xb2d9d2, 152, CYAN } },
            [GROUND_FALL] = { { 0xf7b9b2, 224, RED }, { 0xeb988f, 210, RED } },
            [GROUND_BAR] = { { 0xe7eaef, 254, WHITE }, { 0xd5dae5, 252, WHITE } },
            [GROUND_PANEL] = { { 0xf3f4f7, 255, WHITE }, { 0xd9dfec, 252, CYAN } },
            [GROUND_MATCH] = { { 0xffe58a, 222, YELLOW }, { 0xf7d24f, 220, YELLOW } },
        },
        .mono = {
            [GROUND_BAR] = EMPHASIS_REVERSE,
            [GROUND_MATCH] = EMPHASIS_REVERSE,
        },
    },
};
static_assert(sizeof(palettes) / sizeof(*palettes) == THEME_COUNT, "every theme has its palette");

static struct shade ground_shade(const struct palette *palette, enum ground ground, bool selected)
{
    return palette->grounds[ground][selected ? 1 : 0];
}

static struct shade ink_shade(const struct palette *palette, struct style style)
{
    switch (style.ink) {
    case INK_BAND:
        return ground_shade(palette, GROUND_BAND, style.selected);
    case INK_FALL:
        return ground_shade(palette, GROUND_FALL, style.selected);
    default:
        /* What was found is read, whatever it is. */
        return palette->inks[style.ground == GROUND_MATCH ? INK_STRONG : style.ink].shade;
    }
}

/* Eight colours have no quiet ground: on the loud ones only black and white can be read, and a key
 * on a bar. */
static int8_t readable_on_eight(struct style style, struct shade ink, struct shade ground)
{
    if (style.ink == INK_BAND || style.ink == INK_FALL)
        return ink.index8;
    if (style.ground == GROUND_BAND || style.ground == GROUND_MATCH)
        return BLACK;
    if (style.ground == GROUND_FALL && style.ink != INK_CURVE)
        return WHITE;
    if (ground.index8 == BLUE && style.ink != INK_KEY)
        return WHITE;
    if (ground.index8 == CYAN)
        return BLACK;
    return ink.index8;
}

/* Bold is brighter with eight colours: it makes grey of black, and another ground of a block. */
static uint8_t emphasis_on_eight(const struct ink_row *ink, struct style style)
{
    uint8_t emphasis = style.emphasis | ink->eight;
    if (style.selected)
        emphasis |= EMPHASIS_BOLD;
    if (style.ground == GROUND_BAND || style.ground == GROUND_MATCH || style.ink == INK_BAND ||
        style.ink == INK_FALL)
        emphasis &= (uint8_t)~EMPHASIS_BOLD;
    return emphasis;
}

static uint8_t emphasis_of(const struct palette *palette, enum depth depth, struct style style)
{
    const struct ink_row *ink = &palette->inks[style.ink];
    switch (depth) {
    case DEPTH_MONO:
        return style.emphasis | ink->mono | palette->mono[style.ground] |
               (style.selected ? EMPHASIS_BOLD : 0);
    case DEPTH_8:
        return emphasis_on_eight(ink, style);
    default:
        return style.emphasis;
    }
}

static bool is_default(struct shade shade, enum depth depth)
{
    return depth == DEPTH_MONO || (depth == DEPTH_8 ? shade.index8 : shade.index256) < 0;
}

struct look theme_look(enum theme_name theme, enum depth depth, struct style style)
{
    const struct palette *palette = &palettes[theme];
    struct look look = {
        .ink = ink_shade(palette, style),
        .ground = ground_shade(palette, style.ground, style.selected),
        .emphasis = emphasis_of(palette, depth, style),
    };
    look.ink.index8 = readable_on_eight(style, look.ink, look.ground);
    look.ink_default = is_default(look.ink, depth);
    look.ground_default = is_default(look.ground, depth);
    return look;
}

int theme_find(const char *name)
{
    static const char *const names[THEME_COUNT] = {
        [THEME_DARK] = "dark", [THEME_LIGHT] = "light"
    };
    for (int i = 0; i < THEME_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}
