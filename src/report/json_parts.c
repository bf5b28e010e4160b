/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/model/words.h>

json_t *json_text_or_null(struct arena *arena, const char *text)
{
    size_t bad;
    if (!text || !*text)
        return json_null();
    if (!utf8_valid(text, strlen(text), &bad))
        text = sanitise_text(arena, text, SANITISE_KEEP_LINES);
    return json_string(text);
}

json_t *json_number_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *json_instant_or_null(struct arena *arena, int64_t instant)
{
    return instant == TIME_NONE ? json_null() : json_string(time_iso(arena, instant));
}

json_t *json_day_or_null(struct arena *arena, int32_t day)
{
    bool open = day == INT32_MIN || day == INT32_MAX;
    return open ? json_null() : json_string(time_day_iso(arena, day));
}

json_t *json_count_of(uint64_t n)
{
    return json_integer((json_int_t)n);
}

void json_set_number(json_t *object, const char *name, double value, const char *reason)
{
    char key[64];
    json_object_set_new(object, name, json_number_or_null(value));
    if (!isfinite(value)) {
        snprintf(key, sizeof key, "%s_reason", name);
        json_object_set_new(object, key, json_string(reason));
    }
}

json_t *json_map_of(const struct json *json)
{
    const struct journey *journey = json->set->journey;
    json_t *map = json_object();
    json_object_set_new(map, "path", json_text_or_null(json->arena, journey->path));
    json_object_set_new(map, "title", json_text_or_null(json->arena, journey->title));
    json_object_set_new(map, "kind", json_string(words_get(&map_kind_words, journey->kind)));
    json_object_set_new(map, "language", json_text_or_null(json->arena, journey->language));
    json_object_set_new(map, "owner", json_text_or_null(json->arena, journey->owner));
    json_object_set_new(map, "reviewed", json_day_or_null(json->arena, journey->reviewed));
    return map;
}

const char *json_period_kind(enum period_kind kind)
{
    static const char *const kinds[] = {
        [PERIOD_ALL] = "all",     [PERIOD_DAY] = "day",         [PERIOD_WEEK] = "week",
        [PERIOD_MONTH] = "month", [PERIOD_QUARTER] = "quarter", [PERIOD_CUSTOM] = "custom",
    };
    return kinds[kind];
}

json_t *json_lens_of(const struct json *json)
{
    const struct journey *journey = json->set->journey;
    const struct lens *lens = &json->set->lens;
    const char *persona = lens->persona == NONE ? NULL : journey->personas[lens->persona].id;
    const char *context = lens->context == NONE ? NULL : journey->contexts[lens->context].id;
    json_t *object = json_object();
    json_object_set_new(object, "persona", json_text_or_null(json->arena, persona));
    json_object_set_new(object, "context", json_text_or_null(json->arena, context));
    json_object_set_new(object, "period", json_string(json_period_kind(lens->period.kind)));
    json_object_set_new(object, "from", json_day_or_null(json->arena, lens->period.first));
    json_object_set_new(object, "to", json_day_or_null(json->arena, lens->period.last));
    return object;
}

json_t *json_store_of(const struct json *json)
{
    const struct figures *figures = json->set->figures;
    if (!figures)
        return json_null();
    json_t *store = json_object();
    json_object_set_new(store, "problem", json_text_or_null(json->arena, figures->problem.text));
    json_object_set_new(store, "oldest", json_instant_or_null(json->arena, figures->oldest));
    json_object_set_new(store, "newest", json_instant_or_null(json->arena, figures->newest));
    return store;
}

void json_append_document(struct str *out, json_t *document)
{
    char *text = json_dumps(document, JSON_INDENT(2) | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(12));
    str_append(out, text);
    str_append_char(out, '\n');
    free(text);
    json_decref(document);
}

json_t *json_document_of(const struct json *json, const char *view, json_t *lens)
{
    json_t *document = json_object();
    json_object_set_new(document, "stellwerk", json_integer(1));
    json_object_set_new(document, "view", json_string(view));
    json_object_set_new(document, "map", json_map_of(json));
    json_object_set_new(document, "lens", lens);
    json_object_set_new(document, "store", json_store_of(json));
    return document;
}
