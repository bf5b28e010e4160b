/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ratings and reviews: stars, how they spread, the newest words. */

#include "promises_voices.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/time.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define STARS 5 /* whatever the scale: its ends are none and all of them */

/* "★★★☆☆" */
static const char *stars_text(struct arena *arena, struct medium medium, const struct rating *voice)
{
    double share = voice->scale_min >= 1
                       ? voice->mean / voice->scale_max
                       : (voice->mean - voice->scale_min) / (voice->scale_max - voice->scale_min);
    int full = (int)(share * STARS + 0.5);
    struct str text;
    str_init(&text);
    for (int i = 0; i < STARS; i++)
        str_append(&text, glyph(medium, i < full ? GLYPH_STAR : GLYPH_NO_STAR));
    const char *stars = arena_strdup(arena, text.text);
    str_finish(&text);
    return stars;
}

/* The question by the metric of that id, else as the store has it. */
static const char *question_of(const struct stage_set *set, const struct rating *voice)
{
    int metric = journey_find_metric(set->journey, voice->metric);
    return metric != NONE ? metric_title(&set->journey->metrics[metric]) : voice->metric;
}

static const char *mean_text(struct arena *arena, struct medium medium, const struct rating *voice)
{
    if (isnan(voice->mean))
        return _("too few to show");
    const char *value = arena_printf(arena, _("%s of %s"), locale_number(arena, voice->mean, 1),
                                     locale_number(arena, voice->scale_max, 0));
    const char *stars = stars_text(arena, medium, voice);
    if (isnan(voice->lo))
        return arena_printf(arena, "%s %s", stars, value);
    return arena_printf(arena, _("%s %s (%s to %s)"), stars, value,
                        locale_number(arena, voice->lo, 1), locale_number(arena, voice->hi, 1));
}

static void write_mean(struct page *page, const struct stage_set *set, const struct rating *voice)
{
    struct arena *arena = page->scene->arena;
    const char *words[] = {
        mean_text(arena, page->scene->medium, voice),
        question_of(set, voice),
        voice->promises ? _("what is said to be promised") : NULL,
        arena_printf(arena, _("n %s"), locale_count(arena, voice->n)),
        wording_age(arena, voice->newest, set->now),
    };
    page_text(page, PROMISES_INDENT, style_ink(INK_MEASURED),
              wording_list(arena, words, ARRAY_LEN(words)));
}

/* "1 ▃ 20% · 2 ▁ 5% …" */
static void write_spread(struct page *page, const struct rating *voice)
{
    struct arena *arena = page->scene->arena;
    const char **words = arena_array(arena, voice->bin_count, sizeof(*words));
    uint64_t most = 0;
    if (isnan(voice->mean))
        return;
    for (size_t i = 0; i < voice->bin_count; i++)
        most = voice->bins[i].count > most ? voice->bins[i].count : most;
    for (size_t i = 0; i < voice->bin_count; i++) {
        double value = voice->bins[i].value, count = (double)voice->bins[i].count;
        words[i] =
            arena_printf(arena, "%s %s %s", locale_number(arena, value, value != floor(value)),
                         glyph_bar(page->scene->medium, count / (double)most),
                         locale_percent(arena, count / (double)voice->n, 0));
    }
    page_text(page, PROMISES_INDENT, style_ink(INK_TREND),
              wording_list(arena, words, voice->bin_count));
}

static void write_verbatim(struct page *page, const struct rating *voice,
                           const struct verbatim *verbatim)
{
    struct arena *arena = page->scene->arena;
    const char *value =
        isnan(verbatim->value)
            ? NULL
            : arena_printf(arena, _("%s of %s"), locale_number(arena, verbatim->value, 0),
                           locale_number(arena, voice->scale_max, 0));
    const char *words[] = {
        wording_quoted(arena, verbatim->text),
        value,
        locale_day(arena, time_day(verbatim->ts)),
    };
    page_text(page, PROMISES_INDENT, style_ink(INK_TEXT),
              wording_list(arena, words, ARRAY_LEN(words)));
}

void voice_write(struct page *page, const struct stage_set *set, const struct rating *voice)
{
    write_mean(page, set, voice);
    write_spread(page, voice);
    for (size_t i = 0; i < voice->verbatim_count; i++)
        write_verbatim(page, voice, &voice->verbatims[i]);
}

static bool any_heard(const struct voices *voices)
{
    for (size_t i = 0; i < voices->heard_count; i++)
        if (voices->heard[i].n > 0)
            return true;
    return false;
}

static void write_heard_scope(struct page *page, const struct voices *voices)
{
    if (!any_heard(voices))
        return;
    if (voices->heard_persona_ignored)
        page_text(page, 0, style_ink(INK_DIM),
                  _("Nobody who said what was promised says of which persona they are: those of "
                    "all are shown."));
    if (voices->heard_context_ignored)
        page_text(page, 0, style_ink(INK_DIM),
                  _("Nobody who said what was promised says in which context: those of all are "
                    "shown."));
}

void voices_write_scope(struct page *page, const struct stage_set *set)
{
    const struct voices *voices = set->promises->voices;
    if (voices == NULL)
        return;
    write_heard_scope(page, voices);
    if (voices->count == 0)
        return;
    if (voices->persona_ignored)
        page_text(page, 0, style_ink(INK_DIM),
                  _("No rating or review says of which persona it is: those of all are shown."));
    if (voices->context_ignored)
        page_text(page, 0, style_ink(INK_DIM),
                  _("No rating or review says in which context: those of all are shown."));
}
