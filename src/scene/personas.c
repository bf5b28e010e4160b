/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/personas.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/plot.h>
#include <stellwerk/scene/wording.h>

/* ---- Curves ---------------------------------------------------------------------- */

#define AXIS_COLUMNS 5
#define CURVE_ROWS 6 /* at least: the label, and a plot that says anything */
#define CURVE_MOST 12

const char *side_title(const struct journey *journey, const struct side *side)
{
    if (side->is_context) {
        const struct context *context = &journey->contexts[side->index];
        return context->label != NULL ? context->label : context->id;
    }
    const struct persona *persona = &journey->personas[side->index];
    return persona->name != NULL ? persona->name : persona->id;
}

static bool is_in_force(const struct stage_set *set, const struct side *side)
{
    return side->is_context ? set->lens.context == side->index : set->lens.persona == side->index;
}

/* The set through the eyes of a side. */
static struct stage_set set_of(const struct stage_set *set, const struct side *side)
{
    struct stage_set own = *set;
    own.lens = side->lens;
    own.figures = side->figures;
    own.readings = side->readings;
    return own;
}

/* Name, share, journey score and weakest point over the curve. */
static void draw_label(struct scene *scene, int row, const struct stage_set *set,
                       const struct side *side)
{
    struct arena *arena = scene->arena;
    const struct readings *readings = side->readings;
    const struct journey *journey = set->journey;
    struct style name = is_in_force(set, side) ? style_bold(INK_LENS) : style_bold(INK_STRONG);
    double share = side->is_context ? NAN : journey->personas[side->index].share;
    int weakest = readings->weakest;
    const char *words[] = {
        share > 0 ? arena_printf(arena, _("%s of the customers"), locale_percent(arena, share, 0))
                  : NULL,
        isnan(readings->score)
            ? _("nothing known")
            : arena_printf(arena, _("feels %s"), wording_score(arena, readings->score)),
        weakest == NONE
            ? NULL
            : arena_printf(arena, _("weakest %s (%s)"), journey->touchpoints[weakest].title,
                           wording_score(arena, reading_felt(&readings->items[weakest]))),
    };
    int used = 3 + scene_text(scene, row, 1, scene->columns - 2, name, side_title(journey, side));
    scene_text(scene, row, used, scene->columns - used - 1, style_ink(INK_DIM),
               wording_list(arena, words, ARRAY_LEN(words)));
}

/* In the first row the label. */
static void draw_curve(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct columns *columns, const struct side *side)
{
    struct stage_set own = set_of(set, side);
    struct plot plot = plot_new(scene, &own, columns, area.row + 1, area.rows - 1);
    plot_draw(&plot);
    draw_label(scene, area.row, set, side);
}

/* As many as there is room for, from the one in force on. */
static int draw_curves(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct columns *columns)
{
    const struct sides *sides = set->sides;
    int count = area.rows / CURVE_ROWS;
    count = count < (int)sides->count ? count : (int)sides->count;
    if (count < 1)
        return 0;
    int height = area.rows / count;
    height = height < CURVE_MOST ? height : CURVE_MOST;
    size_t first = 0;
    for (size_t i = 0; i < sides->count && count < (int)sides->count; i++)
        if (is_in_force(set, &sides->items[i]))
            first = i;
    if (first + (size_t)count > sides->count)
        first = sides->count - (size_t)count;
    for (int i = 0; i < count; i++) {
        struct area each = { .row = area.row + i * height, .rows = height };
        draw_curve(scene, each, set, columns, &sides->items[first + (size_t)i]);
    }
    return count * height;
}

static struct columns lay_columns(const struct stage_set *set, int columns)
{
    return columns_lay(AXIS_COLUMNS, columns - AXIS_COLUMNS - 1,
                       (int)set->journey->touchpoint_count, set->options.first,
                       set->options.selected);
}

static void light_title(struct scene *scene, int row, const struct stage_set *set,
                        const struct columns *columns)
{
    for (int i = columns->first; i < columns->first + columns->count; i++) {
        struct region region = { .row = row,
                                 .column = columns_x(columns, i),
                                 .rows = 1,
                                 .columns = columns_width(columns, i),
                                 .kind = REGION_TOUCHPOINT,
                                 .index = i };
        scene_region(scene, region);
        if (i == set->options.selected)
            scene_light(scene, row, region.column, 1, region.columns);
    }
}

/* ---- The screen ------------------------------------------------------------------ */

#define LIST_LEAST 3
#define FIXED_ROWS 6 /* map, titles, sentence, titles of the table, words, keys */

static int list_rows(int rows, size_t count, size_t sides)
{
    int room = rows - FIXED_ROWS, curves = (int)sides * CURVE_MOST;
    int least = room < 2 * CURVE_ROWS + LIST_LEAST ? LIST_LEAST : room / 3;
    int listed = room - curves > least ? room - curves : least;
    return listed < (int)count ? listed : (int)count;
}

static void draw_list(struct scene *scene, struct area area, const struct stage_set *set)
{
    const struct contrasts *contrasts = set->contrasts;
    int count = (int)contrasts->count, selected = contrasts_selected(set);
    int first = panel_first(selected, area.rows, count);
    for (int i = first; i < count && i < first + area.rows; i++) {
        int at = area.row + i - first;
        contrasts_row(scene, at, area.columns + 1, set, &contrasts->items[i]);
        panel_touchpoint(scene, at, area.columns, contrasts->items[i].touchpoint,
                         i == selected ? scene->columns : 0);
    }
    panel_scrollbar(scene, area, first, count);
}

