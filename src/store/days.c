/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "days.h"

#include <float.h>

#include <stellwerk/base/time.h>

#define TIME_BYTES 5

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

bool days_open(struct days_month *month, struct bytes bytes)
{
    struct coded coded = coded_init(bytes.at, bytes.length);
    *month = (struct days_month){ .sums = coded };
    if (bytes.length == 0)
        return true;
    month->there = (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
    for (uint32_t left = month->there; left != 0; left &= left - 1)
        month->days[lowest(left)].n = coded_number(&coded);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        struct days_day *day = &month->days[lowest(left)];
        day->oldest = (int64_t)coded_fixed(&coded, TIME_BYTES);
        day->newest = (int64_t)coded_fixed(&coded, TIME_BYTES);
    }
    month->sums = coded;
    days_rewind(month);
    return !coded.bad;
}

void days_rewind(struct days_month *month)
{
    month->each = month->sums;
    month->left = 0;
}

/* ---- Merging ---- */

static size_t rows_of_day(const struct bin_row *rows, size_t count, int day)
{
    size_t end = 0;
    while (end < count && rows[end].day == day)
        end++;
    return end;
}

/* Counts rows of one day, of which there is one at least. */
static void count_day(struct days_month *month, const struct bin_row *rows, size_t count)
{
    struct days_day *day = &month->days[rows->day];
    int64_t oldest = rows->time, newest = rows->time;
    for (size_t i = 1; i < count; i++) {
        oldest = rows[i].time < oldest ? rows[i].time : oldest;
        newest = rows[i].time > newest ? rows[i].time : newest;
    }
    day->oldest = day->n == 0 || oldest < day->oldest ? oldest : day->oldest;
    day->newest = day->n == 0 || newest > day->newest ? newest : day->newest;
    day->n += count;
    month->there |= UINT32_C(1) << rows->day;
}

static void write_counts(struct str *out, const struct days_month *month)
{
    code_fixed(out, month->there, 4);
    for (uint32_t left = month->there; left != 0; left &= left - 1)
        code_number(out, month->days[lowest(left)].n);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        const struct days_day *day = &month->days[lowest(left)];
        code_fixed(out, (uint64_t)day->oldest, TIME_BYTES);
        code_fixed(out, (uint64_t)day->newest, TIME_BYTES);
    }
}

struct two_sums {
    struct long_sum sum, squares;
};

static void read_two(struct coded *coded, struct two_sums *sums)
{
    long_sum_read(coded, &sums->sum);
    long_sum_read(coded, &sums->squares);
}

static void write_two(struct str *out, const struct two_sums *sums)
{
    long_sum_write(out, &sums->sum);
    long_sum_write(out, &sums->squares);
}

static void skip_two(struct coded *coded)
{
    long_sum_skip(coded);
    long_sum_skip(coded);
}

static void add_rows(struct two_sums *sums, const struct bin_row *rows, size_t count)
{
    struct near_sums near = { 0 };
    for (size_t i = 0; i < count; i++) {
        if (near_sums_add(&near, rows[i].value))
            continue;
        long_sum_add(&sums->sum, rows[i].value);
        long_sum_add_square(&sums->squares, rows[i].value);
    }
    near_sums_empty(&near, &sums->sum, &sums->squares);
}

static void join_two(struct two_sums *sums, const struct two_sums *others)
{
    long_sum_join(&sums->sum, &others->sum);
    long_sum_join(&sums->squares, &others->squares);
}

/* Passes the two sums of a day on as they are. */
static void copy_two(struct str *out, struct coded *coded)
{
    const unsigned char *from = coded->at;
    skip_two(coded);
    str_append_bytes(out, (const char *)from, (size_t)(coded->at - from));
}

/* The sums of a day that stands at `old`, if anywhere, and of its rows, which are added to `all`,
 * too. */
static void write_day(struct str *out, struct coded *old, const struct bin_row *rows, size_t count,
                      struct two_sums *all)
{
    struct two_sums sums = { 0 };
    if (old != NULL && count == 0) {
        copy_two(out, old);
        return;
    }
    add_rows(&sums, rows, count);
    join_two(all, &sums);
    if (old != NULL)
        read_two(old, &sums);
    write_two(out, &sums);
}

/* `before` says which days stand in `old`; a day alone shares the month's sums. */
static void write_sums(struct str *out, struct days_month *month, uint32_t before,
                       const struct bin_row *rows, size_t count)
{
    enum { ROOM = 1024 };
    struct coded whole = month->sums, *old = one_day(before) ? &whole : &month->sums;
    struct two_sums all = { 0 };
    struct str days;
    if (before != 0)
        read_two(&month->sums, &all);
    if (one_day(month->there)) {
        add_rows(&all, rows, count);
        write_two(out, &all);
        return;
    }
    str_init(&days);
    str_reserve(&days, ROOM);
    for (uint32_t left = month->there; left != 0; left &= left - 1) {
        bool known = (before & left & -left) != 0;
        size_t of_day = rows_of_day(rows, count, lowest(left));
        write_day(&days, known ? old : NULL, rows, of_day, &all);
        rows += of_day;
        count -= of_day;
    }
    write_two(out, &all);
    str_append_bytes(out, days.text, days.length);
    str_finish(&days);
}

