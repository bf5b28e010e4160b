/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bind.h"

#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

/* A file's own column by its name, as written or else case apart. */
size_t plan_find_field(const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->header.count; i++)
        if (strcmp(plan->header.items[i], name) == 0)
            return i;
    for (size_t i = 0; i < plan->header.count; i++)
        if (strcasecmp(plan->header.items[i], name) == 0)
            return i;
    return NO_FIELD;
}

/* The same where the header is open: a field that is not in it may yet come. */
static size_t find_or_ask(struct arena *arena, struct plan *plan, const char *name)
{
    size_t field = plan_find_field(plan, name);
    if (field != NO_FIELD || !plan->open_header)
        return field;
    plan->header.items = arena_grow(arena, plan->header.items, plan->header.count,
                                    &plan->header_capacity, sizeof(*plan->header.items));
    plan->header.items[plan->header.count] = name;
    return plan->header.count++;
}

bool plan_has_seen(const struct plan *plan, size_t field)
{
    return field < plan->header_seen;
}

/* ---- Names and preset ---- */

/* A field that was seen counts more than one that may yet come. */
static void bind_fields(struct arena *arena, struct plan *plan, const struct preset_column *wish)
{
    struct binding binding = { .to = BOUND_TO_FIELD, .unseen = true };
    for (size_t i = 0; i < PRESET_SOURCES && wish->sources[i] != NULL; i++) {
        size_t field = find_or_ask(arena, plan, wish->sources[i]);
        if (field == NO_FIELD)
            continue;
        if (wish->one_for_all && plan_has_seen(plan, field))
            binding.field_count = 0;
        binding.fields[binding.field_count++] = field;
        binding.unseen &= !plan_has_seen(plan, field);
        if (wish->one_for_all && !binding.unseen)
            break;
    }
    struct binding *bound = &plan->bindings[wish->column];
    bool seen_before = bound->to != UNBOUND && !bound->unseen;
    if (binding.field_count > 0 && !(binding.unseen && seen_before))
        *bound = binding;
}

void bind_names(struct arena *arena, struct plan *plan)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        struct preset_column wish = { .column = i, .sources = { column_info(i)->name } };
        bind_fields(arena, plan, &wish);
    }
}

/* The fields that stand in for an id; too few of them would make different events one. */
static void bind_key(struct plan *plan, const struct preset *preset)
{
    enum { LEAST = 3 };
    for (size_t i = 0; i < KEY_FIELDS && preset->key[i] != NULL; i++) {
        size_t field = plan_find_field(plan, preset->key[i]);
        if (field != NO_FIELD)
            plan->key[plan->key_count++] = field;
    }
    if (plan->key_count < LEAST)
        plan->key_count = 0;
}

/* In a log where events are about objects of one type beside the person, that is the case. */
static void bind_only_object(struct plan *plan)
{
    const struct binding *person = &plan->bindings[COLUMN_PERSON_ID];
    size_t only = NO_FIELD;
    for (size_t i = 0; i < plan->header.count; i++) {
        if (!plan_is_object(plan, i) || (person->to != UNBOUND && person->fields[0] == i))
            continue;
        if (only != NO_FIELD)
            return;
        only = i;
    }
    if (only != NO_FIELD)
        plan->bindings[COLUMN_CASE_ID] = (struct binding){
            .to = BOUND_TO_FIELD,
            .fields = { only },
            .field_count = 1,
        };
}

void bind_preset(struct arena *arena, struct plan *plan)
{
    const struct preset *preset = plan->preset;
    if (preset == NULL)
        return;
    for (size_t i = 0; i < preset->column_count; i++)
        bind_fields(arena, plan, &preset->columns[i]);
    bind_key(plan, preset);
    if (preset->case_in_key)
        bind_only_object(plan);
}

/* ---- Mapping ---- */

/* A column of the store that a mapping names. */
static bool find_column(const char *name, struct pos pos, enum column *out, struct error *err)
{
    *out = column_find(name, IMPORT_UNSET);
    if (*out != COLUMN_NONE)
        return true;
    const char *near = column_near(name, IMPORT_UNSET);
    if (near != NULL)
        return error_at(err, pos, _("the store has no column '%s'; did you mean '%s'?"), name,
                        near);
    return error_at(err, pos, _("the store has no column '%s'"), name);
}

