/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/promises.h>
#include <stellwerk/model/words.h>

#include "json_parts.h"
#include "markup.h"

static const char *const inputs[] = { "expectation", "promise", "standard", "experience" };

/* ---- JSON -------------------------------------------------------------------------- */

static json_t *missing_json(unsigned missing)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
        if (missing & 1u << i)
            json_array_append_new(list, json_string(inputs[i]));
    return list;
}

static void add_claim(json_t *object, const struct json *json, const struct promise_row *row)
{
    struct arena *arena = json->arena;
    const struct promise *promise = row->promise;
    json_object_set_new(object, "claim",
                        json_text_or_null(arena, promise != NULL ? promise->claim : NULL));
    json_object_set_new(object, "source",
                        json_text_or_null(arena, promise != NULL ? promise->source : NULL));
    json_object_set_new(object, "media", json_text_or_null(arena, media_name(row->media)));
    json_object_set_new(object, "state", json_string(promise_state_name(row->state)));
    json_set_number(object, "cost", row->cost, "missing_input");
    json_set_number(object, "weighted_cost", row->weighted, "missing_input");
    json_object_set_new(object, "missing", missing_json(row->missing));
}

static void add_reading(json_t *object, const struct promise_row *row)
{
    const struct reading *reading = row->reading;
    json_set_number(object, "importance", reading->importance, "not_in_map");
    json_set_number(object, "promised", reading->promise, "not_in_map");
    json_set_number(object, "standard", reading->standard, "not_in_map");
    json_set_number(object, "adequate", reading->adequate, "not_in_map");
    json_set_number(object, "desired", reading->desired, "not_in_map");
    json_set_number(object, "experience", row->experience, "not_known");
    json_object_set_new(object, "experience_measured", json_boolean(row->measured));
    json_set_number(object, "gap", row->gap.value, "missing_input");
    json_set_number(object, "gap_low", row->gap.lo, "no_interval");
    json_set_number(object, "gap_high", row->gap.hi, "no_interval");
    json_set_number(object, "part_delivery", row->split.delivery, "missing_input");
    json_set_number(object, "part_promise", row->split.promise, "missing_input");
    json_set_number(object, "part_other", row->split.other, "missing_input");
}

static void add_heard(json_t *object, const struct json *json, const struct promise_row *row)
{
    static const struct heard nobody = { .mean = NAN, .lo = NAN, .hi = NAN, .newest = TIME_NONE };
    const struct heard *heard = row->heard != NULL ? row->heard : &nobody;
    json_set_number(object, "heard", heard->mean, heard->n > 0 ? "too_few" : "nobody_asked");
    json_set_number(object, "heard_low", heard->lo, "no_interval");
    json_set_number(object, "heard_high", heard->hi, "no_interval");
    json_object_set_new(object, "heard_n", json_count_of(heard->n));
    json_object_set_new(object, "heard_newest", json_instant_or_null(json->arena, heard->newest));
    json_object_set_new(object, "heard_is_promise", json_boolean(row->promised_heard));
    json_object_set_new(object, "claim_outside_heard", json_boolean(row->claim_outside));
    json_set_number(object, "heard_cost", row->heard_cost.value, "missing_input");
    json_set_number(object, "heard_cost_low", row->heard_cost.interval.low, "no_interval");
    json_set_number(object, "heard_cost_high", row->heard_cost.interval.high, "no_interval");
}

static json_t *row_json(const struct json *json, const struct promise_row *row)
{
    json_t *object = json_object();
    json_object_set_new(object, "touchpoint", json_touchpoint_or_null(json, row->touchpoint));
    add_claim(object, json, row);
    if (row->reading != NULL)
        add_reading(object, row);
    add_heard(object, json, row);
    return object;
}

