/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/promises.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/wording.h>

#include "promises_voices.h"

/* ---- What a claim costs ------------------------------------------------------------ */

static const char *missing_text(struct arena *arena, unsigned missing)
{
    const char *words[] = {
        missing & GAP_EXPECTATION ? _("the expectation") : NULL,
        missing & GAP_EXPERIENCE ? _("the experience") : NULL,
        missing & GAP_STANDARD ? _("the own standard") : NULL,
        missing & GAP_PROMISE ? _("the score of the promise") : NULL,
    };
    return arena_printf(arena, _("not known: %s is missing"),
                        wording_list(arena, words, ARRAY_LEN(words)));
}

const char *promise_cost_text(struct arena *arena, const struct promise_row *row)
{
    switch (row->state) {
    case PROMISE_COSTS:
        return arena_printf(
            arena, ngettext("costs %s point", "costs %s points", locale_plural(row->cost, 0)),
            wording_score(arena, row->cost));
    case PROMISE_HARMLESS:
        return _("costs nothing");
    case PROMISE_KEPT:
        return _("kept");
    case PROMISE_UNKNOWN:
        return missing_text(arena, row->missing);
    default:
        return "";
    }
}

/* What the gap rests on. */
static const char *grade_text(struct arena *arena, const struct promise_row *row)
{
    if (!row->measured)
        return _("estimated");
    const char *n = locale_count(arena, row->reading->measured.n);
    return arena_printf(
        arena, row->gap.hi >= 0 ? _("measured, n %s, may be chance") : _("measured, n %s"), n);
}

/* Delivery, promise and expectation, as they add up to the gap. */
static const char *split_text(struct arena *arena, const struct promise_row *row)
{
    if (row->promise == NULL || isnan(row->gap.value))
        return NULL;
    if (row->state == PROMISE_KEPT)
        return _("What is expected is met, so the promise costs nothing here.");
    const struct gap_split *split = &row->split;
    const char *gap = wording_gap(arena, row->gap.value);
    const char *margin = row->measured ? wording_margin(arena, row->gap.lo, row->gap.hi) : "";
    const char *words[] = {
        isnan(split->promise)
            ? NULL
            : arena_printf(arena, _("promise %s"), wording_gap(arena, split->promise)),
        isnan(split->delivery)
            ? NULL
            : arena_printf(arena, _("delivery %s"), wording_gap(arena, split->delivery)),
        isnan(split->other)
            ? NULL
            : arena_printf(arena, _("other expectation %s"), wording_gap(arena, split->other)),
    };
    const char *parts = wording_list(arena, words, ARRAY_LEN(words));
    const char *grade = grade_text(arena, row);
    const char *whole = arena_printf(arena, *margin != '\0' ? "%s %s" : "%s", gap, margin);
    if (*parts == '\0')
        return arena_printf(arena, _("Gap %s, %s"), whole, grade);
    return arena_printf(arena, _("Gap %s, %s, of this: %s"), whole, grade, parts);
}

/* ---- What customers heard ---------------------------------------------------------- */

static const char *range_text(struct arena *arena, double value, double low, double high)
{
    if (isnan(low))
        return wording_score(arena, value);
    return arena_printf(arena, _("%s (%s to %s)"), wording_score(arena, value),
                        wording_score(arena, low), wording_score(arena, high));
}

/* Beside the map's claim, or in its place. */
static const char *verdict_text(struct arena *arena, const struct promise_row *row)
{
    const struct estimate *cost = &row->heard_cost;
    if (row->promised_heard && row->promise != NULL)
        return _("taken for the promise, of which the map gives no score");
    if (row->claim_outside && !isnan(cost->value) && cost->value != row->cost)
        return arena_printf(
            arena, _("not what the map says: by this it costs %s"),
            range_text(arena, cost->value, cost->interval.low, cost->interval.high));
    return row->claim_outside ? _("not what the map says") : NULL;
}

