/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text is read code point by code point into pieces: kept as it is, or shown as something else.
 * What a code point may do depends on its neighbours; the neighbour before is taken as it comes
 * out, the one behind as it goes in, and only such are asked for that come out unchanged. That is
 * why sanitising twice changes nothing.
 */
#include <stellwerk/base/sanitise.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/utf8.h>

/* Marks that may stand on one letter; more would be painted over the lines around. */
enum { MARKS_MAX = 8 };

struct scanner {
    const char *text;
    size_t bytes, at;
    enum sanitise_breaks breaks;
    uint32_t before; /* what came out last; 0 at the start of a line */
    int marks;       /* how many marks came out last */
    bool pictogram;  /* `before` is one, or its selector or skin tone */
};

struct piece {
    const char *text; /* the source where it is kept, else what is shown: static or `shown` */
    size_t bytes;
    bool kept;
    char shown[16];
};

struct range {
    uint32_t first, last;
};

/* Sorted. */
static bool in_ranges(const struct range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count && point >= ranges[i].first; i++)
        if (point <= ranges[i].last)
            return true;
    return false;
}

/* Default_Ignorable_Code_Point of Unicode 15, without what is in category Cf anyway. */
static bool is_ignorable(uint32_t point)
{
    static const struct range ranges[] = {
        { 0x034F, 0x034F }, /* combining grapheme joiner */
        { 0x115F, 0x1160 }, /* Hangul fillers */
        { 0x17B4, 0x17B5 }, /* Khmer inherent vowels */
        { 0x180B, 0x180F }, /* Mongolian selectors and separator */
        { 0x2065, 0x2065 },
        { 0x3164, 0x3164 }, /* Hangul filler */
        { 0xFE00, 0xFE0F }, /* variation selectors */
        { 0xFFA0, 0xFFA0 }, /* half-width Hangul filler */
        { 0xFFF0, 0xFFF8 },
        { 0xE0000, 0xE0FFF }, /* tags, variation selectors, and room for more of the kind */
    };
    return in_ranges(ranges, ARRAY_LEN(ranges), point);
}

