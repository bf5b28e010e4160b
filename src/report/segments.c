/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <inttypes.h>
#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/paths.h>

#include "json_parts.h"
#include "markup.h"

/* What a program knows a segment by: an id, a name, a period. */
static const char *name_of(struct arena *arena, const struct stage_set *set,
                           const struct segment *segment)
{
    const struct journey *journey = set->journey;
    size_t index = (size_t)segment->index;
    switch (set->paths->segments->by) {
    case SEGMENT_PERSONA:
        return journey->personas[index].id;
    case SEGMENT_CONTEXT:
        return journey->contexts[index].id;
    case SEGMENT_CHANNEL:
        return index < journey->channel_count ? journey->channels[index].id
                                              : segment_title(arena, set, segment);
    case SEGMENT_PERIOD:
        return arena_printf(arena, "%s..%s", time_day_iso(arena, segment->period.first),
                            time_day_iso(arena, segment->period.last));
    default:
        return segment_title(arena, set, segment);
    }
}

static double share_of(uint64_t hits, uint64_t n)
{
    return n > 0 ? (double)hits / (double)n : NAN;
}

/* ---- JSON ---- */

static json_t *share_json(const struct segment_share *share)
{
    struct estimate own = proportion_estimate((double)share->hits, (double)share->n, CONFIDENCE_95);
    const struct difference *far = &share->difference;
    json_t *row = json_object();
    json_object_set_new(row, "hits", json_count_of(share->hits));
    json_object_set_new(row, "n", json_count_of(share->n));
    json_set_number(row, "share", own.value, "no_cases");
    json_set_number(row, "low", own.interval.low, "no_cases");
    json_set_number(row, "high", own.interval.high, "no_cases");
    json_set_number(row, "others_share", share_of(share->rest_hits, share->rest_n), "no_others");
    json_object_set_new(row, "others_n", json_count_of(share->rest_n));
    json_set_number(row, "difference", far->value, "nothing_to_compare");
    json_set_number(row, "difference_low", far->interval.low, "nothing_to_compare");
    json_set_number(row, "difference_high", far->interval.high, "nothing_to_compare");
    json_set_number(row, "p", far->p, "nothing_to_compare");
    json_set_number(row, "p_adjusted", share->adjusted, "nothing_to_compare");
    json_object_set_new(row, "sure", json_boolean(share->adjusted <= SEGMENT_SURE));
    return row;
}

static json_t *segment_json(const struct json *json, const struct segment *segment)
{
    const struct segments *segments = json->set->paths->segments;
    json_t *row = json_object(), *columns = json_array();
    json_object_set_new(row, "segment",
                        json_text_or_null(json->arena, name_of(json->arena, json->set, segment)));
    json_object_set_new(row, "cases", json_count_of(segment->cases));
    json_object_set_new(row, "completed", json_count_of(segment->completed));
    json_object_set_new(row, "closed", json_count_of(segment->closed));
    json_object_set_new(row, "unfinished", json_boolean(segment->unfinished));
    json_object_set_new(row, "completion", share_json(&segment->completion));
    for (size_t i = 0; i < segments->column_count; i++) {
        json_t *column = json_object();
        json_object_set_new(column, "touchpoint",
                            json_touchpoint_or_null(json, segments->columns[i]));
        json_object_set_new(column, "present", share_json(&segment->present[i]));
        json_object_set_new(column, "dropped", share_json(&segment->dropped[i]));
        json_array_append_new(columns, column);
    }
    json_object_set_new(row, "columns", columns);
    return row;
}

json_t *json_segments_of(const struct json *json)
{
    const struct segments *segments = json->set->paths->segments;
    if (segments == NULL)
        return json_null();
    json_t *object = json_object(), *rows = json_array();
    bool periods = segments->by == SEGMENT_PERIOD;
    for (size_t i = 0; i < segments->count; i++)
        json_array_append_new(rows, segment_json(json, &segments->items[i]));
    json_object_set_new(object, "by", json_string(segment_by_name(segments->by)));
    json_object_set_new(object, "unit",
                        periods ? json_string(json_period_kind(segments->unit)) : json_null());
    json_object_set_new(object, "cases", json_count_of(segments->cases));
    json_object_set_new(object, "silent", json_count_of(segments->silent));
    json_object_set_new(object, "left_out", json_count_of(segments->left_out));
    json_object_set_new(object, "tested", json_count_of(segments->tested));
    json_object_set_new(object, "sure", json_count_of(segments->sure));
    json_object_set_new(object, "rows", rows);
    return object;
}

/* ---- CSV ---- */

static void append_share(struct str *out, const char *by, const char *segment, const char *figure,
                         const char *touchpoint, const struct segment_share *share)
{
    const struct difference *far = &share->difference;
    str_printf(out, "%s,", by);
    report_csv_text(out, segment);
    str_printf(out, ",%s,", figure);
    report_csv_text(out, touchpoint);
    str_printf(out, ",%" PRIu64 ",%" PRIu64, share->hits, share->n);
    report_csv_number(out, share_of(share->hits, share->n));
    report_csv_number(out, share_of(share->rest_hits, share->rest_n));
    report_csv_number(out, far->value);
    report_csv_number(out, far->interval.low);
    report_csv_number(out, far->interval.high);
    report_csv_number(out, share->adjusted);
    str_append_char(out, '\n');
}

void report_csv_segments(struct str *out, const struct stage_set *set)
{
    const struct segments *segments = set->paths != NULL ? set->paths->segments : NULL;
    struct arena arena;
    arena_init(&arena);
    str_append(out, "by,segment,figure,touchpoint,hits,n,share,others_share,difference,"
                    "difference_lo,difference_hi,p_adjusted\n");
    for (size_t i = 0; segments != NULL && i < segments->count; i++) {
        const struct segment *segment = &segments->items[i];
        const char *by = segment_by_name(segments->by);
        const char *name = name_of(&arena, set, segment);
        append_share(out, by, name, "completed", "", &segment->completion);
        for (size_t k = 0; k < segments->column_count; k++) {
            const char *touchpoint = set->journey->touchpoints[segments->columns[k]].id;
            append_share(out, by, name, "present", touchpoint, &segment->present[k]);
            append_share(out, by, name, "dropped", touchpoint, &segment->dropped[k]);
        }
    }
    arena_finish(&arena);
}
