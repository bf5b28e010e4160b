/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "frame_parts.h"

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

/* So wide a field is, whatever the column: one sees what one types. */
static const int field_columns = 36;

static void point_at(struct scene *frame, struct area at)
{
    for (int row = at.row; row < at.row + at.rows; row++) {
        for (int column = at.column; column < at.column + at.columns; column++) {
            struct cell *cell = scene_cell(frame, row, column);
            if (cell != NULL)
                cell->style.emphasis |= EMPHASIS_REVERSE;
        }
    }
    frame->cursor_row = at.row;
    frame->cursor_column = at.column;
}

/* What is wrong with what is typed, or what could be: in the row above the last one. */
static void draw_advice(const struct session *session, struct scene *frame)
{
    const struct sheet *sheet = &session->sheet;
    int row = frame->rows - 2;
    if (row < 0)
        return;
    if (sheet->choices.count == 0 && sheet->trouble.text[0] == '\0')
        return;
    scene_fill(frame, row, 0, 1, frame->columns, style_on(GROUND_PANEL, INK_TEXT));
    if (sheet->choices.count == 0) {
        scene_text(frame, row, 1, frame->columns - 2, style_on(GROUND_PANEL, INK_BAD),
                   sheet->trouble.text);
        return;
    }
    int column = 1;
    for (size_t i = 0; i < sheet->choices.count && column < frame->columns - 1; i++) {
        struct style style = style_on(GROUND_PANEL, INK_KEY);
        style.selected = (int)i == sheet->choice;
        column += 2 + scene_text(frame, row, column, frame->columns - 1 - column, style,
                                 sheet->choices.items[i].word);
    }
}

/* Over the cell, as far to the left as it takes to be on the screen. */
static void draw_field(const struct session *session, struct scene *frame, struct area at)
{
    int columns = at.columns > field_columns ? at.columns : field_columns;
    if (columns > frame->columns - 2)
        columns = frame->columns - 2;
    if (at.column + columns > frame->columns - 1)
        at.column = frame->columns - 1 - columns;
    struct style style = { .ink = INK_TEXT, .emphasis = EMPHASIS_UNDERLINE };
    scene_fill(frame, at.row, at.column, 1, columns, style);
    panel_prompt(frame, at.row, at.column, columns, "", session->prompt.text.text,
                 session->prompt.cursor);
    draw_advice(session, frame);
}

void frame_cell(struct session *session, struct scene *frame, struct area view)
{
    struct stage_set set = session_set(session);
    struct cell_area cell;
    if (set.options.selected == NONE || view.rows < VIEW_MIN_ROWS ||
        !map_cell(&set, view.columns, view.rows, session->cell, &cell))
        return;
    struct area at = { view.row + cell.row, view.column + cell.column, cell.rows, cell.columns };
    if (session->mode == MODE_FIELD && session->sheet.in_cell)
        draw_field(session, frame, at);
    else
        point_at(frame, at);
}
