/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What people say where others hear it: ratings and reviews in earned media; and what they say was
 * promised to them. Plain data, as figures are: the store fills it, insight/ completes it, scenes
 * draw it.
 */
#ifndef STELLWERK_MODEL_VOICES_H
#define STELLWERK_MODEL_VOICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/model/sample.h>

#define VOICE_VERBATIMS 3 /* of a voice at most */

struct verbatim {
    const char *text; /* as it was said, not sanitised */
    double value;     /* that came with it; NAN */
    int64_t ts;
};

/* Answers to one question on one scale about one touchpoint, given in earned media. */
struct rating {
    int touchpoint;     /* index; NONE: about none of the map's */
    const char *metric; /* the question */
    bool promises;      /* what people say was promised, else how it is */
    double scale_min, scale_max;
    struct bin *bins; /* how often each value came, ascending */
    size_t bin_count;
    uint64_t n;              /* answers with a value */
    int64_t oldest, newest;  /* instants */
    struct verbatim *verbatims; /* the newest first */
    size_t verbatim_count;
    double mean, lo, hi; /* on the scale, with a 95 % interval; NAN below METRIC_HIDDEN_N */
};

/* What customers say was promised at a touchpoint, wherever they were asked: each answer by its
 * place on its own scale, 0 its lower end and 100 its upper one. */
struct heard {
    struct moments scores;
    uint64_t n;
    int64_t oldest, newest; /* instants; of none where n is 0 */
    double mean, lo, hi;    /* 0..100, with a 95 % interval; NAN below METRIC_HIDDEN_N */
};

struct voices {
    struct rating *items; /* by touchpoint, those about none last; then those with most answers */
    size_t count;
    bool persona_ignored, context_ignored; /* no such answer says who, or in which context */
    struct heard *heard;                   /* of each touchpoint of the map */
    size_t heard_count;
    bool heard_persona_ignored, heard_context_ignored; /* the same of these */
};

#endif
