/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/scene/opportunities.h>
#include <stellwerk/scene/panel.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/heading.h>
#include <stellwerk/scene/message.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/plane.h>
#include <stellwerk/scene/wording.h>

/* ---- What is shown ----------------------------------------------------------------- */

const char *board_picture_name(enum board_picture picture)
{
    static const char *const names[BOARD_PICTURE_COUNT] = {
        [BOARD_STATUS] = "status",
        [BOARD_HURDLE] = "hurdle",
        [BOARD_PLANE] = "plane",
    };
    return names[picture];
}

int board_picture_find(const char *name)
{
    for (int i = 0; i < BOARD_PICTURE_COUNT; i++)
        if (strcmp(board_picture_name((enum board_picture)i), name) == 0)
            return i;
    return -1;
}

static size_t row_count(const struct stage_set *set)
{
    return set->board != NULL ? set->board->count : 0;
}

const struct board_row *board_shown(const struct stage_set *set, size_t place)
{
    bool by_hurdle = set->options.board == BOARD_HURDLE;
    return board_at(set->board, by_hurdle ? BOARD_BY_HURDLE : BOARD_BY_STATUS, place);
}

int board_selected(const struct stage_set *set)
{
    int first = NONE;
    for (size_t i = 0; i < row_count(set); i++) {
        const struct board_row *row = board_shown(set, i);
        if (row->touchpoint != set->options.selected)
            continue;
        if (row - set->board->items == set->options.opportunity)
            return (int)i;
        first = first == NONE ? (int)i : first;
    }
    return first;
}

/* ---- A row ------------------------------------------------------------------------- */

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

static void write_title(struct page *page, const struct stage_set *set, const struct board_row *row,
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
}

/* What the heading says is not said again. */
static const char *facts_text(struct arena *arena, const struct stage_set *set,
                              const struct board_row *row)
{
    const struct opportunity *opportunity = row->opportunity;
    bool by_hurdle = set->options.board == BOARD_HURDLE;
    const char *facts[] = {
        by_hurdle ? opportunity_word(opportunity->status) : NULL,
        opportunity_facts(arena, opportunity, time_day(set->now)),
        by_hurdle && !opportunity_is_over(opportunity) ? NULL : hurdle_word(opportunity->hurdle),
    };
    return wording_list(arena, facts, ARRAY_LEN(facts));
}

static void write_row(struct page *page, const struct stage_set *set, const struct board_row *row,
                      size_t number)
{
    struct arena *arena = page->scene->arena;
    int first = page->row;
    write_title(page, set, row, number);
    page_text(page, INDENT, style_ink(row->overdue ? INK_WARN : INK_DIM),
              facts_text(arena, set, row));
    page_text(page, INDENT, style_ink(outcome_ink(row->outcome.state)),
              outcome_sentence(arena, set->journey, row));
    page_text(page, INDENT, style_ink(trial_ink(row->trial)),
              trial_sentence(arena, set->journey, row));
    scene_region(page->scene, (struct region){ .row = first,
                                               .rows = page->row - first,
                                               .columns = page->scene->columns,
                                               .kind = REGION_TOUCHPOINT,
                                               .index = row->touchpoint });
}

/* ---- The board --------------------------------------------------------------------- */

static const enum hurdle hurdles[] = { HURDLE_STATUS_QUO, HURDLE_TIME, HURDLE_PRACTICE,
                                       HURDLE_BUDGET, HURDLE_TECHNOLOGY };

/* "Status quo 3 · technology 2": what stands in the way of those that are not over. */
static const char *hurdles_text(struct arena *arena, const struct stage_set *set)
{
    const char *words[ARRAY_LEN(hurdles)];
    for (size_t i = 0; i < ARRAY_LEN(hurdles); i++) {
        uint64_t times = 0;
        for (size_t k = 0; k < set->board->count; k++) {
            const struct opportunity *opportunity = set->board->items[k].opportunity;
            times += opportunity->hurdle == hurdles[i] && !opportunity_is_over(opportunity);
        }
        words[i] = times == 0 ? NULL
                              : arena_printf(arena, "%s %s", hurdle_word(hurdles[i]),
                                             locale_count(arena, times));
    }
    const char *list = wording_list(arena, words, ARRAY_LEN(words));
    return *list == '\0' ? NULL : arena_printf(arena, _("What stands in the way: %s"), list);
}

