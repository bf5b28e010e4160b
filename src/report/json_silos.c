/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/silos.h>

#include "json_parts.h"

static json_t *touchpoints_of(const struct json *json, const struct indices *touchpoints)
{
    json_t *array = json_array();
    for (size_t i = 0; i < touchpoints->count; i++)
        json_array_append_new(array, json_touchpoint_or_null(json, touchpoints->items[i]));
    return array;
}

static json_t *metric_or_null(const struct json *json, int metric)
{
    return metric == NONE ? json_null()
                          : json_text_or_null(json->arena, json->set->journey->metrics[metric].id);
}

static json_t *owner_or_null(const struct json *json, int owner)
{
    return owner == NONE ? json_null()
                         : json_text_or_null(json->arena, json->set->silos->owners[owner].name);
}

/* ---- Who has what ------------------------------------------------------------------ */

static json_t *owners_of(const struct json *json)
{
    const struct silos *silos = json->set->silos;
    json_t *array = json_array();
    for (size_t i = 0; i < silos->owner_count; i++) {
        const struct silo_owner *owner = &silos->owners[i];
        json_t *row = json_object();
        json_object_set_new(row, "owner", owner_or_null(json, (int)i));
        json_object_set_new(row, "touchpoints", touchpoints_of(json, &owner->touchpoints));
        json_object_set_new(row, "systems", json_count_of(owner->systems));
        json_object_set_new(row, "metrics", json_count_of(owner->metrics));
        json_object_set_new(row, "metrics_at_others", json_count_of(owner->foreign));
        json_object_set_new(row, "lacks", json_count_of(owner->lacks));
        json_array_append_new(array, row);
    }
    return array;
}

static json_t *places_of(const struct json *json)
{
    const struct silos *silos = json->set->silos;
    json_t *array = json_array();
    for (size_t i = 0; i < json->set->journey->touchpoint_count; i++) {
        json_t *row = json_object(), *measurers = json_array();
        for (size_t k = 0; k < silos->owner_count; k++)
            if (silo_measures(silos, i, k))
                json_array_append_new(measurers, owner_or_null(json, (int)k));
        json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, (int)i));
        json_object_set_new(row, "owner", owner_or_null(json, silos->owner_of[i]));
        json_object_set_new(row, "measured_by_others", measurers);
        json_array_append_new(array, row);
    }
    return array;
}

static json_t *owners_that(const struct json *json, const struct silo_thing *thing,
                           enum holding holding)
{
    json_t *array = json_array();
    for (size_t i = 0; i < json->set->silos->owner_count; i++)
        if (thing->held[i] == holding)
            json_array_append_new(array, owner_or_null(json, (int)i));
    return array;
}

static json_t *things_of(const struct json *json, size_t from, size_t to)
{
    json_t *array = json_array();
    for (size_t i = from; i < to; i++) {
        const struct silo_thing *thing = &json->set->silos->things[i];
        json_t *row = json_object();
        if (thing->system != NULL)
            json_object_set_new(row, "system", json_text_or_null(json->arena, thing->system));
        else
            json_object_set_new(row, "metric", metric_or_null(json, thing->metric));
        json_object_set_new(row, "touchpoints", touchpoints_of(json, &thing->touchpoints));
        json_object_set_new(row, "has", owners_that(json, thing, HOLDING_HAS));
        json_object_set_new(row, "lacks", owners_that(json, thing, HOLDING_LACKS));
        json_array_append_new(array, row);
    }
    return array;
}

static json_t *lacks_of(const struct json *json)
{
    const struct silos *silos = json->set->silos;
    json_t *array = json_array();
    for (size_t i = 0; i < silos->lack_count; i++) {
        const struct silo_lack *lack = &silos->lacks[i];
        json_t *row = json_object(), *systems = json_array();
        for (size_t k = 0; k < lack->systems.count; k++)
            json_array_append_new(systems, json_text_or_null(json->arena, lack->systems.items[k]));
        json_object_set_new(row, "kind", json_string(lack_kind_name(lack->kind)));
        json_object_set_new(row, "owner", owner_or_null(json, lack->owner));
        json_object_set_new(row, "holder", owner_or_null(json, lack->holder));
        json_object_set_new(row, "metric", metric_or_null(json, lack->metric));
        json_object_set_new(row, "systems", systems);
        json_object_set_new(row, "touchpoints", touchpoints_of(json, &lack->touchpoints));
        json_array_append_new(array, row);
    }
    return array;
}

