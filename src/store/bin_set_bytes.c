/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bin_set_parts.h"

#include <math.h>

#include "bin_code.h"

/* ---- Writing ---- */

/* Buckets that follow each other are written as a run of counts, which is read without a decision
 * for each; so few empty ones between two do not end it. */
#define RUN_GAP 4

struct bucket_run {
    size_t first, end;
};

/* The run that begins at `from` or behind; false where there is none. */
static bool find_run(const struct buckets *buckets, size_t from, struct bucket_run *out)
{
    size_t at = from;
    while (at < buckets->count && buckets->counts[at] == 0)
        at++;
    out->first = at;
    for (out->end = at; at < buckets->count && at - out->end < RUN_GAP; at++)
        if (buckets->counts[at] != 0)
            out->end = at + 1;
    return out->first < out->end;
}

static size_t count_runs(const struct buckets *buckets)
{
    struct bucket_run run = { 0 };
    size_t count = 0;
    while (find_run(buckets, run.end, &run))
        count++;
    return count;
}

/* Bytes that the greatest count needs. */
static size_t width_of(const struct bin_set *set)
{
    uint64_t all = 0;
    for (size_t i = 0; i < set->below.count; i++)
        all |= set->below.counts[i];
    for (size_t i = 0; i < set->above.count; i++)
        all |= set->above.counts[i];
    return all <= UINT8_MAX ? 1 : all <= UINT16_MAX ? 2 : 8;
}

static void write_buckets(struct str *out, const struct buckets *buckets, size_t width)
{
    struct bucket_run run = { 0 };
    int64_t next = 0;
    code_number(out, count_runs(buckets));
    while (find_run(buckets, run.end, &run)) {
        int64_t first = buckets->first + (int64_t)run.first;
        code_number(out, (uint64_t)(first - next));
        code_number(out, run.end - run.first);
        for (size_t i = run.first; i < run.end; i++)
            code_fixed(out, buckets->counts[i], width);
        next = buckets->first + (int64_t)run.end;
    }
}

void bin_set_write(struct bin_set *set, struct str *out)
{
    bin_set_settle(set);
    size_t width = width_of(set);
    code_number(out, set->sketched ? width : 0);
    code_number(out, set->count);
    for (size_t i = 0; i < set->count; i++) {
        code_fixed(out, (uint64_t)value_key(set->exact[i].value), sizeof(int64_t));
        code_number(out, set->exact[i].count);
    }
    if (set->sketched) {
        write_buckets(out, &set->below, width);
        write_buckets(out, &set->above, width);
    }
    bin_set_clear(set);
}

/* ---- Reading ---- */

static void read_exact(struct bin_set *set, struct coded *coded)
{
    uint64_t count = coded_number(coded);
    for (uint64_t i = 0; i < count && !coded->bad; i++) {
        double value = key_value((int64_t)coded_fixed(coded, sizeof(int64_t)));
        uint64_t times = coded_number(coded);
        coded->bad |= !isfinite(value);
        if (!coded->bad)
            bin_set_add_exact(set, value, times);
    }
}

/* Four at a time, which is less of a loop. */
static void add_bytes(uint64_t *restrict into, const unsigned char *restrict from, size_t count)
{
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        into[i] += from[i];
        into[i + 1] += from[i + 1];
        into[i + 2] += from[i + 2];
        into[i + 3] += from[i + 3];
    }
    for (; i < count; i++)
        into[i] += from[i];
}

static void add_counts(uint64_t *counts, struct coded run, size_t width, size_t length)
{
    if (width == 1) /* nearly always */
        add_bytes(counts, run.at, length);
    else
        for (size_t i = 0; i < length; i++)
            counts[i] += coded_fixed(&run, width);
}

static void read_buckets(struct arena *arena, struct buckets *buckets, struct coded *coded,
                         size_t width)
{
    uint64_t bucket = 0;
    for (uint64_t runs = coded_number(coded); runs > 0 && !coded->bad; runs--) {
        uint64_t gap = coded_number(coded), length = coded_number(coded);
        bool sane = gap <= BUCKET_MAX && length > 0 && length <= BUCKET_MAX &&
                    bucket + gap + length <= BUCKET_MAX + 1 && bucket + gap > 0;
        struct coded run = *coded;
        if (!sane || coded_bytes(coded, (size_t)length * width) == NULL) {
            coded->bad = true;
            return;
        }
        bucket += gap;
        buckets_reach(arena, buckets, (int32_t)bucket);
        buckets_reach(arena, buckets, (int32_t)(bucket + length - 1));
        add_counts(buckets->counts + ((int32_t)bucket - buckets->first), run, width,
                   (size_t)length);
        bucket += length;
    }
}

bool bin_set_read(struct bin_set *set, struct bytes bytes)
{
    struct coded coded = coded_init(bytes.at, bytes.length);
    uint64_t width = coded_number(&coded);
    read_exact(set, &coded);
    coded.bad |= width > sizeof(uint64_t);
    if (width > 0 && !coded.bad) {
        set->sketched = true;
        read_buckets(set->arena, &set->below, &coded, (size_t)width);
        read_buckets(set->arena, &set->above, &coded, (size_t)width);
    }
    return !coded.bad;
}