static bool is_noncharacter(uint32_t point)
{
    return (point >= 0xFDD0 && point <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;
}

/* What a terminal obeys, what hides, and what no font has. */
static bool is_unsafe(uint32_t point)
{
    switch (utf8proc_category((utf8proc_int32_t)point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return true;
    default:
        return is_ignorable(point) || is_noncharacter(point);
    }
}

static bool is_mark(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME ||
           category == UTF8PROC_CATEGORY_MC;
}

static bool is_letter(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

/* True for what is painted on the character before it: marks, and vowels and finals of Hangul. */
static bool is_attached(uint32_t point)
{
    return is_mark(point) || (point >= 0x1161 && point <= 0x11FF) ||
           (point >= 0xD7B0 && point <= 0xD7FB);
}

static bool is_pictogram(uint32_t point)
{
    return utf8proc_get_property((utf8proc_int32_t)point)->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(uint32_t point)
{
    return point >= 0x1F3FB && point <= 0x1F3FF;
}

/* Scripts in which a (non-)joiner between letters changes how they are written, or the meaning. */
static bool needs_joiners(uint32_t point)
{
    static const struct range ranges[] = {
        { 0x0600, 0x077F }, /* Arabic, Syriac */
        { 0x07C0, 0x08FF }, /* N'Ko to Arabic extended */
        { 0x0900, 0x0DFF }, /* the scripts of India and Sri Lanka */
        { 0x1000, 0x109F }, /* Myanmar */
        { 0x1780, 0x18AF }, /* Khmer, Mongolian */
    };
    return in_ranges(ranges, ARRAY_LEN(ranges), point);
}

/* How many bytes of printable ASCII come next. */
static size_t plain_run(const struct scanner *scanner)
{
    size_t at = scanner->at;
    while (at < scanner->bytes && scanner->text[at] >= ' ' && scanner->text[at] <= '~')
        at++;
    return at - scanner->at;
}

/* The code point behind the one of `length` bytes that is being read; 0 where there is none. */
static uint32_t peek(const struct scanner *scanner, size_t length)
{
    size_t at = scanner->at + length;
    uint32_t point;
    if (at >= scanner->bytes ||
        !utf8_read(scanner->text + at, scanner->bytes - at, &point, &length))
        return 0;
    return point;
}

static bool is_selector(uint32_t point)
{
    return point == 0xFE0E || point == 0xFE0F; /* drawn as text, as emoji */
}

static bool is_joiner(uint32_t point)
{
    return point == 0x200C || point == 0x200D; /* ZWNJ, ZWJ */
}

static bool selects(const struct scanner *scanner, uint32_t selector, uint32_t next)
{
    uint32_t before = scanner->before;
    bool key = (before >= '0' && before <= '9') || before == '#' || before == '*';
    return is_pictogram(before) || (key && selector == 0xFE0F && next == 0x20E3);
}

static bool joins(const struct scanner *scanner, uint32_t joiner, uint32_t next)
{
    uint32_t before = scanner->before;
    if (joiner == 0x200D && scanner->pictogram && is_pictogram(next))
        return true;
    return needs_joiners(before) && (is_letter(before) || is_mark(before)) &&
           needs_joiners(next) && is_letter(next);
}

/* True for what would hide elsewhere but does its work where it stands. */
static bool has_place(const struct scanner *scanner, uint32_t point, size_t length)
{
    if (is_selector(point))
        return selects(scanner, point, peek(scanner, length));
    return is_joiner(point) && joins(scanner, point, peek(scanner, length));
}

static void keep(struct scanner *scanner, uint32_t point, size_t length, struct piece *out)
{
    bool selector = is_selector(point) || is_skin_tone(point);
    out->text = scanner->text + scanner->at;
    out->bytes = length;
    out->kept = true;
    scanner->marks = is_attached(point) && !selector ? scanner->marks + 1 : 0;
    scanner->pictogram = is_pictogram(point) || (selector && scanner->pictogram);
    scanner->before = point;
}

static void show(struct scanner *scanner, const char *text, struct piece *out)
{
    out->text = text;
    out->bytes = strlen(text);
    out->kept = false;
    scanner->marks = 0;
    scanner->pictogram = false;
    scanner->before = 0xFFFD; /* any visible character that nothing depends on */
}

static void show_number(struct scanner *scanner, uint32_t point, struct piece *out)
{
    snprintf(out->shown, sizeof(out->shown), "<U+%04X>", (unsigned)point);
    show(scanner, out->shown, out);
}

static void show_picture(struct scanner *scanner, uint32_t control, struct piece *out)
{
    utf8_encode(control == 0x7F ? 0x2421 : 0x2400 + control, out->shown);
    show(scanner, out->shown, out);
}

/* A newline, a tab or another control of ASCII. */
static void read_control(struct scanner *scanner, uint32_t control, struct piece *out)
{
    if (control == '\n' && scanner->breaks == SANITISE_KEEP_LINES) {
        keep(scanner, control, 1, out);
        scanner->before = 0;
    } else if (control == '\n' || control == '\t') {
        show(scanner, " ", out);
    } else {
        show_picture(scanner, control, out);
    }
}

/* With nothing to stand on, it would stand on whatever the sink has before the text. */
static void read_attached(struct scanner *scanner, uint32_t point, size_t length, struct piece *out)
{
    if (scanner->before == 0) {
        size_t base = utf8_encode(0x25CC, out->shown);
        utf8_encode(point, out->shown + base);
        show(scanner, out->shown, out);
        scanner->marks = 1;
        scanner->before = point;
    } else if (scanner->marks >= MARKS_MAX) {
        show_number(scanner, point, out);
    } else {
        keep(scanner, point, length, out);
    }
}

static bool at_crlf(const struct scanner *scanner)
{
    return scanner->bytes - scanner->at >= 2 && scanner->text[scanner->at] == '\r' &&
           scanner->text[scanner->at + 1] == '\n';
}

static void read_point(struct scanner *scanner, uint32_t point, size_t length, struct piece *out)
{
    bool in_place = has_place(scanner, point, length);
    if (point < 0x20 || point == 0x7F)
        read_control(scanner, point, out);
    else if (is_unsafe(point) && !in_place)
        show_number(scanner, point, out);
    else if (is_attached(point) && !in_place)
        read_attached(scanner, point, length, out);
    else
        keep(scanner, point, length, out);
}

/* "\r\n" is one newline; shown as such even where newlines stay, since the "\r" does not. */
static size_t read_crlf(struct scanner *scanner, struct piece *out)
{
    bool keep_lines = scanner->breaks == SANITISE_KEEP_LINES;
    show(scanner, keep_lines ? "\n" : " ", out);
    if (keep_lines)
        scanner->before = 0;
    return 2;
}

/* Reads the next piece; false at the end. */
static bool next_piece(struct scanner *scanner, struct piece *out)
{
    const char *text = scanner->text + scanner->at;
    if (scanner->at >= scanner->bytes)
        return false;
    size_t length = plain_run(scanner);
    uint32_t point;
    if (length > 0)
        keep(scanner, (uint32_t)text[length - 1], length, out);
    else if (at_crlf(scanner))
        length = read_crlf(scanner, out);
    else if (utf8_read(text, scanner->bytes - scanner->at, &point, &length))
        read_point(scanner, point, length, out);
    else
        show(scanner, "\uFFFD", out);
    scanner->at += length;
    return true;
}

void sanitise_append(struct str *out, const char *text, size_t bytes, enum sanitise_breaks breaks)
{
    struct scanner scanner = { .text = text, .bytes = bytes, .breaks = breaks };
    struct piece piece;
    while (next_piece(&scanner, &piece))
        str_append_bytes(out, piece.text, piece.bytes);
}

static bool is_clean(const char *text, size_t bytes, enum sanitise_breaks breaks)
{
    struct scanner scanner = { .text = text, .bytes = bytes, .breaks = breaks };
    struct piece piece;
    while (next_piece(&scanner, &piece))
        if (!piece.kept)
            return false;
    return true;
}

const char *sanitise_text(struct arena *arena, const char *text, enum sanitise_breaks breaks)
{
    size_t bytes = strlen(text);
    if (is_clean(text, bytes, breaks))
        return text;
    struct str shown;
    str_init(&shown);
    sanitise_append(&shown, text, bytes, breaks);
    const char *copy = arena_strndup(arena, shown.text, shown.length);
    str_finish(&shown);
    return copy;
}
