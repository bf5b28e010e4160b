/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sequence_code.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/memory.h>

#include "coding.h"

#define PART_EVENTS 8192 /* some 32 kB */

/* Beside the bits of what a case says. */
#define WHOLE (1u << SAID_COUNT)

static const int64_t units[] = { 1, 1000, 1000000, 60000000 }; /* microseconds */

/* ---- Cases ---- */

void case_events_finish(struct case_events *events)
{
    free(events->events);
    *events = (struct case_events){ 0 };
}

void case_events_clear(struct case_events *events, uint64_t digest)
{
    events->digest = digest;
    events->whole = false;
    events->count = 0;
    memset(events->said, 0, sizeof(events->said));
}

static void make_room(struct case_events *events, size_t count)
{
    if (count <= events->capacity)
        return;
    events->capacity = memory_product(count, 2);
    events->events =
        memory_resize(events->events, memory_product(events->capacity, sizeof(*events->events)));
}

void case_events_add(struct case_events *events, struct case_event event,
                     const uint32_t words[SAID_COUNT])
{
    for (int i = 0; i < SAID_COUNT; i++)
        if (words[i] != 0 && events->said[i].word == 0)
            events->said[i] = (struct said_word){ words[i], (uint32_t)events->count };
    make_room(events, events->count + 1);
    events->events[events->count++] = event;
}

/* Whether the name is a case's or a person's is part of it. */
uint64_t case_digest(const char *case_id, const char *person_id)
{
    const char *name = case_id != NULL ? case_id : person_id != NULL ? person_id : "";
    struct digest digest = digest_bytes(name, strlen(name));
    return digest.low ^ (case_id != NULL ? 0 : UINT64_C(0x9e3779b97f4a7c15));
}

/* ---- Writing ---- */

void part_writer_finish(struct part_writer *writer)
{
    free(writer->cases);
    free(writer->events);
    *writer = (struct part_writer){ 0 };
}

static struct part_case *next_case(struct part_writer *writer)
{
    if (writer->count == writer->capacity) {
        writer->capacity = memory_product(writer->capacity + 32, 2);
        writer->cases =
            memory_resize(writer->cases, memory_product(writer->capacity, sizeof(*writer->cases)));
    }
    return &writer->cases[writer->count++];
}

static void copy_events(struct part_writer *writer, const struct case_event *events, size_t count)
{
    size_t wanted = memory_sum(writer->event_count, count);
    if (wanted >= writer->event_capacity) {
        writer->event_capacity = memory_product(memory_sum(wanted, 1), 2);
        writer->events = memory_resize(
            writer->events, memory_product(writer->event_capacity, sizeof(*writer->events)));
    }
    if (count > 0)
        memcpy(&writer->events[writer->event_count], events, count * sizeof(*events));
    writer->event_count = wanted;
}

bool part_put(struct part_writer *writer, const struct case_events *events)
{
    struct part_case *copy = next_case(writer);
    copy->digest = events->digest;
    copy->whole = events->whole;
    memcpy(copy->said, events->said, sizeof(copy->said));
    copy->count = events->count;
    copy_events(writer, events->events, events->count);
    return writer->event_count >= PART_EVENTS;
}

/* With divisors that the compiler knows, as dividing takes long. */
static bool divides(int64_t ts, size_t unit)
{
    switch (unit) {
    case 0:
        return ts % units[0] == 0;
    case 1:
        return ts % units[1] == 0;
    case 2:
        return ts % units[2] == 0;
    default:
        return ts % units[3] == 0;
    }
}

static size_t find_unit(const struct part_writer *writer)
{
    size_t unit = ARRAY_LEN(units) - 1;
    for (size_t i = 0; i < writer->event_count; i++)
        while (!divides(writer->events[i].ts, unit))
            unit--;
    return unit;
}

#define SAID_BYTES (2 * SAID_COUNT * CODE_NUMBER_BYTES)
#define CASE_BYTES (3 * CODE_NUMBER_BYTES + SAID_BYTES)
#define EVENT_BYTES (2 * CODE_NUMBER_BYTES)

static char *write_said(char *at, const struct part_case *item)
{
    unsigned mask = item->whole ? WHOLE : 0;
    for (int i = 0; i < SAID_COUNT; i++)
        mask |= item->said[i].word != 0 ? 1u << i : 0;
    at = code_number_at(at, mask);
    for (int i = 0; i < SAID_COUNT; i++) {
        if ((mask & 1u << i) == 0)
            continue;
        at = code_number_at(at, item->said[i].word);
        at = code_number_at(at, item->said[i].at);
    }
    return at;
}

/* The first time is signed, and each other is what has passed since the one before. */
static inline char *write_in_units(char *at, const struct case_event *events, size_t count,
                                   int64_t unit)
{
    int64_t last = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t now = events[i].ts / unit;
        at = code_number_at(at, events[i].stand);
        at = code_number_at(at, i == 0 ? code_of_signed(now) : (uint64_t)now - (uint64_t)last);
        last = now;
    }
    return at;
}

/* As divides(). */
static char *write_events(char *at, const struct case_event *events, size_t count, size_t unit)
{
    switch (unit) {
    case 0:
        return write_in_units(at, events, count, units[0]);
    case 1:
        return write_in_units(at, events, count, units[1]);
    case 2:
        return write_in_units(at, events, count, units[2]);
    default:
        return write_in_units(at, events, count, units[3]);
    }
}

