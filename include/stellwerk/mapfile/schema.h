/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file may say, as tables: a shape for each struct of the model, a row for each of its keys.
 *
 * The one description serves reading, the suggestion of known keys, forms and the documentation.
 * Rows are read in the order of the table, not of the file: what others refer to comes first.
 */
#ifndef STELLWERK_MAPFILE_SCHEMA_H
#define STELLWERK_MAPFILE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stellwerk/mapfile/yaml.h>
#include <stellwerk/model/words.h>

struct reading;
struct field;
struct given;

/* Kinds of things that have ids, and that others refer to by them. */
enum space {
    SPACE_NONE,
    SPACE_PERSONA,
    SPACE_CONTEXT,
    SPACE_CHANNEL,
    SPACE_METRIC,
    SPACE_STAGE,
    SPACE_TOUCHPOINT,
    SPACE_ROUTE,
    SPACE_OPPORTUNITY,
    SPACE_COUNT
};

/* What stands behind a key, and with it the type of the member at `offset`. */
enum field_kind {
    FIELD_TEXT,     /* const char *: any scalar as it is written; NULL */
    FIELD_ID,       /* const char *: [a-z0-9][a-z0-9_-]*, in the `space` of the shape */
    FIELD_TEXTS,    /* struct texts: a list, or one text alone */
    FIELD_NUMBER,   /* double, min..max; `otherwise` */
    FIELD_INTEGER,  /* int, min..max; `otherwise` */
    FIELD_COUNT,    /* uint64_t, min..max; `otherwise` */
    FIELD_BOOL,     /* bool: true or false */
    FIELD_DAY,      /* int32_t; DAY_NONE */
    FIELD_DURATION, /* int64_t, microseconds; 0 */
    FIELD_WORD,     /* an enumeration, one of `words`; `otherwise` */
    FIELD_REF,      /* int: index of what has the id in `space`; NONE */
    FIELD_REFS,     /* struct indices */
    FIELD_STRUCT,   /* `shape`, in place */
    FIELD_LIST,     /* array of `shape` at `offset`, its length at `count_offset` */
    FIELD_MAP,      /* the same, each item under a key of its own */
    FIELD_CUSTOM    /* `read` knows */
};

/* Reads `value` into the struct `target` that the field belongs to; false after a finding. */
typedef bool field_reader(struct reading *reading, const struct field *field,
                          const struct yaml_node *value, void *target);

/* Reads the key of an item of FIELD_MAP into the item; false leaves the item out. */
typedef bool key_reader(struct reading *reading, const struct yaml_node *key, void *item);

/* Looks at a struct once all its fields are read; false leaves it out. */
typedef bool shape_finisher(struct reading *reading, const struct given *given, void *target);

struct field {
    const char *key;
    enum field_kind kind;
    uint16_t offset, count_offset;
    uint16_t pos_offset; /* of a struct pos for the place of the value; 0: none */
    bool required;
    bool unique;      /* FIELD_REFS: naming one twice is a slip */
    bool keep_empty;  /* FIELD_TEXTS: an empty text is one */
    double min, max;  /* both 0: any */
    double otherwise; /* where the file says nothing */
    enum space space;
    const struct words *words;
    const struct shape *shape;
    field_reader *read;
    enum field_kind written; /* FIELD_CUSTOM: what it is to whoever writes it: a list, a number */
    const char *rival;  /* the key that it takes the place of, and that gives way to it; NULL */
    bool fixed;         /* stellwerk's own business: no form changes it */
    const char *sample; /* what could stand there, where its kind does not say it; NULL */
    const char *help;   /* N_(): a phrase for forms and the documentation */
};

struct shape {
    const char *name; /* how the format calls it: "touchpoints" */
    const struct field *fields;
    size_t field_count; /* up to FIELDS_MAX */
    size_t size;
    /* Whether the offsets below mean something; an id is required. */
    bool has_pos, has_id, has_title;
    uint16_t pos_offset;   /* struct pos: of the mapping, or of the key it stands under */
    uint16_t id_offset;    /* const char * */
    uint16_t title_offset; /* const char *: where the file gives none, the id stands in for it */
    enum space space;      /* SPACE_NONE: its ids are its owner's business */
    const char *sample;    /* of FIELD_LIST and FIELD_MAP: an item as a form takes it; NULL */
    const char *shorthand; /* the key that is meant where no mapping stands in its place */
    bool
        bare; /* never a mapping: what stands in its place is its only field, whose key is unseen */
    key_reader *read_key; /* of FIELD_MAP; NULL: the key is the id */
    shape_finisher *finish;
};

/* What stands behind the key, to whoever writes a file. */
static inline enum field_kind field_written(const struct field *field)
{
    return field->kind == FIELD_CUSTOM ? field->written : field->kind;
}

#define FIELDS_MAX 32 /* of one shape */

extern const struct shape map_shape;     /* struct journey */
extern const struct shape library_shape; /* struct journey, what a shared library may hold */
extern const struct shape stage_shape;
extern const struct shape touchpoint_shape;
extern const struct shape expectation_shape;
extern const struct shape experience_shape;
extern const struct shape promise_shape;
extern const struct shape opportunity_shape;
extern const struct shape metric_shape;
extern const struct shape mapping_shape; /* struct import_mapping */
extern const struct shape queries_shape; /* struct warehouse_queries */
extern const struct shape pair_shape;    /* struct mapping_pair */

#endif