static json_t *seams_of(const struct silos *silos)
{
    json_t *seams = json_object();
    json_object_set_new(seams, "count", json_count_of(silos->seams));
    json_object_set_new(seams, "bridged", json_count_of(silos->bridged));
    json_object_set_new(seams, "systems_not_named", json_count_of(silos->unknown));
    return seams;
}

/* ---- From owner to owner ----------------------------------------------------------- */

static void set_passes(const struct crossings *crossings, const struct crossing *at, json_t *row)
{
    struct estimate share =
        proportion_estimate((double)at->cases, (double)crossings->cases, CONFIDENCE_95);
    json_object_set_new(row, "on_the_map", json_count_of(at->seams));
    json_object_set_new(row, "cases", json_count_of(at->cases));
    json_set_number(row, "share", share.value, "no_cases");
    json_set_number(row, "share_low", share.interval.low, "no_cases");
    json_set_number(row, "share_high", share.interval.high, "no_cases");
    json_object_set_new(row, "passes", json_count_of(at->passes));
    json_object_set_new(row, "in_order", json_count_of(at->as_designed));
    json_object_set_new(row, "no_system", json_count_of(at->unaided));
    json_object_set_new(row, "systems_not_named", json_count_of(at->unknown));
}

static json_t *crossings_of(const struct json *json)
{
    const struct silo_evidence *evidence = json->set->silo_evidence;
    const struct crossings *crossings = evidence != NULL ? evidence->crossings : NULL;
    if (crossings == NULL)
        return json_null();
    json_t *object = json_object(), *rows = json_array();
    json_object_set_new(object, "cases", json_count_of(crossings->cases));
    json_set_number(object, "per_case", crossings->per_case.value, "no_cases");
    json_set_number(object, "per_case_low", crossings->per_case.interval.low, "too_few");
    json_set_number(object, "per_case_high", crossings->per_case.interval.high, "too_few");
    for (size_t i = 0; i < crossings->count; i++) {
        const struct crossing *at = &crossings->items[i];
        json_t *row = json_object();
        json_object_set_new(row, "from", owner_or_null(json, at->from));
        json_object_set_new(row, "to", owner_or_null(json, at->to));
        set_passes(crossings, at, row);
        json_array_append_new(rows, row);
    }
    json_object_set_new(object, "rows", rows);
    return object;
}

/* ---- Metrics that pull ------------------------------------------------------------- */

static json_t *key_figure_of(const struct json *json, const struct key_figure *figure)
{
    json_t *row = json_object();
    json_object_set_new(row, "metric", metric_or_null(json, figure->metric));
    json_object_set_new(row, "owner", json_text_or_null(json->arena, figure->owner));
    json_object_set_new(row, "touchpoints", touchpoints_of(json, &figure->touchpoints));
    json_object_set_new(row, "better",
                        figure->direction > 0   ? json_string("more")
                        : figure->direction < 0 ? json_string("less")
                                                : json_null());
    return row;
}

static json_t *values_of(const struct pulls *pulls, const struct key_figure *figure)
{
    json_t *values = json_array();
    for (size_t i = 0; i < pulls->periods; i++)
        json_array_append_new(values, json_number_or_null(figure->values[i]));
    return values;
}

static json_t *pull_of(const struct json *json, const struct pull *pull)
{
    const struct pulls *pulls = json->set->silo_evidence->pulls;
    const struct kpi_conflict *test = &pull->test;
    json_t *row = json_object();
    json_object_set_new(row, "a", json_count_of(pull->a));
    json_object_set_new(row, "b", json_count_of(pull->b));
    json_object_set_new(row, "a_metric", metric_or_null(json, pulls->figures[pull->a].metric));
    json_object_set_new(row, "a_owner",
                        json_text_or_null(json->arena, pulls->figures[pull->a].owner));
    json_object_set_new(row, "b_metric", metric_or_null(json, pulls->figures[pull->b].metric));
    json_object_set_new(row, "b_owner",
                        json_text_or_null(json->arena, pulls->figures[pull->b].owner));
    json_set_number(row, "rho", test->changes.rho, "no_test");
    json_set_number(row, "rho_oriented", test->oriented, "no_test");
    json_set_number(row, "changes", test->changes.n, "no_test");
    json_set_number(row, "changes_effective", test->effective, "no_test");
    json_set_number(row, "p", test->p, "no_test");
    json_set_number(row, "p_adjusted", pull->adjusted, "no_test");
    json_set_number(row, "p_plain", test->changes.p, "no_test");
    json_set_number(row, "p_plain_adjusted", pull->plain_adjusted, "no_test");
    json_object_set_new(row, "verdict", json_string(pull_verdict_name(pull->verdict)));
    return row;
}

