/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Settings: what a person chooses once and keeps, each of a few words.
 */
#ifndef STELLWERK_APP_SETTINGS_H
#define STELLWERK_APP_SETTINGS_H

enum setting {
    SETTING_BRAILLE,
    SETTING_HINTS,
    SETTING_LIGHT,
    SETTING_MOUSE,
    SETTING_THEME,
    SETTING_COUNT
};

enum { SWITCH_OFF, SWITCH_ON };
enum { LIGHT_SETTING_AUTO, LIGHT_SETTING_COLUMN, LIGHT_SETTING_TITLE };
enum { THEME_SETTING_AUTO, THEME_SETTING_DARK, THEME_SETTING_LIGHT };

struct setting_row {
    const char *name;
    const char *const *values; /* by number; NULL ends them */
    const char *help;          /* N_() */
    int initial;
};

extern const struct setting_row settings[SETTING_COUNT];

/* The setting of this name, the number of this value; -1 where there is none. */
int setting_find(const char *name);
int setting_value(const struct setting_row *row, const char *word);

#endif
