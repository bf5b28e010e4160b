/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/paths.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

#define TITLE_LEAST 16
#define TITLE_MOST 30
#define CELL_COLUMNS 17
#define CELL_MOST 28
#define SHARE_COLUMNS 5
#define SEGMENTS_SHOWN 24

/* Some segments side by side. */
struct band {
    struct page *page;
    const struct stage_set *set;
    const struct segments *segments;
    size_t first, count; /* segments */
    int title, cell;     /* columns, of a segment's its blank included */
};

const char *segment_title(struct arena *arena, const struct stage_set *set,
                          const struct segment *segment)
{
    const struct journey *journey = set->journey;
    const struct sequence_names *names = &set->paths->names;
    size_t index = (size_t)segment->index, channels = journey->channel_count;
    switch (set->paths->segments->by) {
    case SEGMENT_PERSONA:
        return wording_who(arena, journey, segment->index, NONE);
    case SEGMENT_CONTEXT:
        return journey->contexts[index].label != NULL ? journey->contexts[index].label
                                                      : journey->contexts[index].id;
    case SEGMENT_CHANNEL:
        return index < channels ? channel_title(&journey->channels[index])
                                : names->channels[index - channels];
    case SEGMENT_VARIANT:
        return names->variants[index];
    default:
        return locale_period(arena, segment->period);
    }
}

const char *segment_by_word(enum segment_by by)
{
    static const char *const words[SEGMENT_BY_COUNT] = {
        [SEGMENT_NONE] = N_("Nobody compared"), [SEGMENT_PERSONA] = N_("By persona"),
        [SEGMENT_CONTEXT] = N_("By context"),   [SEGMENT_CHANNEL] = N_("By channel"),
        [SEGMENT_VARIANT] = N_("By variant"),   [SEGMENT_PERIOD] = N_("By when cases began"),
    };
    return _(words[by]);
}

static int cell_column(const struct band *band, size_t index)
{
    return band->title + (int)index * band->cell;
}

/* The share, and how far it is from that of all others; a mark where that is more than noise. */
static void write_share(const struct band *band, int row, size_t index,
                        const struct segment_share *share)
{
    struct scene *scene = band->page->scene;
    const struct difference *difference = &share->difference;
    int column = cell_column(band, index);
    bool sure = share->adjusted <= SEGMENT_SURE;
    page_right(band->page, row, column + SHARE_COLUMNS, SHARE_COLUMNS,
               sure ? style_bold(INK_STRONG) : style_ink(INK_TEXT),
               share->n > 0
                   ? locale_percent(scene->arena, (double)share->hits / (double)share->n, 0)
                   : "–");
    if (isnan(difference->value))
        return;
    const char *far =
        arena_printf(scene->arena, "%s %s", locale_signed(scene->arena, 100 * difference->value, 0),
                     wording_margin(scene->arena, 100 * difference->interval.low,
                                    100 * difference->interval.high));
    scene_text(scene, row, column + SHARE_COLUMNS + 2, CELL_COLUMNS - SHARE_COLUMNS - 3,
               style_ink(sure ? INK_MEASURED : INK_DIM), far);
    if (sure)
        scene_glyph(scene, row, column + SHARE_COLUMNS + 1, style_ink(INK_MEASURED),
                    glyph(scene->medium, difference->value > 0 ? GLYPH_ABOVE : GLYPH_BELOW));
}

static int begin_row(const struct band *band, struct style style, const char *title)
{
    int row = page_rows(band->page, 1);
    scene_text(band->page->scene, row, 0, band->title - 1, style, title);
    return row;
}

static void write_titles(const struct band *band)
{
    struct scene *scene = band->page->scene;
    int row = page_rows(band->page, 1);
    for (size_t i = 0; i < band->count; i++)
        scene_text(scene, row, cell_column(band, i) + 1, band->cell - 2, style_bold(INK_STAGE),
                   segment_title(scene->arena, band->set, &band->segments->items[band->first + i]));
    row = begin_row(band, style_ink(INK_DIM), _("cases"));
    for (size_t i = 0; i < band->count; i++)
        page_right(band->page, row, cell_column(band, i) + SHARE_COLUMNS, SHARE_COLUMNS + 2,
                   style_ink(INK_DIM),
                   locale_count(scene->arena, band->segments->items[band->first + i].cases));
}

