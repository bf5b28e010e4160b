/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a map says that cannot be meant so, though every value in it is fine by itself.
 */
#ifndef STELLWERK_MAPFILE_LINT_H
#define STELLWERK_MAPFILE_LINT_H

#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/model/journey.h>

/* Appends findings about a journey as it is on the day `today`; `scratch` holds what is needed only
 * here. */
void map_lint(struct arena *scratch, const struct journey *journey, int32_t today,
              struct diag_list *findings);

#endif
