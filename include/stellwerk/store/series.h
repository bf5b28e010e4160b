/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A closer look: metrics over time in calendar pieces of one's choosing, and the rows behind one.
 *
 * The table of a series is that of store_measure() with the measures asked for alone, and with
 * slices of a whole unit (the first and the last are cut short by the period, or by where the
 * store's rows begin and end). Where the unit makes more than SERIES_SLICES of them the next
 * coarser one is taken, and beyond quarters several make a slice; figures->wish.unit says which.
 * A unit that is left to the store is the finest that makes SERIES_SLICES_FEW slices or less, and
 * coarser where most metrics would have too few rows in a slice to be shown.
 *
 * Everything else of measure.h holds here: how the lens chooses, what is ignored, the period
 * before.
 *
 * A channel chooses rows as the lens does; so does a variant, but where no row says it there are
 * none.
 */
#ifndef STELLWERK_STORE_SERIES_H
#define STELLWERK_STORE_SERIES_H

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/model/series.h>
#include <stellwerk/store/store.h>

#define SERIES_SLICES 400
#define SERIES_SLICES_FEW 36 /* as many at most where the unit is left to the store */

/* As store_measure(). */
[[nodiscard]] struct figures *store_series(struct store *store, const struct journey *journey,
                                           const struct lens *lens, const struct series_wish *wish,
                                           struct error *err);

/* The same without the period before, in slices of the unit as wished. */
[[nodiscard]] struct figures *store_series_alone(struct store *store, const struct journey *journey,
                                                 const struct lens *lens,
                                                 const struct series_wish *wish, struct error *err);

/* How often each value came among rows, ascending. */
struct series_values {
    struct bin *bins;
    size_t count;
};

/* The values of the rows behind one metric at one touchpoint (both said in the wish), as they stand
 * in events or answers; of no query of a map. As store_rows(). */
[[nodiscard]] bool store_values(struct arena *arena, struct store *store,
                                const struct journey *journey, const struct lens *lens,
                                const struct series_wish *wish, struct series_values *out,
                                struct error *err);

#define SERIES_ROWS_MOST 1000
#define SERIES_TEXT_MOST 16384 /* characters of an answer's text that are read */

/*
 * The rows behind one metric at one touchpoint (both of them said in the wish) under the lens:
 * `most` of them (SERIES_ROWS_MOST at most), from the `first` newest on. Of figures of cases these
 * are the rows that are at issue; of a query of the map, which does not say which rows it read, the
 * query itself and the rows that it gives now. False, with `err`, where the store or the query
 * fails.
 */
[[nodiscard]] bool store_rows(struct arena *arena, struct store *store,
                              const struct journey *journey, const struct lens *lens,
                              const struct series_wish *wish, uint64_t first, size_t most,
                              struct series_page *out, struct error *err);

#endif
