/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A map of two touchpoints, two personas and two contexts, with whatever metrics a test puts in,
 * and a store to measure it on. One at a time.
 */

#ifndef STELLWERK_TESTS_STORE_LITTLE_MAP_H
#define STELLWERK_TESTS_STORE_LITTLE_MAP_H

#include <stellwerk/store/measure.h>

#include "fixture.h"

enum { ANNA, HELGA };
enum { HURRIED, RELAXED };
enum { SEARCH, PLATFORM };

extern struct fixture fixture;
extern struct figures *figures; /* of the last measuring */
extern struct journey journey;
extern struct lens lens; /* all that there is, until a test changes it */

/* Anchors for minutes late, and those that hold in haste. */
extern struct anchor calm[4];
extern struct context_anchors in_haste;

/* For tcase_add_checked_fixture(). */
void little_map_set_up(void);
void little_map_tear_down(void);

/* Puts a metric at both touchpoints. */
struct metric *add_metric(struct metric metric);

/* Rows of one activity, and a metric "m" of two sides; one of cases has none. */
extern struct filter is_banner, is_buy, is_call, is_pay;
struct metric of_two(enum metric_type type, struct filter *first, struct filter *then);

/* Imports a text of which nothing may be rejected. */
void import_text(const char *text);

/* Measures the map as the lens says; the test fails when that does. */
void measure(void);

/* The row of a touchpoint and a metric in the last figures. */
const struct measure *at(int touchpoint, int metric);

int64_t instant(const char *iso);
int32_t day(const char *iso);

#endif