static const char *group_of(const struct stage_set *set, const struct board_row *row)
{
    const struct opportunity *opportunity = row->opportunity;
    if (set->options.board != BOARD_HURDLE)
        return opportunity_word(opportunity->status);
    if (opportunity_is_over(opportunity))
        return _("over");
    return opportunity->hurdle == HURDLE_NONE ? _("nothing is said to stand in the way")
                                              : hurdle_word(opportunity->hurdle);
}

static struct scene *draw_board(struct arena *arena, const struct stage_set *set, int columns,
                                struct medium medium, struct page_lit *lit)
{
    struct page page = page_begin(arena, columns, medium);
    int selected = board_selected(set);
    const char *group = NULL;
    *lit = (struct page_lit){ 0 };
    page_text(&page, 0, style_ink(INK_DIM), hurdles_text(arena, set));
    for (size_t i = 0; i < set->board->count; i++) {
        const struct board_row *row = board_shown(set, i);
        const char *own = group_of(set, row);
        int first = page.row;
        if (group == NULL || strcmp(own, group) != 0)
            page_heading(&page, own);
        group = own;
        int title = page.row;
        write_row(&page, set, row, i + 1);
        if ((int)i == selected) {
            panel_light(page.scene, title, 0, page.row - title, columns);
            *lit = (struct page_lit){ i > 0 ? first : 0, page.row - (i > 0 ? first : 0) };
        }
    }
    return page_end(&page);
}

/* ---- Impact against effort --------------------------------------------------------- */

#define PLANE_ROWS 16
#define PLANE_ROWS_MOST 34 /* as high as it is wide */
#define PLANE_COLUMNS 64
#define BESIDE_LEAST 140 /* columns from which on the plane stands beside the board */

static int worth_zone(double effort, double impact)
{
    return impact > effort;
}

/* What is over has no place on it. */
static bool is_point(const struct opportunity *opportunity)
{
    return !opportunity_is_over(opportunity) && !isnan(opportunity->impact) &&
           !isnan(opportunity->effort);
}

static bool has_points(const struct stage_set *set)
{
    for (size_t i = 0; i < set->board->count; i++)
        if (is_point(set->board->items[i].opportunity))
            return true;
    return false;
}

static void draw_plane(struct scene *scene, struct area area, const struct stage_set *set)
{
    const struct plane_axes axes = {
        .title = _("Impact against effort"),
        .right = _("effort"),
        .up_most = 5,
        .right_most = 5,
        .corner = { _("much for little"), _("little for much") },
        .zone = worth_zone,
    };
    size_t count = set->board->count;
    int selected = board_selected(set);
    struct plane_point *points = arena_array(scene->arena, count, sizeof(*points));
    for (size_t i = 0; i < count; i++) {
        const struct opportunity *opportunity = board_shown(set, i)->opportunity;
        double x = opportunity->effort / 5, y = opportunity->impact / 5;
        points[i] = (struct plane_point){
            .x = is_point(opportunity) ? x : NAN,
            .y = y,
            .title = opportunity->title,
            .ink = worth_zone(x, y) ? INK_GOOD : INK_MEASURED,
            .selected = (int)i == selected,
        };
    }
    plane_draw(scene, area, &axes, points, count);
}

static const char *nothing_text(void)
{
    return _(
        "No opportunities are on the map yet: `opportunities:` of a touchpoint says what could "
        "be done");
}

/* ---- The screen -------------------------------------------------------------------- */

static void draw_screen_plane(struct scene *scene, const struct stage_set *set)
{
    struct area area = { .row = 2, .rows = scene->rows - 4, .columns = scene->columns };
    if (has_points(set))
        draw_plane(scene, area, set);
    else
        message_draw(scene, _("none of what is open says its impact and its effort"));
}

