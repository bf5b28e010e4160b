/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Validating: does a store have what the metrics of a map ask for?
 *
 * A figure that is missing looks the same whether nobody was there or somebody mistyped a word.
 * This tells the two apart: columns and values that no row has, values that are no numbers,
 * questions on another scale, touchpoints without rows, rows that are older than the map allows,
 * queries that fail. Each finding stands at the place in the map (or library) that it is about.
 */
#ifndef STELLWERK_STORE_VALIDATE_H
#define STELLWERK_STORE_VALIDATE_H

#include <stellwerk/base/diag.h>
#include <stellwerk/base/error.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/store/store.h>

/* Appends to `findings`, unsorted, for the metrics that touchpoints use. False, with `err`, when
 * the store was stopped by its limits or cannot be read. */
[[nodiscard]] bool store_validate(struct store *store, const struct journey *journey,
                                  struct diag_list *findings, struct error *err);

#endif