static void draw_words(struct scene *scene, int row, const struct stage_set *set)
{
    scene_fill(scene, row, 0, 1, scene->columns, style_on(GROUND_BAR, INK_TEXT));
    int selected = contrasts_selected(set);
    if (selected != NONE)
        scene_text(scene, row, 1, scene->columns - 2, style_on(GROUND_BAR, INK_TEXT),
                   contrast_line(scene, set, &set->contrasts->items[selected],
                                 scene->columns - 2));
    else if (set->options.selected != NONE && set->contrasts->count > 0)
        scene_printf(scene, row, 1, scene->columns - 2, style_on(GROUND_BAR, INK_DIM),
                     _("%s: nothing sets anyone apart here"),
                     set->journey->touchpoints[set->options.selected].title);
}

/* Over the verdicts: how many of the curves have room. */
static void draw_shown(struct scene *scene, int row, const struct stage_set *set, int rows)
{
    int shown = rows / CURVE_ROWS;
    if (shown < 1 || shown >= (int)set->sides->count)
        return;
    const char *text = arena_printf(scene->arena, _("%d of %zu shown"), shown, set->sides->count);
    int width = scene_text_width(scene, text);
    if (width + 60 < scene->columns)
        scene_text(scene, row, scene->columns - 1 - width, width, style_ink(INK_DIM), text);
}

static void draw_body(struct scene *scene, const struct stage_set *set)
{
    struct columns columns = lay_columns(set, scene->columns);
    int listed = list_rows(scene->rows, set->contrasts->count, set->sides->count);
    struct area curves = { .row = 2, .rows = scene->rows - FIXED_ROWS - listed + 1 };
    titles_draw(scene, 1, 1, set, &columns);
    light_title(scene, 1, set, &columns);
    int row = 2 + draw_curves(scene, curves, set, &columns);
    scene_text(scene, row, 1, scene->columns - 2, style_ink(INK_TEXT),
               contrasts_text(scene->arena, set));
    draw_shown(scene, row + 1, set, curves.rows);
    if (set->contrasts->count > 0)
        contrasts_head(scene, row + 1, scene->columns - 1);
    struct area list = { .row = row + 2, .columns = scene->columns - 2 };
    list.rows = scene->rows - 2 - list.row;
    if (list.rows > 0)
        draw_list(scene, list, set);
    draw_words(scene, scene->rows - 2, set);
}

static const char *nothing_text(struct arena *arena, const struct stage_set *set)
{
    if (set->journey->touchpoint_count == 0)
        return head_journey(arena, set);
    if (set->sides == NULL || set->contrasts == NULL)
        return _("Personas and contexts are being measured …");
    if (set->sides->count == 0)
        return _("This map has no personas and no contexts yet: `personas:` says who they are");
    return NULL;
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    const char *nothing = nothing_text(arena, set);
    if (nothing == NULL)
        draw_body(scene, set);
    else
        message_draw(scene, nothing);
    head_draw(scene, 0, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

/* ---- The report ------------------------------------------------------------------ */

#define REPORT_COLUMN_MIN 15
#define REPORT_CURVE_ROWS 10

/* A journey too long for the page is cut into parts, each with everybody's curve. */
static void report_curves(struct page *page, const struct stage_set *set)
{
    int width = page->scene->columns - AXIS_COLUMNS, total = (int)set->journey->touchpoint_count;
    int each = columns_each(width, total, REPORT_COLUMN_MIN);
    for (int first = 0; first < total; first += each) {
        struct columns columns = columns_part(AXIS_COLUMNS, width, total, first, each);
        titles_draw(page->scene, page_rows(page, 2) + 1, 1, set, &columns);
        for (size_t i = 0; i < set->sides->count; i++) {
            struct area area = { .row = page_rows(page, REPORT_CURVE_ROWS),
                                 .rows = REPORT_CURVE_ROWS };
            draw_curve(page->scene, area, set, &columns, &set->sides->items[i]);
        }
    }
}

static void report_contrasts(struct page *page, const struct stage_set *set)
{
    const struct contrasts *contrasts = set->contrasts;
    page_heading(page, _("Who differs from the others"));
    page_text(page, 0, style_ink(INK_TEXT), contrasts_text(page->scene->arena, set));
    for (size_t i = 0; i < contrasts->count; i++) {
        const struct contrast *contrast = &contrasts->items[i];
        if (i == 0 || contrast->verdict != contrast[-1].verdict) {
            page_heading(page, verdict_title(contrast->verdict));
            contrasts_head(page->scene, page_rows(page, 1), page->scene->columns);
        }
        contrasts_row(page->scene, page_rows(page, 1), page->scene->columns, set, contrast);
    }
}

static void report_hidden(struct page *page, const struct stage_set *set)
{
    const struct contrasts *contrasts = set->contrasts;
    if (contrasts->hidden == 0)
        return;
    page_heading(page, _("Whom the average hides"));
    for (size_t i = 0; i < contrasts->count; i++)
        if (contrasts->items[i].hidden)
            page_text(page, 0, style_ink(INK_TEXT),
                      contrast_text(page->scene->arena, set, &contrasts->items[i]));
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    struct stage_set report = *set;
    const char *nothing = nothing_text(arena, set);
    report.options.selected = NONE;
    head_draw(page.scene, page_rows(&page, 1), set);
    if (nothing != NULL) {
        page_text(&page, 1, style_ink(INK_DIM), nothing);
        return page_end(&page);
    }
    report_curves(&page, &report);
    report_contrasts(&page, &report);
    report_hidden(&page, &report);
    personas_write(&page, &report);
    return page_end(&page);
}

struct scene *personas_draw(struct arena *arena, const struct stage_set *set, int columns,
                            int rows, struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, set, columns, rows, medium);
}
