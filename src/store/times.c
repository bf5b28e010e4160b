/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "times.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/time.h>

struct time_format {
    const char *name;
    bool (*parse)(const char *text, int64_t *out);
    bool dated; /* may have an offset, and is UTC without */
};

#define DIGITS "0123456789"

/* ---- Epochs ---- */

/* Plain digits, so many of them, in units of so many microseconds. */
static bool parse_epoch(const char *text, size_t least, size_t most, int64_t unit, int64_t *out)
{
    size_t digits = strspn(text, DIGITS);
    if (text[digits] != '\0' || digits < least || digits > most)
        return false;
    *out = strtoll(text, NULL, 10) * unit;
    return true;
}

/* From 1973 on, as fewer digits would be a date without hyphens. A fraction may follow. */
static bool parse_seconds(const char *text, int64_t *out)
{
    size_t whole = strspn(text, DIGITS);
    if (text[whole] != '.')
        return parse_epoch(text, 9, 11, 1000000, out);
    const char *fraction = text + whole + 1;
    size_t digits = strspn(fraction, DIGITS);
    if (whole < 9 || whole > 11 || digits == 0 || digits > 9 || fraction[digits] != '\0')
        return false;
    int64_t part = 0;
    for (size_t i = 0; i < 6; i++)
        part = part * 10 + (i < digits ? fraction[i] - '0' : 0);
    *out = strtoll(text, NULL, 10) * 1000000 + part;
    return true;
}

static bool parse_milliseconds(const char *text, int64_t *out)
{
    return parse_epoch(text, 12, 13, 1000, out);
}

static bool parse_microseconds(const char *text, int64_t *out)
{
    return parse_epoch(text, 15, 16, 1, out);
}

/* ---- Dates in the order of the country ---- */

/* Where year, month and day stand. */
struct order {
    int year, month, day;
};

static const struct order year_first = { .year = 0, .month = 1, .day = 2 };
static const struct order month_first = { .month = 0, .day = 1, .year = 2 };
static const struct order day_first = { .day = 0, .month = 1, .year = 2 };

/* "14/3/2026" as three numbers with one separator between them; moves the text behind it. */
static bool read_numbers(const char **text, const struct order *order, int out[3], char *separator)
{
    const char *at = *text;
    for (int i = 0; i < 3; i++) {
        size_t digits = strspn(at, DIGITS);
        bool fits = i == order->year ? digits == 4 : digits == 1 || digits == 2;
        if (!fits)
            return false;
        out[i] = atoi(at);
        at += digits;
        if (i == 2)
            break;
        if (strchr("/.-", *at) == NULL || *at == '\0' || (i == 1 && *at != *separator))
            return false;
        *separator = *at++;
    }
    *text = at;
    return true;
}

/* "9:05 PM" in 24 hours; moves behind the hour, and says what the rest is and how long. */
static bool read_hour(const char **text, int *hour, size_t *rest)
{
    size_t digits = strspn(*text, DIGITS);
    if (digits < 1 || digits > 2 || (*text)[digits] != ':')
        return false;
    *hour = atoi(*text);
    *text += digits;
    size_t length = strlen(*text);
    *rest = length;
    bool pm = length >= 2 && strcasecmp(*text + length - 2, "pm") == 0;
    bool am = length >= 2 && strcasecmp(*text + length - 2, "am") == 0;
    if (!pm && !am)
        return true;
    *rest -= 2;
    while (*rest > 0 && (*text)[*rest - 1] == ' ')
        --*rest;
    bool valid = *hour >= 1 && *hour <= 12;
    *hour = *hour % 12 + (pm ? 12 : 0);
    return valid;
}

/* Written anew as ISO has it, and left to time.h. */
static bool parse_ordered(const char *text, const struct order *order, const char *separators,
                          int64_t *out)
{
    char iso[80], separator = '\0';
    int numbers[3], hour;
    size_t rest;
    if (!read_numbers(&text, order, numbers, &separator) || strchr(separators, separator) == NULL)
        return false;
    int year = numbers[order->year], month = numbers[order->month], day = numbers[order->day];
    int date = snprintf(iso, sizeof(iso), "%04d-%02d-%02d", year, month, day);
    if (*text == '\0')
        return time_parse_iso(iso, out);
    size_t blanks = strspn(text, ", T");
    text += blanks;
    if (blanks == 0 || !read_hour(&text, &hour, &rest) || rest > 40)
        return false;
    snprintf(iso + date, sizeof(iso) - (size_t)date, " %02d%.*s", hour, (int)rest, text);
    return time_parse_iso(iso, out);
}

static bool parse_ymd(const char *text, int64_t *out)
{
    return parse_ordered(text, &year_first, "/.-", out);
}

static bool parse_mdy(const char *text, int64_t *out)
{
    return parse_ordered(text, &month_first, "/-", out);
}

static bool parse_dmy(const char *text, int64_t *out)
{
    return parse_ordered(text, &day_first, "/.-", out);
}

