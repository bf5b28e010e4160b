/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What came of many edits: how many were tried, carried out and refused, and why.
 */
#ifndef STELLWERK_TESTS_MAPFILE_TALLY_H
#define STELLWERK_TESTS_MAPFILE_TALLY_H

#include <stddef.h>

enum { REASONS_MAX = 100, REASON_BYTES = 200 };

struct reason {
    char text[REASON_BYTES];
    size_t count;
};

struct tally {
    size_t tried, done, undone, refused;
    size_t grafted; /* carried out, and not all of the new text was read */
    size_t unlike;  /* documents that two parsers do not read alike */
    struct reason reasons[REASONS_MAX];
    size_t reason_count;
};

/* Counts a refusal; reasons that differ only in names and numbers are one. */
void tally_refusal(struct tally *tally, const char *reason);

void tally_print(const struct tally *tally, const char *what);

#endif
