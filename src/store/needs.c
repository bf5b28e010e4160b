/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "needs.h"

#include <stdio.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

static bool is_bound(const struct plan *plan, enum column column)
{
    const struct binding *binding = &plan->bindings[column];
    return binding->to != UNBOUND && (!binding->unseen || binding->named);
}

/* Rows of the kind need one of two columns; `or_else` is COLUMN_NONE where there is but one. */
struct requirement {
    enum import_as as;
    enum column column, or_else;
};

static const struct requirement requirements[] = {
    { .as = IMPORT_EVENTS, .column = COLUMN_TS, .or_else = COLUMN_NONE },
    { .as = IMPORT_EVENTS, .column = COLUMN_ACTIVITY, .or_else = COLUMN_NONE },
    { .as = IMPORT_EVENTS, .column = COLUMN_CASE_ID, .or_else = COLUMN_PERSON_ID },
    { .as = IMPORT_ANSWERS, .column = COLUMN_TS, .or_else = COLUMN_NONE },
    { .as = IMPORT_ANSWERS, .column = COLUMN_METRIC, .or_else = COLUMN_NONE },
    { .as = IMPORT_ANSWERS, .column = COLUMN_VALUE, .or_else = COLUMN_TEXT },
    { .as = IMPORT_OBSERVATIONS, .column = COLUMN_METRIC, .or_else = COLUMN_NONE },
    { .as = IMPORT_OBSERVATIONS, .column = COLUMN_PERIOD_START, .or_else = COLUMN_NONE },
    { .as = IMPORT_OBSERVATIONS, .column = COLUMN_VALUE, .or_else = COLUMN_NUM },
    { .as = IMPORT_OBSERVATIONS, .column = COLUMN_N, .or_else = COLUMN_DEN },
    { .as = IMPORT_PATHS, .column = COLUMN_PATH, .or_else = COLUMN_NONE },
    { .as = IMPORT_PATHS, .column = COLUMN_CONVERSIONS, .or_else = COLUMN_NULLS },
};

static bool is_met(const struct plan *plan, const struct requirement *requirement)
{
    bool by_question = plan->question_count > 0 && (requirement->column == COLUMN_METRIC ||
                                                    requirement->column == COLUMN_VALUE);
    return by_question || is_bound(plan, requirement->column) ||
           (requirement->or_else != COLUMN_NONE && is_bound(plan, requirement->or_else));
}

/* The first requirement of a kind that is not met; NULL when all are. */
static const struct requirement *find_unmet(const struct plan *plan, enum import_as as)
{
    for (size_t i = 0; i < ARRAY_LEN(requirements); i++)
        if (requirements[i].as == as && !is_met(plan, &requirements[i]))
            return &requirements[i];
    return NULL;
}

enum import_as plan_find_kind(const struct plan *plan)
{
    /* The one that needs most is asked first. */
    static const enum import_as kinds[] = {
        IMPORT_OBSERVATIONS, IMPORT_ANSWERS, IMPORT_EVENTS, IMPORT_PATHS,
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (find_unmet(plan, kinds[i]) == NULL)
            return kinds[i];
    return IMPORT_UNSET;
}

static bool unmet(const char *file, const struct requirement *requirement, struct error *err)
{
    const char *first = column_info(requirement->column)->name;
    const char *kind = import_as_name(requirement->as);
    if (requirement->or_else == COLUMN_NONE)
        return error_set(err, _("'%s' has no column '%s', which %s need; a mapping file can say "
                                "which column it is, or a constant"),
                         file, first, kind);
    return error_set(err, _("'%s' has neither a column '%s' nor '%s', of which %s need one; a "
                            "mapping file can say which column it is, or a constant"),
                     file, first, column_info(requirement->or_else)->name, kind);
}

/* Which objects are the cases is nothing to guess: "order, item, package". */
static bool ask_for_case(const struct plan *plan, const char *file, struct error *err)
{
    char list[512] = "";
    size_t used = 0;
    for (size_t i = 0; i < plan->header.count && used < sizeof(list); i++)
        if (plan_is_object(plan, i))
            used += (size_t)snprintf(list + used, sizeof(list) - used, "%s%s", used > 0 ? ", " : "",
                                     plan->header.items[i]);
    return error_set(err, _("the events of '%s' are about %s; say which of them is the case, as in "
                            "--map case_id=object:order"),
                     file, list);
}

bool plan_check_needs(const struct plan *plan, const char *file, struct error *err)
{
    const struct requirement *missing = find_unmet(plan, plan->as);
    if (missing != NULL && missing->column == COLUMN_CASE_ID && plan->is_log)
        return ask_for_case(plan, file, err);
    return missing == NULL || unmet(file, missing, err);
}
