/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How a delimited text is written, told from its beginning. Private to store/.
 */
#ifndef STELLWERK_SRC_STORE_SNIFF_H
#define STELLWERK_SRC_STORE_SNIFF_H

#include <stddef.h>

struct sniffed {
    char delimiter;
    char newline;   /* '\n', or '\r' where lines end in it alone */
    size_t skipped; /* bytes of a first line "sep=X" */
};

/* `text` is the first part of a file, in UTF-8; its last line may be cut short. */
struct sniffed sniff_text(const char *text, size_t length);

#endif
