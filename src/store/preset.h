/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Presets: what the exports of well-known systems call the columns of the store. Private to store/.
 *
 * A preset is a row of the table in preset.c and nothing more.
 */
#ifndef STELLWERK_SRC_STORE_PRESET_H
#define STELLWERK_SRC_STORE_PRESET_H

#include <stdbool.h>
#include <stddef.h>

#include <stellwerk/model/mapping.h>

#include "column.h"

struct preset_column {
    enum column column;
    const char *sources[4]; /* columns of the file, the best first; NULL ends them */
};

struct preset {
    const char *name;
    enum import_as as;
    const char *signature[4]; /* columns that tell a file of this kind; NULL ends them */
    const struct preset_column *columns;
    size_t column_count;
    bool lower_channels; /* channels are labels: "Desk" is the channel "desk" */
};

/* NULL where there is no preset of that name. */
const struct preset *preset_find(const char *name);

const struct preset *preset_at(size_t index); /* NULL behind the last */

/* The nearest name to a mistyped one; NULL. */
const char *preset_near(const char *name);

#endif
