/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/error.h>

#include <stdarg.h>
#include <string.h>

#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/str.h>

void error_init(struct error *err)
{
    *err = (struct error){ .text = "" };
}

/* The length up to which `text`, cut at `length`, holds only whole characters. */
static size_t whole_characters(const char *text, size_t length)
{
    size_t lead = length;
    while (lead > 0 && length - lead < 3 && ((unsigned char)text[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0)
        return length;
    unsigned char first = (unsigned char)text[lead - 1];
    size_t needed = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
    return length - (lead - 1) < needed ? lead - 1 : length;
}

/* Fills in place and text, leaving `kept` bytes of room behind the text. */
[[gnu::format(printf, 4, 0)]] static void fill(struct error *err, struct pos pos, size_t kept,
                                               const char *format, va_list args)
{
    size_t room = sizeof(err->text) - kept;
    err->pos = pos;
    int length = vsnprintf(err->text, room, format, args);
    if (length >= 0 && (size_t)length >= room)
        err->text[whole_characters(err->text, room - 1)] = '\0';
}

bool error_set(struct error *err, const char *format, ...)
{
    if (err == NULL)
        return false;
    va_list args;
    va_start(args, format);
    fill(err, (struct pos){ 0 }, 0, format, args);
    va_end(args);
    return false;
}

bool error_at(struct error *err, struct pos pos, const char *format, ...)
{
    if (err == NULL)
        return false;
    va_list args;
    va_start(args, format);
    fill(err, pos, 0, format, args);
    va_end(args);
    return false;
}

bool error_errno(struct error *err, int number, const char *format, ...)
{
    if (err == NULL)
        return false;
    char reason[256];
    snprintf(reason, sizeof(reason), ": %s", strerror(number));
    va_list args;
    va_start(args, format);
    fill(err, (struct pos){ 0 }, strlen(reason), format, args);
    va_end(args);
    memcpy(err->text + strlen(err->text), reason, strlen(reason) + 1);
    return false;
}

void error_print(const struct error *err, FILE *out)
{
    struct str line;
    str_init(&line);
    str_append(&line, "stellwerk: ");
    if (err->pos.file != NULL) {
        sanitise_append(&line, err->pos.file, strlen(err->pos.file), SANITISE_ONE_LINE);
        if (err->pos.line > 0)
            str_printf(&line, ":%u", (unsigned)err->pos.line);
        if (err->pos.line > 0 && err->pos.column > 0)
            str_printf(&line, ":%u", (unsigned)err->pos.column);
        str_append(&line, ": ");
    }
    sanitise_append(&line, err->text, strlen(err->text), SANITISE_ONE_LINE);
    str_append_char(&line, '\n');
    locale_print(line.text, out);
    str_finish(&line);
}
