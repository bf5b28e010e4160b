/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/scene/chart.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/model/anchors.h>
#include <stellwerk/scene/band.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/line.h>
#include <stellwerk/scene/scale.h>

#define SLICE_MOST 24       /* columns of a slice */
#define LABEL_MOST 12       /* columns of the value axis */
#define SCORE_COLUMNS 4
#define DOT_STEP 6          /* columns from dot to dot of a grid line */
#define ROWS_BELOW 2        /* days and counts */

struct chart {
    struct scene *scene;
    const struct stage_set *set;
    const struct metric *metric;
    const struct measure *measure, *before; /* NULL: no period before */
    struct area area;
    struct scale scale;
    struct columns columns; /* the plot's, as one wide column */
    struct plot plot;
    struct xmr noise;
    double adequate, desired, target; /* raw values; NAN */
    int first, count; /* slices shown */
    int pitch;        /* columns of the narrowest */
};

/* ---- Slices and where they are --------------------------------------------------- */

int chart_selected(const struct stage_set *set, const struct measure *measure)
{
    int at = 0, last = (int)measure->slice_count - 1;
    int32_t day = set->options.slice_day;
    if (day != DAY_NONE) {
        while (at < last && measure->slices[at].last_day < day)
            at++;
        return last < 0 ? NONE : at;
    }
    while (last > 0 && measure->slices[last].n == 0)
        last--;
    return last;
}

static const struct slice *slice_at(const struct chart *chart, int i)
{
    return &chart->measure->slices[chart->first + i];
}

static int slice_left(const struct chart *chart, int i)
{
    return chart->columns.left + i * chart->columns.width / chart->count;
}

static int slice_centre(const struct chart *chart, int i)
{
    return slice_left(chart, i) + (chart->pitch - 1) / 2;
}

static int slice_width(const struct chart *chart, int i)
{
    return slice_left(chart, i + 1) - slice_left(chart, i);
}

/* By half a window at a time: scrolling slice by slice would draw all anew at every key. */
static void choose_window(struct chart *chart, int width, int selected)
{
    int total = (int)chart->measure->slice_count;
    chart->count = total < width ? total : width;
    chart->pitch = width / chart->count < SLICE_MOST ? width / chart->count : SLICE_MOST;
    if (chart->columns.width > chart->count * SLICE_MOST)
        chart->columns.width = chart->count * SLICE_MOST;
    int half = width / 2 > 0 ? width / 2 : 1;
    int last = total - chart->count, at = selected == NONE ? total - 1 : selected;
    int first = at / half * half - half / 2;
    chart->first = first < 0 ? 0 : first > last ? last : first;
}

/* The slice of the period before that lies as far from its beginning. */
static const struct slice *slice_before(const struct chart *chart, const struct slice *slice)
{
    const struct figures *series = chart->set->series;
    int64_t shift = (int64_t)series->before->lens.period.first - series->lens.period.first;
    int64_t middle = ((int64_t)slice->first_day + slice->last_day) / 2 + shift;
    for (size_t i = 0; i < chart->before->slice_count; i++) {
        const struct slice *other = &chart->before->slices[i];
        if (other->first_day <= middle && middle <= other->last_day)
            return other;
    }
    return NULL;
}

static double level_of(const struct chart *chart, double raw)
{
    return scale_level(&chart->scale, raw);
}

static bool is_on_scale(const struct chart *chart, double raw)
{
    return raw >= chart->scale.low && raw <= chart->scale.high;
}

/* ---- What it is held against ----------------------------------------------------- */

/* What an opportunity is to bring, else what the organisation has set itself; as a raw value. */
static double target_of(const struct chart *chart, struct anchors anchors)
{
    const struct touchpoint *at = &chart->set->journey->touchpoints[chart->measure->touchpoint];
    for (size_t i = 0; i < at->opportunity_count; i++) {
        const struct opportunity *opportunity = &at->opportunities[i];
        if (opportunity->expects.metric == chart->measure->metric &&
            opportunity->status != STATUS_DROPPED)
            return opportunity->expects.to;
    }
    return anchors_raw(anchors, at->standard);
}

static void find_marks(struct chart *chart)
{
    const struct reading *reading =
        &chart->set->readings->items[chart->measure->touchpoint];
    struct anchors anchors = scale_anchors(chart->scene->arena, chart->set, chart->measure);
    chart->adequate = anchors_raw(anchors, reading->adequate);
    chart->desired = anchors_raw(anchors, reading->desired);
    if (isnan(chart->desired) && !isnan(chart->adequate))
        chart->desired = anchors_target(anchors);
    chart->target = target_of(chart, anchors);
}

