/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of the map file share: one reading at a time, and its findings as text.
 *
 * The clock stands at noon of 2026-12-01. told_start() and told_finish() are a fixture.
 */
#ifndef STELLWERK_TESTS_MAPFILE_TOLD_H
#define STELLWERK_TESTS_MAPFILE_TOLD_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/diag.h>
#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/journey.h>
#include <stellwerk/model/mapping.h>

extern struct arena told_arena;
extern struct diag_list told_findings;

void told_start(void);
void told_finish(void);

/* Readings of a text that is called "map.yaml"; NULL where there is nothing to be shown. */
const struct yaml_tree *told_yaml(const char *text);
const struct yaml_tree *told_yaml_bytes(const char *text, size_t length);
const struct journey *told_map(const char *text);
const struct import_mapping *told_mapping(const char *text);

/* "stellwerk: 1", a title and one stage "s" with the touchpoint "t", with `keys` of the touchpoint,
 * each on a line of its own that begins with 8 blanks, from line 7 on; then `rest`. */
const char *told_touchpoint(const char *keys, const char *rest);

/* All findings since the start of the test, a line each: "3:5 error code", "3:5-1:2 error code"
 * where there is another place. */
const char *told(void);

/* The text of the first finding of a code; fails the test where there is none. */
const char *told_text(const char *code);

#endif
