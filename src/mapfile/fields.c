/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <math.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/time.h>

static void read_day(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, int32_t *out)
{
    if (expect_text(reading, field->key, node) && !time_parse_day(node->text, out))
        report(reading, SEVERITY_ERROR, node, "not_a_date",
               _("'%s' must be a date like 2026-11-01, not '%s'"), field->key,
               shown(reading, node->text));
}

static void read_duration(struct reading *reading, const struct field *field,
                          const struct yaml_node *node, int64_t *out)
{
    if (expect_text(reading, field->key, node) && !time_parse_duration(node->text, out))
        report(reading, SEVERITY_ERROR, node, "not_a_duration",
               _("'%s' must be a duration like 90d, 36h or 15min, not '%s'"), field->key,
               shown(reading, node->text));
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

static void read_ref(struct reading *reading, const struct field *field,
                     const struct yaml_node *node, int *out)
{
    int index;
    if (expect_text(reading, field->key, node) &&
        resolve_id(reading, field->space, node, node->text, &index))
        *out = index;
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
    int index = NONE;
    read_ref(reading, field, node, &index);
    if (index == NONE)
        return;
    if (field->unique && out->count <= UNIQUE_MAX && holds(out, index)) {
        report(reading, SEVERITY_WARNING, node, "duplicate_item", _("'%s' names '%s' twice"),
               field->key, shown(reading, node->text));
        return;
    }
    out->items[out->count++] = index;
}

static void read_refs(struct reading *reading, const struct field *field,
                      const struct yaml_node *node, struct indices *out)
{
    if (!expect_list(reading, field->key, node))
        return;
    out->items = arena_array(reading->arena, node->count, sizeof(*out->items));
    for (const struct yaml_node *item = node->first; item != NULL; item = item->next)
        take_ref(reading, field, yaml_resolve(item), out);
}

static void read_text(struct reading *reading, const struct field *field,
                      const struct yaml_node *node, const char **out)
{
    if (!expect_text(reading, field->key, node))
        return;
    *out = node->text;
    if (field->kind == FIELD_ID)
        check_id(reading, node);
}

static void read_scalar(struct reading *reading, const struct field *field,
                        const struct yaml_node *node, void *at)
{
    double number;
    int word;
    switch (field->kind) {
    case FIELD_NUMBER:
        read_number(reading, field->key, node, field->min, field->max, at);
        break;
    case FIELD_INTEGER:
        if (read_whole_number(reading, field, node, &number))
            *(int *)at = (int)number;
        break;
    case FIELD_COUNT:
        if (read_whole_number(reading, field, node, &number))
            *(uint64_t *)at = (uint64_t)number;
        break;
    case FIELD_BOOL:
        read_bool(reading, field->key, node, at);
        break;
    case FIELD_WORD:
        if (read_word(reading, field->key, node, field->words, &word))
            *(unsigned *)at = (unsigned)word;
        break;
    case FIELD_DAY:
        read_day(reading, field, node, at);
        break;
    case FIELD_DURATION:
        read_duration(reading, field, node, at);
        break;
    default:
        read_text(reading, field, node, at);
    }
}

void field_read(struct reading *reading, const struct field *field, const struct yaml_node *node,
                void *target)
{
    void *at = (char *)target + field->offset;
    if (field->pos_offset != 0)
        *(struct pos *)(void *)((char *)target + field->pos_offset) = yaml_pos(reading->tree, node);
    switch (field->kind) {
    case FIELD_TEXTS:
        read_texts(reading, field, node, at);
        break;
    case FIELD_REF:
        read_ref(reading, field, node, at);
        break;
    case FIELD_REFS:
        read_refs(reading, field, node, at);
        break;
    case FIELD_STRUCT:
        field_read_struct(reading, field, node, target);
        break;
    case FIELD_LIST:
        field_read_list(reading, field, node, target);
        break;
    case FIELD_MAP:
        field_read_map(reading, field, node, target);
        break;
    case FIELD_CUSTOM:
        field->read(reading, field, node, target);
        break;
    default:
        read_scalar(reading, field, node, at);
    }
}
