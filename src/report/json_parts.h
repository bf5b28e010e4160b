/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Parts that all JSON reports have in common. Private to report/.
 *
 * jansson only fails for lack of memory or bad UTF-8, and the latter is mended here.
 */
#ifndef STELLWERK_SRC_REPORT_JSON_PARTS_H
#define STELLWERK_SRC_REPORT_JSON_PARTS_H

#include <jansson.h>

#include <stellwerk/report/report.h>

struct json {
    struct arena *arena;
    const struct stage_set *set;
};

/* Null for NULL and "", for NAN, for TIME_NONE, for a day that is open. */
json_t *json_text_or_null(struct arena *arena, const char *text);
json_t *json_number_or_null(double value);
json_t *json_instant_or_null(struct arena *arena, int64_t instant);
json_t *json_day_or_null(struct arena *arena, int32_t day);

json_t *json_count_of(uint64_t n);

/* A number, or null and why in the member NAME_reason. */
void json_set_number(json_t *object, const char *name, double value, const char *reason);

json_t *json_map_of(const struct json *json);
json_t *json_lens_of(const struct json *json);
json_t *json_store_of(const struct json *json);

/* A touchpoint's id, null for NONE; a touchpoint with all its figures, as the Map view's rows. */
json_t *json_touchpoint_or_null(const struct json *json, int index);
json_t *json_touchpoint_of(const struct json *json, int index);

/* Segments of the paths, each against all others; null where none were asked for. */
json_t *json_segments_of(const struct json *json);

/* "week": stable, for programs. */
const char *json_period_kind(enum period_kind kind);

/* A view's document, which takes its lens. */
json_t *json_document_of(const struct json *json, const char *view, json_t *lens);

#endif