/* The calm block over all slices, the fall under those that miss it. */
static void draw_zone(const struct chart *chart)
{
    double adequate = level_of(chart, chart->adequate), desired = level_of(chart, chart->desired);
    bool off = isnan(adequate) ||
               (!is_on_scale(chart, chart->adequate) && !is_on_scale(chart, chart->desired));
    if (off)
        return;
    for (int i = 0; i < chart->count; i++) {
        const struct slice *slice = slice_at(chart, i);
        double felt = slice_shown(slice) ? level_of(chart, slice->value) : NAN;
        zone_draw(&chart->plot, slice_left(chart, i), slice_width(chart, i), adequate, desired,
                  felt);
    }
}

static void draw_dots(const struct chart *chart, int row, int step, enum ink ink)
{
    const struct plot *plot = &chart->plot;
    int end = slice_left(chart, chart->count);
    for (int x = chart->columns.left; x < end; x += step)
        if (plot_free(plot, row, x) && scene_cell(plot->scene, row, x)->bytes == 0)
            plot_put(plot, row, x, style_ink(ink), glyph(plot->scene->medium, GLYPH_GRID));
}

static void draw_axis(const struct chart *chart)
{
    struct scene *scene = chart->scene;
    const struct scale *scale = &chart->scale;
    int steps = (int)lround((scale->high - scale->low) / scale->step);
    int room = chart->columns.left - chart->area.column - 1;
    for (int i = 0; i <= steps; i++) {
        double value = scale->low + i * scale->step;
        int row = plot_row(&chart->plot, level_of(chart, value));
        const char *label =
            scale_label(scene->arena, scale, chart->metric, chart->measure, value);
        int width = scene_text_width(scene, label);
        width = width < room ? width : room;
        scene_text(scene, row, chart->columns.left - 1 - width, width, style_ink(INK_DIM), label);
        draw_dots(chart, row, DOT_STEP, INK_FAINT);
    }
}

static void draw_scores(const struct chart *chart)
{
    int before = -1;
    int step = chart->plot.rows >= 12 ? 25 : 50;
    for (int score = 100; chart->scale.anchors.count > 0 && score >= 0; score -= step) {
        double raw = anchors_raw(chart->scale.anchors, score);
        int row = plot_row(&chart->plot, level_of(chart, raw));
        if (isnan(raw) || !is_on_scale(chart, raw) || row == before)
            continue;
        scene_printf(chart->scene, row, columns_end(&chart->columns) + 1, SCORE_COLUMNS - 1,
                     style_ink(INK_DIM), "%3d", score);
        before = row;
    }
}

/* A value over the columns of a slice. */
static void draw_dash(const struct chart *chart, int i, double raw, enum ink ink, enum glyph which)
{
    if (!is_on_scale(chart, raw))
        return;
    int row = plot_row(&chart->plot, level_of(chart, raw));
    for (int x = slice_left(chart, i); x < slice_left(chart, i + 1); x++)
        plot_put(&chart->plot, row, x, style_ink(ink), glyph(chart->scene->medium, which));
}

/* Limits of what adds up are of a day. */
static double slice_days(const struct slice *slice)
{
    bool adds_up = slice->sample.kind == SAMPLE_COUNT || slice->sample.kind == SAMPLE_SUM;
    return adds_up ? (double)slice->last_day - slice->first_day + 1 : 1;
}

static void draw_references(const struct chart *chart)
{
    for (int i = 0; i < chart->count; i++) {
        const struct slice *slice = slice_at(chart, i);
        double days = slice_days(slice);
        draw_dash(chart, i, chart->noise.limits.low * days, INK_DIM, GLYPH_LIMIT);
        draw_dash(chart, i, chart->noise.limits.high * days, INK_DIM, GLYPH_LIMIT);
        draw_dash(chart, i, chart->target, INK_PROMISE, GLYPH_PROMISE);
        const struct slice *before =
            chart->before != NULL ? slice_before(chart, slice) : NULL;
        if (before != NULL && slice_shown(before))
            draw_dash(chart, i, before->value, INK_DIM, GLYPH_RULE);
    }
}

/* ---- What was measured ----------------------------------------------------------- */

