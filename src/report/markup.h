/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Text within markup and tables. Private to report/.
 */
#ifndef STELLWERK_SRC_REPORT_MARKUP_H
#define STELLWERK_SRC_REPORT_MARKUP_H

#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/str.h>
#include <stellwerk/report/report.h>

/* With & < > and " as XML and HTML write them. */
void report_escape(struct str *out, const char *text, size_t bytes);

/* A colour, and the one in its place where the reader wants a light page. */
struct paint {
    uint32_t rgb, light;
};

/* Colours of a page that follows its reader, each with a class of its own. */
struct report_paints {
    struct arena *arena;
    struct paint *items;
    size_t count, capacity;
};

/* The scene as pictures below one another, which paper can be parted between. Colours have classes,
 * too, where `paints` is not NULL. */
void report_svg_strips(struct str *out, const struct scene *scene, enum theme_name theme,
                       struct report_paints *paints);

/* A cell of CSV, in quotes where it must be; NULL is empty. What a spreadsheet would take for a
 * formula gets an apostrophe in front. */
void report_csv_text(struct str *out, const char *text);

/* A comma and a number; nothing behind the comma for what is not known. */
void report_csv_number(struct str *out, double value);

#endif
