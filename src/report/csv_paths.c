/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/paths.h>

#include "markup.h"

static void append_count(struct str *out, uint64_t count)
{
    str_printf(out, ",%" PRIu64, count);
}

static void append_column(struct str *out, const struct stage_set *set,
                          const struct path_column *column)
{
    report_csv_text(out, set->journey->touchpoints[column->touchpoint].id);
    append_count(out, set->paths->paths.cases);
    append_count(out, column->present);
    append_count(out, column->visits);
    append_count(out, column->repeated);
    append_count(out, column->passed);
    append_count(out, column->skipped);
    append_count(out, column->skipped_as_designed);
    append_count(out, column->settled);
    append_count(out, column->dropped);
    append_count(out, column->pairs);
    append_count(out, column->in_order);
    append_count(out, column->waiting);
    report_csv_number(out, column->median.value / 1e6);
    report_csv_number(out, column->p90.value / 1e6);
    str_append_char(out, '\n');
}

void report_csv_paths(struct str *out, const struct stage_set *set)
{
    str_append(out, "touchpoint,cases,present,visits,repeated,passed,skipped,skipped_as_designed,"
                    "settled,dropped,pairs,in_order,waiting,seconds_to_next_median,"
                    "seconds_to_next_p90\n");
    for (size_t i = 0; set->paths != NULL && i < set->paths->paths.column_count; i++)
        append_column(out, set, &set->paths->paths.columns[i]);
}

static void append_credit(struct str *out, const struct stage_set *set, int index,
                          enum attribution_model model)
{
    const struct credit_set *credits = set->credits;
    const struct attribution_row *row = &credits->table.rows[index];
    const struct credit *credit = &row->credits[model];
    int touchpoint = credits->touchpoints[index];
    bool chain = model >= ATTRIBUTION_MARKOV_1;
    const struct removal *removal = chain ? &row->removals[model - ATTRIBUTION_MARKOV_1] : NULL;
    report_csv_text(out, touchpoint == NONE ? "" : set->journey->touchpoints[touchpoint].id);
    str_append_char(out, ',');
    report_csv_text(out, credits->titles[index]);
    str_printf(out, ",%s", attribution_model_name(model));
    report_csv_number(out, credit->conversions);
    report_csv_number(out, credit->conversions_interval.low);
    report_csv_number(out, credit->conversions_interval.high);
    report_csv_number(out, credits->table.value > 0 ? credit->value : NAN);
    report_csv_number(out, row->present);
    report_csv_number(out, chain ? removal->conversions : NAN);
    str_append_char(out, '\n');
}

void report_csv_credits(struct str *out, const struct stage_set *set)
{
    const struct credit_set *credits = set->credits;
    struct arena arena;
    size_t count = 0;
    arena_init(&arena);
    const int *order = credits != NULL ? credits_order(&arena, &credits->table, &count) : NULL;
    str_append(out, "touchpoint,title,model,conversions,conversions_lo,conversions_hi,value,"
                    "present_share,removal_share\n");
    for (size_t i = 0; i < count; i++)
        for (int model = 0; model < ATTRIBUTION_MODELS; model++)
            if (credits->table.known & ATTRIBUTION_BIT(model))
                append_credit(out, set, order[i], model);
    arena_finish(&arena);
}
