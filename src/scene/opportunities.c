/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/opportunities.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/plane.h>
#include <stellwerk/scene/wording.h>

/* ---- The order of the board -------------------------------------------------------- */

/* What is under way first, what is over last. */
static const enum opportunity_status order[] = { STATUS_RUNNING, STATUS_PLANNED, STATUS_IDEA,
                                                 STATUS_DONE, STATUS_DROPPED };

static size_t place_of(enum opportunity_status status)
{
    size_t place = 0;
    while (place + 1 < ARRAY_LEN(order) && order[place] != status)
        place++;
    return place;
}

/* What nobody said is neither much nor little. */
static double return_of(const struct opportunity *opportunity)
{
    double impact = isnan(opportunity->impact) ? 2.5 : opportunity->impact;
    double effort = isnan(opportunity->effort) ? 2.5 : opportunity->effort;
    return impact - effort;
}

static int compare_rows(const void *a, const void *b)
{
    const struct board_row *left = a, *right = b;
    const struct opportunity *x = left->opportunity, *y = right->opportunity;
    size_t here = place_of(x->status), there = place_of(y->status);
    if (here != there)
        return here < there ? -1 : 1;
    if (return_of(x) != return_of(y))
        return return_of(x) > return_of(y) ? -1 : 1;
    if (x->votes != y->votes)
        return x->votes > y->votes ? -1 : 1;
    return left->touchpoint - right->touchpoint;
}

static bool is_over(const struct opportunity *opportunity)
{
    return opportunity->status == STATUS_DONE || opportunity->status == STATUS_DROPPED;
}

bool opportunity_is_overdue(const struct opportunity *opportunity, int32_t today)
{
    return opportunity->due != DAY_NONE && !is_over(opportunity) && opportunity->due < today;
}

static struct board_row row_of(struct arena *arena, const struct stage_set *set, int touchpoint,
                               const struct opportunity *opportunity)
{
    struct board_row row = {
        .touchpoint = touchpoint,
        .opportunity = opportunity,
        .outcome = outcome_of(arena, set->figures, touchpoint, opportunity),
        .overdue = opportunity_is_overdue(opportunity, time_day(set->now)),
    };
    row.gap = reading_gap(&set->readings->items[touchpoint], &row.measured);
    return row;
}

struct board_row *board_rows(struct arena *arena, const struct stage_set *set, size_t *count)
{
    const struct journey *journey = set->journey;
    struct board_row *rows = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].opportunity_count; k++) {
            rows = arena_grow(arena, rows, *count, &capacity, sizeof(*rows));
            rows[(*count)++] =
                row_of(arena, set, (int)i, &journey->touchpoints[i].opportunities[k]);
        }
    if (*count > 0)
        qsort(rows, *count, sizeof(*rows), compare_rows);
    return rows;
}

/* ---- What came of it --------------------------------------------------------------- */

/* A difference in the metric's unit, shares in points, with its interval. */
static const char *moved_text(struct arena *arena, const struct metric *metric,
                              const struct board_row *row)
{
    const struct outcome *outcome = &row->outcome;
    double scale = wording_is_share(metric, outcome->measure) ? 100 : 1;
    double value = outcome->change.value * scale;
    int decimals = wording_decimals(value);
    const char *size = locale_signed(arena, value, decimals);
    if (!wording_bounded(outcome->change.lo, outcome->change.hi))
        return size;
    return arena_printf(arena, _("%s (%s to %s)"), size,
                        locale_signed(arena, outcome->change.lo * scale, decimals),
                        locale_signed(arena, outcome->change.hi * scale, decimals));
}

static const char *verdict_text(enum outcome_state state)
{
    if (state == OUTCOME_MOVED)
        return _("That is what was expected, and more than chance. It compares two times and is "
                 "no proof.");
    if (state == OUTCOME_WORSE)
        return _("That is the other way, and more than chance. It compares two times and is no "
                 "proof.");
    return _("That may be chance.");
}

static const char *compared_text(struct arena *arena, const struct metric *metric,
                                 const struct board_row *row)
{
    const struct outcome *outcome = &row->outcome;
    const struct measure *measure = outcome->measure;
    return arena_printf(arena, _("%s was %s before (n %s) and is %s since (n %s): %s. %s"),
                        metric_title(metric),
                        wording_value(arena, metric, measure, outcome->change.before),
                        locale_count(arena, outcome->change.before_n),
                        wording_value(arena, metric, measure, outcome->after),
                        locale_count(arena, outcome->after_n), moved_text(arena, metric, row),
                        verdict_text(outcome->state));
}

static const char *open_text(struct arena *arena, const struct metric *metric,
                             const struct board_row *row)
{
    const struct outcome *outcome = &row->outcome;
    const char *now = wording_value(arena, metric, outcome->measure, outcome->measure->value);
    const char *to = wording_value(arena, metric, outcome->measure, outcome->to);
    if (isnan(outcome->from))
        return arena_printf(arena, _("%s is %s and is to be %s."), metric_title(metric), now, to);
    return arena_printf(arena, _("%s is %s and is to go from %s to %s."), metric_title(metric), now,
                        wording_value(arena, metric, outcome->measure, outcome->from), to);
}

