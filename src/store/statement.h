/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Is a text one statement that only reads? Private to store/.
 *
 * This is the first of three fences; the transaction is read-only and the login should be. It knows
 * no dialect, so it is plain: one semicolon, at the very end, wherever else it may stand; SELECT
 * or WITH at the beginning; none of the words that write.
 */
#ifndef STELLWERK_SRC_STORE_STATEMENT_H
#define STELLWERK_SRC_STORE_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/error.h>

/* `*length` is how many bytes of it are the statement, without a semicolon behind it. */
[[nodiscard]] bool statement_only_reads(const char *sql, size_t *length, struct error *err);

#endif
