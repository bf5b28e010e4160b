/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: is a stage the same whatever the channel? */

#include <stellwerk/scene/silos.h>

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

/* ---- A channel --------------------------------------------------------------------- */

#define FIGURE_COLUMNS 18 /* "78 ±4  n 1,234" */
#define PLOT_LEAST 10
#define PLOT_MOST 80

static const char *score_text(struct arena *arena, const struct channel_score *score)
{
    return arena_printf(arena, _("%s %s  n %s"), wording_score(arena, score->score),
                        wording_margin(arena, score->lo, score->hi), locale_count(arena, score->n));
}

/* 0 to 100 in `columns`. */
static int place_of(double score, int columns)
{
    return (int)lround(fmin(fmax(score, 0), 100) / 100 * (columns - 1));
}

static void draw_interval(struct scene *scene, int row, int column, int columns,
                          const struct channel_score *score)
{
    for (int x = 0; x < columns; x++)
        scene_glyph(scene, row, column + x, style_ink(INK_FAINT), glyph(scene->medium, GLYPH_GRID));
    for (int x = place_of(score->lo, columns);
         isfinite(score->lo) && x <= place_of(score->hi, columns); x++)
        scene_glyph(scene, row, column + x, style_ink(INK_TREND), glyph(scene->medium, GLYPH_RULE));
    scene_glyph(scene, row, column + place_of(score->score, columns), style_ink(INK_MEASURED),
                glyph(scene->medium, GLYPH_MEASURED));
}

static int plot_columns(const struct page *page)
{
    int plot = page->scene->columns - page->labels - FIGURE_COLUMNS - 1;
    return plot < PLOT_MOST ? plot : PLOT_MOST;
}

/* Where figures end. */
static int row_end(const struct page *page)
{
    return page->labels + plot_columns(page) + 1 + FIGURE_COLUMNS;
}

static void write_channel(struct page *page, const struct stage_set *set,
                          const struct channel_score *score)
{
    struct scene *scene = page->scene;
    int row = page_rows(page, 1), label = page->labels - 3;
    int plot = plot_columns(page);
    scene_text(scene, row, 2, label, style_ink(INK_TEXT),
               channel_title(&set->journey->channels[score->channel]));
    if (plot >= PLOT_LEAST)
        draw_interval(scene, row, page->labels, plot, score);
    page_right(page, row, row_end(page), FIGURE_COLUMNS, style_ink(INK_MEASURED),
               score_text(scene->arena, score));
}

/* ---- A stage ----------------------------------------------------------------------- */

static const char *verdict_text(struct arena *arena, const struct consistency_row *row)
{
    if (row->agreement == AGREEMENT_DIFFERS)
        return arena_printf(arena, _("±%s points beyond noise"),
                            locale_number(arena, row->test.tau, 1));
    if (row->agreement == AGREEMENT_HOLDS)
        return _("may be noise");
    return _("not tested: no error is known");
}

/* The share of the variation that is not noise, as statisticians write it. */
static const char *i2_sign(struct medium medium)
{
    return medium.ascii ? "I^2" : "I²";
}

static const char *figures_text(struct scene *scene, const struct consistency_row *row)
{
    const struct heterogeneity *test = &row->test;
    struct arena *arena = scene->arena;
    if (row->agreement == AGREEMENT_UNTESTED)
        return NULL;
    return arena_printf(arena, _("Cochran's Q %s, df %s, p %s · %s %s · %s %s"),
                        locale_number(arena, test->q, 1), locale_number(arena, test->df, 0),
                        wording_p(arena, row->adjusted), i2_sign(scene->medium),
                        locale_percent(arena, test->i2, 0), scene->medium.ascii ? "tau" : "τ",
                        locale_number(arena, test->tau, 1));
}

