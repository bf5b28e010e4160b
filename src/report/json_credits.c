/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/scene/attribution.h>

#include "json_parts.h"

static json_t *interval_of(struct interval interval)
{
    if (!interval_is_known(interval))
        return json_null();
    return json_pack("[f, f]", interval.low, interval.high);
}

static const char *why_unknown(const struct attribution *table, enum attribution_model model)
{
    if (model == ATTRIBUTION_DECAY && table->no_times)
        return "no_times";
    return model >= ATTRIBUTION_MARKOV_1 && table->orders[model - ATTRIBUTION_MARKOV_1].too_large
               ? "too_many_states"
               : "no_value";
}

static json_t *credit_of(const struct attribution *table, const struct attribution_row *row,
                         enum attribution_model model)
{
    const struct credit *credit = &row->credits[model];
    json_t *object = json_object();
    json_set_number(object, "conversions", credit->conversions, why_unknown(table, model));
    json_object_set_new(object, "conversions_interval", interval_of(credit->conversions_interval));
    json_set_number(object, "value", table->value > 0 ? credit->value : NAN,
                    why_unknown(table, model));
    json_object_set_new(object, "value_interval", interval_of(credit->value_interval));
    return object;
}

static json_t *removal_of(const struct removal *removal)
{
    json_t *object = json_object();
    json_set_number(object, "conversions", removal->conversions, "unknown");
    json_object_set_new(object, "conversions_interval", interval_of(removal->conversions_interval));
    json_set_number(object, "value", removal->value, "no_value");
    json_object_set_new(object, "value_interval", interval_of(removal->value_interval));
    return object;
}

static json_t *row_of(const struct json *json, int index)
{
    const struct credit_set *credits = json->set->credits;
    const struct attribution_row *from = &credits->table.rows[index];
    int touchpoint = credits->touchpoints[index];
    const char *id = touchpoint == NONE ? NULL : json->set->journey->touchpoints[touchpoint].id;
    json_t *row = json_object(), *models = json_object(), *removals = json_object();
    for (int i = 0; i < ATTRIBUTION_MODELS; i++)
        json_object_set_new(models, attribution_model_name(i), credit_of(&credits->table, from, i));
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++)
        json_object_set_new(removals, attribution_model_name(ATTRIBUTION_MARKOV_1 + i),
                            removal_of(&from->removals[i]));
    json_object_set_new(row, "touchpoint", json_text_or_null(json->arena, id));
    json_object_set_new(row, "title", json_text_or_null(json->arena, credits->titles[index]));
    json_set_number(row, "journeys_share", from->journeys, "no_journeys");
    json_set_number(row, "present_share", from->present, "no_conversions");
    json_set_number(row, "lowest_share", from->lowest, "no_conversions");
    json_set_number(row, "highest_share", from->highest, "no_conversions");
    json_set_number(row, "cost", credits->costs != NULL ? credits->costs[index] : NAN, "no_cost");
    json_object_set_new(row, "credit", models);
    json_object_set_new(row, "removal", removals);
    return row;
}

static json_t *chains_of(const struct attribution *table)
{
    json_t *chains = json_array();
    for (int i = 0; i < ATTRIBUTION_ORDERS; i++) {
        json_t *chain = json_object();
        json_object_set_new(chain, "order", json_integer(i + 1));
        json_object_set_new(chain, "states", json_count_of(table->orders[i].states));
        json_set_number(chain, "conversion", table->orders[i].conversion,
                        table->orders[i].too_large ? "too_many_states" : "no_conversions");
        json_array_append_new(chains, chain);
    }
    return chains;
}

static json_t *group_of(const struct json *json, const char *by, const struct credit_group *group)
{
    json_t *row = json_object();
    json_object_set_new(row, "by", json_string(by));
    json_object_set_new(row, "group", json_text_or_null(json->arena, group->id));
    json_object_set_new(row, "conversions", json_real(group->conversions));
    json_set_number(row, "value", json->set->credits->table.value > 0 ? group->value : NAN,
                    "no_value");
    json_set_number(row, "cost", group->cost, "no_cost");
    json_set_number(row, "cost_of_one",
                    group->conversions > 0 ? group->cost / group->conversions : NAN, "no_cost");
    return row;
}

/* Credit and costs by channel and by media, by the model that rows are ordered by. */
static json_t *groups_of(const struct json *json)
{
    json_t *rows = json_array();
    for (int by = 0; by < CREDIT_BY_COUNT; by++) {
        size_t count;
        const struct credit_group *groups =
            credits_groups(json->arena, json->set, (enum credit_by)by, &count);
        for (size_t i = 0; i < count; i++)
            json_array_append_new(
                rows, group_of(json, by == CREDIT_BY_CHANNEL ? "channel" : "media", &groups[i]));
    }
    return rows;
}

static void set_totals(const struct json *json, json_t *document)
{
    const struct credit_set *credits = json->set->credits;
    const struct attribution *table = &credits->table;
    bool cases = credits->source == CREDIT_OF_CASES;
    const char *goal = cases ? json->set->journey->touchpoints[credits->goal].id : NULL;
    json_object_set_new(document, "source", json_string(cases ? "cases" : "paths"));
    json_object_set_new(document, "goal", json_text_or_null(json->arena, goal));
    json_object_set_new(document, "open", json_count_of(credits->open));
    json_object_set_new(document, "conversions", json_real(table->conversions));
    json_object_set_new(document, "credited", json_real(table->credited));
    json_object_set_new(document, "value", json_real(table->value));
    json_object_set_new(document, "currency", json_text_or_null(json->arena, credits->currency));
    json_object_set_new(document, "other_currencies", json_count_of(credits->other_currencies));
    json_object_set_new(document, "cost_currency",
                        json_text_or_null(json->arena, credits->cost_currency));
    json_object_set_new(document, "costs_left_out", json_count_of(credits->costs_left_out));
    json_object_set_new(document, "groups", groups_of(json));
    json_object_set_new(document, "without_conversion", json_real(table->nulls));
    json_object_set_new(document, "replicates", json_count_of(table->replicates));
    json_object_set_new(document, "no_journeys_without", json_boolean(table->no_nulls));
    json_object_set_new(document, "chains", chains_of(table));
}

void report_json_credits(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    size_t count;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    json_t *document = json_document_of(&json, "attribution", json_lens_of(&json));
    const char *problem = set->credits != NULL ? set->credits->problem.text : "no_store";
    json_object_set_new(document, "problem", json_text_or_null(&arena, problem));
    json_object_set_new(document, "causal", json_false());
    if (set->credits != NULL && *problem == '\0') {
        json_t *rows = json_array();
        const int *order = credits_order(&arena, &set->credits->table, &count);
        set_totals(&json, document);
        for (size_t i = 0; i < count; i++)
            json_array_append_new(rows, row_of(&json, order[i]));
        json_object_set_new(document, "rows", rows);
    }
    json_append_document(out, document);
    arena_finish(&arena);
}
