/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A German catalogue of a few messages, written without msgfmt, for tests of languages.
 */
#ifndef STELLWERK_TESTS_BASE_CATALOGUE_H
#define STELLWERK_TESTS_BASE_CATALOGUE_H

/* Writes FOLDER/de/LC_MESSAGES/stellwerk.mo; returns its path, free() it. */
char *catalogue_write(const char *folder);

#endif
