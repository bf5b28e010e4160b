/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/time.h>

#include <ctype.h>
#include <string.h>

#include <stellwerk/base/array.h>

static int32_t clamp_day(int64_t day)
{
    if (day < INT32_MIN)
        return INT32_MIN;
    return day > INT32_MAX ? INT32_MAX : (int32_t)day;
}

/* The first day of a month; `month` may be any number of months from January of `year`. */
static int32_t first_of_month(int year, int month)
{
    int months = month - 1;
    int years = months >= 0 ? months / 12 : -((11 - months) / 12);
    struct civil civil = { .year = year + years, .month = months - years * 12 + 1, .day = 1 };
    return time_day_from_civil(civil);
}

static struct period months_from(enum period_kind kind, int year, int month, int months)
{
    return (struct period){
        .kind = kind,
        .first = first_of_month(year, month),
        .last = first_of_month(year, month + months) - 1,
    };
}

/* Days since Monday; 1970-01-01 was a Thursday. */
static int weekday(int32_t day)
{
    return (int)((((int64_t)day + 3) % 7 + 7) % 7);
}

struct period period_containing(enum period_kind kind, int32_t day)
{
    struct civil civil = time_civil_from_day(day);
    switch (kind) {
    case PERIOD_ALL:
        return (struct period){ .kind = kind, .first = INT32_MIN, .last = INT32_MAX };
    case PERIOD_WEEK: {
        int32_t monday = day - weekday(day);
        return (struct period){ .kind = kind, .first = monday, .last = monday + 6 };
    }
    case PERIOD_MONTH:
        return months_from(kind, civil.year, civil.month, 1);
    case PERIOD_QUARTER:
        return months_from(kind, civil.year, civil.month - (civil.month - 1) % 3, 3);
    case PERIOD_DAY:
    case PERIOD_CUSTOM:
        break;
    }
    return (struct period){ .kind = kind, .first = day, .last = day };
}

static bool is_open(struct period period)
{
    return period.first == INT32_MIN || period.last == INT32_MAX;
}

/* How many whole months a bounded period is made of; 0 where it is not. */
static int whole_months(struct period period)
{
    struct civil first = time_civil_from_day(period.first);
    struct civil behind = time_civil_from_day(period.last + 1);
    if (first.day != 1 || behind.day != 1)
        return 0;
    return (behind.year - first.year) * 12 + behind.month - first.month;
}

struct period period_step(struct period period, int steps)
{
    if (is_open(period))
        return period;
    int months = whole_months(period);
    if (months > 0 && period.kind != PERIOD_DAY && period.kind != PERIOD_WEEK) {
        struct civil first = time_civil_from_day(period.first);
        return months_from(period.kind, first.year, first.month + steps * months, months);
    }
    int64_t moved = ((int64_t)period.last - period.first + 1) * steps;
    period.first = clamp_day(period.first + moved);
    period.last = clamp_day(period.last + moved);
    return period;
}

/* Monday of ISO week 1, the one with 4 January in it. */
static int32_t first_week(int year)
{
    int32_t fourth = time_day_from_civil((struct civil){ .year = year, .month = 1, .day = 4 });
    return fourth - weekday(fourth);
}

/* True when `text` looks like `form`, in which 'd' is any digit. */
static bool has_form(const char *text, const char *form)
{
    for (; *form != '\0'; text++, form++)
        if (*form == 'd' ? !isdigit((unsigned char)*text) : *text != *form)
            return false;
    return *text == '\0';
}

static int read_digits(const char *digits, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* The ISO week `week` of a year; false where the year has no such. */
static bool week_of_year(int year, int week, struct period *out)
{
    int32_t monday = first_week(year) + (week - 1) * 7;
    *out = period_containing(PERIOD_WEEK, monday);
    return week >= 1 && monday < first_week(year + 1);
}

/* One period by its own name: "2026-07-12", "2026-W28", "2026-07", "2026-Q3", "2026". */
static bool parse_named(const char *text, struct period *out)
{
    int32_t day;
    if (time_parse_day(text, &day)) {
        *out = period_containing(PERIOD_DAY, day);
        return true;
    }
    if (has_form(text, "dddd-Wdd"))
        return week_of_year(read_digits(text, 4), read_digits(text + 6, 2), out);
    if (!has_form(text, "dddd") && !has_form(text, "dddd-dd") && !has_form(text, "dddd-Qd"))
        return false;
    int year = read_digits(text, 4);
    if (text[4] == '\0')
        *out = months_from(PERIOD_CUSTOM, year, 1, 12);
    else if (text[5] == 'Q')
        *out = months_from(PERIOD_QUARTER, year, read_digits(text + 6, 1) * 3 - 2, 3);
    else
        *out = months_from(PERIOD_MONTH, year, read_digits(text + 5, 2), 1);
    /* Month 13 and quarter 0 have been counted into another year. */
    return time_civil_from_day(out->first).year == year;
}

static bool parse_span(const char *text, const char *dots, struct period *out)
{
    char from[16] = "";
    struct period first = period_containing(PERIOD_ALL, 0), last = first;
    size_t length = (size_t)(dots - text);
    if (length >= sizeof(from))
        return false;
    memcpy(from, text, length);
    const char *to = dots + 2;
    if ((from[0] != '\0' && !parse_named(from, &first)) || (*to != '\0' && !parse_named(to, &last)))
        return false;
    if (first.first > last.last)
        return false;
    *out = (struct period){ .kind = PERIOD_CUSTOM, .first = first.first, .last = last.last };
    if (from[0] == '\0' && *to == '\0')
        out->kind = PERIOD_ALL;
    return true;
}

bool period_parse(const char *text, int32_t today, struct period *out)
{
    static const struct {
        const char *name;
        enum period_kind kind;
    } kinds[] = {
        { "all", PERIOD_ALL },
        { "day", PERIOD_DAY },
        { "week", PERIOD_WEEK },
        { "month", PERIOD_MONTH },
        { "quarter", PERIOD_QUARTER },
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (strcmp(text, kinds[i].name) == 0) {
            *out = period_containing(kinds[i].kind, today);
            return true;
        }
    const char *dots = strstr(text, "..");
    return dots != NULL ? parse_span(text, dots, out) : parse_named(text, out);
}
