/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "readers.h"

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>

bool read_anchor_key(struct reading *reading, const struct yaml_node *key, void *item)
{
    struct anchor *anchor = item;
    return read_number(reading, "anchors", key, 0, 0, &anchor->raw);
}

static int compare_raw(const void *left, const void *right)
{
    const struct anchor *a = left, *b = right;
    return (a->raw > b->raw) - (a->raw < b->raw);
}

/* Sorted anchors make a curve if each raw value is there once and scores only rise or only fall. */
static bool check_curve(struct reading *reading, const struct yaml_node *node,
                        const struct anchors *anchors)
{
    bool rises = false, falls = false;
    for (size_t i = 1; i < anchors->count; i++) {
        const struct anchor *before = &anchors->items[i - 1], *here = &anchors->items[i];
        if (before->raw == here->raw) {
            report(reading, SEVERITY_ERROR, node, "duplicate_anchor",
                   _("the raw value %g has two scores"), here->raw);
            return false;
        }
        rises = rises || here->score > before->score;
        falls = falls || here->score < before->score;
        if (rises && falls) {
            report(reading, SEVERITY_ERROR, node, "anchors_not_monotone",
                   _("the scores of anchors must only rise or only fall, and turn at the raw value "
                     "%g"),
                   before->raw);
            return false;
        }
    }
    return true;
}

bool read_anchors(struct reading *reading, const struct field *field, const struct yaml_node *value,
                  void *target)
{
    const struct field map = {
        .key = field->key,
        .kind = FIELD_MAP,
        .offset = field->offset + offsetof(struct anchors, items),
        .count_offset = field->offset + offsetof(struct anchors, count),
        .shape = field->shape,
    };
    struct anchors *anchors = (void *)((char *)target + field->offset);
    bool fine = field_read_map(reading, &map, value, target);
    if (anchors->count > 0)
        qsort(anchors->items, anchors->count, sizeof(*anchors->items), compare_raw);
    fine = check_curve(reading, value, anchors) && fine;
    if (value->kind == YAML_PAIRS && value->count < 2) {
        report(reading, SEVERITY_ERROR, value, "too_few_anchors",
               _("anchors are at least two raw values with their scores"));
        fine = false;
    }
    if (!fine)
        *anchors = (struct anchors){ 0 };
    return fine;
}

bool read_context_key(struct reading *reading, const struct yaml_node *key, void *item)
{
    struct context_anchors *context = item;
    return resolve_id(reading, SPACE_CONTEXT, key, key->text, &context->context);
}

bool read_filter_key(struct reading *, const struct yaml_node *key, void *item)
{
    struct filter *filter = item;
    filter->column = key->text;
    return true;
}

/* The row comes after that of `where` in its table, so the filter is one more. */
bool read_activity(struct reading *reading, const struct field *field,
                   const struct yaml_node *value, void *target)
{
    struct filters *where = (void *)((char *)target + field->offset);
    struct texts values = { 0 };
    if (!read_texts(reading, field, value, &values))
        return false;
    struct filter *items = arena_array(reading->arena, where->count + 1, sizeof(*items));
    for (size_t i = 0; i < where->count; i++)
        items[i] = where->items[i];
    items[where->count++] = (struct filter){
        .column = "activity",
        .values = values,
        .pos = yaml_pos(reading->tree, value),
    };
    where->items = items;
    return true;
}

/* A term that is read in part means something else. */
bool finish_term(struct reading *, const struct given *given, void *)
{
    return given->broken == 0;
}

#define TYPE(type) (1U << (type))

enum {
    ANY = TYPE(METRIC_TYPE_COUNT) - 1,
    SQL = TYPE(METRIC_SQL),
    OF_VALUES = TYPE(METRIC_SUM) | TYPE(METRIC_MEAN) | TYPE(METRIC_MEDIAN) | TYPE(METRIC_QUANTILE),
    OF_ANSWERS = TYPE(METRIC_NPS) | TYPE(METRIC_CSAT) | TYPE(METRIC_CES) | TYPE(METRIC_APDEX),
    OF_TWO =
        TYPE(METRIC_BEFORE) | TYPE(METRIC_PRECEDED) | TYPE(METRIC_DROPOUT) | TYPE(METRIC_BETWEEN),
    COUNTS = TYPE(METRIC_COUNT),
    SHARES = TYPE(METRIC_PROPORTION),
    RATIOS = TYPE(METRIC_RATIO),
    APDEX = TYPE(METRIC_APDEX),
    SCALES = TYPE(METRIC_CSAT) | TYPE(METRIC_CES),
    AGES = TYPE(METRIC_MEAN) | SHARES | OF_ANSWERS,
};

/*
 * The keys a figure depends on: to which types they mean something, and which cannot do without. A
 * metric with one of them broken would give a wrong figure, so it is left out.
 */
struct type_key {
    const char *key;
    unsigned types, needed;
};

