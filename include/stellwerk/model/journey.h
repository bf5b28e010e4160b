/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A journey map as plain data: one revision of what a map file (and its shared libraries) says.
 *
 * A journey is immutable once read and lives in one arena. Lists keep the order of the file.
 * Cross-references are indices, resolved when read: NONE (-1) where nothing is meant. All scores
 * are 0..100; NAN where the file says nothing. Texts are UTF-8, "as written", not sanitised;
 * an optional text that is not there is NULL. Every thing knows where it was written.
 */
#ifndef STELLWERK_MODEL_JOURNEY_H
#define STELLWERK_MODEL_JOURNEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>

#define NONE (-1)
#define DAY_NONE INT32_MIN

struct texts {
    const char **items;
    size_t count;
};

struct indices {
    int *items;
    size_t count;
};

enum map_kind { MAP_AS_IS, MAP_TO_BE };
enum map_phase { PHASE_NONE, PHASE_PILOT, PHASE_CROSS_FUNCTIONAL, PHASE_UNIT, PHASE_CULTURE };
enum media { MEDIA_NONE, MEDIA_OWNED, MEDIA_PAID, MEDIA_EARNED };
enum evidence { EVIDENCE_NONE, EVIDENCE_OBSERVED, EVIDENCE_INFERRED, EVIDENCE_ASSUMED };
enum aspect_level { LEVEL_NONE, LEVEL_FUNCTIONAL, LEVEL_EMOTIONAL, LEVEL_SOCIAL };
enum opportunity_status {
    STATUS_IDEA,
    STATUS_PLANNED,
    STATUS_RUNNING,
    STATUS_DONE,
    STATUS_DROPPED
};
enum hurdle {
    HURDLE_NONE,
    HURDLE_STATUS_QUO,
    HURDLE_TIME,
    HURDLE_PRACTICE,
    HURDLE_BUDGET,
    HURDLE_TECHNOLOGY
};
enum content_status { CONTENT_NONE, CONTENT_LIVE, CONTENT_PLANNED, CONTENT_MISSING };

struct persona {
    const char *id, *name, *role, *quote;
    double share; /* of all customers on this journey, 0..1; NAN when not said */
    struct texts goals, needs;
    struct pos pos;
};

struct context {
    const char *id, *label;
    struct pos pos;
};

struct channel {
    const char *id, *label;
    const char *medium; /* "digital", "paper", "phone", "place", …: free, compared as written */
    struct pos pos;
};

struct handover { /* from one channel to another without loss of information; one direction */
    int from, to;
    struct pos pos;
};

/* For whom a score holds: persona NONE means all, context NONE means whatever the context. */
struct scope {
    int persona, context;
};

struct expectation { /* the zone of tolerance; a single score is both ends */
    struct scope scope;
    double adequate, desired;
    enum evidence evidence;
    const char *note;
    struct pos pos;
};

struct experience { /* what people in the room estimate */
    struct scope scope;
    double score;
    enum evidence evidence;
    const char *note;
    struct pos pos;
};

struct promise {
    double score;
    const char *claim, *source;
    enum media media;
    struct pos pos; /* line 0: no promise */
};

struct quote {
    const char *text, *source;
    int32_t date; /* DAY_NONE */
    int persona;  /* who says it; NONE */
    struct pos pos;
};

struct aspect {
    const char *id, *title;
    enum aspect_level level;
    double importance; /* 0..5; NAN */
    double expectation, experience;
    struct pos pos;
};

struct content {
    const char *title, *format, *tone, *rhythm, *volume;
    struct indices personas;
    enum content_status status;
    struct pos pos;
};

struct expects { /* what an opportunity is to change */
    int metric;  /* NONE: nothing expected */
    double from, to;
};

/* A test of two variants of the touchpoint at the same time: rows of the store say in `variant`
 * which one each customer got. */
struct experiment {
    int metric;
    const char *a, *b;   /* as it was, and what is tried; the store's words; NULL: no experiment */
    double share;        /* of the customers that are to get b, 0..1 */
    int32_t since, until; /* days that it runs, both included; DAY_NONE: open */
};

struct opportunity {
    const char *id, *title, *owner;
    double impact, effort; /* 0..5; NAN */
    enum opportunity_status status;
    enum hurdle hurdle;
    int32_t due;
    int votes;
    struct expects expects;
    struct experiment experiment;
    struct pos pos;
};

struct touchpoint {
    const char *id, *title, *owner;
    int stage, channel;
    enum media media;
    double importance; /* 0..5; NAN */
    bool moment_of_truth, optional, repeatable;
    struct texts systems, actions, thoughts, pains, gains, backstage;
    struct texts activities; /* what event logs call what is done here */
    struct quote *quotes;
    size_t quote_count;
    struct promise promise;
    double standard; /* what the organisation set itself */
    struct expectation *expectations;
    size_t expectation_count;
    struct experience *experiences;
    size_t experience_count;
    struct aspect *aspects;
    size_t aspect_count;
    struct indices metrics;
    struct content *contents;
    size_t content_count;
    struct opportunity *opportunities;
    size_t opportunity_count;
    struct pos pos;
};

struct stage {
    const char *id, *title;
    size_t first, count; /* its touchpoints in journey.touchpoints */
    struct pos pos;
};

struct route {
    const char *id, *title;
    int persona;
    struct indices through; /* touchpoints */
    struct pos pos;
};

struct budget { /* a promise `check` enforces: the measured gap must not fall below `gap` */
    int touchpoint; /* NONE: every touchpoint */
    double gap;
    struct pos pos;
};

struct benchmark { /* what the journey is held against */
    double contacts; /* per case, at most */
    struct pos pos;  /* line 0: none */
};

