/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/budget.h>

#include <math.h>

/* The budget that holds for a touchpoint; NULL. Of several the first, as the map's check says. */
static const struct budget *budget_of(const struct journey *journey, int touchpoint)
{
    const struct budget *for_all = NULL;
    for (size_t i = 0; i < journey->budget_count; i++) {
        const struct budget *budget = &journey->budgets[i];
        if (budget->touchpoint == touchpoint)
            return budget;
        if (budget->touchpoint == NONE && for_all == NULL)
            for_all = budget;
    }
    return for_all;
}

static enum budget_verdict judge(const struct budget *budget, const struct reading *reading)
{
    const struct gap *gap = &reading->gap_measured;
    if (isnan(gap->value) || isnan(budget->gap))
        return BUDGET_UNKNOWN;
    if (gap->value >= budget->gap)
        return BUDGET_KEPT;
    bool sure = reading->measured.status == MEASURE_OK && gap->hi < budget->gap;
    return sure ? BUDGET_BROKEN : BUDGET_DOUBTFUL;
}

struct budget_check *budgets_check(struct arena *arena, const struct journey *journey,
                                   const struct readings *readings, size_t *count)
{
    struct budget_check *checks = arena_array(arena, readings->count, sizeof(*checks));
    *count = 0;
    for (size_t i = 0; i < readings->count; i++) {
        const struct reading *reading = &readings->items[i];
        const struct budget *budget = budget_of(journey, (int)i);
        if (budget != NULL)
            checks[(*count)++] = (struct budget_check){
                .budget = budget,
                .touchpoint = (int)i,
                .verdict = judge(budget, reading),
                .excess = budget->gap - reading->gap_measured.value,
            };
    }
    return checks;
}
