/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/tui/input.h>

#include <assert.h>
#include <curses.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

/* Numbers of our own, beyond those of curses, for what brackets a paste and begins a report of the
 * mouse (SGR 1006: button, column, row, and m for a release, M for all else). */
enum { PASTE_BEGIN = KEY_MAX + 1, PASTE_END, MOUSE_BEGIN };

static const size_t paste_max = (size_t)1 << 20; /* bytes; the rest is dropped */

static struct {
    mbstate_t state;  /* of a character whose bytes have not all come */
    struct str text;  /* what the last input points to */
    struct str paste; /* while it comes */
    bool pasting;
    struct str mouse; /* a report while it comes */
    bool pointing;
} reading;

void input_begin(void)
{
    reading.state = (mbstate_t){ 0 };
    reading.pasting = reading.pointing = false;
    str_init(&reading.text);
    str_init(&reading.paste);
    str_init(&reading.mouse);
    define_key("\033[200~", PASTE_BEGIN);
    define_key("\033[201~", PASTE_END);
    define_key("\033[<", MOUSE_BEGIN);
}

void input_end(void)
{
    str_finish(&reading.text);
    str_finish(&reading.paste);
    str_finish(&reading.mouse);
}

static const struct special {
    int code;
    const char *name;
} specials[] = {
    { .code = KEY_BACKSPACE, .name = "BS" },
    { .code = KEY_BTAB, .name = "S-Tab" },
    { .code = KEY_DC, .name = "Del" },
    { .code = KEY_DOWN, .name = "Down" },
    { .code = KEY_END, .name = "End" },
    { .code = KEY_ENTER, .name = "Enter" },
    { .code = KEY_HOME, .name = "Home" },
    { .code = KEY_IC, .name = "Ins" },
    { .code = KEY_LEFT, .name = "Left" },
    { .code = KEY_NPAGE, .name = "PgDn" },
    { .code = KEY_PPAGE, .name = "PgUp" },
    { .code = KEY_RIGHT, .name = "Right" },
    { .code = KEY_UP, .name = "Up" },
    { .code = '\b', .name = "BS" },
    { .code = '\t', .name = "Tab" },
    { .code = '\n', .name = "Enter" },
    { .code = '\r', .name = "Enter" },
    { .code = ' ', .name = "Space" },
    { .code = '\177', .name = "BS" },
};

static const char *special_name(int code)
{
    for (size_t i = 0; i < ARRAY_LEN(specials); i++) {
        if (specials[i].code == code)
            return specials[i].name;
    }
    return NULL;
}

/* Puts a character into the text: UTF-8, whatever the terminal's locale. */
static void put_character(wchar_t c)
{
    unsigned long code = (unsigned long)c;
    if (code < 0x80) {
        str_append_char(&reading.text, (char)code);
        return;
    }
    int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3; /* bytes behind the first */
    static const unsigned char first[] = { [1] = 0xc0, [2] = 0xe0, [3] = 0xf0 };
    str_append_char(&reading.text, (char)(first[more] | code >> 6 * more));
    while (more-- > 0)
        str_append_char(&reading.text, (char)(0x80 | (code >> 6 * more & 0x3f)));
}

/* One more byte of a character; false while some are missing, or where it is none. */
static bool complete_character(int code)
{
    char byte = (char)code;
    wchar_t c;
    size_t taken = mbrtowc(&c, &byte, 1, &reading.state);
    if (taken == (size_t)-1)
        reading.state = (mbstate_t){ 0 };
    if (taken == (size_t)-1 || taken == (size_t)-2)
        return false;
    put_character(c);
    return true;
}

/* Appends the name of a key; false where it has none, or not yet. */
static bool name_key(int code)
{
    const char *special = special_name(code);
    if (special != NULL)
        str_append(&reading.text, special);
    else if (code >= KEY_F(1) && code <= KEY_F(12))
        str_printf(&reading.text, "F%d", code - KEY_F0);
    else if (code == 0)
        str_append(&reading.text, "C-Space");
    else if (code < ' ')
        str_printf(&reading.text, "C-%c", code <= 26 ? 'a' + code - 1 : '@' + code);
    else
        return code <= 0xff && complete_character(code);
    return true;
}