static struct scene *draw_screen(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct scene *scene = scene_new(arena, columns, rows, medium);
    bool beside = columns >= BESIDE_LEAST && row_count(set) > 0 && has_points(set);
    int left = beside ? columns - PLANE_COLUMNS - 2 : columns;
    if (row_count(set) == 0) {
        message_draw(scene, nothing_text());
    } else if (set->options.board == BOARD_PLANE) {
        draw_screen_plane(scene, set);
    } else {
        struct page_lit lit;
        const struct scene *board = draw_board(arena, set, page_inside(left), medium, &lit);
        page_lay_lit(scene, 1, board, set->options.scroll, lit, set->options.follow);
        if (beside) {
            int least = rows - 4 < PLANE_ROWS_MOST ? rows - 4 : PLANE_ROWS_MOST;
            draw_plane(scene,
                       (struct area){
                           .row = 2, .column = left + 2, .rows = least, .columns = PLANE_COLUMNS },
                       set);
        }
    }
    head_draw(scene, 0, set);
    scene_fill(scene, rows - 1, 0, 1, columns, style_on(GROUND_BAR, INK_TEXT));
    return scene;
}

/* ---- The report -------------------------------------------------------------------- */

/* The other board in short: by hurdle which they are, with the numbers that they have above. */
static void report_hurdles(struct page *page, const struct stage_set *set)
{
    struct arena *arena = page->scene->arena;
    const char **titles = arena_array(arena, set->board->count, sizeof(*titles));
    page_heading(page, _("What stands in the way"));
    for (size_t i = 0; i < ARRAY_LEN(hurdles); i++) {
        size_t count = 0;
        for (size_t k = 0; k < set->board->count; k++) {
            const struct opportunity *opportunity = set->board->items[k].opportunity;
            if (opportunity->hurdle == hurdles[i] && !opportunity_is_over(opportunity))
                titles[count++] = arena_printf(arena, "%zu. %s", k + 1, opportunity->title);
        }
        if (count == 0)
            continue;
        page_text(page, 0, style_ink(INK_STRONG), hurdle_word(hurdles[i]));
        page_text(page, INDENT, style_ink(INK_TEXT), wording_list(arena, titles, count));
    }
}

static struct scene *draw_report(struct arena *arena, const struct stage_set *set, int columns,
                                 struct medium medium)
{
    struct page page = page_begin(arena, page_inside(columns), medium);
    struct page_lit lit;
    if (row_count(set) == 0) {
        page_text(&page, 0, style_ink(INK_DIM), nothing_text());
        return page_end(&page);
    }
    columns = page_inside(columns);
    bool points = has_points(set), beside = points && columns >= BESIDE_LEAST;
    int left = beside ? columns - PLANE_COLUMNS - 2 : columns;
    const struct scene *board = draw_board(arena, set, left, medium, &lit);
    struct area area = {
        .row = page.row, .column = left + 2, .rows = PLANE_ROWS + 6, .columns = PLANE_COLUMNS
    };
    int rows = beside && board->rows < area.rows ? area.rows : board->rows;
    scene_lay(page.scene, page_rows(&page, rows), 0, board);
    if (!beside)
        area = (struct area){ .rows = PLANE_ROWS, .columns = columns };
    if (points && !beside)
        area.row = page_rows(&page, PLANE_ROWS + 1) + 1;
    if (points)
        draw_plane(page.scene, area, set);
    report_hurdles(&page, set);
    return page_end(&page);
}

struct scene *opportunities_draw(struct arena *arena, const struct stage_set *set, int columns,
                                 int rows, struct medium medium)
{
    struct stage_set report = *set;
    report.options.selected = NONE;
    report.options.board = BOARD_STATUS;
    if (rows == 0) {
        const struct scene *page = draw_report(arena, &report, columns, medium);
        return page_on_screen(arena, set, page, NULL, columns, 0, medium);
    }
    if (view_is_too_small(columns, rows))
        return message_too_small(arena, columns, rows, medium);
    return draw_screen(arena, set, columns, rows, medium);
}
