/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/model/words.h>
#include <stellwerk/scene/gaps.h>

#include "json_parts.h"

static const char *why_no_gap(const struct reading *reading)
{
    return isnan(reading->adequate) ? "no_expectation" : "no_experience";
}

static void set_ranking(json_t *row, const struct ranked_gap *ranked)
{
    const char *none = why_no_gap(ranked->reading);
    json_object_set_new(row, "standing", json_string(standing_name(ranked->standing)));
    json_set_number(row, "gap_estimated", ranked->reading->gap_estimated.value, none);
    json_set_number(row, "gap_measured_value", ranked->reading->gap_measured.value, none);
    json_set_number(row, "shortfall", ranked->shortfall, none);
    json_set_number(row, "gap_se", ranked->se, ranked->measured ? "no_interval" : "not_measured");
    json_set_number(row, "shortfall_sure", ranked->sure,
                    ranked->measured ? "no_interval" : "not_measured");
    json_set_number(row, "weight", ranked->importance, "not_in_map");
    json_object_set_new(row, "weight_stated", json_boolean(ranked->importance_stated));
    json_set_number(row, "reach", ranked->reach_measured ? ranked->reach : NAN, "not_measured");
    json_set_number(row, "priority", ranked->priority, none);
}

static void set_methods(json_t *row, const struct ranked_gap *ranked)
{
    const char *none = "no_experience";
    json_set_number(row, "performance", ranked->performance, none);
    json_set_number(row, "concern", ranked->concern, none);
    json_set_number(row, "opportunity_importance", ranked->wanted, "not_in_map");
    json_set_number(row, "opportunity_satisfaction", ranked->satisfied, none);
    json_object_set_new(row, "opportunity_source",
                        json_string(satisfaction_name(ranked->satisfied_from)));
    json_set_number(row, "opportunity", ranked->opportunity, none);
}

static json_t *missing_of(const struct gap_split *split)
{
    static const struct {
        enum gap_input bit;
        const char *name;
    } inputs[] = {
        { GAP_EXPECTATION, "expectation" },
        { GAP_PROMISE, "promise" },
        { GAP_STANDARD, "standard" },
        { GAP_EXPERIENCE, "experience" },
    };
    json_t *missing = json_array();
    for (size_t i = 0; i < sizeof(inputs) / sizeof(*inputs); i++)
        if ((split->missing & inputs[i].bit) != 0)
            json_array_append_new(missing, json_string(inputs[i].name));
    return missing;
}

static json_t *aspects_of(const struct json *json, const struct touchpoint *at)
{
    json_t *aspects = json_array();
    for (size_t i = 0; i < at->aspect_count; i++) {
        const struct aspect *aspect = &at->aspects[i];
        json_t *row = json_object();
        json_object_set_new(row, "aspect", json_text_or_null(json->arena, aspect->id));
        json_object_set_new(row, "title", json_text_or_null(json->arena, aspect->title));
        json_object_set_new(row, "level", json_text_or_null(json->arena,
                                                            aspect_level_name(aspect->level)));
        json_set_number(row, "importance", aspect->importance, "not_in_map");
        json_set_number(row, "expectation", aspect->expectation, "not_in_map");
        json_set_number(row, "experience", aspect->experience, "not_in_map");
        json_set_number(row, "gap", aspect->experience - aspect->expectation, "missing_input");
        json_array_append_new(aspects, row);
    }
    return aspects;
}

static json_t *row_of(const struct json *json, const struct ranked_gap *ranked, size_t rank)
{
    const struct touchpoint *at = &json->set->journey->touchpoints[ranked->touchpoint];
    json_t *row = json_touchpoint_of(json, ranked->touchpoint);
    json_object_del(row, "metrics");
    json_object_set_new(row, "rank", json_count_of(rank));
    json_object_set_new(row, "media", json_text_or_null(json->arena, media_name(at->media)));
    json_object_set_new(row, "grade",
                        json_text_or_null(json->arena, grade_name(ranked_grade(ranked))));
    set_ranking(row, ranked);
    json_object_set_new(row, "split_missing", missing_of(&ranked->reading->split));
    set_methods(row, ranked);
    json_object_set_new(row, "aspects", aspects_of(json, at));
    return row;
}

void report_json_gaps(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct readings *readings = set->readings;
    struct ranking ranking = gaps_ranking(&arena, set, NULL);
    json_t *document = json_document_of(&json, "gaps", json_lens_of(&json));
    json_set_number(document, "score", readings->score, "no_experience");
    json_object_set_new(document, "peak", json_touchpoint_or_null(&json, readings->peak));
    json_object_set_new(document, "end", json_touchpoint_or_null(&json, readings->end));
    json_object_set_new(document, "weakest", json_touchpoint_or_null(&json, readings->weakest));
    json_object_set_new(document, "sort", json_string(ranking_sort_name(set->options.sort)));
    json_object_set_new(document, "filter", json_text_or_null(&arena, set->options.filter));
    json_object_set_new(document, "left_out", json_count_of(ranking.left_out));
    json_t *rows = json_array();
    for (size_t i = 0; i < ranking.count; i++)
        json_array_append_new(rows, row_of(&json, &ranking.items[i], i + 1));
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}
