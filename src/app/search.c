/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/search.h>

#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

void search_init(struct search *search)
{
    *search = (struct search){ 0 };
}

void search_finish(struct search *search)
{
    arena_finish(&search->index_arena);
    arena_finish(&search->arena);
    search_init(search);
}

/* A line each, so that nothing is found across two texts. */
static void add(struct str *out, const char *text)
{
    if (text == NULL)
        return;
    str_append(out, text);
    str_append_char(out, '\n');
}

static void add_all(struct str *out, struct texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        add(out, texts.items[i]);
}

static void add_promise_and_scores(struct str *out, const struct touchpoint *touchpoint)
{
    add(out, touchpoint->promise.claim);
    add(out, touchpoint->promise.source);
    for (size_t i = 0; i < touchpoint->expectation_count; i++)
        add(out, touchpoint->expectations[i].note);
    for (size_t i = 0; i < touchpoint->experience_count; i++)
        add(out, touchpoint->experiences[i].note);
    for (size_t i = 0; i < touchpoint->aspect_count; i++)
        add(out, touchpoint->aspects[i].title);
}

static void add_things(struct str *out, const struct touchpoint *touchpoint)
{
    for (size_t i = 0; i < touchpoint->quote_count; i++) {
        add(out, touchpoint->quotes[i].text);
        add(out, touchpoint->quotes[i].source);
    }
    for (size_t i = 0; i < touchpoint->content_count; i++) {
        add(out, touchpoint->contents[i].title);
        add(out, touchpoint->contents[i].format);
    }
    for (size_t i = 0; i < touchpoint->opportunity_count; i++) {
        add(out, touchpoint->opportunities[i].title);
        add(out, touchpoint->opportunities[i].owner);
    }
}

static void add_touchpoint(struct str *out, const struct journey *journey,
                           const struct touchpoint *touchpoint)
{
    add(out, touchpoint->id);
    add(out, touchpoint->title);
    add(out, touchpoint->owner);
    add(out, journey->stages[touchpoint->stage].title);
    if (touchpoint->channel != NONE)
        add(out, journey->channels[touchpoint->channel].label);
    add_all(out, touchpoint->systems);
    add_all(out, touchpoint->actions);
    add_all(out, touchpoint->thoughts);
    add_all(out, touchpoint->pains);
    add_all(out, touchpoint->gains);
    add_all(out, touchpoint->backstage);
    add_promise_and_scores(out, touchpoint);
    add_things(out, touchpoint);
    for (size_t i = 0; i < touchpoint->metrics.count; i++)
        add(out, journey->metrics[touchpoint->metrics.items[i]].label);
}

static void fold_all(struct search *search, const struct journey *journey)
{
    struct str texts;
    str_init(&texts);
    search->folded =
        arena_array(&search->index_arena, journey->touchpoint_count, sizeof(*search->folded));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        str_clear(&texts);
        add_touchpoint(&texts, journey, &journey->touchpoints[i]);
        search->folded[i] = utf8_fold(&search->index_arena, texts.text);
    }
    str_finish(&texts);
}

static void find_hits(struct search *search, const struct journey *journey)
{
    const char *needle = utf8_fold(&search->arena, search->text);
    search->hits = arena_array(&search->arena, journey->touchpoint_count, sizeof(*search->hits));
    for (size_t i = 0; i < journey->touchpoint_count; i++) {
        if (strstr(search->folded[i], needle) != NULL)
            search->hits[search->count++] = (int)i;
    }
}

void search_for(struct search *search, const struct journey *journey, const char *text)
{
    struct arena old = search->arena; /* `text` may live in it */
    arena_init(&search->arena);
    search->text = text != NULL && *text != '\0' ? arena_strdup(&search->arena, text) : NULL;
    search->hits = NULL;
    search->count = 0;
    arena_finish(&old);
    if (search->text == NULL)
        return;
    if (search->folded == NULL)
        fold_all(search, journey);
    find_hits(search, journey);
}

void search_refresh(struct search *search, const struct journey *journey)
{
    arena_finish(&search->index_arena);
    search->folded = NULL;
    search_for(search, journey, search->text);
}

int search_from(const struct search *search, int touchpoint)
{
    for (size_t i = 0; i < search->count; i++) {
        if (search->hits[i] >= touchpoint)
            return search->hits[i];
    }
    return search->count > 0 ? search->hits[0] : NONE;
}

int search_step(const struct search *search, int touchpoint, int direction)
{
    if (direction > 0)
        return search_from(search, touchpoint + 1);
    for (size_t i = search->count; i-- > 0;) {
        if (search->hits[i] < touchpoint)
            return search->hits[i];
    }
    return search->count > 0 ? search->hits[search->count - 1] : NONE;
}

size_t search_place(const struct search *search, int touchpoint)
{
    for (size_t i = 0; i < search->count; i++) {
        if (search->hits[i] == touchpoint)
            return i + 1;
    }
    return 0;
}
