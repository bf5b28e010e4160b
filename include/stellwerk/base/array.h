/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many items an array has that is an array and not a pointer.
 */
#ifndef STELLWERK_BASE_ARRAY_H
#define STELLWERK_BASE_ARRAY_H

#define ARRAY_LEN(array) (sizeof(array) / sizeof((array)[0]))

#endif
