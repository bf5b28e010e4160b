/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "long_sum.h"

#include <math.h>
#include <string.h>

#define LIMB_BITS 32
#define LIMB_BYTES 4
#define ORIGIN 2176 /* bits below the point, a multiple of a limb's */
#define ORIGIN_BYTE (ORIGIN / 8)
#define SUM_BYTES ((LONG_SUM_LIMBS - 2) * LIMB_BYTES) /* room for what is carried, and a sign */

/* A double as sign · whole · 2^exponent. */
struct parts {
    uint64_t whole;
    int exponent;
    bool negative;
};

static struct parts take_apart(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    int exponent = (int)(bits >> 52 & 0x7ff);
    uint64_t whole = bits & ((UINT64_C(1) << 52) - 1);
    if (exponent > 0)
        whole |= UINT64_C(1) << 52;
    else
        exponent = 1;
    return (struct parts){ .whole = whole, .exponent = exponent - 1075, .negative = bits >> 63 };
}

void long_sum_clear(struct long_sum *sum)
{
    if (sum->first < sum->end)
        memset(&sum->limbs[sum->first], 0,
               (size_t)(sum->end - sum->first) * sizeof(sum->limbs[0]));
    sum->first = sum->end = 0;
}

static void reach(struct long_sum *sum, int first, int end)
{
    bool empty = sum->first == sum->end;
    if (empty || first < sum->first)
        sum->first = first;
    if (empty || end > sum->end)
        sum->end = end;
}

/* Adds a number < 2^63 from a limb on. */
static void add_up(struct long_sum *sum, int at, uint64_t number)
{
    int first = at;
    for (; number != 0 && at < LONG_SUM_LIMBS; at++) {
        number += sum->limbs[at];
        sum->limbs[at] = (uint32_t)number;
        number >>= LIMB_BITS;
    }
    reach(sum, first, at);
}

static void take_off(struct long_sum *sum, int at, uint64_t number)
{
    int first = at;
    for (; number != 0 && at < LONG_SUM_LIMBS; at++) {
        uint64_t left = (uint64_t)sum->limbs[at] - (uint32_t)number;
        sum->limbs[at] = (uint32_t)left;
        number = (number >> LIMB_BITS) + (left >> 63);
    }
    reach(sum, first, at);
}

static void add_at(struct long_sum *sum, int at, uint64_t number, bool negative)
{
    if (negative)
        take_off(sum, at, number);
    else
        add_up(sum, at, number);
}

/* Adds whole · 2^exponent, so often. */
static void add_part(struct long_sum *sum, uint64_t whole, int exponent, uint32_t times,
                     bool negative)
{
    int place = exponent + ORIGIN, at = place / LIMB_BITS;
    unsigned __int128 rest = (unsigned __int128)whole << place % LIMB_BITS;
    for (; rest != 0; rest >>= LIMB_BITS)
        add_at(sum, at++, (uint64_t)(uint32_t)rest * times, negative);
}

void long_sum_add(struct long_sum *sum, double value, uint32_t times)
{
    struct parts parts = take_apart(value);
    add_part(sum, parts.whole, parts.exponent, times, parts.negative);
}

void long_sum_add_square(struct long_sum *sum, double value, uint32_t times)
{
    struct parts parts = take_apart(value);
    unsigned __int128 square = (unsigned __int128)parts.whole * parts.whole;
    add_part(sum, (uint64_t)square, 2 * parts.exponent, times, false);
    add_part(sum, (uint64_t)(square >> 64), 2 * parts.exponent + 64, times, false);
}

/* ---- Written down ---- */

static bool is_negative(const struct long_sum *sum)
{
    return sum->limbs[LONG_SUM_LIMBS - 1] >> 31 != 0;
}

static void negate(struct long_sum *sum)
{
    uint64_t carried = 1;
    for (int i = 0; i < LONG_SUM_LIMBS; i++) {
        carried += (uint32_t)~sum->limbs[i];
        sum->limbs[i] = (uint32_t)carried;
        carried >>= LIMB_BITS;
    }
}

static unsigned char byte_at(const struct long_sum *sum, int place)
{
    return (unsigned char)(sum->limbs[place / LIMB_BYTES] >> 8 * (place % LIMB_BYTES));
}

static void write_magnitude(struct str *out, const struct long_sum *sum, bool negative)
{
    int first = sum->first * LIMB_BYTES, end = sum->end * LIMB_BYTES;
    while (first < end && byte_at(sum, first) == 0)
        first++;
    while (end > first && byte_at(sum, end - 1) == 0)
        end--;
    code_number(out, (uint64_t)(end - first) << 1 | negative);
    if (first == end)
        return;
    code_signed(out, first - ORIGIN_BYTE);
    for (int i = first; i < end; i++)
        str_append_char(out, (char)byte_at(sum, i));
}

void long_sum_write(struct str *out, const struct long_sum *sum)
{
    if (!is_negative(sum)) {
        write_magnitude(out, sum, false);
        return;
    }
    struct long_sum opposite = *sum;
    negate(&opposite);
    write_magnitude(out, &opposite, true);
}

/* A sum as its bytes stand there. */
struct written {
    const unsigned char *bytes; /* NULL for 0 */
    int first, count;
    bool negative;
};

static struct written read_written(struct coded *coded)
{
    uint64_t head = coded_number(coded), count = head >> 1;
    struct written written = { .negative = head & 1 };
    if (count == 0 || count > SUM_BYTES) {
        coded->bad |= count != 0;
        return written;
    }
    int64_t first = coded_signed(coded) + ORIGIN_BYTE;
    written.bytes = coded_bytes(coded, count);
    if (first < 0 || first > SUM_BYTES - (int64_t)count) {
        coded->bad = true;
        written.bytes = NULL;
    }
    written.first = (int)first;
    written.count = written.bytes != NULL ? (int)count : 0;
    return written;
}

void long_sum_read(struct coded *coded, struct long_sum *sum)
{
    struct written written = read_written(coded);
    for (int i = 0; i < written.count;) {
        int place = written.first + i, limb = place / LIMB_BYTES;
        uint64_t number = 0;
        for (; i < written.count && (written.first + i) / LIMB_BYTES == limb; i++)
            number |= (uint64_t)written.bytes[i] << 8 * ((written.first + i) % LIMB_BYTES);
        add_at(sum, limb, number, written.negative);
    }
}

long double long_sum_value(struct coded *coded)
{
    enum { MOST = 16 };
    struct written written = read_written(coded);
    unsigned __int128 top = 0;
    int skipped = written.count > MOST ? written.count - MOST : 0;
    for (int i = written.count; i > skipped; i--)
        top = top << 8 | written.bytes[i - 1];
    if (top == 0)
        return 0;
    long double value = ldexpl((long double)top, 8 * (written.first + skipped) - ORIGIN);
    return written.negative ? -value : value;
}

void long_sum_skip(struct coded *coded)
{
    (void)read_written(coded);
}
