/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/metrics.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/model/anchors.h>
#include <stellwerk/scene/change.h>
#include <stellwerk/scene/chart.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/scale.h>
#include <stellwerk/scene/wording.h>

/* ---- Titles ---------------------------------------------------------------------- */

/* How closely one looks: through which channel, and by which unit. */
static const char *closeness_text(struct arena *arena, const struct stage_set *set)
{
    int channel = set->wish.channel;
    const char *words[] = {
        channel == NONE ? NULL
                        : arena_printf(arena, _("channel %s"),
                                       channel_title(&set->journey->channels[channel])),
        set->series != NULL ? metrics_unit(set->series->wish.unit) : NULL,
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *scope_text(struct arena *arena, const struct stage_set *set,
                              const struct metric_rows *rows)
{
    const char *words[] = {
        arena_printf(arena, ngettext("%s metric", "%s metrics", rows->count),
                     locale_count(arena, rows->count)),
        closeness_text(arena, set),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* At the right edge, where there is room: what no metric of a touchpoint can count. */
static void draw_unassigned(struct scene *scene, int row, int begin, const struct stage_set *set)
{
    if (set->unassigned == 0)
        return;
    const char *text =
        arena_printf(scene->arena,
                     ngettext("%s event on no touchpoint", "%s events on no touchpoint",
                              set->unassigned),
                     locale_count(scene->arena, set->unassigned));
    int column = scene->columns - 1 - scene_text_width(scene, text);
    if (column >= begin)
        scene_text(scene, row, column, scene->columns - column, style_ink(INK_WARN), text);
}

static void draw_scope(struct scene *scene, int row, const struct stage_set *set,
                       const struct metric_rows *rows)
{
    const struct journey *journey = set->journey;
    const char *title = _("All touchpoints");
    if (!set->options.everywhere && set->options.selected != NONE)
        title = journey->touchpoints[set->options.selected].title;
    int used = 3 + scene_text(scene, row, 1, scene->columns - 2, style_bold(INK_STAGE), title);
    if (rows->count == 0)
        return;
    enum ink ink = set->wish.channel == NONE ? INK_DIM : INK_LENS;
    used += scene_text(scene, row, used, scene->columns - used - 1, style_ink(ink),
                       scope_text(scene->arena, set, rows));
    draw_unassigned(scene, row, used + 2, set);
}

static const char *figure_text(struct arena *arena, struct medium medium,
                               const struct stage_set *set, const struct measure *measure)
{
    const struct metric *metric = &set->journey->metrics[measure->metric];
    const char *words[] = {
        wording_interval(arena, medium, metric, measure, measure->value, measure->value_lo,
                         measure->value_hi),
        arena_printf(arena, _("n %s"), locale_count(arena, measure->n)),
        isnan(measure->score)
            ? NULL
            : arena_printf(arena, _("score %s %s"), wording_score(arena, measure->score),
                           wording_margin(arena, measure->score_lo, measure->score_hi)),
        wording_age(arena, measure->newest, set->now),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* What a person must know before believing the chart. */
static const char *caution_text(struct arena *arena, const struct stage_set *set,
                                const struct measure *measure)
{
    const struct metric *metric = &set->journey->metrics[measure->metric];
    const char *few = arena_printf(arena, _("few answers: fewer than %s"),
                                   locale_count(arena, metric->min_n));
    const char *words[] = {
        measure->stale ? _("older than this metric may be") : NULL,
        measure->status == MEASURE_SMALL ? few : NULL,
        measure->persona_ignored ? _("of all customers: the store does not know who") : NULL,
        measure->context_ignored ? _("of all contexts: the store does not know in which") : NULL,
        measure->channel_ignored ? _("of all channels: the store does not know through which")
                                 : NULL,
        phrase_signals(arena, measure),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

static const char *falling_text(struct arena *arena, const struct stage_set *set,
                                const struct measure *measure)
{
    struct anchors anchors = scale_anchors(arena, set, measure);
    if (anchors.count == 0)
        return _("no anchors: more is up");
    return anchors_direction(anchors) < 0 ? _("less is better: it is up") : _("better is up");
}

/* Title and figure; what changed, what to heed, and what is up. */
static void draw_title(struct scene *scene, struct area area, const struct stage_set *set,
                       const struct metric_row *row)
{
    struct arena *arena = scene->arena;
    const struct measure *measure = row->measure;
    int end = area.column + area.columns;
    int x = area.column + 2;
    x += scene_text(scene, area.row, area.column, area.columns, style_bold(INK_STRONG),
                    metrics_row_title(arena, set, row));
    if (!metrics_has_course(measure))
        return;
    scene_text(scene, area.row, x, end - x, style_ink(INK_MEASURED),
               figure_text(arena, scene->medium, set, measure));
    if (area.rows < 2)
        return;
    const struct metric *metric = &set->journey->metrics[measure->metric];
    const char *change = phrase_change(arena, scene->medium, set->series, metric, measure);
    const char *caution = caution_text(arena, set, measure);
    x = area.column;
    if (change != NULL)
        x += 2 + scene_text(scene, area.row + 1, x, end - x,
                            style_ink(change_ink(&measure->change)), change);
    if (*caution != '\0')
        x += 2 + scene_text(scene, area.row + 1, x, end - x, style_ink(INK_WARN), caution);
    const char *falling = falling_text(arena, set, measure);
    if (x + scene_text_width(scene, falling) <= end)
        scene_text(scene, area.row + 1, x, end - x, style_ink(INK_DIM), falling);
}

/* ---- Charts ---------------------------------------------------------------------- */

static void put_in_the_middle(struct scene *scene, struct area area, enum ink ink, const char *text)
{
    int width = scene_text_width(scene, text);
    width = width < area.columns ? width : area.columns;
    scene_text(scene, area.row + area.rows / 2, area.column + (area.columns - width) / 2, width,
               style_ink(ink), text);
}

/* Why there is no course over time. */
static const char *why_no_course(struct arena *arena, const struct measure *measure)
{
    if (measure == NULL || measure->status > MEASURE_SMALL)
        return wording_why_not(arena, measure);
    return _("the query does not say when: there is a figure, but no course over time");
}

/* A title of `titles` rows, and the chart. */
static void draw_chart(struct scene *scene, struct area area, int titles,
                       const struct stage_set *set, const struct metric_row *row, bool chosen)
{
    struct area title = area, chart = area;
    title.rows = titles;
    chart.row += titles;
    chart.rows -= titles;
    draw_title(scene, title, set, row);
    const char *trouble = metrics_trouble(set);
    if (trouble != NULL)
        put_in_the_middle(scene, chart, INK_DIM, trouble);
    else if (!metrics_has_course(row->measure))
        put_in_the_middle(scene, chart, INK_DIM, why_no_course(scene->arena, row->measure));
    else if (chart.rows >= CHART_ROWS_MIN)
        chart_draw(scene, chart, set, row->measure,
                   chosen ? chart_selected(set, row->measure) : NONE);
}

/* The others in the order of the list, as many as there is room for; a step in the list exchanges
 * one of them for another and leaves the rest where it is. */
static void draw_multiples(struct scene *scene, struct area area, const struct stage_set *set,
                           const struct metric_rows *rows)
{
    static const int rows_least = 9, columns_least = 75;
    int across = area.columns / columns_least < 2 ? 1 : 2;
    int lines = area.rows / rows_least, others = (int)rows->count - 1;
    if (lines > (others + across - 1) / across)
        lines = (others + across - 1) / across;
    if (lines < 1)
        return;
    int slots = lines * across, first = rows->chosen / slots * slots;
    first = first > others - slots ? others - slots : first;
    first = first < 0 ? 0 : first;
    int height = area.rows / lines, width = area.columns / across;
    for (int i = 0; i < slots && first + i < others; i++) {
        int at = first + i < rows->chosen ? first + i : first + i + 1;
        struct area part = {
            .row = area.row + i / across * height,
            .column = area.column + i % across * width,
            .rows = height - 1,
            .columns = width - (across > 1 ? 2 : 0),
        };
        draw_chart(scene, part, 1, set, &rows->items[at], false);
    }
}

/* ---- The screen ------------------------------------------------------------------ */

#define TITLE_ROWS 2
#define MAIN_LEAST 14
#define MULTIPLE_LEAST 9

/* Who gets how many rows. */
struct layout {
    int list, main, multiples, legend;
};

static struct layout share_rows(int rows, int listed)
{
    int most = rows >= 50 ? 12 : rows >= 32 ? 8 : rows >= 22 ? 5 : 2;
    struct layout layout = { .list = listed < most ? listed : most };
    layout.list = layout.list < 1 ? 1 : layout.list;
    layout.legend = rows >= 24 ? 1 : 0;
    int left = rows - 5 - layout.list - layout.legend; /* head, scope, blank, words, keys */
    layout.main = left;
    if (listed > 1 && left >= MAIN_LEAST + MULTIPLE_LEAST + 1) {
        layout.main = left * 9 / 20 > MAIN_LEAST ? left * 9 / 20 : MAIN_LEAST;
        layout.multiples = left - layout.main - 1;
    }
    return layout;
}

/* The selected slice in words, as the last row above the keys. */
static void draw_words(struct scene *scene, int row, const struct stage_set *set,
                       const struct metric_row *chosen)
{
    scene_fill(scene, row, 0, 1, scene->columns, style_on(GROUND_BAR, INK_TEXT));
    if (!metrics_has_course(chosen->measure))
        return;
    struct arena *arena = scene->arena;
    const struct slice *slice =
        &chosen->measure->slices[chart_selected(set, chosen->measure)];
    int used = 3 + scene_text(scene, row, 1, scene->columns - 2, style_bold(INK_STRONG),
                              slice_days_text(arena, slice));
    scene_text(scene, row, used, scene->columns - used - 1, style_on(GROUND_BAR, INK_TEXT),
               slice_text(arena, scene->medium, &set->journey->metrics[chosen->metric],
                          chosen->measure, slice, scene->columns - used - 1));
}

static void draw_screen(struct scene *scene, const struct stage_set *set,
                        const struct metric_rows *rows)
{
    struct layout layout = share_rows(scene->rows, (int)rows->count);
    struct area list = { .row = 2, .rows = layout.list, .columns = scene->columns - 2 };
    struct area main = { .row = 3 + layout.list, .column = 1, .rows = layout.main };
    main.columns = scene->columns - 2;
    struct area multiples = main;
    multiples.row += layout.main + layout.legend + (layout.multiples > 0 ? 1 : 0);
    multiples.rows = layout.multiples;
    metrics_list_draw(scene, list, set, rows);
    draw_chart(scene, main, TITLE_ROWS, set, &rows->items[rows->chosen], true);
    if (layout.legend > 0 && metrics_trouble(set) == NULL)
        chart_legend(scene, main.row + main.rows, main.column, main.columns);
    if (layout.multiples > 0)
        draw_multiples(scene, multiples, set, rows);
    draw_words(scene, scene->rows - 2, set, &rows->items[rows->chosen]);
}

static const char *nothing_text(const struct stage_set *set)
{
    if (set->journey->metric_count == 0)
        return _("This map has no metrics yet: `metrics:` defines them");
    if (set->options.everywhere || set->options.selected == NONE)
        return _("No touchpoint has a metric yet");
    return _("This touchpoint has no metrics: t lists those of all");
}

/* ---- The report ------------------------------------------------------------------ */

#define REPORT_CHART_ROWS 14

static void report_metric(struct page *page, const struct stage_set *set,
                          const struct metric_row *row)
{
    bool course = metrics_trouble(set) == NULL && metrics_has_course(row->measure);
    int rows = course ? TITLE_ROWS + REPORT_CHART_ROWS + 1 : TITLE_ROWS + 1;
    struct area area = {
        .row = page_rows(page, rows),
        .rows = rows - 1,
        .columns = page->scene->columns,
    };
    draw_chart(page->scene, area, course ? TITLE_ROWS : 1, set, row, false);
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    struct stage_set each = *set;
    head_draw(page.scene, page_rows(&page, 1), set);
    page_text(&page, 1, style_ink(INK_DIM), closeness_text(arena, set));
    page_text(&page, 1, style_ink(INK_WARN), metrics_trouble(set));
    each.options.everywhere = false;
    for (int i = 0; i < (int)set->journey->touchpoint_count; i++) {
        each.options.selected = i;
        struct metric_rows rows = metrics_rows(arena, &each);
        if (rows.count == 0)
            continue;
        page_heading(&page, set->journey->touchpoints[i].title);
        for (size_t j = 0; j < rows.count && metrics_trouble(set) == NULL; j++)
            report_metric(&page, &each, &rows.items[j]);
    }
    chart_legend(page.scene, page_rows(&page, 1), 0, columns);
    return page_end(&page);
}

struct scene *metrics_draw(struct arena *arena, const struct stage_set *set, int columns, int rows,
                           struct medium medium)
{
    if (rows == 0)
        return draw_report(arena, set, columns, medium);
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    struct scene *scene = scene_new(arena, columns, rows, medium);
    struct metric_rows listed = metrics_rows(arena, set);
    if (listed.count > 0)
        draw_screen(scene, set, &listed);
    else
        message_draw(scene, nothing_text(set));
    head_draw(scene, 0, set);
    draw_scope(scene, 1, set, &listed);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}
