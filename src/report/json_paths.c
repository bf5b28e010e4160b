/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/proportion.h>
#include <stellwerk/scene/paths.h>

#include "json_parts.h"

static const char *transition_name(enum transition kind)
{
    static const char *const names[] = {
        [TRANSITION_DESIGNED] = "designed", [TRANSITION_JUMP] = "jump",
        [TRANSITION_BACK] = "back",         [TRANSITION_LOOP] = "loop",
        [TRANSITION_OFF] = "off",
    };
    return names[kind];
}

/* A touchpoint by id; an activity by its own name. Null for the ends. */
static void set_step(const struct json *json, json_t *row, const char *touchpoint,
                     const char *activity, int step)
{
    const struct journey *journey = json->set->journey;
    bool end = step < 0, known = !end && (size_t)step < journey->touchpoint_count;
    const char *id = known ? journey->touchpoints[step].id : NULL;
    const char *name = known || end ? NULL : paths_step_title(json->set, step);
    json_object_set_new(row, touchpoint, json_text_or_null(json->arena, id));
    json_object_set_new(row, activity, json_text_or_null(json->arena, name));
}

/* The share of two counts with Wilson's interval. */
static void set_share(const struct json *json, json_t *row, const char *name, uint64_t hits,
                      uint64_t n)
{
    struct estimate share = proportion_estimate((double)hits, (double)n, CONFIDENCE_95);
    struct arena *arena = json->arena;
    json_set_number(row, arena_printf(arena, "%s_share", name), share.value, "no_cases");
    json_set_number(row, arena_printf(arena, "%s_low", name), share.interval.low, "no_cases");
    json_set_number(row, arena_printf(arena, "%s_high", name), share.interval.high, "no_cases");
}

static double seconds(double microseconds)
{
    return microseconds / 1e6;
}

static void set_times(json_t *row, const struct path_column *column)
{
    const char *none = "too_few_went_on";
    json_set_number(row, "seconds_to_next_median", seconds(column->median.value), none);
    json_set_number(row, "seconds_to_next_low", seconds(column->median.interval.low), none);
    json_set_number(row, "seconds_to_next_high", seconds(column->median.interval.high), none);
    json_set_number(row, "seconds_to_next_p90", seconds(column->p90.value), none);
    json_object_set_new(row, "waiting", json_count_of(column->waiting));
    json_object_set_new(row, "times_approximate", json_boolean(column->approximate));
}

static json_t *column_of(const struct json *json, const struct path_column *column)
{
    const struct paths *paths = &json->set->paths->paths;
    const struct touchpoint *at = &json->set->journey->touchpoints[column->touchpoint];
    json_t *row = json_object();
    json_object_set_new(row, "touchpoint", json_text_or_null(json->arena, at->id));
    json_object_set_new(row, "optional", json_boolean(at->optional));
    json_object_set_new(row, "present", json_count_of(column->present));
    set_share(json, row, "present", column->present, paths->cases);
    json_object_set_new(row, "visits", json_count_of(column->visits));
    json_object_set_new(row, "repeated", json_count_of(column->repeated));
    json_object_set_new(row, "passed", json_count_of(column->passed));
    json_object_set_new(row, "skipped", json_count_of(column->skipped));
    json_object_set_new(row, "skipped_as_designed", json_count_of(column->skipped_as_designed));
    set_share(json, row, "skipped", column->skipped, column->passed);
    json_object_set_new(row, "settled", json_count_of(column->settled));
    json_object_set_new(row, "dropped", json_count_of(column->dropped));
    set_share(json, row, "dropped", column->dropped, column->settled);
    json_object_set_new(row, "pairs", json_count_of(column->pairs));
    json_object_set_new(row, "in_order", json_count_of(column->in_order));
    set_times(row, column);
    return row;
}

