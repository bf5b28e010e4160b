/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Input: what comes from the terminal as keys by name, pasted texts, and the left button of the
 * mouse. The wheel is a key.
 */
#ifndef STELLWERK_TUI_INPUT_H
#define STELLWERK_TUI_INPUT_H

#include <stdbool.h>

struct input {
    enum input_kind {
        INPUT_KEY,
        INPUT_PASTE,
        INPUT_PRESS,
        INPUT_MOTION, /* to another cell, while the button is down */
        INPUT_RELEASE,
    } kind;
    const char *text; /* KEY: its name (app/keymap.h); PASTE: the text; until the next call */
    int row, column;  /* PRESS, MOTION, RELEASE: from 0 */
};

/* Once the screen is open; and when it closes. */
void input_begin(void);
void input_end(void);

/* The next thing that is there; false where nothing is, without waiting. A lone Esc is told from
 * the beginning of a key's sequence after ESCDELAY, 25 ms. */
bool input_read(struct input *out);

#endif
