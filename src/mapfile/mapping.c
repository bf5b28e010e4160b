/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/mapfile/mapping.h>

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

#include "readers.h"

bool read_pair_key(struct reading *, const struct yaml_node *key, void *item)
{
    struct mapping_pair *pair = item;
    pair->key = key->text;
    return true;
}

bool read_delimiter(struct reading *reading, const struct field *field,
                    const struct yaml_node *value, void *target)
{
    struct import_mapping *mapping = target;
    if (!expect_text(reading, field->key, value))
        return false;
    if (strcmp(value->text, "tab") == 0 || strcmp(value->text, "\\t") == 0)
        mapping->delimiter = '\t';
    else if (value->count == 1 && strchr("\"\\\r\n", value->text[0]) == NULL)
        mapping->delimiter = value->text[0];
    else
        report(reading, SEVERITY_ERROR, value, "wrong_value",
               _("'%s' must be one character, such as \";\", or the word tab"), field->key);
    return mapping->delimiter != '\0';
}

bool read_missing(struct reading *reading, const struct field *field, const struct yaml_node *value,
                  void *target)
{
    struct import_mapping *mapping = target;
    mapping->has_missing = true;
    return read_texts(reading, field, value, &mapping->missing);
}

static bool read_values_of(struct reading *reading, const struct yaml_node *key,
                           const struct yaml_node *value, struct mapping_values *out)
{
    static const struct field pairs = {
        .key = "values",
        .kind = FIELD_MAP,
        .offset = offsetof(struct mapping_values, pairs) + offsetof(struct mapping_pairs, items),
        .count_offset =
            offsetof(struct mapping_values, pairs) + offsetof(struct mapping_pairs, count),
        .shape = &pair_shape,
    };
    if (!expect_text(reading, pairs.key, key))
        return false;
    *out = (struct mapping_values){ .column = key->text, .pos = yaml_pos(reading->tree, key) };
    field_read_map(reading, &pairs, value, out);
    return out->pairs.count > 0;
}

bool read_value_pairs(struct reading *reading, const struct field *field,
                      const struct yaml_node *value, void *target)
{
    struct import_mapping *mapping = target;
    if (!expect_pairs(reading, field->key, value))
        return false;
    mapping->values = arena_array(reading->arena, value->count, sizeof(*mapping->values));
    for (const struct yaml_node *key = value->first; key != NULL; key = key->next->next)
        if (read_values_of(reading, yaml_resolve(key), yaml_resolve(key->next),
                           &mapping->values[mapping->value_count]))
            mapping->value_count++;
    return true;
}

bool read_answer_kind(struct reading *reading, const struct field *field,
                      const struct yaml_node *value, void *target)
{
    static const char *const kinds[] = { "expectation", "experience", "importance", "promise" };
    static const struct words words = { .items = kinds, .count = ARRAY_LEN(kinds) };
    struct unpivot *unpivot = target;
    int kind;
    bool fine = read_word(reading, field->key, value, &words, &kind);
    if (fine)
        unpivot->kind = kinds[kind];
    return fine;
}

bool read_scale(struct reading *reading, const struct field *field, const struct yaml_node *value,
                void *target)
{
    struct unpivot *unpivot = target;
    double min, max;
    if (value->kind != YAML_LIST || value->count != 2) {
        report(reading, SEVERITY_ERROR, value, "wrong_kind",
               _("'%s' takes two numbers: [lowest, highest]"), field->key);
        return false;
    }
    const struct yaml_node *low = yaml_resolve(value->first);
    const struct yaml_node *high = yaml_resolve(value->first->next);
    if (!read_number(reading, field->key, low, 0, 0, &min) ||
        !read_number(reading, field->key, high, 0, 0, &max))
        return false;
    if (min >= max) {
        report(reading, SEVERITY_ERROR, value, "wrong_value",
               _("the lowest value of '%s' must be below the highest"), field->key);
        return false;
    }
    unpivot->scale_min = min;
    unpivot->scale_max = max;
    return true;
}

bool finish_unpivot(struct reading *, const struct given *given, void *target)
{
    struct unpivot *unpivot = target;
    const struct yaml_node *scale = given_find(given, "scale");
    if (scale == NULL || unpivot->scale_min == unpivot->scale_max)
        unpivot->scale_min = unpivot->scale_max = NAN;
    if (unpivot->metric == NULL)
        unpivot->metric = unpivot->column;
    return true;
}

/* A column of the store cannot be filled from the file and with a constant. */
bool finish_mapping(struct reading *reading, const struct given *, void *target)
{
    const struct import_mapping *mapping = target;
    struct ids columns;
    ids_init(&columns, reading->arena);
    for (size_t i = 0; i < mapping->columns.count; i++)
        ids_add(&columns, mapping->columns.items[i].key, (int)i, mapping->columns.items[i].pos);
    for (size_t i = 0; i < mapping->constants.count; i++) {
        const struct mapping_pair *constant = &mapping->constants.items[i];
        const struct id_entry *column = ids_find(&columns, constant->key);
        if (column == NULL)
            continue;
        struct diag *diag =
            diag_add(reading->findings, SEVERITY_ERROR, constant->pos, "conflicting_keys",
                     _("'%s' has a constant here and a column of the file in line %u"),
                     shown(reading, constant->key), column->pos.line);
        diag->other = column->pos;
    }
    return true;
}

static const char *no_mapping(void)
{
    return _("this is no import mapping: one begins with 'as: events' or another key");
}

static struct import_mapping *new_mapping(struct arena *arena, const char *path)
{
    struct import_mapping *mapping = arena_alloc(arena, sizeof(*mapping));
    mapping->path = path;
    return mapping;
}

bool mapping_read_text(struct arena *arena, const char *path, const char *text, size_t length,
                       struct import_mapping **out, struct diag_list *findings)
{
    struct import_mapping *mapping = new_mapping(arena, path);
    bool read = document_read_text(arena, path, text, length, &mapping_shape, no_mapping(),
                                   mapping, findings);
    *out = read ? mapping : NULL;
    return read;
}

bool mapping_read_file(struct arena *arena, const char *path, struct import_mapping **out,
                       struct diag_list *findings)
{
    struct import_mapping *mapping = new_mapping(arena, path);
    bool read = document_read_file(arena, path, &mapping_shape, no_mapping(), mapping, findings);
    *out = read ? mapping : NULL;
    return read;
}