/* A mean score with its interval: NAME, NAME_low, NAME_high, NAME_n. */
static void set_score(const struct json *json, json_t *row, const char *name,
                      const struct estimate *score)
{
    struct arena *arena = json->arena;
    json_set_number(row, name, score->value, "no_answers");
    json_set_number(row, arena_printf(arena, "%s_low", name), score->interval.low,
                    "too_few_answers");
    json_set_number(row, arena_printf(arena, "%s_high", name), score->interval.high,
                    "too_few_answers");
    json_object_set_new(row, arena_printf(arena, "%s_n", name),
                        json_count_of((uint64_t)score->n));
}

static void set_difference(json_t *row, const struct difference *difference)
{
    json_set_number(row, "score_difference", difference->value, "nothing_to_compare");
    json_set_number(row, "score_difference_low", difference->interval.low, "too_few_answers");
    json_set_number(row, "score_difference_high", difference->interval.high, "too_few_answers");
    json_set_number(row, "score_difference_p", difference->p, "too_few_answers");
}

/* What was said after media breaks: of one transition, of all. */
static json_t *after_of(const struct json *json, const struct estimate *broken,
                        const struct estimate *unbroken, const struct difference *difference)
{
    json_t *after = json_object();
    set_score(json, after, "score", broken);
    set_score(json, after, "score_without", unbroken);
    set_difference(after, difference);
    return after;
}

static json_t *arc_after_of(const struct json *json, const struct path_arc *arc)
{
    const struct aftermath *aftermath = json->set->paths->aftermath;
    const struct arc_after *after =
        aftermath != NULL ? aftermath_find(aftermath, arc->from, arc->to) : NULL;
    return after == NULL ? json_null()
                         : after_of(json, &after->broken, &after->unbroken, &after->difference);
}

static json_t *arc_of(const struct json *json, const struct path_arc *arc)
{
    json_t *row = json_object();
    set_step(json, row, "from_touchpoint", "from_activity", arc->from);
    set_step(json, row, "to_touchpoint", "to_activity", arc->to);
    json_object_set_new(row, "kind", json_string(transition_name(arc->kind)));
    json_object_set_new(row, "count", json_count_of(arc->count));
    json_set_number(row, "mean_seconds", seconds(arc->mean_time), "an_end");
    json_object_set_new(row, "channel_switches", json_count_of(arc->switches));
    json_object_set_new(row, "media_breaks", json_count_of(arc->breaks));
    json_set_number(row, "mean_break_seconds", seconds(arc->mean_break_time), "no_break");
    json_object_set_new(row, "settled", json_count_of(arc->settled));
    json_object_set_new(row, "dropped", json_count_of(arc->dropped));
    json_object_set_new(row, "settled_breaks", json_count_of(arc->settled_breaks));
    json_object_set_new(row, "dropped_breaks", json_count_of(arc->dropped_breaks));
    json_object_set_new(row, "after_breaks", arc_after_of(json, arc));
    return row;
}

static json_t *variant_of(const struct json *json, const struct path_variant *variant)
{
    const struct journey *journey = json->set->journey;
    json_t *row = json_object(), *steps = json_array();
    for (size_t i = 0; i < variant->count; i++) {
        json_t *step = json_object();
        set_step(json, step, "touchpoint", "activity", variant->steps[i]);
        json_array_append_new(steps, step);
    }
    const char *route = variant->route == NONE ? NULL : journey->routes[variant->route].id;
    json_object_set_new(row, "cases", json_count_of(variant->cases));
    json_object_set_new(row, "completed", json_boolean(variant->completed));
    json_set_number(row, "fitness", variant->fitness, "not_completed");
    json_object_set_new(row, "route", json_text_or_null(json->arena, route));
    json_object_set_new(row, "steps", steps);
    return row;
}

static json_t *way_of(const struct json *json, const struct path_way *way)
{
    json_t *row = json_object(), *steps = json_array();
    for (size_t i = 0; i < way->count; i++) {
        json_t *step = json_object();
        set_step(json, step, "touchpoint", "activity", way->steps[i]);
        json_array_append_new(steps, step);
    }
    json_object_set_new(row, "cases", json_count_of(way->cases));
    json_object_set_new(row, "completed", json_count_of(way->completed));
    json_set_number(row, "fitness", way->fitness, "not_completed");
    json_object_set_new(row, "again", json_real(way->again));
    json_object_set_new(row, "steps", steps);
    return row;
}

