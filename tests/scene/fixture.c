/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>

#define TODAY 20758 /* 2026-11-01 */
#define SLICES 8

struct row {
    const char *id, *title, *owner, *systems;
    int channel;
    double importance;
    bool truth;
    double adequate, desired, estimated, promise, standard;
    const char *claim, *action, *thought, *quote, *quote_source, *pain, *gain, *opportunity;
    int votes;
    double score, lo, hi; /* measured */
    uint64_t n;
    int age; /* days */
    double trend[SLICES];
};

enum { WEB, PAPER, STATION, TRAIN, PHONE, PLACE, MAIL };

static const struct channel channels[] = {
    [WEB] = { .id = "web", .label = "web", .medium = "digital" },
    [PAPER] = { .id = "paper", .label = "paper", .medium = "paper" },
    [STATION] = { .id = "station", .label = "station", .medium = "place" },
    [TRAIN] = { .id = "train", .label = "train", .medium = "place" },
    [PHONE] = { .id = "phone", .label = "phone", .medium = "phone" },
    [PLACE] = { .id = "place", .label = "on site", .medium = "place" },
    [MAIL] = { .id = "mail", .label = "e-mail", .medium = "digital" },
};

static const struct row rows[] = {
    {
        .id = "search", .title = "Search", .owner = "Marketing", .systems = "website",
        .channel = WEB,
        .importance = 3, .adequate = 60, .desired = 88, .estimated = 77, .promise = 92,
        .standard = 80, .claim = "Three clicks to Berlin", .action = "compares three connections",
        .thought = "Quick enough.", .score = 75, .lo = 72, .hi = 78, .n = 812, .age = 3,
        .trend = { 70, 74, 76, 75, 77, 74, 79, 75 },
    },
    {
        .id = "book", .title = "Book", .owner = "Sales", .systems = "ticketing", .channel = WEB,
        .importance = 4, .truth = true, .adequate = 60, .desired = 88, .estimated = 77,
        .promise = 92, .standard = 82, .claim = "All digital", .action = "pays by card",
        .thought = "Four minutes. Clear enough.", .gain = "everything on one page",
        .quote = "I managed it all by myself. At 71!", .quote_source = "survey after booking",
        .score = 74, .lo = 64, .hi = 78, .n = 801, .age = 3,
        .trend = { 78, 74, 70, 66, 72, 73, 74, 74 },
    },
    {
        .id = "ticket", .title = "Ticket", .owner = "Sales", .systems = "ticketing",
        .channel = PAPER, .importance = 4, .adequate = 58, .desired = 86, .estimated = 38,
        .promise = 92, .standard = 75, .claim = "Travel without paper",
        .action = "opens the mail, looks for a printer, prints at the office",
        .thought = "“Please print!” Seriously?",
        .quote = "Booked online, paid online, and then paper?",
        .quote_source = "survey", .pain = "no printer at home", .gain = "paper needs no battery",
        .opportunity = "Mobile ticket as the rule", .votes = 7, .score = 31, .lo = 28, .hi = 34,
        .n = 640, .age = 3, .trend = { 34, 33, 29, 35, 31, 28, 31, 30 },
    },
    {
        .id = "platform", .title = "Platform", .owner = "Operations", .systems = "control centre",
        .channel = STATION, .importance = 5, .truth = true, .adequate = 60, .desired = 85,
        .estimated = 40, .promise = 92, .standard = 75, .claim = "The time that is yours alone",
        .action = "waits at platform 4, looks at the board, looks at the clock",
        .thought = "Late again. And nobody says a word.",
        .quote = "My time belonged to the departure board.", .quote_source = "survey, platform",
        .pain = "the announcement comes after the departure time",
        .opportunity = "Say the delay as soon as it is known", .votes = 9, .score = 37, .lo = 27,
        .hi = 41, .n = 266, .age = 3, .trend = { 52, 44, 38, 35, 36, 33, 30, 31 },
    },
    {
        .id = "onboard", .title = "On board", .owner = "On-board service", .systems = "portal",
        .channel = TRAIN, .importance = 4, .adequate = 53, .desired = 80, .estimated = 87,
        .promise = 76, .standard = 72, .claim = "Arriving begins with boarding",
        .action = "finds the seat, falls into talk with the woman opposite",
        .thought = "Nice people. There it is after all, my time.",
        .quote = "The best talk in weeks, and I do not even know her name.",
        .quote_source = "survey, seat", .gain = "good talks, tea at the seat", .score = 83,
        .lo = 73, .hi = 86, .n = 411, .age = 10, .trend = { 74, 76, 80, 83, 84, 82, 83, 84 },
    },
    {
        .id = "connection", .title = "Connection", .owner = "Operations",
        .systems = "control centre", .channel = STATION, .importance = 5, .truth = true,
        .adequate = 66, .desired = 95, .estimated = 20, .promise = 92, .standard = 85,
        .claim = "Connection included", .action = "runs to platform 7, sees the doors close",
        .thought = "Will I make it? Will it wait?",
        .quote = "Doors shut in my face. By nine seconds.",
        .quote_source = "survey", .pain = "nobody knows whether it waits",
        .opportunity = "The connection waits five minutes", .votes = 11, .score = 24, .lo = 12,
        .hi = 34, .n = 41, .age = 3, .trend = { 40, 28, 24, 22, 20, 26, 34, 24 },
    },
    {
        .id = "taxi", .title = "Taxi", .owner = "Partner", .systems = "taxi centre",
        .channel = PHONE, .importance = 3, .adequate = 45, .desired = 80, .estimated = 46,
        .promise = 62, .standard = 60, .claim = "Door to door",
        .action = "phones, waits at the wrong exit, waves",
        .thought = "Where is it? And where am I?",
        .opportunity = "Taxi from the travel app", .votes = 4, .score = 61, .lo = 51, .hi = 63,
        .n = 77, .age = 3, .trend = { 50, 46, 52, 58, 62, 63, 61, 60 },
    },
    {
        .id = "talk", .title = "Seminar", .owner = "Academy", .systems = "registration",
        .channel = PLACE, .importance = 4, .truth = true, .adequate = 66, .desired = 92,
        .estimated = 91, .promise = 84, .standard = 80, .claim = "Stories that stay",
        .action = "finds a chair, takes notes", .thought = "Exactly what I came for.", .score = NAN,
        .lo = NAN, .hi = NAN, .n = 0,
    },
    {
        .id = "slides", .title = "Follow-up", .owner = "Academy", .systems = "mail",
        .channel = MAIL, .importance = 2, .adequate = 45, .desired = 80, .estimated = 66,
        .promise = 68, .standard = 70, .claim = "All slides tomorrow", .action = "reads the slides",
        .thought = "Good notes.", .score = 67, .lo = 57, .hi = 80, .n = 12, .age = 40,
        .trend = { 70, NAN, NAN, 64, NAN, 66, NAN, 68 },
    },
};

