/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "times.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/time.h>

struct time_format {
    const char *name;
    bool (*parse)(const char *text, int64_t *out);
};

/* Plain digits, so many of them, in units of so many microseconds. */
static bool parse_epoch(const char *text, size_t least, size_t most, int64_t unit, int64_t *out)
{
    size_t digits = strspn(text, "0123456789");
    if (text[digits] != '\0' || digits < least || digits > most)
        return false;
    *out = strtoll(text, NULL, 10) * unit;
    return true;
}

/* From 1973 on, as fewer digits would be a date without hyphens. */
static bool parse_seconds(const char *text, int64_t *out)
{
    return parse_epoch(text, 9, 11, 1000000, out);
}

static bool parse_milliseconds(const char *text, int64_t *out)
{
    return parse_epoch(text, 12, 13, 1000, out);
}

static bool parse_microseconds(const char *text, int64_t *out)
{
    return parse_epoch(text, 15, 16, 1, out);
}

static const struct time_format formats[] = {
    { .name = "iso", .parse = time_parse_iso },
    { .name = "epoch_s", .parse = parse_seconds },
    { .name = "epoch_ms", .parse = parse_milliseconds },
    { .name = "epoch_us", .parse = parse_microseconds },
};

bool time_reader_set(struct time_reader *reader, const char *format, struct pos pos,
                     struct error *err)
{
    if (strchr(format, '%') != NULL) {
        reader->pattern = format;
        return true;
    }
    struct near near;
    near_init(&near, format);
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        if (strcmp(formats[i].name, format) == 0) {
            reader->format = &formats[i];
            return true;
        }
        near_offer(&near, formats[i].name);
    }
    if (near.best != NULL)
        return error_at(err, pos, _("unknown time format '%s'; did you mean '%s'?"), format,
                        near.best);
    return error_at(err, pos, _("unknown time format '%s'; it is iso, epoch_s, epoch_ms, epoch_us "
                                "or a pattern such as '%%d.%%m.%%Y %%H:%%M'"),
                    format);
}

static bool parse_pattern(const char *text, const char *pattern, int64_t *out)
{
    struct tm fields = { .tm_mday = 1 };
    const char *end = strptime(text, pattern, &fields);
    if (end == NULL || *end != '\0')
        return false;
    long offset = fields.tm_gmtoff; /* of %z; 0 without */
    *out = ((int64_t)timegm(&fields) - offset) * 1000000;
    return true;
}

bool time_reader_read(struct time_reader *reader, const char *text, int64_t *out)
{
    if (reader->pattern != NULL)
        return parse_pattern(text, reader->pattern, out);
    if (reader->format != NULL)
        return reader->format->parse(text, out);
    for (size_t i = 0; i < ARRAY_LEN(formats); i++)
        if (formats[i].parse(text, out)) {
            reader->format = &formats[i];
            return true;
        }
    return false;
}

const char *time_reader_name(const struct time_reader *reader)
{
    if (reader->pattern != NULL)
        return reader->pattern;
    return reader->format != NULL ? reader->format->name : NULL;
}
