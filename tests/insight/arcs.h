/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * The arc between two steps; a test without it fails.
 */

#ifndef STELLWERK_TESTS_INSIGHT_ARCS_H
#define STELLWERK_TESTS_INSIGHT_ARCS_H

#include <check.h>

#include <stellwerk/insight/paths.h>

static inline const struct path_arc *find_arc(const struct paths *paths, int from, int to)
{
    for (size_t i = 0; i < paths->arc_count; i++)
        if (paths->arcs[i].from == from && paths->arcs[i].to == to)
            return &paths->arcs[i];
    ck_abort_msg("no arc from %d to %d", from, to);
    return NULL;
}

#endif