static struct stage stages[] = {
    { .id = "booking", .title = "Booking", .first = 0, .count = 3 },
    { .id = "travel", .title = "Travel", .first = 3, .count = 3 },
    { .id = "seminar", .title = "Seminar", .first = 6, .count = 3 },
};

static struct persona personas[] = { { .id = "anna", .name = "Anna Berg", .share = 0.3 } };
static struct context contexts[] = { { .id = "hurried", .label = "in a hurry" } };
static struct anchor satisfaction[] = { { 0, 0 }, { 100, 100 } };
static struct metric metrics[] = { {
    .id = "csat",
    .label = "Satisfaction",
    .unit = "points",
    .owner = "Research",
    .type = METRIC_MEAN,
    .source = SOURCE_ANSWER,
    .anchors = { satisfaction, 2 },
    .min_n = METRIC_MIN_N,
} };

static struct texts one_text(struct arena *arena, const char *text)
{
    if (text == NULL)
        return (struct texts){ 0 };
    const char **items = arena_array(arena, 1, sizeof(*items));
    items[0] = text;
    return (struct texts){ items, 1 };
}

static void fill_texts(struct arena *arena, struct touchpoint *touchpoint, const struct row *row)
{
    touchpoint->systems = one_text(arena, row->systems);
    touchpoint->actions = one_text(arena, row->action);
    touchpoint->thoughts = one_text(arena, row->thought);
    touchpoint->pains = one_text(arena, row->pain);
    touchpoint->gains = one_text(arena, row->gain);
    if (row->quote != NULL) {
        touchpoint->quotes = arena_alloc(arena, sizeof(struct quote));
        touchpoint->quote_count = 1;
        touchpoint->quotes[0] = (struct quote){
            .text = row->quote,
            .source = row->quote_source,
            .date = TODAY - 44,
            .persona = 0,
        };
    }
    if (row->opportunity != NULL) {
        touchpoint->opportunities = arena_alloc(arena, sizeof(struct opportunity));
        touchpoint->opportunity_count = 1;
        touchpoint->opportunities[0] = (struct opportunity){
            .id = row->id,
            .title = row->opportunity,
            .owner = row->owner,
            .impact = 4,
            .effort = 2,
            .status = STATUS_PLANNED,
            .hurdle = HURDLE_STATUS_QUO,
            .due = TODAY + 91,
            .votes = row->votes,
            .expects = { .metric = 0, .from = 31, .to = 60 },
        };
    }
}

