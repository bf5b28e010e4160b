/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A scene: what a view shows, as a grid of styled cells that knows no terminal.
 *
 * Views draw scenes; the screen and every report only paint them, so that the report is the
 * screen. A cell holds one grapheme cluster of one or two columns (the second column of a wide one
 * is empty with `width` 0). Styles name what a thing is (ink, ground), never a colour: theme.h
 * gives the colours. Text put on a scene is sanitised on the way, and clipped at the scene's edges
 * and at `limit`.
 */
#ifndef STELLWERK_SCENE_SCENE_H
#define STELLWERK_SCENE_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

enum ink { /* what the glyph is */
    INK_TEXT,
    INK_DIM,       /* labels, what is there but quiet */
    INK_FAINT,     /* grid lines */
    INK_STRONG,    /* titles */
    INK_STAGE,
    INK_TRUTH,     /* the mark of a moment of truth */
    INK_CURVE,     /* experience as estimated */
    INK_MEASURED,
    INK_TREND,     /* what was measured, over time */
    INK_PROMISE,
    INK_GOOD,
    INK_BAD,
    INK_WARN,
    INK_BAND,      /* the zone of tolerance, as a glyph (edges in eighth blocks) */
    INK_FALL,      /* the fall below it, likewise */
    INK_KEY,       /* a key to press */
    INK_LENS,      /* persona, context, period in force */
    INK_COUNT
};

enum ground { /* what lies behind it */
    GROUND_NONE,
    GROUND_BAND,
    GROUND_FALL,
    GROUND_BAR,    /* head and foot lines */
    GROUND_PANEL,  /* detail, help, prompt */
    GROUND_MATCH,  /* found by a search */
    GROUND_COUNT
};

enum emphasis { EMPHASIS_BOLD = 1, EMPHASIS_UNDERLINE = 2, EMPHASIS_REVERSE = 4 };

struct style {
    uint8_t ink, ground, emphasis;
    bool selected; /* lies in the column of light */
};

static inline struct style style_ink(enum ink ink)
{
    return (struct style){ .ink = (uint8_t)ink };
}

static inline struct style style_bold(enum ink ink)
{
    return (struct style){ .ink = (uint8_t)ink, .emphasis = EMPHASIS_BOLD };
}

static inline struct style style_on(enum ground ground, enum ink ink)
{
    return (struct style){ .ink = (uint8_t)ink, .ground = (uint8_t)ground };
}

struct cell {
    const char *text; /* one cluster of `bytes`, no NUL behind it; in the scene's arena or static */
    uint8_t bytes;    /* 0: blank */
    uint8_t width;    /* columns; 0: covered by the wide cluster to the left */
    struct style style;
};

/* What the medium can show. */
struct medium {
    bool ascii;   /* no glyph beyond ASCII in what stellwerk itself draws */
    bool mono;    /* no colours: band and fall are drawn as glyphs */
    bool braille; /* the curve in braille dots */
};

/* A part of the scene that stands for a thing: for the mouse, links and tests. */
struct region {
    int row, column, rows, columns;
    enum region_kind {
        REGION_TOUCHPOINT,
        REGION_KEY,
        REGION_ROW,
        REGION_PLOT, /* a touchpoint's column of the plot: scores 100 to 0 downwards (plot.h) */
    } kind;
    int index;           /* touchpoint index, row index */
    const char *command; /* REGION_KEY: the command line it runs */
};

struct scene {
    struct arena *arena;
    struct medium medium;
    int columns, rows;
    struct cell *cells; /* rows * columns, row by row */
    int room;           /* rows that there is memory for */
    int first_row, rows_below; /* of a page that is seen in part: where it begins, what is left */
    int cursor_row, cursor_column; /* where the selection is, for screen readers; -1: nowhere */
    struct region *regions;
    size_t region_count, region_capacity;
};

struct scene *scene_new(struct arena *arena, int columns, int rows, struct medium medium);

/* Adds blank rows at the bottom; however many times, each cell is moved but a few times. */
void scene_grow(struct scene *scene, int rows);

struct cell *scene_cell(struct scene *scene, int row, int column); /* NULL outside */

/*
 * Writes text from (row, column) on, at most `limit` columns wide; what does not fit ends in "…"
 * ("..." or "~" in ASCII). Keeps the ground that is already there when `style.ground` is
 * GROUND_NONE. In ASCII, dashes, quotation marks and other signs that stellwerk writes are spelt
 * in ASCII; letters stay as they are where the locale has them. A newline is a space. Returns the
 * columns used.
 */
int scene_text(struct scene *scene, int row, int column, int limit, struct style style,
               const char *text);
[[gnu::format(printf, 6, 7)]] int scene_printf(struct scene *scene, int row, int column, int limit,
                                               struct style style, const char *format, ...);

/* One cluster of `width` 1 or 2 columns and at most 255 bytes; borrowed. Half of a wide cluster
 * below it is blanked; what would stick out of the scene is not drawn. A space is a blank. */
void scene_put(struct scene *scene, int row, int column, struct style style, const char *text,
               size_t bytes, int width);

/* One glyph of one column that stellwerk itself draws; static text. */
void scene_glyph(struct scene *scene, int row, int column, struct style style, const char *glyph);

/* Columns that text takes when put on this scene. */
int scene_text_width(const struct scene *scene, const char *text);

/* Blanks a rectangle and gives it a style. */
void scene_fill(struct scene *scene, int row, int column, int rows, int columns,
                struct style style);

/* Puts the column of light over a rectangle: sets `selected`, changes nothing else. */
void scene_light(struct scene *scene, int row, int column, int rows, int columns);

/* Copies `from` with its regions onto `scene` at (row, column), for panels. Where it has no ground,
 * the one that is there stays. */
void scene_lay(struct scene *scene, int row, int column, const struct scene *from);

/* Copies only rows `first`.. of `from`, as many as `rows`: what a scrolled panel shows. */
void scene_lay_rows(struct scene *scene, int row, int column, const struct scene *from, int first,
                    int rows);

void scene_region(struct scene *scene, struct region region);
const struct region *scene_region_at(const struct scene *scene, int row, int column);

/* A run of cells of one style in a row: what painters take. `text` is valid UTF-8 in `arena`. */
struct span {
    const char *text;
    int column, columns;
    struct style style;
};

/*
 * The spans of a row from left to right, without a gap; trailing blanks that show nothing are left
 * out. Blanks join the span beside them where they look the same, whatever their ink.
 */
struct span *scene_spans(struct arena *arena, const struct scene *scene, int row, size_t *count);

bool style_equal(struct style a, struct style b);

#endif
