/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bytes of a file, unpacked and turned into UTF-8 block by block. Private to store/.
 *
 * The encoding is settled by the first bytes that tell: a byte order mark, the zeros of
 * UTF-16, or the first block that holds more than ASCII, which is UTF-8 or else Windows-1252.
 * UTF-8 is passed on unchecked; what cannot be converted becomes U+FFFD.
 */
#ifndef STELLWERK_SRC_STORE_DECODER_H
#define STELLWERK_SRC_STORE_DECODER_H

#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/str.h>

#include "unpack.h"

#define DECODER_BLOCK ((size_t)64 << 10)
#define DECODER_CARRY 16 /* more than the longest character of any encoding */

struct decoder {
    struct packed_file file;
    const char *encoding; /* NULL while all is ASCII */
    bool converting;      /* through `converter`; else bytes are passed on */
    iconv_t converter;
    bool begun, at_end;
    size_t held;          /* bytes at the start of `block` that wait for more */
    char block[DECODER_BLOCK + DECODER_CARRY];
};

enum decoder_result { DECODER_MORE, DECODER_END, DECODER_FAILED };

/* `encoding` NULL: detect. `path` "-": standard input. */
[[nodiscard]] bool decoder_init(struct decoder *decoder, const char *path, const char *encoding,
                                const atomic_bool *cancel, struct error *err);
void decoder_finish(struct decoder *decoder);

/* Appends the next block to `out`; with DECODER_END nothing was left to append. */
[[nodiscard]] enum decoder_result decoder_read(struct decoder *decoder, struct str *out,
                                             struct error *err);

#endif