static json_t *spread_json(const struct rating *voice)
{
    json_t *list = json_array();
    for (size_t i = 0; i < voice->bin_count; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "value", json_number_or_null(voice->bins[i].value));
        json_object_set_new(one, "n", json_count_of(voice->bins[i].count));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *verbatims_json(const struct json *json, const struct rating *voice)
{
    json_t *list = json_array();
    for (size_t i = 0; i < voice->verbatim_count; i++) {
        const struct verbatim *verbatim = &voice->verbatims[i];
        json_t *one = json_object();
        json_object_set_new(one, "text", json_text_or_null(json->arena, verbatim->text));
        json_set_number(one, "value", verbatim->value, "not_given");
        json_object_set_new(one, "at", json_instant_or_null(json->arena, verbatim->ts));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *voice_json(const struct json *json, const struct rating *voice)
{
    json_t *object = json_object();
    json_object_set_new(object, "touchpoint", json_touchpoint_or_null(json, voice->touchpoint));
    json_object_set_new(object, "question", json_text_or_null(json->arena, voice->metric));
    json_object_set_new(object, "kind", json_string(voice->promises ? "promise" : "experience"));
    json_object_set_new(object, "scale_min", json_number_or_null(voice->scale_min));
    json_object_set_new(object, "scale_max", json_number_or_null(voice->scale_max));
    json_object_set_new(object, "n", json_count_of(voice->n));
    json_set_number(object, "mean", voice->mean, "too_few");
    json_set_number(object, "mean_low", voice->lo, "no_interval");
    json_set_number(object, "mean_high", voice->hi, "no_interval");
    json_object_set_new(object, "oldest", json_instant_or_null(json->arena, voice->oldest));
    json_object_set_new(object, "newest", json_instant_or_null(json->arena, voice->newest));
    json_object_set_new(object, "distribution", spread_json(voice));
    json_object_set_new(object, "verbatims", verbatims_json(json, voice));
    return object;
}

void report_json_promises(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct promises none = { 0 };
    const struct promises *promises = set->promises != NULL ? set->promises : &none;
    const struct voices *voices = promises->voices;
    json_t *document = json_document_of(&json, "promises", json_lens_of(&json));
    json_t *rows = json_array(), *earned = json_array();
    for (size_t i = 0; i < promises->count; i++)
        json_array_append_new(rows, row_json(&json, &promises->items[i]));
    for (size_t i = 0; voices != NULL && i < voices->count; i++)
        json_array_append_new(earned, voice_json(&json, &voices->items[i]));
    json_object_set_new(document, "rows", rows);
    json_object_set_new(document, "earned", earned);
    json_object_set_new(document, "earned_persona_ignored",
                        json_boolean(voices != NULL && voices->persona_ignored));
    json_object_set_new(document, "earned_context_ignored",
                        json_boolean(voices != NULL && voices->context_ignored));
    json_object_set_new(document, "heard_persona_ignored",
                        json_boolean(voices != NULL && voices->heard_persona_ignored));
    json_object_set_new(document, "heard_context_ignored",
                        json_boolean(voices != NULL && voices->heard_context_ignored));
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV --------------------------------------------------------------------------- */

static void append_texts(struct str *out, const struct stage_set *set,
                         const struct promise_row *row)
{
    const struct promise *promise = row->promise;
    const char *const texts[] = {
        row->touchpoint != NONE ? set->journey->touchpoints[row->touchpoint].id : NULL,
        promise != NULL ? promise->claim : NULL,
        promise != NULL ? promise->source : NULL,
        media_name(row->media),
        promise_state_name(row->state),
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (i > 0)
            str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    str_append_char(out, ',');
    const char *between = "";
    for (size_t i = 0; i < ARRAY_LEN(inputs); i++)
        if (row->missing & 1u << i) {
            str_printf(out, "%s%s", between, inputs[i]);
            between = " ";
        }
}

/* Of what is said in earned media the voice with the most answers. */
static void append_row(struct str *out, const struct stage_set *set, const struct promise_row *row)
{
    static const struct reading nothing = {
        .importance = NAN, .promise = NAN, .standard = NAN, .adequate = NAN, .desired = NAN
    };
    const struct reading *reading = row->reading != NULL ? row->reading : &nothing;
    const struct rating *voice = row->voices;
    const struct heard *heard = row->heard;
    bool known = row->reading != NULL;
    const double numbers[] = {
        row->cost,
        row->weighted,
        reading->importance,
        reading->promise,
        reading->standard,
        reading->adequate,
        reading->desired,
        row->experience,
        known ? row->gap.value : NAN,
        known ? row->gap.lo : NAN,
        known ? row->gap.hi : NAN,
        known ? row->split.delivery : NAN,
        known ? row->split.promise : NAN,
        known ? row->split.other : NAN,
        voice != NULL ? voice->mean : NAN,
        voice != NULL ? voice->lo : NAN,
        voice != NULL ? voice->hi : NAN,
        voice != NULL ? voice->scale_max : NAN,
        voice != NULL ? (double)voice->n : NAN,
        heard != NULL ? heard->mean : NAN,
        heard != NULL ? heard->lo : NAN,
        heard != NULL ? heard->hi : NAN,
        heard != NULL ? (double)heard->n : NAN,
        row->heard_cost.value,
    };
    append_texts(out, set, row);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        report_csv_number(out, numbers[i]);
    str_append_char(out, '\n');
}

void report_csv_promises(struct str *out, const struct stage_set *set)
{
    str_append(out, "touchpoint,claim,source,media,state,missing,cost,weighted_cost,importance,"
                    "promised,standard,adequate,desired,experience,gap,gap_low,gap_high,"
                    "part_delivery,part_promise,part_other,earned_mean,earned_low,earned_high,"
                    "earned_of,earned_n,heard,heard_low,heard_high,heard_n,heard_cost\n");
    for (size_t i = 0; set->promises != NULL && i < set->promises->count; i++)
        append_row(out, set, &set->promises->items[i]);
}
