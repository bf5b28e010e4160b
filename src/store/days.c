/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "days.h"

#include <float.h>

#include <stellwerk/base/time.h>

#define DAYS_OF_A_MONTH 31
#define TIME_BYTES 5
#define SPAN_BYTES (2 * TIME_BYTES)

struct day {
    uint64_t n;
    int64_t oldest, newest; /* microseconds of the day */
};

struct month {
    struct day days[DAYS_OF_A_MONTH];
    struct coded sums; /* of the month, then of its days */
    uint32_t there;
};

int32_t month_of_day(int32_t day, int *of_month)
{
    struct civil civil = time_civil_from_day(day);
    *of_month = civil.day - 1;
    return civil.year * 12 + civil.month - 1;
}

int32_t month_first_day(int32_t month)
{
    int year = month >= 0 ? month / 12 : (month - 11) / 12;
    return time_day_from_civil(
        (struct civil){ .year = year, .month = month - year * 12 + 1, .day = 1 });
}

static bool one_day(uint32_t days)
{
    return (days & (days - 1)) == 0;
}

static int lowest(uint32_t days)
{
    return __builtin_ctz(days);
}

static bool unpack(struct bytes bytes, struct month *month)
{
    struct coded coded = coded_init(bytes.at, bytes.length);
    *month = (struct month){ .sums = coded };
    if (bytes.length == 0)
        return true;
    month->there = (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
    for (uint32_t left = month->there; left != 0; left &= left - 1)
        month->days[lowest(left)].n = coded_number(&coded);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        struct day *day = &month->days[lowest(left)];
        day->oldest = (int64_t)coded_fixed(&coded, TIME_BYTES);
        day->newest = (int64_t)coded_fixed(&coded, TIME_BYTES);
    }
    month->sums = coded;
    return !coded.bad;
}

/* ---- Merging ---- */

static void add_row(struct month *month, const struct bin_row *row)
{
    struct day *day = &month->days[row->day];
    if (day->n == 0 || row->time < day->oldest)
        day->oldest = row->time;
    if (day->n == 0 || row->time > day->newest)
        day->newest = row->time;
    day->n++;
    month->there |= UINT32_C(1) << row->day;
}

static void write_counts(struct str *out, const struct month *month)
{
    code_fixed(out, month->there, 4);
    for (uint32_t left = month->there; left != 0; left &= left - 1)
        code_number(out, month->days[lowest(left)].n);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        const struct day *day = &month->days[lowest(left)];
        code_fixed(out, (uint64_t)day->oldest, TIME_BYTES);
        code_fixed(out, (uint64_t)day->newest, TIME_BYTES);
    }
}

/* The sums of what stands at `old`, if anything, and of the rows. */
static void merge_sums(struct str *out, struct coded *old, const struct bin_row *rows, size_t count)
{
    struct long_sum sum = { 0 }, squares = { 0 };
    if (old != NULL) {
        long_sum_read(old, &sum);
        long_sum_read(old, &squares);
    }
    for (size_t i = 0; i < count; i++) {
        long_sum_add(&sum, rows[i].value, 1);
        long_sum_add_square(&squares, rows[i].value, 1);
    }
    long_sum_write(out, &sum);
    long_sum_write(out, &squares);
}

/* Passes the two sums of a day on as they are. */
static void copy_sums(struct str *out, struct coded *coded)
{
    const unsigned char *from = coded->at;
    long_sum_skip(coded);
    long_sum_skip(coded);
    str_append_bytes(out, (const char *)from, (size_t)(coded->at - from));
}

static size_t rows_of_day(const struct bin_row *rows, size_t count, int day)
{
    size_t end = 0;
    while (end < count && rows[end].day == day)
        end++;
    return end;
}

/* `before` says which days stand in `old`; a day alone shares the month's sums. */
static void write_sums(struct str *out, struct month *month, uint32_t before,
                       const struct bin_row *rows, size_t count)
{
    struct coded *old = &month->sums, whole = month->sums;
    merge_sums(out, before != 0 ? old : NULL, rows, count);
    if (one_day(month->there))
        return;
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        int day = lowest(left);
        bool known = (before & left & -left) != 0;
        struct coded *at = !known ? NULL : one_day(before) ? &whole : old;
        size_t of_day = rows_of_day(rows, count, day);
        if (at != NULL && of_day == 0)
            copy_sums(out, at);
        else
            merge_sums(out, at, rows, of_day);
        rows += of_day;
        count -= of_day;
    }
}

