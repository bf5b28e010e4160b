/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

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

static bool check_kind(struct source *source, struct error *err)
{
    struct stat status;
    if (fstat(source->fd, &status) != 0)
        return error_errno(err, errno, _("cannot read '%s'"), source->path);
    if (S_ISDIR(status.st_mode))
        return error_set(err, _("'%s' is a folder, not a file to import"), source->path);
    if (source->fd != STDIN_FILENO && (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)))
        return error_set(err, _("'%s' is a device, not a file to import"), source->path);
    source->bytes_total = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    return true;
}

/* Bytes to pass over where a character is bad, so that the next one begins where it should. */
static size_t unit_of(const char *encoding)
{
    if (strncasecmp(encoding, "UTF-16", 6) == 0 || strncasecmp(encoding, "UCS-2", 5) == 0)
        return 2;
    if (strncasecmp(encoding, "UTF-32", 6) == 0 || strncasecmp(encoding, "UCS-4", 5) == 0)
        return 4;
    return 1;
}

static bool settle(struct source *source, const char *encoding, struct error *err)
{
    source->encoding = encoding;
    if (strcasecmp(encoding, "UTF-8") == 0)
        return true;
    source->converter = iconv_open("UTF-8", encoding);
    if (source->converter == (iconv_t)-1)
        return error_set(err, _("'%s' is not an encoding that this system can read"), encoding);
    source->converting = true;
    return true;
}

bool source_init(struct source *source, const char *path, const char *encoding, struct error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    *source = (struct source){ .path = path };
    source->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (source->fd < 0)
        return error_errno(err, errno, _("cannot read '%s'"), path);
    source->digester = digester_create();
    if (check_kind(source, err) && (encoding == NULL || settle(source, encoding, err)))
        return true;
    source_finish(source);
    return false;
}

void source_finish(struct source *source)
{
    if (source->converting)
        iconv_close(source->converter);
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    digester_destroy(source->digester);
    *source = (struct source){ .fd = -1 };
}

/* Filled to the last byte, so that a slow pipe does not settle the encoding early. */
static bool fill_block(struct source *source, struct error *err)
{
    while (!source->at_end && source->held < sizeof(source->block)) {
        char *to = source->block + source->held;
        ssize_t got = read(source->fd, to, sizeof(source->block) - source->held);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, errno, _("cannot read '%s'"), source->path);
        digester_add(source->digester, to, (size_t)got);
        source->held += (size_t)got;
        source->bytes_read += (uint64_t)got;
        source->at_end = got == 0;
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
static const char *guess_by_start(const struct source *source)
{
    for (size_t i = 0; i < ARRAY_LEN(marks); i++)
        if (source->held >= marks[i].length &&
            memcmp(source->block, marks[i].bytes, marks[i].length) == 0)
            return marks[i].encoding;
    return guess_utf16(source->block, source->held);
}

/* By the first bytes that are not ASCII; NULL while they all are, or the end of the block cuts the
 * only character that could tell. */
static const char *guess_by_text(const struct source *source)
{
    size_t bad, ascii = 0;
    while (ascii < source->held && (source->block[ascii] & 0x80) == 0)
        ascii++;
    if (ascii == source->held)
        return NULL;
    if (utf8_valid(source->block, source->held, &bad))
        return "UTF-8";
    bool cut = !source->at_end && bad + UTF8_LONGEST > source->held;
    if (cut)
        return bad > ascii ? "UTF-8" : NULL;
    return "WINDOWS-1252";
}

static bool detect(struct source *source, bool first, struct error *err)
{
    const char *guess = first ? guess_by_start(source) : NULL;
    if (guess == NULL)
        guess = guess_by_text(source);
    return guess == NULL || settle(source, guess, err);
}

/* Appends what needs no conversion. While the encoding is open, only ASCII is sure. */
static void pass_on(struct source *source, struct str *out)
{
    size_t sure = source->held;
    if (source->encoding == NULL && !source->at_end)
        while (sure > 0 && (source->block[sure - 1] & 0x80) != 0)
            sure--;
    str_append_bytes(out, source->block, sure);
    source->held -= sure;
    memmove(source->block, source->block + sure, source->held);
}

/* Appends all that can be converted; an unfinished character stays for the next block. */
static void convert(struct source *source, struct str *out)
{
    char *in = source->block;
    size_t left = source->held;
    while (left > 0) {
        str_reserve(out, left * 2 + SOURCE_CARRY);
        char *to = out->text + out->length;
        size_t room = out->capacity - out->length - 1, before = room;
        size_t result = iconv(source->converter, &in, &left, &to, &room);
        int why = errno;
        out->length += before - room;
        if (result != (size_t)-1 || why == E2BIG)
            continue;
        if (why == EINVAL && !source->at_end)
            break;
        size_t unit = unit_of(source->encoding);
        size_t bad = left < unit ? left : unit;
        str_append(out, "\xEF\xBF\xBD");
        in += bad;
        left -= bad;
    }
    out->text[out->length] = '\0';
    source->held = left;
    memmove(source->block, in, left);
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

enum source_result source_read(struct source *source, struct str *out, struct error *err)
{
    bool first = source->bytes_read == 0;
    size_t start = out->length;
    if (!fill_block(source, err) ||
        (source->encoding == NULL && !detect(source, first, err)))
        return SOURCE_FAILED;
    if (source->held == 0)
        return SOURCE_END;
    if (source->converting)
        convert(source, out);
    else
        pass_on(source, out);
    if (first)
        drop_mark(out, start);
    return SOURCE_MORE;
}
