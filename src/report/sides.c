/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/report/sides.h>

#include <stdlib.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/store/measure.h>

static struct figures *measure(struct store *store, const struct journey *journey,
                               const struct lens *lens, struct error *err)
{
    struct figures *figures = store_measure(store, journey, lens, err);
    if (figures != NULL)
        figures_complete(figures);
    return figures;
}

static bool measure_sides(struct store *store, const struct journey *journey,
                          const struct lens *lens, struct side_figures *out, struct error *err)
{
    for (size_t i = 0; i < out->count; i++) {
        struct lens own = sides_lens(journey, lens, i);
        out->items[i] = measure(store, journey, &own, err);
        if (out->items[i] == NULL)
            return false;
    }
    struct lens all = { .persona = NONE, .context = NONE, .period = lens->period };
    out->everybody = measure(store, journey, &all, err);
    return out->everybody != NULL;
}

bool side_figures_read(struct store *store, const struct journey *journey,
                       const struct lens *lens, struct side_figures *out, struct error *err)
{
    size_t count = sides_count(journey);
    *out = (struct side_figures){
        .items = memory_alloc((count + 1) * sizeof(struct figures *)),
        .count = count,
    };
    for (size_t i = 0; i < count; i++)
        out->items[i] = NULL;
    if (measure_sides(store, journey, lens, out, err))
        return true;
    side_figures_finish(out);
    return false;
}

void side_figures_finish(struct side_figures *figures)
{
    for (size_t i = 0; i < figures->count; i++)
        figures_destroy(figures->items[i]);
    figures_destroy(figures->everybody);
    free(figures->items);
    *figures = (struct side_figures){ 0 };
}
