/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/reduction.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/insight/composite.h>

/* ---- One side ---------------------------------------------------------------------------- */

/* The measures of the touchpoints that are kept, under their new numbers; they stay sorted. */
static const struct figures *figures_reduced(struct arena *arena, const struct figures *figures,
                                             const struct journey *reduced, const int *origins,
                                             size_t touchpoints)
{
    if (figures == NULL)
        return NULL;
    struct figures *out = arena_alloc(arena, sizeof(*out));
    int *places = arena_array(arena, touchpoints, sizeof(*places));
    *out = *figures;
    out->measures = arena_array(arena, figures->measure_count, sizeof(*out->measures));
    out->measure_count = 0;
    for (size_t i = 0; i < touchpoints; i++)
        places[i] = NONE;
    for (size_t i = 0; i < reduced->touchpoint_count; i++)
        places[origins[i]] = (int)i;
    for (size_t i = 0; i < figures->measure_count; i++) {
        struct measure measure = figures->measures[i];
        measure.touchpoint = places[measure.touchpoint];
        if (measure.touchpoint != NONE)
            out->measures[out->measure_count++] = measure;
    }
    return out;
}

static int origin_of(const int *origins, int touchpoint)
{
    return touchpoint == NONE || origins == NULL ? touchpoint : origins[touchpoint];
}

static void read_scores(struct arena *arena, const struct readings *readings, const int *origins,
                        struct reduction_side *side)
{
    struct composite_part *felt = arena_array(arena, readings->count, sizeof(*felt));
    struct composite_part *gaps = arena_array(arena, readings->count, sizeof(*gaps));
    for (size_t i = 0; i < readings->count; i++) {
        const struct reading *reading = &readings->items[i];
        double weight = reading->importance, gap = reading_gap(reading, NULL).value;
        felt[i] = (struct composite_part){ reading_felt(reading), NAN, weight };
        gaps[i] = (struct composite_part){ gap, NAN, weight };
        side->breaks += reading->media_break;
        if (!isnan(gap) && (side->worst == NONE || gap < side->worst_gap)) {
            side->worst = (int)i;
            side->worst_gap = gap;
        }
    }
    side->score = readings->score;
    side->peak_end = composite_of(felt, readings->count).peak_end;
    side->gap = composite_of(gaps, readings->count).mean;
    side->weakest = origin_of(origins, readings->weakest);
    if (readings->weakest != NONE)
        side->weakest_score = reading_felt(&readings->items[readings->weakest]);
    side->worst = origin_of(origins, side->worst);
}

static enum benchmark_state against(const struct journey *journey, const struct estimate *contacts)
{
    double most = journey->benchmark.contacts;
    if (journey->benchmark.pos.line == 0 || isnan(most) || isnan(contacts->value))
        return BENCHMARK_NONE;
    if (!interval_is_known(contacts->interval))
        return BENCHMARK_UNSURE;
    return contacts->interval.low > most     ? BENCHMARK_BROKEN
           : contacts->interval.high <= most ? BENCHMARK_KEPT
                                             : BENCHMARK_UNSURE;
}

static struct reduction_side side_of(struct arena *arena, const struct reduction_input *input,
                                     const struct journey *journey, const struct readings *readings,
                                     const int *origins, const int *fates)
{
    struct reduction_side side = {
        .touchpoints = journey->touchpoint_count,
        .weakest_score = NAN,
        .worst = NONE,
        .worst_gap = NAN,
        .measured = input->contacts != NULL && input->contacts->cases > 0,
    };
    for (size_t i = 0; i < journey->touchpoint_count; i++)
        side.required += !journey->touchpoints[i].optional;
    read_scores(arena, readings, origins, &side);
    if (!side.measured)
        return side;
    side.contacts = contact_figures_of(arena, input->journey, input->contacts, fates);
    side.benchmark = against(journey, &side.contacts.per_case);
    return side;
}

static struct reduction_side after(struct arena *arena, const struct reduction_input *input)
{
    int *origins;
    const struct journey *reduced = journey_reduced(arena, input->journey, input->fates, &origins);
    const struct figures *figures =
        figures_reduced(arena, input->figures, reduced, origins, input->journey->touchpoint_count);
    const struct readings *readings = readings_new(arena, reduced, figures, input->lens);
    return side_of(arena, input, reduced, readings, origins, input->fates);
}

/* ---- What carries least ------------------------------------------------------------------ */

#define PARTS 3

static double part_of(const struct reduction_row *row, int part)
{
    return part == 0 ? row->importance : part == 1 ? row->value : row->information;
}

/* Each part by the most that a touchpoint of the map has of it: unlike units, like weights. */
static void weigh(struct reduction_row *rows, size_t count)
{
    double most[PARTS] = { 0 };
    for (size_t i = 0; i < count; i++)
        for (int part = 0; part < PARTS; part++)
            most[part] = fmax(most[part], part_of(&rows[i], part));
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        int known = 0;
        for (int part = 0; part < PARTS; part++) {
            double own = part_of(&rows[i], part);
            if (isnan(own))
                continue;
            sum += most[part] > 0 ? own / most[part] : 0;
            known++;
        }
        rows[i].carries = known > 0 ? sum / known : NAN;
    }
}

static int compare(const void *a, const void *b)
{
    const struct reduction_row *x = a, *y = b;
    if (isnan(x->carries) != isnan(y->carries))
        return isnan(x->carries) ? 1 : -1;
    if (!isnan(x->carries) && x->carries != y->carries)
        return x->carries < y->carries ? -1 : 1;
    if (x->contacts != y->contacts) /* the same for more contacts carries less */
        return x->contacts > y->contacts ? -1 : 1;
    return x->touchpoint - y->touchpoint;
}

static void list_rows(struct arena *arena, const struct reduction_input *input,
                      struct reduction *out)
{
    const struct journey *journey = input->journey;
    bool measured = out->before.measured;
    const struct contact_count *counts =
        measured ? contact_counts_new(arena, journey, input->contacts) : NULL;
    out->count = journey->touchpoint_count;
    out->rows = arena_array(arena, out->count, sizeof(*out->rows));
    for (size_t i = 0; i < out->count; i++) {
        out->rows[i] = (struct reduction_row){
            .touchpoint = (int)i,
            .reading = &input->readings->items[i],
            .importance = journey->touchpoints[i].importance,
            .value = input->values != NULL ? input->values[i] : NAN,
            .information = measured ? counts[i].information : NAN,
            .contacts = measured ? counts[i].contacts : 0,
            .per_case =
                measured ? (double)counts[i].contacts / (double)input->contacts->cases : NAN,
            .fate = input->fates != NULL ? input->fates[i] : FATE_KEPT,
        };
    }
    weigh(out->rows, out->count);
    if (out->count > 0)
        qsort(out->rows, out->count, sizeof(*out->rows), compare);
}

struct reduction *reduction_new(struct arena *arena, const struct reduction_input *input)
{
    const struct journey *journey = input->journey;
    struct reduction *out = arena_alloc(arena, sizeof(*out));
    out->removed = fates_count(input->fates, journey->touchpoint_count, false);
    out->merged = fates_count(input->fates, journey->touchpoint_count, true);
    out->before = side_of(arena, input, journey, input->readings, NULL, NULL);
    out->after = out->removed + out->merged > 0 ? after(arena, input) : out->before;
    list_rows(arena, input, out);
    if (out->before.measured && input->fates != NULL && input->contacts->goal != NONE)
        out->loses_goal = input->fates[input->contacts->goal] == FATE_REMOVED;
    return out;
}
