/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Dates are written from the catalogue and not by strftime(), because a small system has no locale
 * but C. A form may say %Y, %m, %d (two digits), %e (as many as needed), %B and %b (name of the
 * month, long and short) and %q (quarter); for a period, "|" goes over from its first to its last
 * day.
 */
#include <stellwerk/base/locale.h>

#include <assert.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/base/utf8.h>

static const char *month_name(int month)
{
    const char *const names[] = {
        C_("month", "January"),   C_("month", "February"), C_("month", "March"),
        C_("month", "April"),     C_("month", "May"),      C_("month", "June"),
        C_("month", "July"),      C_("month", "August"),   C_("month", "September"),
        C_("month", "October"),   C_("month", "November"), C_("month", "December"),
    };
    return names[month - 1];
}

static const char *short_month_name(int month)
{
    const char *const names[] = {
        C_("short month", "Jan"), C_("short month", "Feb"), C_("short month", "Mar"),
        C_("short month", "Apr"), C_("short month", "May"), C_("short month", "Jun"),
        C_("short month", "Jul"), C_("short month", "Aug"), C_("short month", "Sep"),
        C_("short month", "Oct"), C_("short month", "Nov"), C_("short month", "Dec"),
    };
    return names[month - 1];
}

static void append_part(struct str *out, char directive, struct civil date)
{
    switch (directive) {
    case 'Y':
        str_printf(out, "%04d", date.year);
        break;
    case 'm':
        str_printf(out, "%02d", date.month);
        break;
    case 'd':
        str_printf(out, "%02d", date.day);
        break;
    case 'e':
        str_printf(out, "%d", date.day);
        break;
    case 'B':
        str_append(out, month_name(date.month));
        break;
    case 'b':
        str_append(out, short_month_name(date.month));
        break;
    case 'q':
        str_printf(out, "%d", (date.month + 2) / 3);
        break;
    default: /* a translator's slip shows, and harms nothing */
        str_append_char(out, '%');
        str_append_char(out, directive);
        break;
    }
}

static const char *format_days(struct arena *arena, const char *form, int32_t first, int32_t last)
{
    struct str out;
    str_init(&out);
    struct civil date = time_civil_from_day(first);
    for (; *form != '\0'; form++) {
        if (*form == '|')
            date = time_civil_from_day(last);
        else if (*form == '%' && form[1] != '\0')
            append_part(&out, *++form, date);
        else
            str_append_char(&out, *form);
    }
    const char *text = arena_strndup(arena, out.text, out.length);
    str_finish(&out);
    return utf8_is_spoken() ? text : utf8_ascii(arena, text);
}

const char *locale_day(struct arena *arena, int32_t day)
{
    /* TRANSLATORS: a day in numbers. %Y year, %m month and %d day in two digits, %e day in one. */
    /* xgettext:no-c-format */
    return format_days(arena, C_("date format", "%Y-%m-%d"), day, day);
}

const char *locale_month(struct arena *arena, int32_t day)
{
    return format_days(arena, C_("date format", "%Y-%m"), day, day);
}

/* What has only one end, or none. */
static const char *format_open(struct arena *arena, struct period period)
{
    if (period.first == INT32_MIN && period.last == INT32_MAX) {
        const char *text = C_("period", "all time");
        return utf8_is_spoken() ? text : utf8_ascii(arena, text);
    }
    if (period.last == INT32_MAX)
        /* TRANSLATORS: %e day, %B month by name, %Y year. */
        /* xgettext:no-c-format */
        return format_days(arena, C_("period", "since %e %B %Y"), period.first, period.first);
    /* xgettext:no-c-format */
    return format_days(arena, C_("period", "until %e %B %Y"), period.last, period.last);
}

/* Whole months: their days need not be told. */
static const char *months_form(struct civil first, struct civil last)
{
    if (first.year != last.year)
        /* TRANSLATORS: "Nov 2025 – Feb 2026". %b month, short; from "|" on it is about the end. */
        /* xgettext:no-c-format */
        return C_("period", "%b %Y – |%b %Y");
    if (first.month == last.month)
        /* xgettext:no-c-format */
        return C_("period", "%B %Y");
    if (first.month == 1 && last.month == 12)
        return "%Y";
    /* xgettext:no-c-format */
    return C_("period", "%b–|%b %Y");
}

static const char *days_form(struct civil first, struct civil last)
{
    if (first.year != last.year)
        /* xgettext:no-c-format */
        return C_("period", "%e %b %Y – |%e %b %Y");
    if (first.month != last.month)
        /* TRANSLATORS: "28 Sep – 4 Oct 2026". */
        /* xgettext:no-c-format */
        return C_("period", "%e %b – |%e %b %Y");
    if (first.day != last.day)
        /* TRANSLATORS: "12–18 October 2026". */
        /* xgettext:no-c-format */
        return C_("period", "%e–|%e %B %Y");
    /* xgettext:no-c-format */
    return C_("period", "%e %B %Y");
}

const char *locale_period(struct arena *arena, struct period period)
{
    if (period.first == INT32_MIN || period.last == INT32_MAX)
        return format_open(arena, period);
    struct civil first = time_civil_from_day(period.first);
    struct civil last = time_civil_from_day(period.last);
    bool whole_months = first.day == 1 && time_civil_from_day(period.last + 1).day == 1;
    const char *form = whole_months ? months_form(first, last) : days_form(first, last);
    if (period.kind == PERIOD_QUARTER)
        /* TRANSLATORS: a quarter of a year, "Q3 2026". %q is its number. */
        /* xgettext:no-c-format */
        form = C_("period", "Q%q %Y");
    return format_days(arena, form, period.first, period.last);
}

static const char *age_text(struct arena *arena, int32_t days)
{
    if (days == 0)
        return C_("age", "today");
    if (days < 14)
        return arena_printf(arena, ngettext("%d day", "%d days", (unsigned long)days), days);
    int weeks = days / 7;
    if (weeks < 10)
        return arena_printf(arena, ngettext("%d week", "%d weeks", (unsigned long)weeks), weeks);
    int months = (int)((int64_t)days * 12 / 365);
    if (months < 24)
        return arena_printf(arena, ngettext("%d month", "%d months", (unsigned long)months),
                            months);
    int years = days / 365;
    return arena_printf(arena, ngettext("%d year", "%d years", (unsigned long)years), years);
}

const char *locale_age(struct arena *arena, int32_t days)
{
    assert(days >= 0);
    const char *text = age_text(arena, days);
    return utf8_is_spoken() ? text : utf8_ascii(arena, text);
}
