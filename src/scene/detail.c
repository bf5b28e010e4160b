/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/detail.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

/* ---- Facts ----------------------------------------------------------------------- */

static const char *kinds_of(struct arena *arena, struct medium medium, const struct touchpoint *at)
{
    const char *truth = arena_printf(arena, "%s %s", glyph(medium, GLYPH_TRUTH),
                                     _("moment of truth"));
    const char *importance =
        arena_printf(arena, _("importance %s of 5"), wording_score(arena, at->importance));
    const char *words[] = {
        at->moment_of_truth ? truth : NULL,
        isnan(at->importance) ? NULL : importance,
        at->optional ? _("may be skipped") : NULL,
        at->repeatable ? _("may recur") : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *channel_of(struct arena *arena, const struct journey *journey,
                              const struct touchpoint *at)
{
    const struct channel *channel = at->channel == NONE ? NULL : &journey->channels[at->channel];
    const char *words[] = {
        channel == NULL ? NULL : channel_title(channel),
        channel == NULL ? NULL : channel->medium,
        media_word(at->media),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* The title is in the panel's edge; one that is too long for it is whole here. */
void detail_facts(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct journey *journey = set->journey;
    const struct touchpoint *at = &journey->touchpoints[touchpoint];
    struct arena *arena = page->scene->arena;
    if (scene_text_width(page->scene, at->title) > page->scene->columns - 2)
        page_text(page, 0, style_bold(INK_STRONG), at->title);
    page_text(page, 0, style_ink(INK_TRUTH), kinds_of(arena, page->scene->medium, at));
    page_pair(page, _("Stage"), style_ink(INK_TEXT), journey->stages[at->stage].title);
    page_pair(page, _("Channel"), style_ink(INK_TEXT), channel_of(arena, journey, at));
    if (set->readings->items[touchpoint].media_break)
        page_pair(page, "", style_ink(INK_BAD), _("media break on the way here"));
    page_pair(page, _("Owner"), style_ink(INK_TEXT), at->owner);
}

/* ---- Experience ------------------------------------------------------------------ */

static const char *origin_word(enum origin origin)
{
    switch (origin) {
    case ORIGIN_PERSONAS:
        return _("mean of the personas");
    case ORIGIN_ASPECTS:
        return _("mean of the aspects");
    default:
        return "";
    }
}

static const char *with_grounds(struct arena *arena, const char *figure, enum origin origin,
                                enum evidence evidence, const char *note)
{
    const char *words[] = { figure, origin_word(origin), evidence_word(evidence), note };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_estimate(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    const struct reading *reading = &set->readings->items[touchpoint];
    struct arena *arena = page->scene->arena;
    const struct expectation *expected = touchpoint_expectation(at, &set->lens);
    page_pair(page, _("Expected"), style_ink(INK_TEXT),
              isnan(reading->adequate)
                  ? _("not stated")
                  : with_grounds(arena, wording_zone(arena, reading->adequate, reading->desired),
                                 reading->expected_from, reading->expected_evidence,
                                 expected != NULL ? expected->note : NULL));
    const struct experience *felt = touchpoint_experience(at, &set->lens);
    page_pair(page, _("Felt"), style_ink(INK_CURVE),
              isnan(reading->estimated)
                  ? _("not estimated")
                  : with_grounds(arena, wording_score(arena, reading->estimated),
                                 reading->estimated_from, reading->estimated_evidence,
                                 felt != NULL ? felt->note : NULL));
}

static void write_gap(struct page *page, const struct reading *reading)
{
    struct arena *arena = page->scene->arena;
    struct gap gap = reading_gap(reading, NULL);
    if (isnan(gap.value))
        return;
    enum ink ink = gap.inside ? INK_TEXT : gap.value < 0 ? INK_BAD : INK_GOOD;
    page_pair(page, _("Gap"), style_bold(ink),
              gap.inside ? phrase_gap(arena, gap)
                         : arena_printf(arena, "%s %s · %s", wording_gap(arena, gap.value),
                                        wording_margin(arena, gap.lo, gap.hi),
                                        phrase_gap(arena, gap)));
}

static void write_promise(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct promise *promise = &set->journey->touchpoints[touchpoint].promise;
    double standard = set->readings->items[touchpoint].standard;
    struct arena *arena = page->scene->arena;
    const char *words[] = {
        wording_score(arena, promise->score),
        promise->claim == NULL ? NULL : wording_quoted(arena, promise->claim),
        promise->source,
        media_word(promise->media),
    };
    if (promise->pos.line > 0)
        page_pair(page, _("Promised"), style_ink(INK_PROMISE),
                  wording_list(arena, words, ARRAY_LEN(words)));
    if (!isnan(standard))
        page_pair(page, _("Standard"), style_ink(INK_TEXT), wording_score(arena, standard));
}

void detail_experience(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct reading *reading = &set->readings->items[touchpoint];
    struct arena *arena = page->scene->arena;
    page_heading(page, wording_who(arena, set->journey, set->lens.persona, set->lens.context));
    write_estimate(page, set, touchpoint);
    page_pair(page, _("Measured"), style_ink(INK_MEASURED),
              phrase_score(arena, set, &reading->measured));
    if (reading->estimate_outside)
        page_pair(page, "", style_ink(INK_WARN),
                  arena_printf(arena, "%s %s", glyph(page->scene->medium, GLYPH_DISAGREE),
                               _("the estimate lies outside the measured interval")));
    write_gap(page, reading);
    write_promise(page, set, touchpoint);
}

/* ---- Causes ---------------------------------------------------------------------- */

#define CAUSE_COLUMNS 4 /* "−100" */

static void draw_cause_bar(struct page *page, int row, int column, double part)
{
    const char *block = page->scene->medium.ascii ? "#" : "▬";
    int length = (int)(fabs(part) / 5 + 0.5);
    for (int i = 0; i < length && column + i < page->scene->columns; i++)
        scene_glyph(page->scene, row, column + i, style_ink(part < 0 ? INK_BAD : INK_GOOD), block);
}

static void write_cause(struct page *page, const char *label, double part, const char *meaning)
{
    if (isnan(part))
        return;
    int row = page_rows(page, 1);
    struct scene *scene = page->scene;
    scene_text(scene, row, 0, page->labels - 1, style_ink(INK_DIM), label);
    page_right(page, row, page->labels + CAUSE_COLUMNS, CAUSE_COLUMNS,
               style_bold(part < 0 ? INK_BAD : INK_GOOD), wording_gap(scene->arena, part));
    draw_cause_bar(page, row, page->labels + CAUSE_COLUMNS + 1, part);
    page_text(page, page->labels, style_ink(INK_DIM), meaning);
}

static const char *missing_input(unsigned missing)
{
    if ((missing & GAP_STANDARD) != 0)
        return _("Not split: the own standard is missing.");
    if ((missing & GAP_PROMISE) != 0)
        return _("Not split: the promise is missing.");
    return NULL;
}

void detail_causes(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct gap_split *split = &set->readings->items[touchpoint].split;
    struct gap gap = reading_gap(&set->readings->items[touchpoint], NULL);
    if (isnan(gap.value) || gap.inside)
        return;
    page_heading(page, _("Where the gap comes from"));
    write_cause(page, _("Delivery"), split->delivery,
                split->delivery < 0 ? _("less was done than the own standard asks for")
                                    : _("more was done than the own standard asks for"));
    write_cause(page, _("Promise"), split->promise,
                split->promise < 0 ? _("more was promised than the standard holds")
                                   : _("less was promised than the standard holds"));
    write_cause(page, _("Other"), split->other,
                split->other < 0 ? _("more is expected than was promised")
                                 : _("less is expected than was promised"));
    page_text(page, 0, style_ink(INK_DIM), missing_input(split->missing));
}

/* ---- The panel ------------------------------------------------------------------- */

static detail_section *const sections[] = {
    detail_facts,         detail_experience, detail_causes, detail_metrics,  detail_scopes,
    detail_aspects,       detail_quotes,     detail_lists,  detail_contents, detail_opportunities,
    detail_source,
};

struct scene *detail_draw(struct arena *arena, const struct stage_set *set, int columns,
                          struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    int selected = set->options.selected;
    if (selected < 0 || (size_t)selected >= set->journey->touchpoint_count)
        return page_end(&page);
    for (size_t i = 0; i < ARRAY_LEN(sections); i++)
        sections[i](&page, set, selected);
    return page_end(&page);
}
