/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Removal effects of a chain, every touchpoint's, by elimination without subtraction.
 *
 * Eliminating a state lets every way through it run past it: what came from i into s goes on to
 * where s went, in the proportions in which s was left. Sums and products of counts alone, so no
 * digit is lost (Grassmann, Taksar and Heyman 1985). With all states gone that do not contain a
 * touchpoint, the row of the start says where the first visit to it comes, which is the h of
 * attribution.h.
 *
 * That is another elimination for each touchpoint, but most of it is common to them: touchpoints
 * are halved again and again, and at each halving those states go that contain none of the half.
 * What is left for a single touchpoint to do is little.
 */
#include <stellwerk/insight/chain.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/memory.h>
#include <stellwerk/model/journey.h>

/* Some states of the chain, and the flow between them past all those that are gone. */
struct block {
    size_t count;
    double *flow;     /* count × count, from row to column; nothing on the diagonal */
    double *convert;  /* from each to conversion */
    double *fail;     /* from each to the end without */
    double *value;    /* that leaves with those who convert */
    double *exits;    /* of a state that is gone: all that left it */
    uint32_t *states; /* of the chain; the start stands first */
    bool *live;
};

struct removing {
    const struct chain *chain;
    const atomic_bool *cancel;
    double *chance, *worth; /* of each state: P(conversion), mean value */
    bool *wanted;           /* touchpoints whose states stay */
    struct chain_effects *out;
};

static void block_init(struct block *block, size_t count)
{
    size_t room = memory_sum(count, 1);
    *block = (struct block){
        .count = count,
        .flow = memory_alloc(memory_product(memory_product(room, room), sizeof(double))),
        .convert = memory_alloc(memory_product(room, sizeof(double))),
        .fail = memory_alloc(memory_product(room, sizeof(double))),
        .value = memory_alloc(memory_product(room, sizeof(double))),
        .exits = memory_alloc(memory_product(room, sizeof(double))),
        .states = memory_alloc(memory_product(room, sizeof(uint32_t))),
        .live = memory_alloc(memory_product(room, sizeof(bool))),
    };
    memset(block->live, true, count);
}

static void block_finish(struct block *block)
{
    free(block->flow);
    free(block->convert);
    free(block->fail);
    free(block->value);
    free(block->exits);
    free(block->states);
    free(block->live);
}

static void weigh(struct block *block, const struct chain *chain,
                  const struct path_outcome *outcomes)
{
    double *weights = memory_alloc(memory_product(chain->edge_count + 1, sizeof(*weights)));
    for (size_t p = 0; p < chain->path_count; p++) {
        const struct path_outcome *outcome = &outcomes[p];
        double journeys = outcome->conversions + outcome->nulls;
        for (size_t i = chain->first[p]; i < chain->first[p + 1]; i++)
            weights[chain->way[i]] += journeys;
        block->convert[chain->end[p]] += outcome->conversions;
        block->fail[chain->end[p]] += outcome->nulls;
        block->value[chain->end[p]] += outcome->value;
    }
    for (size_t i = 0; i < chain->edge_count; i++)
        block->flow[chain->edges[i].from * block->count + chain->edges[i].to] = weights[i];
    for (size_t i = 0; i < block->count; i++)
        block->states[i] = (uint32_t)i;
    free(weights);
}

/* A copy of those that are live. */
static void block_take(struct block *block, const struct block *from)
{
    size_t count = 0;
    for (size_t i = 0; i < from->count; i++)
        count += from->live[i];
    block_init(block, count);
    size_t row = 0;
    for (size_t i = 0; i < from->count; i++) {
        if (!from->live[i])
            continue;
        block->states[row] = from->states[i];
        block->convert[row] = from->convert[i];
        block->fail[row] = from->fail[i];
        block->value[row] = from->value[i];
        double *to = &block->flow[row++ * count];
        for (size_t j = 0; j < from->count; j++)
            if (from->live[j])
                *to++ = from->flow[i * from->count + j];
    }
}

/* ---- Elimination ---- */

/* The columns of a row with something in them, and what leaves its state altogether. */
static size_t row_columns(const struct block *block, size_t state, size_t *columns, double *exits)
{
    const double *row = &block->flow[state * block->count];
    size_t count = 0;
    *exits = block->convert[state] + block->fail[state];
    for (size_t j = 0; j < block->count; j++) {
        if (row[j] > 0) {
            columns[count++] = j;
            *exits += row[j];
        }
    }
    return count;
}