static void write_columns(const struct band *band, bool dropped)
{
    const struct segments *segments = band->segments;
    (void)begin_row(band, style_ink(INK_DIM), dropped ? _("dropped out at") : _("was at"));
    for (size_t i = 0; i < segments->column_count; i++) {
        if (dropped && segments->columns[i] == band->set->paths->paths.goal)
            continue; /* whoever is there has completed */
        int row =
            begin_row(band, style_ink(INK_TEXT), paths_step_title(band->set, segments->columns[i]));
        for (size_t k = 0; k < band->count; k++) {
            const struct segment *segment = &segments->items[band->first + k];
            write_share(band, row, k, dropped ? &segment->dropped[i] : &segment->present[i]);
        }
    }
}

static void write_band(const struct band *band)
{
    write_titles(band);
    int row = begin_row(band, style_ink(INK_TEXT), _("completed"));
    for (size_t i = 0; i < band->count; i++)
        write_share(band, row, i, &band->segments->items[band->first + i].completion);
    write_columns(band, false);
    write_columns(band, true);
}

static const char *silence(enum segment_by by)
{
    static const char *const words[SEGMENT_BY_COUNT] = {
        [SEGMENT_PERSONA] = N_("No case says which persona it is of."),
        [SEGMENT_CONTEXT] = N_("No case says which context it is in."),
        [SEGMENT_CHANNEL] = N_("No case says its channel."),
        [SEGMENT_VARIANT] = N_("No case says its variant."),
    };
    return words[by] != NULL ? _(words[by]) : _("No case is in this period.");
}

static void write_open(struct page *page, const struct segments *segments)
{
    for (size_t i = 0; i < segments->count; i++)
        if (segments->items[i].unfinished) {
            page_text(page, 0, style_ink(INK_DIM),
                      _("A period whose last cases may still be open does not tell how they end."));
            return;
        }
}

static void write_legend(struct page *page, const struct segments *segments)
{
    struct arena *arena = page->scene->arena;
    const char *marked = arena_printf(
        arena,
        ngettext("%s of %s comparison", "%s of %s comparisons, corrected for being so many",
                 segments->tested),
        locale_count(arena, segments->sure), locale_count(arena, segments->tested));
    page_text(page, 0, style_ink(INK_DIM),
              arena_printf(arena,
                           /* TRANSLATORS: "2 of 36 comparisons, corrected for being so many". */
                           _("Each share, and how many points it is above or below that of all "
                             "other cases, with its 95%% interval. Marked where that is more than "
                             "noise: %s."),
                           marked));
    if (segments->by == SEGMENT_CHANNEL)
        page_text(page, 0, style_ink(INK_DIM),
                  _("A case counts for every channel that it was on."));
    write_open(page, segments);
    if (segments->silent > 0)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(arena,
                               ngettext("%s case does not say and is left out.",
                                        "%s cases do not say and are left out.", segments->silent),
                               locale_count(arena, segments->silent)));
}

static void write_rest(struct page *page, const struct segments *segments, size_t shown)
{
    struct arena *arena = page->scene->arena;
    size_t rest = segments->count - shown + segments->left_out;
    if (rest > 0)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(arena,
                               ngettext("%s more is not shown", "%s more are not shown", rest),
                               locale_count(arena, rest)));
}

static int title_columns(const struct page *page, const struct stage_set *set)
{
    const struct segments *segments = set->paths->segments;
    int width = TITLE_LEAST;
    for (size_t i = 0; i < segments->column_count; i++) {
        int own = 2 + scene_text_width(page->scene, paths_step_title(set, segments->columns[i]));
        width = own > width ? own : width;
    }
    int most = page->scene->columns / 3 < TITLE_MOST ? page->scene->columns / 3 : TITLE_MOST;
    return width < most ? width : most;
}

void paths_draw_segments(struct page *page, const struct stage_set *set)
{
    const struct segments *segments = set->paths->segments;
    if (segments == NULL)
        return;
    page_heading(page, segment_by_word(segments->by));
    if (segments->count == 0) {
        page_text(page, 0, style_ink(INK_DIM), silence(segments->by));
        return;
    }
    struct band band = { .page = page, .set = set, .segments = segments };
    band.title = title_columns(page, set);
    int room = (page->scene->columns - band.title) / CELL_COLUMNS;
    size_t shown = segments->count < SEGMENTS_SHOWN ? segments->count : SEGMENTS_SHOWN;
    write_legend(page, segments);
    for (; band.first < shown; band.first += band.count) {
        band.count = shown - band.first < (size_t)room ? shown - band.first : (size_t)room;
        band.count = band.count > 0 ? band.count : 1;
        int cell = (page->scene->columns - band.title) / (int)band.count;
        band.cell = cell < CELL_COLUMNS ? CELL_COLUMNS : cell > CELL_MOST ? CELL_MOST : cell;
        (void)page_rows(page, 1);
        write_band(&band);
    }
    write_rest(page, segments, shown);
}
