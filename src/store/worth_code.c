/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worth_code.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/memory.h>

#include "long_sum.h"

#define DIGEST_BYTES 8
#define SHARE_BYTES 3 /* at least */

/* ---- Purses ---- */

uint64_t purse_of(uint32_t currency, uint32_t touchpoint)
{
    if (currency != 0)
        return (uint64_t)currency << 1;
    return touchpoint != 0 ? (uint64_t)touchpoint << 1 | 1 : 0;
}

uint32_t purse_currency(uint64_t purse)
{
    return (purse & 1) == 0 ? (uint32_t)(purse >> 1) : 0;
}

/* ---- Cases ---- */

void case_worth_finish(struct case_worth *worth)
{
    free(worth->shares);
    *worth = (struct case_worth){ 0 };
}

void case_worth_clear(struct case_worth *worth, uint64_t digest)
{
    worth->digest = digest;
    worth->whole = false;
    worth->count = 0;
}

void case_worth_add(struct case_worth *worth, struct worth_share share)
{
    if (worth->count == worth->capacity) {
        worth->capacity = memory_product(worth->capacity + 4, 2);
        worth->shares =
            memory_resize(worth->shares, memory_product(worth->capacity, sizeof(*worth->shares)));
    }
    worth->shares[worth->count++] = share;
}

void case_worth_add_event(struct case_worth *worth, uint64_t purse, double value)
{
    if (purse != 0 && isfinite(value))
        case_worth_add(worth, (struct worth_share){ .purse = purse, .events = 1, .value = value });
}

/* ---- Sums ---- */

static struct coded read_sum(const struct worth_share *share)
{
    return coded_init(share->sum.at, share->sum.length);
}

static void add_share(struct long_sum *sum, const struct worth_share *share)
{
    if (share->sum.length == 0) {
        long_sum_add(sum, share->value);
        return;
    }
    struct coded coded = read_sum(share);
    long_sum_read(&coded, sum);
}

static double value_of(const struct worth_share *share)
{
    struct coded coded = read_sum(share);
    return share->sum.length > 0 ? (double)long_sum_value(&coded) : share->value;
}

static double add_all(const struct case_worth *worth, uint64_t purse)
{
    struct long_sum sum = { 0 };
    for (size_t i = 0; i < worth->count; i++)
        if (worth->shares[i].purse == purse)
            add_share(&sum, &worth->shares[i]);
    return (double)long_sum_round(&sum);
}

double case_worth_sum(const struct case_worth *worth, uint64_t purse, uint64_t *events)
{
    const struct worth_share *last = NULL;
    size_t count = 0;
    *events = 0;
    for (size_t i = 0; i < worth->count; i++) {
        if (worth->shares[i].purse != purse)
            continue;
        last = &worth->shares[i];
        *events += last->events;
        count++;
    }
    if (count == 0)
        return 0;
    return count == 1 ? value_of(last) : add_all(worth, purse);
}

/* ---- Writing ---- */

static int by_purse(const void *left, const void *right)
{
    const struct worth_share *a = left, *b = right;
    return (a->purse > b->purse) - (a->purse < b->purse);
}

/* As they are where all are of one purse, as nearly always. */
static bool is_sorted(const struct case_worth *worth)
{
    for (size_t i = 1; i < worth->count; i++)
        if (worth->shares[i].purse < worth->shares[i - 1].purse)
            return false;
    return true;
}

static size_t count_purses(const struct case_worth *worth)
{
    size_t purses = 0;
    for (size_t i = 0; i < worth->count; i++)
        purses += i == 0 || worth->shares[i].purse != worth->shares[i - 1].purse;
    return purses;
}

/* Shares of one purse. */
static void write_purse(struct str *out, const struct worth_share *shares, size_t count)
{
    struct long_sum sum = { 0 };
    uint64_t events = 0;
    for (size_t i = 0; i < count; i++) {
        add_share(&sum, &shares[i]);
        events += shares[i].events;
    }
    code_number(out, shares->purse);
    code_number(out, events);
    long_sum_write(out, &sum);
}

void case_worth_write(struct str *out, struct case_worth *worth)
{
    if (!is_sorted(worth))
        qsort(worth->shares, worth->count, sizeof(*worth->shares), by_purse);
    code_fixed(out, worth->digest, DIGEST_BYTES);
    code_number(out, count_purses(worth) << 1 | worth->whole);
    for (size_t first = 0, end; first < worth->count; first = end) {
        const struct worth_share *shares = &worth->shares[first];
        for (end = first + 1; end < worth->count && worth->shares[end].purse == shares->purse;)
            end++;
        write_purse(out, shares, end - first);
    }
}

/* ---- Reading ---- */

static struct worth_share read_share(struct coded *part)
{
    struct worth_share share = { .purse = coded_number(part) };
    share.events = coded_number(part);
    share.sum.at = part->at;
    long_sum_skip(part);
    share.sum.length = (size_t)(part->at - (const unsigned char *)share.sum.at);
    return share;
}

enum part_result case_worth_read(struct coded *part, struct case_worth *out)
{
    if (part->at == part->end)
        return PART_END;
    case_worth_clear(out, coded_fixed(part, DIGEST_BYTES));
    uint64_t head = coded_number(part), count = head >> 1;
    out->whole = (head & 1) != 0;
    if (part->bad || count > (uint64_t)(part->end - part->at) / SHARE_BYTES)
        return PART_BAD;
    for (uint64_t i = 0; i < count; i++)
        case_worth_add(out, read_share(part));
    return part->bad ? PART_BAD : PART_CASE;
}
