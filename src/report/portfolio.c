/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/portfolio.h>

#include <math.h>

#include <stellwerk/base/array.h>

#include "json_parts.h"
#include "markup.h"

/* ---- JSON -------------------------------------------------------------------------- */

static void set_day(struct arena *arena, json_t *object, const char *name, int32_t day)
{
    json_object_set_new(object, name, json_day_or_null(arena, day));
}

static void set_weakest(struct arena *arena, json_t *object, const struct portfolio_map *map)
{
    const struct portfolio_touchpoint *at =
        map->weakest != NONE ? &map->touchpoints[map->weakest] : NULL;
    json_object_set_new(object, "weakest", json_text_or_null(arena, at != NULL ? at->id : NULL));
    json_object_set_new(object, "weakest_title",
                        json_text_or_null(arena, at != NULL ? at->title : NULL));
    json_set_number(object, "weakest_score", at != NULL ? at->felt : NAN, "no_experience");
}

static json_t *map_json(struct arena *arena, const struct portfolio_map *map, int32_t today)
{
    json_t *object = json_object();
    const char *kind = map->readable ? map_kind_name(map->kind) : NULL;
    json_object_set_new(object, "path", json_text_or_null(arena, map->path));
    json_object_set_new(object, "readable", json_boolean(map->readable));
    json_object_set_new(object, "errors", json_count_of(map->errors));
    json_object_set_new(object, "problem", json_text_or_null(arena, map->problem));
    json_object_set_new(object, "title", json_text_or_null(arena, map->title));
    json_object_set_new(object, "kind", json_text_or_null(arena, kind));
    json_object_set_new(object, "phase", json_text_or_null(arena, map_phase_name(map->phase)));
    json_object_set_new(object, "owner", json_text_or_null(arena, map->owner));
    json_object_set_new(object, "touchpoints", json_count_of(map->count));
    json_set_number(object, "score", map->score, "no_experience");
    json_set_number(object, "gap", map->gap, "missing_input");
    set_weakest(arena, object, map);
    set_day(arena, object, "reviewed", map->reviewed);
    set_day(arena, object, "review_due", map->review_due);
    json_set_number(object, "review_days_overdue",
                    map->review_due != DAY_NONE ? portfolio_days_overdue(map, today) : NAN,
                    "no_review_due");
    json_object_set_new(object, "opportunities_open", json_count_of(map->open));
    json_object_set_new(object, "opportunities_overdue", json_count_of(map->overdue));
    json_object_set_new(object, "store", json_boolean(map->has_store));
    json_object_set_new(object, "store_problem", json_text_or_null(arena, map->store_problem));
    json_object_set_new(object, "newest", json_instant_or_null(arena, map->newest));
    return object;
}

static json_t *place_json(struct arena *arena, const struct portfolio *portfolio,
                          const struct shared_place *place)
{
    const struct measured *measured = &place->at->measured;
    json_t *object = json_object();
    json_object_set_new(object, "path",
                        json_text_or_null(arena, portfolio->maps[place->map]->path));
    json_object_set_new(object, "title", json_text_or_null(arena, place->at->title));
    json_set_number(object, "felt", place->at->felt, "no_experience");
    json_set_number(object, "measured", measured->score, "not_measured");
    json_set_number(object, "measured_low", measured->lo, "no_interval");
    json_set_number(object, "measured_high", measured->hi, "no_interval");
    json_object_set_new(object, "measured_n", json_count_of(measured->n));
    json_set_number(object, "gap", place->at->gap.value, "missing_input");
    json_object_set_new(object, "gap_measured", json_boolean(place->at->gap_measured));
    return object;
}

static json_t *shared_json(struct arena *arena, const struct portfolio *portfolio,
                           const struct shared_touchpoint *shared)
{
    json_t *object = json_object(), *places = json_array();
    json_object_set_new(object, "touchpoint", json_text_or_null(arena, shared->id));
    json_object_set_new(object, "title", json_text_or_null(arena, shared->title));
    json_object_set_new(object, "titles_differ", json_boolean(shared->titles_differ));
    json_set_number(object, "felt_low", shared->felt_low, "no_experience");
    json_set_number(object, "felt_high", shared->felt_high, "no_experience");
    json_set_number(object, "beyond_noise", shared->apart.tau, "not_compared");
    json_set_number(object, "p", shared->apart.p, "not_compared");
    json_set_number(object, "p_adjusted", shared->p_adjusted, "not_compared");
    json_object_set_new(object, "sure", json_boolean(shared->sure));
    for (size_t i = 0; i < shared->count; i++)
        json_array_append_new(places, place_json(arena, portfolio, &shared->places[i]));
    json_object_set_new(object, "maps", places);
    return object;
}

void report_json_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today)
{
    struct arena arena;
    arena_init(&arena);
    json_t *document = json_object(), *rows = json_array(), *shared = json_array();
    json_object_set_new(document, "stellwerk", json_integer(1));
    json_object_set_new(document, "view", json_string("portfolio"));
    json_object_set_new(document, "folder", json_text_or_null(&arena, portfolio->folder));
    for (size_t i = 0; i < portfolio->count; i++)
        json_array_append_new(rows, map_json(&arena, portfolio->maps[portfolio->order[i]], today));
    for (size_t i = 0; i < portfolio->shared_count; i++)
        json_array_append_new(shared, shared_json(&arena, portfolio, &portfolio->shared[i]));
    json_object_set_new(document, "rows", rows);
    json_object_set_new(document, "shared", shared);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV --------------------------------------------------------------------------- */

static void append_day(struct str *out, struct arena *arena, int32_t day)
{
    str_append_char(out, ',');
    report_csv_text(out, day == DAY_NONE ? NULL : time_day_iso(arena, day));
}

static void append_map(struct str *out, struct arena *arena, const struct portfolio_map *map,
                       int32_t today)
{
    const struct portfolio_touchpoint *at =
        map->weakest != NONE ? &map->touchpoints[map->weakest] : NULL;
    const char *const texts[] = {
        map->path,
        map->title,
        map->readable ? map_kind_name(map->kind) : NULL,
        map_phase_name(map->phase),
        map->owner,
        at != NULL ? at->id : NULL,
        map->problem,
        map->store_problem,
    };
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        if (i > 0)
            str_append_char(out, ',');
        report_csv_text(out, texts[i]);
    }
    str_printf(out, ",%zu", map->count);
    report_csv_number(out, map->score);
    report_csv_number(out, map->gap);
    report_csv_number(out, at != NULL ? at->felt : NAN);
    append_day(out, arena, map->reviewed);
    append_day(out, arena, map->review_due);
    str_printf(out, ",%d,%zu,%zu", portfolio_days_overdue(map, today), map->open, map->overdue);
    append_day(out, arena, map->newest != TIME_NONE ? time_day(map->newest) : DAY_NONE);
    str_append_char(out, '\n');
}

void report_csv_portfolio(struct str *out, const struct portfolio *portfolio, int32_t today)
{
    struct arena arena;
    arena_init(&arena);
    str_append(out, "path,title,kind,phase,owner,weakest,problem,store_problem,touchpoints,score,"
                    "gap,weakest_score,reviewed,review_due,review_days_overdue,"
                    "opportunities_open,opportunities_overdue,newest\n");
    for (size_t i = 0; i < portfolio->count; i++)
        append_map(out, &arena, portfolio->maps[portfolio->order[i]], today);
    arena_finish(&arena);
}
