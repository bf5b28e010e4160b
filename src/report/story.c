/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A case as JSON and CSV. */

#include <stellwerk/report/report.h>

#include <math.h>

#include <stellwerk/scene/story.h>

#include "json_parts.h"
#include "markup.h"

static const char *kind_name(enum transition kind)
{
    static const char *const names[] = {
        [TRANSITION_DESIGNED] = "designed", [TRANSITION_JUMP] = "jump", [TRANSITION_BACK] = "back",
        [TRANSITION_LOOP] = "loop",         [TRANSITION_OFF] = "off",
    };
    return names[kind];
}

static const char *touchpoint_id(const struct stage_set *set, int touchpoint)
{
    return touchpoint == NONE ? NULL : set->journey->touchpoints[touchpoint].id;
}

static const char *metric_id(const struct stage_set *set, const struct story_answer *answer)
{
    return answer->metric == NONE ? answer->name : set->journey->metrics[answer->metric].id;
}

static double since(const struct story_set *story, size_t index)
{
    if (index == 0)
        return NAN;
    const struct story_event *event = &story->story.events[index];
    return (double)(event->ts - event[-1].ts) / 1e6;
}

/* ---- JSON ---- */

static json_t *event_of(const struct json *json, size_t index)
{
    const struct story_set *story = json->set->story;
    const struct story_event *event = &story->story.events[index];
    struct arena *arena = json->arena;
    json_t *row = json_object();
    json_object_set_new(row, "ts", json_instant_or_null(arena, event->ts));
    json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, event->touchpoint));
    json_object_set_new(row, "activity", json_text_or_null(arena, event->activity));
    json_object_set_new(row, "channel", json_text_or_null(arena, event->channel_name));
    json_object_set_new(row, "outcome", json_text_or_null(arena, event->outcome));
    json_object_set_new(row, "currency", json_text_or_null(arena, event->currency));
    json_set_number(row, "value", event->value, "not_said");
    json_set_number(row, "cost", event->cost, "not_said");
    json_set_number(row, "seconds_since", since(story, index), "first_event");
    json_object_set_new(row, "kind", json_string(kind_name(story->kinds[index])));
    json_object_set_new(row, "media_break", json_boolean(story->breaks[index]));
    return row;
}

static json_t *answer_of(const struct json *json, const struct story_answer *answer)
{
    struct arena *arena = json->arena;
    json_t *row = json_object();
    json_object_set_new(row, "ts", json_instant_or_null(arena, answer->ts));
    json_object_set_new(row, "touchpoint", json_touchpoint_or_null(json, answer->touchpoint));
    json_object_set_new(row, "metric", json_text_or_null(arena, metric_id(json->set, answer)));
    json_object_set_new(row, "kind", json_text_or_null(arena, answer->kind));
    json_set_number(row, "value", answer->value, "not_said");
    json_set_number(row, "scale_min", answer->scale_min, "not_said");
    json_set_number(row, "scale_max", answer->scale_max, "not_said");
    json_set_number(row, "score", answer->score, "no_score");
    json_object_set_new(row, "text", json_text_or_null(arena, answer->text));
    return row;
}

static void set_case(const struct json *json, json_t *document)
{
    const struct story_set *story = json->set->story;
    const struct journey *journey = json->set->journey;
    const struct sequence *sequence = story->sequence;
    const char *persona =
        sequence->persona == NONE ? NULL : journey->personas[sequence->persona].id;
    const char *context =
        sequence->context == NONE ? NULL : journey->contexts[sequence->context].id;
    const char *variant =
        sequence->variant == NONE ? NULL : story->names.variants[sequence->variant];
    struct arena *arena = json->arena;
    json_object_set_new(document, "case", json_text_or_null(arena, story->story.id));
    json_object_set_new(document, "persona", json_text_or_null(arena, persona));
    json_object_set_new(document, "context", json_text_or_null(arena, context));
    json_object_set_new(document, "variant", json_text_or_null(arena, variant));
    json_object_set_new(document, "goal", json_touchpoint_or_null(json, story->goal));
    json_object_set_new(document, "completed", json_boolean(story->completed));
    json_object_set_new(document, "closed", json_boolean(story->closed));
    json_object_set_new(document, "as_of", json_instant_or_null(arena, story->as_of));
    json_object_set_new(document, "closed_after_seconds",
                        json_real((double)story->close_after / 1e6));
    json_object_set_new(document, "events", json_count_of(story->events));
}

void report_json_case(struct str *out, const struct stage_set *set)
{
    struct arena arena;
    arena_init(&arena);
    const struct json json = { .arena = &arena, .set = set };
    const struct story_set *story = set->story;
    json_t *document = json_document_of(&json, "case", json_lens_of(&json));
    json_t *rows = json_array(), *answers = json_array();
    const char *problem = story == NULL                    ? "no_store"
                          : story->problem.text[0] != '\0' ? story->problem.text
                          : story->sequence == NULL        ? "no_such_case"
                                                           : "";
    json_object_set_new(document, "problem", json_text_or_null(&arena, problem));
    if (*problem == '\0') {
        set_case(&json, document);
        for (size_t i = 0; i < story->story.event_count; i++)
            json_array_append_new(rows, event_of(&json, i));
        for (size_t i = 0; i < story->story.answer_count; i++)
            json_array_append_new(answers, answer_of(&json, &story->story.answers[i]));
    }
    json_object_set_new(document, "rows", rows);
    json_object_set_new(document, "answers", answers);
    json_append_document(out, document);
    arena_finish(&arena);
}

/* ---- CSV ---- */

static void append_event(struct arena *arena, struct str *out, const struct stage_set *set,
                         size_t index)
{
    const struct story_event *event = &set->story->story.events[index];
    str_printf(out, "event,%s,", time_iso(arena, event->ts));
    report_csv_text(out, touchpoint_id(set, event->touchpoint));
    str_append_char(out, ',');
    report_csv_text(out, event->activity);
    str_append_char(out, ',');
    report_csv_text(out, event->channel_name);
    str_append_char(out, ',');
    report_csv_text(out, event->outcome);
    report_csv_number(out, event->value);
    report_csv_number(out, event->cost);
    report_csv_number(out, since(set->story, index));
    str_printf(out, ",%s,%d,,\n", kind_name(set->story->kinds[index]), set->story->breaks[index]);
}

static void append_answer(struct arena *arena, struct str *out, const struct stage_set *set,
                          const struct story_answer *answer)
{
    str_printf(out, "answer,%s,", time_iso(arena, answer->ts));
    report_csv_text(out, touchpoint_id(set, answer->touchpoint));
    str_append_char(out, ',');
    report_csv_text(out, metric_id(set, answer));
    str_append(out, ",,");
    report_csv_number(out, answer->value);
    str_append(out, ",,,,");
    report_csv_number(out, answer->score);
    str_append_char(out, ',');
    report_csv_text(out, answer->text);
    str_append_char(out, '\n');
}

void report_csv_case(struct str *out, const struct stage_set *set)
{
    const struct story_set *story = set->story;
    struct arena arena;
    arena_init(&arena);
    str_append(out, "row,ts,touchpoint,what,channel,outcome,value,cost,seconds_since,kind,"
                    "media_break,score,text\n");
    if (story != NULL && story->sequence != NULL) {
        for (size_t i = 0; i < story->story.event_count; i++)
            append_event(&arena, out, set, i);
        for (size_t i = 0; i < story->story.answer_count; i++)
            append_answer(&arena, out, set, &story->story.answers[i]);
    }
    arena_finish(&arena);
}