static json_t *pulls_of(const struct json *json)
{
    const struct silo_evidence *evidence = json->set->silo_evidence;
    if (evidence == NULL || evidence->pulls == NULL)
        return json_null();
    const struct pulls *pulls = evidence->pulls;
    json_t *object = json_object(), *figures = json_array(), *pairs = json_array();
    for (size_t i = 0; i < pulls->figure_count; i++) {
        json_t *figure = key_figure_of(json, &pulls->figures[i]);
        json_object_set_new(figure, "values", values_of(pulls, &pulls->figures[i]));
        json_array_append_new(figures, figure);
    }
    for (size_t i = 0; i < pulls->count; i++)
        json_array_append_new(pairs, pull_of(json, &pulls->items[i]));
    json_object_set_new(object, "unit", json_string(json_period_kind(pulls->unit)));
    json_object_set_new(object, "first_day",
                        pulls->periods > 0 ? json_day_or_null(json->arena, pulls->span.first)
                                           : json_null());
    json_object_set_new(object, "last_day",
                        pulls->periods > 0 ? json_day_or_null(json->arena, pulls->span.last)
                                           : json_null());
    json_object_set_new(object, "periods", json_count_of(pulls->periods));
    json_object_set_new(object, "without_direction", json_count_of(pulls->without_direction));
    json_object_set_new(object, "too_short", json_count_of(pulls->too_short));
    json_object_set_new(object, "key_figures", figures);
    json_object_set_new(object, "pairs", pairs);
    return object;
}

/* ---- Stages over their channels ---------------------------------------------------- */

static json_t *channels_of(const struct json *json, const struct consistency_row *row)
{
    json_t *array = json_array();
    for (size_t i = 0; i < row->count; i++) {
        const struct channel_score *score = &row->channels[i];
        json_t *channel = json_object();
        json_object_set_new(
            channel, "channel",
            json_text_or_null(json->arena, json->set->journey->channels[score->channel].id));
        json_set_number(channel, "score", score->score, "no_score");
        json_set_number(channel, "score_low", score->lo, "no_interval");
        json_set_number(channel, "score_high", score->hi, "no_interval");
        json_set_number(channel, "score_se", score->se, "no_interval");
        json_object_set_new(channel, "n", json_count_of(score->n));
        json_object_set_new(channel, "touchpoints", json_count_of(score->touchpoints));
        json_array_append_new(array, channel);
    }
    return array;
}

static json_t *stage_of(const struct json *json, const struct consistency_row *row)
{
    const struct heterogeneity *test = &row->test;
    json_t *object = json_object();
    json_object_set_new(object, "stage",
                        json_text_or_null(json->arena, json->set->journey->stages[row->stage].id));
    json_object_set_new(object, "touchpoint", json_touchpoint_or_null(json, row->touchpoint));
    json_object_set_new(object, "agreement", json_string(agreement_name(row->agreement)));
    json_object_set_new(object, "same_touchpoints", json_boolean(row->same_touchpoints));
    json_set_number(object, "mean", test->mean, "no_test");
    json_set_number(object, "q", test->q, "no_test");
    json_set_number(object, "df", test->df, "no_test");
    json_set_number(object, "p", test->p, "no_test");
    json_set_number(object, "p_adjusted", row->adjusted, "no_test");
    json_set_number(object, "i2", test->i2, "no_test");
    json_set_number(object, "tau", test->tau, "no_test");
    json_set_number(object, "range", test->range, "no_test");
    json_object_set_new(object, "channels", channels_of(json, row));
    return object;
}

