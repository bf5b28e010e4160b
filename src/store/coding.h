/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers as bytes, small ones in few: what rollups are written with. Private to store/.
 *
 * A reader is handed bytes of a file that may be anybody's: whatever it is asked for beyond the
 * end, or that is no number, is 0 and sets `bad`, which is looked at once, behind the last number.
 */
#ifndef STELLWERK_SRC_STORE_CODING_H
#define STELLWERK_SRC_STORE_CODING_H

#include <endian.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <stellwerk/base/str.h>

/* Bytes of a store; nothing where there are none. */
struct bytes {
    const void *at;
    size_t length;
};

struct coded {
    const unsigned char *at, *end;
    bool bad;
};

struct coded coded_init(const void *bytes, size_t length);

/* What a number takes at most. */
#define CODE_NUMBER_BYTES 10

/* Seven bits a byte, the lowest first; of signed numbers the sign is the lowest bit. */
void code_number(struct str *out, uint64_t number);
void code_signed(struct str *out, int64_t number);
uint64_t coded_long_number(struct coded *coded);

/* The same where there is room; returns where it ends. */
static inline char *code_number_at(char *at, uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        *at++ = (char)(number | 0x80);
    *at++ = (char)number;
    return at;
}

static inline uint64_t code_of_signed(int64_t number)
{
    return (uint64_t)number << 1 ^ (uint64_t)(number >> 63);
}

/* Most numbers are of one byte, and they are read by the million. */
static inline uint64_t coded_number(struct coded *coded)
{
    bool is_short = coded->at != coded->end && *coded->at < 0x80;
    return is_short ? *coded->at++ : coded_long_number(coded);
}

static inline int64_t coded_signed(struct coded *coded)
{
    uint64_t number = coded_number(coded);
    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

/* The next `length` bytes, which are passed over; NULL where there are not as many. */
static inline const unsigned char *coded_bytes(struct coded *coded, size_t length)
{
    const unsigned char *bytes = coded->at;
    if ((size_t)(coded->end - coded->at) < length) {
        coded->bad = true;
        coded->at = coded->end;
        return NULL;
    }
    coded->at += length;
    return bytes;
}

/* `width` bytes, at most 8, the lowest first. */
void code_fixed(struct str *out, uint64_t number, size_t width);

static inline uint64_t coded_fixed(struct coded *coded, size_t width)
{
    uint64_t number = 0;
    const unsigned char *bytes = coded_bytes(coded, width);
    if (bytes != NULL)
        memcpy(&number, bytes, width);
    return le64toh(number);
}

#endif
