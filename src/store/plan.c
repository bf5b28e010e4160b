/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan.h"

#include <assert.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/near.h>

#include "bind.h"
#include "needs.h"

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
        return error_set(err,
                         _("the columns of '%s' are not those of events, answers, "
                           "observations or paths; name its kind, a preset or a mapping file"),
                         file);
    if (plan->question_count > 0 && plan->as != IMPORT_ANSWERS)
        return error_at(err, mapping->unpivot[0].pos, _("'unpivot' makes answers, not %s"),
                        import_as_name(plan->as));
    return true;
}

/* Nothing of the mapping or the preset is to be asked for each text. */
static bool is_plain(const struct plan *plan, enum column column)
{
    const struct binding *binding = &plan->bindings[column];
    for (size_t i = 0; i < plan->missing.count; i++)
        if (plan->missing.items[i][0] != '\0')
            return false;
    return column_is_text(column) && binding->to == BOUND_TO_FIELD && binding->field_count == 1 &&
           plan->values[column] == NULL;
}

/* A column of another kind of rows is left alone, unless the mapping asks for it by name. */
static bool settle_columns(struct plan *plan, struct error *err)
{
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        const struct binding *binding = &plan->bindings[i];
        if (binding->to == UNBOUND)
            continue;
        if (column_is_of(i, plan->as)) {
            plan->bound |= column_bit(i);
            plan->plain |= is_plain(plan, i) ? column_bit(i) : 0;
            continue;
        }
        if (binding->named)
            return error_at(err, binding->pos, _("%s have no column '%s'"),
                            import_as_name(plan->as), column_info(i)->name);
        plan->bindings[i] = (struct binding){ 0 };
    }
    plan->unbound = column_all(plan->as) & ~plan->bound;
    return true;
}

/* ---- Preset ---- */

static bool has_signature(const struct plan *plan, const struct preset *preset)
{
    if (preset->signature[0] == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(preset->signature) && preset->signature[i] != NULL; i++)
        if (plan_find_field(plan, preset->signature[i]) == NO_FIELD)
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
        bool told = options->as != IMPORT_UNSET || (mapping != NULL && !mapping->one_off) ||
                    plan_find_kind(plan) != IMPORT_UNSET;
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
        bool is_time =
            column_info(i)->type == COLUMN_IS_INSTANT || column_info(i)->type == COLUMN_IS_DAY;
        if (from_file && is_time &&
            !time_reader_set(&plan->times[i], mapping->time_format, mapping->time_format_pos, err))
            return false;
    }
    return true;
}

bool plan_make(struct arena *arena, const char *file, const struct texts *header,
               const struct source *source, const struct import_options *options, struct plan *out,
               struct error *err)
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
    if (out->mapping != NULL && !bind_mapping(arena, out, file, options->diags, err))
        return false;
    settle_missing(out);
    return settle_kind(out, file, options, err) && settle_columns(out, err) &&
           plan_check_needs(out, file, err) && settle_times(out, err);
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
        if (!plan_has_seen(plan, binding->fields[i]) && !binding->unseen)
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
            .source =
                constant ? arena_strdup(arena, binding->text) : name_fields(arena, plan, binding),
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
