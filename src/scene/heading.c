/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/heading.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/attribution.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/story.h>
#include <stellwerk/scene/text.h>
#include <stellwerk/scene/wording.h>

/* Columns that the map's title keeps while anything else can give way; a lens that leaves nothing
 * out says little beside it. */
#define TITLE_LEAST 24
#define TITLE_LEAST_ALL_TIME 40

/* ---- The head line --------------------------------------------------------------- */

/* Who draws paths alone has read the store, too; TIME_NONE where nobody has. */
static int64_t newest_step(const struct stage_set *set)
{
    if (set->paths != NULL && set->paths->problem.text[0] == '\0' && set->paths->paths.cases > 0)
        return set->paths->paths.as_of;
    if (set->story != NULL && set->story->sequence != NULL)
        return set->story->as_of;
    bool credits = set->credits != NULL && set->credits->problem.text[0] == '\0' &&
                   set->credits->source == CREDIT_OF_CASES;
    return credits ? set->credits->as_of : TIME_NONE;
}

const char *head_state(struct arena *arena, const struct stage_set *set, bool *warn)
{
    *warn = false;
    int64_t newest = set->figures == NULL ? newest_step(set) : TIME_NONE;
    if (newest != TIME_NONE)
        return arena_printf(arena, _("data %s"), wording_age(arena, newest, set->now));
    if (set->figures == NULL)
        return set->journey->store == NULL ? _("no store") : _("store not read");
    if (set->figures->problem.text[0] != '\0') {
        *warn = true;
        return _("store not readable");
    }
    if (!set->options.overlay)
        return _("estimates only");
    if (set->figures->newest == TIME_NONE)
        return _("no data");
    /* TRANSLATORS: %s is "3 days old" or "of today". */
    return arena_printf(arena, _("data %s"),
                        wording_age(arena, set->figures->newest, set->now));
}

const char *head_journey(struct arena *arena, const struct stage_set *set)
{
    const struct readings *readings = set->readings;
    if (set->journey->touchpoint_count == 0)
        return _("This map has no touchpoints yet");
    if (readings->weakest == NONE)
        return _("Nothing is known yet of how the journey is felt");
    const struct touchpoint *touchpoints = set->journey->touchpoints;
    /* TRANSLATORS: "The journey feels like 58 of 100; weakest is Connection (20), it ends with
     * 66". */
    return arena_printf(
        arena, _("The journey feels like %s of 100; weakest is %s (%s), it ends with %s"),
        wording_score(arena, readings->score), touchpoints[readings->weakest].title,
        wording_score(arena, reading_felt(&readings->items[readings->weakest])),
        wording_score(arena, reading_felt(&readings->items[readings->end])));
}

static int title_room(const struct scene *scene, const struct stage_set *set)
{
    int width = scene_text_width(scene, set->journey->title) + 3;
    int least = set->lens.period.kind == PERIOD_ALL ? TITLE_LEAST_ALL_TIME : TITLE_LEAST;
    return width < least ? width : least;
}

/* From the right: the state is the first to give way, who looks the last. Returns where it
 * begins. */
static int draw_lens(struct scene *scene, int row, const struct stage_set *set)
{
    bool warn;
    const char *parts[] = {
        wording_who(scene->arena, set->journey, set->lens.persona, set->lens.context),
        locale_period(scene->arena, set->lens.period),
        head_state(scene->arena, set, &warn),
    };
    int count = 3, width = 0, room = scene->columns - title_room(scene, set);
    for (int i = 0; i < count; i++)
        width += scene_text_width(scene, parts[i]) + (i > 0 ? 3 : 1);
    for (; count > 1 && width > room; count--)
        width -= scene_text_width(scene, parts[count - 1]) + 3;
    int begin = scene->columns - (width < room ? width : room), column = begin;
    for (int i = 0; i < count; i++) {
        enum ink ink = i < 2 ? INK_LENS : warn ? INK_WARN : INK_DIM;
        column +=
            scene_text(scene, row, column, scene->columns - 1 - column, style_ink(ink), parts[i]);
        column += 3;
    }
    return begin;
}

/* Puts a word behind the title where it is whole; returns where the next one begins. */
static int draw_beside(struct scene *scene, int row, int column, int end, enum ink ink,
                       const char *word)
{
    if (column + scene_text_width(scene, word) > end)
        return column;
    return column + scene_text(scene, row, column, end - column, style_ink(ink), word) + 2;
}

static const char *findings_text(struct arena *arena, const struct stage_set *set)
{
    size_t count = set->findings == NULL ? 0 : set->findings->errors + set->findings->warnings;
    if (count == 0)
        return "";
    const char *format = ngettext("%s finding", "%s findings", count);
    return arena_printf(arena, format, locale_count(arena, count));
}

