/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Marks on the curve: what was measured with its interval, where an estimate stands alone, and the
 * words at peak, end and weakest point.
 */
#ifndef STELLWERK_SCENE_MARKS_H
#define STELLWERK_SCENE_MARKS_H

#include <stellwerk/scene/plot.h>

void marks_draw(const struct plot *plot);

#endif