static void fill_touchpoint(struct arena *arena, struct touchpoint *touchpoint,
                            const struct row *row, int index)
{
    *touchpoint = (struct touchpoint){
        .id = row->id,
        .title = row->title,
        .owner = row->owner,
        .stage = index / 3,
        .channel = row->channel,
        .importance = row->importance,
        .moment_of_truth = row->truth,
        .standard = row->standard,
        .promise = { row->promise, row->claim, "TV spot", MEDIA_PAID, { "train.yaml", 20, 9 } },
        .pos = { "train.yaml", 10u + 20u * (uint32_t)index, 9 },
    };
    touchpoint->expectations = arena_alloc(arena, sizeof(struct expectation));
    touchpoint->expectation_count = 1;
    touchpoint->expectations[0] = (struct expectation){
        .scope = { NONE, NONE },
        .adequate = row->adequate,
        .desired = row->desired,
        .evidence = EVIDENCE_OBSERVED,
    };
    touchpoint->experiences = arena_alloc(arena, sizeof(struct experience));
    touchpoint->experience_count = 1;
    touchpoint->experiences[0] = (struct experience){
        .scope = { NONE, NONE },
        .score = row->estimated,
        .evidence = EVIDENCE_INFERRED,
        .note = "three Fridays",
    };
    touchpoint->metrics.items = arena_alloc(arena, sizeof(int));
    touchpoint->metrics.count = 1;
    fill_texts(arena, touchpoint, row);
}

static void fill_measure(struct arena *arena, struct measure *measure, const struct row *row,
                         int index)
{
    *measure = (struct measure){
        .touchpoint = index,
        .metric = 0,
        .status = row->n == 0             ? MEASURE_NO_ROWS
                  : row->n < METRIC_MIN_N ? MEASURE_SMALL
                                          : MEASURE_OK,
        .n = row->n,
        .value = row->score,
        .value_lo = row->lo,
        .value_hi = row->hi,
        .score = row->score,
        .score_lo = row->lo,
        .score_hi = row->hi,
        .score_se = (row->hi - row->lo) / 3.92,
        .stale = row->age > 30,
        .oldest = row->n == 0 ? TIME_NONE : (TODAY - 90) * TIME_US_PER_DAY,
        .newest = row->n == 0 ? TIME_NONE : (TODAY - row->age) * TIME_US_PER_DAY,
    };
    if (row->n == 0)
        return;
    measure->slices = arena_array(arena, SLICES, sizeof(struct slice));
    measure->slice_count = SLICES;
    for (int i = 0; i < SLICES; i++) {
        measure->slices[i] = (struct slice){
            .first_day = TODAY - 92 + i * 11,
            .last_day = TODAY - 82 + i * 11,
            .n = isnan(row->trend[i]) ? 0 : row->n / SLICES,
            .value = row->trend[i],
        };
    }
}

static struct fixture *fixture_create(size_t touchpoints)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    struct journey *journey = &fixture->journey;
    arena_init(&fixture->arena);
    arena_init(&fixture->figures.arena);
    journey->path = "train.yaml";
    journey->title = "By train to the seminar";
    journey->store = "train.db";
    journey->owner = "Journey Management";
    journey->reviewed = TODAY - 14;
    journey->personas = personas;
    journey->persona_count = ARRAY_LEN(personas);
    journey->contexts = contexts;
    journey->context_count = ARRAY_LEN(contexts);
    journey->channels = (struct channel *)(uintptr_t)channels;
    journey->channel_count = ARRAY_LEN(channels);
    journey->metrics = metrics;
    journey->metric_count = ARRAY_LEN(metrics);
    journey->touchpoints = arena_array(&fixture->arena, touchpoints, sizeof(struct touchpoint));
    journey->touchpoint_count = touchpoints;
    fixture->figures.measures = arena_array(&fixture->arena, touchpoints, sizeof(struct measure));
    fixture->figures.oldest = (TODAY - 400) * TIME_US_PER_DAY;
    fixture->figures.newest = (TODAY - 3) * TIME_US_PER_DAY;
    fixture->set = (struct stage_set){
        .journey = journey,
        .figures = &fixture->figures,
        .lens = { .persona = NONE,
                  .context = NONE,
                  .period = period_containing(PERIOD_QUARTER, TODAY - 40) },
        .options = { .lanes = LANES_DEFAULT, .overlay = true, .metric = NONE },
        .now = TODAY * TIME_US_PER_DAY,
    };
    return fixture;
}

