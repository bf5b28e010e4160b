/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The form that is open: everything that a thing of the map says or could say, to be typed into.
 *
 * Its rows are those of mapfile/form.h, made anew whenever the map has changed. Groups are folded
 * until a person opens them. A row that leads to another thing opens that one's form; Esc comes
 * back.
 */
#ifndef STELLWERK_APP_SHEET_H
#define STELLWERK_APP_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/form.h>

struct session;

/* A form that was open before, and where one was in it. */
struct sheet_page {
    const char *address;
    const char *row; /* address of the selected row */
    bool adding;     /* it is the one that adds */
    int first;       /* topmost row seen */
};

#define SHEET_PAGES 16

struct sheet {
    struct arena arena; /* of the form */
    struct form form;
    struct digest digest; /* of the text that it was made of */
    bool made;

    struct arena pages_arena; /* of all below */
    struct sheet_page pages[SHEET_PAGES]; /* the last one is shown */
    size_t page_count;
    bool in_cell; /* only one row is typed into, in a cell of the map */
    const char **opened; /* addresses of groups that are not folded */
    size_t opened_count, opened_capacity;

    struct arena field_arena; /* while a row is typed into */
    struct form_choices choices;
    int choice;           /* that stands in the row; NONE: what was typed */
    const char *typed;    /* kept while a choice stands there */
    struct error trouble; /* of what is typed; "" none */
};

void sheet_init(struct sheet *sheet);
void sheet_finish(struct sheet *sheet);

/* The rows that are not folded away, as indices into the form's; and which one is selected. The
 * form is made anew where the map has changed; false where the thing is gone. */
struct sheet_rows {
    int *items;
    int count, selected; /* NONE: there is none */
};

bool sheet_rows(struct session *session, struct arena *arena, struct sheet_rows *out);

/* Opens the form of an address, over the one that is open. */
[[nodiscard]] bool sheet_open(struct session *session, const char *address, struct error *err);

/* Unfolds and selects a row of the form that is open. */
void sheet_show(struct session *session, const char *row);

/* Back to the form before, or to the view. */
void sheet_back(struct session *session);

void sheet_move(struct session *session, int by);
void sheet_select(struct session *session, int row); /* by its place among those seen */
void sheet_fold(struct session *session, bool open);
bool sheet_is_open(const struct sheet *sheet, const struct form_row *row);

/* Types into the row, follows it, or folds and unfolds it. */
bool sheet_enter(struct session *session, struct error *err);

/* What is typed is done; the row that adds is left open for another one. */
bool sheet_accept(struct session *session, struct error *err);

/* The row is no longer typed into: back to where that began. */
void sheet_typing_ends(struct session *session);

/* The typed text has changed; another choice is wanted. */
void sheet_typed(struct session *session);
bool sheet_complete(struct session *session, int step, struct error *err);

/* Takes the row away; moves an item among its own; adds another behind it. */
bool sheet_remove(struct session *session, struct error *err);
bool sheet_carry(struct session *session, int by, struct error *err);
bool sheet_add(struct session *session, struct error *err);

#endif
