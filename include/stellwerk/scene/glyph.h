/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The glyphs that stellwerk draws with, each with what stands in for it.
 *
 * A glyph is always one column wide: where the C library makes one wider, or the medium is ASCII,
 * the next in its row is taken.
 */
#ifndef STELLWERK_SCENE_GLYPH_H
#define STELLWERK_SCENE_GLYPH_H

#include <stellwerk/scene/scene.h>

enum glyph {
    GLYPH_MEASURED,
    GLYPH_SMALL,    /* measured with a small n */
    GLYPH_ESTIMATE, /* a touchpoint on the curve where nothing is measured */
    GLYPH_WHISKER,
    GLYPH_WHISKER_TOP,
    GLYPH_WHISKER_BOTTOM,
    GLYPH_PROMISE,
    GLYPH_LIMIT,  /* of what is mere noise */
    GLYPH_HANDLE, /* the rule of an edge that is being moved */
    GLYPH_GRID,
    GLYPH_TRUTH,
    GLYPH_BREAK,
    GLYPH_DISAGREE, /* an estimate outside the measured interval */
    GLYPH_NEAR,     /* a figure from a sketch */
    GLYPH_BAND, /* where there is no colour */
    GLYPH_FALL,
    GLYPH_RULE,
    GLYPH_BELOW,   /* in the strip: below the zone of tolerance, */
    GLYPH_ABOVE,   /* above it, */
    GLYPH_INSIDE,  /* inside, */
    GLYPH_UNKNOWN, /* not known */
    GLYPH_MISSING, /* known not to be there */
    GLYPH_WINDOW_LEFT,
    GLYPH_WINDOW_RIGHT,
    GLYPH_VOTE,
    GLYPH_STAR,
    GLYPH_NO_STAR,
    GLYPH_CLOSED,  /* rows are folded away below it */
    GLYPH_OPEN,
    GLYPH_LINK,    /* leads elsewhere */
    GLYPH_BOX_TOP_LEFT,
    GLYPH_BOX_TOP_RIGHT,
    GLYPH_BOX_BOTTOM_LEFT,
    GLYPH_BOX_BOTTOM_RIGHT,
    GLYPH_BOX_HORIZONTAL,
    GLYPH_BOX_VERTICAL,
    GLYPH_SCROLL_TRACK,
    GLYPH_SCROLL_THUMB,
    GLYPH_COUNT
};

const char *glyph(struct medium medium, enum glyph which);

/* A block that fills 1..8 eighths of a cell from below. Has no ASCII form. */
const char *glyph_eighths(int eighths);

/* A bar of a sparkline, `level` 0..1. */
const char *glyph_bar(struct medium medium, double level);

/* A whole cell of a bar that lies down. */
const char *glyph_block(struct medium medium);

/* What ends a text that is cut to `limit` columns. */
const char *glyph_ellipsis(struct medium medium, int limit);

/* Dashes, quotation marks, arrows and other signs that stellwerk writes, spelt in ASCII. Letters
 * stay as they are. */
const char *glyph_spell(struct arena *arena, const char *text);

#endif
