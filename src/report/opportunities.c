/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/model/words.h>
#include <stellwerk/scene/opportunities.h>

#include "json_parts.h"
#include "markup.h"

/* "moved": stable, for programs; NULL where nothing is expected. */
static const char *state_name(enum outcome_state state)
{
    static const char *const names[] = {
        [OUTCOME_NOT_EXPECTED] = NULL, [OUTCOME_NOT_MEASURED] = "not_measured",
        [OUTCOME_OPEN] = "open",       [OUTCOME_TOO_SOON] = "too_soon",
        [OUTCOME_UNSURE] = "unsure",   [OUTCOME_MOVED] = "moved",
        [OUTCOME_WORSE] = "worse",
    };
    return names[state];
}

static const char *metric_id(const struct journey *journey, const struct opportunity *opportunity)
{
    int metric = opportunity->expects.metric;
    return metric == NONE ? NULL : journey->metrics[metric].id;
}

/* NULL where there is no experiment. */
static const char *experiment_state(const struct board_row *row)
{
    if (!opportunity_has_experiment(row->opportunity))
        return NULL;
    return trial_state_name(row->trial != NULL ? row->trial->finding.state : TRIAL_NOT_MEASURED);
}

/* ---- JSON -------------------------------------------------------------------------- */

static json_t *outcome_json(const struct json *json, const struct board_row *row)
{
    const struct opportunity_outcome *outcome = &row->outcome;
    const char *id = metric_id(json->set->journey, row->opportunity);
    if (id == NULL)
        return json_null();
    json_t *object = json_object();
    double now = outcome->measure != NULL ? outcome->measure->value : NAN;
    json_object_set_new(object, "metric", json_text_or_null(json->arena, id));
    json_object_set_new(object, "state", json_string(state_name(outcome->state)));
    json_set_number(object, "now", now, "not_measured");
    json_set_number(object, "from", outcome->from, "not_in_map");
    json_set_number(object, "to", outcome->to, "not_in_map");
    json_set_number(object, "progress", outcome->progress, "missing_input");
    json_set_number(object, "before", outcome->change.before, "not_compared");
    json_object_set_new(object, "before_n", json_count_of(outcome->change.before_n));
    json_set_number(object, "after", outcome->after, "not_compared");
    json_object_set_new(object, "after_n", json_count_of(outcome->after_n));
    json_set_number(object, "change", outcome->change.value, "not_compared");
    json_set_number(object, "change_low", outcome->change.lo, "not_compared");
    json_set_number(object, "change_high", outcome->change.hi, "not_compared");
    json_set_number(object, "p", outcome->change.p, "not_compared");
    return object;
}

/* One side of an experiment: its variant, and members with its name behind theirs. */
static void add_arm(json_t *object, const struct json *json, const struct trial_arm *arm,
                    const char *variant, const char *side)
{
    struct arena *arena = json->arena;
    bool known = arm != NULL && arm->measure.status <= MEASURE_SMALL;
    json_object_set_new(object, side, json_text_or_null(arena, variant));
    json_set_number(object, arena_printf(arena, "customers_%s", side),
                    arm != NULL ? (double)arm->customers : NAN, "not_measured");
    json_set_number(object, arena_printf(arena, "value_%s", side), known ? arm->measure.value : NAN,
                    "not_measured");
    json_set_number(object, arena_printf(arena, "n_%s", side),
                    arm != NULL ? (double)arm->measure.n : NAN, "not_measured");
}

static void add_verdict(json_t *object, const struct trial *trial)
{
    const struct finding none = finding_unknown();
    const struct finding *finding = trial != NULL ? &trial->finding : &none;
    const char *test = trial_test_name(finding->test);
    json_set_number(object, "customers_both", trial != NULL ? (double)trial->both : NAN,
                    "not_measured");
    json_set_number(object, "sample_ratio_p", finding->ratio.p, "not_measured");
    json_object_set_new(object, "test", *test != '\0' ? json_string(test) : json_null());
    json_set_number(object, "difference", finding->value, "not_compared");
    json_set_number(object, "difference_low", finding->lo, "no_interval");
    json_set_number(object, "difference_high", finding->hi, "no_interval");
    json_set_number(object, "superiority", finding->superiority, "not_ordinal");
    json_set_number(object, "superiority_low", finding->superiority_lo, "not_ordinal");
    json_set_number(object, "superiority_high", finding->superiority_hi, "not_ordinal");
    json_set_number(object, "p", finding->p, "not_compared");
    json_set_number(object, "p_adjusted", finding->adjusted, "not_compared");
}

static json_t *experiment_json(const struct json *json, const struct board_row *row)
{
    const struct experiment *experiment = &row->opportunity->experiment;
    const struct trial *trial = row->trial;
    if (!opportunity_has_experiment(row->opportunity))
        return json_null();
    json_t *object = json_object();
    const char *metric = json->set->journey->metrics[experiment->metric].id;
    json_object_set_new(object, "metric", json_text_or_null(json->arena, metric));
    json_object_set_new(object, "state", json_string(experiment_state(row)));
    json_object_set_new(object, "share", json_real(experiment->share));
    json_object_set_new(object, "since", json_day_or_null(json->arena, experiment->since));
    json_object_set_new(object, "until", json_day_or_null(json->arena, experiment->until));
    add_arm(object, json, trial != NULL ? &trial->a : NULL, experiment->a, "a");
    add_arm(object, json, trial != NULL ? &trial->b : NULL, experiment->b, "b");
    add_verdict(object, trial);
    return object;
}

