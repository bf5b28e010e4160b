/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decoder.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/utf8.h>

static const struct {
    const char *bytes;
    size_t length;
    const char *encoding;
} marks[] = {
    { "\xEF\xBB\xBF", 3, "UTF-8" },
    { "\xFF\xFE\0\0", 4, "UTF-32LE" }, /* before UTF-16LE, whose mark begins alike */
    { "\0\0\xFE\xFF", 4, "UTF-32BE" },
    { "\xFF\xFE", 2, "UTF-16LE" },
    { "\xFE\xFF", 2, "UTF-16BE" },
};

#define UTF8_LONGEST 4

/* Bytes to pass over where a character is bad, so that the next one begins where it should. */
static size_t unit_of(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
        return 4;
    return 1;
}

static bool settle(struct decoder *decoder, const char *encoding, struct error *err)
{
    decoder->encoding = encoding;
    if (strcasecmp(encoding, "UTF-8") == 0)
        return true;
    decoder->converter = iconv_open("UTF-8", encoding);
    if (decoder->converter == (iconv_t)-1)
        return error_set(err, _("'%s' is not an encoding that this system can read"), encoding);
    decoder->converting = true;
    return true;
}

bool decoder_init(struct decoder *decoder, const char *path, const char *encoding,
                  const atomic_bool *cancel, struct error *err)
{
    *decoder = (struct decoder){ 0 };
    if (!packed_open(&decoder->file, path, cancel, err))
        return false;
    if (encoding == NULL || settle(decoder, encoding, err))
        return true;
    decoder_finish(decoder);
    return false;
}

void decoder_finish(struct decoder *decoder)
{
    if (decoder->converting)
        iconv_close(decoder->converter);
    packed_close(&decoder->file);
    *decoder = (struct decoder){ 0 };
}

/* Filled to the last byte, so that a slow pipe does not settle the encoding early. */
static bool fill_block(struct decoder *decoder, struct error *err)
{
    while (!decoder->at_end && decoder->held < sizeof(decoder->block)) {
        size_t got;
        if (!packed_read(&decoder->file, decoder->block + decoder->held,
                         sizeof(decoder->block) - decoder->held, &got, err))
            return false;
        decoder->held += got;
        decoder->at_end = got == 0;
    }
    return true;
}

/* Latin letters in UTF-16 have a zero in every second byte: behind the letter in the little-endian
 * form. NULL where the zeros do not say so. */
static const char *guess_utf16(const char *bytes, size_t length)
{
    size_t zeros[2] = { 0 };
    for (size_t i = 0; i < length; i++)
        zeros[i % 2] += bytes[i] == '\0';
    if (zeros[1] > length / 4 && zeros[0] < zeros[1] / 8)
        return "UTF-16LE";
    if (zeros[0] > length / 4 && zeros[1] < zeros[0] / 8)
        return "UTF-16BE";
    return NULL;
}

/* By a byte order mark or the zeros of UTF-16; NULL where the file begins with neither. */
static const char *guess_by_start(const struct decoder *decoder)
{
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (decoder->held >= marks[i].length &&
            memcmp(decoder->block, marks[i].bytes, marks[i].length) == 0)
            return marks[i].encoding;
    return guess_utf16(decoder->block, decoder->held);
}

/* Eight bytes at a time: most files are ASCII to the end, and all of it comes through here. */
static bool is_ascii(const char *text, size_t length)
{
    uint64_t high = 0, eight;
    size_t i = 0;
    for (; i + sizeof(eight) <= length; i += sizeof(eight)) {
        memcpy(&eight, text + i, sizeof(eight));
        high |= eight;
    }
    for (; i < length; i++)
        high |= (uint64_t)(text[i] & 0x80);
    return (high & UINT64_C(0x8080808080808080)) == 0;
}

/* A character's first byte, of more than one. */
static bool is_lead(char byte)
{
    return (byte & 0xC0) == 0xC0;
}

/*
 * By the bytes that are not ASCII: UTF-8 where no fewer of them make characters than do not: other
 * encodings hardly ever look like it. NULL while all are ASCII, or while the end of the block cuts
 * the only character that could tell.
 */
static const char *guess_by_text(const struct decoder *decoder)
{
    const char *text = decoder->block;
    size_t length = decoder->held, good = 0, bad = 0, from = 0, end;
    if (is_ascii(text, length))
        return NULL;
    while (from < length) {
        bool valid = utf8_valid(text + from, length - from, &end);
        end = valid ? length : from + end;
        for (; from < end; from++)
            good += is_lead(text[from]);
        if (valid || (!decoder->at_end && end + UTF8_LONGEST > length))
            break;
        bad++;
        from = end + 1;
    }
    if (good + bad == 0)
        return NULL;
    return good >= bad ? "UTF-8" : "WINDOWS-1252";
}

static bool detect(struct decoder *decoder, bool first, struct error *err)
{
    const char *guess = first ? guess_by_start(decoder) : NULL;
    if (guess == NULL)
        guess = guess_by_text(decoder);
    return guess == NULL || settle(decoder, guess, err);
}

/* Appends what needs no conversion. While the encoding is open, only ASCII is sure. */
static void pass_on(struct decoder *decoder, struct str *out)
{
    size_t sure = decoder->held;
    if (decoder->encoding == NULL && !decoder->at_end)
        while (sure > 0 && (decoder->block[sure - 1] & 0x80) != 0)
            sure--;
    str_append_bytes(out, decoder->block, sure);
    decoder->held -= sure;
    memmove(decoder->block, decoder->block + sure, decoder->held);
}

/* Appends all that can be converted; an unfinished character stays for the next block. */
static void convert(struct decoder *decoder, struct str *out)
{
    char *in = decoder->block;
    size_t left = decoder->held;
    while (left > 0) {
        str_reserve(out, left * 2 + DECODER_CARRY);
        char *to = out->text + out->length;
        size_t room = out->capacity - out->length - 1, before = room;
        size_t result = iconv(decoder->converter, &in, &left, &to, &room);
        int why = errno;
        out->length += before - room;
        if (result != (size_t)-1 || why == E2BIG)
            continue;
        if (why == EINVAL && !decoder->at_end)
            break;
        size_t unit = unit_of(decoder->encoding);
        size_t bad = left < unit ? left : unit;
        str_append(out, "\xEF\xBF\xBD");
        in += bad;
        left -= bad;
    }
    out->text[out->length] = '\0';
    decoder->held = left;
    memmove(decoder->block, in, left);
}

/* The byte order mark is no text, whoever has said what the encoding is. */
static void drop_mark(struct str *out, size_t start)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t length = sizeof(mark) - 1;
    if (out->length - start < length || memcmp(out->text + start, mark, length) != 0)
        return;
    memmove(out->text + start, out->text + start + length, out->length - start - length);
    str_truncate(out, out->length - length);
}

enum decoder_result decoder_read(struct decoder *decoder, struct str *out, struct error *err)
{
    bool first = !decoder->begun;
    size_t start = out->length;
    if (!fill_block(decoder, err) ||
        (decoder->encoding == NULL && !detect(decoder, first, err)))
        return DECODER_FAILED;
    decoder->begun = true;
    if (decoder->held == 0)
        return DECODER_END;
    if (decoder->converting)
        convert(decoder, out);
    else
        pass_on(decoder, out);
    if (first)
        drop_mark(out, start);
    return DECODER_MORE;
}
