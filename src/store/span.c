/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "span.h"

#include <assert.h>
#include <endian.h>
#include <string.h>

#include <stellwerk/base/array.h>

/* ---- Pieces ---- */

static const enum period_kind periods[] = {
    [SPAN_WEEK] = PERIOD_WEEK,
    [SPAN_MONTH] = PERIOD_MONTH,
};

static_assert(ARRAY_LEN(periods) == SPAN_UNITS);

enum period_kind span_period(enum span_unit unit)
{
    return periods[unit];
}

bool span_unit_of(enum period_kind kind, enum span_unit *out)
{
    *out = kind == PERIOD_WEEK ? SPAN_WEEK : SPAN_MONTH;
    return kind == PERIOD_WEEK || kind == PERIOD_MONTH || kind == PERIOD_QUARTER;
}

int32_t span_chunk(int64_t piece)
{
    return (int32_t)((piece - span_place(piece)) / SPAN_PIECES);
}

int span_place(int64_t piece)
{
    return (int)(((uint64_t)piece) % SPAN_PIECES);
}

int64_t span_piece(int32_t chunk, int place)
{
    return (int64_t)chunk * SPAN_PIECES + place;
}

/* ---- Writing ---- */

static void write_word(struct str *out, uint64_t word)
{
    code_fixed(out, word, sizeof(word));
}

static void write_double(struct str *out, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof(bits));
    write_word(out, bits);
}

void span_write_totals(struct str *out, const struct span_total totals[SPAN_PIECES], bool summed)
{
    uint64_t there = 0;
    for (int i = 0; i < SPAN_PIECES; i++)
        there |= totals[i].n > 0 ? UINT64_C(1) << i : 0;
    write_word(out, there);
    for (; there != 0; there &= there - 1) {
        const struct span_total *total = &totals[__builtin_ctzll(there)];
        write_word(out, total->n);
        write_word(out, (uint64_t)total->oldest);
        write_word(out, (uint64_t)total->newest);
        if (!summed)
            continue;
        write_double(out, total->mean);
        write_double(out, total->squares);
    }
}

void span_write_bins(struct str *out, struct bin_set *const sets[SPAN_PIECES], uint64_t there)
{
    struct str piece;
    str_init(&piece);
    write_word(out, there);
    for (; there != 0; there &= there - 1) {
        str_clear(&piece);
        bin_set_write(sets[__builtin_ctzll(there)], &piece);
        code_number(out, piece.length);
        str_append_bytes(out, piece.text, piece.length);
    }
    str_finish(&piece);
}

/* ---- Reading ---- */

/* Where it is known that the bytes are there. */
static uint64_t read_word(struct coded *coded)
{
    uint64_t word;
    memcpy(&word, coded->at, sizeof(word));
    coded->at += sizeof(word);
    return le64toh(word);
}

static double read_double(struct coded *coded)
{
    uint64_t bits = read_word(coded);
    double number;
    memcpy(&number, &bits, sizeof(number));
    return number;
}

bool span_open_totals(struct span_reader *reader, struct bytes bytes, bool summed)
{
    size_t words = summed ? 5 : 3;
    if (!span_open_bins(reader, bytes))
        return false;
    reader->summed = summed;
    return bytes.length == 8 * (1 + words * (size_t)__builtin_popcountll(reader->there));
}

bool span_open_bins(struct span_reader *reader, struct bytes bytes)
{
    *reader = (struct span_reader){ .coded = coded_init(bytes.at, bytes.length) };
    reader->there = coded_fixed(&reader->coded, 8);
    return !reader->coded.bad;
}

static int next_place(struct span_reader *reader)
{
    int place = __builtin_ctzll(reader->there);
    reader->there &= reader->there - 1;
    return place;
}

bool span_next_total(struct span_reader *reader, int *place, struct span_total *out)
{
    struct coded *coded = &reader->coded;
    if (reader->there == 0)
        return false;
    *place = next_place(reader);
    out->n = read_word(coded);
    out->oldest = (int64_t)read_word(coded);
    out->newest = (int64_t)read_word(coded);
    out->mean = reader->summed ? read_double(coded) : 0;
    out->squares = reader->summed ? read_double(coded) : 0;
    return true;
}

bool span_next_bins(struct span_reader *reader, int *place, struct bytes *out)
{
    struct coded *coded = &reader->coded;
    if (reader->there == 0 || coded->bad)
        return false;
    *place = next_place(reader);
    out->length = (size_t)coded_number(coded);
    out->at = coded_bytes(coded, out->length);
    return !coded->bad;
}
