/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/settings.h>

#include <stddef.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

static const char *const switch_values[] = { [SWITCH_OFF] = "off", [SWITCH_ON] = "on", NULL };

static const char *const light_values[] = {
    [LIGHT_SETTING_AUTO] = "auto",
    [LIGHT_SETTING_COLUMN] = "column",
    [LIGHT_SETTING_TITLE] = "title",
    NULL,
};

static const char *const theme_values[] = {
    [THEME_SETTING_AUTO] = "auto",
    [THEME_SETTING_DARK] = "dark",
    [THEME_SETTING_LIGHT] = "light",
    NULL,
};

const struct setting_row settings[SETTING_COUNT] = {
    [SETTING_BRAILLE] = {
        .name = "braille",
        .values = switch_values,
        .help = N_("the curve in braille dots, where the font has them"),
        .initial = SWITCH_OFF,
    },
    [SETTING_HINTS] = {
        .name = "hints",
        .values = switch_values,
        .help = N_("the line of keys at the bottom"),
        .initial = SWITCH_ON,
    },
    [SETTING_LIGHT] = {
        .name = "light",
        .values = light_values,
        .help = N_("how far the light reaches from the title"),
        .initial = LIGHT_SETTING_AUTO,
    },
    [SETTING_MOUSE] = {
        .name = "mouse",
        .values = switch_values,
        .help = N_("selects and drags; with Shift it is the terminal's"),
        .initial = SWITCH_OFF,
    },
    [SETTING_THEME] = {
        .name = "theme",
        .values = theme_values,
        .help = N_("colours for a dark or a light terminal"),
        .initial = THEME_SETTING_AUTO,
    },
};

int setting_find(const char *name)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(settings[i].name, name) == 0)
            return i;
    }
    return -1;
}

int setting_value(const struct setting_row *row, const char *word)
{
    for (int i = 0; row->values[i] != NULL; i++) {
        if (strcmp(row->values[i], word) == 0)
            return i;
    }
    return -1;
}
