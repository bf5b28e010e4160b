/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "story_rows.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

/*
 *     09:15  12 min │● Checkout            Web          media break
 *     clock  since   line               channel      notes
 */
#define CLOCK_COLUMNS 5
#define SINCE_END 15 /* column before which the time since ends */
#define LINE_COLUMN 17
#define TITLE_COLUMN 19
#define CHANNEL_COLUMNS 14
#define TITLE_MOST 44

struct rows {
    struct page *page;
    const struct stage_set *set;
    const struct story *story;
    int channel; /* column where channels begin */
    int32_t day; /* of the heading last written; DAY_NONE */
};

static int place_channels(const struct page *page)
{
    int title = (page->scene->columns - TITLE_COLUMN) * 2 / 5;
    return TITLE_COLUMN + (title < TITLE_MOST ? title : TITLE_MOST);
}

static const char *clock_text(struct arena *arena, int64_t ts)
{
    int64_t seconds = (ts - (int64_t)time_day(ts) * TIME_US_PER_DAY) / 1000000;
    return arena_printf(arena, "%02" PRId64 ":%02" PRId64, seconds / 3600, seconds / 60 % 60);
}

static void begin_day(struct rows *rows, int64_t ts)
{
    int32_t day = time_day(ts);
    int32_t first = time_day(rows->story->events[0].ts);
    struct arena *arena = rows->page->scene->arena;
    if (day == rows->day)
        return;
    rows->day = day;
    page_heading(rows->page, day == first
                                 ? locale_day(arena, day)
                                 : arena_printf(arena, _("%s, day %s"), locale_day(arena, day),
                                                locale_count(arena, (uint64_t)(day - first) + 1)));
}

/* ---- Events ---------------------------------------------------------------------- */

static enum ink ink_of(enum transition kind)
{
    static const uint8_t inks[] = {
        [TRANSITION_DESIGNED] = INK_MEASURED, [TRANSITION_JUMP] = INK_WARN,
        [TRANSITION_BACK] = INK_BAD,          [TRANSITION_LOOP] = INK_WARN,
        [TRANSITION_OFF] = INK_DIM,
    };
    return inks[kind];
}

