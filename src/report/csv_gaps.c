/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

#include <stellwerk/scene/gaps.h>

#include "markup.h"

static void append_cell(struct str *out, const char *text)
{
    str_append_char(out, ',');
    report_csv_text(out, text);
}

static void append_names(struct str *out, const struct journey *journey,
                         const struct ranked_gap *row)
{
    const struct touchpoint *at = &journey->touchpoints[row->touchpoint];
    append_cell(out, at->id);
    append_cell(out, at->title);
    append_cell(out, journey->stages[at->stage].id);
    append_cell(out, at->channel == NONE ? NULL : journey->channels[at->channel].id);
    append_cell(out, at->owner);
    append_cell(out, media_name(at->media));
    append_cell(out, standing_name(row->standing));
    append_cell(out, grade_name(ranked_grade(row)));
}

static void append_figures(struct str *out, const struct ranked_gap *row)
{
    const struct reading *reading = row->reading;
    const struct measured *measured = &reading->measured;
    const double figures[] = {
        reading->adequate,       reading->desired,
        reading->estimated,      measured->score,
        measured->lo,            measured->hi,
        row->gap.value,          row->gap.lo,
        row->gap.hi,             row->sure,
        row->importance,         row->reach_measured ? row->reach : NAN,
        row->priority,           reading->split.delivery,
        reading->split.promise,  reading->split.other,
        row->concern,            row->opportunity,
    };
    str_printf(out, ",%" PRIu64, measured->n);
    for (size_t i = 0; i < sizeof(figures) / sizeof(*figures); i++)
        report_csv_number(out, figures[i]);
}

void report_csv_gaps(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    struct ranking ranking = gaps_ranking(&arena, set, NULL);
    str_append(out, "rank,touchpoint,title,stage,channel,owner,media,standing,grade,measured_n,"
                    "expectation_adequate,expectation_desired,estimate,measured,measured_low,"
                    "measured_high,gap,gap_low,gap_high,shortfall_sure,weight,reach,priority,"
                    "split_delivery,split_promise,split_other,concern,opportunity\n");
    for (size_t i = 0; i < ranking.count; i++) {
        str_printf(out, "%zu", i + 1);
        append_names(out, set->journey, &ranking.items[i]);
        append_figures(out, &ranking.items[i]);
        str_append_char(out, '\n');
    }
    arena_finish(&arena);
}
