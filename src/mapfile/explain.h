/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a parser of YAML complains of, in words that help a person who is no expert of YAML.
 *
 * The parser speaks of tokens and contexts and points at where it gave up; here the text around
 * that place is looked at too, for the cause is often a tab, a missing space or a quote left open.
 */
#ifndef STELLWERK_SRC_MAPFILE_EXPLAIN_H
#define STELLWERK_SRC_MAPFILE_EXPLAIN_H

#include <stddef.h>

#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/source.h>

/* The parser's own words, and places in characters; without a `context`, `from` means nothing. */
struct complaint {
    const char *problem, *context;
    size_t at, from;
};

/* Appends the one finding that ends a reading, with one of the codes tab_indent, missing_space,
 * unclosed_quote, unclosed_bracket and yaml_syntax. */
void explain(const struct source *source, const struct complaint *complaint,
             struct diag_list *findings);

#endif
