/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reports: a view's scene painted as text, and its figures as JSON.
 */
#ifndef STELLWERK_REPORT_REPORT_H
#define STELLWERK_REPORT_REPORT_H

#include <stellwerk/base/str.h>
#include <stellwerk/scene/theme.h>
#include <stellwerk/scene/view.h>

/* Paints a scene as lines of text; with a depth above DEPTH_MONO as SGR sequences, each line reset
 * at its end. At DEPTH_MONO without any escape sequence. */
void report_text(struct str *out, const struct scene *scene, enum theme_name theme,
                 enum depth depth);

/* The figures of the Map view as one JSON object: "stellwerk": 1, "view": "map", rows with stable
 * snake_case names; missing is null with a reason beside it. Fails only for lack of memory. */
void report_json(struct str *out, const struct stage_set *set);

#endif
