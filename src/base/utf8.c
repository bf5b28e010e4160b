/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/utf8.h>

#include <langinfo.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/*
 * What may follow a lead byte: how many bytes in all, and the range of the second one, which is
 * where overlong forms, surrogates and what is beyond U+10FFFF show.
 */
struct lead {
    size_t length;
    unsigned char low, high;
};

static struct lead lead_get(unsigned char byte)
{
    struct lead lead = { .length = 0, .low = 0x80, .high = 0xBF };
    if (byte < 0x80)
        lead.length = 1;
    else if (byte >= 0xC2 && byte <= 0xDF)
        lead.length = 2;
    else if (byte >= 0xE0 && byte <= 0xEF)
        lead.length = 3;
    else if (byte >= 0xF0 && byte <= 0xF4)
        lead.length = 4;
    if (byte == 0xE0)
        lead.low = 0xA0;
    else if (byte == 0xED)
        lead.high = 0x9F;
    else if (byte == 0xF0)
        lead.low = 0x90;
    else if (byte == 0xF4)
        lead.high = 0x8F;
    return lead;
}

bool utf8_is_spoken(void)
{
    return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

bool utf8_read(const char *text, size_t bytes, uint32_t *out, size_t *length)
{
    static const unsigned char lead_bits[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    unsigned char first = (unsigned char)text[0];
    struct lead lead = lead_get(first);
    uint32_t point = first & lead_bits[lead.length];
    size_t read = 1;
    for (; read < lead.length && read < bytes; read++) {
        unsigned char byte = (unsigned char)text[read];
        if (byte < lead.low || byte > lead.high)
            break;
        point = point << 6 | (byte & 0x3F);
        lead.low = 0x80;
        lead.high = 0xBF;
    }
    bool whole = read == lead.length;
    *out = whole ? point : 0xFFFD;
    *length = read;
    return whole;
}

uint32_t utf8_decode(const char *text, size_t *length)
{
    uint32_t point;
    /* The NUL at the end is no continuation, so nothing behind it is read. */
    if (!utf8_read(text, 4, &point, length))
        *length = 1;
    return point;
}

size_t utf8_encode(uint32_t point, char out[5])
{
    size_t length = (size_t)utf8proc_encode_char((utf8proc_int32_t)point, (utf8proc_uint8_t *)out);
    out[length] = '\0';
    return length;
}

/* Bytes of ASCII at the start of `text`; eight at a time, since nearly all text is. */
static size_t ascii_prefix(const char *text, size_t bytes)
{
    size_t i = 0;
    for (uint64_t word; i + sizeof(word) <= bytes; i += sizeof(word)) {
        memcpy(&word, text + i, sizeof(word));
        if ((word & UINT64_C(0x8080808080808080)) != 0)
            break;
    }
    while (i < bytes && (unsigned char)text[i] < 0x80)
        i++;
    return i;
}

bool utf8_valid(const char *text, size_t bytes, size_t *bad)
{
    size_t i = ascii_prefix(text, bytes);
    while (i < bytes) {
        uint32_t point;
        size_t length;
        if (!utf8_read(text + i, bytes - i, &point, &length)) {
            *bad = i;
            return false;
        }
        i += length;
        i += ascii_prefix(text + i, bytes - i);
    }
    return true;
}

static int point_width(uint32_t point)
{
    if (utf8_is_spoken())
        return wcwidth((wchar_t)point);
    return utf8proc_charwidth((utf8proc_int32_t)point);
}

/* Where terminals disagree what the rest of the cluster looks like, or how wide it is. */
static bool drawn_variously(uint32_t point)
{
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF) ||
           (point >= 0x180B && point <= 0x180F) || (point >= 0x1F3FB && point <= 0x1F3FF) ||
           utf8proc_category((utf8proc_int32_t)point) == UTF8PROC_CATEGORY_CF;
}

/* No byte below continues a cluster: what can starts at U+0300. */
static bool starts_cluster(char byte)
{
    return (unsigned char)byte < 0xCC;
}

/* Adds to a cluster that holds `first` all that belongs to it. */
static void extend_cluster(const char *text, uint32_t first, struct grapheme *out)
{
    utf8proc_int32_t state = 0;
    uint32_t before = first;
    bool safe = true;
    while (!starts_cluster(text[out->source])) {
        size_t length;
        uint32_t point = utf8_decode(text + out->source, &length);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)point,
                                             &state))
            return;
        safe = safe && !drawn_variously(point);
        if (safe && point_width(point) != 0)
            return;
        out->source += length;
        if (safe)
            out->bytes = out->source;
        before = point;
    }
}

static struct grapheme read_cluster(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t length;
    uint32_t first = utf8_decode(text, &length);
    struct grapheme cluster = { .text = text, .bytes = length, .source = length, .width = 1 };
    if (first >= 0x1F1E6 && first <= 0x1F1FF) {
        cluster.text = &letters[first - 0x1F1E6];
        cluster.bytes = 1;
        return cluster;
    }
    extend_cluster(text, first, &cluster);
    cluster.width = point_width(first);
    bool bad_byte = first == 0xFFFD && length == 1;
    if (bad_byte || cluster.width <= 0) {
        cluster.text = replacement;
        cluster.bytes = sizeof(replacement) - 1;
        cluster.width = 1;
    }
    return cluster;
}

bool utf8_next(const char *text, struct grapheme *out)
{
    if (text[0] == '\0')
        return false;
    if (text[0] >= ' ' && text[0] <= '~' && starts_cluster(text[1]))
        *out = (struct grapheme){ .text = text, .bytes = 1, .source = 1, .width = 1 };
    else
        *out = read_cluster(text);
    return true;
}

int utf8_width(const char *text)
{
    int width = 0;
    for (struct grapheme cluster; utf8_next(text, &cluster); text += cluster.source)
        width += cluster.width;
    return width;
}

const char *utf8_fit(struct arena *arena, const char *text, int columns, const char *ellipsis)
{
    int room = columns - utf8_width(ellipsis);
    if (room < 0) {
        ellipsis = "";
        room = columns;
    }
    size_t cut = 0; /* where the ellipsis would go */
    int width = 0;
    struct grapheme cluster;
    for (size_t at = 0; utf8_next(text + at, &cluster);) {
        width += cluster.width;
        at += cluster.source;
        if (width > columns) {
            while (cut > 0 && text[cut - 1] == ' ')
                cut--;
            return arena_printf(arena, "%.*s%s", (int)cut, text, ellipsis);
        }
        if (width <= room)
            cut = at;
    }
    return text;
}
