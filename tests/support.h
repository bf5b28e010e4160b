/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What tests share: where their files are, and how one is left out.
 *
 * A test that cannot run here ends with skip_unless(); it is counted as skipped, not as passed,
 * and says why in the log. Paths hold wherever the build folder is.
 */

#ifndef STELLWERK_TESTS_SUPPORT_H
#define STELLWERK_TESTS_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>

/* Ends the running test as skipped, with the reason, unless the condition holds. */
#define skip_unless(condition, why)         \
    do {                                    \
        if (!(condition)) {                 \
            skip_report(__func__, why);     \
            return;                         \
        }                                   \
    } while (0)

/* Says on stderr that a test is left out, in the form that tests/driver counts. */
void skip_report(const char *test, const char *why);

/*
 * Sets UTF-8 and nobody's language, so that tests see the same everywhere. So every test begins;
 * one that changes it ends so, since not every run forks for each.
 */
void test_locale(void);

/* The path of a file of the source tree, such as "tests/golden/map.txt"; free() it. */
char *source_path(const char *name);

/* The path of a file of the build tree, such as "stellwerk"; free() it. */
char *build_path(const char *name);

/*
 * The path of a file of the shared data folder beside the source tree, such as "data/receipt.csv";
 * free() it. NULL where it is missing: skip_unless(path != NULL, "data/receipt.csv is missing").
 */
char *shared_path(const char *name);

/* The whole of a file as a string; free() it. Fails the test if it cannot be read. */
char *read_whole(const char *path);

/* How often a test tries what it makes up: `usual` times what STELLWERK_ROUNDS says (1 where it is
 * not set; less under a tool that makes everything slow), at least once. */
size_t test_rounds(size_t usual);

/* For loops over cases that differ by remainders: each of them is tried or, with fewer rounds, one
 * in so many; an odd number. */
int test_stride(void);

/* A new empty folder for the files of one test, and its removal, which also frees the name. */
char *scratch_create(void);
void scratch_remove(char *folder);

#endif
