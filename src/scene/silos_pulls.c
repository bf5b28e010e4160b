/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Silos view: metrics that pull against each other, with the test and its limits. */

#include <stellwerk/scene/silos.h>

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/glyph.h>
#include <stellwerk/scene/wording.h>

/* ---- A key figure over time -------------------------------------------------------- */

/* The mean of periods `from` to before `to`. */
static double mean_of(const struct key_figure *figure, size_t from, size_t to)
{
    double sum = 0, n = 0;
    for (size_t i = from; i < to; i++) {
        sum += isfinite(figure->values[i]) ? figure->values[i] : 0;
        n += isfinite(figure->values[i]);
    }
    return n > 0 ? sum / n : NAN;
}

/* Better is up, so that two that pull against each other look like mirror images. */
static void draw_course(struct scene *scene, int row, int column, int columns,
                        const struct key_figure *figure, size_t periods)
{
    double low = INFINITY, high = -INFINITY;
    size_t bars = periods < (size_t)columns ? periods : (size_t)columns;
    for (size_t i = 0; i < bars; i++) {
        double mean = mean_of(figure, i * periods / bars, (i + 1) * periods / bars);
        low = fmin(low, mean);
        high = fmax(high, mean);
    }
    for (size_t i = 0; i < bars; i++) {
        double mean = mean_of(figure, i * periods / bars, (i + 1) * periods / bars);
        double level = high > low ? (mean - low) / (high - low) : 0.5;
        level = figure->direction < 0 ? 1 - level : level;
        if (!isnan(mean))
            scene_glyph(scene, row, column + (int)i, style_ink(INK_TREND),
                        glyph_bar(scene->medium, level));
    }
}

static const char *figure_title(struct arena *arena, const struct journey *journey,
                                const struct key_figure *figure)
{
    return arena_printf(arena, C_("metric of an owner", "%s (%s)"),
                        metric_title(&journey->metrics[figure->metric]), figure->owner);
}

/* With the course from `column` on. */
static void write_figure(struct page *page, const struct stage_set *set, size_t index, int column)
{
    const struct pulls *pulls = set->silo_evidence->pulls;
    const struct key_figure *figure = &pulls->figures[index];
    struct scene *scene = page->scene;
    int row = page_rows(page, 1);
    scene_text(scene, row, 2, column - 3, style_bold(INK_TEXT),
               figure_title(scene->arena, set->journey, figure));
    draw_course(scene, row, column, scene->columns - column - 1, figure, pulls->periods);
}

/* ---- A pair ------------------------------------------------------------------------ */

static const char *step_text(enum period_kind unit)
{
    switch (unit) {
    case PERIOD_DAY:
        return _("from day to day");
    case PERIOD_WEEK:
        return _("from week to week");
    case PERIOD_MONTH:
        return _("from month to month");
    case PERIOD_QUARTER:
        return _("from quarter to quarter");
    default:
        return _("from period to period");
    }
}

static const char *test_text(struct arena *arena, const struct pulls *pulls,
                             const struct pull *pull)
{
    const char *rho = locale_signed(arena, pull->test.oriented, 2);
    const char *changes = locale_count(arena, (uint64_t)pull->test.changes.n);
    const char *p = wording_p(arena, pull->adjusted);
    if (pull->verdict == PULL_APART)
        return arena_printf(arena,
                            _("When one gets better, the other gets worse: correlation %s over %s "
                              "changes %s, p %s. More than chance."),
                            rho, changes, step_text(pulls->unit), p);
    return arena_printf(arena,
                        _("When one gets better, the other gets worse: correlation %s over %s "
                          "changes %s. But both swing back and forth, which looks like this by "
                          "chance too often: p %s, not %s."),
                        rho, changes, step_text(pulls->unit), p,
                        wording_p(arena, pull->plain_adjusted));
}

/* Behind the longer of two titles, as far as that leaves room for the courses. */
static int course_column(const struct page *page, const struct stage_set *set,
                         const struct pull *pull)
{
    const struct pulls *pulls = set->silo_evidence->pulls;
    struct scene *scene = page->scene;
    int room = scene->columns / 2, course = (int)pulls->periods;
    int longest = 0, most = scene->columns - 1 - (course < room ? course : room);
    const size_t both[] = { pull->a, pull->b };
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        const char *title = figure_title(scene->arena, set->journey, &pulls->figures[both[i]]);
        int width = scene_text_width(scene, title);
        longest = width > longest ? width : longest;
    }
    return longest + 5 < most ? longest + 5 : most;
}

static void write_pull(struct page *page, const struct stage_set *set, const struct pull *pull)
{
    bool sure = pull->verdict == PULL_APART;
    int column = course_column(page, set, pull);
    write_figure(page, set, pull->a, column);
    write_figure(page, set, pull->b, column);
    page_text(page, 2, style_ink(sure ? INK_BAD : INK_WARN),
              test_text(page->scene->arena, set->silo_evidence->pulls, pull));
}

