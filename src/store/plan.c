/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

#include "needs.h"

/* A file's own column by its name, as written or else case apart. */
static size_t find_field(const struct plan *plan, const char *name)
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
    size_t field = find_field(plan, name);
    if (field != NO_FIELD || !plan->open_header)
        return field;
    plan->header.items = arena_grow(arena, plan->header.items, plan->header.count,
                                    &plan->header_capacity, sizeof(*plan->header.items));
    plan->header.items[plan->header.count] = name;
    return plan->header.count++;
}

static bool was_seen(const struct plan *plan, size_t field)
{
    return field < plan->header_seen;
}

/* ---- Layers: names, preset, mapping ---- */

/* A field that was seen counts more than one that may yet come. */
static void bind_fields(struct arena *arena, struct plan *plan, const struct preset_column *wish)
{
    struct binding binding = { .to = BOUND_TO_FIELD, .unseen = true };
    for (size_t i = 0; i < PRESET_SOURCES && wish->sources[i] != NULL; i++) {
        size_t field = find_or_ask(arena, plan, wish->sources[i]);
        if (field == NO_FIELD)
            continue;
        if (wish->one_for_all && was_seen(plan, field))
            binding.field_count = 0;
        binding.fields[binding.field_count++] = field;
        binding.unseen &= !was_seen(plan, field);
        if (wish->one_for_all && !binding.unseen)
            break;
    }
    struct binding *bound = &plan->bindings[wish->column];
    bool seen_before = bound->to != UNBOUND && !bound->unseen;
    if (binding.field_count > 0 && !(binding.unseen && seen_before))
        *bound = binding;
}

static void bind_names(struct arena *arena, struct plan *plan)
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
        size_t field = find_field(plan, preset->key[i]);
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

static void bind_preset(struct arena *arena, struct plan *plan)
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
            .unseen = !was_seen(plan, field),
            .named = true,
            .fields = { field },
            .field_count = 1,
            .pos = pair->pos,
        };
    }
    return true;
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

static bool bind_mapping(struct arena *arena, struct plan *plan, const char *file,
                         struct error *err)
{
    return bind_constants(plan, err) && bind_columns(arena, plan, file, err) &&
           bind_values(plan, err) && bind_questions(arena, plan, file, err);
}

/* ---- What kind of rows ---- */

static bool settle_kind(struct plan *plan, const char *file, const struct import_options *options,
                        struct error *err)
{
    const struct import_mapping *mapping = options->mapping;
    plan->as = options->as;
    if (plan->as == IMPORT_UNSET && mapping != NULL)
        plan->as = mapping->unpivot_count > 0 ? IMPORT_ANSWERS : mapping->as;
    if (plan->as == IMPORT_UNSET && plan->preset != NULL)
        plan->as = plan->preset->as;
    if (plan->as == IMPORT_UNSET)
        plan->as = plan_find_kind(plan);
    if (plan->as == IMPORT_UNSET)
        return error_set(err, _("the columns of '%s' are not those of events, answers or "
                                "observations; name its kind, a preset or a mapping file"),
                         file);
    if (plan->question_count > 0 && plan->as != IMPORT_ANSWERS)
        return error_at(err, mapping->unpivot[0].pos, _("'unpivot' makes answers, not %s"),
                        import_as_name(plan->as));
    return true;
}

/* A column of another kind of rows is left alone, unless the mapping asks for it by name. */
static bool drop_foreign(struct plan *plan, struct error *err)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        const struct binding *binding = &plan->bindings[i];
        if (column_is_of(i, plan->as) || binding->to == UNBOUND)
            continue;
        if (binding->named)
            return error_at(err, binding->pos, _("%s have no column '%s'"),
                            import_as_name(plan->as), column_info(i)->name);
        plan->bindings[i] = (struct binding){ 0 };
    }
    return true;
}

/* ---- Preset ---- */

static bool has_signature(const struct plan *plan, const struct preset *preset)
{
    if (preset->signature[0] == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(preset->signature) && preset->signature[i] != NULL; i++)
        if (find_field(plan, preset->signature[i]) == NO_FIELD)
            return false;
    return true;
}

static const struct preset *preset_by_signature(const struct plan *plan, enum import_form form)
{
    if (form == IMPORT_OCEL)
        return preset_find("ocel");
    const struct preset *preset;
    for (size_t i = 0; (preset = preset_at(i)) != NULL; i++)
        if (has_signature(plan, preset))
            return preset;
    return NULL;
}

static bool settle_preset(struct plan *plan, enum import_form form,
                          const struct import_options *options, struct error *err)
{
    const struct import_mapping *mapping = options->mapping;
    const char *name = options->preset;
    struct pos pos = { 0 };
    if (name == NULL && mapping != NULL) {
        name = mapping->preset;
        pos = mapping->preset_pos;
    }
    if (name == NULL) {
        bool told = options->as != IMPORT_UNSET ||
                    (mapping != NULL && !mapping->one_off) || plan_find_kind(plan) != IMPORT_UNSET;
        bool asked = !told || form == IMPORT_OCEL;
        plan->preset = asked ? preset_by_signature(plan, form) : NULL;
        return true;
    }
    plan->preset = preset_find(name);
    if (plan->preset != NULL)
        return true;
    const char *near = preset_near(name);
    if (near != NULL)
        return error_at(err, pos, _("there is no preset '%s'; did you mean '%s'?"), name, near);
    return error_at(err, pos, _("there is no preset '%s'"), name);
}

