/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

#include "needs.h"

#define NO_FIELD SIZE_MAX

static void copy_header(struct arena *arena, const struct csv_record *header, struct texts *out)
{
    out->items = arena_array(arena, header->count, sizeof(*out->items));
    out->count = header->count;
    for (size_t i = 0; i < header->count; i++)
        out->items[i] = arena_strdup(arena, header->fields[i]);
}

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

/* ---- Layers: names, preset, mapping ---- */

static void bind_field(struct plan *plan, enum column column, size_t field)
{
    if (field != NO_FIELD)
        plan->bindings[column] = (struct binding){ .to = BOUND_TO_FIELD, .field = field };
}

static void bind_names(struct plan *plan)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        bind_field(plan, i, find_field(plan, column_info(i)->name));
}

static void bind_preset(struct plan *plan)
{
    const struct preset *preset = plan->preset;
    for (size_t i = 0; preset != NULL && i < preset->column_count; i++) {
        const struct preset_column *column = &preset->columns[i];
        for (size_t j = ARRAY_LEN(column->sources); j-- > 0;)
            if (column->sources[j] != NULL)
                bind_field(plan, column->column, find_field(plan, column->sources[j]));
    }
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
            .text = pair->text,
            .pos = pair->pos,
        };
    }
    return true;
}

static bool bind_columns(struct plan *plan, const char *file, struct error *err)
{
    const struct mapping_pairs *columns = &plan->mapping->columns;
    enum column column;
    for (size_t i = 0; i < columns->count; i++) {
        const struct mapping_pair *pair = &columns->items[i];
        size_t field = find_field(plan, pair->text);
        if (!find_column(pair->key, pair->pos, &column, err))
            return false;
        if (field == NO_FIELD)
            return unknown_field(plan, file, pair->text, pair->pos, err);
        bind_field(plan, column, field);
        plan->bindings[column].pos = pair->pos;
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
        size_t field = find_field(plan, unpivot->column);
        if (field == NO_FIELD)
            return unknown_field(plan, file, unpivot->column, unpivot->pos, err);
        plan->questions[i] = (struct question){ .field = field, .unpivot = unpivot };
    }
    return true;
}

static bool bind_mapping(struct arena *arena, struct plan *plan, const char *file,
                         struct error *err)
{
    return bind_constants(plan, err) && bind_columns(plan, file, err) && bind_values(plan, err) &&
           bind_questions(arena, plan, file, err);
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
        if (binding->pos.line > 0)
            return error_at(err, binding->pos, _("%s have no column '%s'"),
                            import_as_name(plan->as), column_info(i)->name);
        plan->bindings[i] = (struct binding){ 0 };
    }
    return true;
}

/* ---- Preset ---- */

static bool has_signature(const struct plan *plan, const struct preset *preset)
{
    for (size_t i = 0; i < ARRAY_LEN(preset->signature) && preset->signature[i] != NULL; i++)
        if (find_field(plan, preset->signature[i]) == NO_FIELD)
            return false;
    return true;
}

static const struct preset *preset_by_signature(const struct plan *plan)
{
    const struct preset *preset;
    for (size_t i = 0; (preset = preset_at(i)) != NULL; i++)
        if (has_signature(plan, preset))
            return preset;
    return NULL;
}

static bool settle_preset(struct plan *plan, const struct import_options *options,
                          struct error *err)
{
    const struct import_mapping *mapping = options->mapping;
    const char *name = options->preset;
    struct pos pos = { 0 };
    if (name == NULL && mapping != NULL) {
        name = mapping->preset;
        pos = mapping->preset_pos;
    }
    if (name == NULL) {
        bool told = options->as != IMPORT_UNSET || mapping != NULL ||
                    plan_find_kind(plan) != IMPORT_UNSET;
        plan->preset = told ? NULL : preset_by_signature(plan);
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

bool plan_make(struct arena *arena, const char *file, const struct csv_record *header,
               const struct csv_format *format, const struct import_options *options,
               struct plan *out, struct error *err)
{
    *out = (struct plan){ .mapping = options->mapping, .decimal_comma = format->delimiter != ',' };
    copy_header(arena, header, &out->header);
    bind_names(out);
    if (!settle_preset(out, options, err))
        return false;
    bind_preset(out);
    if (out->mapping != NULL && !bind_mapping(arena, out, file, err))
        return false;
    settle_missing(out);
    return settle_kind(out, file, options, err) && drop_foreign(out, err) &&
           plan_check_needs(out, file, err) && settle_times(out, err);
}

/* ---- Report ---- */

static bool is_used(const struct plan *plan, size_t field)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++)
        if (plan->bindings[i].to == BOUND_TO_FIELD && plan->bindings[i].field == field)
            return true;
    for (size_t i = 0; i < plan->question_count; i++)
        if (plan->questions[i].field == field)
            return true;
    return false;
}

static void report_columns(struct arena *arena, const struct plan *plan,
                           struct import_report *report)
{
    report->columns = arena_array(arena, COLUMN_COUNT, sizeof(*report->columns));
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        const struct binding *binding = &plan->bindings[i];
        if (binding->to == UNBOUND)
            continue;
        bool constant = binding->to == BOUND_TO_CONSTANT;
        report->columns[report->column_count++] = (struct import_column){
            .column = column_info(i)->name,
            .source = constant ? arena_strdup(arena, binding->text)
                               : plan->header.items[binding->field],
            .constant = constant,
        };
    }
}

void plan_report(struct arena *arena, const struct plan *plan, struct import_report *report)
{
    report->as = plan->as;
    report->preset = plan->preset != NULL ? plan->preset->name : NULL;
    report_columns(arena, plan, report);
    report->ignored.items = arena_array(arena, plan->header.count, sizeof(*report->ignored.items));
    for (size_t i = 0; i < plan->header.count; i++)
        if (!is_used(plan, i))
            report->ignored.items[report->ignored.count++] = plan->header.items[i];
}