/* What comes in the same moment as Esc was typed with Alt, unless it is another Esc. */
static bool name_escaped(void)
{
    int code = getch();
    if (code == ERR || code == '\033') {
        if (code != ERR)
            ungetch(code);
        str_append(&reading.text, "Esc");
        return true;
    }
    str_append(&reading.text, "M-");
    return name_key(code);
}

/* Of the left button only a press counts without Shift, Alt and Ctrl; once it is down, these may
 * come and go. False for what nobody waits for, such as another button. */
static bool button_kind(int button, bool released, enum input_kind *kind)
{
    enum { LEFT = 0, MODIFIERS = 4 | 8 | 16, MOVED = 32 };
    if (released && (button & ~MODIFIERS) == LEFT)
        *kind = INPUT_RELEASE;
    else if (!released && button == LEFT)
        *kind = INPUT_PRESS;
    else if (!released && (button & ~MODIFIERS) == (LEFT | MOVED))
        *kind = INPUT_MOTION;
    else
        return false;
    return true;
}

/* The report in a sense; false where it has none. */
static bool end_report(char final, struct input *out)
{
    enum { WHEEL_UP = 64, WHEEL_DOWN = 65 };
    int button, column, row;
    reading.pointing = false;
    if ((final != 'M' && final != 'm') ||
        sscanf(reading.mouse.text, "%d;%d;%d", &button, &column, &row) != 3)
        return false;
    bool released = final == 'm';
    if (!released && (button == WHEEL_UP || button == WHEEL_DOWN)) {
        *out = (struct input){ .text = button == WHEEL_UP ? "WheelUp" : "WheelDown" };
        return true;
    }
    *out = (struct input){ .row = row - 1, .column = column - 1 };
    return button_kind(button, released, &out->kind);
}

/* One more byte of a report; anything else than its numbers ends it. */
static bool continue_report(int code, struct input *out)
{
    static const size_t longest = 32;
    bool more = (code >= '0' && code <= '9') || code == ';';
    if (!more || reading.mouse.length >= longest)
        return end_report((char)code, out);
    str_append_char(&reading.mouse, (char)code);
    return false;
}

/* A byte of a paste; a terminal sends a line's end as CR. */
static void keep_pasted(int code)
{
    if (code <= 0xff && reading.paste.length < paste_max)
        str_append_char(&reading.paste, code == '\r' ? '\n' : (char)code);
}

static bool end_paste(struct input *out)
{
    reading.pasting = false;
    str_clear(&reading.text);
    size_t bad;
    if (utf8_valid(reading.paste.text, reading.paste.length, &bad))
        str_append_bytes(&reading.text, reading.paste.text, reading.paste.length);
    *out = (struct input){ .kind = INPUT_PASTE, .text = reading.text.text };
    return true;
}

/* True when the code completes something. */
static bool take(int code, struct input *out)
{
    if (code == PASTE_END && reading.pasting)
        return end_paste(out);
    if (reading.pasting) {
        keep_pasted(code);
        return false;
    }
    if (reading.pointing)
        return continue_report(code, out);
    if (code == PASTE_BEGIN) {
        reading.pasting = true;
        str_clear(&reading.paste);
        return false;
    }
    if (code == MOUSE_BEGIN) {
        reading.pointing = true;
        str_clear(&reading.mouse);
        return false;
    }
    str_clear(&reading.text);
    *out = (struct input){ .kind = INPUT_KEY };
    bool named = code == '\033' ? name_escaped() : name_key(code);
    out->text = reading.text.text;
    return named;
}

bool input_read(struct input *out)
{
    for (int code; (code = getch()) != ERR;) {
        if (take(code, out))
            return true;
    }
    return false;
}
