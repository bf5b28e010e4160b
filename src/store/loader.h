/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows written on a thread of their own while the next ones are read. Private to store/.
 *
 *     loader_start(); loader_add() …; loader_end();
 *
 * Between start and end the writer, and with it the store, is the thread's alone. Rows are handed
 * over in loads, in their order; a transaction ends with a load, and what its `batch` row tells is
 * the report as it was when the last row of that load had been read: never more than was written.
 * The thread is never more than a few loads behind, so memory stays bounded.
 */
#ifndef STELLWERK_SRC_STORE_LOADER_H
#define STELLWERK_SRC_STORE_LOADER_H

#include <stellwerk/store/import.h>

#include "writer.h"

struct loader;

/* Everything is borrowed until loader_end(); a transaction of the writer has begun. `committed` is
 * set to the report of each transaction that was committed. */
[[nodiscard]] bool loader_start(struct writer *writer, const struct import_options *options,
                                struct import_report *committed, struct loader **out,
                                struct error *err);

/* Copies rows; `report` counts all that was read up to them. What was written meanwhile is added to
 * it: taken, updated, duplicates. Fails where an earlier row could not be written. */
[[nodiscard]] bool loader_add(struct loader *loader, const struct row *rows, size_t count,
                              struct import_report *report, struct error *err);

/* Waits until all is written, and brings the report to where it is. The transaction in which that
 * ended has not been committed. Frees the loader; NULL is fine. */
[[nodiscard]] bool loader_end(struct loader *loader, struct import_report *report,
                              struct error *err);

/* The end of a transaction: with the window of cases, where it holds rows that need one. */
[[nodiscard]] bool loader_commit(struct writer *writer, const struct import_options *options,
                                 struct import_report *report, struct error *err);

#endif