static json_t *row_json(const struct json *json, const struct board_row *row)
{
    const struct opportunity *opportunity = row->opportunity;
    json_t *object = json_object();
    json_object_set_new(object, "opportunity", json_text_or_null(json->arena, opportunity->id));
    json_object_set_new(object, "title", json_text_or_null(json->arena, opportunity->title));
    json_object_set_new(object, "touchpoint", json_touchpoint_or_null(json, row->touchpoint));
    json_object_set_new(object, "status",
                        json_string(opportunity_status_name(opportunity->status)));
    json_object_set_new(object, "hurdle",
                        json_text_or_null(json->arena, hurdle_name(opportunity->hurdle)));
    json_object_set_new(object, "owner", json_text_or_null(json->arena, opportunity->owner));
    json_object_set_new(object, "due", json_day_or_null(json->arena, opportunity->due));
    json_object_set_new(object, "overdue", json_boolean(row->overdue));
    json_object_set_new(object, "votes", json_count_of((uint64_t)opportunity->votes));
    json_set_number(object, "impact", opportunity->impact, "not_in_map");
    json_set_number(object, "effort", opportunity->effort, "not_in_map");
    json_set_number(object, "gap", row->gap.value, "missing_input");
    json_set_number(object, "gap_low", row->gap.lo, "no_interval");
    json_set_number(object, "gap_high", row->gap.hi, "no_interval");
    json_object_set_new(object, "gap_measured", json_boolean(row->measured));
    json_object_set_new(object, "expects", outcome_json(json, row));
    json_object_set_new(object, "experiment", experiment_json(json, row));
    return object;
}

void report_json_opportunities(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    json_t *document = json_document_of(&json, "opportunities", json_lens_of(&json));
    json_t *list = json_array();
    for (size_t i = 0; set->board != NULL && i < set->board->count; i++)
        json_array_append_new(list, row_json(&json, &set->board->items[i]));
    json_object_set_new(document, "rows", list);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV --------------------------------------------------------------------------- */

static double arm_value(const struct trial_arm *arm)
{
    return arm->measure.status <= MEASURE_SMALL ? arm->measure.value : NAN;
}

/* Nothing between the commas where there is no experiment, or nothing is measured of it. */
static void append_experiment(struct str *out, const struct stage_set *set,
                              const struct board_row *row)
{
    const struct experiment *experiment = &row->opportunity->experiment;
    bool there = opportunity_has_experiment(row->opportunity);
    const struct trial *trial = row->trial;
    const char *const texts[] = {
        there ? set->journey->metrics[experiment->metric].id : NULL,
        experiment_state(row),
        trial != NULL ? trial_test_name(trial->finding.test) : NULL,
        there ? experiment->a : NULL,
        there ? experiment->b : NULL,
    };
    double numbers[14];
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        numbers[i] = NAN;
    if (trial != NULL) {
        const struct finding *finding = &trial->finding;
        const double known[ARRAY_LEN(numbers)] = {
            (double)trial->a.customers,
            (double)trial->b.customers,
            finding->ratio.p,
            arm_value(&trial->a),
            (double)trial->a.measure.n,
            arm_value(&trial->b),
            (double)trial->b.measure.n,
            finding->value,
            finding->lo,
            finding->hi,
            finding->superiority,
            finding->superiority_lo,
            finding->superiority_hi,
            finding->p,
        };
        memcpy(numbers, known, sizeof(numbers));
    }
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        report_csv_number(out, numbers[i]);
}

static void append_row(struct str *out, struct arena *arena, const struct stage_set *set,
                       const struct board_row *row)
{
    const struct opportunity *opportunity = row->opportunity;
    const struct opportunity_outcome *outcome = &row->outcome;
    const char *const texts[] = {
        opportunity->id,
        opportunity->title,
        set->journey->touchpoints[row->touchpoint].id,
        opportunity_status_name(opportunity->status),
        hurdle_name(opportunity->hurdle),
        opportunity->owner,
        metric_id(set->journey, opportunity),
        state_name(outcome->state),
    };
    const double numbers[] = {
        opportunity->impact, opportunity->effort,   row->gap.value,     row->gap.lo,
        row->gap.hi,         outcome->from,         outcome->to,        outcome->change.before,
        outcome->after,      outcome->change.value, outcome->change.lo, outcome->change.hi,
        outcome->change.p,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (i > 0)
            str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    str_append_char(out, ',');
    report_csv_text(out,
                    opportunity->due == DAY_NONE ? NULL : time_day_iso(arena, opportunity->due));
    str_printf(out, ",%d", opportunity->votes);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        report_csv_number(out, numbers[i]);
    append_experiment(out, set, row);
    str_append_char(out, '\n');
}

void report_csv_opportunities(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    str_append(out, "opportunity,title,touchpoint,status,hurdle,owner,metric,outcome,due,votes,"
                    "impact,effort,gap,gap_low,gap_high,from,to,before,after,change,change_low,"
                    "change_high,p,experiment_metric,experiment,test,a,b,customers_a,customers_b,"
                    "sample_ratio_p,value_a,n_a,value_b,n_b,difference,difference_low,"
                    "difference_high,superiority,superiority_low,superiority_high,"
                    "experiment_p\n");
    for (size_t i = 0; set->board != NULL && i < set->board->count; i++)
        append_row(out, &arena, set, &set->board->items[i]);
    arena_finish(&arena);
}
