/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measuring: the figures of every touchpoint's metrics under a lens.
 *
 * Fills n, value, sample, oldest, newest, stale and slices of each row; intervals and scores, the
 * value of waits, signals and changes follow in insight/ (reading.h). One query a metric goes over
 * all its touchpoints, and slices and sample come out of the same pass. Each metric type is a
 * descriptor in the registry of src/store/metric.c; a formula that has none (a variant that its
 * type does not know) is MEASURE_UNSUPPORTED.
 *
 * Figures of cases (src/store/case.h) read their rows sorted by case. Queries of the map
 * (src/store/map_query.h) run under an authorizer, over the documented views alone, each for
 * STORE_QUERY_TIME unless the store's limits say otherwise.
 *
 * Persona and context of the lens choose rows. Where no row of a metric says who it is about, or
 * in which context, all rows count and the measure says so (`persona_ignored`,
 * `context_ignored`). Answers count where their kind is "experience", unless the metric's `where`
 * asks for another.
 *
 * A period that is bounded on both sides comes with the table of the period before, where the store
 * reaches back so far.
 *
 * Slices cut the lens's period, as far as the store has rows, into months where it is longer than
 * 60 days, weeks where longer than 20, else days; where that makes more than 12, several of these
 * make a slice.
 */
#ifndef STELLWERK_STORE_MEASURE_H
#define STELLWERK_STORE_MEASURE_H

#include <stellwerk/base/error.h>
#include <stellwerk/model/figures.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/lens.h>
#include <stellwerk/store/store.h>

#define MEASURE_SLICES 12

/*
 * The caller owns the figures. NULL, with `err`, when the store was stopped by its limits or
 * cannot be read at all; a metric that fails on its own is a row with MEASURE_FAILED and its
 * reason.
 */
[[nodiscard]] struct figures *store_measure(struct store *store, const struct journey *journey,
                                            const struct lens *lens, struct error *err);

#endif
