/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "design.h"

static bool is_optional(const struct designs *designs, int touchpoint)
{
    return designs->journey->touchpoints[touchpoint].optional;
}

static struct design design_new(struct arena *arena, const struct designs *designs, int route,
                                const int *columns, size_t count)
{
    struct design design = {
        .route = route,
        .columns = columns,
        .count = count,
        .has = arena_array(arena, designs->journey->touchpoint_count, sizeof(bool)),
    };
    for (size_t i = 0; i < count; i++) {
        design.required += !is_optional(designs, columns[i]);
        design.has[columns[i]] = true;
    }
    return design;
}

static struct design whole_map(struct arena *arena, const struct designs *designs)
{
    size_t count = designs->journey->touchpoint_count;
    int *columns = arena_array(arena, count, sizeof(*columns));
    for (size_t i = 0; i < count; i++)
        columns[i] = (int)i;
    return design_new(arena, designs, NONE, columns, count);
}

static struct design route_design(struct arena *arena, const struct designs *designs, int route)
{
    const struct indices *through = &designs->journey->routes[route].through;
    return design_new(arena, designs, route, through->items, through->count);
}

/* From each column to the next, and further as long as what lies between is optional. */
static void allow(struct designs *designs, const struct design *design)
{
    size_t width = designs->journey->touchpoint_count;
    for (size_t i = 0; i < design->count; i++) {
        int from = design->columns[i];
        designs->allowed[(size_t)from * width + (size_t)from] |=
            designs->journey->touchpoints[from].repeatable;
        for (size_t k = i + 1; k < design->count; k++) {
            designs->allowed[(size_t)from * width + (size_t)design->columns[k]] = true;
            if (!is_optional(designs, design->columns[k]))
                break;
        }
    }
}

int paths_goal(const struct journey *journey, int route)
{
    const struct indices *through = route != NONE ? &journey->routes[route].through : NULL;
    size_t count = through != NULL ? through->count : journey->touchpoint_count;
    for (size_t i = count; i-- > 0;) {
        int touchpoint = through != NULL ? through->items[i] : (int)i;
        if (!journey->touchpoints[touchpoint].optional)
            return touchpoint;
    }
    return count == 0 ? NONE : through != NULL ? through->items[count - 1] : (int)count - 1;
}

static void list_designs(struct arena *arena, const struct paths_options *options,
                         struct designs *out)
{
    size_t routes = out->journey->route_count;
    out->items = arena_array(arena, routes + 1, sizeof(*out->items));
    if (options->route != NONE) {
        out->items[out->count++] = route_design(arena, out, options->route);
        return;
    }
    out->items[out->count++] = whole_map(arena, out);
    for (size_t i = 0; i < routes; i++)
        out->items[out->count++] = route_design(arena, out, (int)i);
}

void designs_init(struct arena *arena, const struct paths_options *options, struct designs *out)
{
    size_t touchpoints = options->journey->touchpoint_count;
    *out = (struct designs){ .journey = options->journey };
    list_designs(arena, options, out);
    out->place = arena_array(arena, touchpoints, sizeof(*out->place));
    out->allowed = arena_array(arena, touchpoints * touchpoints, sizeof(*out->allowed));
    for (size_t i = 0; i < touchpoints; i++)
        out->place[i] = NONE;
    for (size_t i = 0; i < out->items[0].count; i++)
        out->place[out->items[0].columns[i]] = (int)i;
    for (size_t i = 0; i < out->count; i++)
        allow(out, &out->items[i]);
    out->goal = options->goal != NONE ? options->goal
                                      : paths_goal(options->journey, options->route);
}

/* ---- Transitions ---- */

/* No column first..end of some design is required. */
static bool all_optional(const struct designs *designs, const struct design *design, size_t first,
                         size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!is_optional(designs, design->columns[i]))
            return false;
    return true;
}

