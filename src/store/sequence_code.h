/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Cases as bytes: what each did when, some thousand events a part. Private to store/.
 *
 * A case is known by a digest of its name, and parts have their cases in ascending order of it. An
 * event is its stand (a number for what it says, sequence_stands.h) and the time since the one
 * before, in the largest unit that divides all times of the part. What a case says of its persona,
 * context and variant is what the first of its events says that says one, and the place of that.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_CODE_H
#define STELLWERK_SRC_STORE_SEQUENCE_CODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/str.h>

struct case_event {
    int64_t ts;
    uint32_t stand;
};

enum said { SAID_PERSONA, SAID_CONTEXT, SAID_VARIANT, SAID_COUNT };

struct said_word {
    uint32_t word; /* 0: none of its events says any */
    uint32_t at;   /* place among its events of the one that does */
};

struct case_events { /* of one case; all zero is empty */
    uint64_t digest;
    bool whole; /* stands for all that is known of the case so far, and not beside it */
    struct said_word said[SAID_COUNT];
    struct case_event *events; /* in the order of time */
    size_t count, capacity;
};

void case_events_finish(struct case_events *events);
void case_events_clear(struct case_events *events, uint64_t digest);

/* An event behind the last, with the words it says; 0: none. */
void case_events_add(struct case_events *events, struct case_event event,
                     const uint32_t words[SAID_COUNT]);

/* Digest of a case's name: its own id, or its person's where it has none. */
uint64_t case_digest(const char *case_id, const char *person_id);

/* ---- Writing: cases are put one by one, and come out as a part when there are enough ---- */

struct part_case { /* but for its events */
    uint64_t digest;
    bool whole;
    struct said_word said[SAID_COUNT];
    size_t count;
};

struct part_writer { /* all zero is empty */
    struct part_case *cases;
    size_t count, capacity;
    struct case_event *events; /* of one case after the other */
    size_t event_count, event_capacity;
};

void part_writer_finish(struct part_writer *writer);

/* A copy of the case; true when the part is full. */
bool part_put(struct part_writer *writer, const struct case_events *events);

/* Writes the part's bytes, and begins another. */
void part_write(struct part_writer *writer, struct str *out);

/* ---- Reading ---- */

struct part_reader {
    const unsigned char *at, *end;
    uint64_t left; /* cases */
    uint64_t digest;
    int64_t unit;
};

/* False for bytes that are no part. */
bool part_open(struct part_reader *reader, const void *bytes, size_t length);

/* The digest of the case that comes next; false where there is none. */
bool part_peek(const struct part_reader *reader, uint64_t *digest);

enum part_result { PART_CASE, PART_END, PART_BAD };

enum part_result part_next(struct part_reader *reader, struct case_events *out);

#endif
