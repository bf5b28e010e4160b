/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/model/words.h>
#include <stellwerk/scene/scale.h>

#include "json_parts.h"

static const char *status_word(enum measure_status status)
{
    static const char *const words[] = {
        [MEASURE_OK] = "ok",
        [MEASURE_SMALL] = "small_n",
        [MEASURE_HIDDEN] = "hidden_n",
        [MEASURE_NO_ROWS] = "no_rows",
        [MEASURE_UNSUPPORTED] = "unsupported_type",
        [MEASURE_FAILED] = "query_failed",
    };
    return words[status];
}

static const char *origin_word(enum origin origin)
{
    static const char *const words[] = {
        [ORIGIN_NONE] = "none",
        [ORIGIN_STATED] = "stated",
        [ORIGIN_PERSONAS] = "personas",
        [ORIGIN_ASPECTS] = "aspects",
    };
    return words[origin];
}

static json_t *slices_of(const struct json *json, const struct measure *measure)
{
    json_t *slices = json_array();
    for (size_t i = 0; i < measure->slice_count; i++) {
        const struct slice *slice = &measure->slices[i];
        json_t *row = json_object();
        json_object_set_new(row, "from", json_day_or_null(json->arena, slice->first_day));
        json_object_set_new(row, "to", json_day_or_null(json->arena, slice->last_day));
        json_object_set_new(row, "n", json_count_of(slice->n));
        json_set_number(row, "value", slice->value,
                        slice->n ? status_word(MEASURE_HIDDEN) : "no_rows");
        json_set_number(row, "value_low", slice->value_lo, slice->n ? "no_interval" : "no_rows");
        json_set_number(row, "value_high", slice->value_hi, slice->n ? "no_interval" : "no_rows");
        json_set_number(row, "score", slice->score, slice->n ? "no_anchors" : "no_rows");
        json_object_set_new(row, "signal", json_string(xmr_signal_name(slice->signal)));
        json_array_append_new(slices, row);
    }
    return slices;
}

static const char *direction_word(int direction)
{
    return direction > 0 ? "better" : direction < 0 ? "worse" : "unknown";
}

static json_t *change_of(const struct json *json, const struct measure *measure)
{
    const struct change *change = &measure->change;
    if (json->set->figures->before == NULL)
        return json_null();
    json_t *row = json_object();
    json_set_number(row, "before", change->before, "not_shown");
    json_object_set_new(row, "before_n", json_count_of(change->before_n));
    json_set_number(row, "value", change->value, "not_shown");
    json_set_number(row, "value_low", change->lo, "no_interval");
    json_set_number(row, "value_high", change->hi, "no_interval");
    json_set_number(row, "p", change->p, "no_test");
    json_set_number(row, "p_adjusted", change->adjusted, "no_test");
    json_object_set_new(row, "sure", json_boolean(change->sure));
    json_object_set_new(row, "direction", json_string(direction_word(change->direction)));
    return row;
}

static double effective_n(const struct measure *measure)
{
    bool aged = measure->sample.effective_n > 0;
    return aged ? measure->sample.effective_n : (double)measure->n;
}

static json_t *metric_of(const struct json *json, const struct measure *measure)
{
    const struct metric *metric = &json->set->journey->metrics[measure->metric];
    bool shown = measure->status <= MEASURE_SMALL;
    const char *none = shown ? "no_interval" : status_word(measure->status);
    json_t *row = json_object();
    json_object_set_new(row, "metric", json_text_or_null(json->arena, metric->id));
    json_object_set_new(row, "type", json_string(words_get(&metric_type_words, metric->type)));
    json_object_set_new(row, "unit", json_text_or_null(json->arena, metric->unit));
    json_object_set_new(row, "status", json_string(status_word(measure->status)));
    if (measure->reason)
        json_object_set_new(row, "message", json_text_or_null(json->arena, measure->reason));
    json_object_set_new(row, "n", json_count_of(measure->n));
    json_set_number(row, "n_effective", effective_n(measure), none);
    json_set_number(row, "value", measure->value, shown ? "not_reached" : none);
    json_set_number(row, "value_low", measure->value_lo, none);
    json_set_number(row, "value_high", measure->value_hi, none);
    json_set_number(row, "score", measure->score, shown ? "no_anchors" : none);
    json_set_number(row, "score_low", measure->score_lo,
                    isfinite(measure->score) ? none : "no_score");
    json_set_number(row, "score_high", measure->score_hi,
                    isfinite(measure->score) ? none : "no_score");
    json_object_set_new(row, "score_of_aggregate", json_boolean(measure->score_of_aggregate));
    json_object_set_new(row, "persona_ignored", json_boolean(measure->persona_ignored));
    json_object_set_new(row, "context_ignored", json_boolean(measure->context_ignored));
    json_object_set_new(row, "stale", json_boolean(measure->stale));
    json_object_set_new(row, "oldest", json_instant_or_null(json->arena, measure->oldest));
    json_object_set_new(row, "newest", json_instant_or_null(json->arena, measure->newest));
    json_object_set_new(row, "change", change_of(json, measure));
    json_object_set_new(row, "slices", slices_of(json, measure));
    return row;
}

