/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/board.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/base/array.h>

/* ---- The order --------------------------------------------------------------------- */

/* What is under way first, what is over last. */
static size_t place_of(enum opportunity_status status)
{
    static const enum opportunity_status order[] = { STATUS_RUNNING, STATUS_PLANNED, STATUS_IDEA,
                                                     STATUS_DONE, STATUS_DROPPED };
    size_t place = 0;
    while (place + 1 < ARRAY_LEN(order) && order[place] != status)
        place++;
    return place;
}

/* What nobody said is neither much nor little. */
static double return_of(const struct opportunity *opportunity)
{
    double impact = isnan(opportunity->impact) ? 2.5 : opportunity->impact;
    double effort = isnan(opportunity->effort) ? 2.5 : opportunity->effort;
    return impact - effort;
}

static int compare_rows(const void *a, const void *b)
{
    const struct board_row *left = a, *right = b;
    const struct opportunity *x = left->opportunity, *y = right->opportunity;
    size_t here = place_of(x->status), there = place_of(y->status);
    if (here != there)
        return here < there ? -1 : 1;
    if (return_of(x) != return_of(y))
        return return_of(x) > return_of(y) ? -1 : 1;
    if (x->votes != y->votes)
        return x->votes > y->votes ? -1 : 1;
    if (left->touchpoint != right->touchpoint)
        return left->touchpoint - right->touchpoint;
    return (x > y) - (x < y); /* in the order of the list */
}

/* Hurdles, no hurdle, what is over. */
static size_t hurdle_place(const struct opportunity *opportunity)
{
    if (opportunity_is_over(opportunity))
        return HURDLE_TECHNOLOGY + 2;
    return opportunity->hurdle == HURDLE_NONE ? HURDLE_TECHNOLOGY + 1 : opportunity->hurdle;
}

static int compare_hurdles(const void *a, const void *b)
{
    const struct board_row *left = *(const struct board_row *const *)a;
    const struct board_row *right = *(const struct board_row *const *)b;
    size_t here = hurdle_place(left->opportunity), there = hurdle_place(right->opportunity);
    if (here != there)
        return here < there ? -1 : 1;
    return (left > right) - (left < right); /* as they are by status */
}

/* ---- The rows ---------------------------------------------------------------------- */

bool opportunity_is_over(const struct opportunity *opportunity)
{
    return opportunity->status == STATUS_DONE || opportunity->status == STATUS_DROPPED;
}

bool opportunity_is_overdue(const struct opportunity *opportunity, int32_t today)
{
    return opportunity->due != DAY_NONE && !opportunity_is_over(opportunity) &&
           opportunity->due < today;
}

static size_t count_opportunities(const struct journey *journey)
{
    size_t count = 0;
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        count += journey->touchpoints[i].opportunity_count;
    return count;
}

struct board board_new(struct arena *arena, const struct journey *journey,
                       const struct figures *figures, const struct readings *readings,
                       const struct trial_set *trials, int32_t today)
{
    size_t count = 0, total = count_opportunities(journey);
    struct board_row *rows = arena_array(arena, total, sizeof(*rows));
    const struct board_row **by_hurdle = arena_array(arena, total, sizeof(*by_hurdle));
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        for (size_t k = 0; k < journey->touchpoints[i].opportunity_count; k++) {
            const struct opportunity *opportunity = &journey->touchpoints[i].opportunities[k];
            struct board_row *row = &rows[count++];
            *row = (struct board_row){
                .touchpoint = (int)i,
                .opportunity = opportunity,
                .outcome = outcome_of(arena, figures, (int)i, opportunity),
                .trial = trial_find(trials, (int)i, (int)k),
                .overdue = opportunity_is_overdue(opportunity, today),
            };
            row->gap = reading_gap(&readings->items[i], &row->measured);
        }
    if (count > 1)
        qsort(rows, count, sizeof(*rows), compare_rows);
    for (size_t i = 0; i < count; i++)
        by_hurdle[i] = &rows[i];
    if (count > 1)
        qsort(by_hurdle, count, sizeof(*by_hurdle), compare_hurdles);
    return (struct board){ .items = rows, .by_hurdle = by_hurdle, .count = count };
}

const struct board_row *board_at(const struct board *board, enum board_order order, size_t index)
{
    return order == BOARD_BY_HURDLE ? board->by_hurdle[index] : &board->items[index];
}

const struct board_row *board_find(const struct board *board, const struct opportunity *opportunity)
{
    for (size_t i = 0; board != NULL && i < board->count; i++)
        if (board->items[i].opportunity == opportunity)
            return &board->items[i];
    return NULL;
}
