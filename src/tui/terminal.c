/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "terminal.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/i18n.h>

/* Last, because it makes a macro of nearly every word. */
#include <term.h>

bool terminal_check(int fd, struct error *err)
{
    const char *name = getenv("TERM");
    if (name == NULL || *name == '\0')
        return error_set(err, _("TERM is not set, so it is not known what terminal this is; "
                                "'stellwerk report' needs none"));
    int found;
    bool known = setupterm(name, fd, &found) == OK;
    bool able = known && cursor_address != NULL && strncmp(cursor_address, "\033[", 2) == 0;
    if (known)
        del_curterm(cur_term);
    if (able)
        return true;
    return error_set(err, _("the terminal '%s' cannot be drawn on; 'stellwerk report' needs none"),
                     name);
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && *value != '\0';
}

static bool is_one_of(const char *variable, const char *a, const char *b)
{
    const char *value = getenv(variable);
    return value != NULL && (strcmp(value, a) == 0 || strcmp(value, b) == 0);
}

enum depth terminal_depth(void)
{
    int colours = tigetnum("colors");
    if (is_set("NO_COLOR") || colours < 8)
        return DEPTH_MONO;
    if (colours >= 1 << 24 || (colours >= 256 && is_one_of("COLORTERM", "truecolor", "24bit")))
        return DEPTH_TRUE;
    return colours >= 256 ? DEPTH_256 : DEPTH_8;
}

/* "15;0" or "0;default;15": the last is the ground, and 7 and 9 to 15 are light. */
enum theme_name terminal_theme(void)
{
    const char *colours = getenv("COLORFGBG");
    const char *ground = colours != NULL ? strrchr(colours, ';') : NULL;
    if (ground == NULL)
        return THEME_DARK;
    int number = atoi(ground + 1);
    return number == 7 || (number >= 9 && number <= 15) ? THEME_LIGHT : THEME_DARK;
}

bool terminal_is_remote(void)
{
    return is_set("SSH_CONNECTION") || is_set("SSH_TTY");
}
