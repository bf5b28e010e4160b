/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/scene/personas.h>

#include "json_parts.h"

static const char *side_id(const struct journey *journey, const struct side *side)
{
    return side->is_context ? journey->contexts[side->index].id : journey->personas[side->index].id;
}

static json_t *texts_of(const struct json *json, const struct texts *texts)
{
    json_t *array = json_array();
    for (size_t i = 0; i < texts->count; i++)
        json_array_append_new(array, json_text_or_null(json->arena, texts->items[i]));
    return array;
}

/* A touchpoint as one side sees it. */
static json_t *point_of(const struct json *json, const struct side *side, size_t touchpoint)
{
    const struct reading *reading = &side->readings->items[touchpoint];
    const struct measured *measured = &reading->measured;
    bool figures = side->figures != NULL;
    const char *why = figures ? "no_rows" : "no_store";
    bool is_measured;
    struct gap gap = reading_gap(reading, &is_measured);
    json_t *row = json_object();
    json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, (int)touchpoint));
    json_set_number(row, "expectation_adequate", reading->adequate, "not_in_map");
    json_set_number(row, "expectation_desired", reading->desired, "not_in_map");
    json_set_number(row, "estimate", reading->estimated, "not_in_map");
    json_set_number(row, "measured", measured->score, why);
    json_set_number(row, "measured_low", measured->lo, why);
    json_set_number(row, "measured_high", measured->hi, why);
    json_object_set_new(row, "measured_n", json_count_of(measured->n));
    json_object_set_new(row, "of_all", json_boolean(side->is_context ? measured->context_ignored
                                                                     : measured->persona_ignored));
    json_set_number(row, "gap", gap.value, "missing_input");
    json_object_set_new(row, "gap_measured", json_boolean(is_measured));
    return row;
}

static json_t *side_of(const struct json *json, const struct side *side)
{
    const struct journey *journey = json->set->journey;
    json_t *row = json_object();
    json_object_set_new(row, "kind", json_string(side->is_context ? "context" : "persona"));
    json_object_set_new(row, "id", json_text_or_null(json->arena, side_id(journey, side)));
    json_object_set_new(row, "name", json_text_or_null(json->arena, side_title(journey, side)));
    if (!side->is_context) {
        const struct persona *persona = &journey->personas[side->index];
        json_set_number(row, "share", persona->share, "not_in_map");
        json_object_set_new(row, "goals", texts_of(json, &persona->goals));
        json_object_set_new(row, "needs", texts_of(json, &persona->needs));
    }
    json_set_number(row, "score", side->readings->score, "no_experience");
    json_object_set_new(row, "weakest", json_touchpoint_or_null(json, side->readings->weakest));
    json_t *points = json_array();
    for (size_t i = 0; i < side->readings->count; i++)
        json_array_append_new(points, point_of(json, side, i));
    json_object_set_new(row, "touchpoints", points);
    return row;
}

static json_t *contrast_of(const struct json *json, const struct contrast *contrast)
{
    const struct side *side = &json->set->sides->items[contrast->side];
    const char *none = contrast->measured ? "no_test" : "not_measured";
    json_t *row = json_object();
    json_object_set_new(row, "kind", json_string(side->is_context ? "context" : "persona"));
    json_object_set_new(row, "id",
                        json_text_or_null(json->arena, side_id(json->set->journey, side)));
    json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, contrast->touchpoint));
    json_object_set_new(row, "measured", json_boolean(contrast->measured));
    json_set_number(row, "own", contrast->own, none);
    json_set_number(row, "others", contrast->others, none);
    json_object_set_new(row, "n", json_count_of(contrast->n));
    json_set_number(row, "others_n", contrast->others_n, none);
    json_set_number(row, "difference", contrast->value, none);
    json_set_number(row, "difference_low", contrast->lo, none);
    json_set_number(row, "difference_high", contrast->hi, none);
    json_set_number(row, "p", contrast->p, none);
    json_set_number(row, "p_adjusted", contrast->adjusted, none);
    json_object_set_new(row, "verdict", json_string(verdict_name(contrast->verdict)));
    json_object_set_new(row, "hidden", json_boolean(contrast->hidden));
    json_set_number(row, "gap", contrast->gap.value, "missing_input");
    json_set_number(row, "gap_of_all", contrast->gap_of_all.value, "missing_input");
    return row;
}

void report_json_personas(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    json_t *document = json_document_of(&json, "personas", json_lens_of(&json));
    json_t *sides = json_array(), *rows = json_array();
    for (size_t i = 0; set->sides != NULL && i < set->sides->count; i++)
        json_array_append_new(sides, side_of(&json, &set->sides->items[i]));
    for (size_t i = 0; set->contrasts != NULL && i < set->contrasts->count; i++)
        json_array_append_new(rows, contrast_of(&json, &set->contrasts->items[i]));
    json_object_set_new(document, "sides", sides);
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}
