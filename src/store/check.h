/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a row must be like before the store takes it. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_CHECK_H
#define STELLWERK_SRC_STORE_CHECK_H

#include "row.h"

/* True for an event that names a person and no case, which is then cut (cut.h). */
bool row_needs_case(const struct row *row);

/* False with the reason, a sentence; fills in what follows from the rest: an answer is an
 * experience, a period without end is a day, num / den is a value and den the n. */
[[nodiscard]] bool check_row(enum import_as as, struct row *row, struct error *why);

#endif
