/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/words.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/journey.h>

static const char *const map_kinds[] = {
    [MAP_AS_IS] = "as-is",
    [MAP_TO_BE] = "to-be",
};

static const char *const map_phases[] = {
    [PHASE_NONE] = "",
    [PHASE_PILOT] = "pilot",
    [PHASE_CROSS_FUNCTIONAL] = "cross-functional",
    [PHASE_UNIT] = "unit",
    [PHASE_CULTURE] = "culture",
};

static const char *const medias[] = {
    [MEDIA_NONE] = "",
    [MEDIA_OWNED] = "owned",
    [MEDIA_PAID] = "paid",
    [MEDIA_EARNED] = "earned",
};

static const char *const evidences[] = {
    [EVIDENCE_NONE] = "",
    [EVIDENCE_OBSERVED] = "observed",
    [EVIDENCE_INFERRED] = "inferred",
    [EVIDENCE_ASSUMED] = "assumed",
};

static const char *const aspect_levels[] = {
    [LEVEL_NONE] = "",
    [LEVEL_FUNCTIONAL] = "functional",
    [LEVEL_EMOTIONAL] = "emotional",
    [LEVEL_SOCIAL] = "social",
};

static const char *const opportunity_statuses[] = {
    [STATUS_IDEA] = "idea",
    [STATUS_PLANNED] = "planned",
    [STATUS_RUNNING] = "running",
    [STATUS_DONE] = "done",
    [STATUS_DROPPED] = "dropped",
};

static const char *const hurdles[] = {
    [HURDLE_NONE] = "",
    [HURDLE_STATUS_QUO] = "status_quo",
    [HURDLE_TIME] = "time",
    [HURDLE_PRACTICE] = "practice",
    [HURDLE_BUDGET] = "budget",
    [HURDLE_TECHNOLOGY] = "technology",
};

static const char *const content_statuses[] = {
    [CONTENT_NONE] = "",
    [CONTENT_LIVE] = "live",
    [CONTENT_PLANNED] = "planned",
    [CONTENT_MISSING] = "missing",
};

static const char *const metric_types[] = {
    [METRIC_COUNT] = "count",
    [METRIC_SUM] = "sum",
    [METRIC_MEAN] = "mean",
    [METRIC_MEDIAN] = "median",
    [METRIC_QUANTILE] = "quantile",
    [METRIC_NPS] = "nps",
    [METRIC_CSAT] = "csat",
    [METRIC_CES] = "ces",
    [METRIC_APDEX] = "apdex",
    [METRIC_PROPORTION] = "proportion",
    [METRIC_RATIO] = "ratio",
    [METRIC_PER_CASE] = "per_case",
    [METRIC_BEFORE] = "before",
    [METRIC_PRECEDED] = "preceded",
    [METRIC_DROPOUT] = "dropout",
    [METRIC_BETWEEN] = "between",
    [METRIC_SQL] = "sql",
};
static_assert(ARRAY_LEN(metric_types) == METRIC_TYPE_COUNT, "a metric type has no word");

static const char *const metric_sources[] = {
    [SOURCE_EVENT] = "event",
    [SOURCE_ANSWER] = "answer",
    [SOURCE_OBSERVATION] = "observation",
};

static const char *const metric_variants[] = {
    [VARIANT_DEFAULT] = "",
    [VARIANT_MEAN] = "mean",
    [VARIANT_TOP2] = "top2",
    [VARIANT_TOP3] = "top3",
    [VARIANT_INDEX] = "index",
};

#define WORDS(table) { .items = (table), .count = ARRAY_LEN(table) }

const struct words map_kind_words = WORDS(map_kinds);
const struct words map_phase_words = WORDS(map_phases);
const struct words media_words = WORDS(medias);
const struct words evidence_words = WORDS(evidences);
const struct words aspect_level_words = WORDS(aspect_levels);
const struct words opportunity_status_words = WORDS(opportunity_statuses);
const struct words hurdle_words = WORDS(hurdles);
const struct words content_status_words = WORDS(content_statuses);
const struct words metric_type_words = WORDS(metric_types);
const struct words metric_source_words = WORDS(metric_sources);
const struct words metric_variant_words = WORDS(metric_variants);

int words_find(const struct words *words, const char *text)
{
    if (text[0] == '\0')
        return NONE;
    for (size_t i = 0; i < words->count; i++)
        if (strcmp(words->items[i], text) == 0)
            return (int)i;
    return NONE;
}

const char *words_get(const struct words *words, int value)
{
    assert(value >= 0 && (size_t)value < words->count);
    return words->items[value];
}

const char *map_kind_name(enum map_kind kind)
{
    return words_get(&map_kind_words, (int)kind);
}

const char *map_phase_name(enum map_phase phase)
{
    return words_get(&map_phase_words, (int)phase);
}

const char *media_name(enum media media)
{
    return words_get(&media_words, (int)media);
}

const char *evidence_name(enum evidence evidence)
{
    return words_get(&evidence_words, (int)evidence);
}

const char *aspect_level_name(enum aspect_level level)
{
    return words_get(&aspect_level_words, (int)level);
}

const char *opportunity_status_name(enum opportunity_status status)
{
    return words_get(&opportunity_status_words, (int)status);
}

const char *hurdle_name(enum hurdle hurdle)
{
    return words_get(&hurdle_words, (int)hurdle);
}

const char *content_status_name(enum content_status status)
{
    return words_get(&content_status_words, (int)status);
}

const char *metric_type_name(enum metric_type type)
{
    return words_get(&metric_type_words, (int)type);
}

const char *metric_source_name(enum metric_source source)
{
    return words_get(&metric_source_words, (int)source);
}

const char *metric_variant_name(enum metric_variant variant)
{
    return words_get(&metric_variant_words, (int)variant);
}
