/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers.h"

#include <string.h>

#include <stellwerk/base/i18n.h>

enum { FORMAT_VERSION = 1 };

bool read_version(struct reading *reading, const struct field *field, const struct yaml_node *value,
                  void *)
{
    double version;
    if (!read_number(reading, field->key, value, 0, 0, &version))
        return false;
    if (version == FORMAT_VERSION)
        return true;
    if (version > FORMAT_VERSION)
        report(reading, SEVERITY_ERROR, value, "newer_format",
               _("the file is in version %s of the format; this stellwerk reads version %d"),
               shown(reading, value->text), FORMAT_VERSION);
    else
        report(reading, SEVERITY_ERROR, value, "out_of_range", _("the version of the format is %d"),
               FORMAT_VERSION);
    return false;
}

/* "all" is a word of its own wherever a persona can be named. */
bool finish_persona(struct reading *reading, const struct given *, void *target)
{
    const struct persona *persona = target;
    if (strcmp(persona->id, "all") != 0)
        return true;
    diag_add(reading->findings, SEVERITY_ERROR, persona->pos, "reserved_id",
             _("'all' means every persona, so none can be called that"));
    return false;
}

static bool read_handover(struct reading *reading, const struct yaml_node *node,
                          struct handover *out)
{
    if (node->kind != YAML_LIST || node->count != 2) {
        report(reading, SEVERITY_ERROR, node, "wrong_kind",
               _("a handover is a pair of channels: [from, to]"));
        return false;
    }
    const struct yaml_node *from = yaml_resolve(node->first);
    const struct yaml_node *to = yaml_resolve(node->first->next);
    out->pos = yaml_pos(reading->tree, node);
    bool fine = expect_text(reading, "handovers", from) &&
                resolve_id(reading, SPACE_CHANNEL, from, from->text, &out->from);
    return expect_text(reading, "handovers", to) &&
           resolve_id(reading, SPACE_CHANNEL, to, to->text, &out->to) && fine;
}

bool read_handovers(struct reading *reading, const struct field *field,
                    const struct yaml_node *value, void *target)
{
    struct journey *journey = target;
    if (!expect_list(reading, field->key, value))
        return false;
    journey->handovers = arena_array(reading->arena, value->count, sizeof(*journey->handovers));
    for (const struct yaml_node *item = value->first; item != NULL; item = item->next)
        if (read_handover(reading, yaml_resolve(item),
                          &journey->handovers[journey->handover_count]))
            journey->handover_count++;
    return true;
}

static size_t count_touchpoints(const struct yaml_node *stages)
{
    size_t count = 0;
    for (const struct yaml_node *item = stages->first; item != NULL; item = item->next) {
        const struct yaml_node *stage = yaml_resolve(item);
        const struct yaml_node *touchpoints =
            stage->kind == YAML_PAIRS ? yaml_find(stage, "touchpoints") : NULL;
        if (touchpoints != NULL && touchpoints->kind == YAML_LIST)
            count += touchpoints->count;
    }
    return count;
}

/* All touchpoints of a map stand in one array, so it is made before the first stage is read. */
bool read_stages(struct reading *reading, const struct field *field, const struct yaml_node *value,
                 void *target)
{
    struct journey *journey = target;
    if (!expect_list(reading, field->key, value))
        return false;
    journey->touchpoints =
        arena_array(reading->arena, count_touchpoints(value), sizeof(*journey->touchpoints));
    field_read_list(reading, field, value, target);
    for (size_t i = 0; i < journey->stage_count; i++)
        for (size_t j = 0; j < journey->stages[i].count; j++)
            journey->touchpoints[journey->stages[i].first + j].stage = (int)i;
    return true;
}

bool read_touchpoints(struct reading *reading, const struct field *field,
                      const struct yaml_node *value, void *target)
{
    struct stage *stage = target;
    struct journey *journey = reading->journey;
    stage->first = journey->touchpoint_count;
    if (!expect_list(reading, field->key, value))
        return false;
    for (const struct yaml_node *item = value->first; item != NULL; item = item->next) {
        struct touchpoint *touchpoint = &journey->touchpoints[journey->touchpoint_count];
        if (shape_read(reading, &touchpoint_shape, NULL, yaml_resolve(item),
                       (int)journey->touchpoint_count, touchpoint))
            journey->touchpoint_count++;
        else
            *touchpoint = (struct touchpoint){ 0 };
    }
    stage->count = journey->touchpoint_count - stage->first;
    return true;
}

/* A budget that names no touchpoint holds for all; `all: true` only says so aloud. */
bool read_all(struct reading *reading, const struct field *field, const struct yaml_node *value,
              void *)
{
    bool all;
    if (!read_bool(reading, field->key, value, &all))
        return false;
    if (!all)
        report(reading, SEVERITY_ERROR, value, "wrong_value",
               _("'%s' can only be true; name a touchpoint in its place"), field->key);
    return all;
}

bool finish_budget(struct reading *reading, const struct given *given, void *)
{
    const struct yaml_node *touchpoint = given_find(given, "touchpoint");
    const struct yaml_node *all = given_find(given, "all");
    if (touchpoint == NULL && all == NULL) {
        report(reading, SEVERITY_ERROR, given->node, "missing_key",
               _("a budget needs either 'touchpoint' or 'all: true'"));
        return false;
    }
    if (touchpoint != NULL && all != NULL) {
        report(reading, SEVERITY_ERROR, all, "conflicting_keys",
               _("a budget is for one touchpoint or for all, not both"));
        return false;
    }
    return given->broken == 0;
}
