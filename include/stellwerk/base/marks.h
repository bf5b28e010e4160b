/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The decimal mark and the thousands separator of numbers that people read.
 */
#ifndef STELLWERK_BASE_MARKS_H
#define STELLWERK_BASE_MARKS_H

#include <stdbool.h>

struct marks {
    const char *decimal;
    const char *thousands; /* "" where digits are not grouped */
};

/*
 * Once, from locale_init(): takes the marks of the environment's LC_NUMERIC where `from_system` is
 * set and the system has that locale. LC_NUMERIC is "C" afterwards.
 */
void marks_init(bool from_system);

/*
 * Those of the system, else those of the language that messages are in; without UTF-8 only ASCII.
 */
struct marks marks_get(void);

#endif
