/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last line: keys, a message, or what is typed; and what is unsaved. */

#include <stellwerk/app/state.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/scene/foot.h>
#include <stellwerk/scene/panel.h>

#include "frame_parts.h"

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

/* Rows of these lists are switched on and off, and any number of them. */
static bool is_of_many(const struct session *session)
{
    return session->list.kind == LIST_LANES || session->list.kind == LIST_FILTERS;
}

/* There is a way back only where there was one to come from, and one choice is taken at once. */
static bool is_hinted(const struct session *session, const struct binding *binding)
{
    bool back = strcmp(binding->command, "portfolio") == 0;
    bool choose = session->mode == MODE_LIST && strcmp(binding->command, "choose") == 0;
    return binding->hint != NULL && (!back || session->folder.path != NULL) &&
           (!choose || is_of_many(session));
}

static const char *word_of(const struct session *session, const struct binding *binding)
{
    bool one = session->mode == MODE_LIST && strcmp(binding->command, "accept") == 0 &&
               !is_of_many(session);
    return one ? _("choose") : _(binding->hint);
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

static struct hint *add_hints(const struct session *session, struct scene *frame, enum mode mode,
                              const struct key_layer *keys, struct hint *hint)
{
    for (size_t i = 0; keys->hinted && i < keys->count; i++) {
        const struct binding *binding = &keys->items[i];
        const char *key = is_hinted(session, binding) ? hint_key(session, mode, binding) : NULL;
        if (key != NULL)
            *hint++ = (struct hint){
                .key = key_label(frame->arena, key, frame->medium.ascii),
                .word = word_of(session, binding),
                .command = binding->command,
                .priority = binding->priority,
            };
    }
    return hint;
}

/* In as many columns as `end` leaves. */
static void draw_hints(const struct session *session, struct scene *frame, int begin, int end)
{
    enum mode mode = session_mode(session);
    const struct key_layer *layers = key_layers[mode];
    size_t most = 0;
    for (size_t i = 0; i < KEY_LAYERS; i++)
        most += layers[i].count;
    struct hint *hints = arena_array(frame->arena, most, sizeof(*hints)), *next = hints;
    for (size_t i = 0; i < KEY_LAYERS; i++)
        next = add_hints(session, frame, mode, &layers[i], next);
    foot_draw(frame, frame->rows - 1, begin, end - begin, hints, (size_t)(next - hints));
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
    const char *text = isnan(score)
                           ? arena_printf(frame->arena, _("%s, %s: not there"), name, who)
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
    else if (session_busy(session) && session->mode != MODE_DRAG && session_has_map(session))
        draw_message(frame, row, _("reading and measuring …  Esc stops it"), INK_DIM);
    else if (session->trouble.text[0] != '\0')
        draw_message(frame, row, session->trouble.text, INK_BAD);
    else
        return false;
    return true;
}

void frame_foot(const struct session *session, struct scene *frame)
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