static json_t *detour_of(const struct json *json, const struct path_detour *detour)
{
    json_t *row = json_object();
    set_step(json, row, "touchpoint", "activity", detour->step);
    json_object_set_new(row, "cases", json_count_of(detour->cases));
    json_object_set_new(row, "events", json_count_of(detour->events));
    return row;
}

static void set_totals(const struct json *json, json_t *document, const struct paths *paths)
{
    json_t *transitions = json_object();
    for (int i = 0; i < TRANSITION_COUNT; i++)
        json_object_set_new(transitions, transition_name(i),
                            json_count_of(paths->transitions[i]));
    set_step(json, document, "goal", "goal_activity", paths->goal);
    json_object_del(document, "goal_activity");
    json_object_set_new(document, "as_of", json_instant_or_null(json->arena, paths->as_of));
    json_object_set_new(document, "closed_after_seconds",
                        json_real(seconds((double)paths->close_after)));
    json_object_set_new(document, "cases", json_count_of(paths->cases));
    json_object_set_new(document, "events", json_count_of(paths->events));
    json_object_set_new(document, "completed", json_count_of(paths->completed));
    json_object_set_new(document, "closed", json_count_of(paths->closed));
    json_object_set_new(document, "open", json_count_of(paths->open));
    json_object_set_new(document, "detoured", json_count_of(paths->detoured));
    json_set_number(document, "fitness", paths->fitness.value, "no_completed_case");
    json_set_number(document, "fitness_low", paths->fitness.interval.low, "too_few_cases");
    json_set_number(document, "fitness_high", paths->fitness.interval.high, "too_few_cases");
    json_object_set_new(document, "follows", json_count_of(paths->follows));
    json_object_set_new(document, "channel_switches", json_count_of(paths->switches));
    json_object_set_new(document, "media_breaks", json_count_of(paths->breaks));
    json_object_set_new(document, "variants_in_all", json_count_of(paths->variants_in_all));
    json_object_set_new(document, "transitions", transitions);
}

static void set_lists(const struct json *json, json_t *document, const struct paths *paths)
{
    json_t *rows = json_array(), *arcs = json_array(), *variants = json_array();
    json_t *detours = json_array(), *ways = json_array();
    for (size_t i = 0; i < paths->column_count; i++)
        json_array_append_new(rows, column_of(json, &paths->columns[i]));
    for (size_t i = 0; i < paths->arc_count; i++)
        json_array_append_new(arcs, arc_of(json, &paths->arcs[i]));
    for (size_t i = 0; i < paths->variant_count; i++)
        json_array_append_new(variants, variant_of(json, &paths->variants[i]));
    for (size_t i = 0; i < paths->detour_count; i++)
        json_array_append_new(detours, detour_of(json, &paths->detours[i]));
    for (size_t i = 0; i < paths->way_count; i++)
        json_array_append_new(ways, way_of(json, &paths->ways[i]));
    json_object_set_new(document, "rows", rows);
    json_object_set_new(document, "ways", ways);
    json_object_set_new(document, "arcs", arcs);
    json_object_set_new(document, "variants", variants);
    json_object_set_new(document, "detours", detours);
}

void report_json_paths(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    json_t *document = json_document_of(&json, "paths", json_lens_of(&json));
    const char *problem = set->paths != NULL ? set->paths->problem.text : "no_store";
    json_object_set_new(document, "problem", json_text_or_null(&arena, problem));
    if (set->paths != NULL && *problem == '\0') {
        const struct aftermath *after = set->paths->aftermath;
        set_totals(&json, document, &set->paths->paths);
        json_object_set_new(document, "after_breaks",
                            after == NULL ? json_null()
                                          : after_of(&json, &after->broken, &after->unbroken,
                                                     &after->difference));
        json_object_set_new(document, "answers_left_out",
                            json_integer(after == NULL ? 0 : (json_int_t)after->left_out));
        json_object_set_new(document, "segments", json_segments_of(&json));
        set_lists(&json, document, &set->paths->paths);
    }
    json_append_document(out, document);
    arena_finish(&arena);
}
