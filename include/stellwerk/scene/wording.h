/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Figures and fixed words of the model as people read them, translated.
 *
 * Everything is in `arena` or static. A figure that is not known is "–", never zero.
 */
#ifndef STELLWERK_SCENE_WORDING_H
#define STELLWERK_SCENE_WORDING_H

#include <stellwerk/scene/view.h>

/* A score 0..100, or a distance of two: "37", "−23". */
const char *wording_score(struct arena *arena, double score);
const char *wording_gap(struct arena *arena, double gap);

/* The half width of an interval, rounded: "±5"; "" where there is none. */
const char *wording_margin(struct arena *arena, double lo, double hi);

/* "60–85", or "70" where both ends are one. */
const char *wording_zone(struct arena *arena, double adequate, double desired);

/* A measured value in its unit: "12.4 min", "61%", "53". */
const char *wording_value(struct arena *arena, const struct metric *metric,
                          const struct measure *measure, double value);

/* The same without the unit, but for shares. */
const char *wording_figure(struct arena *arena, const struct metric *metric,
                           const struct measure *measure, double value);

/* "12.4 min (11.6 to 13.2)": the interval of a raw figure is seldom symmetric. The value alone
 * where there is no interval worth telling. */
const char *wording_interval(struct arena *arena, struct medium medium,
                             const struct metric *metric, const struct measure *measure,
                             double value, double lo, double hi);

/* The figure is a share 0..1, shown in percent; a difference of two is in points. */
bool wording_is_share(const struct metric *metric, const struct measure *measure);

/* Digits behind the mark that a value of this size is shown with. */
int wording_decimals(double value);

/* Columns of a figure before its decimal mark, its margin or its unit: 3 of "−12.5 ±2" and of
 * "−12 min", 1 of "–"; 0 of words. By these figures stand below one another. */
int wording_whole(const char *figure);

/* An interval that is worth telling: known, with an end at least on one side. */
bool wording_bounded(double lo, double hi);

/* An end of an interval that has none, below or above: "∞", "open" in ASCII. */
const char *wording_open(struct medium medium, double end);

/* A text in the language's quotation marks, once. */
const char *wording_quoted(struct arena *arena, const char *text);

/* Those of the words that are not NULL or "", parted by dots. */
const char *wording_list(struct arena *arena, const char *const *words, size_t count);

/* A p value; a very small one as such, not as zero: "0.012", "<0.001". */
const char *wording_p(struct arena *arena, double p);

/* How old an instant is: "3 days old". */
const char *wording_age(struct arena *arena, int64_t instant, int64_t now);

/* Why nothing is measured, for MEASURE_HIDDEN and worse: "n 3: too few to show". `measure` may be
 * NULL: the touchpoint has no such metric in the store. */
const char *wording_why_not(struct arena *arena, const struct measure *measure);

/* A persona's name and a context's label under the lens: "Anna Berg · in a hurry", "All
 * customers". */
const char *wording_who(struct arena *arena, const struct journey *journey, int persona,
                        int context);

/* The label of a channel, the title of a metric. */
const char *channel_title(const struct channel *channel);
const char *metric_title(const struct metric *metric);

/* Fixed words, translated; "" for nothing said. */
const char *evidence_word(enum evidence evidence);
const char *media_word(enum media media);
const char *level_word(enum aspect_level level);
const char *opportunity_word(enum opportunity_status status);
const char *hurdle_word(enum hurdle hurdle);
const char *content_word(enum content_status status);
const char *kind_word(enum map_kind kind);

#endif