static json_t *metrics_of(const struct json *json, int touchpoint)
{
    const struct touchpoint *at = &json->set->journey->touchpoints[touchpoint];
    json_t *metrics = json_array();
    for (size_t i = 0; i < at->metrics.count; i++) {
        const struct measure *measure =
            figures_find(json->set->figures, touchpoint, at->metrics.items[i]);
        if (measure)
            json_array_append_new(metrics, metric_of(json, measure));
    }
    return metrics;
}

static void set_map_figures(const struct json *json, json_t *row, const struct reading *reading)
{
    const char *unsaid = "not_in_map";
    json_set_number(row, "expectation_adequate", reading->adequate, unsaid);
    json_set_number(row, "expectation_desired", reading->desired, unsaid);
    json_object_set_new(row, "expectation_origin",
                        json_string(origin_word(reading->expected_from)));
    json_object_set_new(
        row, "expectation_evidence",
        json_text_or_null(json->arena, words_get(&evidence_words, reading->expected_evidence)));
    json_set_number(row, "promise", reading->promise, unsaid);
    json_set_number(row, "standard", reading->standard, unsaid);
    json_set_number(row, "estimate", reading->estimated, unsaid);
    json_object_set_new(row, "estimate_origin", json_string(origin_word(reading->estimated_from)));
    json_object_set_new(
        row, "estimate_evidence",
        json_text_or_null(json->arena, words_get(&evidence_words, reading->estimated_evidence)));
}

static void set_measured(const struct json *json, json_t *row, const struct reading *reading)
{
    const struct measured *measured = &reading->measured;
    bool figures = json->set->figures && !json->set->figures->problem.text[0];
    const char *why = !figures             ? "no_store"
                      : measured->unscored ? "no_anchors"
                                           : status_word(measured->status);
    bool known = isfinite(measured->score);
    json_set_number(row, "measured", measured->score, why);
    json_set_number(row, "measured_low", measured->lo, known ? "no_interval" : why);
    json_set_number(row, "measured_high", measured->hi, known ? "no_interval" : why);
    json_object_set_new(row, "measured_status", json_string(why));
    json_object_set_new(row, "measured_n", json_count_of(measured->n));
    json_object_set_new(row, "measured_newest",
                        json_instant_or_null(json->arena, measured->newest));
    json_object_set_new(row, "measured_stale", json_boolean(measured->stale));
    json_object_set_new(row, "estimate_outside", json_boolean(reading->estimate_outside));
}

static void set_gap(json_t *row, const struct reading *reading)
{
    bool measured;
    struct gap gap = reading_gap(reading, &measured);
    const char *why = isnan(reading->adequate) ? "no_expectation" : "no_experience";
    const char *part = isnan(gap.value) ? why : gap.inside ? "inside_tolerance" : "missing_input";
    json_set_number(row, "gap", gap.value, why);
    json_set_number(row, "gap_low", gap.lo, isnan(gap.value) ? why : "no_interval");
    json_set_number(row, "gap_high", gap.hi, isnan(gap.value) ? why : "no_interval");
    json_object_set_new(row, "gap_measured", json_boolean(measured));
    json_object_set_new(row, "inside_tolerance", json_boolean(gap.inside));
    json_set_number(row, "split_delivery", reading->split.delivery, part);
    json_set_number(row, "split_promise", reading->split.promise, part);
    json_set_number(row, "split_other", reading->split.other, part);
}

json_t *json_touchpoint_of(const struct json *json, int index)
{
    const struct journey *journey = json->set->journey;
    const struct touchpoint *at = &journey->touchpoints[index];
    const struct reading *reading = &json->set->readings->items[index];
    const char *channel = at->channel == NONE ? NULL : journey->channels[at->channel].id;
    json_t *row = json_object();
    json_object_set_new(row, "touchpoint", json_text_or_null(json->arena, at->id));
    json_object_set_new(row, "title", json_text_or_null(json->arena, at->title));
    json_object_set_new(row, "stage",
                        json_text_or_null(json->arena, journey->stages[at->stage].id));
    json_object_set_new(row, "channel", json_text_or_null(json->arena, channel));
    json_object_set_new(row, "media_break", json_boolean(reading->media_break));
    json_object_set_new(row, "owner", json_text_or_null(json->arena, at->owner));
    json_object_set_new(row, "moment_of_truth", json_boolean(at->moment_of_truth));
    json_set_number(row, "importance", at->importance, "not_in_map");
    set_map_figures(json, row, reading);
    set_measured(json, row, reading);
    set_gap(row, reading);
    json_object_set_new(row, "metrics", metrics_of(json, index));
    return row;
}

json_t *json_touchpoint_or_null(const struct json *json, int index)
{
    const struct journey *journey = json->set->journey;
    const char *id = index == NONE ? NULL : journey->touchpoints[index].id;
    return json_text_or_null(json->arena, id);
}

