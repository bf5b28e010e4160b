/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Languages, and how numbers and dates look in them.
 *
 * locale_init() sets LC_CTYPE and LC_MESSAGES from the environment and binds the catalogue
 * (STELLWERK_LOCALEDIR stands in for the installed folder). On a system that lacks the locale a
 * person asks for, as small ones do, they still get its language and UTF-8; who asks for LC_ALL=C
 * gets English and ASCII. All text inside is UTF-8, whatever the locale; what is returned here is
 * ASCII where the locale has no UTF-8.
 *
 * LC_NUMERIC stays "C" for the whole process, so that files and databases are read and written the
 * same everywhere. Numbers for people take the marks of their LC_NUMERIC where the system has that
 * locale and no language was forced, else those of the catalogue of the language in use.
 */
#ifndef STELLWERK_BASE_LOCALE_H
#define STELLWERK_BASE_LOCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/time.h>

/* Once, before any other thread; `language` ("de", "en") overrides the environment, NULL does not.
 * Returns false for a language that stellwerk does not speak. */
bool locale_init(const char *language);

/*
 * Writes UTF-8 text to a stream of the person's: as it is, or in ASCII (utf8_ascii()) where their
 * locale has no UTF-8. The text is sanitised already.
 */
void locale_print(const char *text, FILE *out);

/* The language messages are in: "en", "de". */
const char *locale_language(void);

/*
 * `decimals` digits behind the mark, thousands grouped: "−8,577.2". Minus is U+2212, or "-" without
 * UTF-8; nothing is below zero that is zero as shown. NAN gives "–", no number.
 */
const char *locale_number(struct arena *arena, double value, int decimals);

/* The same with a sign in front: "+3", "−29"; what is zero as shown is "±0" ("0" without UTF-8). */
const char *locale_signed(struct arena *arena, double value, int decimals);

const char *locale_count(struct arena *arena, uint64_t value);

/* What ngettext() is to count for such a number: 1 for what reads as "1", "+1" or "−1", and 2 for
 * all else, "1.0" with it. */
unsigned long locale_plural(double value, int decimals);

/* A share 0..1 as "61%", or "61 %" where the language wants a no-break space; NAN gives "–". */
const char *locale_percent(struct arena *arena, double share, int decimals);

/* A day as people write it: "2026-11-01" (en), "01.11.2026" (de). */
const char *locale_day(struct arena *arena, int32_t day);

/* The month that a day is in, in figures: "2026-11", "11.2026". */
const char *locale_month(struct arena *arena, int32_t day);

/*
 * A period as short as it can be told: "all time", "since 12 October 2026", "2026", "Q3 2026",
 * "October 2026", "Jul–Sep 2026", "12–18 October 2026", "28 Sep – 4 Oct 2026".
 */
const char *locale_period(struct arena *arena, struct period period);

/* An age in the unit that fits: "today", "3 days", "5 weeks", "7 months", "2 years"; days >= 0. */
const char *locale_age(struct arena *arena, int32_t days);

#endif
