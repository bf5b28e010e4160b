/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Are case sequences what the rows say? Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SEQUENCE_VERIFY_H
#define STELLWERK_SRC_STORE_SEQUENCE_VERIFY_H

#include "derived.h"
#include "sequence_stands.h"

/* Adds what it finds to `out`: a part is what a case did, or what it was worth. Nothing may be
 * stale. */
[[nodiscard]] bool sequences_verify(struct store *store, struct stands *stands,
                                    struct derived_verdict *out, struct error *err);

#endif
