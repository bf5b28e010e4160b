/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Themes: the colours of inks and grounds, in every depth a medium may have.
 *
 * The default palette is safe for colour-blind eyes (blue, orange-yellow, violet; red and teal
 * differ in lightness too), for dark and for light terminals. A mono medium has only emphasis.
 */
#ifndef STELLWERK_SCENE_THEME_H
#define STELLWERK_SCENE_THEME_H

#include <stdint.h>

#include <stellwerk/scene/scene.h>

enum depth { DEPTH_MONO, DEPTH_8, DEPTH_256, DEPTH_TRUE };

struct shade {
    uint32_t rgb;     /* 0xRRGGBB */
    int16_t index256; /* 16..255; -1: the terminal's own default */
    int8_t index8;    /* 0..7; -1: default */
};

struct look { /* a style resolved */
    struct shade ink, ground;
    bool ink_default, ground_default;
    uint8_t emphasis; /* enum emphasis, the theme's own added */
};

enum theme_name { THEME_DARK, THEME_LIGHT, THEME_COUNT };

struct look theme_look(enum theme_name theme, enum depth depth, struct style style);

/* "dark", "light"; -1 for neither. */
int theme_find(const char *name);

#endif