void head_draw(struct scene *scene, int row, const struct stage_set *set)
{
    const struct journey *journey = set->journey;
    scene_fill(scene, row, 0, 1, scene->columns, style_on(GROUND_BAR, INK_TEXT));
    int end = draw_lens(scene, row, set) - 2;
    int column = 3 + scene_text(scene, row, 1, end - 1, style_bold(INK_STRONG), journey->title);
    column = draw_beside(scene, row, column, end, INK_DIM, kind_word(journey->kind));
    draw_beside(scene, row, column, end, INK_WARN, findings_text(scene->arena, set));
}

/* ---- Stages ---------------------------------------------------------------------- */

static int later(int a, int b)
{
    return a > b ? a : b;
}

static int earlier(int a, int b)
{
    return a < b ? a : b;
}

static void draw_stage(struct scene *scene, int row, const struct stage *stage,
                       const struct columns *columns)
{
    int first = later((int)stage->first, columns->first);
    int end = earlier((int)(stage->first + stage->count), columns->first + columns->count);
    if (first >= end)
        return;
    int x = columns_x(columns, first);
    int behind = columns_x(columns, end - 1) + columns_width(columns, end - 1);
    const char *rule = glyph(scene->medium, GLYPH_RULE);
    for (int i = x; i < behind; i++)
        scene_glyph(scene, row, i, style_ink(INK_FAINT), rule);
    int used = scene_text(scene, row, x, behind - x, style_bold(INK_STAGE), stage->title);
    if (x + used < behind)
        scene_fill(scene, row, x + used, 1, 1, style_ink(INK_TEXT));
}

void stages_draw(struct scene *scene, int row, const struct stage_set *set,
                 const struct columns *columns)
{
    for (size_t i = 0; i < set->journey->stage_count; i++)
        draw_stage(scene, row, &set->journey->stages[i], columns);
}

/* ---- Titles ---------------------------------------------------------------------- */

#define TITLE_ROWS_MOST 6

static const char **title_lines(struct arena *arena, const struct touchpoint *touchpoint,
                                struct medium medium, int columns, size_t *count)
{
    return medium_wrap(arena, medium, touchpoint->title, columns, TITLE_ROWS_MOST, count);
}

/* The mark of a moment of truth stands behind the title, or below it where the title fills its
 * row. */
int title_rows(struct arena *arena, const struct touchpoint *touchpoint, struct medium medium,
               int columns)
{
    size_t count;
    const char **lines = title_lines(arena, touchpoint, medium, columns, &count);
    bool full = count > 0 && medium_width(arena, medium, lines[count - 1]) == columns;
    return (int)count + (touchpoint->moment_of_truth && full ? 1 : 0);
}

static void draw_truth(struct scene *scene, int row, int column)
{
    scene_glyph(scene, row, column, style_ink(INK_TRUTH), glyph(scene->medium, GLYPH_TRUTH));
}

static void draw_title(struct scene *scene, int row, int rows, int column, int columns,
                       const struct touchpoint *touchpoint, struct style style)
{
    size_t count;
    const char **lines = title_lines(scene->arena, touchpoint, scene->medium, columns, &count);
    int last = (int)count - 1;
    bool below = last + 1 < rows &&
                 title_rows(scene->arena, touchpoint, scene->medium, columns) > last + 1;
    for (int i = 0; i < rows && i <= last; i++) {
        bool cut = i == rows - 1 && i < last;
        bool marked = touchpoint->moment_of_truth && !below && (cut || i == last);
        int limit = marked ? columns - 1 : columns;
        const char *line =
            cut ? arena_printf(scene->arena, "%s %s", lines[i], lines[i + 1]) : lines[i];
        int used = scene_text(scene, row + i, column, limit, style, line);
        if (marked)
            draw_truth(scene, row + i, column + used + (used < limit ? 1 : 0));
    }
    if (below)
        draw_truth(scene, row + last + 1, column);
}

void titles_draw(struct scene *scene, int row, int rows, const struct stage_set *set,
                 const struct columns *columns)
{
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        int column = columns_x(columns, i), width = columns_width(columns, i);
        bool selected = i == set->options.selected;
        struct style style = selected ? style_bold(INK_STRONG) : style_ink(INK_TEXT);
        if (selected && scene->medium.mono)
            style.emphasis |= EMPHASIS_REVERSE;
        draw_title(scene, row, rows, column, width, &set->journey->touchpoints[i], style);
    }
}