static void eliminate(struct block *block, size_t state, size_t *columns)
{
    const double *row = &block->flow[state * block->count];
    double exits;
    size_t count = row_columns(block, state, columns, &exits);
    block->exits[state] = exits;
    block->live[state] = false;
    for (size_t i = 0; i < block->count; i++) {
        double *into = &block->flow[i * block->count];
        if (!block->live[i] || !(into[state] > 0))
            continue;
        double share = exits > 0 ? into[state] / exits : 0;
        into[state] = 0;
        for (size_t k = 0; k < count; k++)
            into[columns[k]] += share * row[columns[k]];
        into[i] = 0; /* a way back to where it came from leaves nothing */
        block->convert[i] += share * block->convert[state];
        block->fail[i] += share * block->fail[state];
        block->value[i] += share * block->value[state];
    }
}

struct candidate {
    size_t state;
    size_t work; /* ways in times ways out: how much is filled in */
};

static int compare_candidates(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    return a->work != b->work ? (a->work > b->work) - (a->work < b->work)
                              : (a->state > b->state) - (a->state < b->state);
}

static void count_work(const struct block *block, struct candidate *candidates, size_t count)
{
    size_t *in = memory_alloc(memory_product(block->count, sizeof(*in)));
    size_t *out = memory_alloc(memory_product(block->count, sizeof(*out)));
    for (size_t i = 0; i < block->count; i++) {
        for (size_t j = 0; j < block->count; j++) {
            bool used = block->flow[i * block->count + j] > 0;
            out[i] += used;
            in[j] += used;
        }
    }
    for (size_t i = 0; i < count; i++)
        candidates[i].work = in[candidates[i].state] * out[candidates[i].state];
    free(in);
    free(out);
}

/* Eliminates the candidates, those that fill in little first. Their order is how they end up. */
static bool eliminate_all(struct block *block, struct candidate *candidates, size_t count,
                          const atomic_bool *cancel)
{
    size_t *columns = memory_alloc(memory_product(block->count, sizeof(*columns)));
    bool going_on = true;
    count_work(block, candidates, count);
    if (count > 0)
        qsort(candidates, count, sizeof(*candidates), compare_candidates);
    for (size_t i = 0; going_on && i < count; i++) {
        eliminate(block, candidates[i].state, columns);
        going_on = cancel == NULL || !atomic_load_explicit(cancel, memory_order_relaxed);
    }
    free(columns);
    return going_on;
}

/* ---- From each state on ---- */

static void look_ahead(struct removing *removing, const struct block *block, size_t state,
                       double exits)
{
    const double *row = &block->flow[state * block->count];
    double chance = block->convert[state], worth = block->value[state];
    for (size_t j = 0; j < block->count; j++) {
        if (row[j] > 0) {
            chance += row[j] * removing->chance[j];
            worth += row[j] * removing->worth[j];
        }
    }
    removing->chance[state] = exits > 0 ? chance / exits : 0;
    removing->worth[state] = exits > 0 ? worth / exits : 0;
}

/* Chance and worth of every state: eliminates all but the start, and substitutes back. */
static bool find_chances(struct removing *removing, const struct block *whole)
{
    struct block block;
    size_t count = whole->count - 1;
    struct candidate *candidates = memory_alloc(memory_product(count + 1, sizeof(*candidates)));
    block_take(&block, whole);
    for (size_t i = 0; i < count; i++)
        candidates[i].state = i + 1;
    bool done = eliminate_all(&block, candidates, count, removing->cancel);
    if (done) {
        look_ahead(removing, &block, 0, block.convert[0] + block.fail[0]);
        for (size_t i = count; i-- > 0;)
            look_ahead(removing, &block, candidates[i].state, block.exits[candidates[i].state]);
    }
    free(candidates);
    block_finish(&block);
    return done;
}

/* ---- Removal ---- */

static bool is_wanted(const struct removing *removing, uint32_t state)
{
    const struct chain_state *of = &removing->chain->states[state];
    for (int i = 0; i < removing->chain->order; i++)
        if (of->last[i] != NONE && removing->wanted[of->last[i]])
            return true;
    return false;
}

