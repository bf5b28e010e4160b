/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What moved: a metric against the period before, and the slices that stand out, in words.
 *
 * A change has the ink of good or bad only where it is more than chance; the words say the same.
 */
#ifndef STELLWERK_SCENE_CHANGE_H
#define STELLWERK_SCENE_CHANGE_H

#include <stddef.h>

#include <stellwerk/model/figures.h>
#include <stellwerk/scene/scene.h>

/* "up 3.2 (1.1 to 5.3) on September 2026 · better, more than chance"; shares in points. Where the
 * interval spans zero its ends have their signs. NULL where there is no period before, or where one
 * of the two has no figure. */
const char *phrase_change(struct arena *arena, struct medium medium, const struct figures *figures,
                          const struct metric *metric, const struct measure *measure);

enum ink change_ink(const struct change *change);

/* "July 2026 stands out", "3 months stand out"; NULL where none does. */
const char *phrase_signals(struct arena *arena, const struct measure *measure);

#endif
