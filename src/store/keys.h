/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often each key has come by, for any number of keys: kept in a temporary database that goes
 * to disk when it grows. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_KEYS_H
#define STELLWERK_SRC_STORE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>

struct keys;

/* Costs nothing before the first key. */
struct keys *keys_create(void);
void keys_destroy(struct keys *keys); /* NULL is fine */

/* Counts one more; `*out` is 1 for a key that is new. */
[[nodiscard]] bool keys_count(struct keys *keys, struct digest key, int64_t *out,
                              struct error *err);

#endif
