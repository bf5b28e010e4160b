/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "frame_parts.h"

#include <string.h>

#include <stellwerk/app/sheet.h>
#include <stellwerk/app/state.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/scene/sheet.h>

static enum sheet_mark mark_of(const struct sheet *sheet, const struct form_row *row)
{
    switch (row->role) {
    case FORM_GROUP:
        return sheet_is_open(sheet, row) ? SHEET_OPEN : SHEET_CLOSED;
    case FORM_LINK:
        return SHEET_LINK;
    case FORM_ADD:
        return SHEET_ADD;
    case FORM_FIELD:
        break;
    }
    return SHEET_PLAIN;
}

/* What a person is told to type in order to add. */
static const char *adding_hint(const struct form_row *row)
{
    switch (row->adds) {
    case FORM_ADDS_TITLE:
        return _("a title");
    case FORM_ADDS_KEYED:
        return _("for whom, and what");
    case FORM_ADDS_PAIRS:
    case FORM_ADDS_VALUE:
    case FORM_ADDS_NOTHING:
        break;
    }
    return _("one more");
}

static const char *hint_of(struct scene *frame, const struct form_row *row)
{
    if (row->sample != NULL)
        return arena_printf(frame->arena, "(%s)", row->sample);
    return row->role == FORM_ADD ? adding_hint(row) : NULL;
}

/* A value as it reads in a list: without the brackets around it. */
static const char *bare(struct scene *frame, const char *value)
{
    size_t length = strlen(value);
    bool bracketed = length > 2 && strchr("[{", value[0]) != NULL &&
                     strchr("]}", value[length - 1]) != NULL;
    return bracketed ? arena_strndup(frame->arena, value + 1, length - 2) : value;
}

/* What a group says, in a line: its items, or its keys with their values. */
static const char *gist_of(struct scene *frame, const struct sheet *sheet, size_t group)
{
    const struct form_row *rows = sheet->form.rows;
    struct str text;
    str_init(&text);
    for (size_t i = group + 1; i < sheet->form.count && rows[i].depth > rows[group].depth; i++) {
        const struct form_row *row = &rows[i];
        const char *says = row->title != NULL ? row->title : row->value;
        if (row->depth > rows[group].depth + 1 || row->role == FORM_ADD || says == NULL)
            continue;
        bool named = row->place == 0 && row->title == NULL;
        str_printf(&text, "%s%s%s%s", text.length > 0 ? " · " : "", named ? row->key : "",
                   named ? " " : "", bare(frame, says));
    }
    const char *gist = arena_strndup(frame->arena, text.text, text.length);
    str_finish(&text);
    return gist;
}

/* A group that is open says what it says in its rows; one of things with forms only how many. */
static const char *value_of(struct scene *frame, const struct sheet *sheet, size_t index)
{
    const struct form_row *row = &sheet->form.rows[index];
    if (row->role == FORM_GROUP && sheet_is_open(sheet, row))
        return row->count > 0 ? "" : NULL;
    if (row->title != NULL)
        return row->title;
    if (row->value == NULL && row->count > 0)
        return arena_printf(frame->arena, "%zu", row->count);
    if (row->role == FORM_GROUP && row->value != NULL)
        return gist_of(frame, sheet, index);
    return row->value;
}

static struct sheet_row *rows_of(struct scene *frame, const struct sheet *sheet,
                                 const struct sheet_rows *seen)
{
    struct sheet_row *rows = arena_array(frame->arena, (size_t)seen->count + 1, sizeof(*rows));
    for (int i = 0; i < seen->count; i++) {
        const struct form_row *row = &sheet->form.rows[seen->items[i]];
        rows[i] = (struct sheet_row){
            .mark = mark_of(sheet, row),
            .depth = row->depth,
            .key = row->key,
            .value = value_of(frame, sheet, (size_t)seen->items[i]),
            .hint = hint_of(frame, row),
            .required = row->required,
        };
    }
    return rows;
}

static const char *const *choices_of(struct scene *frame, const struct form_choices *choices)
{
    const char **words = arena_array(frame->arena, choices->count + 1, sizeof(*words));
    for (size_t i = 0; i < choices->count; i++)
        words[i] = choices->items[i].word;
    return words;
}

static void show_typing(struct session *session, struct scene *frame, struct sheet_view *view)
{
    const struct sheet *sheet = &session->sheet;
    view->typed = session->prompt.text.text;
    view->cursor = session->prompt.cursor;
    view->choices = choices_of(frame, &sheet->choices);
    view->choice_count = sheet->choices.count;
    view->choice = sheet->choice;
    /* Who is on the way to a word that fits is not in trouble. */
    view->trouble = sheet->trouble.text[0] != '\0' && sheet->choices.count == 0;
    if (view->trouble)
        view->help = sheet->trouble.text;
}

/* What the thing is called, and its address. */
static const char *title_of(struct scene *frame, const struct sheet *sheet, const char *address)
{
    static const char *const names[] = { "title", "name", "label", "text" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        const char *at = arena_printf(frame->arena, "%s.%s", address, names[i]);
        const struct form_row *row = form_find(&sheet->form, at);
        if (row != NULL && row->value != NULL)
            return arena_printf(frame->arena, "%s · %s", row->value, address);
    }
    return address;
}

void frame_sheet(struct session *session, struct scene *frame, struct area area)
{
    struct sheet *sheet = &session->sheet;
    struct sheet_rows seen;
    if (!sheet_rows(session, frame->arena, &seen)) {
        sheet_back(session);
        return;
    }
    struct sheet_page *page = &sheet->pages[sheet->page_count - 1];
    struct sheet_view view = {
        .title = title_of(frame, sheet, page->address),
        .note = sheet->page_count > 1 ? _("Esc goes back") : NULL,
        .rows = rows_of(frame, sheet, &seen),
        .count = (size_t)seen.count,
        .selected = seen.selected,
        .choice = NONE,
    };
    if (seen.selected != NONE) {
        const struct form_row *row = &sheet->form.rows[seen.items[seen.selected]];
        view.help = row->help != NULL ? _(row->help) : NULL;
    }
    if (session->mode == MODE_FIELD)
        show_typing(session, frame, &view);
    session->seen.panel_rows = sheet_draw(frame, area, &view, &page->first);
    session->seen.panel_total = seen.count;
}
