/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>

#include "paths_builder.h"

static void add_bridge(struct paths_builder *builder, int from, int to, uint64_t cases)
{
    uint32_t number = numbering_get(&builder->bridges, arc_key(from, to));
    if (number >= builder->bridge_capacity) {
        size_t capacity = memory_product(number + (size_t)32, 2);
        builder->bridge_counts =
            memory_resize(builder->bridge_counts, memory_product(capacity, sizeof(uint64_t)));
        memset(builder->bridge_counts + builder->bridge_capacity, 0,
               (capacity - builder->bridge_capacity) * sizeof(uint64_t));
        builder->bridge_capacity = capacity;
    }
    builder->bridge_counts[number] += cases;
}

static void visit(struct paths_builder *builder, int column, uint64_t cases)
{
    builder->columns[column].visits += cases;
    struct visit *known = builder->met[column];
    if (known != NULL) {
        known->times++;
        return;
    }
    struct visit *first = &builder->visits[builder->visit_count];
    *first = (struct visit){ .column = column, .times = 1, .order = builder->visit_count++ };
    builder->met[column] = first;
}

static void visit_beside(struct paths_builder *builder, int step, uint64_t cases)
{
    if ((size_t)step >= builder->beside_count) {
        size_t count = memory_product((size_t)step + 16, 2);
        builder->beside =
            memory_resize(builder->beside, memory_product(count, sizeof(*builder->beside)));
        memset(builder->beside + builder->beside_count, 0,
               (count - builder->beside_count) * sizeof(*builder->beside));
        builder->beside_count = count;
    }
    struct beside_count *beside = &builder->beside[step];
    beside->events += cases;
    if (beside->last != builder->rows_counted)
        beside->cases += cases;
    beside->last = builder->rows_counted;
}

/* Meets every step; returns the last column, NONE where there was none. */
static int walk(struct paths_builder *builder, const int32_t *steps, size_t count, uint64_t cases)
{
    int last_column = NONE, last_step = NONE;
    bool away = false, detoured = false;
    builder->visit_count = 0;
    for (size_t i = 0; i < count; i++) {
        int column = designs_place(&builder->designs, steps[i]);
        if (column == NONE) {
            visit_beside(builder, steps[i], cases);
            away = detoured = true;
            continue;
        }
        if (away && last_step != NONE)
            add_bridge(builder, last_step, steps[i], cases);
        away = false;
        last_step = steps[i];
        last_column = column;
        visit(builder, column, cases);
    }
    if (detoured)
        builder->detoured += cases;
    return last_column;
}

static int compare_visits(const void *left, const void *right)
{
    return ((const struct visit *)left)->column - ((const struct visit *)right)->column;
}

#define VISITS_FEW 32

/* Nearly all rows meet few columns, nearly in order: inserting is far cheaper than a call. */
static void insert_visits(struct visit *visits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct visit visit = visits[i];
        size_t at = i;
        for (; at > 0 && visits[at - 1].column > visit.column; at--)
            visits[at] = visits[at - 1];
        visits[at] = visit;
    }
}

static void sort_visits(struct paths_builder *builder)
{
    if (builder->visit_count <= VISITS_FEW)
        insert_visits(builder->visits, builder->visit_count);
    else
        qsort(builder->visits, builder->visit_count, sizeof(*builder->visits), compare_visits);
}

/* The first of the designs that has all columns of the row. */
static size_t kept_design(const struct paths_builder *builder)
{
    const struct designs *designs = &builder->designs;
    for (size_t d = 1; d < designs->count; d++) {
        bool has = true;
        for (size_t i = 0; has && i < builder->visit_count; i++)
            has = designs->items[d].has[designs->items[0].columns[builder->visits[i].column]];
        if (has)
            return d;
    }
    return 0;
}

static void count_visits(struct paths_builder *builder, struct row_cases cases)
{
    size_t count = builder->visit_count;
    for (size_t i = 0; i < count; i++)
        builder->met[builder->visits[i].column] = NULL;
    sort_visits(builder);
    for (size_t i = 0; i < count; i++) {
        const struct visit *visit = &builder->visits[i];
        struct column_count *column = &builder->columns[visit->column];
        column->present += cases.cases;
        column->settled += settled_of(cases);
        if (visit->times > 1)
            column->repeated += cases.cases;
        if (i + 1 == count)
            continue;
        column->pairs += cases.cases;
        if (visit->order < builder->visits[i + 1].order)
            column->in_order += cases.cases;
    }
    if (count == 0)
        return;
    size_t furthest = (size_t)builder->visits[count - 1].column;
    size_t place = kept_design(builder) * builder->designs.items[0].count + furthest;
    builder->columns[furthest].ended += cases.cases;
    builder->route_ended[place] += cases.cases;
}

static void count_end(struct paths_builder *builder, int from, int to, struct row_cases cases)
{
    struct arc_count *arc = paths_arc(builder, arc_key(from, to));
    arc->count[CHANGE_NONE][true] += settled_of(cases);
    arc->count[CHANGE_NONE][false] += cases.cases - settled_of(cases);
}

void paths_count_row(struct paths_builder *builder, const int32_t *steps, size_t count,
                     struct row_cases cases)
{
    builder->rows_counted++;
    int last = walk(builder, steps, count, cases.cases);
    count_visits(builder, cases);
    if (last != NONE)
        builder->columns[last].dropped += cases.closed;
    else
        builder->closed_elsewhere += cases.closed;
    count_end(builder, PATH_BEGIN, steps[0], cases);
    count_end(builder, steps[count - 1], PATH_END, cases);
}
