/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/screen.h>

#include "colours.h"
#include "rescue.h"
#include "terminal.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/memory.h>
#include <stellwerk/base/utf8.h>

static struct {
    SCREEN *curses;
    int fd;
    bool mouse;
    cchar_t *row; /* room for a row while it is painted */
    int room;
} screen;

/* Bracketed paste: terminals that do not know it do nothing. */
static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

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
    colours_begin(terminal_wants_colour());
    screen_send(paste_on, strlen(paste_on));
    return true;
}

void screen_close(void)
{
    if (screen.curses == NULL)
        return;
    screen_suspend();
    rescue_forget();
    delscreen(screen.curses);
    free(screen.row);
    memset(&screen, 0, sizeof(screen));
}

void screen_suspend(void)
{
    if (screen.mouse)
        mousemask(0, NULL);
    screen_send(paste_off, strlen(paste_off));
    endwin();
}

void screen_resume(void)
{
    reset_prog_mode();
    screen_send(paste_on, strlen(paste_on));
    if (screen.mouse)
        mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
    clearok(curscr, TRUE);
}

struct medium screen_medium(void)
{
    return (struct medium){
        .ascii = !locale_is_utf8(),
        .mono = colours_depth() == DEPTH_MONO,
    };
}

enum depth screen_depth(void)
{
    return colours_depth();
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
    clearok(curscr, TRUE);
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

/* ---- Painting ------------------------------------------------------------------------------ */

/* The cluster's code points, as far as the terminal's locale has them; returns how many. */
static int wide_text(const struct cell *cell, wchar_t text[CCHARW_MAX + 1])
{
    int count = 0;
    for (size_t at = 0, length; at < cell->bytes && count < CCHARW_MAX; at += length) {
        wchar_t c = (wchar_t)utf8_decode(cell->text + at, &length);
        char bytes[MB_LEN_MAX];
        text[count++] = wcrtomb(bytes, c, &(mbstate_t){ 0 }) == (size_t)-1 ? L'?' : c;
    }
    text[count] = L'\0';
    return count;
}

static void set_cell(cchar_t *out, const struct cell *cell, struct rendition rendition)
{
    wchar_t text[CCHARW_MAX + 1];
    if (wide_text(cell, text) == 0)
        wcscpy(text, L" ");
    setcchar(out, text, rendition.attributes, 0, &rendition.pair);
}

static void paint_row(const struct scene *frame, int row, enum theme_name theme)
{
    const struct cell *cells = &frame->cells[(size_t)row * (size_t)frame->columns];
    int count = 0;
    for (int column = 0; column < frame->columns; column++) {
        const struct cell *cell = &cells[column];
        if (cell->width > 0)
            set_cell(&screen.row[count++], cell, colours_of(theme, cell->style));
    }
    mvadd_wchnstr(row, 0, screen.row, count);
}

static void make_room(int columns)
{
    if (columns <= screen.room)
        return;
    screen.row = memory_resize(screen.row, memory_product((size_t)columns, sizeof(*screen.row)));
    screen.room = columns;
}

void screen_paint(const struct scene *frame, enum theme_name theme, bool anew)
{
    make_room(frame->columns);
    for (int row = 0; row < frame->rows; row++)
        paint_row(frame, row, theme);
    bool seen = frame->cursor_row >= 0 && frame->cursor_row < frame->rows;
    curs_set(seen ? 1 : 0);
    if (seen)
        move(frame->cursor_row, frame->cursor_column);
    if (anew)
        clearok(curscr, TRUE);
    refresh();
}

void screen_use_mouse(bool on)
{
    if (on == screen.mouse)
        return;
    screen.mouse = on;
    mouseinterval(0);
    mousemask(on ? BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED : 0, NULL);
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
