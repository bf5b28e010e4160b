/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What cases were worth, as bytes: some thousand cases a part. Private to store/.
 *
 * Values of events add up by purse. A purse is a currency; or, of events that name none, their
 * touchpoint, as nothing else then tells minutes, stars and money apart. An event that has neither
 * is in no purse.
 *
 * Sums are exact (long_sum.h), so that they follow from the events alone, in whatever order and
 * portions these came; a sum is rounded once, when it is asked for. Cases stand in ascending order
 * of their digests (sequence_code.h), each as
 *
 *     its digest, 8 bytes; its purses · 2 + (is it whole?); and of each purse, in ascending order,
 *     its number, how many events, and their sum
 */
#ifndef STELLWERK_SRC_STORE_WORTH_CODE_H
#define STELLWERK_SRC_STORE_WORTH_CODE_H

#include "bins.h"
#include "sequence_code.h"

/* The number of a purse, by words, of which 0 is none; 0: no purse. */
uint64_t purse_of(uint32_t currency, uint32_t touchpoint);

/* The word of its currency; 0: it is a touchpoint's. */
uint32_t purse_currency(uint64_t purse);

/* What some events of a case were worth. */
struct worth_share {
    uint64_t purse, events;
    struct bytes sum; /* borrowed, as long_sum_write() writes it; nothing: `value` is all */
    double value;     /* finite */
};

struct case_worth { /* all zero is empty */
    uint64_t digest;
    bool whole;                 /* as case_events.whole */
    struct worth_share *shares; /* in any order; any number of a purse */
    size_t count, capacity;
};

void case_worth_finish(struct case_worth *worth);
void case_worth_clear(struct case_worth *worth, uint64_t digest);
void case_worth_add(struct case_worth *worth, struct worth_share share);

/* An event of the case; nothing is added where it is in no purse or its value is not finite. */
void case_worth_add_event(struct case_worth *worth, uint64_t purse, double value);

/* What all of a purse come to; `*events` 0: it has none. */
double case_worth_sum(const struct case_worth *worth, uint64_t purse, uint64_t *events);

/* Sorts the shares by purse, and appends the bytes. */
void case_worth_write(struct str *out, struct case_worth *worth);

/* Reads the next case of a part; sums point into its bytes. */
enum part_result case_worth_read(struct coded *part, struct case_worth *out);

#endif
