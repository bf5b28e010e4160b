/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Lending a text to the parser: private to mapfile/.
 */
#ifndef STELLWERK_MAPFILE_LEND_H
#define STELLWERK_MAPFILE_LEND_H

#include <stdbool.h>

/* Whether parsers of a version that is known are lent their text in place of a copy (yaml.c says
 * how), as they are unless told otherwise. For tests: both ways come to the same. */
void yaml_lend(bool lend);

#endif
