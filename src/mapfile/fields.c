/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

static bool read_day(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, int32_t *out)
{
    if (!expect_text(reading, field->key, node))
        return false;
    if (time_parse_day(node->text, out))
        return true;
    report(reading, SEVERITY_ERROR, node, "not_a_date",
           _("'%s' must be a date like 2026-11-01, not '%s'"), field->key,
           shown(reading, node->text));
    return false;
}

static bool read_duration(struct reading *reading, const struct field *field,
                          const struct yaml_node *node, int64_t *out)
{
    if (!expect_text(reading, field->key, node))
        return false;
    if (time_parse_duration(node->text, out))
        return true;
    report(reading, SEVERITY_ERROR, node, "not_a_duration",
           _("'%s' must be a duration like 90d, 36h or 15min, not '%s'"), field->key,
           shown(reading, node->text));
    return false;
}

static bool read_whole_number(struct reading *reading, const struct field *field,
                              const struct yaml_node *node, double *out)
{
    double number;
    if (!read_number(reading, field->key, node, field->min, field->max, &number))
        return false;
    if (number != floor(number)) {
        report(reading, SEVERITY_ERROR, node, "not_a_number",
               _("'%s' must be a whole number, not %s"), field->key, shown(reading, node->text));
        return false;
    }
    *out = number;
    return true;
}

static bool read_integer(struct reading *reading, const struct field *field,
                         const struct yaml_node *node, int *out)
{
    double number;
    bool fine = read_whole_number(reading, field, node, &number);
    if (fine)
        *out = (int)number;
    return fine;
}

static bool read_count(struct reading *reading, const struct field *field,
                       const struct yaml_node *node, uint64_t *out)
{
    double number;
    bool fine = read_whole_number(reading, field, node, &number);
    if (fine)
        *out = (uint64_t)number;
    return fine;
}

/* Enumerations are unsigned to the compilers that are used here. */
static bool read_enumeration(struct reading *reading, const struct field *field,
                             const struct yaml_node *node, unsigned *out)
{
    int word;
    bool fine = read_word(reading, field->key, node, field->words, &word);
    if (fine)
        *out = (unsigned)word;
    return fine;
}

static bool read_ref(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, int *out)
{
    int index;
    bool fine = expect_text(reading, field->key, node) &&
                resolve_id(reading, field->space, node, node->text, &index);
    if (fine)
        *out = index;
    return fine;
}

/* Longer lists are no slips of a person, and looking through them again and again takes long. */
enum { UNIQUE_MAX = 1000 };

static bool holds(const struct indices *indices, int index)
{
    for (size_t i = 0; i < indices->count; i++)
        if (indices->items[i] == index)
            return true;
    return false;
}

static void take_ref(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, struct indices *out)
{
    int index;
    if (!read_ref(reading, field, node, &index))
        return;
    if (field->unique && out->count <= UNIQUE_MAX && holds(out, index)) {
        report(reading, SEVERITY_WARNING, node, "duplicate_item", _("'%s' names '%s' twice"),
               field->key, shown(reading, node->text));
        return;
    }
    out->items[out->count++] = index;
}

static bool read_refs(struct reading *reading, const struct field *field,
                      const struct yaml_node *node, struct indices *out)
{
    if (!expect_list(reading, field->key, node))
        return false;
    out->items = arena_array(reading->arena, node->count, sizeof(*out->items));
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        take_ref(reading, field, yaml_resolve(item), out);
    return true;
}

static bool read_text(struct reading *reading, const struct field *field,
                      const struct yaml_node *node, const char **out)
{
    if (!expect_text(reading, field->key, node))
        return false;
    *out = node->text;
    if (field->kind == FIELD_ID)
        check_id(reading, node);
    return true;
}

bool field_read(struct reading *reading, const struct field *field, const struct yaml_node *node,
                void *target)
{
    void *at = (char *)target + field->offset;
    if (field->pos_offset != 0)
        *(struct pos *)(void *)((char *)target + field->pos_offset) = yaml_pos(reading->tree, node);
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_ID:
        return read_text(reading, field, node, at);
    case FIELD_TEXTS:
        return read_texts(reading, field, node, at);
    case FIELD_NUMBER:
        return read_number(reading, field->key, node, field->min, field->max, at);
    case FIELD_INTEGER:
        return read_integer(reading, field, node, at);
    case FIELD_COUNT:
        return read_count(reading, field, node, at);
    case FIELD_BOOL:
        return read_bool(reading, field->key, node, at);
    case FIELD_DAY:
        return read_day(reading, field, node, at);
    case FIELD_DURATION:
        return read_duration(reading, field, node, at);
    case FIELD_WORD:
        return read_enumeration(reading, field, node, at);
    case FIELD_REF:
        return read_ref(reading, field, node, at);
    case FIELD_REFS:
        return read_refs(reading, field, node, at);
    case FIELD_STRUCT:
        return field_read_struct(reading, field, node, target);
    case FIELD_LIST:
        return field_read_list(reading, field, node, target);
    case FIELD_MAP:
        return field_read_map(reading, field, node, target);
    case FIELD_CUSTOM:
        return field->read(reading, field, node, target);
    }
    return false;
}
