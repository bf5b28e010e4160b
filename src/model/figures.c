/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/model/figures.h>

#include <stdlib.h>

#include <stellwerk/base/memory.h>

const char *xmr_signal_name(enum xmr_signal signal)
{
    static const char *const names[] = {
        [XMR_NONE] = "none",
        [XMR_SHIFT] = "shift",
        [XMR_BEYOND] = "beyond",
    };
    return names[signal];
}

struct figures *figures_create(void)
{
    struct figures *figures = memory_alloc(sizeof(*figures));
    arena_init(&figures->arena);
    figures->lens = (struct lens){
        .persona = NONE,
        .context = NONE,
        .period = period_containing(PERIOD_ALL, 0),
    };
    figures->oldest = figures->newest = TIME_NONE;
    error_init(&figures->problem);
    return figures;
}

void figures_destroy(struct figures *figures)
{
    if (figures == NULL)
        return;
    figures_destroy(figures->before);
    arena_finish(&figures->arena);
    free(figures);
}

/* Index of the first row of a touchpoint, or of where it would be: rows are by touchpoint. */
static size_t first_row(const struct figures *figures, int touchpoint)
{
    size_t low = 0, high = figures->measure_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (figures->measures[middle].touchpoint < touchpoint)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct measure *figures_find(const struct figures *figures, int touchpoint, int metric)
{
    if (figures == NULL)
        return NULL;
    for (size_t i = first_row(figures, touchpoint); i < figures->measure_count; i++) {
        const struct measure *measure = &figures->measures[i];
        if (measure->touchpoint != touchpoint)
            return NULL;
        if (measure->metric == metric)
            return measure;
    }
    return NULL;
}
