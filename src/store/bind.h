/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The three layers of a plan, each laid over the one before: the names of a file's fields, a
 * preset, a mapping. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_BIND_H
#define STELLWERK_SRC_STORE_BIND_H

#include "plan.h"

/* A file's own field by its name, as written or else case apart; NO_FIELD. */
size_t plan_find_field(const struct plan *plan, const char *name);

/* False for a field that an open header did not name: it was only asked for. */
bool plan_has_seen(const struct plan *plan, size_t field);

void bind_names(struct arena *arena, struct plan *plan);
void bind_preset(struct arena *arena, struct plan *plan); /* the plan's, if any */

/* Warns into `diags` (NULL: nobody asks) of fields that may be a slip. */
[[nodiscard]] bool bind_mapping(struct arena *arena, struct plan *plan, const char *file,
                                struct diag_list *diags, struct error *err);

#endif
