/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Points on a plane of two axes: what matters against how good it is, what it brings against what
 * it takes.
 *
 * Points are the numbers that they have in their list, from 1, with their titles as far as there is
 * room beside them; more room is on the right, so that is tried first. Where the plane goes from
 * one zone to the next there is a line, so that it is seen without colour.
 *
 * Every point is there. Where more fall on one place than there is room for, the first has its
 * number with how many others there are, "4+12"; the selected one goes before all others, and
 * behind the title is who shares its place.
 */
#ifndef STELLWERK_SCENE_PLANE_H
#define STELLWERK_SCENE_PLANE_H

#include <stellwerk/scene/panel.h>
#include <stellwerk/scene/scene.h>

struct plane_axes {
    const char *title;          /* texts are translated */
    const char *right;          /* what goes from left to right */
    int up_most, right_most;    /* the last labels; the first are 0 */
    const char *corner[2];      /* at the upper left, the lower right */
    int (*zone)(double x, double y); /* of a place, 0..1 both; any numbers */
};

struct plane_point {
    double x, y; /* 0..1, from the left, from below; others, and NAN, are not drawn */
    const char *title;
    enum ink ink;
    bool selected;
};

/* Nothing where there is no room for a plane. */
void plane_draw(struct scene *scene, struct area area, const struct plane_axes *axes,
                const struct plane_point *points, size_t count);

#endif
