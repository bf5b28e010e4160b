/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading.h"

#include <stdarg.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>
#include <stellwerk/base/utf8.h>

/* Comparisons of words for one file: a tenth of a second of them. */
static const size_t offers_max = 300000;

void reading_init(struct reading *reading, struct arena *arena, struct arena *nodes,
                  struct diag_list *findings)
{
    *reading = (struct reading){
        .arena = arena, .nodes = nodes, .findings = findings, .offers_left = offers_max
    };
    for (int space = 0; space < SPACE_COUNT; space++)
        ids_init(&reading->spaces[space], nodes);
}

struct diag *report(struct reading *reading, enum severity severity, const struct yaml_node *at,
                    const char *code, const char *format, ...)
{
    struct pos pos = yaml_pos(reading->tree, at);
    if (reading->findings->count >= DIAG_MAX)
        return diag_add(reading->findings, severity, pos, code, "%s", "");
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(reading->findings->arena, format, args);
    va_end(args);
    return diag_add(reading->findings, severity, pos, code, "%s", text);
}

const char *shown(struct reading *reading, const char *text)
{
    return utf8_fit(reading->nodes, text, 60, "…");
}

static const struct field *nearest_field(struct reading *reading, const struct shape *shape,
                                         const char *key)
{
    if (reading->offers_left < shape->field_count)
        return NULL;
    reading->offers_left -= shape->field_count;
    struct near near;
    near_init(&near, key);
    const struct field *best = NULL;
    for (size_t i = 0; i < shape->field_count; i++) {
        near_offer(&near, shape->fields[i].key);
        if (near.best == shape->fields[i].key)
            best = &shape->fields[i];
    }
    return best;
}

/* "name:Anna" within {…} is a key of its own, if "name" is one. */
static bool lacks_space(const struct shape *shape, const char *key)
{
    size_t length = strcspn(key, ":");
    if (key[length] == '\0')
        return false;
    for (size_t i = 0; i < shape->field_count; i++)
        if (strlen(shape->fields[i].key) == length &&
            memcmp(shape->fields[i].key, key, length) == 0)
            return true;
    return false;
}

/* "{name: Berg, Anna}" has a key "Anna" without a value. */
static bool is_rest_of_text(const struct yaml_node *pair)
{
    return pair->next->kind == YAML_TEXT && pair->next->begin == pair->next->end &&
           pair->end == pair->next->begin;
}

void report_unknown_key(struct reading *reading, const struct shape *shape,
                        const struct yaml_node *pair)
{
    const struct yaml_node *key = yaml_resolve(pair);
    const char *name = shown(reading, key->text);
    const struct field *near = nearest_field(reading, shape, key->text);
    if (strcmp(key->text, "<<") == 0)
        report(reading, SEVERITY_ERROR, pair, "merge_key",
               _("'<<' is not read here; write the keys out, or use an alias for each value"));
    else if (lacks_space(shape, key->text))
        report(reading, SEVERITY_ERROR, pair, "missing_space",
               _("a space is missing behind the ':' of '%s'"), name);
    else if (is_rest_of_text(pair))
        report(reading, SEVERITY_WARNING, pair, "unknown_key",
               _("'%s' has no key '%s'; a text with a comma within {…} needs quotes"), shape->name,
               name);
    else if (near != NULL)
        report(reading, SEVERITY_WARNING, pair, "unknown_key",
               _("'%s' has no key '%s'; did you mean '%s'?"), shape->name, name, near->key);
    else
        report(reading, SEVERITY_WARNING, pair, "unknown_key", _("'%s' has no key '%s'"),
               shape->name, name);
}
