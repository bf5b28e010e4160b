/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is open over the view: help, lists, a conflict. */

#include <stellwerk/app/state.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/scene/answers.h>
#include <stellwerk/scene/conflict.h>
#include <stellwerk/scene/metrics.h>
#include <stellwerk/scene/page.h>
#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/wording.h>

#include "frame_parts.h"
#include "help.h"

void frame_learn_panel(struct session *session, struct area inside, int total)
{
    session->seen.panel_rows = inside.rows;
    session->seen.panel_total = total;
}

static const int list_columns = 64, palette_columns = 100, help_columns = 120;

static void draw_rows(struct session *session, struct scene *frame, struct area inside,
                      const struct list_row *rows, size_t count, int selected, int *first)
{
    if (inside.rows < 1 || inside.columns < 1)
        return;
    panel_list(frame, inside, rows, count, selected, first);
    frame->cursor_row = inside.row + (selected != NONE ? selected - *first : 0);
    frame->cursor_column = inside.column;
    frame_learn_panel(session, inside, (int)count);
}

/* The middle of the frame without its last row. */
static struct area centre(const struct scene *frame, int rows, int columns)
{
    struct area area = panel_centre(frame, rows, columns);
    if (area.row + area.rows > frame->rows - 1)
        area.rows = frame->rows - 1 - area.row;
    return area;
}

static void draw_help(struct session *session, struct scene *frame)
{
    int columns = frame->columns < help_columns ? frame->columns : help_columns;
    struct help help = help_rows(session, frame->arena, frame->medium.ascii, columns - 4);
    struct area at = centre(frame, (int)help.count + 2, help_columns);
    struct area inside = panel_draw(frame, at, _("Help"), NULL);
    draw_rows(session, frame, inside, help.rows, help.count, NONE, &session->help_first);
}

static struct list_row *rows_of(struct arena *arena, const struct choices *choices)
{
    struct list_row *rows = arena_array(arena, choices->count, sizeof(*rows));
    for (size_t i = 0; i < choices->count; i++)
        rows[i] = (struct list_row){
            .left = choices->items[i].left,
            .text = choices->items[i].text,
            .right = choices->items[i].right,
        };
    return rows;
}

/* The palette keeps its height while it is typed into: nothing jumps. */
static void draw_list(struct session *session, struct scene *frame)
{
    struct choices choices = list_choices(session, frame->arena, frame->medium.ascii);
    bool palette = session->mode == MODE_PALETTE;
    int wanted = palette ? frame->rows * 2 / 3 : (int)choices.count + 2;
    struct area at = centre(frame, wanted, palette ? palette_columns : list_columns);
    const char *note =
        session->list.kind == LIST_UNASSIGNED ? _("Enter gives them a touchpoint") : NULL;
    struct area inside = panel_draw(frame, at, _(list_title(session->list.kind)), note);
    draw_rows(session, frame, inside, rows_of(frame->arena, &choices), choices.count,
              session->list.selected, &session->list.first);
}

static void draw_conflict(const struct session *session, struct scene *frame)
{
    const struct document *document = &session->document;
    const struct conflict *conflict = &document->conflicts[session->conflict];
    const char *line = operation_line(frame->arena, &conflict->operation);
    struct conflict_view view = {
        .operation =
            conflict->taken_back ? arena_printf(frame->arena, _("undone: %s"), line) : line,
        .reason = conflict->reason.text[0] != '\0' ? conflict->reason.text : NULL,
        .before = conflict->base,
        .mine = conflict->mine,
        .theirs = conflict->theirs,
        .number = session->conflict + 1,
        .count = document->conflict_count,
    };
    conflict_draw(frame, &view);
}

/* The rows behind the selected slice, or that they are on their way. */
static struct scene *rows_of_slice(struct session *session, struct scene *frame,
                                   const struct stage_set *set, struct area inside)
{
    const struct lookup *rows = session->rows;
    if (rows != NULL)
        return answers_draw(frame->arena, set, rows->wish.metric, &rows->page, rows->problem.text,
                            inside.columns, frame->medium);
    struct page page = page_begin(frame->arena, inside.columns, frame->medium);
    page_text(&page, 0, style_ink(INK_DIM), _("looking…"));
    return page_end(&page);
}

static const char *rows_title(struct arena *arena, const struct stage_set *set)
{
    struct metric_rows listed = metrics_rows(arena, set);
    const struct slice *slice = metrics_slice(set);
    if (slice == NULL && !metrics_asks_query(set))
        return NULL;
    const struct metric_row *row = &listed.items[listed.chosen];
    return arena_printf(arena, C_("metric at touchpoint", "%s: %s, %s"),
                        set->journey->touchpoints[row->touchpoint].title,
                        metric_title(&set->journey->metrics[row->metric]),
                        slice != NULL ? slice_days_text(arena, slice)
                                      : locale_period(arena, set->lens.period));
}

static void draw_answers(struct session *session, struct scene *frame)
{
    struct stage_set set = session_set(session);
    const char *note =
        session->rows != NULL ? answers_count(frame->arena, &session->rows->page) : NULL;
    struct area at = centre(frame, frame->rows * 4 / 5, palette_columns);
    struct area inside = panel_draw(frame, at, rows_title(frame->arena, &set), note);
    if (inside.rows < 1 || inside.columns < 1)
        return;
    const struct scene *content = rows_of_slice(session, frame, &set, inside);
    panel_content(frame, inside, content, &session->rows_first);
    frame_learn_panel(session, inside, content->rows);
}

void frame_open(struct session *session, struct scene *frame)
{
    if (session->mode == MODE_ROWS)
        draw_answers(session, frame);
    if (session->mode == MODE_HELP)
        draw_help(session, frame);
    if (session->mode == MODE_CONFLICT)
        draw_conflict(session, frame);
    if (session->mode == MODE_LIST || session->mode == MODE_PALETTE)
        draw_list(session, frame);
}
