/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sheets: what a thing says, a key and its value in each row, one of them typed into.
 */
#ifndef STELLWERK_SCENE_SHEET_H
#define STELLWERK_SCENE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/scene.h>

enum sheet_mark {
    SHEET_PLAIN,
    SHEET_CLOSED, /* rows below it are folded away */
    SHEET_OPEN,
    SHEET_LINK, /* it has a sheet of its own */
    SHEET_ADD
};

struct sheet_row {
    enum sheet_mark mark;
    int depth;
    const char *key;   /* as the format has it */
    const char *value; /* NULL: nothing is there */
    const char *hint;  /* quiet, where nothing is: what could be there; NULL */
    bool required;
};

struct sheet_view {
    const char *title, *note; /* in the panel's edges; NULL */
    const struct sheet_row *rows;
    size_t count;
    int selected;
    const char *typed; /* in place of the selected row's value, cursor before byte `cursor`; */
    size_t cursor;     /* NULL: nothing is typed */
    const char *help;  /* below the rows; NULL */
    bool trouble;      /* `help` says what is wrong with what is typed */
    const char *const *choices; /* what could be typed; below the help */
    size_t choice_count;
    int choice; /* the one that stands in the row; NONE */
};

/* Draws the panel; corrects `*first`, the topmost row seen. Each row becomes a REGION_ROW with its
 * index. Returns the rows that there was room for. */
int sheet_draw(struct scene *scene, struct area area, const struct sheet_view *view, int *first);

#endif
