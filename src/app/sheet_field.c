/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Typing into a row, and what rows can do besides. */

#include <stellwerk/app/sheet.h>

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

#include "sheet_row.h"

/* ---- Choices --------------------------------------------------------------------------------- */

static bool begins(const char *text, const char *with)
{
    return text != NULL && strncmp(text, with, strlen(with)) == 0;
}

/* Those that begin as what is typed, by their word or by what they are called. */
static void find_choices(struct session *session, const struct form_row *row, const char *typed)
{
    struct sheet *sheet = &session->sheet;
    struct arena *arena = &sheet->field_arena;
    struct form_choices all;
    form_choices(arena, session_journey(session), row, &all);
    const char *folded = utf8_fold(arena, typed);
    struct form_choice *kept = arena_array(arena, all.count + 1, sizeof(*kept));
    size_t count = 0;
    for (size_t i = 0; i < all.count; i++) {
        const struct form_choice *choice = &all.items[i];
        const char *title = choice->title != NULL ? utf8_fold(arena, choice->title) : NULL;
        if (begins(choice->word, typed) || begins(title, folded))
            kept[count++] = *choice;
    }
    sheet->choices = (struct form_choices){ .items = kept, .count = count, .closed = all.closed };
    sheet->choice = NONE;
}

static void check(struct session *session, const struct form_row *row)
{
    struct sheet *sheet = &session->sheet;
    const char *typed = session->prompt.text.text;
    error_init(&sheet->trouble);
    if (*typed != '\0' &&
        !form_check(&sheet->field_arena, session_journey(session), row, typed, &sheet->trouble))
        return;
    error_init(&sheet->trouble);
}

void sheet_typed(struct session *session)
{
    const struct form_row *row = sheet_row(session);
    arena_reset(&session->sheet.field_arena);
    session_touch(session);
    if (row == NULL)
        return;
    find_choices(session, row, session->prompt.text.text);
    check(session, row);
}

bool sheet_complete(struct session *session, int step, struct error *err)
{
    struct sheet *sheet = &session->sheet;
    int count = (int)sheet->choices.count;
    if (count == 0)
        return error_set(err, _("nothing fits here"));
    if (sheet->choice == NONE)
        sheet->typed = arena_strdup(&sheet->field_arena, session->prompt.text.text);
    int ring = count + 1, at = sheet->choice == NONE ? count : sheet->choice;
    at = (at + ring + step) % ring;
    sheet->choice = at == count ? NONE : at;
    prompt_set(&session->prompt, at == count ? sheet->typed : sheet->choices.items[at].word);
    const struct form_row *row = sheet_row(session);
    if (row != NULL)
        check(session, row);
    session_touch(session);
    return true;
}

/* ---- Typing ---------------------------------------------------------------------------------- */

static bool begin_typing(struct session *session, const struct form_row *row, struct error *err)
{
    if (row->value != NULL && strchr(row->value, '\n') != NULL)
        return error_set(err, _("this text has several lines; E opens it in your editor"));
    prompt_set(&session->prompt, row->value != NULL ? row->value : "");
    session_enter(session, MODE_FIELD);
    sheet_typed(session);
    /* All that fits is offered until something is typed. */
    find_choices(session, row, "");
    return true;
}

bool sheet_enter(struct session *session, struct error *err)
{
    struct sheet *sheet = &session->sheet;
    const struct form_row *row = sheet_row(session);
    if (row == NULL)
        return true;
    if (row->role == FORM_LINK)
        return sheet_open(session, row->address, err);
    if (row->role == FORM_GROUP) {
        sheet_fold(session, !sheet_is_open(sheet, row));
        return true;
    }
    if (!row->can_type)
        return error_set(err, _("'%s' is not to be changed here"), row->key);
    return begin_typing(session, row, err);
}

/* The thing's own id has changed, and with it what its form is called. */
static void follow_rename(struct session *session, const struct operation *operation)
{
    struct sheet *sheet = &session->sheet;
    struct sheet_page *page = &sheet->pages[sheet->page_count - 1];
    if (operation->verb != VERB_RENAME || strcmp(operation->address, page->address) != 0)
        return;
    size_t head = strlen(page->address);
    while (head > 0 && strchr("./", page->address[head - 1]) == NULL)
        head--;
    page->address = arena_printf(&sheet->pages_arena, "%.*s%s", (int)head, page->address,
                                 operation->value);
    page->row = page->address;
}

void sheet_typing_ends(struct session *session)
{
    if (session->sheet.in_cell)
        sheet_back(session);
    else
        session_enter(session, MODE_FORM);
}

bool sheet_accept(struct session *session, struct error *err)
{
    const struct form_row *row = sheet_row(session);
    const char *typed = session->prompt.text.text;
    if (row == NULL)
        return true;
    bool nothing = row->value == NULL ? *typed == '\0' : strcmp(typed, row->value) == 0;
    if (nothing) {
        sheet_typing_ends(session);
        return true;
    }
    struct arena scratch = { 0 };
    struct operation operation;
    bool again = row->role == FORM_ADD && !session->sheet.in_cell;
    bool done = form_operation(&scratch, session_journey(session), row, typed, &operation, err) &&
                session_do(session, &operation, 1, false, err);
    if (done) {
        follow_rename(session, &operation);
        sheet_typing_ends(session);
    }
    arena_finish(&scratch);
    if (done && again && (row = sheet_row(session)) != NULL && row->role == FORM_ADD)
        return begin_typing(session, row, err);
    return done;
}

/* ---- What rows can do ------------------------------------------------------------------------ */

bool sheet_remove(struct session *session, struct error *err)
{
    const struct form_row *row = sheet_row(session);
    if (row == NULL || (!row->can_delete && !row->can_unset))
        return error_set(err, _("this cannot be taken away"));
    struct arena scratch = { 0 };
    struct operation operation = {
        .verb = row->can_delete ? VERB_DELETE : VERB_UNSET,
        .address = arena_strdup(&scratch, row->address),
    };
    bool done = session_do(session, &operation, 1, false, err);
    arena_finish(&scratch);
    return done;
}

bool sheet_carry(struct session *session, int by, struct error *err)
{
    const struct form_row *row = sheet_row(session);
    if (row == NULL || !row->can_move)
        return error_set(err, _("this cannot be moved"));
    size_t to = row->place + (size_t)by;
    if (to < 1 || to > row->siblings)
        return true;
    struct arena scratch = { 0 };
    struct operation operation = {
        .verb = VERB_MOVE,
        .address = arena_strdup(&scratch, row->address),
        .place = { .kind = PLACE_AT, .number = to },
    };
    const char *list = arena_strdup(&scratch, row->list);
    bool by_number = strcmp(row->key, arena_printf(&scratch, "%zu", row->place)) == 0;
    bool done = session_do(session, &operation, 1, false, err);
    if (done && by_number)
        sheet_go_to(session, arena_printf(&scratch, "%s.%zu", list, to), false);
    arena_finish(&scratch);
    return done;
}

/* The row that adds to the list that the selected one is in, or is. */
bool sheet_add(struct session *session, struct error *err)
{
    const struct form_row *row = sheet_row(session);
    if (row == NULL)
        return true;
    if (row->role == FORM_GROUP && row->list == NULL)
        sheet_fold(session, true);
    const char *list = row->list != NULL ? row->list : row->address;
    sheet_go_to(session, list, true);
    row = sheet_row(session);
    if (row == NULL || row->role != FORM_ADD)
        return error_set(err, _("nothing can be added here"));
    return begin_typing(session, row, err);
}