const char *outcome_sentence(struct arena *arena, const struct journey *journey,
                             const struct board_row *row)
{
    const struct expects *expects = &row->opportunity->expects;
    if (expects->metric == NONE)
        return NULL;
    const struct metric *metric = &journey->metrics[expects->metric];
    switch (row->outcome.state) {
    case OUTCOME_NOT_EXPECTED:
    case OUTCOME_NOT_MEASURED:
        return arena_printf(arena, _("%s: is to change, and is not measured here."),
                            metric_title(metric));
    case OUTCOME_OPEN:
        return open_text(arena, metric, row);
    case OUTCOME_TOO_SOON:
        return row->opportunity->due == DAY_NONE
                   ? _("Done, but its day ('due') is missing, so nobody can compare before and "
                       "after.")
                   : _("Done, but too little was measured before or since to compare.");
    case OUTCOME_UNSURE:
    case OUTCOME_MOVED:
    case OUTCOME_WORSE:
        break;
    }
    return compared_text(arena, metric, row);
}

/* ---- A row ------------------------------------------------------------------------- */

static enum ink outcome_ink(enum outcome_state state)
{
    return state == OUTCOME_MOVED   ? INK_GOOD
           : state == OUTCOME_WORSE ? INK_BAD
                                    : INK_DIM;
}

/* NULL for a figure that was not given. */
static const char *effect_text(struct arena *arena, const char *format, double value)
{
    return isnan(value) ? NULL : arena_printf(arena, format, wording_score(arena, value));
}

static const char *due_text(struct arena *arena, const struct opportunity *opportunity,
                            int32_t today)
{
    if (opportunity->due == DAY_NONE)
        return NULL;
    const char *day = locale_day(arena, opportunity->due);
    if (opportunity->status == STATUS_DONE)
        return arena_printf(arena, _("done on %s"), day);
    bool overdue = opportunity_is_overdue(opportunity, today);
    return arena_printf(arena, overdue ? _("overdue since %s") : _("due %s"), day);
}

static const char *votes_text(struct arena *arena, int votes)
{
    const char *format = ngettext("%s vote", "%s votes", (unsigned long)votes);
    return votes > 0 ? arena_printf(arena, format, locale_count(arena, (uint64_t)votes)) : NULL;
}

const char *opportunity_facts(struct arena *arena, const struct opportunity *opportunity,
                              int32_t today)
{
    const char *words[] = {
        opportunity->owner,
        due_text(arena, opportunity, today),
        votes_text(arena, opportunity->votes),
        effect_text(arena, _("impact %s"), opportunity->impact),
        effect_text(arena, _("effort %s"), opportunity->effort),
    };
    return wording_list(arena, words, ARRAY_LEN(words));
}

/* The touchpoint and its gap: "Ticket −30 ±4"; an estimated gap says so. */
static const char *gap_text(struct arena *arena, const struct stage_set *set,
                            const struct board_row *row)
{
    const char *title = set->journey->touchpoints[row->touchpoint].title;
    if (isnan(row->gap.value))
        return title;
    if (row->gap.inside)
        return arena_printf(arena, _("%s: expectation met"), title);
    const char *gap = wording_gap(arena, row->gap.value);
    if (!row->measured)
        return arena_printf(arena, _("%s: gap %s, estimated"), title, gap);
    return arena_printf(arena, _("%s: gap %s %s"), title, gap,
                        wording_margin(arena, row->gap.lo, row->gap.hi));
}

#define INDENT 4 /* numbers stand there */

static void write_row(struct page *page, const struct stage_set *set, const struct board_row *row,
                      size_t number)
{
    struct scene *scene = page->scene;
    bool dropped = row->opportunity->status == STATUS_DROPPED;
    const char *gap = gap_text(scene->arena, set, row);
    int at = page_rows(page, 1), half = scene->columns / 2;
    int right = scene_text_width(scene, gap);
    right = right < half ? right : half;
    scene_printf(scene, at, 0, INDENT - 1, style_ink(INK_DIM), "%2zu.", number);
    scene_text(scene, at, INDENT, scene->columns - right - INDENT - 1,
               style_ink(dropped ? INK_DIM : INK_STRONG), row->opportunity->title);
    page_right(page, at, scene->columns, right,
               style_ink(row->gap.value <= -0.5 && !dropped ? INK_BAD : INK_DIM), gap);
    const char *facts[] = {
        opportunity_facts(scene->arena, row->opportunity, time_day(set->now)),
        hurdle_word(row->opportunity->hurdle),
    };
    page_text(page, INDENT, style_ink(row->overdue ? INK_WARN : INK_DIM),
              wording_list(scene->arena, facts, ARRAY_LEN(facts)));
    page_text(page, INDENT, style_ink(outcome_ink(row->outcome.state)),
              outcome_sentence(scene->arena, set->journey, row));
}

/* ---- The board --------------------------------------------------------------------- */