void report_json_map(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct readings *readings = set->readings;
    json_t *document = json_document_of(&json, "map", json_lens_of(&json));
    json_set_number(document, "score", readings->score, "no_experience");
    json_object_set_new(document, "peak", json_touchpoint_or_null(&json, readings->peak));
    json_object_set_new(document, "end", json_touchpoint_or_null(&json, readings->end));
    json_object_set_new(document, "weakest", json_touchpoint_or_null(&json, readings->weakest));
    json_t *rows = json_array();
    for (size_t i = 0; i < readings->count; i++)
        json_array_append_new(rows, json_touchpoint_of(&json, (int)i));
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- The Metrics view ------------------------------------------------------------ */

/* The figure as a whole: its slices are the rows of the view. */
static json_t *series_of(const struct json *json, const struct measure *measure)
{
    json_t *row = metric_of(json, measure);
    const char *touchpoint = json->set->journey->touchpoints[measure->touchpoint].id;
    json_object_del(row, "slices");
    json_object_set_new(row, "touchpoint", json_text_or_null(json->arena, touchpoint));
    json_object_set_new(row, "channel_ignored", json_boolean(measure->channel_ignored));
    return row;
}

static json_t *slice_of(const struct json *json, const struct measure *measure,
                        const struct slice *slice)
{
    const struct journey *journey = json->set->journey;
    bool shown = slice_shown(slice);
    const char *why = slice->n == 0 ? "no_rows" : shown ? "no_interval" : "hidden_n";
    json_t *row = json_object();
    json_object_set_new(row, "touchpoint",
                        json_text_or_null(json->arena,
                                          journey->touchpoints[measure->touchpoint].id));
    json_object_set_new(row, "metric",
                        json_text_or_null(json->arena, journey->metrics[measure->metric].id));
    json_object_set_new(row, "first_day", json_day_or_null(json->arena, slice->first_day));
    json_object_set_new(row, "last_day", json_day_or_null(json->arena, slice->last_day));
    json_object_set_new(row, "n", json_count_of(slice->n));
    json_set_number(row, "value", shown ? slice->value : NAN, why);
    json_set_number(row, "lo", shown ? slice->value_lo : NAN, why);
    json_set_number(row, "hi", shown ? slice->value_hi : NAN, why);
    json_set_number(row, "score", shown ? slice->score : NAN, shown ? "no_anchors" : why);
    json_object_set_new(row, "signal", json_string(xmr_signal_name(slice->signal)));
    return row;
}

static json_t *series_lens(const struct json *json)
{
    const struct series_wish *wish = &json->set->wish;
    const struct figures *series = json->set->series;
    const char *channel =
        wish->channel == NONE ? NULL : json->set->journey->channels[wish->channel].id;
    json_t *lens = json_lens_of(json);
    json_object_set_new(lens, "channel", json_text_or_null(json->arena, channel));
    json_object_set_new(lens, "unit",
                        series == NULL ? json_null()
                                       : json_string(json_period_kind(series->wish.unit)));
    return lens;
}

void report_json_metrics(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    json_t *document = json_document_of(&json, "metrics", series_lens(&json));
    json_t *metrics = json_array(), *rows = json_array();
    for (size_t i = 0; set->series != NULL && i < set->series->measure_count; i++) {
        const struct measure *measure = &set->series->measures[i];
        json_array_append_new(metrics, series_of(&json, measure));
        for (size_t j = 0; measure->status <= MEASURE_SMALL && j < measure->slice_count; j++)
            json_array_append_new(rows, slice_of(&json, measure, &measure->slices[j]));
    }
    json_object_set_new(document, "metrics", metrics);
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- Findings -------------------------------------------------------------------- */

static void set_place(struct arena *arena, json_t *object, struct pos pos)
{
    json_object_set_new(object, "file", json_text_or_null(arena, pos.file));
    json_object_set_new(object, "line", pos.line ? json_integer(pos.line) : json_null());
    json_object_set_new(object, "column", pos.column ? json_integer(pos.column) : json_null());
}

static json_t *finding_of(struct arena *arena, const struct diag *finding)
{
    json_t *row = json_object();
    set_place(arena, row, finding->pos);
    json_object_set_new(row, "severity", json_string(severity_name(finding->severity)));
    json_object_set_new(row, "code", json_string(finding->code));
    json_object_set_new(row, "text", json_text_or_null(arena, finding->text));
    json_t *other = json_null();
    if (finding->other.line) {
        other = json_object();
        set_place(arena, other, finding->other);
    }
    json_object_set_new(row, "other", other);
    return row;
}

void report_json_findings(struct str *out, const struct diag_list *findings, size_t files)
{
    struct arena arena;
    arena_init(&arena);
    json_t *document = json_object();
    json_object_set_new(document, "stellwerk", json_integer(1));
    json_object_set_new(document, "view", json_string("check"));
    json_object_set_new(document, "files", json_count_of(files));
    json_object_set_new(document, "errors", json_count_of(findings->errors));
    json_object_set_new(document, "warnings", json_count_of(findings->warnings));
    json_t *rows = json_array();
    for (size_t i = 0; i < findings->count; i++)
        json_array_append_new(rows, finding_of(&arena, &findings->items[i]));
    json_object_set_new(document, "rows", rows);
    json_append_document(out, document);
    arena_finish(&arena);
}