static bool unknown_field(const struct plan *plan, const char *file, const char *name,
                          struct pos pos, struct error *err)
{
    struct near near;
    near_init(&near, name);
    for (size_t i = 0; i < plan->header.count; i++)
        near_offer(&near, plan->header.items[i]);
    if (near.best != NULL)
        return error_at(err, pos, _("'%s' has no column '%s'; did you mean '%s'?"), file, name,
                        near.best);
    return error_at(err, pos, _("'%s' has no column '%s'"), file, name);
}

static bool bind_constants(struct plan *plan, struct error *err)
{
    const struct mapping_pairs *constants = &plan->mapping->constants;
    enum column column;
    for (size_t i = 0; i < constants->count; i++) {
        const struct mapping_pair *pair = &constants->items[i];
        if (!find_column(pair->key, pair->pos, &column, err))
            return false;
        plan->bindings[column] = (struct binding){
            .to = BOUND_TO_CONSTANT,
            .named = true,
            .text = pair->text,
            .pos = pair->pos,
        };
    }
    return true;
}

static bool bind_columns(struct arena *arena, struct plan *plan, const char *file,
                         struct error *err)
{
    const struct mapping_pairs *columns = &plan->mapping->columns;
    enum column column;
    for (size_t i = 0; i < columns->count; i++) {
        const struct mapping_pair *pair = &columns->items[i];
        size_t field = find_or_ask(arena, plan, pair->text);
        if (!find_column(pair->key, pair->pos, &column, err))
            return false;
        if (field == NO_FIELD)
            return unknown_field(plan, file, pair->text, pair->pos, err);
        plan->bindings[column] = (struct binding){
            .to = BOUND_TO_FIELD,
            .unseen = !plan_has_seen(plan, field),
            .named = true,
            .fields = { field },
            .field_count = 1,
            .pos = pair->pos,
        };
    }
    return true;
}

/* A path that no line had so far is fine, but may be a slip. */
static void warn_unseen(const struct plan *plan, const char *file, struct diag_list *diags)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        const struct binding *binding = &plan->bindings[i];
        if (!binding->named || !binding->unseen)
            continue;
        struct near near;
        const char *name = plan->header.items[binding->fields[0]];
        near_init(&near, name);
        for (size_t j = 0; j < plan->header_seen; j++)
            near_offer(&near, plan->header.items[j]);
        if (near.best != NULL)
            diag_add(diags, SEVERITY_WARNING, binding->pos, "unseen_field",
                     _("the first lines of '%s' have no '%s'; did you mean '%s'?"), file, name,
                     near.best);
        else
            diag_add(diags, SEVERITY_WARNING, binding->pos, "unseen_field",
                     _("the first lines of '%s' have no '%s'"), file, name);
    }
}

static bool bind_values(struct plan *plan, struct error *err)
{
    enum column column;
    for (size_t i = 0; i < plan->mapping->value_count; i++) {
        const struct mapping_values *values = &plan->mapping->values[i];
        if (!find_column(values->column, values->pos, &column, err))
            return false;
        plan->values[column] = &values->pairs;
    }
    return true;
}

static bool bind_questions(struct arena *arena, struct plan *plan, const char *file,
                           struct error *err)
{
    const struct import_mapping *mapping = plan->mapping;
    plan->question_count = mapping->unpivot_count;
    plan->questions = arena_array(arena, mapping->unpivot_count, sizeof(*plan->questions));
    for (size_t i = 0; i < mapping->unpivot_count; i++) {
        const struct unpivot *unpivot = &mapping->unpivot[i];
        size_t field = find_or_ask(arena, plan, unpivot->column);
        if (field == NO_FIELD)
            return unknown_field(plan, file, unpivot->column, unpivot->pos, err);
        plan->questions[i] = (struct question){ .field = field, .unpivot = unpivot };
    }
    return true;
}

bool bind_mapping(struct arena *arena, struct plan *plan, const char *file,
                  struct diag_list *diags, struct error *err)
{
    if (!bind_constants(plan, err) || !bind_columns(arena, plan, file, err) ||
        !bind_values(plan, err) || !bind_questions(arena, plan, file, err))
        return false;
    if (diags != NULL)
        warn_unseen(plan, file, diags);
    return true;
}
