/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rescue.h"

#include <curses.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <stellwerk/tui/screen.h>

static struct {
    volatile sig_atomic_t armed;
    int fd;
    bool has_modes;
    struct termios modes;
    char bytes[256]; /* what undoes colours, screen, cursor, keypad, paste and mouse */
    size_t length;
} rescue;

void rescue_remember(int fd)
{
    rescue.fd = fd;
    rescue.has_modes = tcgetattr(fd, &rescue.modes) == 0;
    rescue.length = 0;
}

/* Leaves out the "$<5>" that asks for a pause: nothing needs one any more. */
static void collect(const char *capability)
{
    if (capability == NULL || capability == (const char *)-1)
        return;
    for (const char *at = capability; *at != '\0'; at++) {
        if (at[0] == '$' && at[1] == '<' && strchr(at, '>') != NULL)
            at = strchr(at, '>');
        else if (rescue.length < sizeof(rescue.bytes))
            rescue.bytes[rescue.length++] = *at;
    }
}

void rescue_prepare(void)
{
    collect(tigetstr("sgr0"));
    collect(tigetstr("cnorm"));
    collect(tigetstr("rmkx"));
    collect("\033[?2004l\033[?1006l\033[?1002l\033[?1000l");
    collect(tigetstr("rmcup"));
    rescue.armed = 1;
}

void rescue_forget(void)
{
    rescue.armed = 0;
}

void screen_emergency(void)
{
    if (!rescue.armed)
        return;
    rescue.armed = 0;
    if (write(rescue.fd, rescue.bytes, rescue.length) < 0)
        return; /* the terminal is gone, and with it what was to be put right */
    if (rescue.has_modes)
        tcsetattr(rescue.fd, TCSANOW, &rescue.modes);
}
