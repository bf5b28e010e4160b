/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Every suite of the test binary, a line each, sorted: FLOOR_MODULE_suite() is in
 * tests/FLOOR/test_MODULE.c.
 */

#ifndef STELLWERK_TESTS_SUITES_H
#define STELLWERK_TESTS_SUITES_H

#include <check.h>

Suite *insight_complete_suite(void);
Suite *insight_reading_suite(void);

#endif
