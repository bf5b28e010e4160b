/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text within markup. Private to report/.
 */
#ifndef STELLWERK_SRC_REPORT_MARKUP_H
#define STELLWERK_SRC_REPORT_MARKUP_H

#include <stddef.h>

#include <stellwerk/base/str.h>

/* With & < > and " as XML and HTML write them. */
void report_escape(struct str *out, const char *text, size_t bytes);

#endif