/* ---- Dates as JavaScript writes them ---- */

static int month_by_name(const char *name)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    for (size_t i = 0; i < ARRAY_LEN(months); i++)
        if (strcmp(months[i], name) == 0)
            return (int)i + 1;
    return 0;
}

/* Behind the date: "10:00:00 GMT+0100 (CET)", where the zone's name is for people. */
static bool read_zoned_clock(const char *text, char out[32])
{
    char clock[9], offset[6] = "Z";
    int end = 0;
    if (sscanf(text, "%8[0-9:] GMT%n%5[-+0-9]%n", clock, &end, offset, &end) < 1 || end == 0)
        return false;
    const char *rest = text + end;
    bool named = rest[0] == ' ' && rest[1] == '(' && rest[strlen(rest) - 1] == ')';
    snprintf(out, 32, "%s%s", clock, offset);
    return rest[0] == '\0' || named;
}

/* toString() has "Sat Nov 28 2026 10:00:00 GMT+0100 (CET)", toUTCString() "Sat, 28 Nov 2026
 * 09:00:00 GMT". */
static bool parse_js(const char *text, int64_t *out)
{
    char month[4], clock[32], iso[64];
    int day, year, date = 0;
    if (sscanf(text, "%*3[A-Za-z], %2d %3s %4d %n", &day, month, &year, &date) < 3 || date == 0) {
        date = 0;
        if (sscanf(text, "%*3[A-Za-z] %3s %2d %4d %n", month, &day, &year, &date) < 3 || date == 0)
            return false;
    }
    if (month_by_name(month) == 0 || !read_zoned_clock(text + date, clock))
        return false;
    snprintf(iso, sizeof(iso), "%04d-%02d-%02dT%s", year, month_by_name(month), day, clock);
    return time_parse_iso(iso, out);
}

/* ---- The table ---- */

enum { FORMAT_ISO, FORMAT_S, FORMAT_MS, FORMAT_US, FORMAT_YMD, FORMAT_DMY, FORMAT_MDY, FORMAT_JS };

/* Asked in this order. */
static const struct time_format formats[] = {
    [FORMAT_ISO] = { .name = "iso", .parse = time_parse_iso, .dated = true },
    [FORMAT_S] = { .name = "epoch_s", .parse = parse_seconds },
    [FORMAT_MS] = { .name = "epoch_ms", .parse = parse_milliseconds },
    [FORMAT_US] = { .name = "epoch_us", .parse = parse_microseconds },
    [FORMAT_YMD] = { .name = "ymd", .parse = parse_ymd, .dated = true },
    [FORMAT_DMY] = { .name = "dmy", .parse = parse_dmy, .dated = true },
    [FORMAT_MDY] = { .name = "mdy", .parse = parse_mdy, .dated = true },
    [FORMAT_JS] = { .name = "js", .parse = parse_js },
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
    return error_at(err, pos, _("unknown time format '%s'; it is iso, ymd, dmy, mdy, js, epoch_s, "
                                "epoch_ms, epoch_us or a pattern such as '%%d.%%m.%%Y %%H:%%M'"),
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

/* A date, or a clock without a sign of its offset behind it. */
static bool lacks_offset(const char *text)
{
    size_t length = strlen(text);
    char last = text[length - 1];
    if (last == 'Z' || last == 'z' || last == 'C') /* UTC */
        return false;
    const char *clock = strpbrk(text, "Tt ");
    return clock == NULL || strpbrk(clock, "+-") == NULL;
}

/* The format that the first value has; more than one only where day and month may be either. */
static enum time_result settle(struct time_reader *reader, const char *text)
{
    int64_t instant;
    for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
        if (!formats[i].parse(text, &instant))
            continue;
        if (i == FORMAT_DMY && parse_mdy(text, &instant))
            return TIME_UNDECIDED;
        reader->format = &formats[i];
        return TIME_READ;
    }
    return TIME_WRONG;
}

bool time_reader_decide(struct time_reader *reader, const char *text)
{
    int64_t instant;
    bool day = parse_dmy(text, &instant), month = parse_mdy(text, &instant);
    if (day != month)
        reader->format = &formats[day ? FORMAT_DMY : FORMAT_MDY];
    return day != month;
}

enum time_result time_reader_read(struct time_reader *reader, const char *text, int64_t *out)
{
    if (reader->pattern != NULL)
        return parse_pattern(text, reader->pattern, out) ? TIME_READ : TIME_WRONG;
    enum time_result settled = reader->format != NULL ? TIME_READ : settle(reader, text);
    if (settled != TIME_READ)
        return settled;
    if (!reader->format->parse(text, out))
        return TIME_WRONG;
    if (reader->format->dated && !reader->without_offset)
        reader->without_offset = lacks_offset(text);
    return TIME_READ;
}

const char *time_reader_name(const struct time_reader *reader)
{
    if (reader->pattern != NULL)
        return reader->pattern;
    return reader->format != NULL ? reader->format->name : NULL;
}