void part_write(struct part_writer *writer, struct str *out)
{
    const struct case_event *events = writer->events;
    size_t unit = find_unit(writer);
    uint64_t last = 0;
    str_reserve(out, memory_sum(memory_product(writer->count + 1, CASE_BYTES),
                                memory_product(writer->event_count, EVENT_BYTES)));
    char *at = out->text + out->length;
    at = code_number_at(at, unit);
    at = code_number_at(at, writer->count);
    for (size_t i = 0; i < writer->count; i++) {
        const struct part_case *item = &writer->cases[i];
        at = code_number_at(at, item->digest - last);
        at = code_number_at(at, item->count);
        at = write_said(at, item);
        at = write_events(at, events, item->count, unit);
        events += item->count;
        last = item->digest;
    }
    *at = '\0';
    out->length = (size_t)(at - out->text);
    writer->count = writer->event_count = 0;
}

/* ---- Reading ---- */

/* As coded_number(), here because events are read by the million. */
static bool number_by_bytes(struct part_reader *reader, uint64_t *out)
{
    const unsigned char *at = reader->at;
    uint64_t value = 0;
    for (unsigned shift = 0; at != reader->end && shift < 64; shift += 7) {
        unsigned char byte = *at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            reader->at = at;
            *out = value;
            return true;
        }
    }
    return false;
}

/* One that nearly always is of one byte. */
static inline bool number(struct part_reader *reader, uint64_t *out)
{
    if (reader->at == reader->end || *reader->at >= 0x80)
        return number_by_bytes(reader, out);
    *out = *reader->at++;
    return true;
}

#define WORD 8 /* bytes */

/* A stand of one byte and a time of up to four, as nearly all are, without asking each byte whether
 * it is the last, which nobody could foretell; what is seven bits a byte is drawn together by
 * halves. False for all others. */
static inline bool read_short(struct part_reader *reader, uint64_t *stand, uint64_t *time)
{
    uint64_t word;
    if (reader->end - reader->at < WORD)
        return false;
    memcpy(&word, reader->at, WORD);
    word = le64toh(word);
    uint32_t rest = (uint32_t)(word >> 8), ends = ~rest & 0x80808080u;
    if ((word & 0x80) != 0 || ends == 0)
        return false;
    rest &= (ends ^ (ends - 1)) & 0x7f7f7f7fu;
    rest = (rest & 0x007f007fu) | (rest & 0x7f007f00u) >> 1;
    *time = (rest & 0x3fffu) | (rest & 0x3fff0000u) >> 2;
    *stand = word & 0x7f;
    reader->at += 2 + ((unsigned)__builtin_ctz(ends) >> 3);
    return true;
}

bool part_open(struct part_reader *reader, const void *bytes, size_t length)
{
    uint64_t unit;
    *reader = (struct part_reader){ .at = bytes };
    reader->end = length > 0 ? reader->at + length : reader->at;
    if (!number(reader, &unit) || unit >= ARRAY_LEN(units) || !number(reader, &reader->left))
        return false;
    reader->unit = units[unit];
    return true;
}

bool part_peek(const struct part_reader *reader, uint64_t *digest)
{
    struct part_reader ahead = *reader;
    uint64_t step;
    if (ahead.left == 0 || !number(&ahead, &step))
        return false;
    *digest = ahead.digest + step;
    return true;
}

static bool read_said(struct part_reader *reader, struct case_events *out)
{
    uint64_t mask, word, at;
    if (!number(reader, &mask))
        return false;
    out->whole = (mask & WHOLE) != 0;
    for (int i = 0; mask != 0 && i < SAID_COUNT; i++) {
        if ((mask & 1u << i) == 0)
            continue;
        if (!number(reader, &word) || !number(reader, &at))
            return false;
        out->said[i] = (struct said_word){ (uint32_t)word, (uint32_t)at };
    }
    return true;
}

static bool read_events(struct part_reader *reader, size_t count, struct case_events *out)
{
    struct part_reader ahead = *reader; /* nobody else's, so it may stay in registers */
    struct case_event *events = out->events;
    uint64_t stand, time, now = 0;
    for (size_t i = 0; i < count; i++) {
        if (!read_short(&ahead, &stand, &time) &&
            (!number(&ahead, &stand) || !number(&ahead, &time)))
            return false;
        now += i == 0 ? (time >> 1 ^ -(time & 1)) : time;
        events[i] = (struct case_event){
            .ts = (int64_t)(now * (uint64_t)ahead.unit),
            .stand = (uint32_t)stand,
        };
    }
    reader->at = ahead.at;
    out->count = count;
    return true;
}

enum part_result part_next(struct part_reader *reader, struct case_events *out)
{
    uint64_t step, count;
    if (reader->left == 0)
        return PART_END;
    reader->left--;
    if (!number(reader, &step) || !number(reader, &count))
        return PART_BAD;
    reader->digest += step;
    case_events_clear(out, reader->digest);
    /* An event takes two bytes at least: a count beyond that is no count. */
    if (count > (uint64_t)(reader->end - reader->at) || !read_said(reader, out) ||
        (count == 0 && !out->whole))
        return PART_BAD;
    make_room(out, count);
    return read_events(reader, count, out) ? PART_CASE : PART_BAD;
}
