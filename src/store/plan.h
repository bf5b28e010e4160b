/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the columns of one file mean: header, preset and mapping laid over each other. Private to
 * store/.
 */
#ifndef STELLWERK_SRC_STORE_PLAN_H
#define STELLWERK_SRC_STORE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/store/csv.h>
#include <stellwerk/store/import.h>

#include "column.h"
#include "preset.h"
#include "source.h"
#include "times.h"

#define KEY_FIELDS 4

/* Where a column of the store gets its values. */
struct binding {
    enum { UNBOUND, BOUND_TO_FIELD, BOUND_TO_CONSTANT } to;
    bool unseen; /* no field of it was in the header, which is open: rows may yet have one */
    bool named;  /* the mapping asks for it by name */
    size_t fields[PRESET_SOURCES]; /* of the record: the first that has a value */
    size_t field_count;
    const char *text; /* the constant */
    struct pos pos;   /* in the mapping */
};

/* A survey question in a column of its own. */
struct question {
    size_t field;
    const struct unpivot *unpivot;
};

struct plan {
    enum import_as as;
    const struct preset *preset;          /* NULL */
    const struct import_mapping *mapping; /* NULL */
    struct texts header;
    size_t header_seen, header_capacity; /* fields behind those seen were only asked for */
    bool open_header;                    /* records may have fields that the header does not name */
    bool is_log;                         /* OCEL: what events are about is to be chosen */
    struct binding bindings[COLUMN_COUNT];
    column_set bound, unbound; /* of the columns that its rows have */
    column_set plain; /* of those bound: texts as they stand in their one field */
    struct question *questions;
    size_t question_count;
    const struct mapping_pairs *values[COLUMN_COUNT]; /* what texts of a column become; NULL */
    struct texts missing;                             /* texts that stand for no value */
    size_t key[KEY_FIELDS];                           /* fields that stand in for an id */
    size_t key_count;
    bool decimal_comma; /* "12,5" can be a number: commas do not cut the columns */
    struct time_reader times[COLUMN_COUNT];
    enum column undecided; /* whose times stopped the last row: day or month? COLUMN_NONE */
};

/* Fails where the file or the mapping does not give what rows of its kind need. `header` is taken
 * over and may grow where it is open (source.h). The plan's texts live in the arena, the mapping's
 * are borrowed. */
[[nodiscard]] bool plan_make(struct arena *arena, const char *file, const struct texts *header,
                             const struct source *source, const struct import_options *options,
                             struct plan *out, struct error *err);

/* Which fields of the header any column, question or key looks at; as many as it has. */
const bool *plan_wanted(struct arena *arena, const struct plan *plan);

/* True for a field that names what events of a log are about, "object:order". */
bool plan_is_object(const struct plan *plan, size_t field);

/* What the report says of it. */
void plan_report(struct arena *arena, const struct plan *plan, struct import_report *report);

/* ---- For each value: inline, as a file has millions ---- */

/* Words differ in their first letter more often than not. */
static inline bool plan_is_word(const char *word, const char *text)
{
    return *word == *text && strcmp(word, text) == 0;
}

/* True for NULL and for texts that stand for no value. */
static inline bool plan_is_missing(const struct plan *plan, const char *text)
{
    if (text == NULL)
        return true;
    for (size_t i = 0; i < plan->missing.count; i++)
        if (plan_is_word(plan->missing.items[i], text))
            return true;
    return false;
}

/* What a record has for a column that is bound: of its fields the first with a value, or else one
 * that has none. */
static inline const char *plan_find_raw(const struct plan *plan, enum column column,
                                        const struct record *record)
{
    const struct binding *binding = &plan->bindings[column];
    if (binding->to == BOUND_TO_CONSTANT)
        return binding->text;
    size_t i = 0, last = binding->field_count - 1;
    while (i < last && plan_is_missing(plan, record->fields[binding->fields[i]]))
        i++;
    return record->fields[binding->fields[i]];
}

/* What the mapping's `values` make of a column's text; NULL where it stands for no value. */
static inline const char *plan_read(const struct plan *plan, enum column column, const char *raw)
{
    const struct mapping_pairs *values = plan->values[column];
    if (plan_is_missing(plan, raw))
        return NULL;
    for (size_t i = 0; values != NULL && i < values->count; i++)
        if (plan_is_word(values->items[i].key, raw))
            return values->items[i].text;
    return raw;
}

#endif