struct fixture *fixture_train(void)
{
    struct fixture *fixture = fixture_create(ARRAY_LEN(rows));
    fixture->journey.stages = stages;
    fixture->journey.stage_count = ARRAY_LEN(stages);
    fixture->figures.measure_count = ARRAY_LEN(rows);
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        fill_touchpoint(&fixture->arena, &fixture->journey.touchpoints[i], &rows[i], (int)i);
        fill_measure(&fixture->arena, &fixture->figures.measures[i], &rows[i], (int)i);
    }
    fixture->set.lens.persona = 0;
    fixture->set.lens.context = 0;
    fixture->set.options.selected = 3;
    fixture_read(fixture);
    return fixture;
}

struct fixture *fixture_long(int count)
{
    struct fixture *fixture = fixture_create((size_t)count);
    fixture->journey.stages = arena_alloc(&fixture->arena, sizeof(struct stage));
    fixture->journey.stage_count = 1;
    fixture->journey.stages[0] =
        (struct stage){ .id = "all", .title = "All of it", .count = (size_t)count };
    fixture->figures.measure_count = (size_t)count;
    for (int i = 0; i < count; i++) {
        struct touchpoint *touchpoint = &fixture->journey.touchpoints[i];
        const struct row *row = &rows[i % (int)ARRAY_LEN(rows)];
        fill_touchpoint(&fixture->arena, touchpoint, row, i);
        fill_measure(&fixture->arena, &fixture->figures.measures[i], row, i);
        touchpoint->stage = 0;
        touchpoint->title = arena_printf(&fixture->arena, "%s %d", row->title, i);
    }
    fixture_read(fixture);
    return fixture;
}

/* 10,000 letters, for whoever pastes a whole mail. */
static const char *long_text(struct arena *arena)
{
    char *text = arena_alloc(arena, 10001);
    for (int i = 0; i < 10000; i++)
        text[i] = i % 7 == 6 ? ' ' : 'q';
    return text;
}

struct fixture *fixture_wide(void)
{
    struct fixture *fixture = fixture_train();
    static const char *const titles[] = {
        "東京駅で切符を買う", "Zu\u0308rich HB", "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD",
        "Größenänderung",    "a\x1b[31mred\x1b[0m", "\u202Etxt.exe",
        "\u0301lone mark",   "👩‍👩‍👧 family",             "",
    };
    for (size_t i = 0; i < ARRAY_LEN(titles); i++) {
        struct touchpoint *touchpoint = &fixture->journey.touchpoints[i];
        touchpoint->title = titles[i];
        touchpoint->thoughts = one_text(&fixture->arena, titles[i]);
        touchpoint->actions = one_text(&fixture->arena, "駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅駅");
    }
    fixture->journey.touchpoints[0].pains = one_text(&fixture->arena, long_text(&fixture->arena));
    fixture->journey.title = "日本の旅";
    return fixture;
}

struct fixture *fixture_empty(void)
{
    struct fixture *fixture = fixture_create(0);
    fixture->journey.persona_count = fixture->journey.metric_count = 0;
    fixture_read(fixture);
    return fixture;
}

void fixture_read(struct fixture *fixture)
{
    fixture->set.readings = readings_new(&fixture->arena, &fixture->journey, fixture->set.figures,
                                         &fixture->set.lens);
    fixture->board = board_new(&fixture->arena, &fixture->journey, fixture->set.figures,
                               fixture->set.readings, &fixture->trials,
                               time_day(fixture->set.now));
    fixture->set.board = &fixture->board;
}

void fixture_destroy(struct fixture *fixture)
{
    arena_finish(&fixture->figures.arena);
    arena_finish(&fixture->arena);
    free(fixture);
}
