/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a report's scene gets onto its medium. Private to cli/report*.c.
 */
#ifndef STELLWERK_SRC_CLI_REPORT_PAINT_H
#define STELLWERK_SRC_CLI_REPORT_PAINT_H

#include <stellwerk/base/str.h>
#include <stellwerk/scene/scene.h>
#include <stellwerk/scene/theme.h>

#include "report_measure.h"

int report_columns(const struct report_values *values);
enum depth report_depth(const struct report_values *values);
enum theme_name report_theme(const struct report_values *values); /* or THEME_OF_READER */
struct medium report_medium(const struct report_values *values);
void report_paint(struct str *out, const struct scene *scene, const char *title,
                  const struct report_values *values);

#endif
