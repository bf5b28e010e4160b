/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/utf8.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/fatal.h>
#include <stellwerk/base/str.h>

static bool is_ascii(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

static const char *fold_ascii(struct arena *arena, const char *text)
{
    char *folded = arena_strdup(arena, text);
    for (char *c = folded; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return folded;
}

const char *utf8_fold(struct arena *arena, const char *text)
{
    if (is_ascii(text))
        return fold_ascii(arena, text);
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length =
        utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
                     UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT |
                         UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    if (length == UTF8PROC_ERROR_NOMEM)
        fatal_no_memory();
    if (length < 0)
        return fold_ascii(arena, text); /* not UTF-8: found by what is ASCII in it */
    const char *folded = arena_strndup(arena, (const char *)mapped, (size_t)length);
    free(mapped);
    return folded;
}

/* What decomposition does not find, or, with German in mind, not well. Sorted by code point. */
static const struct likeness {
    uint32_t point;
    const char *ascii;
} likenesses[] = {
    { 0x00A7, "par." },
    { 0x00AB, "\"" },
    { 0x00AD, "-" },
    { 0x00B0, "deg" },
    { 0x00B1, "+-" },
    { 0x00B7, "." },
    { 0x00BB, "\"" },
    { 0x00BC, "1/4" },
    { 0x00BD, "1/2" },
    { 0x00BE, "3/4" },
    { 0x00C4, "Ae" },
    { 0x00C5, "Aa" },
    { 0x00C6, "Ae" },
    { 0x00D6, "Oe" },
    { 0x00D7, "x" },
    { 0x00D8, "Oe" },
    { 0x00DC, "Ue" },
    { 0x00DF, "ss" },
    { 0x00E4, "ae" },
    { 0x00E5, "aa" },
    { 0x00E6, "ae" },
    { 0x00F6, "oe" },
    { 0x00F8, "oe" },
    { 0x00FC, "ue" },
    { 0x0152, "Oe" },
    { 0x0153, "oe" },
    { 0x2010, "-" },
    { 0x2011, "-" },
    { 0x2012, "-" },
    { 0x2013, "-" },
    { 0x2014, "-" },
    { 0x2018, "'" },
    { 0x2019, "'" },
    { 0x201A, "'" },
    { 0x201C, "\"" },
    { 0x201D, "\"" },
    { 0x201E, "\"" },
    { 0x2022, "*" },
    { 0x2032, "'" },
    { 0x2033, "\"" },
    { 0x2039, "'" },
    { 0x203A, "'" },
    { 0x20AC, "EUR" },
    { 0x2190, "<-" },
    { 0x2192, "->" },
    { 0x2212, "-" },
    { 0x2264, "<=" },
    { 0x2265, ">=" },
};

static int compare_likeness(const void *key, const void *item)
{
    uint32_t point = *(const uint32_t *)key;
    uint32_t other = ((const struct likeness *)item)->point;
    return (point > other) - (point < other);
}

/* Appends the ASCII part of the compatibility decomposition; false where there is none. */
static bool append_decomposed(struct str *out, uint32_t point)
{
    utf8proc_int32_t parts[32];
    int last_class = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, parts, ARRAY_LEN(parts),
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last_class);
    size_t before = out->length;
    for (utf8proc_ssize_t i = 0; i < count && i < (utf8proc_ssize_t)ARRAY_LEN(parts); i++)
        if (parts[i] < 0x80)
            str_append_char(out, (char)parts[i]);
    return out->length > before;
}

static void append_ascii(struct str *out, const char *text, int width)
{
    size_t length;
    uint32_t point = utf8_decode(text, &length);
    if (point < 0x80) {
        str_append_char(out, (char)point);
        return;
    }
    const struct likeness *found = bsearch(&point, likenesses, ARRAY_LEN(likenesses),
                                           sizeof(likenesses[0]), compare_likeness);
    if (found != NULL)
        str_append(out, found->ascii);
    else if (!append_decomposed(out, point))
        str_append_bytes(out, "??", (size_t)width);
}

const char *utf8_ascii(struct arena *arena, const char *text)
{
    if (is_ascii(text))
        return text;
    struct str out;
    str_init(&out);
    struct grapheme cluster;
    for (; utf8_next(text, &cluster); text += cluster.source) {
        if ((unsigned char)text[0] < 0x80) /* newlines too, which are no characters to draw */
            str_append_char(&out, text[0]);
        else
            append_ascii(&out, cluster.text, cluster.width);
    }
    const char *ascii = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return ascii;
}
