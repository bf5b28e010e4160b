/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The Paths view: the designed journey against the one that customers really take.
 *
 * A row to each column of the design from top to bottom, with a bar as long as the share of cases
 * that were there; then the ways that were taken, as lines through the columns; what leads off the
 * design; transitions; channel changes with what follows them; and segments of the cases, each
 * against all others. What counts as completed, when a
 * case is closed and of what a share is, stands above it all.
 */
#ifndef STELLWERK_SCENE_PATHS_H
#define STELLWERK_SCENE_PATHS_H

#include <stellwerk/insight/aftermath.h>
#include <stellwerk/insight/paths.h>
#include <stellwerk/insight/segments.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/view.h>
#include <stellwerk/store/sequences.h>

/* All that the view draws from. */
struct path_set {
    struct paths paths;
    const struct segments *segments;   /* NULL: not asked for */
    const struct aftermath *aftermath; /* NULL: not read */
    struct sequence_names names;       /* of activities and channels that the map does not have */
    struct error problem;              /* why there are no paths; "" else */
};

struct scene *paths_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                         struct medium medium);

/* A row that can be picked, as a part of the page draws it. */
void paths_offer(struct page *page, const struct stage_set *set, int row,
                 struct path_pick pick);

/* Parts of the page, in their order. */
void paths_draw_columns(struct page *page, const struct stage_set *set);
void paths_draw_segments(struct page *page, const struct stage_set *set);
void paths_draw_variants(struct page *page, const struct stage_set *set);
void paths_draw_beside(struct page *page, const struct stage_set *set);
void paths_draw_arcs(struct page *page, const struct stage_set *set);
void paths_draw_breaks(struct page *page, const struct stage_set *set);

/* ---- What can be picked of the page, to look at its cases ---- */

enum pick_kind {
    PICK_CASE,  /* one that is named */
    PICK_WAY,   /* that went this way */
    PICK_ARC,   /* that went from there to there */
    PICK_BREAK, /* likewise, with a media break on the way */
    PICK_KINDS
};

struct path_pick {
    enum pick_kind kind;
    const char *id;      /* CASE */
    int from, to;        /* ARC, BREAK: steps */
    const int *steps;    /* WAY: none of them twice in a row */
    size_t step_count;
    int row;             /* of the page */
};

/* What stands on a page of that width, from top to bottom. */
struct path_pick *paths_picks(struct arena *arena, const struct stage_set *set, int columns,
                              struct medium medium, size_t *count);

/* As a line of words, "arc 3 4", and back; false for a text that is none. */
const char *path_pick_text(struct arena *arena, const struct path_pick *pick);
bool path_pick_parse(struct arena *arena, const char *text, struct path_pick *out);

/* The title of a touchpoint, the name of an activity, a word for either end. */
const char *paths_step_title(const struct stage_set *set, int step);

/* What a segment is of: a persona's name, a period. And what a dimension compares: "By persona". */
const char *segment_title(struct arena *arena, const struct stage_set *set,
                          const struct segment *segment);
const char *segment_by_word(enum segment_by by);

/* A word for how a transition lies to the design. */
const char *paths_transition_word(enum transition kind);

/* "61%", with "±3" where the interval of the share is known; "–" of none. */
const char *paths_share(struct arena *arena, uint64_t hits, uint64_t n);

/* Microseconds in the unit that fits: "40 s", "12 min", "3.5 h", "9.2 days"; "–" for NAN. */
const char *paths_time(struct arena *arena, double time);

#endif
