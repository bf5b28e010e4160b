/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pages, folds and the selected row. What is typed into it is in sheet_field.c. */

#include <stellwerk/app/sheet.h>

#include <string.h>

#include <stellwerk/app/state.h>
#include <stellwerk/base/i18n.h>

#include "sheet_row.h"

void sheet_init(struct sheet *sheet)
{
    *sheet = (struct sheet){ .choice = NONE };
    error_init(&sheet->trouble);
}

void sheet_finish(struct sheet *sheet)
{
    arena_finish(&sheet->arena);
    arena_finish(&sheet->pages_arena);
    arena_finish(&sheet->field_arena);
    sheet_init(sheet);
}

static struct sheet_page *page_of(struct session *session)
{
    struct sheet *sheet = &session->sheet;
    return sheet->page_count > 0 ? &sheet->pages[sheet->page_count - 1] : NULL;
}

/* ---- The form --------------------------------------------------------------------------------*/

static bool make(struct session *session, struct error *err)
{
    struct sheet *sheet = &session->sheet;
    const struct sheet_page *page = page_of(session);
    const struct revision *now = session->document.now;
    if (page == NULL)
        return false;
    if (sheet->made && digest_equal(sheet->digest, now->digest) &&
        strcmp(sheet->form.address, page->address) == 0)
        return true;
    arena_reset(&sheet->arena);
    sheet->made = form_of(&sheet->arena, now->journey, now->path, now->text, now->length,
                          page->address, &sheet->form, err);
    sheet->digest = now->digest;
    return sheet->made;
}

static bool is_listed(const struct sheet *sheet, const char *address)
{
    for (size_t i = 0; i < sheet->opened_count; i++) {
        if (strcmp(sheet->opened[i], address) == 0)
            return true;
    }
    return false;
}

bool sheet_is_open(const struct sheet *sheet, const struct form_row *row)
{
    return row->role == FORM_GROUP && is_listed(sheet, row->address);
}

static bool is_selected(const struct sheet_page *page, const struct form_row *row)
{
    return page->row != NULL && page->adding == (row->role == FORM_ADD) &&
           strcmp(page->row, row->address) == 0;
}

bool sheet_rows(struct session *session, struct arena *arena, struct sheet_rows *out)
{
    struct sheet *sheet = &session->sheet;
    struct error err;
    error_init(&err);
    *out = (struct sheet_rows){ .selected = NONE };
    if (!make(session, &err))
        return false;
    const struct sheet_page *page = page_of(session);
    out->items = arena_array(arena, sheet->form.count, sizeof(*out->items));
    int folded = -1; /* depth of the group whose rows are left out; -1: none */
    for (size_t i = 0; i < sheet->form.count; i++) {
        const struct form_row *row = &sheet->form.rows[i];
        if (folded >= 0 && row->depth > folded)
            continue;
        folded = row->role == FORM_GROUP && !sheet_is_open(sheet, row) ? row->depth : -1;
        if (is_selected(page, row))
            out->selected = out->count;
        out->items[out->count++] = (int)i;
    }
    if (out->selected == NONE && out->count > 0)
        out->selected = 0;
    return true;
}

/* ---- Pages ------------------------------------------------------------------------------------*/

bool sheet_open(struct session *session, const char *address, struct error *err)
{
    struct sheet *sheet = &session->sheet;
    if (sheet->page_count == SHEET_PAGES)
        return error_set(err, _("so many forms are open; Esc goes back"));
    sheet->pages[sheet->page_count++] = (struct sheet_page){
        .address = arena_strdup(&sheet->pages_arena, address),
    };
    if (!make(session, err)) {
        sheet->page_count--;
        return false;
    }
    session_enter(session, MODE_FORM);
    return true;
}

static void unfold(struct sheet *sheet, const char *address)
{
    if (is_listed(sheet, address))
        return;
    sheet->opened = arena_grow(&sheet->pages_arena, sheet->opened, sheet->opened_count,
                               &sheet->opened_capacity, sizeof(*sheet->opened));
    sheet->opened[sheet->opened_count++] = arena_strdup(&sheet->pages_arena, address);
}

static void fold(struct sheet *sheet, const char *address)
{
    size_t kept = 0;
    for (size_t i = 0; i < sheet->opened_count; i++) {
        if (strcmp(sheet->opened[i], address) != 0)
            sheet->opened[kept++] = sheet->opened[i];
    }
    sheet->opened_count = kept;
}

void sheet_show(struct session *session, const char *row)
{
    unfold(&session->sheet, row);
    sheet_go_to(session, row, false);
}

void sheet_back(struct session *session)
{
    struct sheet *sheet = &session->sheet;
    if (sheet->page_count > 0)
        sheet->page_count--;
    if (sheet->page_count > 0) {
        session_enter(session, MODE_FORM);
        return;
    }
    sheet_finish(sheet);
    session_leave(session);
}

/* ---- The selected row -------------------------------------------------------------------------*/

const struct form_row *sheet_row(struct session *session)
{
    struct arena scratch = { 0 };
    struct sheet_rows rows;
    const struct form_row *row = NULL;
    if (sheet_rows(session, &scratch, &rows) && rows.selected != NONE)
        row = &session->sheet.form.rows[rows.items[rows.selected]];
    arena_finish(&scratch);
    return row;
}

void sheet_go_to(struct session *session, const char *address, bool adding)
{
    struct sheet_page *page = page_of(session);
    page->row = arena_strdup(&session->sheet.pages_arena, address);
    page->adding = adding;
    session_touch(session);
}

void sheet_select(struct session *session, int index)
{
    struct arena scratch = { 0 };
    struct sheet_rows rows;
    if (sheet_rows(session, &scratch, &rows) && rows.count > 0) {
        index = index < 0 ? 0 : index >= rows.count ? rows.count - 1 : index;
        const struct form_row *row = &session->sheet.form.rows[rows.items[index]];
        sheet_go_to(session, row->address, row->role == FORM_ADD);
    }
    arena_finish(&scratch);
}

void sheet_move(struct session *session, int by)
{
    struct arena scratch = { 0 };
    struct sheet_rows rows;
    if (sheet_rows(session, &scratch, &rows)) {
        long to = (long)rows.selected + by;
        sheet_select(session, to < 0 ? 0 : to > rows.count ? rows.count : (int)to);
    }
    arena_finish(&scratch);
}

/* The group that a row stands in; NULL. */
static const struct form_row *group_of(const struct form *form, const struct form_row *row)
{
    for (const struct form_row *at = row; at-- > form->rows;) {
        if (at->role == FORM_GROUP && at->depth < row->depth)
            return at;
    }
    return NULL;
}

/* Left on a row within a group goes to the group, as in every tree. */
void sheet_fold(struct session *session, bool open)
{
    struct sheet *sheet = &session->sheet;
    const struct form_row *row = sheet_row(session);
    if (row == NULL)
        return;
    if (open) {
        if (row->role == FORM_GROUP)
            unfold(sheet, row->address);
    } else if (sheet_is_open(sheet, row)) {
        fold(sheet, row->address);
    } else {
        const struct form_row *group = group_of(&sheet->form, row);
        if (group != NULL)
            sheet_go_to(session, group->address, false);
    }
    session_touch(session);
}
