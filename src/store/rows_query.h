/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is behind a figure that a query of the map gives. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_ROWS_QUERY_H
#define STELLWERK_SRC_STORE_ROWS_QUERY_H

#include <stellwerk/store/series.h>

/* As store_rows(), of a metric of the type `sql`: runs its query again. `out->query` is there also
 * where that fails. */
[[nodiscard]] bool rows_of_query(struct arena *arena, struct store *store,
                                 const struct journey *journey, const struct lens *lens,
                                 const struct series_wish *wish, uint64_t first, size_t most,
                                 struct series_page *out, struct error *err);

#endif
