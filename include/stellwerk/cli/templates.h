/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The maps that `stellwerk new` begins with, as they stand in maps/templates/NAME.LANGUAGE.yaml.
 *
 * They are compiled in, so that a program that is not installed, or was moved, has them. The table
 * is generated from the files by src/cli/templates.awk.
 */
#ifndef STELLWERK_CLI_TEMPLATES_H
#define STELLWERK_CLI_TEMPLATES_H

#include <stddef.h>

struct map_template {
    const char *name;     /* "shop" */
    const char *language; /* "de" */
    const char *text;     /* the file to the byte, NUL behind it */
    size_t length;        /* without the NUL */
};

extern const struct map_template map_templates[];
extern const size_t map_template_count;

#endif
