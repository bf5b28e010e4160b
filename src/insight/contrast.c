/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/insight/contrast.h>

#include <math.h>
#include <stdlib.h>

#include <stellwerk/insight/change.h>
#include <stellwerk/insight/composite.h>
#include <stellwerk/insight/distribution.h>
#include <stellwerk/insight/multiple.h>

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[VERDICT_COUNT] = {
        [VERDICT_SURE] = "sure",
        [VERDICT_NOISE] = "noise",
        [VERDICT_UNTESTED] = "untested",
    };
    return names[verdict];
}

/* ---- Sides -------------------------------------------------------------------------- */

size_t sides_count(const struct journey *journey)
{
    return journey->persona_count + journey->context_count;
}

struct lens sides_lens(const struct journey *journey, const struct lens *lens, size_t side)
{
    struct lens own = *lens;
    if (side < journey->persona_count)
        own.persona = (int)side;
    else
        own.context = (int)(side - journey->persona_count);
    return own;
}

struct sides *sides_new(struct arena *arena, const struct journey *journey,
                        const struct lens *lens, struct figures *const *figures,
                        const struct figures *everybody)
{
    struct sides *sides = arena_alloc(arena, sizeof(*sides));
    struct lens all = { .persona = NONE, .context = NONE, .period = lens->period };
    *sides = (struct sides){
        .count = sides_count(journey),
        .personas = journey->persona_count,
        .all = readings_new(arena, journey, everybody, &all),
        .measured = figures != NULL,
    };
    sides->items = arena_array(arena, sides->count, sizeof(*sides->items));
    for (size_t i = 0; i < sides->count; i++) {
        struct side *side = &sides->items[i];
        bool is_context = i >= sides->personas;
        *side = (struct side){
            .lens = sides_lens(journey, lens, i),
            .is_context = is_context,
            .index = (int)(is_context ? i - sides->personas : i),
            .figures = figures != NULL ? figures[i] : NULL,
        };
        side->readings = readings_new(arena, journey, side->figures, &side->lens);
    }
    return sides;
}

/* ---- One side against the others of its kind ---------------------------------------- */

struct kind {
    const struct sides *sides;
    size_t first, count;
    const struct persona *personas; /* whose shares weigh; NULL */
};

struct comparing {
    struct arena *arena, scratch;
    const struct journey *journey;
    struct contrasts *found;
    size_t capacity;
};

static const struct reading *reading_at(const struct kind *kind, size_t side, size_t touchpoint)
{
    return &kind->sides->items[side].readings->items[touchpoint];
}

static bool is_ignored(const struct kind *kind, size_t side, const struct measured *measured)
{
    return kind->sides->items[side].is_context ? measured->context_ignored
                                               : measured->persona_ignored;
}

static bool is_measured(const struct kind *kind, size_t side, size_t touchpoint)
{
    const struct measured *measured = &reading_at(kind, side, touchpoint)->measured;
    return !isnan(measured->score) && !is_ignored(kind, side, measured);
}

/* What the map says expressly for the side, not what holds for all. */
static bool is_said(const struct journey *journey, const struct side *side, size_t touchpoint)
{
    const struct experience *said =
        touchpoint_experience(&journey->touchpoints[touchpoint], &side->lens);
    if (said == NULL)
        return false;
    return side->is_context ? said->scope.context == side->index
                            : said->scope.persona == side->index;
}

static struct estimate others_of(struct arena *arena, const struct kind *kind, size_t side,
                                 size_t touchpoint, bool measured)
{
    struct composite_part *parts = arena_array(arena, kind->count, sizeof(*parts));
    size_t count = 0;
    double n = 0;
    for (size_t i = kind->first; i < kind->first + kind->count; i++) {
        if (i == side || (measured && !is_measured(kind, i, touchpoint)))
            continue;
        const struct reading *other = reading_at(kind, i, touchpoint);
        double rows = (double)other->measured.n;
        parts[count++] = (struct composite_part){
            .score = measured ? other->measured.score : other->estimated,
            .se = measured ? other->measured.se : NAN,
            .weight = kind->personas != NULL ? kind->personas[i].share : measured ? rows : 1,
        };
        n += measured ? rows : 0;
    }
    struct composite mean = composite_of(parts, count);
    return (struct estimate){
        .value = mean.mean,
        .se = mean.se,
        .n = n,
        .interval = interval_clamp(interval_around(mean.mean, Z_95 * mean.se), 0, 100),
    };
}

static struct estimate own_of(const struct reading *reading, bool measured)
{
    if (!measured)
        return (struct estimate){
            .value = reading->estimated,
            .se = NAN,
            .interval = interval_unknown(),
        };
    return (struct estimate){
        .value = reading->measured.score,
        .se = reading->measured.se,
        .n = (double)reading->measured.n,
        .interval = { .low = reading->measured.lo, .high = reading->measured.hi },
    };
}

