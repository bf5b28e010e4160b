/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Variants that differ only in repeats, taken together. Private to insight/.
 */
#ifndef STELLWERK_SRC_INSIGHT_WAYS_H
#define STELLWERK_SRC_INSIGHT_WAYS_H

#include <stellwerk/insight/paths.h>

/* Fills in the ways of `out`, `most` of them, from all variants that there are. */
void ways_read(struct arena *arena, const struct path_variant *variants, size_t count,
               size_t most, struct paths *out);

#endif
