/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A record of a file that is imported, whatever the file is: a row of CSV, an object of JSON lines,
 * an event of an OCEL log.
 */
#ifndef STELLWERK_STORE_RECORD_H
#define STELLWERK_STORE_RECORD_H

#include <stddef.h>
#include <stdint.h>

/* Lives until the next one is read. */
struct record {
    const char **fields; /* NUL-terminated; NULL: the record has no such field */
    size_t count;        /* 0 for a bad record */
    const char *raw; /* as written, in UTF-8 where it could be converted, without the line's end */
    size_t raw_length;
    uint64_t line;       /* of the file, from 1, where the record begins; in a log its number */
    const char *problem; /* translated; why a record is bad; NULL for a good one */
};

enum record_status { RECORD_GOOD, RECORD_BAD, RECORD_END, RECORD_FAILED };

#endif
