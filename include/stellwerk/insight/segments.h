/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The path of some customers against that of all others: by persona, context, channel, variant, or
 * by when their cases began.
 *
 * Each share of a segment is held against the same share of all other cases that the dimension
 * tells of; a case that does not say its persona is in none of them. A case is of every channel
 * that it was on at least once, so channels overlap. All tests of a table are corrected together.
 */
#ifndef STELLWERK_INSIGHT_SEGMENTS_H
#define STELLWERK_INSIGHT_SEGMENTS_H

#include <stellwerk/base/time.h>
#include <stellwerk/insight/paths.h>

enum segment_by {
    SEGMENT_NONE,
    SEGMENT_PERSONA,
    SEGMENT_CONTEXT,
    SEGMENT_CHANNEL,
    SEGMENT_VARIANT,
    SEGMENT_PERIOD,
    SEGMENT_BY_COUNT
};

const char *segment_by_name(enum segment_by by); /* for programs: "none", "persona", … */
int segment_by_find(const char *name);           /* -1 */

/* Segments that are told apart; cases of later ones are among the others alone. */
#define SEGMENTS_MOST 64

struct segments_options {
    const struct paths_options *paths; /* variants are not asked for */
    enum segment_by by;
    enum period_kind unit; /* of periods; PERIOD_ALL: the finest that makes few of them */
    struct period span;    /* in which cases begin, bounded */
};

struct segment_share {
    uint64_t hits, n, rest_hits, rest_n;
    struct difference difference; /* to the rest: Newcombe, proportion.h */
    double adjusted;              /* p of it, over all of the table; NAN without a test */
};

#define SEGMENT_SURE 0.05 /* of the differences that are called sure at most this share is none */

struct segment {
    int index; /* of the persona, context, channel or variant; of a period its number */
    struct period period;
    uint64_t cases, completed, closed;
    bool unfinished; /* a period whose last cases may still be open: how they end is not known, and
                        neither are `completion` and `dropped` */
    struct segment_share completion; /* of those completed or closed, those completed */
    struct segment_share *present;   /* of all, those that were at each column */
    struct segment_share *dropped;   /* of those there and completed or closed, those that
                                             were closed with it as their last column */
};

struct segments {
    enum segment_by by;
    enum period_kind unit;
    struct segment *items; /* in the order of the map; of variants and channels the largest first;
                              periods in the order of time */
    size_t count;
    const int *columns; /* touchpoints */
    size_t column_count;
    uint64_t cases;  /* of all segments, each once */
    uint64_t silent; /* that are in none: they do not say */
    size_t left_out; /* segments beyond SEGMENTS_MOST, as far as their numbers tell */
    size_t tested, sure;
};

struct segments_builder;

struct segments_builder *segments_create(const struct segments_options *options);

/* A `sequence_taker`; `data` is the builder. Always true. */
bool segments_add(const struct sequence *sequence, void *data);

/* Adds all cases of another builder with the same options, which stays as it is. */
void segments_merge(struct segments_builder *builder, const struct segments_builder *from);

/* Destroys the builder; segments without a case are left out. */
struct segments segments_finish(struct arena *arena, struct segments_builder *builder);
void segments_destroy(struct segments_builder *builder); /* NULL is fine */

#endif