/* Some design may begin with this touchpoint, or end with it. */
static bool may_border(const struct designs *designs, int touchpoint, bool begin)
{
    for (size_t d = 0; d < designs->count; d++) {
        const struct design *design = &designs->items[d];
        for (size_t i = 0; i < design->count; i++)
            if (design->columns[i] == touchpoint &&
                all_optional(designs, design, begin ? 0 : i + 1, begin ? i : design->count))
                return true;
    }
    return false;
}

enum transition designs_transition(const struct designs *designs, int from, int to)
{
    size_t width = designs->journey->touchpoint_count;
    bool begin = from == PATH_BEGIN, end = to == PATH_END;
    int left = begin ? NONE : designs_place(designs, from);
    int right = end ? NONE : designs_place(designs, to);
    if ((left == NONE && !begin) || (right == NONE && !end))
        return TRANSITION_OFF;
    if (begin || end)
        return may_border(designs, begin ? to : from, begin) ? TRANSITION_DESIGNED
                                                             : TRANSITION_JUMP;
    if (designs->allowed[(size_t)from * width + (size_t)to])
        return TRANSITION_DESIGNED;
    return left == right ? TRANSITION_LOOP : left > right ? TRANSITION_BACK : TRANSITION_JUMP;
}

void paths_kinds(const struct paths_options *options, const struct sequence *sequence,
                 enum transition *out)
{
    struct arena scratch = { 0 };
    struct designs designs;
    designs_init(&scratch, options, &designs);
    for (size_t i = 0; i < sequence->count; i++)
        out[i] = designs_transition(&designs, i > 0 ? sequence->steps[i - 1].step : PATH_BEGIN,
                                    sequence->steps[i].step);
    arena_finish(&scratch);
}

static int channel_of(const struct journey *journey, const struct sequence_step *step)
{
    bool designed = step->channel == NONE && (size_t)step->step < journey->touchpoint_count;
    int channel = designed ? journey->touchpoints[step->step].channel : step->channel;
    return channel != NONE && (size_t)channel < journey->channel_count ? channel : NONE;
}

bool paths_step_breaks(const struct journey *journey, const struct sequence_step *from,
                       const struct sequence_step *to)
{
    int left = channel_of(journey, from), right = channel_of(journey, to);
    return left != NONE && right != NONE && journey_media_break(journey, left, right);
}

/* ---- Fitness ---- */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The cheapest alignment: `before` and `now` are the costs of the steps so far with the first
 * 0, 1, 2 … columns. */
static size_t align(const struct designs *designs, const struct design *design, const int *steps,
                    size_t count, size_t *before, size_t *now)
{
    before[0] = 0;
    for (size_t k = 0; k < design->count; k++)
        before[k + 1] = before[k] + !is_optional(designs, design->columns[k]);
    for (size_t i = 0; i < count; i++) {
        now[0] = before[0] + 1;
        for (size_t k = 0; k < design->count; k++) {
            int column = design->columns[k];
            size_t cost = least(before[k + 1] + 1, now[k] + !is_optional(designs, column));
            if (column == steps[i])
                cost = least(cost, before[k]);
            if (column == steps[i] && designs->journey->touchpoints[column].repeatable)
                cost = least(cost, before[k + 1]);
            now[k + 1] = cost;
        }
        size_t *last = before;
        before = now;
        now = last;
    }
    return before[design->count];
}

size_t designs_room(const struct designs *designs)
{
    size_t columns = 0;
    for (size_t i = 0; i < designs->count; i++)
        if (designs->items[i].count > columns)
            columns = designs->items[i].count;
    return 2 * (columns + 1);
}

double designs_fitness(const struct designs *designs, const int *steps, size_t count, size_t *room,
                       int *route)
{
    double best = -1;
    for (size_t i = 0; i < designs->count; i++) {
        const struct design *design = &designs->items[i];
        size_t cost = align(designs, design, steps, count, room, room + design->count + 1);
        size_t worst = count + design->required;
        double fitness = worst > 0 ? 1 - (double)cost / (double)worst : 1;
        if (fitness > best) {
            best = fitness;
            *route = design->route;
        }
    }
    return best;
}
