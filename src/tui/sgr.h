/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SGR: colours and emphasis as the parameters of ECMA-48's select graphic rendition. Private to
 * tui/.
 */
#ifndef STELLWERK_TUI_SGR_H
#define STELLWERK_TUI_SGR_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/str.h>
#include <stellwerk/scene/theme.h>

#define PAINT_DEFAULT (-1)

/* A style as a terminal of some depth has it. */
struct paint {
    int32_t ink, ground; /* colour number, or 0xRRGGBB at DEPTH_TRUE; PAINT_DEFAULT */
    uint8_t emphasis;    /* enum emphasis */
};

struct paint paint_of(enum theme_name theme, enum depth depth, struct style style);
bool paint_equal(struct paint a, struct paint b);

/* True where a blank cell of one looks like a blank cell of the other. */
bool paint_equal_blank(struct paint a, struct paint b);

/* Appends the shortest sequence from one paint to another; nothing where they are the same. */
void sgr_change(struct str *out, enum depth depth, struct paint from, struct paint to);

#endif
