/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Instants, days and durations, in UTC and the proleptic Gregorian calendar.
 *
 * An instant is microseconds since 1970-01-01T00:00Z (`int64_t`), a day is days since 1970-01-01
 * (`int32_t`). No time zone database is asked: offsets come with the text; text without one is UTC.
 */
#ifndef STELLWERK_BASE_TIME_H
#define STELLWERK_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>

#define TIME_NONE INT64_MIN
#define TIME_US_PER_DAY INT64_C(86400000000)

struct civil {
    int year, month, day; /* month 1..12, day 1..31 */
};

int32_t time_day_from_civil(struct civil civil);
struct civil time_civil_from_day(int32_t day);
bool time_civil_valid(struct civil civil);

/* "2026-11-01", nothing else. */
bool time_parse_day(const char *text, int32_t *out);

/*
 * ISO 8601 / RFC 3339 and what exports make of it: "2011-10-11 13:45:40.276000+02:00",
 * "2011-10-11T13:45Z", "20111011T134540", "2011-10-11 13:45:40 UTC", a date alone (its midnight).
 * Up to nine digits of a second, rounded down to microseconds; second 60 is the next minute's
 * first. Anything behind it fails.
 */
bool time_parse_iso(const char *text, int64_t *out);

/*
 * "90d", "36h", "15min", "2w", "3m" (months of 30 days), "1y" (365 days), "45s", "1.5h" ->
 * microseconds. Fails where it does not fit.
 */
bool time_parse_duration(const char *text, int64_t *out);

/*
 * For programs: "2026-11-01", and "2026-11-01T13:45:40Z" with a fraction only where there is one.
 */
const char *time_day_iso(struct arena *arena, int32_t day);
const char *time_iso(struct arena *arena, int64_t instant);

/*
 * Now; the environment variable STELLWERK_NOW (ISO) stands in for it in tests and reproducible
 * reports.
 */
int64_t time_now(void);

int32_t time_day(int64_t instant); /* the UTC day, rounding down */

enum period_kind {
    PERIOD_ALL,
    PERIOD_DAY,
    PERIOD_WEEK, /* ISO, from Monday */
    PERIOD_MONTH,
    PERIOD_QUARTER,
    PERIOD_CUSTOM
};

/* A span of whole days, both included; unbounded sides are INT32_MIN and INT32_MAX. */
struct period {
    enum period_kind kind;
    int32_t first, last;
};

/* The `kind` of period that contains `day`; PERIOD_CUSTOM is the day alone. */
struct period period_containing(enum period_kind kind, int32_t day);

/*
 * The period of the same kind and length before (-1) or after (+1). A custom one that is made of
 * whole months moves by as many months, else by its days; one that is open on a side stays itself,
 * as PERIOD_ALL does.
 */
struct period period_step(struct period period, int steps);

/*
 * "all", "day", "week", "month", "quarter" (the one that contains `today`), "2026-07-12",
 * "2026-W28", "2026-07", "2026-Q3", "2026", or "FROM..TO" of two such, either of them left out:
 * from the first day of FROM to the last of TO. Fails where FROM is behind TO.
 */
bool period_parse(const char *text, int32_t today, struct period *out);

#endif
