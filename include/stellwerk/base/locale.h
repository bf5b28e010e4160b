/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Languages, and how numbers and dates look in them.
 *
 * locale_init() sets LC_CTYPE and LC_MESSAGES from the environment and binds the catalogue
 * (STELLWERK_LOCALEDIR stands in for the installed folder). LC_NUMERIC stays "C" for the whole
 * process, so that files and databases are read and written the same everywhere; what a person
 * sees is formatted here with the marks of their locale: those of localeconv() where the system
 * has the locale, else those of the catalogue of the language in use.
 */
#ifndef STELLWERK_BASE_LOCALE_H
#define STELLWERK_BASE_LOCALE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/time.h>

/* Once, before any other thread; `language` ("de", "en") overrides the environment, NULL does not.
 * Returns false for a language that stellwerk does not speak. */
bool locale_init(const char *language);

/* True when the locale's character set is UTF-8. */
bool locale_is_utf8(void);

/* The language messages are in: "en", "de". */
const char *locale_language(void);

/* `decimals` digits behind the mark, thousands grouped; "−" (U+2212) for minus; NaN gives "–". */
const char *locale_number(struct arena *arena, double value, int decimals);

/* The same with a sign in front: "+3", "−29"; zero after rounding is "±0". */
const char *locale_signed(struct arena *arena, double value, int decimals);

const char *locale_count(struct arena *arena, uint64_t value);

/* A share 0..1 as "61 %" or "61%", as the language writes it. */
const char *locale_percent(struct arena *arena, double share, int decimals);

/* A day as people write it: "2026-11-01" (en), "01.11.2026" (de). */
const char *locale_day(struct arena *arena, int32_t day);

/* A period as words: "Jul–Sep 2026", "Q3 2026" where shorter is wanted, "12.–18. Oktober 2026" … */
const char *locale_period(struct arena *arena, struct period period);

/* An age in the unit that fits: "today", "3 days", "5 weeks", "2 years". `days` >= 0. */
const char *locale_age(struct arena *arena, int32_t days);

#endif
