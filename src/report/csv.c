/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <stellwerk/model/words.h>
#include <stellwerk/scene/scale.h>

#include "markup.h"

/* A spreadsheet takes such a text for a formula. */
static bool is_formula(const char *text)
{
    return *text != '\0' && strchr("=+-@\t", *text) != NULL;
}

/* RFC 4180: in quotes where it must be, with quotes doubled. */
void report_csv_text(struct str *out, const char *text)
{
    if (text == NULL)
        return;
    if (strpbrk(text, ",\"\r\n") == NULL && !is_formula(text)) {
        str_append(out, text);
        return;
    }
    str_append(out, is_formula(text) ? "\"'" : "\"");
    for (; *text != '\0'; text++) {
        if (*text == '"')
            str_append_char(out, '"');
        str_append_char(out, *text);
    }
    str_append_char(out, '"');
}

void report_csv_number(struct str *out, double value)
{
    str_append_char(out, ',');
    if (isfinite(value))
        str_printf(out, "%.12g", value);
}

static void append_slice(struct str *out, struct arena *arena, const struct journey *journey,
                         const struct measure *measure, const struct slice *slice)
{
    const struct metric *metric = &journey->metrics[measure->metric];
    bool shown = slice_shown(slice);
    report_csv_text(out, journey->touchpoints[measure->touchpoint].id);
    str_append_char(out, ',');
    report_csv_text(out, metric->id);
    str_append_char(out, ',');
    report_csv_text(out, metric->unit);
    str_printf(out, ",%s,%s,%" PRIu64, time_day_iso(arena, slice->first_day),
               time_day_iso(arena, slice->last_day), slice->n);
    report_csv_number(out, shown ? slice->value : NAN);
    report_csv_number(out, shown ? slice->value_lo : NAN);
    report_csv_number(out, shown ? slice->value_hi : NAN);
    report_csv_number(out, shown ? slice->score : NAN);
    str_printf(out, ",%s\n", xmr_signal_name(slice->signal));
}

void report_csv_metrics(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    str_append(out, "touchpoint,metric,unit,first_day,last_day,n,value,lo,hi,score,signal\n");
    for (size_t i = 0; set->series != NULL && i < set->series->measure_count; i++) {
        const struct measure *measure = &set->series->measures[i];
        for (size_t j = 0; measure->status <= MEASURE_SMALL && j < measure->slice_count; j++)
            append_slice(out, &arena, set->journey, measure, &measure->slices[j]);
    }
    arena_finish(&arena);
}
