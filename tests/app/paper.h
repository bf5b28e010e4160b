/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A small map in a scratch folder, opened as a document, with journals beside it.
 */
#ifndef STELLWERK_TESTS_APP_PAPER_H
#define STELLWERK_TESTS_APP_PAPER_H

#include <stdbool.h>

#include <stellwerk/app/document.h>

extern const char *const beginning; /* the text of the map */
extern char map[512], journals[512]; /* paths */
extern char *folder;
extern struct arena arena;
extern struct document document;
extern struct error err;

void paper_setup(void);
void paper_teardown(void);

/* Another text in the file; the same with one thing replaced, as sed does it. */
void write_map(const char *text);
void replace_in_map(const char *from, const char *to);

/* An operation by its line; false leaves the reason in `err`. */
bool try_line(const char *line);
void do_line(const char *line);
void join_line(const char *line);

/* Undo and redo, which tell this line. */
void undo_is(const char *line);
void redo_is(const char *line);

void save(void);
void take_file(void);
void text_is(const char *text);
void file_is(const char *text);

/* The beginning with things replaced: pairs of what and by what, ended by NULL. */
const char *changed(const char *const *pairs);

#define CHANGED(...) changed((const char *const[]){ __VA_ARGS__, NULL })

#endif
