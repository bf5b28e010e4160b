/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A CSV reader over a text that somebody has looked at before. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_CSV_LINES_H
#define STELLWERK_SRC_STORE_CSV_LINES_H

#include <stellwerk/store/csv.h>

#include "lines.h"

/* Takes the lines over; `delimiter` '\0': detect. */
struct csv_reader *csv_create(struct lines *lines, char delimiter);

/* The first record, which was read last and is good, is no header: it comes once more. */
void csv_lack_header(struct csv_reader *reader);
bool csv_lacks_header(const struct csv_reader *reader);

const struct lines *csv_lines(const struct csv_reader *reader);

#endif
