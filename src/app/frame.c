/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The frame: the view, its detail beside or below it, what is open over both, and the last line.
 *
 *     +---------------------+---------+      +---------------+
 *     | view                | detail  |      | view          |
 *     |          +------+   |         |      |    +------+   |
 *     |          | open |   |         |      +----| open |---+
 *     |          +------+   |         |      | de +------+   |
 *     +---------------------+---------+      +---------------+
 *     | keys, message, or typed line  |      | keys, …       |
 */

#include <stellwerk/app/state.h>

#include <math.h>
#include <string.h>

#include "frame_sheet.h"
#include "help.h"

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/conflict.h>
#include <stellwerk/scene/foot.h>
#include <stellwerk/scene/panel.h>

/* From here on the detail stands beside the view; the view keeps more than half. */
static const int beside_columns = 2 * VIEW_MIN_COLUMNS + 30;
static const int beside_least = 40, beside_most = 64;

/* Below it a light over the whole column costs little and is seen from afar. */
static const int small_columns = 100, small_rows = 30;

struct layout {
    struct area view, detail; /* of the frame; an empty area is not drawn */
};

static struct layout lay_out(const struct session *session, int columns, int rows)
{
    struct layout layout = { .view = { .columns = columns, .rows = rows } };
    int room = rows - 1; /* the last row is the line of keys */
    bool form = session->sheet.page_count > 0 && !session->sheet.in_cell;
    if ((!session->detail && !form) || room < 1)
        return layout;
    if (columns >= beside_columns) {
        int width = columns * 2 / 5;
        width = width < beside_least ? beside_least : width > beside_most ? beside_most : width;
        layout.view.columns = columns - width;
        layout.detail = (struct area){ 0, columns - width, room, width };
        return layout;
    }
    if (form) {
        layout.view.rows = 0;
        layout.detail = (struct area){ 0, 0, room, columns };
        return layout;
    }
    /* The view leaves its own last row blank: the panel begins there. */
    int view_rows = rows / 2 + 1 > VIEW_MIN_ROWS ? rows / 2 + 1 : VIEW_MIN_ROWS;
    int top = rows >= 2 * VIEW_MIN_ROWS - 2 ? view_rows - 1 : 0;
    layout.view.rows = top > 0 ? view_rows : 0;
    layout.detail = (struct area){ top, 0, room - top, columns };
    return layout;
}

static enum light light_for(const struct session *session, int columns, int rows)
{
    switch (session->values[SETTING_LIGHT]) {
    case LIGHT_SETTING_COLUMN:
        return LIGHT_COLUMN;
    case LIGHT_SETTING_TITLE:
        return LIGHT_TITLE;
    default:
        return session->remote || columns < small_columns || rows < small_rows ? LIGHT_TITLE
                                                                              : LIGHT_COLUMN;
    }
}

/* Where the view begins after it has seen to it that nothing is wasted, for the next motion. */
static void learn_view(struct session *session, const struct stage_set *set, struct area view)
{
    session->seen.view_columns = view.columns;
    session->seen.view_rows = view.rows;
    map_window(set, view.columns, &session->options.first, &session->seen.touchpoints);
    map_lanes(set, view.columns, view.rows, &session->options.scroll, &session->seen.lanes_below);
}

static void draw_view(struct session *session, struct scene *frame, const struct stage_set *set,
                      struct area at)
{
    if (at.columns < 1 || at.rows < 1)
        return;
    struct scene *view =
        session->view->draw(frame->arena, set, at.columns, at.rows, frame->medium);
    scene_lay(frame, at.row, at.column, view);
    frame->cursor_row = view->cursor_row;
    frame->cursor_column = view->cursor_column;
    if (at.columns >= VIEW_MIN_COLUMNS && at.rows >= VIEW_MIN_ROWS)
        learn_view(session, set, at);
}

static void learn_panel(struct session *session, struct area inside, int total)
{
    session->seen.panel_rows = inside.rows;
    session->seen.panel_total = total;
}

static void draw_detail(struct session *session, struct scene *frame, const struct stage_set *set,
                        struct area at)
{
    const struct journey *journey = set->journey;
    if (at.rows < 1 || set->options.selected == NONE)
        return;
    const char *title = journey->touchpoints[set->options.selected].title;
    struct area inside = panel_draw(frame, at, title, NULL);
    if (inside.rows < 1 || inside.columns < 1)
        return;
    const struct scene *detail = detail_draw(frame->arena, set, inside.columns, frame->medium);
    panel_content(frame, inside, detail, &session->detail_first);
    learn_panel(session, inside, detail->rows);
}

