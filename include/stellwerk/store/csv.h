/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Delimited text of any size, a record at a time, in bounded memory.
 *
 * Delimiter and encoding are detected: the delimiter is the one of , ; tab | that cuts the first
 * lines into the same number of columns; a file is UTF-8, UTF-16 (by its byte order mark or the
 * zeros of its Latin letters), or else Windows-1252, the superset of Latin-1 that spreadsheets
 * write. Records come out as UTF-8; what does not convert becomes U+FFFD. A first line "sep=;",
 * as Excel writes it, names the delimiter and is no record.
 *
 * A record that cannot be read is handed out as RECORD_BAD with its reason, and reading goes on at
 * the next line of the file: a quote that is never closed costs the line it stands in, not the
 * rest. What makes a record bad: a NUL byte, bytes that are not UTF-8 in a UTF-8 file, text
 * behind a closing quote, a quote without end, more than CSV_COLUMN_CAP columns, a field longer
 * than CSV_FIELD_CAP, a record longer than CSV_RECORD_CAP. A stray quote inside a field that is
 * not quoted (5" pipe) is taken as it stands.
 */
#ifndef STELLWERK_STORE_CSV_H
#define STELLWERK_STORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/error.h>
#include <stellwerk/base/file.h>
#include <stellwerk/store/record.h>

#define CSV_COLUMN_CAP 4096
#define CSV_FIELD_CAP ((size_t)1 << 20)  /* bytes */
#define CSV_RECORD_CAP ((size_t)4 << 20) /* bytes, as written, quotes and newlines included */

struct csv_reader;

/* How a file is written; as options, '\0' and NULL ask to detect. */
struct csv_format {
    char delimiter;
    const char *encoding; /* a name that iconv knows: "UTF-8", "UTF-16LE", "WINDOWS-1252" */
};

/* "-" is standard input. The options may be NULL. */
[[nodiscard]] bool csv_open(const char *path, const struct csv_format *options,
                            struct csv_reader **out, struct error *err);
void csv_close(struct csv_reader *reader); /* NULL is fine */

/* The next record; RECORD_FAILED, with `err`, when the file cannot be read on. Blank lines are
 * passed over. */
[[nodiscard]] enum record_status csv_read(struct csv_reader *reader, struct record *out,
                                       struct error *err);

/* What was found so far: the encoding is settled by the first byte that is not ASCII. */
struct csv_format csv_format(const struct csv_reader *reader);

uint64_t csv_bytes_read(const struct csv_reader *reader);
uint64_t csv_bytes_total(const struct csv_reader *reader); /* 0 where the size is not known */

/* Of all bytes of the file; valid once csv_read() has said RECORD_END. */
struct digest csv_digest(const struct csv_reader *reader);

#endif
