/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A row on its way into the store. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROW_H
#define STELLWERK_SRC_STORE_ROW_H

#include <stdbool.h>
#include <stdint.h>

#include <stellwerk/base/file.h>

#include "column.h"

/* A value; which member holds it follows from the column's type. */
struct cell {
    bool given;
    bool kept;        /* the text, where it is, until the import ends */
    const char *raw;  /* as the file or the mapping wrote it; NULL for what was computed */
    const char *text; /* TEXT, WORD */
    int64_t time;     /* INSTANT in microseconds, DAY in days */
    double number;    /* NUMBER */
};

struct row {
    struct cell cells[COLUMN_COUNT];
    column_set given;  /* cells that are, once the row is on its way to be written */
    struct digest key; /* identity.h */
    int64_t known;     /* the row that the store has for it, if that was found out; 0: who knows */
};

#endif
