/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/scene/reduction.h>

#include "json_parts.h"
#include "markup.h"

/* For programs. */
static const char *fate_name(int fate)
{
    return fate == FATE_KEPT ? "kept" : fate == FATE_REMOVED ? "removed" : "merged";
}

static const char *benchmark_name(enum benchmark_state state)
{
    static const char *const names[] = {
        [BENCHMARK_NONE] = NULL,
        [BENCHMARK_KEPT] = "kept",
        [BENCHMARK_UNSURE] = "unsure",
        [BENCHMARK_BROKEN] = "broken",
    };
    return names[state];
}

static const char *touchpoint_id(const struct journey *journey, int touchpoint)
{
    return touchpoint < 0 ? NULL : journey->touchpoints[touchpoint].id;
}

/* ---- JSON -------------------------------------------------------------------------- */

static void set_estimate(const struct json *json, json_t *object, const char *name,
                         const struct estimate *estimate, bool measured)
{
    const char *why = measured ? "no_cases" : "not_measured";
    json_set_number(object, name, measured ? estimate->value : NAN, why);
    json_set_number(object, arena_printf(json->arena, "%s_low", name),
                    measured ? estimate->interval.low : NAN, measured ? "no_interval" : why);
    json_set_number(object, arena_printf(json->arena, "%s_high", name),
                    measured ? estimate->interval.high : NAN, measured ? "no_interval" : why);
}

static json_t *side_json(const struct json *json, const struct reduction_side *side)
{
    const struct contact_figures *figures = &side->contacts;
    bool measured = side->measured;
    json_t *object = json_object();
    json_object_set_new(object, "touchpoints", json_count_of(side->touchpoints));
    json_object_set_new(object, "required", json_count_of(side->required));
    json_object_set_new(object, "media_breaks_designed", json_count_of(side->breaks));
    set_estimate(json, object, "contacts", &figures->per_case, measured);
    json_set_number(object, "contacts_median", measured ? figures->median : NAN, "not_measured");
    set_estimate(json, object, "single_share", &figures->single, measured);
    set_estimate(json, object, "repeated_share", &figures->repeated, measured);
    set_estimate(json, object, "digital_first_share", &figures->digital_first, measured);
    set_estimate(json, object, "media_breaks", &figures->breaks, measured);
    json_set_number(object, "seconds", measured ? figures->time / 1e6 : NAN, "not_measured");
    json_set_number(object, "cases_without_contact", measured ? (double)figures->none : NAN,
                    "not_measured");
    json_object_set_new(object, "benchmark",
                        json_text_or_null(json->arena, benchmark_name(side->benchmark)));
    json_set_number(object, "score", side->score, "no_experience");
    json_set_number(object, "weakest_and_end", side->peak_end, "no_experience");
    json_object_set_new(object, "weakest", json_touchpoint_or_null(json, side->weakest));
    json_set_number(object, "weakest_score", side->weakest_score, "no_experience");
    json_set_number(object, "gap", side->gap, "missing_input");
    json_object_set_new(object, "deepest", json_touchpoint_or_null(json, side->worst));
    json_set_number(object, "deepest_gap", side->worst_gap, "missing_input");
    return object;
}

