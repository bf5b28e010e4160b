/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coding.h"

#include <endian.h>
#include <string.h>

struct coded coded_init(const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    return (struct coded){ .at = at, .end = length > 0 ? at + length : at };
}

/* Numbers are many, and nearly always there is room. */
void code_number(struct str *out, uint64_t number)
{
    if (out->capacity - out->length <= CODE_NUMBER_BYTES)
        str_reserve(out, CODE_NUMBER_BYTES);
    char *end = code_number_at(out->text + out->length, number);
    *end = '\0';
    out->length = (size_t)(end - out->text);
}

void code_signed(struct str *out, int64_t number)
{
    code_number(out, code_of_signed(number));
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