static bool hides(struct gap own, struct gap all)
{
    double short_of_own = fmax(0, -own.value), short_of_all = fmax(0, -all.value);
    if (isnan(own.value) || isnan(all.value) || short_of_own == 0)
        return false;
    return short_of_all == 0 || short_of_own >= short_of_all + CONTRAST_HIDDEN;
}

static struct gap gap_by(const struct reading *reading, bool measured)
{
    return measured ? reading->gap_measured : reading->gap_estimated;
}

static void add(struct comparing *comparing, struct contrast contrast)
{
    struct contrasts *found = comparing->found;
    found->items = arena_grow(comparing->arena, found->items, found->count, &comparing->capacity,
                              sizeof(*found->items));
    found->items[found->count++] = contrast;
}

static void compare(struct comparing *comparing, const struct kind *kind, size_t side,
                    size_t touchpoint)
{
    const struct reading *own = reading_at(kind, side, touchpoint);
    bool ignored = !isnan(own->measured.score) && is_ignored(kind, side, &own->measured);
    comparing->found->unknown_to_store += ignored;
    bool measured = is_measured(kind, side, touchpoint);
    arena_reset(&comparing->scratch);
    struct estimate others = others_of(&comparing->scratch, kind, side, touchpoint, measured);
    if (measured && isnan(others.value)) {
        measured = false;
        others = others_of(&comparing->scratch, kind, side, touchpoint, false);
    }
    if (!measured && !is_said(comparing->journey, &kind->sides->items[side], touchpoint))
        return;
    struct difference difference = estimate_difference(own_of(own, measured), others);
    if (isnan(difference.value))
        return;
    struct contrast contrast = {
        .touchpoint = (int)touchpoint,
        .side = side,
        .measured = measured,
        .own = measured ? own->measured.score : own->estimated,
        .others = others.value,
        .n = measured ? own->measured.n : 0,
        .others_n = others.n,
        .value = difference.value,
        .lo = difference.interval.low,
        .hi = difference.interval.high,
        .p = difference.p,
        .adjusted = NAN,
        .gap = gap_by(own, measured),
        .gap_of_all = gap_by(&kind->sides->all->items[touchpoint], measured),
    };
    contrast.hidden = contrast.value < 0 && hides(contrast.gap, contrast.gap_of_all);
    bool repeats = kind->count == 2 && side > kind->first;
    if (!repeats || contrast.hidden)
        add(comparing, contrast);
}

/* ---- All of them --------------------------------------------------------------------- */

static void compare_kind(struct comparing *comparing, const struct kind *kind)
{
    if (kind->count < 2)
        return;
    for (size_t i = kind->first; i < kind->first + kind->count; i++)
        for (size_t j = 0; j < comparing->journey->touchpoint_count; j++)
            compare(comparing, kind, i, j);
}

static const struct persona *weighing(const struct journey *journey)
{
    for (size_t i = 0; i < journey->persona_count; i++)
        if (!(journey->personas[i].share > 0))
            return NULL;
    return journey->personas;
}

static void judge(struct arena *arena, struct contrasts *contrasts)
{
    double *p = arena_array(arena, contrasts->count, sizeof(*p));
    for (size_t i = 0; i < contrasts->count; i++)
        p[i] = contrasts->items[i].p;
    adjust_p_values(p, contrasts->count, p);
    for (size_t i = 0; i < contrasts->count; i++) {
        struct contrast *contrast = &contrasts->items[i];
        contrast->adjusted = p[i];
        contrast->verdict = isnan(p[i])             ? VERDICT_UNTESTED
                            : p[i] <= CONTRAST_SURE ? VERDICT_SURE
                                                    : VERDICT_NOISE;
        contrasts->tested += !isnan(p[i]);
        contrasts->sure += contrast->verdict == VERDICT_SURE;
        contrasts->hidden += contrast->hidden;
    }
}

static int by_verdict(const void *a, const void *b)
{
    const struct contrast *left = a, *right = b;
    if (left->verdict != right->verdict)
        return left->verdict < right->verdict ? -1 : 1;
    double x = fabs(left->value), y = fabs(right->value);
    if (x != y)
        return x > y ? -1 : 1;
    if (left->touchpoint != right->touchpoint)
        return left->touchpoint - right->touchpoint;
    return left->side < right->side ? -1 : 1;
}

struct contrasts contrasts_new(struct arena *arena, const struct journey *journey,
                               const struct sides *sides)
{
    struct contrasts contrasts = { 0 };
    struct comparing comparing = { .arena = arena, .journey = journey, .found = &contrasts };
    struct kind personas = {
        .sides = sides,
        .count = sides->personas,
        .personas = weighing(journey),
    };
    struct kind contexts = {
        .sides = sides,
        .first = sides->personas,
        .count = sides->count - sides->personas,
    };
    compare_kind(&comparing, &personas);
    compare_kind(&comparing, &contexts);
    arena_finish(&comparing.scratch);
    judge(arena, &contrasts);
    if (contrasts.count > 0)
        qsort(contrasts.items, contrasts.count, sizeof(*contrasts.items), by_verdict);
    return contrasts;
}
