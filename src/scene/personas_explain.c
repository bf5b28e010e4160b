/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A touchpoint through everybody's eyes, and who they are. */

#include <stellwerk/scene/personas.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/detail.h>
#include <stellwerk/scene/summary.h>
#include <stellwerk/scene/wording.h>

/* ---- Who they are ---------------------------------------------------------------- */

static void write_texts(struct page *page, const char *label, const struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        page_pair(page, i == 0 ? label : "", style_ink(INK_TEXT), texts->items[i]);
}

/* Where he falls short the most, by what is measured where it is. */
static const char *weakest_text(struct arena *arena, const struct stage_set *set,
                                const struct side *side)
{
    int deepest = NONE;
    double depth = 0;
    for (size_t i = 0; i < side->readings->count; i++) {
        double gap = reading_gap(&side->readings->items[i], NULL).value;
        if (gap < depth) {
            depth = gap;
            deepest = (int)i;
        }
    }
    if (deepest == NONE)
        return NULL;
    return arena_printf(arena, _("%s falls %s short"), set->journey->touchpoints[deepest].title,
                        locale_number(arena, -depth, 0));
}

static void write_persona(struct page *page, const struct stage_set *set,
                          const struct side *side)
{
    const struct persona *persona = &set->journey->personas[side->index];
    struct arena *arena = page->scene->arena;
    const char *words[] = {
        persona->role,
        persona->share > 0 ? arena_printf(arena, _("%s of the customers"),
                                          locale_percent(arena, persona->share, 0))
                           : NULL,
    };
    page_heading(page, side_title(set->journey, side));
    page_text(page, 0, style_ink(INK_DIM), wording_list(arena, words, ARRAY_LEN(words)));
    if (persona->quote != NULL)
        page_text(page, 0, style_ink(INK_TEXT), wording_quoted(arena, persona->quote));
    write_texts(page, _("Goals"), &persona->goals);
    write_texts(page, _("Needs"), &persona->needs);
    page_pair(page, _("Deepest gap"), style_ink(INK_BAD), weakest_text(arena, set, side));
}

void personas_write(struct page *page, const struct stage_set *set)
{
    for (size_t i = 0; i < set->sides->personas; i++)
        write_persona(page, set, &set->sides->items[i]);
}

/* ---- A touchpoint ---------------------------------------------------------------- */

static const char *gap_words(struct arena *arena, const struct reading *reading)
{
    bool measured;
    struct gap gap = reading_gap(reading, &measured);
    if (isnan(gap.value))
        return _("no gap known");
    const char *words = phrase_gap(arena, gap);
    return measured ? words : arena_printf(arena, _("%s, by estimate"), words);
}

static void write_side(struct page *page, const struct stage_set *set, const struct side *side,
                       int touchpoint)
{
    const struct reading *reading = &side->readings->items[touchpoint];
    struct arena *arena = page->scene->arena;
    page_text(page, 0, style_bold(INK_STRONG), side_title(set->journey, side));
    const char *stated[] = {
        arena_printf(arena, _("expected %s"),
                     wording_zone(arena, reading->adequate, reading->desired)),
        isnan(reading->estimated)
            ? NULL
            : arena_printf(arena, _("felt %s (estimate)"),
                           wording_score(arena, reading->estimated)),
    };
    page_text(page, 2, style_ink(INK_TEXT), wording_list(arena, stated, ARRAY_LEN(stated)));
    page_text(page, 2, style_ink(INK_MEASURED),
              arena_printf(arena, _("measured: %s"), phrase_score(arena, set, &reading->measured)));
    bool ignored = side->is_context ? reading->measured.context_ignored
                                    : reading->measured.persona_ignored;
    if (ignored)
        page_text(page, 2, style_ink(INK_WARN),
                  side->is_context ? _("of all contexts: the store does not know in which")
                                   : _("of all customers: the store does not know who"));
    page_text(page, 2, style_ink(INK_DIM), gap_words(arena, reading));
}

static void write_contrasts(struct page *page, const struct stage_set *set, int touchpoint)
{
    bool any = false;
    for (size_t i = 0; i < set->contrasts->count; i++) {
        const struct contrast *contrast = &set->contrasts->items[i];
        if (contrast->touchpoint != touchpoint)
            continue;
        if (!any)
            page_heading(page, _("Who differs from the others here"));
        any = true;
        page_text(page, 0, style_ink(contrast->hidden ? INK_WARN : INK_TEXT),
                  contrast_text(page->scene->arena, set, contrast));
    }
    if (any)
        page_text(page, 0, style_ink(INK_DIM),
                  _("A difference is the own score less the mean of the others of its kind, with "
                    "the interval of both; p is two-sided and corrected for all differences of "
                    "this view (Benjamini and Hochberg)."));
}

struct scene *personas_explain(struct arena *arena, const struct stage_set *set, int columns,
                               struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    int selected = set->options.selected;
    if (selected == NONE || set->sides == NULL || set->contrasts == NULL)
        return page_end(&page);
    detail_facts(&page, set, selected);
    page_heading(&page, _("Through everybody's eyes"));
    for (size_t i = 0; i < set->sides->count; i++)
        write_side(&page, set, &set->sides->items[i], selected);
    write_contrasts(&page, set, selected);
    personas_write(&page, set);
    return page_end(&page);
}
