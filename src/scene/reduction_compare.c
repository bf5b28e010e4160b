/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/reduction.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/paths.h>
#include <stellwerk/scene/wording.h>

enum figure_kind {
    FIGURE_MEAN, /* per case, with a margin */
    FIGURE_COUNT,
    FIGURE_SCORE,
    FIGURE_GAP,
    FIGURE_SHARE, /* with a margin */
    FIGURE_TIME
};

/* A figure of a side; those that carry an interval leave it in `*interval`. */
typedef double figure_of(const struct reduction_side *side, struct interval *interval);

static double take(const struct estimate *estimate, struct interval *interval)
{
    *interval = estimate->interval;
    return estimate->value;
}

static double contacts_per_case(const struct reduction_side *side, struct interval *interval)
{
    return side->measured ? take(&side->contacts.per_case, interval) : NAN;
}

static double touchpoints(const struct reduction_side *side, struct interval *)
{
    return (double)side->touchpoints;
}

static double breaks_per_case(const struct reduction_side *side, struct interval *interval)
{
    return side->measured ? take(&side->contacts.breaks, interval) : NAN;
}

static double breaks_by_design(const struct reduction_side *side, struct interval *)
{
    return (double)side->breaks;
}

static double journey_score(const struct reduction_side *side, struct interval *)
{
    return side->score;
}

static double mean_gap(const struct reduction_side *side, struct interval *)
{
    return side->gap;
}

static double weakest(const struct reduction_side *side, struct interval *)
{
    return side->weakest_score;
}

static double deepest(const struct reduction_side *side, struct interval *)
{
    return side->worst_gap;
}

static double peak_end(const struct reduction_side *side, struct interval *)
{
    return side->peak_end;
}

static double time_in_all(const struct reduction_side *side, struct interval *)
{
    return side->measured ? side->contacts.time : NAN;
}

static double single(const struct reduction_side *side, struct interval *interval)
{
    return side->measured ? take(&side->contacts.single, interval) : NAN;
}

static double repeated(const struct reduction_side *side, struct interval *interval)
{
    return side->measured ? take(&side->contacts.repeated, interval) : NAN;
}

static int weakest_at(const struct reduction_side *side)
{
    return side->weakest;
}

static int deepest_at(const struct reduction_side *side)
{
    return side->worst;
}

struct figure {
    const char *title; /* N_() */
    figure_of *value;
    enum figure_kind kind;
    int better;                                      /* 1: more is, -1: less is */
    bool measured;                                   /* only a store tells */
    int (*where)(const struct reduction_side *side); /* a touchpoint it is of; NULL */
};

/* In the order of importance: the last are the first to be left out. */
static const struct figure figures[] = {
    { N_("Contacts a case"), contacts_per_case, FIGURE_MEAN, -1, true, NULL },
    { N_("Touchpoints"), touchpoints, FIGURE_COUNT, -1, false, NULL },
    { N_("Media breaks a case"), breaks_per_case, FIGURE_MEAN, -1, true, NULL },
    { N_("Media breaks by design"), breaks_by_design, FIGURE_COUNT, -1, false, NULL },
    { N_("Journey score"), journey_score, FIGURE_SCORE, 1, false, NULL },
    { N_("Mean gap"), mean_gap, FIGURE_GAP, 1, false, NULL },
    { N_("Weakest"), weakest, FIGURE_SCORE, 1, false, weakest_at },
    { N_("Deepest gap"), deepest, FIGURE_GAP, 1, false, deepest_at },
    { N_("Weakest and end"), peak_end, FIGURE_SCORE, 1, false, NULL },
    { N_("First to last contact"), time_in_all, FIGURE_TIME, -1, true, NULL },
    { N_("One contact is enough"), single, FIGURE_SHARE, 1, true, NULL },
    { N_("Contacts that come again"), repeated, FIGURE_SHARE, -1, true, NULL },
};

/* ---- Figures as text ------------------------------------------------------------------- */

static const char *bare_text(struct arena *arena, enum figure_kind kind, double value)
{
    if (isnan(value))
        return "–";
    switch (kind) {
    case FIGURE_MEAN:
    case FIGURE_SCORE:
        return locale_number(arena, value, 1);
    case FIGURE_GAP:
        return locale_signed(arena, value, 1);
    case FIGURE_SHARE:
        return locale_percent(arena, value, 0);
    case FIGURE_TIME:
        return paths_time(arena, value);
    case FIGURE_COUNT:
        break;
    }
    return locale_number(arena, value, 0);
}

static const char *margin_text(struct arena *arena, enum figure_kind kind, struct interval interval)
{
    double half = (interval.high - interval.low) / 2;
    if (!wording_bounded(interval.low, interval.high))
        return "";
    if (kind == FIGURE_SHARE)
        return arena_printf(arena, " ±%s", locale_number(arena, 100 * half, 0));
    return arena_printf(arena, " ±%s", locale_number(arena, half, half < 0.05 ? 2 : 1));
}

static const char *value_text(struct arena *arena, const struct figure *figure,
                              const struct reduction_side *side)
{
    struct interval interval = interval_unknown();
    double value = figure->value(side, &interval);
    return arena_printf(arena, "%s%s", bare_text(arena, figure->kind, value),
                        margin_text(arena, figure->kind, interval));
}

/* Of what is shown, so that it can be checked. */
static double shown(enum figure_kind kind, double value)
{
    switch (kind) {
    case FIGURE_SHARE:
        return round(100 * value);
    case FIGURE_COUNT:
    case FIGURE_TIME:
        return value;
    default:
        return round(10 * value) / 10;
    }
}