/* ---- The rest of the mapping ---- */

static void settle_missing(struct plan *plan)
{
    static const char *nothing[] = { "" };
    plan->missing = (struct texts){ .items = nothing, .count = 1 };
    if (plan->mapping != NULL && plan->mapping->has_missing)
        plan->missing = plan->mapping->missing;
}

static bool settle_times(struct plan *plan, struct error *err)
{
    const struct import_mapping *mapping = plan->mapping;
    if (mapping == NULL || mapping->time_format == NULL)
        return true;
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        bool from_file = plan->bindings[i].to == BOUND_TO_FIELD;
        bool is_time = column_info(i)->type == COLUMN_IS_INSTANT ||
                       column_info(i)->type == COLUMN_IS_DAY;
        if (from_file && is_time &&
            !time_reader_set(&plan->times[i], mapping->time_format, mapping->time_format_pos, err))
            return false;
    }
    return true;
}

bool plan_make(struct arena *arena, const char *file, const struct texts *header,
               const struct source *source, const struct import_options *options,
               struct plan *out, struct error *err)
{
    struct source_format format = source_format(source);
    *out = (struct plan){
        .mapping = options->mapping,
        .header = *header,
        .header_seen = header->count,
        .header_capacity = header->count,
        .open_header = source->form->open_header,
        .is_log = format.form == IMPORT_OCEL,
        .decimal_comma = format.form == IMPORT_CSV && format.delimiter != ',',
    };
    bind_names(arena, out);
    if (!settle_preset(out, format.form, options, err))
        return false;
    bind_preset(arena, out);
    if (out->mapping != NULL && !bind_mapping(arena, out, file, err))
        return false;
    settle_missing(out);
    return settle_kind(out, file, options, err) && drop_foreign(out, err) &&
           plan_check_needs(out, file, err) && settle_times(out, err);
}

bool plan_is_missing(const struct plan *plan, const char *text)
{
    if (text == NULL)
        return true;
    for (size_t i = 0; i < plan->missing.count; i++)
        if (strcmp(plan->missing.items[i], text) == 0)
            return true;
    return false;
}

const char *plan_find_raw(const struct plan *plan, const struct binding *binding,
                          const struct record *record)
{
    size_t last = binding->field_count - 1;
    for (size_t i = 0; i < last; i++)
        if (!plan_is_missing(plan, record->fields[binding->fields[i]]))
            return record->fields[binding->fields[i]];
    return record->fields[binding->fields[last]];
}

const char *plan_map_value(const struct plan *plan, enum column column, const char *text)
{
    const struct mapping_pairs *values = plan->values[column];
    for (size_t i = 0; values != NULL && i < values->count; i++)
        if (strcmp(values->items[i].key, text) == 0)
            return values->items[i].text;
    return text;
}

bool plan_is_object(const struct plan *plan, size_t field)
{
    const char *name = plan->header.items[field];
    return plan->is_log && strncmp(name, "object:", 7) == 0 && strchr(name, '.') == NULL;
}

static bool uses(const struct plan *plan, size_t field)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        for (size_t j = 0; j < plan->bindings[i].field_count; j++)
            if (plan->bindings[i].fields[j] == field)
                return true;
    for (size_t i = 0; i < plan->question_count; i++)
        if (plan->questions[i].field == field)
            return true;
    for (size_t i = 0; i < plan->key_count; i++)
        if (plan->key[i] == field)
            return true;
    return false;
}

const bool *plan_wanted(struct arena *arena, const struct plan *plan)
{
    bool *wanted = arena_array(arena, plan->header.count, sizeof(*wanted));
    for (size_t i = 0; i < plan->header.count; i++)
        wanted[i] = uses(plan, i);
    return wanted;
}

/* ---- Report ---- */

/* "userId, else anonymousId": the fields that were seen, or else the first that is asked for. */
static const char *name_fields(struct arena *arena, const struct plan *plan,
                               const struct binding *binding)
{
    const char *text = NULL;
    for (size_t i = 0; i < binding->field_count; i++) {
        const char *name = plan->header.items[binding->fields[i]];
        if (!was_seen(plan, binding->fields[i]) && !binding->unseen)
            continue;
        text = text == NULL ? name : arena_printf(arena, _("%s, else %s"), text, name);
    }
    return text;
}

static void report_columns(struct arena *arena, const struct plan *plan,
                           struct import_report *report)
{
    report->columns = arena_array(arena, COLUMN_COUNT, sizeof(*report->columns));
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        const struct binding *binding = &plan->bindings[i];
        if (binding->to == UNBOUND || (binding->unseen && !binding->named))
            continue;
        bool constant = binding->to == BOUND_TO_CONSTANT;
        report->columns[report->column_count++] = (struct import_column){
            .column = column_info(i)->name,
            .source = constant ? arena_strdup(arena, binding->text)
                               : name_fields(arena, plan, binding),
            .constant = constant,
            .unseen = binding->unseen,
        };
    }
}

void plan_report(struct arena *arena, const struct plan *plan, struct import_report *report)
{
    report->as = plan->as;
    report->preset = plan->preset != NULL ? plan->preset->name : NULL;
    report_columns(arena, plan, report);
    report->ignored.items = arena_array(arena, plan->header.count, sizeof(*report->ignored.items));
    for (size_t i = 0; i < plan->header_seen; i++)
        if (!uses(plan, i))
            report->ignored.items[report->ignored.count++] = plan->header.items[i];
}
