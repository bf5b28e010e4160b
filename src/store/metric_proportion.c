/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "metric.h"

const struct formula formula_proportion = {
    .type = METRIC_PROPORTION,
    .kind = SAMPLE_SHARE,
    .needs_hit = true,
    .add = tally_add_hit,
};
