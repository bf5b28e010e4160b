/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slices.h"

#include <assert.h>

#define MONTHS_FROM 61 /* days */
#define WEEKS_FROM 21

/* Calendar pieces are numbered one after the other over all time: the number of the piece of a
 * day, and the day that a piece begins with. */
struct unit {
    int64_t (*number)(int32_t day);
    int32_t (*first_day)(int64_t number);
};

static int64_t day_number(int32_t day)
{
    return day;
}

static int32_t day_first(int64_t number)
{
    return (int32_t)number;
}

/* 1970-01-01 was a Thursday: weeks from Monday begin three days before the multiples of seven. */
static int64_t week_number(int32_t day)
{
    int64_t since_monday = (int64_t)day + 3;
    return since_monday >= 0 ? since_monday / 7 : (since_monday - 6) / 7;
}

static int32_t week_first(int64_t number)
{
    return (int32_t)(number * 7 - 3);
}

static int64_t month_number(int32_t day)
{
    struct civil civil = time_civil_from_day(day);
    return (int64_t)civil.year * 12 + civil.month - 1;
}

static int32_t month_first(int64_t number)
{
    int64_t year = number >= 0 ? number / 12 : (number - 11) / 12;
    return time_day_from_civil(
        (struct civil){ .year = (int)year, .month = (int)(number - year * 12) + 1, .day = 1 });
}

static const struct unit days = { .number = day_number, .first_day = day_first };
static const struct unit weeks = { .number = week_number, .first_day = week_first };
static const struct unit months = { .number = month_number, .first_day = month_first };

struct slices slices_cut(int32_t first, int32_t last)
{
    assert(first <= last);
    int64_t length = (int64_t)last - first + 1;
    const struct unit *unit = length >= MONTHS_FROM  ? &months
                              : length >= WEEKS_FROM ? &weeks
                                                     : &days;
    int64_t from = unit->number(first), to = unit->number(last);
    int64_t step = (to - from) / MEASURE_SLICES + 1;

    struct slices slices = { .last = last };
    for (int64_t number = from; number <= to; number += step)
        slices.first[slices.count++] = unit->first_day(number);
    slices.first[0] = first;
    return slices;
}

size_t slices_find(const struct slices *slices, int32_t day)
{
    size_t index = slices->count - 1;
    while (index > 0 && day < slices->first[index])
        index--;
    return index;
}

int32_t slices_last_day(const struct slices *slices, size_t index)
{
    return index + 1 < slices->count ? slices->first[index + 1] - 1 : slices->last;
}
