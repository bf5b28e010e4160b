/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coding.h"

#include <endian.h>
#include <string.h>

struct coded coded_init(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    return (struct coded){ .at = at, .end = length > 0 ? at + length : at };
}

void code_number(struct str *out, uint64_t number)
{
    char bytes[10];
    size_t length = 0;
    for (; number >= 0x80; number >>= 7)
        bytes[length++] = (char)(number | 0x80);
    bytes[length++] = (char)number;
    str_append_bytes(out, bytes, length);
}

void code_signed(struct str *out, int64_t number)
{
    code_number(out, (uint64_t)number << 1 ^ (uint64_t)(number >> 63));
}

uint64_t coded_long_number(struct coded *coded)
{
    uint64_t number = 0;
    for (unsigned shift = 0; coded->at != coded->end && shift < 64; shift += 7) {
        unsigned char byte = *coded->at++;
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    coded->bad = true;
    return 0;
}

void code_fixed(struct str *out, uint64_t number, size_t width)
{
    uint64_t bytes = htole64(number);
    str_append_bytes(out, (const char *)&bytes, width);
}
