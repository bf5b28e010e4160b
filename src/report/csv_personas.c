/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>

#include <stellwerk/scene/personas.h>

#include "markup.h"

static void append_contrast(struct str *out, const struct stage_set *set,
                            const struct contrast *contrast)
{
    const struct journey *journey = set->journey;
    const struct side *side = &set->sides->items[contrast->side];
    const double figures[] = { contrast->own,      contrast->others, contrast->value,
                               contrast->lo,       contrast->hi,     contrast->p,
                               contrast->adjusted, contrast->gap.value,
                               contrast->gap_of_all.value };
    str_append(out, side->is_context ? "context," : "persona,");
    report_csv_text(out, side->is_context ? journey->contexts[side->index].id
                                          : journey->personas[side->index].id);
    str_append_char(out, ',');
    report_csv_text(out, journey->touchpoints[contrast->touchpoint].id);
    str_printf(out, ",%s,%s,%" PRIu64, verdict_name(contrast->verdict),
               contrast->hidden ? "true" : "false", contrast->n);
    for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
        report_csv_number(out, figures[i]);
    str_append_char(out, '\n');
}

void report_csv_personas(struct str *out, const struct stage_set *set)
{
    str_append(out, "kind,id,touchpoint,verdict,hidden,n,own,others,difference,difference_low,"
                    "difference_high,p,p_adjusted,gap,gap_of_all\n");
    for (size_t i = 0; set->contrasts != NULL && i < set->contrasts->count; i++)
        append_contrast(out, set, &set->contrasts->items[i]);
}