static json_t *row_json(const struct json *json, const struct reduction_row *row)
{
    const struct touchpoint *at = &json->set->journey->touchpoints[row->touchpoint];
    bool measured, known = json->set->reduction->before.measured;
    struct gap gap = reading_gap(row->reading, &measured);
    json_t *object = json_object();
    json_object_set_new(object, "touchpoint", json_touchpoint_or_null(json, row->touchpoint));
    json_object_set_new(object, "title", json_text_or_null(json->arena, at->title));
    json_object_set_new(object, "moment_of_truth", json_boolean(at->moment_of_truth));
    json_object_set_new(object, "fate", json_string(fate_name(row->fate)));
    json_object_set_new(object, "into",
                        json_touchpoint_or_null(json, row->fate >= 0 ? row->fate : NONE));
    json_set_number(object, "carries", row->carries, "missing_input");
    json_set_number(object, "importance", row->importance, "not_in_map");
    json_set_number(object, "credit", row->value, known ? "no_credit" : "not_measured");
    json_set_number(object, "information", row->information, known ? "no_doubt" : "not_measured");
    json_set_number(object, "contacts", known ? (double)row->contacts : NAN, "not_measured");
    json_set_number(object, "contacts_per_case", row->per_case, "not_measured");
    json_set_number(object, "gap", gap.value, "missing_input");
    json_object_set_new(object, "gap_measured", json_boolean(measured));
    return object;
}

static void set_cases(const struct json *json, json_t *document)
{
    const struct contact_set *set = json->set->contacts;
    const struct contacts none = { .goal = NONE, .as_of = TIME_NONE };
    const struct contacts *contacts = set != NULL ? &set->contacts : &none;
    bool credited = set != NULL && set->values != NULL;
    json_object_set_new(document, "problem",
                        json_text_or_null(json->arena, reduction_trouble(json->set)));
    json_object_set_new(document, "cases", json_count_of(contacts->cases));
    json_object_set_new(document, "completed", json_count_of(contacts->completed));
    json_object_set_new(document, "open", json_count_of(contacts->open));
    json_object_set_new(document, "elsewhere", json_count_of(contacts->elsewhere));
    json_object_set_new(document, "left_out", json_count_of(contacts->left_out));
    json_object_set_new(document, "goal", json_touchpoint_or_null(json, contacts->goal));
    json_object_set_new(document, "as_of", json_instant_or_null(json->arena, contacts->as_of));
    json_set_number(document, "closed_after_seconds",
                    set != NULL ? (double)contacts->close_after / 1e6 : NAN, "not_measured");
    json_object_set_new(document, "credit_model",
                        credited ? json_string(attribution_model_name(set->model)) : json_null());
    const struct benchmark *benchmark = &json->set->journey->benchmark;
    json_set_number(document, "benchmark_contacts",
                    benchmark->pos.line > 0 ? benchmark->contacts : NAN, "not_in_map");
}

void report_json_reduction(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct reduction *reduction = set->reduction;
    json_t *document = json_document_of(&json, "reduction", json_lens_of(&json));
    set_cases(&json, document);
    json_object_set_new(document, "removed", json_count_of(reduction->removed));
    json_object_set_new(document, "merged", json_count_of(reduction->merged));
    json_object_set_new(document, "loses_goal", json_boolean(reduction->loses_goal));
    json_object_set_new(document, "before", side_json(&json, &reduction->before));
    json_object_set_new(document, "after", side_json(&json, &reduction->after));
    json_t *rows = json_array();
    for (size_t i = 0; i < reduction->count; i++)
        json_array_append_new(rows, row_json(&json, &reduction->rows[i]));
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV --------------------------------------------------------------------------- */

static void append_row(struct str *out, const struct journey *journey,
                       const struct reduction_row *row)
{
    const char *const texts[] = {
        touchpoint_id(journey, row->touchpoint),
        journey->touchpoints[row->touchpoint].title,
        fate_name(row->fate),
        touchpoint_id(journey, row->fate),
    };
    const double numbers[] = {
        row->carries,     row->importance, row->value,
        row->information, row->per_case,   reading_gap(row->reading, NULL).value,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (i > 0)
            str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        report_csv_number(out, numbers[i]);
    str_append_char(out, '\n');
}

void report_csv_reduction(struct str *out, const struct stage_set *set)
{
    str_append(out, "touchpoint,title,fate,into,carries,importance,credit,information,"
                    "contacts_per_case,gap\n");
    for (size_t i = 0; i < set->reduction->count; i++)
        append_row(out, set->journey, &set->reduction->rows[i]);
}
