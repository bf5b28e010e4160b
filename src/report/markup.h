/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text within markup and tables. Private to report/.
 */
#ifndef STELLWERK_SRC_REPORT_MARKUP_H
#define STELLWERK_SRC_REPORT_MARKUP_H

#include <stddef.h>

#include <stellwerk/base/str.h>

/* With & < > and " as XML and HTML write them. */
void report_escape(struct str *out, const char *text, size_t bytes);

/* A cell of CSV, in quotes where it must be; NULL is empty. What a spreadsheet would take for a
 * formula gets an apostrophe in front. */
void report_csv_text(struct str *out, const char *text);

/* A comma and a number; nothing behind the comma for what is not known. */
void report_csv_number(struct str *out, double value);

#endif
