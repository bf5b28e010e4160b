/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_part.h"

/*
 * An entry is what it is further than the one before: the bytes that its steps take, and these,
 * the lowest first.
 *
 *     bytes of the upper half's step | those of the id's << 4
 *     the upper half's step
 *     the lower half: 8 bytes; where the upper one has stayed, the bytes of its step, and these
 *     the id's step, its sign the lowest bit
 *
 * So many bytes of nothing end a part, as numbers are read 8 bytes at a time.
 */
#define NUMBER_BYTES 8

/* ---- Writing ---- */

static unsigned width_of(uint64_t number)
{
    return number == 0 ? 0 : (unsigned)(64 - __builtin_clzll(number) + 7) / 8;
}

static char *put(char *at, uint64_t number, unsigned width)
{
    uint64_t bytes = htole64(number);
    memcpy(at, &bytes, NUMBER_BYTES);
    return at + width;
}

static uint64_t fold_sign(int64_t number)
{
    return (uint64_t)number << 1 ^ (uint64_t)(number >> 63);
}

static char *put_entry(char *at, const struct index_entry *last, const struct index_entry *entry)
{
    uint64_t high = entry->high - last->high, id = fold_sign(entry->id - last->id);
    unsigned high_width = width_of(high), id_width = width_of(id);
    *at++ = (char)(high_width | id_width << 4);
    at = put(at, high, high_width);
    if (high == 0) {
        unsigned low_width = width_of(entry->low - last->low);
        *at++ = (char)low_width;
        at = put(at, entry->low - last->low, low_width);
    } else {
        at = put(at, entry->low, NUMBER_BYTES);
    }
    return put(at, id, id_width);
}

void index_part_write(const struct index_entry *entries, size_t count, struct str *out)
{
    enum { MOST = 2 + 3 * NUMBER_BYTES };
    struct index_entry last = { 0 };
    str_reserve(out, count * MOST + NUMBER_BYTES);
    char *at = out->text + out->length;
    for (size_t i = 0; i < count; i++) {
        at = put_entry(at, &last, &entries[i]);
        last = entries[i];
    }
    at = put(at, 0, NUMBER_BYTES);
    *at = '\0';
    out->length = (size_t)(at - out->text);
}

/* ---- Reading ---- */

/* What follows a part's last number are 8 bytes that are there, or the part is none. */
static uint64_t take(struct coded *coded, unsigned width)
{
    uint64_t number;
    if (width > NUMBER_BYTES || (size_t)(coded->end - coded->at) < width + NUMBER_BYTES) {
        coded->bad = true;
        return 0;
    }
    memcpy(&number, coded->at, NUMBER_BYTES);
    coded->at += width;
    return width == NUMBER_BYTES ? le64toh(number)
                                 : le64toh(number) & ((UINT64_C(1) << 8 * width) - 1);
}

static void take_entry(struct coded *coded, const struct index_entry *last, struct index_entry *out)
{
    unsigned widths = (unsigned)take(coded, 1);
    uint64_t step = take(coded, widths & 0xf);
    out->high = last->high + step;
    if (step != 0)
        out->low = take(coded, NUMBER_BYTES);
    else
        out->low = last->low + take(coded, (unsigned)take(coded, 1));
    uint64_t id = take(coded, widths >> 4);
    out->id = (int64_t)((uint64_t)last->id + (id >> 1 ^ -(id & 1)));
}

bool index_part_read(struct bytes bytes, struct index_entry out[INDEX_PART_ENTRIES], size_t *count)
{
    struct coded coded = coded_init(bytes.at, bytes.length);
    struct index_entry last = { 0 };
    *count = 0;
    while ((size_t)(coded.end - coded.at) > NUMBER_BYTES && *count < INDEX_PART_ENTRIES) {
        take_entry(&coded, &last, &out[*count]);
        if (coded.bad || out[*count].id <= 0 || index_compare(&last, &out[*count]) >= 0)
            return false;
        last = out[(*count)++];
    }
    return (size_t)(coded.end - coded.at) == NUMBER_BYTES && *count > 0;
}

/* ---- Places ---- */

static void write_half(uint64_t number, unsigned char *out)
{
    number = htobe64(number);
    memcpy(out, &number, sizeof(number));
}

static uint64_t read_half(const unsigned char *bytes)
{
    uint64_t number;
    memcpy(&number, bytes, sizeof(number));
    return be64toh(number);
}

void index_write_place(const struct index_entry *entry, unsigned char out[INDEX_PLACE_BYTES])
{
    write_half(entry->high, out);
    write_half(entry->low, out + sizeof(uint64_t));
    write_half((uint64_t)entry->id, out + 2 * sizeof(uint64_t));
}

bool index_read_place(struct bytes bytes, struct index_entry *out)
{
    const unsigned char *at = bytes.at;
    if (bytes.length != INDEX_PLACE_BYTES)
        return false;
    out->high = read_half(at);
    out->low = read_half(at + sizeof(uint64_t));
    out->id = (int64_t)read_half(at + 2 * sizeof(uint64_t));
    return true;
}
