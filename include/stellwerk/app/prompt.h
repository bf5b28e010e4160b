/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A line of text while it is typed.
 *
 * The cursor stands between grapheme clusters, never inside one. The text holds no control
 * characters: what is pasted becomes one line.
 */
#ifndef STELLWERK_APP_PROMPT_H
#define STELLWERK_APP_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/app/history.h>
#include <stellwerk/base/str.h>

struct prompt {
    struct str text;
    size_t cursor;    /* in bytes */
    size_t recall;    /* which line of the history is shown; SIZE_MAX: what is being typed */
    struct str draft; /* what was being typed while a line of the history is shown */
};

void prompt_init(struct prompt *prompt);
void prompt_finish(struct prompt *prompt);

/* Replaces the text; the cursor goes to its end, the history starts anew. */
void prompt_set(struct prompt *prompt, const char *text);

/* Replaces bytes from..to of the text, as completion does; the cursor goes behind the new ones. */
void prompt_replace(struct prompt *prompt, size_t from, size_t to, const char *text);

/* At the cursor. Line breaks and tabs become spaces, other control characters are left out. */
void prompt_insert(struct prompt *prompt, const char *text);

void prompt_left(struct prompt *prompt);
void prompt_right(struct prompt *prompt);
void prompt_start(struct prompt *prompt);
void prompt_end(struct prompt *prompt);

/* These return false where there is nothing to take away. */
bool prompt_erase_left(struct prompt *prompt);
bool prompt_erase_right(struct prompt *prompt);
bool prompt_erase_word(struct prompt *prompt); /* the word left of the cursor */
bool prompt_erase_line(struct prompt *prompt); /* everything left of the cursor */

/* Shows the line before or after in the history that begins with what was typed. */
void prompt_older(struct prompt *prompt, const struct history *history);
void prompt_newer(struct prompt *prompt, const struct history *history);

#endif