static bool same_word(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool is_same(const struct story_event *a, const struct story_event *b)
{
    return a->touchpoint == b->touchpoint && a->channel == b->channel &&
           same_word(a->channel_name, b->channel_name) && same_word(a->activity, b->activity) &&
           same_word(a->outcome, b->outcome) && time_day(a->ts) == time_day(b->ts);
}

/* What happens again and again, up to the next answer. */
static size_t repeats_of(const struct story *story, size_t first, int64_t until)
{
    size_t end = first + 1;
    while (end < story->event_count && is_same(&story->events[first], &story->events[end]) &&
           story->events[end].ts <= until)
        end++;
    return end - first;
}

/* An activity that the touchpoint does not already say. */
static const char *activity_of(const struct stage_set *set, const struct story_event *event)
{
    if (event->touchpoint == NONE)
        return NULL;
    const struct touchpoint *touchpoint = &set->journey->touchpoints[event->touchpoint];
    bool said = strcmp(event->activity, touchpoint->id) == 0 ||
                strcmp(event->activity, touchpoint->title) == 0;
    return said ? NULL : event->activity;
}

static const char *amount_text(struct arena *arena, const char *format, double amount,
                               const char *currency)
{
    if (isnan(amount))
        return NULL;
    const char *number = locale_number(arena, amount, wording_decimals(amount));
    return arena_printf(arena, format,
                        currency != NULL ? arena_printf(arena, "%s %s", number, currency) : number);
}

/* Coming back to the map is no detour of its own. */
static enum transition kind_of(const struct story_set *story, size_t index)
{
    enum transition kind = story->kinds[index];
    bool back_on_map = kind == TRANSITION_OFF && story->story.events[index].touchpoint != NONE;
    return index == 0 || back_on_map ? TRANSITION_DESIGNED : kind;
}

static const char *kind_text(const struct story_set *story, size_t index)
{
    enum transition kind = kind_of(story, index);
    return kind == TRANSITION_DESIGNED ? NULL : paths_transition_word(kind);
}

static const char *notes_text(const struct rows *rows, size_t index, size_t count)
{
    struct arena *arena = rows->page->scene->arena;
    const struct story_event *event = &rows->story->events[index];
    const struct story_event *last = &rows->story->events[index + count - 1];
    const char *words[] = {
        rows->set->story->breaks[index] ? _("media break") : NULL,
        kind_text(rows->set->story, index),
        activity_of(rows->set, event),
        event->outcome,
        count > 1 ? arena_printf(arena, _("%s times until %s"), locale_count(arena, count),
                                 clock_text(arena, last->ts))
                  : NULL,
        count > 1 ? NULL : amount_text(arena, _("value %s"), event->value, event->currency),
        count > 1 ? NULL : amount_text(arena, _("cost %s"), event->cost, event->currency),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *title_of(const struct stage_set *set, const struct story_event *event)
{
    return event->touchpoint == NONE ? event->activity
                                     : set->journey->touchpoints[event->touchpoint].title;
}

static const char *channel_of(const struct stage_set *set, const struct story_event *event)
{
    return event->channel != NONE ? channel_title(&set->journey->channels[event->channel])
                                  : event->channel_name;
}

static void write_since(const struct rows *rows, int row, size_t index)
{
    const struct story *story = rows->story;
    if (index == 0)
        return;
    double since = (double)(story->events[index].ts - story->events[index - 1].ts);
    page_right(rows->page, row, SINCE_END, SINCE_END - CLOCK_COLUMNS - 1, style_ink(INK_DIM),
               paths_time(rows->page->scene->arena, since));
}

/* The notes stand beside the channel where they fit, else below. */
static void write_notes(const struct rows *rows, int row, size_t index, size_t count)
{
    struct scene *scene = rows->page->scene;
    const char *notes = notes_text(rows, index, count);
    int column = rows->channel + CHANNEL_COLUMNS, room = scene->columns - column;
    bool broken = rows->set->story->breaks[index];
    struct style style = style_ink(broken ? INK_BAD : INK_DIM);
    if (notes == NULL || *notes == '\0')
        return;
    if (scene_text_width(scene, notes) <= room)
        scene_text(scene, row, column, room, style, notes);
    else
        page_text(rows->page, TITLE_COLUMN + 2, style, notes);
}

static void write_event(struct rows *rows, size_t index, size_t count)
{
    const struct story_event *event = &rows->story->events[index];
    enum ink ink = ink_of(kind_of(rows->set->story, index));
    const char *channel = channel_of(rows->set, event);
    begin_day(rows, event->ts);
    int row = page_rows(rows->page, 1);
    struct scene *scene = rows->page->scene;
    scene_text(scene, row, 0, CLOCK_COLUMNS, style_ink(INK_TEXT),
               clock_text(scene->arena, event->ts));
    write_since(rows, row, index);
    scene_glyph(scene, row, LINE_COLUMN, style_ink(ink), glyph(scene->medium, GLYPH_MEASURED));
    scene_text(scene, row, TITLE_COLUMN, rows->channel - TITLE_COLUMN - 1,
               event->touchpoint == NONE ? style_ink(INK_DIM) : style_bold(INK_STRONG),
               title_of(rows->set, event));
    if (channel != NULL)
        scene_text(scene, row, rows->channel, CHANNEL_COLUMNS - 1, style_ink(INK_TEXT), channel);
    write_notes(rows, row, index, count);
}

/* ---- Answers --------------------------------------------------------------------- */

static const char *scale_text(struct arena *arena, const struct story_answer *answer)
{
    if (isnan(answer->value))
        return NULL;
    const char *value = locale_number(arena, answer->value, wording_decimals(answer->value));
    if (isnan(answer->scale_min) || isnan(answer->scale_max))
        return value;
    return arena_printf(
        arena, _("%s on a scale of %s to %s"), value,
        locale_number(arena, answer->scale_min, wording_decimals(answer->scale_min)),
        locale_number(arena, answer->scale_max, wording_decimals(answer->scale_max)));
}

static const char *answer_text(const struct rows *rows, const struct story_answer *answer)
{
    struct arena *arena = rows->page->scene->arena;
    const struct journey *journey = rows->set->journey;
    bool expected = strcmp(answer->kind, "expectation") == 0;
    const char *words[] = {
        answer->metric != NONE ? metric_title(&journey->metrics[answer->metric]) : answer->name,
        answer->touchpoint != NONE ? journey->touchpoints[answer->touchpoint].title : NULL,
        scale_text(arena, answer),
        isnan(answer->score)
            ? NULL
            : arena_printf(arena, expected ? _("expects %s of 100") : _("feels like %s of 100"),
                           wording_score(arena, answer->score)),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static void write_answer(struct rows *rows, const struct story_answer *answer)
{
    struct arena *arena = rows->page->scene->arena;
    begin_day(rows, answer->ts);
    int row = rows->page->row;
    page_text(rows->page, TITLE_COLUMN + 2, style_ink(INK_MEASURED), answer_text(rows, answer));
    if (answer->text != NULL)
        page_text(rows->page, TITLE_COLUMN + 2, style_ink(INK_STRONG),
                  wording_quoted(arena, answer->text));
    if (rows->page->row > row)
        scene_text(rows->page->scene, row, 0, CLOCK_COLUMNS, style_ink(INK_TEXT),
                   clock_text(arena, answer->ts));
}

void story_write_rows(struct page *page, const struct stage_set *set)
{
    const struct story *story = &set->story->story;
    struct rows rows = {
        .page = page, .set = set, .story = story, .day = DAY_NONE, .channel = place_channels(page)
    };
    size_t event = 0, answer = 0;
    while (event < story->event_count || answer < story->answer_count) {
        bool said =
            answer < story->answer_count &&
            (event == story->event_count || story->answers[answer].ts < story->events[event].ts);
        if (said) {
            write_answer(&rows, &story->answers[answer++]);
            continue;
        }
        int64_t until = answer < story->answer_count ? story->answers[answer].ts : INT64_MAX;
        size_t count = repeats_of(story, event, until);
        write_event(&rows, event, count);
        event += count;
    }
}
