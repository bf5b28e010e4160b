/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/contents.h>

#include <string.h>

#include <stellwerk/base/utf8.h>

const char *clash_kind_name(enum clash_kind kind)
{
    return kind == CLASH_TONE ? "tone" : "rhythm";
}

bool content_is_for(const struct content *content, int persona)
{
    for (size_t i = 0; i < content->personas.count; i++)
        if (content->personas.items[i] == persona)
            return true;
    return content->personas.count == 0;
}

/* ---- What there is ---------------------------------------------------------------------- */

static void collect(struct arena *arena, const struct journey *journey, struct content_plan *plan)
{
    size_t capacity = 0;
    plan->without.items = arena_array(arena, journey->touchpoint_count, sizeof(int));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        const struct touchpoint *at = &journey->touchpoints[i];
        if (at->content_count == 0)
            plan->without.items[plan->without.count++] = (int)i;
        for (size_t k = 0; k < at->content_count; k++) {
            plan->items =
                arena_grow(arena, plan->items, plan->count, &capacity, sizeof(*plan->items));
            plan->items[plan->count++] =
                (struct content_item){ .touchpoint = (int)i, .content = &at->contents[k] };
            plan->counts[at->contents[k].status]++;
        }
    }
}

/* ---- Tone and rhythm --------------------------------------------------------------------- */

static const char *word_of(const struct content *content, enum clash_kind kind)
{
    return kind == CLASH_TONE ? content->tone : content->rhythm;
}

struct listening {
    struct arena *arena, scratch;
    struct clash *clash;
    const char **folded; /* words of the voices, to be compared */
    size_t *capacities;  /* of their items */
};

static size_t voice_of(struct listening *listening, const char *word)
{
    struct clash *clash = listening->clash;
    const char *folded = utf8_fold(&listening->scratch, word);
    for (size_t i = 0; i < clash->count; i++)
        if (strcmp(listening->folded[i], folded) == 0)
            return i;
    listening->folded[clash->count] = folded;
    clash->voices[clash->count].word = word;
    return clash->count++;
}

static void collect_voices(struct arena *arena, const struct content_item *items, size_t count,
                           struct clash *clash)
{
    struct listening listening = { .arena = arena, .clash = clash };
    arena_init(&listening.scratch);
    listening.folded = arena_array(&listening.scratch, count, sizeof(*listening.folded));
    listening.capacities = arena_array(&listening.scratch, count, sizeof(*listening.capacities));
    clash->voices = arena_array(arena, count, sizeof(*clash->voices));
    for (size_t i = 0; i < count; i++) {
        const char *word = word_of(items[i].content, clash->kind);
        if (word == NULL || *word == '\0' || items[i].content->status == CONTENT_MISSING)
            continue;
        size_t at = voice_of(&listening, word);
        struct voice *voice = &clash->voices[at];
        voice->items = arena_grow(arena, voice->items, voice->count, &listening.capacities[at],
                                  sizeof(*voice->items));
        voice->items[voice->count++] = items[i];
    }
    arena_finish(&listening.scratch);
}

static bool voice_reaches(const struct voice *voice, int persona)
{
    for (size_t i = 0; i < voice->count; i++)
        if (content_is_for(voice->items[i].content, persona))
            return true;
    return false;
}

static void find_readers(struct arena *arena, const struct journey *journey, struct clash *clash)
{
    clash->of = journey->persona_count;
    clash->personas.items = arena_array(arena, clash->of, sizeof(int));
    for (size_t i = 0; i < clash->of; i++) {
        size_t heard = 0;
        for (size_t k = 0; k < clash->count; k++)
            heard += voice_reaches(&clash->voices[k], (int)i);
        if (heard > 1)
            clash->personas.items[clash->personas.count++] = (int)i;
    }
}

static void find_clashes(struct arena *arena, const struct journey *journey,
                         struct content_plan *plan)
{
    plan->clashes = arena_array(arena, 2 * journey->stage_count, sizeof(*plan->clashes));
    size_t first = 0, end = 0;
    for (size_t i = 0; i < journey->stage_count; i++, first = end) {
        while (end < plan->count &&
               journey->touchpoints[plan->items[end].touchpoint].stage == (int)i)
            end++;
        for (enum clash_kind kind = CLASH_TONE; kind <= CLASH_RHYTHM; kind++) {
            struct clash clash = { .stage = (int)i, .kind = kind };
            collect_voices(arena, &plan->items[first], end - first, &clash);
            find_readers(arena, journey, &clash);
            if (clash.count > 1 && (clash.of == 0 || clash.personas.count > 0))
                plan->clashes[plan->clash_count++] = clash;
        }
    }
}

struct content_plan *content_plan_new(struct arena *arena, const struct journey *journey)
{
    struct content_plan *plan = arena_alloc(arena, sizeof(*plan));
    collect(arena, journey, plan);
    if (plan->count > 0)
        find_clashes(arena, journey, plan);
    return plan;
}