/* ---- What was tested --------------------------------------------------------------- */

/* The strongest of those that may be chance. */
static const char *nearest_text(struct arena *arena, const struct stage_set *set)
{
    const struct pulls *pulls = set->silo_evidence->pulls;
    for (size_t i = 0; i < pulls->count; i++) {
        const struct pull *pull = &pulls->items[i];
        if (pull->verdict != PULL_NONE || pull->test.oriented >= 0)
            continue;
        return arena_printf(arena,
                            _("Nearest to it of those that may be chance: %s against %s, "
                              "correlation %s, p %s."),
                            figure_title(arena, set->journey, &pulls->figures[pull->a]),
                            figure_title(arena, set->journey, &pulls->figures[pull->b]),
                            locale_signed(arena, pull->test.oriented, 2),
                            wording_p(arena, pull->adjusted));
    }
    return NULL;
}

static const char *tested_text(struct arena *arena, const struct pulls *pulls)
{
    static const char *const texts[PULL_VERDICT_COUNT] = {
        [PULL_APART] = N_("%s against each other"),
        [PULL_APART_MAYBE] = N_("%s perhaps against each other"),
        [PULL_TOGETHER] = N_("%s with each other"),
        [PULL_NONE] = N_("%s that may be chance"),
    };
    const char *words[PULL_VERDICT_COUNT];
    for (size_t i = 0; i < PULL_VERDICT_COUNT; i++)
        words[i] = pulls->counts[i] == 0
                       ? NULL
                       : arena_printf(arena, _(texts[i]), locale_count(arena, pulls->counts[i]));
    return arena_printf(
        arena,
        ngettext("%s pair of key figures of two owners was tested: %s.",
                 "%s pairs of key figures of two owners were tested: %s.", pulls->count),
        locale_count(arena, pulls->count), wording_list(arena, words, ARRAY_LEN(words)));
}

static const char *left_out_text(struct arena *arena, const struct pulls *pulls)
{
    size_t aimless = pulls->without_direction, brief = pulls->too_short;
    const char *words[] = {
        aimless == 0 ? NULL
                     : arena_printf(arena,
                                    ngettext("%s key figure of which nobody said which way is "
                                             "better (`anchors:`)",
                                             "%s key figures of which nobody said which way is "
                                             "better (`anchors:`)",
                                             aimless),
                                    locale_count(arena, aimless)),
        brief == 0
            ? NULL
            : arena_printf(arena,
                           ngettext("%s key figure with fewer than %d periods that can be shown",
                                    "%s key figures with fewer than %d periods that can be shown",
                                    brief),
                           locale_count(arena, brief), KPI_MIN_PERIODS),
    };
    const char *list = wording_list(arena, words, ARRAY_LEN(words));
    return *list == '\0' ? NULL : arena_printf(arena, _("Not tested: %s."), list);
}

static void write_limits(struct page *page, const struct pulls *pulls)
{
    page_text(
        page, 0, style_ink(INK_DIM),
        arena_printf(page->scene->arena,
                     _("The test: changes %s in the order of their size (Spearman), better "
                       "being up; figures that swing back count for fewer changes; p for all "
                       "pairs at once (Benjamini and Hochberg). Its limits: it says that two "
                       "figures move against each other, not that one moves the other, and it "
                       "does not see what follows a period later."),
                     step_text(pulls->unit)));
}

void silos_write_pulls(struct page *page, const struct stage_set *set)
{
    const struct silo_evidence *evidence = set->silo_evidence;
    struct arena *arena = page->scene->arena;
    page_heading(page, _("Metrics that pull against each other"));
    if (evidence == NULL || evidence->pulls == NULL) {
        page_text(page, 0, style_ink(INK_DIM), silos_not_measured(set));
        return;
    }
    const struct pulls *pulls = evidence->pulls;
    for (size_t i = 0; i < pulls->count && pulls->items[i].verdict <= PULL_APART_MAYBE; i++) {
        if (i > 0)
            (void)page_rows(page, 1);
        write_pull(page, set, &pulls->items[i]);
    }
    if (pulls->count > 0) {
        page_text(page, 0, style_ink(INK_TEXT), tested_text(arena, pulls));
        page_text(page, 0, style_ink(INK_DIM), nearest_text(arena, set));
    } else {
        page_text(page, 0, style_ink(INK_DIM),
                  _("No two key figures of different owners can be tested."));
    }
    page_text(page, 0, style_ink(INK_DIM), left_out_text(arena, pulls));
    if (pulls->count > 0)
        write_limits(page, pulls);
}