/* "Status quo 3 · technology 2": what stands in the way of those that are not over. */
static const char *hurdles_text(struct arena *arena, const struct board_row *rows, size_t count)
{
    static const enum hurdle hurdles[] = { HURDLE_STATUS_QUO, HURDLE_TIME, HURDLE_PRACTICE,
                                           HURDLE_BUDGET, HURDLE_TECHNOLOGY };
    const char *words[ARRAY_LEN(hurdles)];
    for (size_t i = 0; i < ARRAY_LEN(hurdles); i++) {
        uint64_t times = 0;
        for (size_t k = 0; k < count; k++)
            times += rows[k].opportunity->hurdle == hurdles[i] && !is_over(rows[k].opportunity);
        words[i] = times == 0 ? NULL
                              : arena_printf(arena, "%s %s", hurdle_word(hurdles[i]),
                                             locale_count(arena, times));
    }
    const char *list = wording_list(arena, words, ARRAY_LEN(words));
    return *list == '\0' ? NULL : arena_printf(arena, _("What stands in the way: %s"), list);
}

static struct scene *draw_page(struct arena *arena, const struct stage_set *set,
                               const struct board_row *rows, size_t count, int columns,
                               struct medium medium)
{
    struct page page = page_begin(arena, columns, medium);
    page_text(&page, 0, style_ink(INK_DIM), hurdles_text(arena, rows, count));
    for (size_t i = 0; i < count; i++) {
        enum opportunity_status status = rows[i].opportunity->status;
        if (i == 0 || status != rows[i - 1].opportunity->status)
            page_heading(&page, opportunity_word(status));
        write_row(&page, set, &rows[i], i + 1);
    }
    return page_end(&page);
}

/* ---- Impact against effort --------------------------------------------------------- */

#define PLANE_ROWS 16
#define PLANE_COLUMNS 64
#define BESIDE_LEAST 140 /* columns from which on the plane stands beside the board */

static int worth_zone(double effort, double impact)
{
    return impact > effort;
}

/* What is over has no place on it. */
static bool has_points(const struct board_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_over(rows[i].opportunity) && !isnan(rows[i].opportunity->impact) &&
            !isnan(rows[i].opportunity->effort))
            return true;
    return false;
}

static void draw_plane(struct scene *scene, struct area area, const struct board_row *rows,
                       size_t count)
{
    const struct plane_axes axes = {
        .title = _("Impact against effort"),
        .right = _("effort"),
        .up_most = 5,
        .right_most = 5,
        .corner = { _("much for little"), _("little for much") },
        .zone = worth_zone,
    };
    struct plane_point *points = arena_array(scene->arena, count, sizeof(*points));
    for (size_t i = 0; i < count; i++) {
        const struct opportunity *opportunity = rows[i].opportunity;
        double x = opportunity->effort / 5, y = opportunity->impact / 5;
        points[i] = (struct plane_point){
            .x = is_over(opportunity) ? NAN : x,
            .y = y,
            .title = opportunity->title,
            .ink = worth_zone(x, y) ? INK_GOOD : INK_MEASURED,
        };
    }
    plane_draw(scene, area, &axes, points, count);
}

static struct scene *draw_below(struct arena *arena, const struct stage_set *set,
                                const struct board_row *rows, size_t count, int columns,
                                struct medium medium)
{
    struct scene *board = draw_page(arena, set, rows, count, columns, medium);
    struct area area = { .row = board->rows + 1, .rows = PLANE_ROWS, .columns = columns };
    scene_grow(board, PLANE_ROWS + 1);
    draw_plane(board, area, rows, count);
    return board;
}

static struct scene *draw_beside(struct arena *arena, const struct stage_set *set,
                                 const struct board_row *rows, size_t count, int columns,
                                 struct medium medium)
{
    int left = columns - PLANE_COLUMNS - 2;
    const struct scene *board = draw_page(arena, set, rows, count, left, medium);
    int least = PLANE_ROWS + 6, height = board->rows > least ? board->rows : least;
    struct scene *scene = scene_new(arena, columns, height, medium);
    struct area area = { .column = left + 2, .rows = least, .columns = PLANE_COLUMNS };
    scene_lay(scene, 0, 0, board);
    draw_plane(scene, area, rows, count);
    return scene;
}

static struct scene *draw_all(struct arena *arena, const struct stage_set *set,
                              const struct board_row *rows, size_t count, int columns,
                              struct medium medium)
{
    if (!has_points(rows, count))
        return draw_page(arena, set, rows, count, columns, medium);
    return columns >= BESIDE_LEAST ? draw_beside(arena, set, rows, count, columns, medium)
                                   : draw_below(arena, set, rows, count, columns, medium);
}

struct scene *opportunities_draw(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    size_t count;
    if (rows > 0 && (columns < VIEW_MIN_COLUMNS || rows < VIEW_MIN_ROWS))
        return message_too_small(arena, columns, rows, medium);
    const struct board_row *board = board_rows(arena, set, &count);
    struct scene *page =
        count > 0 ? draw_all(arena, set, board, count, columns, medium) : NULL;
    const char *why = count > 0 ? NULL : _("no opportunities are on the map yet");
    return page_on_screen(arena, page, why, columns, rows, set->options.scroll, medium);
}
