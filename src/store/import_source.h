/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An import from wherever records come from. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_IMPORT_SOURCE_H
#define STELLWERK_SRC_STORE_IMPORT_SOURCE_H

#include <stellwerk/store/import.h>

#include "source.h"

/* What store_import() does once the source is open; `asked` is how it was, so
 * that it can be opened a second time; NULL: it cannot. The source stays the caller's. */
[[nodiscard]] bool import_source(struct arena *arena, struct store *store, struct source *source,
                                 const struct source_options *asked,
                                 const struct import_options *options, struct import_report *out,
                                 struct error *err);

#endif
