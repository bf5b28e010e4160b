/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The filter of the Gaps view as a text of terms, "stage=booking, owner=Sales". Private to app/.
 */
#ifndef STELLWERK_SRC_APP_FILTER_H
#define STELLWERK_SRC_APP_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/arena.h>

bool filter_has(const char *filter, const char *term);

/* The filter with a term in place of the one of the same kind, or without it where it is there
 * already. */
const char *filter_toggle(struct arena *arena, const char *filter, const char *term);

#endif