/* Straight from mark to mark; a slice without one breaks the line. */
static void draw_line(const struct chart *chart)
{
    int columns = chart->columns.width;
    double *heights =
        arena_array(chart->scene->arena, 2 * (size_t)columns + 1, sizeof(*heights));
    for (int i = 0; i <= 2 * columns; i++)
        heights[i] = NAN;
    for (int i = 0; i + 1 < chart->count; i++) {
        const struct slice *from = slice_at(chart, i), *to = slice_at(chart, i + 1);
        if (!slice_shown(from) || !slice_shown(to))
            continue;
        double a = plot_height(&chart->plot, level_of(chart, from->value));
        double b = plot_height(&chart->plot, level_of(chart, to->value));
        int begin = 2 * (slice_centre(chart, i) - chart->columns.left) + 1;
        int steps = 2 * (slice_centre(chart, i + 1) - slice_centre(chart, i));
        for (int k = 0; k <= steps; k++)
            heights[begin + k] = a + (b - a) * k / steps;
    }
    line_draw(&chart->plot, style_ink(INK_TREND), chart->columns.left, columns, heights);
}

static void draw_whiskers(const struct chart *chart, int column, const struct slice *slice)
{
    if (isnan(slice->value_lo) || isnan(slice->value_hi))
        return;
    int a = plot_row(&chart->plot, level_of(chart, slice->value_lo));
    int b = plot_row(&chart->plot, level_of(chart, slice->value_hi));
    int top = a < b ? a : b, bottom = a < b ? b : a;
    for (int row = top; row <= bottom && top < bottom; row++) {
        enum glyph which = row == top      ? GLYPH_WHISKER_TOP
                           : row == bottom ? GLYPH_WHISKER_BOTTOM
                                           : GLYPH_WHISKER;
        plot_put(&chart->plot, row, column, style_ink(INK_MEASURED),
                 glyph(chart->scene->medium, which));
    }
}

static void draw_signal(const struct chart *chart, int column, int row)
{
    int above = row - 1 >= chart->plot.top ? row - 1 : row + 1;
    plot_put(&chart->plot, above, column, style_bold(INK_WARN), "!");
}

static void draw_marks(const struct chart *chart)
{
    struct medium medium = chart->scene->medium;
    for (int i = 0; i < chart->count; i++) {
        const struct slice *slice = slice_at(chart, i);
        if (!slice_shown(slice))
            continue;
        int column = slice_centre(chart, i);
        int row = plot_row(&chart->plot, level_of(chart, slice->value));
        bool few = slice->n < chart->metric->min_n;
        bool signal = slice->signal != XMR_NONE;
        draw_whiskers(chart, column, slice);
        if (signal)
            draw_signal(chart, column, row);
        plot_put(&chart->plot, row, column, style_bold(signal ? INK_WARN : INK_MEASURED),
                 glyph(medium, few ? GLYPH_SMALL : GLYPH_MEASURED));
    }
}

/* ---- Below the plot -------------------------------------------------------------- */

/* A month is named without a day: the first one of it may be missing. */
static const char *day_text(const struct chart *chart, int i)
{
    struct arena *arena = chart->scene->arena;
    int32_t day = slice_at(chart, i)->first_day;
    bool month = chart->set->series->wish.unit == PERIOD_MONTH;
    return month ? locale_month(arena, day) : locale_day(arena, day);
}

static void draw_days(const struct chart *chart, int row)
{
    struct scene *scene = chart->scene;
    int width = scene_text_width(scene, day_text(chart, 0));
    int end = chart->area.column + chart->area.columns, free = 0;
    for (int i = 0; i < chart->count; i++) {
        int x = slice_left(chart, i);
        if (x < free || x + width > end)
            continue;
        scene_text(scene, row, x, width, style_ink(INK_DIM), day_text(chart, i));
        free = x + width + 1;
    }
}

static void draw_counts(const struct chart *chart, int row)
{
    struct scene *scene = chart->scene;
    uint64_t most = 1;
    for (int i = 0; i < chart->count; i++)
        most = slice_at(chart, i)->n > most ? slice_at(chart, i)->n : most;
    bool numbers = scene_text_width(scene, locale_count(scene->arena, most)) < chart->pitch;
    scene_text(scene, row, chart->columns.left - 2, 1, style_ink(INK_DIM), C_("rows", "n"));
    for (int i = 0; i < chart->count; i++) {
        uint64_t n = slice_at(chart, i)->n;
        struct style style = style_ink(INK_DIM);
        if (numbers)
            scene_text(scene, row, slice_left(chart, i), chart->pitch - 1, style,
                       locale_count(scene->arena, n));
        else if (n > 0)
            scene_glyph(scene, row, slice_centre(chart, i), style,
                        glyph_bar(scene->medium, (double)n / (double)most));
    }
}

