/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The steps of a path as a text, "search > ticket > search". Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_PATH_TEXT_H
#define STELLWERK_SRC_STORE_PATH_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>

/* The next step without the blanks around it, not NUL-terminated; moves behind it. False behind the
 * last: begin with the text, `*text` is NULL at the end. */
bool path_text_next(const char **text, const char **step, size_t *length);

/* Appends the path with its steps set apart by " > "; fails where a step is empty. */
[[nodiscard]] bool path_text_append(struct str *out, const char *text, struct error *why);

#endif
