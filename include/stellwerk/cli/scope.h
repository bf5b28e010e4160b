/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Things of a map that an option names by id.
 */
#ifndef STELLWERK_CLI_SCOPE_H
#define STELLWERK_CLI_SCOPE_H

#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>

enum scope_kind { SCOPE_PERSONA, SCOPE_CONTEXT, SCOPE_CHANNEL, SCOPE_TOUCHPOINT, SCOPE_ROUTE };

/* Sets the index of the thing that `wanted` names; NULL and "all" leave it alone. An unknown id is
 * told with the nearest one, or with all there are; `option` is the option's name. */
[[nodiscard]] bool scope_find(const struct journey *journey, enum scope_kind kind,
                              const char *option, const char *wanted, int *out,
                              struct error *err);

#endif
