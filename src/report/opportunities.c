/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

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

/* ---- JSON -------------------------------------------------------------------------- */

static json_t *outcome_json(const struct json *json, const struct board_row *row)
{
    const struct outcome *outcome = &row->outcome;
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
    return object;
}

void report_json_opportunities(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    size_t count;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct board_row *rows = board_rows(&arena, set, &count);
    json_t *document = json_document_of(&json, "opportunities", json_lens_of(&json));
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, row_json(&json, &rows[i]));
    json_object_set_new(document, "rows", list);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV --------------------------------------------------------------------------- */

static void append_row(struct str *out, struct arena *arena, const struct stage_set *set,
                       const struct board_row *row)
{
    const struct opportunity *opportunity = row->opportunity;
    const struct outcome *outcome = &row->outcome;
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
        opportunity->impact,
        opportunity->effort,
        row->gap.value,
        row->gap.lo,
        row->gap.hi,
        outcome->from,
        outcome->to,
        outcome->change.before,
        outcome->after,
        outcome->change.value,
        outcome->change.lo,
        outcome->change.hi,
        outcome->change.p,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (i > 0)
            str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    str_append_char(out, ',');
    report_csv_text(out, opportunity->due == DAY_NONE ? NULL
                                                      : time_day_iso(arena, opportunity->due));
    str_printf(out, ",%d", opportunity->votes);
    for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
        report_csv_number(out, numbers[i]);
    str_append_char(out, '\n');
}

void report_csv_opportunities(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    size_t count;
    arena_init(&arena);
    const struct board_row *rows = board_rows(&arena, set, &count);
    str_append(out, "opportunity,title,touchpoint,status,hurdle,owner,metric,outcome,due,votes,"
                    "impact,effort,gap,gap_low,gap_high,from,to,before,after,change,change_low,"
                    "change_high,p\n");
    for (size_t i = 0; i < count; i++)
        append_row(out, &arena, set, &rows[i]);
    arena_finish(&arena);
}