bool days_merge(struct str *out, struct bytes old, const struct bin_row *rows, size_t count,
                bool summed)
{
    struct month month;
    if (!unpack(old, &month))
        return false;
    uint32_t before = month.there;
    for (size_t i = 0; i < count; i++)
        add_row(&month, &rows[i]);
    write_counts(out, &month);
    if (summed)
        write_sums(out, &month, before, rows, count);
    return !month.sums.bad;
}

/* ---- Reading ---- */

static void skip_sums(struct coded *coded)
{
    long_sum_skip(coded);
    long_sum_skip(coded);
}

static void add_sums(struct coded *coded, struct day_total *out)
{
    out->sum += long_sum_value(coded);
    out->squares += long_sum_value(coded);
}

static void read_sums(struct month *month, uint32_t wanted, struct day_total *out)
{
    struct coded *sums = &month->sums;
    if ((month->there & ~wanted) == 0) {
        add_sums(sums, out);
        return;
    }
    skip_sums(sums);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        if (wanted & left & -left)
            add_sums(sums, out);
        else
            skip_sums(sums);
    }
}

bool days_read(struct bytes days, bool summed, uint32_t wanted, struct day_total *out)
{
    struct month month;
    *out = (struct day_total){ 0 };
    if (!unpack(days, &month))
        return false;
    wanted &= month.there;
    for (uint32_t left = wanted; left != 0; left &= left - 1) {
        int place = lowest(left);
        const struct day *day = &month.days[place];
        if (out->n == 0)
            out->oldest = place * TIME_US_PER_DAY + day->oldest;
        out->newest = place * TIME_US_PER_DAY + day->newest;
        out->n += day->n;
    }
    if (summed && wanted != 0)
        read_sums(&month, wanted, out);
    return !month.sums.bad;
}

/* 31 days whatever the month: where it is shorter, there are no rows. */
uint32_t days_between(int32_t first_of_month, int32_t first, int32_t last)
{
    int64_t from = first > first_of_month ? (int64_t)first - first_of_month : 0;
    int64_t to = (int64_t)last - first_of_month;
    to = to < DAYS_OF_A_MONTH - 1 ? to : DAYS_OF_A_MONTH - 1;
    if (from > to)
        return 0;
    return BINS_ALL_DAYS >> (DAYS_OF_A_MONTH - 1 - (to - from)) << from;
}

/* What is less than the rounding of its operands is no spread. */
struct moments day_total_moments(const struct day_total *total)
{
    long double n = (long double)total->n, mean = total->sum / n;
    double squares = (double)(total->squares - mean * total->sum);
    double noise = 16 * DBL_EPSILON * (double)total->squares;
    return (struct moments){
        .n = (double)total->n,
        .mean = (double)mean,
        .squares = squares > noise ? squares : 0,
    };
}

/* ---- Adding up ---- */

static void add_exactly(struct coded *coded, struct day_sums *out)
{
    long_sum_read(coded, &out->sum);
    long_sum_read(coded, &out->squares);
}

static void add_days(struct month *month, uint32_t wanted, struct day_sums *out)
{
    struct coded *sums = &month->sums;
    if ((month->there & ~wanted) == 0) {
        add_exactly(sums, out);
        return;
    }
    skip_sums(sums);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        if (wanted & left & -left)
            add_exactly(sums, out);
        else
            skip_sums(sums);
    }
}

bool days_add(struct bytes days, bool summed, uint32_t wanted, int32_t first, struct day_sums *out)
{
    struct month month;
    if (!unpack(days, &month))
        return false;
    wanted &= month.there;
    for (uint32_t left = wanted; left != 0; left &= left - 1) {
        int place = lowest(left);
        const struct day *day = &month.days[place];
        int64_t start = ((int64_t)first + place) * TIME_US_PER_DAY;
        if (out->n == 0 || start + day->oldest < out->oldest)
            out->oldest = start + day->oldest;
        if (out->n == 0 || start + day->newest > out->newest)
            out->newest = start + day->newest;
        out->n += day->n;
    }
    if (summed && wanted != 0)
        add_days(&month, wanted, out);
    return !month.sums.bad;
}

static long double value_of(const struct long_sum *sum)
{
    struct str bytes;
    str_init(&bytes);
    long_sum_write(&bytes, sum);
    struct coded coded = coded_init(bytes.text, bytes.length);
    long double value = long_sum_value(&coded);
    str_finish(&bytes);
    return value;
}

struct day_total day_sums_total(const struct day_sums *sums)
{
    return (struct day_total){
        .n = sums->n,
        .oldest = sums->oldest,
        .newest = sums->newest,
        .sum = value_of(&sums->sum),
        .squares = value_of(&sums->squares),
    };
}

uint32_t days_there(struct bytes days)
{
    struct coded coded = coded_init(days.at, days.length);
    return (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
}