/* What is left of `from` when only the start and states of the wanted touchpoints stay. */
static bool reduce(struct removing *removing, const struct block *from, const int *touchpoints,
                   size_t count, struct block *out)
{
    struct block work;
    size_t gone = 0;
    block_take(&work, from);
    struct candidate *candidates = memory_alloc(memory_product(work.count, sizeof(*candidates)));
    for (size_t i = 0; i < count; i++)
        removing->wanted[touchpoints[i]] = true;
    for (size_t i = 1; i < work.count; i++)
        if (!is_wanted(removing, work.states[i]))
            candidates[gone++].state = i;
    for (size_t i = 0; i < count; i++)
        removing->wanted[touchpoints[i]] = false;
    bool done = eliminate_all(&work, candidates, gone, removing->cancel);
    if (done)
        block_take(out, &work);
    free(candidates);
    block_finish(&work);
    return done;
}

/* Every state left but the start contains the touchpoint: its first visits are the start's row. */
static void read_effect(const struct removing *removing, const struct block *block, int touchpoint)
{
    double exits = block->convert[0] + block->fail[0];
    double chance = 0, worth = 0;
    for (size_t j = 1; j < block->count; j++) {
        exits += block->flow[j];
        chance += block->flow[j] * removing->chance[block->states[j]];
        worth += block->flow[j] * removing->worth[block->states[j]];
    }
    removing->out->conversions[touchpoint] = chance / exits / removing->chance[0];
    removing->out->value[touchpoint] = worth / exits / removing->worth[0];
}

static bool remove_each(struct removing *removing, const struct block *from,
                        const int *touchpoints, size_t count)
{
    struct block block;
    if (!reduce(removing, from, touchpoints, count, &block))
        return false;
    bool done = true;
    if (count == 1)
        read_effect(removing, &block, touchpoints[0]);
    else
        done = remove_each(removing, &block, touchpoints, count / 2) &&
               remove_each(removing, &block, touchpoints + count / 2, count - count / 2);
    block_finish(&block);
    return done;
}

/* The touchpoints that some state contains. */
static size_t find_touchpoints(const struct removing *removing, int *out)
{
    const struct chain *chain = removing->chain;
    size_t count = 0;
    for (size_t i = 1; i < chain->state_count; i++) {
        int touchpoint = chain->states[i].last[0];
        if (!removing->wanted[touchpoint])
            out[count++] = touchpoint;
        removing->wanted[touchpoint] = true;
    }
    memset(removing->wanted, false, chain->touchpoints);
    return count;
}

static bool find_effects(struct removing *removing, const struct block *whole)
{
    if (!find_chances(removing, whole))
        return false;
    int *touchpoints =
        memory_alloc(memory_product(removing->chain->touchpoints + 1, sizeof(*touchpoints)));
    size_t count = find_touchpoints(removing, touchpoints);
    bool done = count == 0 || remove_each(removing, whole, touchpoints, count);
    free(touchpoints);
    return done;
}

/* Where nothing is to be lost, nobody knows what a touchpoint's share of it is. */
static void fill(double *effects, size_t count, double value)
{
    for (size_t i = 0; i < count; i++)
        effects[i] = value;
}

bool chain_effects(const struct chain *chain, const struct path_outcome *outcomes,
                   const atomic_bool *cancel, struct chain_effects *out)
{
    size_t states = memory_product(chain->state_count, sizeof(double));
    struct removing removing = {
        .chain = chain,
        .cancel = cancel,
        .chance = memory_alloc(states),
        .worth = memory_alloc(states),
        .wanted = memory_alloc(chain->touchpoints + 1),
        .out = out,
    };
    struct block whole;
    fill(out->conversions, chain->touchpoints, 0);
    fill(out->value, chain->touchpoints, 0);
    block_init(&whole, chain->state_count);
    weigh(&whole, chain, outcomes);
    bool done = find_effects(&removing, &whole);
    out->conversion = removing.chance[0];
    if (!(removing.chance[0] > 0))
        fill(out->conversions, chain->touchpoints, NAN);
    if (!(removing.worth[0] > 0))
        fill(out->value, chain->touchpoints, NAN);
    block_finish(&whole);
    free(removing.chance);
    free(removing.worth);
    free(removing.wanted);
    return done;
}