static const struct type_key type_keys[] = {
    { .key = "from", .types = ANY & ~SQL },
    { .key = "of", .types = OF_VALUES | COUNTS | APDEX },
    { .key = "answer", .types = OF_VALUES | OF_ANSWERS | COUNTS | SHARES },
    { .key = "where", .types = ANY & ~SQL },
    { .key = "hit", .types = SHARES, .needed = SHARES },
    { .key = "quantile",
      .types = TYPE(METRIC_QUANTILE) | TYPE(METRIC_BETWEEN),
      .needed = TYPE(METRIC_QUANTILE) },
    { .key = "threshold", .types = APDEX, .needed = APDEX },
    { .key = "within", .types = OF_TWO },
    { .key = "numerator", .types = RATIOS, .needed = RATIOS },
    { .key = "denominator", .types = RATIOS, .needed = RATIOS },
    { .key = "first", .types = OF_TWO, .needed = OF_TWO },
    { .key = "then", .types = OF_TWO, .needed = OF_TWO },
    { .key = "query", .types = SQL, .needed = SQL },
    { .key = "variant", .types = SCALES },
    { .key = "half_life", .types = AGES },
};

static void check_type_key(struct reading *reading, const struct given *given,
                           const struct metric *metric, const struct type_key *row, bool *fine)
{
    const struct yaml_node *value = given_find(given, row->key);
    const char *type = metric_type_name(metric->type);
    bool needed = (row->needed & TYPE(metric->type)) != 0;
    if (value != NULL && (row->types & TYPE(metric->type)) == 0)
        report(reading, SEVERITY_WARNING, value, "key_not_for_type",
               _("'%s' means nothing to a metric of the type '%s'"), row->key, type);
    if (given_is_broken(given, row->key))
        *fine = false;
    if (value == NULL && needed && metric->source != SOURCE_OBSERVATION) {
        report(reading, SEVERITY_ERROR, given->node, "missing_key",
               _("a metric of the type '%s' needs the key '%s'"), type, row->key);
        *fine = false;
    }
}

static bool check_type_keys(struct reading *reading, const struct given *given,
                            const struct metric *metric)
{
    bool fine = true;
    for (size_t i = 0; i < ARRAY_LEN(type_keys); i++)
        check_type_key(reading, given, metric, &type_keys[i], &fine);
    return fine;
}

/* Of the formulas only some belong to a type. */
static bool check_variant(struct reading *reading, const struct given *given,
                          const struct metric *metric)
{
    static const unsigned types[] = {
        [VARIANT_DEFAULT] = ANY,
        [VARIANT_MEAN] = SCALES,
        [VARIANT_TOP2] = TYPE(METRIC_CSAT),
        [VARIANT_TOP3] = TYPE(METRIC_CES),
        [VARIANT_INDEX] = TYPE(METRIC_CES),
    };
    if ((TYPE(metric->type) & SCALES) == 0 || (types[metric->variant] & TYPE(metric->type)) != 0)
        return true;
    report(reading, SEVERITY_ERROR, given_find(given, "variant"), "wrong_value",
           _("there is no variant '%s' of the type '%s'"), metric_variant_name(metric->variant),
           metric_type_name(metric->type));
    return false;
}

/* Waits are told in a unit of time, and in days where the map does not say. All of them, or none,
 * are no quantile: the last one may never end. */
static bool check_wait(struct reading *reading, const struct given *given, struct metric *metric)
{
    if (metric->type != METRIC_BETWEEN || metric->source == SOURCE_OBSERVATION)
        return true;
    if (metric->unit == NULL)
        metric->unit = "d";
    if (metric_time_unit(metric) == 0) {
        report(reading, SEVERITY_ERROR, given_find(given, "unit"), "wrong_value",
               _("'%s' is no unit of time; waits are told in s, min, h, d or w"), metric->unit);
        return false;
    }
    if (isnan(metric->quantile) || (metric->quantile > 0 && metric->quantile < 1))
        return true;
    report(reading, SEVERITY_ERROR, given_find(given, "quantile"), "out_of_range",
           _("the quantile of a wait lies between 0 and 1, and is neither"));
    return false;
}

/* Only a ratio adds up; what comes first and what then is rows. */
static void check_terms(struct reading *reading, const struct given *given,
                        const struct metric *metric)
{
    static const char *const keys[] = { "first", "then" };
    const struct metric_term *terms[] = { &metric->a, &metric->b };
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if ((TYPE(metric->type) & OF_TWO) != 0 && terms[i]->of != NULL)
            report(reading, SEVERITY_WARNING, given_find(given, keys[i]), "key_not_for_type",
                   _("'%s' means nothing to a metric of the type '%s'"), "of",
                   metric_type_name(metric->type));
}

/* Answers, unless it is said otherwise: of what is measured in a column there are events. */
static enum metric_source usual_source(const struct metric *metric)
{
    bool of_column = metric->type == METRIC_APDEX && metric->of != NULL;
    bool answers = metric->answer != NULL ||
                   ((TYPE(metric->type) & OF_ANSWERS) != 0 && !of_column);
    return answers ? SOURCE_ANSWER : SOURCE_EVENT;
}

bool finish_metric(struct reading *reading, const struct given *given, void *target)
{
    struct metric *metric = target;
    if (given_find(given, "from") == NULL || metric->type == METRIC_SQL)
        metric->source = usual_source(metric);
    check_terms(reading, given, metric);
    return check_type_keys(reading, given, metric) && check_variant(reading, given, metric) &&
           check_wait(reading, given, metric);
}
