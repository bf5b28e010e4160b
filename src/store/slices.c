/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slices.h"

#include <assert.h>

#define MONTHS_FROM 61 /* days */
#define WEEKS_FROM 21

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

static int64_t quarter_number(int32_t day)
{
    int64_t month = month_number(day);
    return month >= 0 ? month / 3 : (month - 2) / 3;
}

static int32_t quarter_first(int64_t number)
{
    return month_first(number * 3);
}

static const struct unit units[] = {
    [PERIOD_DAY] = { .number = day_number, .first_day = day_first },
    [PERIOD_WEEK] = { .number = week_number, .first_day = week_first },
    [PERIOD_MONTH] = { .number = month_number, .first_day = month_first },
    [PERIOD_QUARTER] = { .number = quarter_number, .first_day = quarter_first },
};

int64_t slices_piece(enum period_kind unit, int32_t day)
{
    return units[unit].number(day);
}

int32_t slices_piece_first(enum period_kind unit, int64_t piece)
{
    return units[unit].first_day(piece);
}

static int64_t count_pieces(enum period_kind unit, int32_t first, int32_t last)
{
    return units[unit].number(last) - units[unit].number(first) + 1;
}

/* As many pieces make a slice as it takes to have no more than `most`. */
static struct slices cut(enum period_kind kind, int32_t first, int32_t last, int64_t most)
{
    assert(first <= last);
    const struct unit *unit = &units[kind];
    int64_t from = unit->number(first), to = unit->number(last);
    int64_t step = (to - from) / most + 1;

    struct slices slices = { .last = last, .unit = kind };
    for (int64_t number = from; number <= to; number += step)
        slices.first[slices.count++] = unit->first_day(number);
    slices.first[0] = first;
    slices.per_day = (double)slices.count / ((double)last - first + 1);
    return slices;
}

struct slices slices_cut(int32_t first, int32_t last)
{
    int64_t length = (int64_t)last - first + 1;
    enum period_kind unit = length >= MONTHS_FROM  ? PERIOD_MONTH
                            : length >= WEEKS_FROM ? PERIOD_WEEK
                                                   : PERIOD_DAY;
    return cut(unit, first, last, MEASURE_SLICES);
}

struct slices slices_cut_by(enum period_kind unit, int32_t first, int32_t last)
{
    assert(unit <= PERIOD_QUARTER);
    int64_t most = unit == PERIOD_ALL ? SERIES_SLICES_FEW : SERIES_SLICES;
    if (unit == PERIOD_ALL)
        unit = PERIOD_DAY;
    while (unit < PERIOD_QUARTER && count_pieces(unit, first, last) > most)
        unit++;
    return cut(unit, first, last, most);
}

/* The slice of the day if all were of one length; they are about. */
static size_t guess(const struct slices *slices, int32_t day)
{
    double place = ((double)day - slices->first[0]) * slices->per_day;
    size_t last = slices->count - 1;
    return place <= 0 ? 0 : place >= (double)last ? last : (size_t)place;
}

size_t slices_find(const struct slices *slices, int32_t day)
{
    size_t at = guess(slices, day);
    while (at > 0 && day < slices->first[at])
        at--;
    while (at + 1 < slices->count && day >= slices->first[at + 1])
        at++;
    return at;
}

int32_t slices_last_day(const struct slices *slices, size_t index)
{
    return index + 1 < slices->count ? slices->first[index + 1] - 1 : slices->last;
}
