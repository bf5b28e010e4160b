/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "long_sum.h"

#include <endian.h>
#include <math.h>
#include <string.h>

#define LIMB_BITS 64
#define LIMB_BYTES 8
#define DOUBLE_BIAS 1075 /* of a double's exponent, where its fraction is a whole number */
#define ORIGIN 2176      /* bits below the point, a multiple of a limb's */
#define ORIGIN_BYTE (ORIGIN / 8)
#define SUM_BYTES ((LONG_SUM_LIMBS - 1) * LIMB_BYTES) /* room for what is carried, and a sign */

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
    return (
        struct parts){ .whole = whole, .exponent = exponent - DOUBLE_BIAS, .negative = bits >> 63 };
}

void long_sum_clear(struct long_sum *sum)
{
    for (int i = sum->first; i < sum->end; i++)
        sum->limbs[i] = 0;
    sum->first = sum->end = 0;
}

static inline void reach(struct long_sum *sum, int first, int end)
{
    bool empty = sum->first == sum->end;
    if (empty || first < sum->first)
        sum->first = first;
    if (empty || end > sum->end)
        sum->end = end;
}

/* Adds a number from a limb on. */
static inline void add_up(struct long_sum *sum, int at, unsigned __int128 number)
{
    int first = at;
    unsigned __int128 part = (unsigned __int128)sum->limbs[at] + (uint64_t)number;
    sum->limbs[at++] = (uint64_t)part;
    part = (part >> LIMB_BITS) + sum->limbs[at] + (uint64_t)(number >> LIMB_BITS);
    sum->limbs[at++] = (uint64_t)part;
    for (bool carried = part >> LIMB_BITS != 0; carried && at < LONG_SUM_LIMBS; at++)
        carried = ++sum->limbs[at] == 0;
    reach(sum, first, at);
}

static inline void take_off(struct long_sum *sum, int at, unsigned __int128 number)
{
    int first = at;
    unsigned __int128 part = (unsigned __int128)sum->limbs[at] - (uint64_t)number;
    sum->limbs[at++] = (uint64_t)part;
    bool lent = part >> LIMB_BITS != 0;
    part = (unsigned __int128)sum->limbs[at] - (uint64_t)(number >> LIMB_BITS) - lent;
    sum->limbs[at++] = (uint64_t)part;
    for (lent = part >> LIMB_BITS != 0; lent && at < LONG_SUM_LIMBS; at++)
        lent = sum->limbs[at]-- == 0;
    reach(sum, first, at);
}

/* Adds whole · 2^place, the places counted from the lowest limb's first bit. */
static inline void add_part(struct long_sum *sum, uint64_t whole, int place, bool negative)
{
    unsigned __int128 number = (unsigned __int128)whole << place % LIMB_BITS;
    if (negative)
        take_off(sum, place / LIMB_BITS, number);
    else
        add_up(sum, place / LIMB_BITS, number);
}

void long_sum_add(struct long_sum *sum, double value)
{
    struct parts parts = take_apart(value);
    add_part(sum, parts.whole, parts.exponent + ORIGIN, parts.negative);
}

void long_sum_add_square(struct long_sum *sum, double value)
{
    struct parts parts = take_apart(value);
    unsigned __int128 square = (unsigned __int128)parts.whole * parts.whole;
    int place = 2 * parts.exponent + ORIGIN;
    add_part(sum, (uint64_t)square, place, false);
    add_part(sum, (uint64_t)(square >> LIMB_BITS), place + LIMB_BITS, false);
}

/* Adds whole · 2^place of up to 128 bits. */
static void add_long(struct long_sum *sum, unsigned __int128 whole, int place, bool negative)
{
    add_part(sum, (uint64_t)whole, place, negative);
    if (whole >> LIMB_BITS != 0)
        add_part(sum, (uint64_t)(whole >> LIMB_BITS), place + LIMB_BITS, negative);
}

/* From the highest exponent down, as long as there is room for what is shifted. */
void near_sums_empty(struct near_sums *near, struct long_sum *sum, struct long_sum *squares)
{
    enum { ROOM = 3 };
    __int128 total = 0;
    unsigned __int128 square = 0;
    if (near->used == 0)
        return;
    int low = __builtin_ctz(near->used), lowest = near->lowest - DOUBLE_BIAS;
    for (int at = NEAR_EXPONENTS - 1; at >= low; at--) {
        if (square >> (2 * LIMB_BITS - ROOM) != 0) {
            add_long(squares, square, 2 * (lowest + at + 1) + ORIGIN, false);
            square = 0;
        }
        total = total * 2 + near->sums[at];
        square = square * 4 + near->squares[at];
        near->sums[at] = 0;
        near->squares[at] = 0;
    }
    bool negative = total < 0;
    add_long(sum, (unsigned __int128)(negative ? -total : total), lowest + low + ORIGIN, negative);
    add_long(squares, square, 2 * (lowest + low) + ORIGIN, false);
    near->used = near->count = 0;
}

