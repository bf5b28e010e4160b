/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All metrics of one journey on their way to their figures, and the measuring of one of them.
 * Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SURVEY_H
#define STELLWERK_SRC_STORE_SURVEY_H

#include <stellwerk/model/figures.h>

#include "dictionary.h"
#include "slices.h"
#include "sql.h"

struct survey {
    struct store *store;
    const struct journey *journey;
    const struct lens *lens;
    const struct series_wish *wish;
    bool overview; /* in few slices, whatever the wish's unit */
    struct figures *figures;
    struct dictionary dictionary;
    struct arena scratch;
    int64_t *touchpoints; /* their words, WORD_NONE for those the store does not know */
    int64_t persona, context, channel, variant; /* words asked for by lens and wish; 0: none */
    struct slices slices;
    int64_t end;   /* instant of the store's last event */
    int64_t as_of; /* the instant that rows age to: now, or the end of a period that is over */
    int64_t now;
};

/* Fills the rows of one metric, by index. False only where the store was stopped: what else goes
 * wrong is the metric's own affair, and said in its rows. */
[[nodiscard]] bool survey_metric(struct survey *survey, size_t metric, struct error *err);

#endif