/* ---- What is open over the view ----------------------------------------------------------- */

static const int list_columns = 64, palette_columns = 100, help_columns = 120;

static void draw_rows(struct session *session, struct scene *frame, struct area inside,
                      const struct list_row *rows, size_t count, int selected, int *first)
{
    if (inside.rows < 1 || inside.columns < 1)
        return;
    panel_list(frame, inside, rows, count, selected, first);
    frame->cursor_row = inside.row + (selected != NONE ? selected - *first : 0);
    frame->cursor_column = inside.column;
    learn_panel(session, inside, (int)count);
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
    struct help help = help_rows(session, frame->arena, frame->medium.ascii,
                                 frame->columns >= help_columns);
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
    bool palette = session->list.kind == LIST_PALETTE;
    int wanted = palette ? frame->rows * 2 / 3 : (int)choices.count + 2;
    struct area at = centre(frame, wanted, palette ? palette_columns : list_columns);
    struct area inside = panel_draw(frame, at, _(list_title(session->list.kind)), NULL);
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

/* ---- The last line --------------------------------------------------------------------------- */

static void draw_prompt(const struct session *session, struct scene *frame, const char *label)
{
    int row = frame->rows - 1;
    scene_fill(frame, row, 0, 1, frame->columns, (struct style){ .ground = GROUND_BAR });
    panel_prompt(frame, row, 0, frame->columns, label, session->prompt.text.text,
                 session->prompt.cursor);
}

/* What fits, above the typed line, the one that stands on it lit. */
static void draw_candidates(const struct session *session, struct scene *frame)
{
    const struct cycling *cycling = &session->cycling;
    int row = frame->rows - 2;
    if (!cycling->active || row < 0)
        return;
    const struct style plain = { .ground = GROUND_PANEL };
    const struct values *values = &cycling->completion.values;
    scene_fill(frame, row, 0, 1, frame->columns, plain);
    int column = 1;
    /* Begins so far to the right that the one on the line is seen. */
    for (size_t i = cycling->at < values->count ? cycling->at / 6 * 6 : 0; i < values->count; i++) {
        struct style style = plain;
        style.selected = i == cycling->at;
        if (column >= frame->columns - 1)
            return;
        column += 2 + scene_text(frame, row, column, frame->columns - 1 - column, style,
                                 values->items[i].word);
    }
}

static void draw_search(const struct session *session, struct scene *frame)
{
    const struct search *search = &session->search;
    draw_prompt(session, frame, "/");
    if (search->text == NULL)
        return;
    size_t place = search_place(search, session->options.selected);
    const char *count = arena_printf(frame->arena, "%zu/%zu", place, search->count);
    int width = utf8_width(count);
    struct style style = { .ground = GROUND_BAR, .ink = search->count > 0 ? INK_DIM : INK_BAD };
    if (width + 20 < frame->columns)
        scene_text(frame, frame->rows - 1, frame->columns - width - 1, width, style, count);
}

static void draw_message(struct scene *frame, int row, const char *text, enum ink ink)
{
    const struct style style = { .ground = GROUND_BAR, .ink = ink };
    scene_fill(frame, row, 0, 1, frame->columns, style);
    scene_text(frame, row, 1, frame->columns - 2, style, text);
}

/* A person may have moved the command to another key: the hint follows it. */
static const char *hint_key(const struct session *session, enum mode mode,
                            const struct binding *binding)
{
    if (mode != MODE_NORMAL)
        return binding->key;
    if (keymap_find(&session->keymap, mode, binding->key) == binding)
        return binding->key;
    return keymap_key_of(&session->keymap, binding->command);
}

/* In as many columns as `end` leaves. */
static void draw_hints(const struct session *session, struct scene *frame, int begin, int end)
{
    enum mode mode = session_mode(session);
    const struct key_layer *keys = &key_layers[mode][0];
    struct hint *hints = arena_array(frame->arena, keys->count, sizeof(*hints));
    size_t count = 0;
    for (size_t i = 0; i < keys->count; i++) {
        const struct binding *binding = &keys->items[i];
        const char *key = binding->hint != NULL ? hint_key(session, mode, binding) : NULL;
        if (key != NULL)
            hints[count++] = (struct hint){
                .key = key_label(key, frame->medium.ascii),
                .word = _(binding->hint),
                .command = binding->command,
                .priority = binding->priority,
            };
    }
    foot_draw(frame, frame->rows - 1, begin, end - begin, hints, count);
}

/* Which point is being moved, and where it is; returns the columns. */
static int draw_dragged(const struct session *session, struct scene *frame, int end)
{
    const struct journey *journey = session_journey(session);
    const struct reading *reading = &session->readings->items[session->options.selected];
    double score = handle_score(reading, session->drag.handle);
    const char *name = _(handle_name(session->drag.handle));
    const char *who =
        session->lens.persona != NONE ? journey->personas[session->lens.persona].name : _("all");
    const char *text =
        isnan(score) ? arena_printf(frame->arena, _("%s, %s: not there"), name, who)
                     : arena_printf(frame->arena, _("%s, %s: %.0f"), name, who, score);
    scene_fill(frame, frame->rows - 1, 0, 1, end, style_on(GROUND_BAR, INK_TEXT));
    struct style style = { .ground = GROUND_BAR, .ink = INK_STRONG, .emphasis = EMPHASIS_BOLD };
    return 1 + scene_text(frame, frame->rows - 1, 1, end - 2, style, text);
}

/* Unsaved edits, or that there are never any, are told at the right edge, whatever else the line is
 * used for; returns where that begins. */
static int draw_unsaved(const struct session *session, struct scene *frame)
{
    const char *text = session_unsaved(session, frame->arena);
    enum ink ink = text != NULL ? INK_WARN : INK_GOOD;
    int row = frame->rows - 1;
    if (text == NULL && session->live)
        text = _("live");
    if (text == NULL)
        return frame->columns;
    const char *sign = frame->medium.ascii ? "*" : "●";
    text = frame->columns < VIEW_MIN_COLUMNS ? sign
                                             : arena_printf(frame->arena, " %s %s ", sign, text);
    int width = scene_text_width(frame, text), column = frame->columns - width;
    scene_text(frame, row, column, width, style_on(GROUND_BAR, ink), text);
    return column;
}

static void draw_typed_line(const struct session *session, struct scene *frame, enum ink ink)
{
    if (session->mode == MODE_SEARCH)
        draw_search(session, frame);
    else
        draw_prompt(session, frame, session->mode == MODE_PALETTE ? _("Find: ") : ":");
    draw_candidates(session, frame);
    if (session->message[0] != '\0' && frame->rows > 1)
        draw_message(frame, frame->rows - 2, session->message, ink);
}

/* What is to be read in place of keys; false: nothing is. */
static bool draw_notice(const struct session *session, struct scene *frame, enum ink ink)
{
    int row = frame->rows - 1;
    if (session->message[0] != '\0')
        draw_message(frame, row, session->message, ink);
    else if (session_busy(session) && session->mode != MODE_DRAG)
        draw_message(frame, row, _("reading and measuring …  Esc stops it"), INK_DIM);
    else if (session->trouble.text[0] != '\0')
        draw_message(frame, row, session->trouble.text, INK_BAD);
    else
        return false;
    return true;
}

static void draw_last_line(const struct session *session, struct scene *frame)
{
    enum ink ink = session->message_is_trouble ? INK_BAD : INK_TEXT;
    bool typed = mode_types(session->mode) && session->mode != MODE_FIELD;
    if (typed)
        draw_typed_line(session, frame, ink);
    bool taken = typed || draw_notice(session, frame, ink);
    int end = draw_unsaved(session, frame);
    if (taken)
        return;
    int begin = session->mode == MODE_DRAG ? draw_dragged(session, frame, end) : 0;
    if (session->values[SETTING_HINTS] == SWITCH_ON)
        draw_hints(session, frame, begin, end);
}

struct scene *session_draw(struct session *session, struct arena *arena, int columns, int rows,
                           struct medium medium)
{
    medium.braille = !medium.ascii && session->values[SETTING_BRAILLE] == SWITCH_ON;
    struct scene *frame = scene_new(arena, columns, rows, medium);
    if (columns < 1 || rows < 1)
        return frame;
    session->options.light = light_for(session, columns, rows);
    session->options.handle = session->mode == MODE_DRAG ? session->drag.handle : HANDLE_NONE;
    struct stage_set set = session_set(session);
    struct layout layout = lay_out(session, columns, rows);
    draw_view(session, frame, &set, layout.view);
    if (session->in_cells)
        frame_cell(session, frame, layout.view);
    if (session->sheet.page_count > 0 && !session->sheet.in_cell)
        frame_sheet(session, frame, layout.detail);
    else if (session->detail)
        draw_detail(session, frame, &set, layout.detail);
    if (session->mode == MODE_HELP)
        draw_help(session, frame);
    if (session->mode == MODE_CONFLICT)
        draw_conflict(session, frame);
    if (session->mode == MODE_LIST || session->mode == MODE_PALETTE)
        draw_list(session, frame);
    draw_last_line(session, frame);
    return frame;
}
