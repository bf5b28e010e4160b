/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What tests of forms share: a small map with most keys of the format, written in most ways, and
 * edits of it. form_map_start() and form_map_finish() are a fixture; everything lives in
 * form_map_arena.
 */
#ifndef STELLWERK_TESTS_MAPFILE_FORM_MAP_H
#define STELLWERK_TESTS_MAPFILE_FORM_MAP_H

#include <stddef.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/error.h>
#include <stellwerk/mapfile/form.h>

struct form_map {
    const char *file, *text;
    size_t length;
    const struct journey *journey;
};

extern struct arena form_map_arena;
extern struct error form_map_error;

void form_map_start(void);
void form_map_finish(void);

struct form_map form_map_small(void);
struct form_map form_map_of(const char *file, const char *text, size_t length);

/* These fail the test where there is none. */
struct form form_map_form(const struct form_map *map, const char *address);
const struct form_row *form_map_row(const struct form *form, const char *address,
                                    enum form_role role);

/* The map after an operation; false with the reason in form_map_error, or the test fails. */
bool form_map_apply(const struct form_map *map, const struct operation *operation,
                    struct form_map *out);
void form_map_must_apply(const struct form_map *map, const struct operation *operation,
                         struct form_map *out);

#endif
