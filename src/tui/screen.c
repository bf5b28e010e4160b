/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/screen.h>

#include "rescue.h"
#include "terminal.h"

#include <assert.h>
#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>
#include <stellwerk/tui/wire.h>

static struct {
    SCREEN *curses;
    int fd;
    bool mouse;
    struct wire *wire;
    struct str bytes; /* of a frame, so that it is sent at once */
} screen;

/* A cursor to be seen, and bracketed paste: terminals that do not know that do nothing. */
static const char enter[] = "\033[?25h\033[?2004h";

/* Reports of presses (1000), of motion while a button is down where the terminal can (1002), with
 * numbers (SGR 1006). */
static const char mouse_on[] = "\033[?1000h\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l\033[?1000l";

/* What our own drawing may have left: colours, a hidden cursor, bracketed paste. */
static const char leave[] = "\033[m\033[?25h\033[?2004l";

static void send_text(const char *text)
{
    screen_send(text, strlen(text));
}

static void set_modes(void)
{
    raw(); /* every key is ours, Ctrl-C and Ctrl-Z too */
    noecho();
    nonl();
    keypad(stdscr, TRUE);
    nodelay(stdscr, TRUE);
    if (getenv("ESCDELAY") == NULL)
        set_escdelay(25);
}

bool screen_open(FILE *out, FILE *in, struct error *err)
{
    assert(screen.curses == NULL);
    screen.fd = fileno(out);
    if (!terminal_check(screen.fd, err))
        return false;
    rescue_remember(screen.fd);
    screen.curses = newterm(NULL, out, in);
    if (screen.curses == NULL)
        return error_set(err, _("the terminal cannot be taken over"));
    rescue_prepare();
    set_modes();
    screen.wire = wire_create((struct abilities){
        .depth = terminal_depth(),
        .erases_coloured = tigetflag("bce") > 0,
        .utf8 = utf8_is_spoken(),
    });
    str_init(&screen.bytes);
    refresh(); /* so that curses has done all of its own drawing: it clears */
    send_text(enter);
    wire_cleared(screen.wire, screen_columns(), screen_rows());
    return true;
}

void screen_close(void)
{
    if (screen.curses == NULL)
        return;
    screen_suspend();
    rescue_forget();
    delscreen(screen.curses);
    wire_destroy(screen.wire);
    str_finish(&screen.bytes);
    memset(&screen, 0, sizeof(screen));
}

void screen_suspend(void)
{
    if (screen.mouse)
        send_text(mouse_off);
    send_text(leave);
    endwin();
}

void screen_resume(void)
{
    reset_prog_mode();
    refresh();
    wire_forget(screen.wire);
    send_text(enter);
    if (screen.mouse)
        send_text(mouse_on);
}

struct medium screen_medium(void)
{
    return (struct medium){
        .ascii = !utf8_is_spoken(),
        .mono = terminal_depth() == DEPTH_MONO,
    };
}

int screen_columns(void)
{
    return getmaxx(stdscr);
}

int screen_rows(void)
{
    return getmaxy(stdscr);
}

void screen_resize(int columns, int rows)
{
    resize_term(rows, columns);
    wire_forget(screen.wire);
}

bool screen_follow_size(void)
{
    struct winsize size;
    if (ioctl(screen.fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0 || size.ws_row == 0)
        return false;
    if (size.ws_col == screen_columns() && size.ws_row == screen_rows())
        return false;
    screen_resize(size.ws_col, size.ws_row);
    return true;
}

void screen_paint(const struct scene *frame, enum theme_name theme, bool anew)
{
    if (anew)
        wire_forget(screen.wire);
    str_clear(&screen.bytes);
    wire_draw(screen.wire, frame, theme, &screen.bytes);
    screen_send(screen.bytes.text, screen.bytes.length);
}

void screen_use_mouse(bool on)
{
    if (on == screen.mouse)
        return;
    screen.mouse = on;
    send_text(on ? mouse_on : mouse_off);
}

void screen_send(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t sent = write(screen.fd, bytes, length);
        if (sent < 0 && errno != EINTR && errno != EAGAIN)
            return; /* the terminal is gone: the next key that does not come says so */
        if (sent > 0) {
            bytes += sent;
            length -= (size_t)sent;
        }
    }
}
