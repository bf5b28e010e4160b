/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/str.h>

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

/* What an empty string points at, so that `text` is never NULL; nobody writes to it. */
static char empty[1];

void str_init(struct str *str)
{
    *str = (struct str){ .text = empty };
}

void str_finish(struct str *str)
{
    if (str->capacity > 0)
        free(str->text);
    str_init(str);
}

void str_clear(struct str *str)
{
    str_truncate(str, 0);
}

void str_truncate(struct str *str, size_t length)
{
    assert(length <= str->length);
    str->length = length;
    if (str->capacity > 0)
        str->text[length] = '\0';
}

void str_reserve(struct str *str, size_t more)
{
    size_t wanted = memory_sum(memory_sum(str->length, more), 1);
    if (wanted <= str->capacity)
        return;
    size_t capacity = str->capacity > 0 ? str->capacity : 32;
    while (capacity < wanted)
        capacity = memory_product(capacity, 2);
    str->text = memory_resize(str->capacity > 0 ? str->text : NULL, capacity);
    str->capacity = capacity;
    str->text[str->length] = '\0';
}

void str_append(struct str *str, const char *text)
{
    str_append_bytes(str, text, strlen(text));
}

void str_append_bytes(struct str *str, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    if (length >= str->capacity - str->length) /* the NUL, too */
        str_reserve(str, length);
    memcpy(str->text + str->length, bytes, length);
    str->length += length;
    str->text[str->length] = '\0';
}

void str_append_char(struct str *str, char c)
{
    str_append_bytes(str, &c, 1);
}

/* 00 to 99: two digits at a time take half the divisions. */
static const char pairs[] =
    "0001020304050607080910111213141516171819"
    "2021222324252627282930313233343536373839"
    "4041424344454647484950515253545556575859"
    "6061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

void str_append_integer(struct str *str, int64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);
    uint64_t rest = number < 0 ? -(uint64_t)number : (uint64_t)number;
    for (; rest >= 10; rest /= 100) {
        at -= 2;
        memcpy(digits + at, &pairs[rest % 100 * 2], 2);
    }
    if (rest > 0 || at == sizeof(digits))
        digits[--at] = (char)('0' + rest);
    if (number < 0)
        digits[--at] = '-';
    str_append_bytes(str, digits + at, sizeof(digits) - at);
}

void str_printf(struct str *str, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str_vprintf(str, format, args);
    va_end(args);
}

void str_vprintf(struct str *str, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    assert(length >= 0);
    str_reserve(str, (size_t)length);
    vsnprintf(str->text + str->length, (size_t)length + 1, format, args);
    str->length += (size_t)length;
}
