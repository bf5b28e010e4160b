/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The experiments of a map, read from a store and judged.
 */
#ifndef STELLWERK_REPORT_TRIALS_H
#define STELLWERK_REPORT_TRIALS_H

#include <stellwerk/insight/trial.h>
#include <stellwerk/store/store.h>

bool journey_has_experiments(const struct journey *journey);

/*
 * Reads both arms of every experiment under the lens, within the days that it runs. An experiment
 * that cannot be read says so in its `problem`; false, with `err`, only where the store was
 * stopped. Lives in `arena`.
 */
[[nodiscard]] bool trials_read(struct arena *arena, struct store *store,
                               const struct journey *journey, const struct lens *lens,
                               struct trial_set *out, struct error *err);

#endif
