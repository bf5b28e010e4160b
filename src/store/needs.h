/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What rows of each kind cannot do without, and so what kind a file's rows can be. Private to
 * store/.
 */
#ifndef STELLWERK_SRC_STORE_NEEDS_H
#define STELLWERK_SRC_STORE_NEEDS_H

#include "plan.h"

/* The kind whose needs the bindings meet; IMPORT_UNSET where they meet none. */
enum import_as plan_find_kind(const struct plan *plan);

/* Says what is missing for the plan's own kind. */
[[nodiscard]] bool plan_check_needs(const struct plan *plan, const char *file, struct error *err);

#endif
