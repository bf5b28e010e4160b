/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `batch` says of an import. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_BATCH_H
#define STELLWERK_SRC_STORE_BATCH_H

#include <stellwerk/store/import.h>

#include "sql.h"

struct batch {
    int64_t id;
    enum import_as as;
    int64_t started;                      /* microseconds */
    const struct import_report *report;   /* as of what is written */
    const struct import_mapping *mapping; /* NULL: none */
};

/* Within a transaction: writes the row, in place of the one it has written before. */
[[nodiscard]] bool batch_write(struct store *store, const struct batch *batch, struct error *err);

#endif