bool days_merge(struct str *out, struct bytes old, const struct bin_row *rows, size_t count,
                bool summed)
{
    struct days_month month;
    if (!days_open(&month, old))
        return false;
    uint32_t before = month.there;
    for (size_t first = 0, of_day; first < count; first += of_day) {
        of_day = rows_of_day(&rows[first], count - first, rows[first].day);
        count_day(&month, &rows[first], of_day);
    }
    write_counts(out, &month);
    if (summed)
        write_sums(out, &month, before, rows, count);
    return !month.sums.bad;
}

/* ---- Reading ---- */

/* The sums of those days, each handed to `take`; the month's own where it is all of them. */
static void take_sums(struct days_month *month, uint32_t wanted,
                      void (*take)(struct coded *sums, void *out), void *out)
{
    if ((month->there & ~wanted) == 0) {
        struct coded whole = month->sums;
        take(&whole, out);
        month->each.bad |= whole.bad;
        return;
    }
    if (month->left == 0) {
        skip_two(&month->each);
        month->left = month->there;
    }
    for (; (month->left & wanted) != 0; month->left &= month->left - 1) {
        if (wanted & month->left & -month->left)
            take(&month->each, out);
        else
            skip_two(&month->each);
        wanted &= ~(month->left & -month->left);
    }
}

/* How many rows those days have, and which are the oldest and the newest of them. */
static struct days_day take_counts(const struct days_month *month, uint32_t wanted)
{
    struct days_day all = { 0 };
    for (uint32_t left = wanted & month->there; left != 0; left &= left - 1) {
        int place = lowest(left);
        const struct days_day *day = &month->days[place];
        if (all.n == 0)
            all.oldest = place * TIME_US_PER_DAY + day->oldest;
        all.newest = place * TIME_US_PER_DAY + day->newest;
        all.n += day->n;
    }
    return all;
}

static void take_rounded(struct coded *sums, void *out)
{
    struct day_total *total = out;
    total->sum += long_sum_value(sums);
    total->squares += long_sum_value(sums);
}

bool days_read(struct bytes days, bool summed, uint32_t wanted, struct day_total *out)
{
    struct days_month month;
    *out = (struct day_total){ 0 };
    if (!days_open(&month, days))
        return false;
    struct days_day all = take_counts(&month, wanted);
    out->n = all.n;
    out->oldest = all.oldest;
    out->newest = all.newest;
    if (summed && all.n != 0)
        take_sums(&month, wanted, take_rounded, out);
    return !month.each.bad;
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

static void take_exactly(struct coded *sums, void *out)
{
    struct day_sums *all = out;
    long_sum_read(sums, &all->sum);
    long_sum_read(sums, &all->squares);
}

bool days_add(struct days_month *month, bool summed, uint32_t wanted, int32_t first,
              struct day_sums *out)
{
    struct days_day all = take_counts(month, wanted);
    int64_t start = first * TIME_US_PER_DAY;
    if (all.n == 0)
        return true;
    if (out->n == 0 || start + all.oldest < out->oldest)
        out->oldest = start + all.oldest;
    if (out->n == 0 || start + all.newest > out->newest)
        out->newest = start + all.newest;
    out->n += all.n;
    if (summed)
        take_sums(month, wanted, take_exactly, out);
    return !month->each.bad;
}

void day_sums_join(struct day_sums *sums, const struct day_sums *other)
{
    if (other->n == 0)
        return;
    if (sums->n == 0 || other->oldest < sums->oldest)
        sums->oldest = other->oldest;
    if (sums->n == 0 || other->newest > sums->newest)
        sums->newest = other->newest;
    sums->n += other->n;
    long_sum_join(&sums->sum, &other->sum);
    long_sum_join(&sums->squares, &other->squares);
}

void day_sums_clear(struct day_sums *sums)
{
    sums->n = 0;
    long_sum_clear(&sums->sum);
    long_sum_clear(&sums->squares);
}

struct day_total day_sums_total(const struct day_sums *sums)
{
    return (struct day_total){
        .n = sums->n,
        .oldest = sums->oldest,
        .newest = sums->newest,
        .sum = long_sum_round(&sums->sum),
        .squares = long_sum_round(&sums->squares),
    };
}

uint32_t days_there(struct bytes days)
{
    struct coded coded = coded_init(days.at, days.length);
    return (uint32_t)coded_fixed(&coded, 4) & BINS_ALL_DAYS;
}