static const char *title_of(struct arena *arena, const struct stage_set *set,
                            const struct consistency_row *row)
{
    const char *stage = set->journey->stages[row->stage].title;
    if (row->touchpoint == NONE)
        return stage;
    /* TRANSLATORS: a stage, one of its touchpoints. */
    return arena_printf(arena, _("%s: %s alone"), stage,
                        set->journey->touchpoints[row->touchpoint].title);
}

static void write_row(struct page *page, const struct stage_set *set,
                      const struct consistency_row *row)
{
    struct scene *scene = page->scene;
    bool differs = row->agreement == AGREEMENT_DIFFERS;
    const char *verdict = verdict_text(scene->arena, row);
    int at = page_rows(page, 1), end = row_end(page), room = end / 2;
    int right = scene_text_width(scene, verdict);
    right = right < room ? right : room;
    scene_text(scene, at, 0, end - right - 1, style_bold(INK_TEXT),
               title_of(scene->arena, set, row));
    page_right(page, at, end, right, style_ink(differs ? INK_BAD : INK_DIM), verdict);
    for (size_t i = 0; i < row->count; i++)
        write_channel(page, set, &row->channels[i]);
    page_text(page, 2, style_ink(INK_DIM), figures_text(scene, row));
    if (!row->same_touchpoints)
        page_text(page, 2, style_ink(INK_DIM),
                  _("The channels were measured at different touchpoints: part of the difference "
                    "is theirs."));
}

/* ---- All of them ------------------------------------------------------------------- */

/* Of which there is nothing to compare. */
static const char *single_text(struct arena *arena, const struct stage_set *set)
{
    const struct consistency *consistency = set->silo_evidence->consistency;
    struct str text;
    str_init(&text);
    for (size_t i = 0; i < consistency->count; i++) {
        const struct consistency_row *row = &consistency->items[i];
        if (row->count > 1)
            continue;
        str_append(&text, text.length > 0 ? ", " : "");
        str_append(&text, title_of(arena, set, row));
    }
    const char *list = arena_strdup(arena, text.text);
    str_finish(&text);
    return *list == '\0' ? NULL
                         : arena_printf(arena, _("Measured through one channel alone: %s."), list);
}

#define ALIKE_MOST 6 /* touchpoints of which it is shown that they are the same */

static bool is_alike(const struct consistency_row *row)
{
    return row->touchpoint != NONE && row->agreement == AGREEMENT_HOLDS;
}

static size_t count_alike(const struct consistency *consistency)
{
    size_t alike = 0;
    for (size_t i = 0; i < consistency->count; i++)
        alike += is_alike(&consistency->items[i]);
    return alike;
}

void silos_write_stages(struct page *page, const struct stage_set *set)
{
    const struct silo_evidence *evidence = set->silo_evidence;
    size_t written = 0;
    page_heading(page, _("Stages over their channels"));
    if (evidence == NULL || evidence->consistency == NULL) {
        page_text(page, 0, style_ink(INK_DIM), silos_not_measured(set));
        return;
    }
    const struct consistency *consistency = evidence->consistency;
    size_t alike = count_alike(consistency);
    for (size_t i = 0; i < consistency->count; i++) {
        const struct consistency_row *row = &consistency->items[i];
        if (row->count < 2 || (alike > ALIKE_MOST && is_alike(row)))
            continue;
        write_row(page, set, row);
        written++;
    }
    if (alike > ALIKE_MOST)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(page->scene->arena,
                               _("At %s touchpoints alone what differs may be noise."),
                               locale_count(page->scene->arena, alike)));
    if (written == 0)
        page_text(page, 0, style_ink(INK_DIM),
                  _("No stage has scores of two channels: nothing to compare."));
    page_text(page, 0, style_ink(INK_DIM), single_text(page->scene->arena, set));
    if (written > 0)
        page_text(page, 0, style_ink(INK_DIM),
                  arena_printf(page->scene->arena,
                               _("Scores 0 to 100 with their 95%% intervals, best first; p for all "
                                 "rows at once. %s is the share of the variation that is not "
                                 "noise."),
                               i2_sign(page->scene->medium)));
}