/* The whole of a date that is longer than its slice is wide. */
static void light_day(const struct chart *chart, int row, int column)
{
    const struct cell *cell = scene_cell(chart->scene, row, column - 1);
    for (; cell != NULL && cell->bytes > 0; cell = scene_cell(chart->scene, row, ++column))
        scene_light(chart->scene, row, column, 1, 1);
}

static void draw_selection(const struct chart *chart, int selected)
{
    struct scene *scene = chart->scene;
    int i = selected - chart->first;
    if (selected == NONE || i < 0 || i >= chart->count)
        return;
    int width = chart->pitch > 2 ? slice_width(chart, i) - 1 : slice_width(chart, i);
    int below = chart->plot.top + chart->plot.rows;
    int top = chart->set->options.light == LIGHT_COLUMN ? chart->plot.top : below;
    scene_light(scene, top, slice_left(chart, i), below + ROWS_BELOW - top, width);
    light_day(chart, below, slice_left(chart, i) + width);
    scene->cursor_row = below;
    scene->cursor_column = slice_left(chart, i);
}

static void add_regions(const struct chart *chart)
{
    struct arena *arena = chart->scene->arena;
    for (int i = 0; i < chart->count; i++)
        scene_region(chart->scene,
                     (struct region){
                         .row = chart->plot.top,
                         .column = slice_left(chart, i),
                         .rows = chart->plot.rows + ROWS_BELOW,
                         .columns = slice_width(chart, i),
                         .kind = REGION_KEY,
                         .command = arena_printf(arena, "slice %s",
                                                 time_day_iso(arena, slice_at(chart, i)->last_day)),
                     });
}

static bool shows_any(const struct measure *measure)
{
    for (size_t i = 0; i < measure->slice_count; i++)
        if (slice_shown(&measure->slices[i]))
            return true;
    return false;
}

/* In place of an axis for nothing. */
static void draw_too_few(const struct chart *chart)
{
    const char *text = _("too few rows in each part of the time: a longer unit shows more");
    int width = scene_text_width(chart->scene, text);
    width = width < chart->area.columns ? width : chart->area.columns;
    scene_text(chart->scene, chart->plot.top + chart->plot.rows / 2,
               chart->area.column + (chart->area.columns - width) / 2, width, style_ink(INK_DIM),
               text);
}

/* ---- All of it ------------------------------------------------------------------- */

static int label_columns(const struct chart *chart)
{
    const struct scale *scale = &chart->scale;
    int widest = 2;
    for (double value = scale->low; value <= scale->high + scale->step / 2; value += scale->step) {
        const char *label =
            scale_label(chart->scene->arena, scale, chart->metric, chart->measure, value);
        int width = scene_text_width(chart->scene, label);
        widest = width > widest ? width : widest;
    }
    return widest < LABEL_MOST ? widest : LABEL_MOST;
}

static void lay_out(struct chart *chart, int selected)
{
    double *charted;
    int rows = chart->area.rows - ROWS_BELOW;
    find_marks(chart);
    const double marks[] = { chart->adequate, chart->desired, chart->target };
    chart->scale = scale_new(chart->scene->arena, chart->set, chart->measure, chart->before, marks,
                             ARRAY_LEN(marks), rows);
    chart->noise = measure_limits(chart->scene->arena, chart->measure, &charted);
    int left = label_columns(chart) + 1;
    int width = chart->area.columns - left - SCORE_COLUMNS - 1;
    chart->columns = (struct columns){
        .left = chart->area.column + left,
        .width = width > 1 ? width : 1,
        .count = 1,
        .total = 1,
    };
    choose_window(chart, chart->columns.width, selected);
    chart->plot = plot_new(chart->scene, chart->set, &chart->columns, chart->area.row, rows);
}

static void draw_plot(const struct chart *chart)
{
    draw_zone(chart);
    draw_axis(chart);
    draw_scores(chart);
    draw_references(chart);
    if (chart->pitch > 1)
        draw_line(chart);
    draw_marks(chart);
}

void chart_draw(struct scene *scene, struct area area, const struct stage_set *set,
                const struct measure *measure, int selected)
{
    struct chart chart = {
        .scene = scene,
        .set = set,
        .metric = &set->journey->metrics[measure->metric],
        .measure = measure,
        .before = figures_find(set->series->before, measure->touchpoint, measure->metric),
        .area = area,
    };
    lay_out(&chart, selected);
    if (shows_any(measure))
        draw_plot(&chart);
    else
        draw_too_few(&chart);
    draw_days(&chart, area.row + area.rows - ROWS_BELOW);
    draw_counts(&chart, area.row + area.rows - 1);
    draw_selection(&chart, selected);
    add_regions(&chart);
}
