/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/time.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <stellwerk/base/array.h>

#define US_PER_SECOND INT64_C(1000000)
#define US_PER_MINUTE (60 * US_PER_SECOND)
#define US_PER_HOUR (60 * US_PER_MINUTE)

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0);
}

/* ---- Days ---- */

/*
 * Years are counted from March, so that the leap day is the last of its year, and in eras of 400
 * years, which all have the same days; after Howard Hinnant, "chrono-compatible low-level date
 * algorithms".
 */
enum { DAYS_PER_ERA = 146097, EPOCH_FROM_ERA = 719468 };

int32_t time_day_from_civil(struct civil civil)
{
    int64_t year = civil.month <= 2 ? (int64_t)civil.year - 1 : civil.year;
    int64_t era = floor_divide(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = civil.month <= 2 ? civil.month + 9 : civil.month - 3;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * DAYS_PER_ERA + day_of_era - EPOCH_FROM_ERA);
}

struct civil time_civil_from_day(int32_t day)
{
    int64_t from_era = (int64_t)day + EPOCH_FROM_ERA;
    int64_t era = floor_divide(from_era, DAYS_PER_ERA);
    int64_t day_of_era = from_era - era * DAYS_PER_ERA;
    int64_t leap_days = day_of_era / 1460 - day_of_era / 36524 + day_of_era / 146096;
    int64_t year_of_era = (day_of_era - leap_days) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    return (struct civil){
        .year = (int)(era * 400 + year_of_era) + (month <= 2),
        .month = month,
        .day = (int)(day_of_year - (153 * month_from_march + 2) / 5) + 1,
    };
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool time_civil_valid(struct civil civil)
{
    static const int lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (civil.month < 1 || civil.month > 12 || civil.day < 1)
        return false;
    bool lacks_leap_day = civil.month == 2 && !is_leap(civil.year);
    return civil.day <= lengths[civil.month - 1] - lacks_leap_day;
}

int32_t time_day(int64_t instant)
{
    return (int32_t)floor_divide(instant, TIME_US_PER_DAY);
}

/*
 * ---- Reading: each reader moves the cursor behind what it read, or leaves it and returns false
 * ----
 */

static bool read_char(const char **cursor, const char *any_of)
{
    while (*any_of != '\0' && *any_of != **cursor)
        any_of++;
    *cursor += *any_of != '\0';
    return *any_of != '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Exactly `digits` digits. */
static bool read_number(const char **cursor, int digits, int *out)
{
    int number = 0;
    for (int i = 0; i < digits; i++) {
        if (!is_digit((*cursor)[i]))
            return false;
        number = number * 10 + ((*cursor)[i] - '0');
    }
    *cursor += digits;
    *out = number;
    return true;
}

/* "2026-11-01", or "20261101" where `basic` allows it. */
static bool read_date(const char **cursor, bool basic, int32_t *out)
{
    struct civil civil;
    if (!read_number(cursor, 4, &civil.year))
        return false;
    bool dashes = read_char(cursor, "-");
    if (!dashes && !basic)
        return false;
    if (!read_number(cursor, 2, &civil.month) || (dashes && !read_char(cursor, "-")) ||
        !read_number(cursor, 2, &civil.day) || !time_civil_valid(civil))
        return false;
    *out = time_day_from_civil(civil);
    return true;
}

/* Behind the mark: one to nine digits, of which six count. */
static bool read_fraction(const char **cursor, int64_t *out)
{
    int64_t unit = US_PER_SECOND;
    int digits = 0;
    *out = 0;
    for (int digit; digits < 9 && read_number(cursor, 1, &digit); digits++) {
        unit /= 10;
        *out += digit * unit;
    }
    return digits > 0;
}

/* "13:45", "13:45:40", "13:45:40.276", the same without colons; as microseconds of the day. */
static bool read_clock(const char **cursor, int64_t *out)
{
    int hour, minute, second = 0;
    int64_t fraction = 0;
    if (!read_number(cursor, 2, &hour))
        return false;
    bool colons = read_char(cursor, ":");
    if (!read_number(cursor, 2, &minute))
        return false;
    if (colons ? read_char(cursor, ":") : is_digit(**cursor)) {
        if (!read_number(cursor, 2, &second))
            return false;
        if (read_char(cursor, ".,") && !read_fraction(cursor, &fraction))
            return false;
    }
    bool end_of_day = hour == 24 && minute == 0 && second == 0 && fraction == 0;
    if ((hour > 23 && !end_of_day) || minute > 59 || second > 60)
        return false;
    *out = hour * US_PER_HOUR + minute * US_PER_MINUTE + second * US_PER_SECOND + fraction;
    return true;
}

/* "Z", "UTC", "+02:00", "+0200", "+02", or nothing, which is UTC; as microseconds ahead of UTC. */
static bool read_offset(const char **cursor, int64_t *out)
{
    *out = 0;
    read_char(cursor, " ");
    if (strncmp(*cursor, "UTC", 3) == 0) {
        *cursor += 3;
        return true;
    }
    if (**cursor == '\0' || read_char(cursor, "Zz"))
        return true;
    bool behind = **cursor == '-';
    int hours, minutes = 0;
    if (!read_char(cursor, "+-") || !read_number(cursor, 2, &hours))
        return false;
    bool colon = read_char(cursor, ":");
    if (!read_number(cursor, 2, &minutes) && colon)
        return false;
    if (hours > 23 || minutes > 59)
        return false;
    int64_t ahead = hours * US_PER_HOUR + minutes * US_PER_MINUTE;
    *out = behind ? -ahead : ahead;
    return true;
}

bool time_parse_day(const char *text, int32_t *out)
{
    int32_t day;
    if (!read_date(&text, false, &day) || *text != '\0')
        return false;
    *out = day;
    return true;
}

bool time_parse_iso(const char *text, int64_t *out)
{
    int32_t day;
    int64_t clock = 0, ahead = 0;
    if (!read_date(&text, true, &day))
        return false;
    if (*text != '\0') {
        if (!read_char(&text, "Tt ") || !read_clock(&text, &clock) ||
            !read_offset(&text, &ahead) || *text != '\0')
            return false;
    }
    *out = day * TIME_US_PER_DAY + clock - ahead;
    return true;
}

bool time_parse_duration(const char *text, int64_t *out)
{
    static const struct {
        const char *name;
        int64_t length;
    } units[] = {
        { "s", US_PER_SECOND },
        { "min", US_PER_MINUTE },
        { "h", US_PER_HOUR },
        { "d", TIME_US_PER_DAY },
        { "w", 7 * TIME_US_PER_DAY },
        { "m", 30 * TIME_US_PER_DAY },
        { "y", 365 * TIME_US_PER_DAY },
    };
    int64_t whole = 0, millionths = 0;
    int digits = 0;
    for (int digit; digits < 12 && read_number(&text, 1, &digit); digits++)
        whole = whole * 10 + digit;
    if (digits == 0 || (read_char(&text, ".") && !read_fraction(&text, &millionths)))
        return false;
    size_t unit = 0;
    while (unit < ARRAY_LEN(units) && strcmp(text, units[unit].name) != 0)
        unit++;
    int64_t length;
    if (unit == ARRAY_LEN(units) || __builtin_mul_overflow(whole, units[unit].length, &length) ||
        __builtin_add_overflow(length, units[unit].length / US_PER_SECOND * millionths, &length))
        return false;
    *out = length;
    return true;
}

/* ---- Writing, and now ---- */

const char *time_day_iso(struct arena *arena, int32_t day)
{
    struct civil civil = time_civil_from_day(day);
    return arena_printf(arena, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

const char *time_iso(struct arena *arena, int64_t instant)
{
    assert(instant != TIME_NONE);
    int32_t day = time_day(instant);
    int64_t clock = instant - day * TIME_US_PER_DAY;
    int seconds = (int)(clock / US_PER_SECOND), fraction = (int)(clock % US_PER_SECOND);
    const char *date = time_day_iso(arena, day);
    int hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
    if (fraction == 0)
        return arena_printf(arena, "%sT%02d:%02d:%02dZ", date, hour, minute, second);
    return arena_printf(arena, "%sT%02d:%02d:%02d.%06dZ", date, hour, minute, second, fraction);
}

int64_t time_now(void)
{
    const char *fixed = getenv("STELLWERK_NOW");
    int64_t instant;
    if (fixed != NULL && time_parse_iso(fixed, &instant))
        return instant;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * US_PER_SECOND + now.tv_nsec / 1000;
}
