/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

static_assert(offsetof(struct expectation, scope) == 0 && offsetof(struct experience, scope) == 0,
              "read_scope() writes to the beginning of an item");

/* What belongs a step deeper, under the one whose it is. */
static bool is_misplaced(struct reading *reading, const struct yaml_node *key, const char *persona)
{
    static const char *const keys[] = { "adequate", "desired", "score", "evidence", "note" };
    if (ids_find(&reading->spaces[SPACE_PERSONA], persona) != NULL)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        if (strcmp(persona, keys[i]) != 0)
            continue;
        report(reading, SEVERITY_ERROR, key, "no_scope",
               _("'%s' does not say whose it is; write 'all: {%s: …}', or a persona in place of "
                 "all"),
               persona, persona);
        return true;
    }
    return false;
}

/* "anna", "anna@hurried", "all", "all@hurried". */
bool read_scope(struct reading *reading, const struct yaml_node *key, void *item)
{
    struct scope *scope = item;
    *scope = (struct scope){ .persona = NONE, .context = NONE };
    const char *at = strchr(key->text, '@'), *persona = key->text;
    if (at != NULL)
        persona = arena_strndup(reading->nodes, key->text, (size_t)(at - key->text));
    if (is_misplaced(reading, key, persona))
        return false;
    bool fine = strcmp(persona, "all") == 0 ||
                resolve_id(reading, SPACE_PERSONA, key, persona, &scope->persona);
    if (at != NULL && !resolve_id(reading, SPACE_CONTEXT, key, at + 1, &scope->context))
        fine = false;
    return fine;
}

bool read_single_expectation(struct reading *reading, const struct field *field,
                             const struct yaml_node *value, void *target)
{
    struct expectation *expectation = target;
    double score;
    bool fine = read_number(reading, field->key, value, field->min, field->max, &score);
    if (fine)
        expectation->adequate = expectation->desired = score;
    return fine;
}

bool finish_expectation(struct reading *reading, const struct given *given, void *target)
{
    const struct expectation *expectation = target;
    const struct yaml_node *score = given_find(given, "score");
    const struct yaml_node *adequate = given_find(given, "adequate");
    const struct yaml_node *desired = given_find(given, "desired");
    if (score != NULL && (adequate != NULL || desired != NULL)) {
        report(reading, SEVERITY_ERROR, score, "conflicting_keys",
               _("'%s' stands in place of '%s' and cannot be given beside it"), "score",
               adequate != NULL ? "adequate" : "desired");
        return false;
    }
    if (score == NULL && (adequate == NULL || desired == NULL)) {
        report(reading, SEVERITY_ERROR, given->node, "missing_key", _("'%s' needs the key '%s'"),
               given->shape->name, adequate == NULL ? "adequate" : "desired");
        return false;
    }
    if (isnan(expectation->adequate) || isnan(expectation->desired))
        return false;
    if (expectation->adequate > expectation->desired) {
        report(reading, SEVERITY_ERROR, adequate, "adequate_above_desired",
               _("what is just adequate (%g) cannot be above what is desired (%g)"),
               expectation->adequate, expectation->desired);
        return false;
    }
    return true;
}

/* The warning stands here, for a score that is there and wrong has been told of. */
bool finish_promise(struct reading *reading, const struct given *given, void *)
{
    if (given_find(given, "score") == NULL)
        report(reading, SEVERITY_WARNING, given->node, "promise_without_score",
               _("the promise has no score, so it cannot be laid beside the expectation"));
    return true;
}
