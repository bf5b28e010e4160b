/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Entries of an index (index_part.h) put in order by the ten thousand. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_INDEX_SORT_H
#define STELLWERK_SRC_STORE_INDEX_SORT_H

#include "index_part.h"

void index_sort(struct index_entry *entries, size_t count);

#endif
