/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/journey.h>

#include <assert.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/time.h>

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define DAY TIME_US_PER_DAY

static_assert(offsetof(struct persona, id) == 0 && offsetof(struct context, id) == 0 &&
                  offsetof(struct channel, id) == 0 && offsetof(struct metric, id) == 0 &&
                  offsetof(struct touchpoint, id) == 0 && offsetof(struct stage, id) == 0,
              "find_id() looks for the id first");

/* One loop serves all lists, since the id is the first member of all that is looked up. */
static int find_id(const void *items, size_t count, size_t size, const char *id)
{
    const char *item = items;
    for (size_t i = 0; i < count; i++, item += size) {
        const char *const *item_id = (const char *const *)(const void *)item;
        if (strcmp(*item_id, id) == 0)
            return (int)i;
    }
    return NONE;
}

int journey_find_persona(const struct journey *journey, const char *id)
{
    return find_id(journey->personas, journey->persona_count, sizeof(struct persona), id);
}

int journey_find_context(const struct journey *journey, const char *id)
{
    return find_id(journey->contexts, journey->context_count, sizeof(struct context), id);
}

int journey_find_channel(const struct journey *journey, const char *id)
{
    return find_id(journey->channels, journey->channel_count, sizeof(struct channel), id);
}

int journey_find_metric(const struct journey *journey, const char *id)
{
    return find_id(journey->metrics, journey->metric_count, sizeof(struct metric), id);
}

int journey_find_touchpoint(const struct journey *journey, const char *id)
{
    return find_id(journey->touchpoints, journey->touchpoint_count, sizeof(struct touchpoint), id);
}

int journey_find_stage(const struct journey *journey, const char *id)
{
    return find_id(journey->stages, journey->stage_count, sizeof(struct stage), id);
}

int32_t journey_review_due(const struct journey *journey)
{
    if (journey->reviewed == DAY_NONE || journey->review_every == 0)
        return DAY_NONE;
    int64_t due = journey->reviewed + journey->review_every / TIME_US_PER_DAY;
    return due < INT32_MAX ? (int32_t)due : DAY_NONE;
}

static bool handed_over(const struct journey *journey, int from, int to)
{
    for (size_t i = 0; i < journey->handover_count; i++)
        if (journey->handovers[i].from == from && journey->handovers[i].to == to)
            return true;
    return false;
}

bool journey_media_break(const struct journey *journey, int from, int to)
{
    if (from == NONE || to == NONE || from == to)
        return false;
    const char *before = journey->channels[from].medium;
    const char *after = journey->channels[to].medium;
    if (before == NULL || after == NULL || strcmp(before, after) == 0)
        return false;
    return !handed_over(journey, from, to);
}

bool opportunity_has_experiment(const struct opportunity *opportunity)
{
    const struct experiment *experiment = &opportunity->experiment;
    return experiment->a != NULL && experiment->b != NULL && experiment->metric != NONE;
}

struct anchors metric_anchors(const struct metric *metric, int context)
{
    for (size_t i = 0; i < metric->context_anchor_count; i++)
        if (context != NONE && metric->context_anchors[i].context == context)
            return metric->context_anchors[i].anchors;
    return metric->anchors;
}

static const struct {
    const char *word;
    int64_t length; /* microseconds */
} time_units[] = {
    { "s", SECOND },
    { "sec", SECOND },
    { "seconds", SECOND },
    { "Sek.", SECOND },
    { "Sekunden", SECOND },

    { "min", MINUTE },
    { "minutes", MINUTE },
    { "Min.", MINUTE },
    { "Minuten", MINUTE },

    { "h", 60 * MINUTE },
    { "hours", 60 * MINUTE },
    { "Std.", 60 * MINUTE },
    { "Stunden", 60 * MINUTE },

    { "d", DAY },
    { "days", DAY },
    { "Tage", DAY },
    { "w", 7 * DAY },
    { "weeks", 7 * DAY },
    { "Wochen", 7 * DAY },
};

int64_t metric_time_unit(const struct metric *metric)
{
    if (metric->unit == NULL)
        return DAY;
    for (size_t i = 0; i < ARRAY_LEN(time_units); i++)
        if (strcasecmp(time_units[i].word, metric->unit) == 0)
            return time_units[i].length;
    return 0;
}
