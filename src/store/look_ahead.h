/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which number is the day, where the first dates of a file do not say. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_LOOK_AHEAD_H
#define STELLWERK_SRC_STORE_LOOK_AHEAD_H

#include "plan.h"
#include "source.h"

/*
 * Reads the file a second time, up to the first value that tells, for the plan's `undecided`
 * column; the value becomes the report's evidence. Fails, asking for an answer, where no value
 * tells or the file cannot be read twice: a pipe, or what has no options to open it with (NULL).
 */
[[nodiscard]] bool look_ahead(struct arena *arena, const char *file,
                              const struct source_options *options, const struct source_use *use,
                              struct plan *plan, struct import_report *report, struct error *err);

#endif