static const char *change_text(struct arena *arena, const struct figure *figure, double change)
{
    bool whole = figure->kind == FIGURE_SHARE || figure->kind == FIGURE_COUNT;
    if (isnan(change))
        return "–";
    if (figure->kind == FIGURE_TIME && change != 0)
        return arena_printf(arena, "%s%s", change < 0 ? "−" : "+", paths_time(arena, fabs(change)));
    return locale_signed(arena, change, whole ? 0 : 1);
}

/* ---- The table --------------------------------------------------------------------------- */

#define LABEL_COLUMNS 25
#define CHANGE_COLUMNS 11

static bool is_shown(const struct figure *figure, const struct stage_set *set)
{
    return !figure->measured || set->reduction->before.measured;
}

int reduction_compare_rows(const struct stage_set *set)
{
    int rows = 1;
    for (size_t i = 0; i < ARRAY_LEN(figures); i++)
        rows += is_shown(&figures[i], set);
    return rows;
}

struct layout {
    int label, now, then, change; /* where each begins; figures end a blank before the next */
    int end;
};

static struct layout lay_out(struct area area)
{
    int label = area.columns < 60 ? area.columns * 2 / 5 : LABEL_COLUMNS;
    int change = area.columns < 52 ? 0 : CHANGE_COLUMNS;
    int room = (area.columns - label - change) / 2;
    return (struct layout){
        .label = area.column,
        .now = area.column + label,
        .then = area.column + label + room,
        .change = area.column + label + 2 * room,
        .end = area.column + label + 2 * room + change,
    };
}

/* Behind the whole part of a figure: ".0 ±0.02", "% ±3"; of a change: ".0", " days". */
#define REST_COLUMNS 8
#define CHANGE_REST 5

/* Ends before the next column, whole parts below one another; returns where it begins. */
static int put_figure(struct scene *scene, int row, int begin, int end, int rest,
                      struct style style, const char *text)
{
    int width = scene_text_width(scene, text), whole = wording_whole(text);
    int at = end - 1 - rest - whole;
    if (at < begin || at + width > end - 1)
        at = end - 1 - width > begin ? end - 1 - width : begin;
    scene_text(scene, row, at, end - 1 - at, style, text);
    return at;
}

/* Ends before the next column; returns where it begins. */
static int put(struct scene *scene, int row, int begin, int end, struct style style,
               const char *text)
{
    int width = scene_text_width(scene, text), room = end - begin - 1;
    width = width < room ? width : room;
    if (width > 0)
        scene_text(scene, row, end - 1 - width, width, style, text);
    return end - 1 - width;
}

static void draw_titles(struct scene *scene, int row, const struct layout *layout,
                        const struct stage_set *set)
{
    bool marked = set->reduction->removed + set->reduction->merged > 0;
    const struct style dim = style_ink(INK_DIM);
    scene_text(scene, row, layout->label, layout->now - layout->label - 1, style_bold(INK_STAGE),
               _("What if"));
    put(scene, row, layout->now, layout->then, dim, _("now"));
    if (!marked)
        return;
    put(scene, row, layout->then, layout->change, style_ink(INK_LENS), _("then"));
    put(scene, row, layout->change, layout->end, dim, _("change"));
}

/* A figure, and before it whose it is. */
static void draw_side(struct scene *scene, int row, int begin, int end, struct style style,
                      const struct stage_set *set, const struct figure *figure,
                      const struct reduction_side *side)
{
    int where = figure->where != NULL ? figure->where(side) : NONE;
    int left = put_figure(scene, row, begin, end, REST_COLUMNS, style,
                          value_text(scene->arena, figure, side));
    if (where != NONE)
        put(scene, row, begin, left, style_ink(INK_DIM), set->journey->touchpoints[where].title);
}

static void draw_figure(struct scene *scene, int row, const struct layout *layout,
                        const struct stage_set *set, const struct figure *figure)
{
    const struct reduction *reduction = set->reduction;
    struct interval unused;
    double before = figure->value(&reduction->before, &unused);
    double after = figure->value(&reduction->after, &unused);
    double change = shown(figure->kind, after) - shown(figure->kind, before);
    enum ink ink = isnan(change) || fabs(change) < 1e-9 ? INK_DIM
                   : change * figure->better > 0        ? INK_GOOD
                                                        : INK_BAD;
    bool marked = reduction->removed + reduction->merged > 0;
    int label = scene_text(scene, row, layout->label, layout->now - layout->label - 1,
                           style_ink(INK_DIM), _(figure->title));
    draw_side(scene, row, layout->label + label + 1, layout->then,
              style_ink(figure->measured ? INK_MEASURED : INK_TEXT), set, figure,
              &reduction->before);
    if (!marked)
        return;
    draw_side(scene, row, layout->then, layout->change, style_ink(INK_STRONG), set, figure,
              &reduction->after);
    put_figure(scene, row, layout->change, layout->end, CHANGE_REST, style_ink(ink),
               change_text(scene->arena, figure, change));
}

int reduction_compare_draw(struct scene *scene, struct area area, const struct stage_set *set)
{
    struct layout layout = lay_out(area);
    int rows = 0;
    if (area.rows < 1)
        return 0;
    draw_titles(scene, area.row + rows++, &layout, set);
    for (size_t i = 0; i < ARRAY_LEN(figures) && rows < area.rows; i++)
        if (is_shown(&figures[i], set))
            draw_figure(scene, area.row + rows++, &layout, set, &figures[i]);
    return rows;
}