void long_sum_join(struct long_sum *sum, const struct long_sum *other)
{
    bool carried = false;
    int at = other->first;
    for (; at < other->end; at++) {
        unsigned __int128 part = (unsigned __int128)sum->limbs[at] + other->limbs[at] + carried;
        sum->limbs[at] = (uint64_t)part;
        carried = part >> LIMB_BITS != 0;
    }
    for (; carried && at < LONG_SUM_LIMBS; at++)
        carried = ++sum->limbs[at] == 0;
    if (other->first < other->end)
        reach(sum, other->first, at);
}

/* ---- Written down ---- */

static bool is_negative(const struct long_sum *sum)
{
    return sum->limbs[LONG_SUM_LIMBS - 1] >> (LIMB_BITS - 1) != 0;
}

static void negate(struct long_sum *sum)
{
    bool carried = true;
    for (int i = 0; i < LONG_SUM_LIMBS; i++) {
        sum->limbs[i] = ~sum->limbs[i] + carried;
        carried = carried && sum->limbs[i] == 0;
    }
}

static void write_magnitude(struct str *out, const struct long_sum *sum, bool negative)
{
    char bytes[LONG_SUM_LIMBS * LIMB_BYTES];
    int first = sum->first, end = sum->end, skipped, count;
    while (first < end && sum->limbs[first] == 0)
        first++;
    while (end > first && sum->limbs[end - 1] == 0)
        end--;
    if (first == end) {
        code_number(out, negative);
        return;
    }
    for (int i = first; i < end; i++) {
        uint64_t limb = htole64(sum->limbs[i]);
        memcpy(&bytes[(i - first) * LIMB_BYTES], &limb, LIMB_BYTES);
    }
    skipped = __builtin_ctzll(sum->limbs[first]) / 8;
    count = (end - first) * LIMB_BYTES - __builtin_clzll(sum->limbs[end - 1]) / 8 - skipped;
    code_number(out, (uint64_t)count << 1 | negative);
    code_signed(out, first * LIMB_BYTES + skipped - ORIGIN_BYTE);
    str_append_bytes(out, bytes + skipped, (size_t)count);
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
    for (int i = 0; i < written.count; i += LIMB_BYTES) {
        int left = written.count - i;
        uint64_t number = 0;
        memcpy(&number, written.bytes + i, left < LIMB_BYTES ? (size_t)left : LIMB_BYTES);
        add_part(sum, le64toh(number), (written.first + i) * 8, written.negative);
    }
}

/* As nearly all sums are. */
static long double short_value(const struct written *written)
{
    uint64_t whole = 0;
    for (int i = written->count; i > 0; i--)
        whole = whole << 8 | written->bytes[i - 1];
    if (whole == 0)
        return 0;
    long double value = ldexpl((long double)whole, 8 * written->first - ORIGIN);
    return written->negative ? -value : value;
}

long double long_sum_value(struct coded *coded)
{
    enum { MOST = 16 };
    struct written written = read_written(coded);
    unsigned __int128 top = 0;
    if (written.count <= 8)
        return short_value(&written);
    int skipped = written.count > MOST ? written.count - MOST : 0;
    for (int i = written.count; i > skipped; i--)
        top = top << 8 | written.bytes[i - 1];
    if (top == 0)
        return 0;
    long double value = ldexpl((long double)top, 8 * (written.first + skipped) - ORIGIN);
    return written.negative ? -value : value;
}

/* From the bytes that long_sum_value() would look at. */
static long double round_magnitude(const struct long_sum *sum)
{
    enum { MOST = 16 };
    int end = sum->end;
    while (end > sum->first && sum->limbs[end - 1] == 0)
        end--;
    if (end == sum->first)
        return 0;
    int last = end * LIMB_BYTES - __builtin_clzll(sum->limbs[end - 1]) / 8, from = last - MOST;
    unsigned __int128 top = 0;
    for (int i = last - 1; i >= from && i >= 0; i--)
        top = top << 8 | (sum->limbs[i / LIMB_BYTES] >> i % LIMB_BYTES * 8 & 0xff);
    return ldexpl((long double)top, 8 * (from > 0 ? from : 0) - ORIGIN);
}

long double long_sum_round(const struct long_sum *sum)
{
    if (!is_negative(sum))
        return round_magnitude(sum);
    struct long_sum opposite = *sum;
    negate(&opposite);
    return -round_magnitude(&opposite);
}