enum metric_type {
    METRIC_COUNT,
    METRIC_SUM,
    METRIC_MEAN,
    METRIC_MEDIAN,
    METRIC_QUANTILE,
    METRIC_NPS,
    METRIC_CSAT,
    METRIC_CES,
    METRIC_APDEX,
    METRIC_PROPORTION,
    METRIC_RATIO,
    METRIC_PER_CASE,
    METRIC_BEFORE,
    METRIC_PRECEDED,
    METRIC_DROPOUT,
    METRIC_BETWEEN,
    METRIC_SQL,
    METRIC_TYPE_COUNT
};

enum metric_source { SOURCE_EVENT, SOURCE_ANSWER, SOURCE_OBSERVATION };
enum metric_variant { VARIANT_DEFAULT, VARIANT_MEAN, VARIANT_TOP2, VARIANT_TOP3, VARIANT_INDEX };

struct anchor { /* a raw value and the score it is worth */
    double raw, score;
};

struct anchors { /* sorted by raw, scores monotone; count 0: none */
    struct anchor *items;
    size_t count;
};

struct context_anchors {
    int context;
    struct anchors anchors;
    struct pos pos;
};

struct filter { /* a column must hold one of the values */
    const char *column;
    struct texts values;
    struct pos pos;
};

struct filters {
    struct filter *items;
    size_t count;
};

struct metric_term { /* a side of a ratio, or the two of before, preceded, dropout, between */
    const char *of;  /* of a ratio: the column to add up; NULL: count rows */
    struct filters where;
    struct pos pos;  /* line 0: not given */
};

struct metric {
    const char *id, *label, *unit, *owner;
    enum metric_type type;
    enum metric_source source;
    enum metric_variant variant;
    const char *of;     /* numeric column, or an activity whose value is meant; NULL: "value" */
    const char *answer; /* name of the question in the store; NULL: the metric's id */
    const char *query;  /* sql */
    double quantile;    /* 0..1; NAN: not said */
    double threshold;   /* apdex T, in the unit of the values */
    int64_t within;     /* microseconds; 0: no window */
    struct filters where, hit;
    struct metric_term a, b; /* numerator and denominator, or what comes first and what then */
    struct anchors anchors;
    struct context_anchors *context_anchors;
    size_t context_anchor_count;
    const char *aspect; /* id of the aspect it measures; NULL: the touchpoint as a whole */
    uint64_t min_n;     /* below it a figure is drawn hollow; default METRIC_MIN_N */
    bool whole;         /* adds up all there is, and is no sample: however few rows are shown */
    int64_t fresh;      /* microseconds after which it counts as stale; 0: never */
    int64_t half_life;  /* microseconds after which a row counts for half; 0: rows do not age */
    struct pos pos;
};

#define METRIC_MIN_N 30
#define METRIC_HIDDEN_N 5 /* fewer rows are not shown at all */

struct journey {
    const char *path; /* of the map file, as given */
    const char *title, *language, *owner, *store;
    enum map_kind kind;
    enum map_phase phase;
    int32_t reviewed;     /* DAY_NONE */
    int64_t review_every; /* microseconds; 0: never */
    struct benchmark benchmark;
    struct pos title_pos, store_pos, reviewed_pos;
    struct texts libraries; /* files that personas_from and metrics_from name, as paths to open */
    struct persona *personas;
    size_t persona_count;
    struct context *contexts;
    size_t context_count;
    struct channel *channels;
    size_t channel_count;
    struct handover *handovers;
    size_t handover_count;
    struct stage *stages;
    size_t stage_count;
    struct touchpoint *touchpoints; /* of all stages, in order */
    size_t touchpoint_count;
    struct route *routes;
    size_t route_count;
    struct metric *metrics;
    size_t metric_count;
    struct budget *budgets;
    size_t budget_count;
};

/* Index by id; NONE when there is none. */
int journey_find_persona(const struct journey *journey, const char *id);
int journey_find_context(const struct journey *journey, const char *id);
int journey_find_channel(const struct journey *journey, const char *id);
int journey_find_metric(const struct journey *journey, const char *id);
int journey_find_touchpoint(const struct journey *journey, const char *id);
int journey_find_stage(const struct journey *journey, const char *id);

/* True when going from one channel to the next changes the medium without a declared handover.
 * False where either is NONE, has no medium, or the two are one. */
bool journey_media_break(const struct journey *journey, int from, int to);

bool opportunity_has_experiment(const struct opportunity *opportunity);

/* The day on which the review has to be renewed; DAY_NONE where none has to be. */
int32_t journey_review_due(const struct journey *journey);

/* The anchors that hold in a context: the context's own, else the metric's; count 0 where none. */
struct anchors metric_anchors(const struct metric *metric, int context);

/* Microseconds of the unit of time that a metric's `unit` names ("min", "days", "Std."); a day
 * where it has none, 0 where what it says is no unit of time. */
int64_t metric_time_unit(const struct metric *metric);

/* Fixed words of the file format, "as-is", "cross-functional", "status_quo", …; "" for the NONE
 * value. The tables are in model/words.h. */
const char *map_kind_name(enum map_kind kind);
const char *map_phase_name(enum map_phase phase);
const char *media_name(enum media media);
const char *evidence_name(enum evidence evidence);
const char *aspect_level_name(enum aspect_level level);
const char *opportunity_status_name(enum opportunity_status status);
const char *hurdle_name(enum hurdle hurdle);
const char *content_status_name(enum content_status status);
const char *metric_type_name(enum metric_type type);
const char *metric_source_name(enum metric_source source);
const char *metric_variant_name(enum metric_variant variant);

#endif