static json_t *stages_of(const struct json *json)
{
    const struct silo_evidence *evidence = json->set->silo_evidence;
    if (evidence == NULL || evidence->consistency == NULL)
        return json_null();
    json_t *array = json_array();
    for (size_t i = 0; i < evidence->consistency->count; i++)
        json_array_append_new(array, stage_of(json, &evidence->consistency->items[i]));
    return array;
}

/* ---- Contents ---------------------------------------------------------------------- */

static json_t *personas_of(const struct json *json, const struct indices *personas)
{
    json_t *array = json_array();
    for (size_t i = 0; i < personas->count; i++)
        json_array_append_new(
            array,
            json_text_or_null(json->arena, json->set->journey->personas[personas->items[i]].id));
    return array;
}

static json_t *content_of(const struct json *json, const struct content_item *item)
{
    const struct content *content = item->content;
    json_t *row = json_object();
    json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, item->touchpoint));
    json_object_set_new(row, "title", json_text_or_null(json->arena, content->title));
    json_object_set_new(row, "format", json_text_or_null(json->arena, content->format));
    json_object_set_new(row, "tone", json_text_or_null(json->arena, content->tone));
    json_object_set_new(row, "rhythm", json_text_or_null(json->arena, content->rhythm));
    json_object_set_new(row, "volume", json_text_or_null(json->arena, content->volume));
    json_object_set_new(row, "personas", personas_of(json, &content->personas));
    json_object_set_new(row, "status",
                        json_text_or_null(json->arena, content_status_name(content->status)));
    return row;
}

static json_t *voice_of(const struct json *json, const struct voice *voice)
{
    json_t *row = json_object(), *contents = json_array();
    for (size_t i = 0; i < voice->count; i++) {
        json_t *content = json_object();
        json_object_set_new(content, "touchpoint",
                            json_touchpoint_or_null(json, voice->items[i].touchpoint));
        json_object_set_new(content, "title",
                            json_text_or_null(json->arena, voice->items[i].content->title));
        json_array_append_new(contents, content);
    }
    json_object_set_new(row, "word", json_text_or_null(json->arena, voice->word));
    json_object_set_new(row, "contents", contents);
    return row;
}

static json_t *clash_of(const struct json *json, const struct clash *clash)
{
    json_t *row = json_object(), *voices = json_array();
    for (size_t i = 0; i < clash->count; i++)
        json_array_append_new(voices, voice_of(json, &clash->voices[i]));
    json_object_set_new(
        row, "stage", json_text_or_null(json->arena, json->set->journey->stages[clash->stage].id));
    json_object_set_new(row, "kind", json_string(clash_kind_name(clash->kind)));
    json_object_set_new(row, "personas", personas_of(json, &clash->personas));
    json_object_set_new(row, "voices", voices);
    return row;
}

static void set_contents(const struct json *json, json_t *document)
{
    const struct content_plan *plan = json->set->contents;
    json_t *contents = json_array(), *clashes = json_array();
    for (size_t i = 0; i < plan->count; i++)
        json_array_append_new(contents, content_of(json, &plan->items[i]));
    for (size_t i = 0; i < plan->clash_count; i++)
        json_array_append_new(clashes, clash_of(json, &plan->clashes[i]));
    json_object_set_new(document, "contents", contents);
    json_object_set_new(document, "touchpoints_without_content",
                        touchpoints_of(json, &plan->without));
    json_object_set_new(document, "voices", clashes);
}

void report_json_silos(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct silos *silos = set->silos;
    json_t *document = json_document_of(&json, "silos", json_lens_of(&json));
    json_object_set_new(document, "owners", owners_of(&json));
    json_object_set_new(document, "touchpoints", places_of(&json));
    json_object_set_new(document, "systems", things_of(&json, 0, silos->system_count));
    json_object_set_new(document, "metrics",
                        things_of(&json, silos->system_count, silos->thing_count));
    json_object_set_new(document, "seams", seams_of(silos));
    json_object_set_new(document, "rows", lacks_of(&json));
    json_object_set_new(document, "handovers", crossings_of(&json));
    json_object_set_new(document, "pulls", pulls_of(&json));
    json_object_set_new(document, "stages", stages_of(&json));
    set_contents(&json, document);
    json_append_document(out, document);
    arena_finish(&arena);
}