static const char *heard_text(struct arena *arena, const struct stage_set *set,
                              const struct promise_row *row)
{
    const struct heard *heard = row->heard;
    if (heard == NULL)
        return NULL;
    const char *words[] = {
        isnan(heard->mean) ? _("what customers heard: too few to show")
                           : arena_printf(arena, _("customers heard %s"),
                                          range_text(arena, heard->mean, heard->lo, heard->hi)),
        arena_printf(arena, _("n %s"), locale_count(arena, heard->n)),
        wording_age(arena, heard->newest, set->now),
        verdict_text(arena, row),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* ---- A row ------------------------------------------------------------------------- */

static const char *title_of(struct arena *arena, const struct stage_set *set,
                            const struct promise_row *row)
{
    if (row->touchpoint == NONE)
        return _("About no touchpoint of the map");
    const struct touchpoint *at = &set->journey->touchpoints[row->touchpoint];
    if (row->promise == NULL)
        return at->title;
    return at->promise.claim != NULL ? wording_quoted(arena, at->promise.claim)
                                     : _("A promise without words");
}

/* Which touchpoint must keep it, and what that costs. */
static const char *keeper_of(struct arena *arena, const struct stage_set *set,
                             const struct promise_row *row)
{
    if (row->promise == NULL)
        return row->voice_count > 0 && row->touchpoint != NONE ? media_word(MEDIA_EARNED) : "";
    const char *title = set->journey->touchpoints[row->touchpoint].title;
    if (row->state == PROMISE_UNKNOWN)
        return title;
    return arena_printf(arena, "%s: %s", title, promise_cost_text(arena, row));
}

/* Who makes it where, and against what it is held. */
static const char *facts_of(struct arena *arena, const struct promise_row *row)
{
    const struct reading *reading = row->reading;
    const struct {
        const char *format;
        double value;
    } figures[] = {
        { _("promised %s"), reading->promise },
        { _("own standard %s"), reading->standard },
    };
    const char *words[6] = { row->promise->source, media_word(row->media) };
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        words[2 + i] =
            isnan(figures[i].value)
                ? NULL
                : arena_printf(arena, figures[i].format, wording_score(arena, figures[i].value));
    if (!isnan(reading->adequate))
        words[4] = arena_printf(arena, _("expected %s"),
                                wording_zone(arena, reading->adequate, reading->desired));
    words[5] = arena_printf(arena, _("importance %s"),
                            locale_number(arena, reading->importance,
                                          reading->importance != floor(reading->importance)));
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_title(struct page *page, const struct stage_set *set,
                        const struct promise_row *row, size_t number)
{
    struct scene *scene = page->scene;
    const char *keeper = keeper_of(scene->arena, set, row);
    int at = page_rows(page, 1), half = scene->columns / 2;
    int right = scene_text_width(scene, keeper);
    right = right < half ? right : half;
    scene_printf(scene, at, 0, PROMISES_INDENT - 1, style_ink(INK_DIM), "%2zu.", number);
    scene_text(scene, at, PROMISES_INDENT, scene->columns - right - PROMISES_INDENT - 1,
               style_ink(INK_STRONG), title_of(scene->arena, set, row));
    page_right(page, at, scene->columns, right,
               style_ink(row->state == PROMISE_COSTS ? INK_BAD : INK_DIM), keeper);
}

static void write_row(struct page *page, const struct stage_set *set, const struct promise_row *row,
                      size_t number)
{
    struct arena *arena = page->scene->arena;
    int first = page->row;
    write_title(page, set, row, number);
    if (row->promise != NULL)
        page_text(page, PROMISES_INDENT, style_ink(INK_DIM), facts_of(arena, row));
    page_text(page, PROMISES_INDENT, style_ink(row->claim_outside ? INK_WARN : INK_MEASURED),
              heard_text(arena, set, row));
    page_text(page, PROMISES_INDENT, style_ink(INK_TEXT), split_text(arena, row));
    if (row->state == PROMISE_UNKNOWN)
        page_text(page, PROMISES_INDENT, style_ink(INK_WARN), promise_cost_text(arena, row));
    for (size_t i = 0; i < row->voice_count; i++)
        voice_write(page, set, &row->voices[i]);
    if (row->promise == NULL && row->voice_count == 0 && row->heard == NULL)
        page_text(page, PROMISES_INDENT, style_ink(INK_DIM),
                  set->promises->voices != NULL
                      ? _("the store has no ratings or reviews of it")
                      : _("no ratings or reviews: nothing is read from a store"));
    if (row->touchpoint != NONE)
        scene_region(page->scene, (struct region){ .row = first,
                                                   .rows = page->row - first,
                                                   .columns = page->scene->columns,
                                                   .kind = REGION_TOUCHPOINT,
                                                   .index = row->touchpoint });
}

/* ---- The page ---------------------------------------------------------------------- */

int promises_selected(const struct stage_set *set)
{
    if (set->promises == NULL || set->options.selected == NONE)
        return NONE;
    for (size_t i = 0; i < set->promises->count; i++)
        if (set->promises->items[i].touchpoint == set->options.selected)
            return (int)i;
    return NONE;
}

static const char *group_of(enum promise_state state)
{
    static const char *const groups[PROMISE_STATE_COUNT] = {
        [PROMISE_COSTS] = N_("Promised more than planned, and missed: the dearest first"),
        [PROMISE_HARMLESS] = N_("Short, but not because of the promise"),
        [PROMISE_KEPT] = N_("Kept: what is expected is met"),
        [PROMISE_UNKNOWN] = N_("Nobody knows what it costs"),
        [PROMISE_NONE] = N_("Without a claim of our own"),
    };
    return _(groups[state]);
}

/* "9 claims: 6 owned, 2 paid, 1 earned · 4 of them cost 42 points" */
static const char *summary_of(struct arena *arena, const struct promises *promises)
{
    static const enum media medias[] = { MEDIA_OWNED, MEDIA_PAID, MEDIA_EARNED, MEDIA_NONE };
    const char *words[ARRAY_LEN(medias) + 2];
    size_t costly = 0;
    for (size_t i = 0; i < promises->count; i++)
        costly += promises->items[i].state == PROMISE_COSTS;
    words[0] = arena_printf(arena, ngettext("%s claim", "%s claims", promises->claims),
                            locale_count(arena, promises->claims));
    for (size_t i = 0; i < ARRAY_LEN(medias); i++) {
        size_t count = promises->by_media[medias[i]];
        const char *word = medias[i] == MEDIA_NONE ? _("nobody says where") : media_word(medias[i]);
        words[1 + i] =
            count == 0 ? NULL : arena_printf(arena, "%s %s", word, locale_count(arena, count));
    }
    words[ARRAY_LEN(medias) + 1] =
        costly == 0 ? NULL
                    : arena_printf(arena,
                                   ngettext("%s promises more than can be kept",
                                            "%s promise more than can be kept", costly),
                                   locale_count(arena, costly));
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_page(struct page *page, const struct stage_set *set, struct page_lit *lit)
{
    const struct promises *promises = set->promises;
    int selected = promises_selected(set);
    *lit = (struct page_lit){ 0 };
    page_text(page, 0, style_ink(INK_TEXT), summary_of(page->scene->arena, promises));
    voices_write_scope(page, set);
    for (size_t i = 0; i < promises->count; i++) {
        const struct promise_row *row = &promises->items[i];
        int first = page->row;
        if (i == 0 || row->state != row[-1].state)
            page_heading(page, group_of(row->state));
        int title = page->row;
        write_row(page, set, row, i + 1);
        if ((int)i != selected)
            continue;
        panel_light(page->scene, title, 0, page->row - title, page->scene->columns);
        *lit = (struct page_lit){ i > 0 ? first : 0, page->row - (i > 0 ? first : 0) };
    }
}

static const char *nothing_text(const struct stage_set *set)
{
    return set->promises == NULL || set->promises->count == 0
               ? _("This map makes no promises yet: `promise:` at a touchpoint says what was "
                   "claimed")
               : NULL;
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const char *nothing = nothing_text(set);
    if (nothing != NULL) {
        message_draw(scene, nothing);
    } else {
        struct page page = page_begin(arena, page_inside(columns), medium);
        struct page_lit lit;
        write_page(&page, set, &lit);
        page_lay_lit(scene, 1, page_end(&page), set->options.scroll, lit, set->options.follow);
    }
    head_draw(scene, 0, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct stage_set report = *set;
    struct page page = page_begin(arena, page_inside(columns), medium);
    struct page_lit lit;
    report.options.selected = NONE;
    page_text(&page, 0, style_ink(INK_DIM), nothing_text(set));
    if (nothing_text(set) == NULL)
        write_page(&page, &report, &lit);
    return page_on_screen(arena, set, page_end(&page), NULL, columns, 0, medium);
}

struct scene *promises_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                            struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, set, columns, rows, medium);
}
