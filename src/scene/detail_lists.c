/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/detail.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/opportunities.h>
#include <stellwerk/scene/wording.h>

/* ---- Quotes ---------------------------------------------------------------------- */

static const char *quote_source(struct arena *arena, const struct journey *journey,
                                const struct quote *quote)
{
    const char *words[] = {
        quote->persona == NONE ? NULL : wording_who(arena, journey, quote->persona, NONE),
        quote->source,
        quote->date == DAY_NONE ? NULL : locale_day(arena, quote->date),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

void detail_quotes(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    if (at->quote_count == 0)
        return;
    page_heading(page, _("Said"));
    for (size_t i = 0; i < at->quote_count; i++) {
        struct arena *arena = page->scene->arena;
        page_text(page, 0, style_ink(INK_TEXT), wording_quoted(arena, at->quotes[i].text));
        page_text(page, 2, style_ink(INK_DIM), quote_source(arena, set->journey, &at->quotes[i]));
    }
}

/* ---- Lists of texts -------------------------------------------------------------- */

static void write_list(struct page *page, const char *label, enum ink ink, struct texts texts)
{
    for (size_t i = 0; i < texts.count; i++)
        page_pair(page, i == 0 ? label : "", style_ink(ink), texts.items[i]);
}

void detail_lists(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    size_t count = at->actions.count + at->thoughts.count + at->pains.count + at->gains.count +
                   at->backstage.count + at->systems.count;
    if (count == 0)
        return;
    page_heading(page, _("On stage and behind it"));
    write_list(page, _("Does"), INK_TEXT, at->actions);
    write_list(page, _("Thinks"), INK_TEXT, at->thoughts);
    write_list(page, _("Pains"), INK_BAD, at->pains);
    write_list(page, _("Gains"), INK_GOOD, at->gains);
    write_list(page, _("Backstage"), INK_DIM, at->backstage);
    write_list(page, _("Systems"), INK_DIM, at->systems);
}

/* ---- Contents -------------------------------------------------------------------- */

static const char *readers_of(struct arena *arena, const struct journey *journey,
                              struct indices personas)
{
    const char **names = arena_array(arena, personas.count, sizeof(*names));
    for (size_t i = 0; i < personas.count; i++)
        names[i] = wording_who(arena, journey, personas.items[i], NONE);
    return wording_list(arena, names, personas.count);
}

static const char *content_facts(struct arena *arena, const struct journey *journey,
                                 const struct content *content)
{
    const char *readers = readers_of(arena, journey, content->personas);
    const char *words[] = {
        content_word(content->status),
        content->format,
        content->tone,
        content->rhythm,
        content->volume,
        *readers == '\0' ? NULL : arena_printf(arena, _("for %s"), readers),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

void detail_contents(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    if (at->content_count == 0)
        return;
    page_heading(page, _("Content"));
    for (size_t i = 0; i < at->content_count; i++) {
        const struct content *content = &at->contents[i];
        bool missing = content->status == CONTENT_MISSING;
        page_text(page, 0, style_ink(missing ? INK_BAD : INK_TEXT), content->title);
        page_text(page, 2, style_ink(INK_DIM),
                  content_facts(page->scene->arena, set->journey, content));
    }
}

/* ---- Opportunities --------------------------------------------------------------- */

static void write_opportunity(struct page *page, const struct stage_set *set,
                              const struct opportunity *opportunity)
{
    struct arena *arena = page->scene->arena;
    const char *facts[] = {
        opportunity_word(opportunity->status),
        opportunity_facts(arena, opportunity, time_day(set->now)),
    };
    bool dropped = opportunity->status == STATUS_DROPPED;
    page_text(page, 0, style_ink(dropped ? INK_DIM : INK_GOOD), opportunity->title);
    page_text(page, 2, style_ink(INK_DIM), wording_list(arena, facts, ARRAY_LEN(facts)));
    if (opportunity->hurdle != HURDLE_NONE)
        page_text(page, 2, style_ink(INK_DIM),
                  arena_printf(arena, _("in the way: %s"), hurdle_word(opportunity->hurdle)));
    const struct board_row *row = board_find(set->board, opportunity);
    if (row == NULL)
        return;
    page_text(page, 2, style_ink(outcome_ink(row->outcome.state)),
              outcome_sentence(arena, set->journey, row));
    page_text(page, 2, style_ink(trial_ink(row->trial)), trial_sentence(arena, set->journey, row));
}

void detail_opportunities(struct page *page, const struct stage_set *set, int touchpoint)
{
    const struct touchpoint *at = &set->journey->touchpoints[touchpoint];
    if (at->opportunity_count == 0)
        return;
    page_heading(page, _("Opportunities"));
    for (size_t i = 0; i < at->opportunity_count; i++)
        write_opportunity(page, set, &at->opportunities[i]);
}

/* ---- Source ---------------------------------------------------------------------- */

void detail_source(struct page *page, const struct stage_set *set, int touchpoint)
{
    struct pos pos = set->journey->touchpoints[touchpoint].pos;
    if (pos.file == NULL || pos.line == 0)
        return;
    (void)page_rows(page, 1);
    page_pair(page, _("Written in"), style_ink(INK_DIM),
              arena_printf(page->scene->arena, "%s:%u", pos.file, (unsigned)pos.line));
}
