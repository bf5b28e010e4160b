/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What holds of every set of paths, tried on random ones.
 */

#include "suites.h"

#include <math.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/attribution.h>
#include <stellwerk/insight/chain.h>

#include "insight/printed.h"

enum { SETS = 150, PATHS_MOST = 24, STEPS_MOST = 7, TOUCHPOINTS_MOST = 5, STATES_MOST = 200 };

struct set {
    int steps[PATHS_MOST][STEPS_MOST];
    struct attribution_path paths[PATHS_MOST];
    struct attribution_input input;
    double conversions, journeys;
};

static uint64_t state;

/* Knuth's MMIX generator, its upper bits. */
static int random_below(int most)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((state >> 33) % (uint64_t)most);
}

static void set_sums(struct set *set)
{
    set->conversions = set->journeys = 0;
    for (size_t i = 0; i < set->input.count; i++) {
        const struct path_outcome *outcome = &set->paths[i].outcome;
        set->conversions += outcome->conversions;
        set->journeys += outcome->conversions + outcome->nulls;
    }
}

/* At least one path converts. */
static void set_fill(struct set *set, int longest)
{
    int touchpoints = 2 + random_below(TOUCHPOINTS_MOST - 1);
    *set = (struct set){ .input = { .paths = set->paths, .touchpoints = (size_t)touchpoints } };
    set->input.count = 1 + (size_t)random_below(PATHS_MOST);
    for (size_t i = 0; i < set->input.count; i++) {
        struct attribution_path *path = &set->paths[i];
        path->steps = set->steps[i];
        path->step_count = (size_t)random_below(longest + 1);
        if (i == 0 && path->step_count == 0)
            path->step_count = 1;
        for (size_t k = 0; k < path->step_count; k++)
            set->steps[i][k] = random_below(touchpoints);
        path->outcome.conversions = random_below(4) + (i == 0);
        path->outcome.nulls = random_below(6);
        path->outcome.value = path->outcome.conversions * (1 + random_below(9));
    }
    set_sums(set);
}

static struct attribution attribute_set(struct arena *arena, const struct set *set)
{
    return attribution_new(arena, &set->input, &(struct attribution_options){ 0 });
}

/* A check of one set and what is said of it; `longest` paths it wants. */
static void for_random_sets(int longest, void (*check)(struct arena *arena, struct set *set))
{
    struct arena arena;
    arena_init(&arena);
    state = 42;
    for (int i = 0; i < SETS; i++) {
        struct set set;
        set_fill(&set, longest);
        check(&arena, &set);
        arena_reset(&arena);
    }
    arena_finish(&arena);
}

/* ---- The chance of conversion is that of the data, at every order ---- */

static void check_conversion(struct arena *arena, struct set *set)
{
    struct attribution got = attribute_set(arena, set);
    for (int k = 0; k < ATTRIBUTION_ORDERS; k++)
        ck_same(got.orders[k].conversion, set->conversions / set->journeys);
}

START_TEST(test_conversion_is_that_of_the_data)
{
    for_random_sets(STEPS_MOST, check_conversion);
}
END_TEST

/* ---- Credits add up ---- */

static void check_sums(struct arena *arena, struct set *set)
{
    struct attribution got = attribute_set(arena, set);
    for (int model = 0; model < ATTRIBUTION_MODELS; model++) {
        if (model == ATTRIBUTION_DECAY)
            continue;
        double conversions = 0, value = 0;
        for (size_t t = 0; t < got.count; t++) {
            ck_assert_double_ge(got.rows[t].credits[model].conversions, 0);
            conversions += got.rows[t].credits[model].conversions;
            value += got.rows[t].credits[model].value;
        }
        ck_same(conversions, got.credited);
        ck_same(value, got.credited_value);
    }
}

START_TEST(test_credits_add_up)
{
    for_random_sets(STEPS_MOST, check_sums);
}
END_TEST

/* ---- At order 1 repeats change nothing ---- */

static void collapse(struct set *set)
{
    for (size_t i = 0; i < set->input.count; i++) {
        size_t kept = 0;
        for (size_t k = 0; k < set->paths[i].step_count; k++)
            if (kept == 0 || set->steps[i][kept - 1] != set->steps[i][k])
                set->steps[i][kept++] = set->steps[i][k];
        set->paths[i].step_count = kept;
    }
}

static void check_repeats(struct arena *arena, struct set *set)
{
    struct attribution with = attribute_set(arena, set);
    collapse(set);
    struct attribution without = attribute_set(arena, set);
    for (size_t t = 0; t < with.count; t++)
        ck_same(with.rows[t].removals[0].conversions, without.rows[t].removals[0].conversions);
}

START_TEST(test_repeats_change_nothing_at_order_1)
{
    for_random_sets(STEPS_MOST, check_repeats);
}
END_TEST

/* ---- A chain that remembers all knows no more than who was present ---- */

static void check_presence(struct arena *arena, struct set *set)
{
    struct attribution got = attribute_set(arena, set);
    for (size_t t = 0; t < got.count; t++)
        ck_same(got.rows[t].removals[2].conversions, got.rows[t].present);
}

START_TEST(test_long_memory_is_presence)
{
    for_random_sets(ATTRIBUTION_ORDERS, check_presence);
}
END_TEST

/* ---- Removal is what happens when who enters a touchpoint is lost ---- */

struct dense {
    size_t count;
    double rows[STATES_MOST][STATES_MOST + 1]; /* I - Q, and the chance to convert from each */
};

static bool contains(const struct chain *chain, size_t at, int touchpoint)
{
    for (int k = 0; k < chain->order; k++)
        if (chain->states[at].last[k] == touchpoint)
            return true;
    return false;
}

static void fill_dense(struct dense *dense, const struct chain *chain, const struct set *set,
                       int removed)
{
    size_t n = dense->count = chain->state_count;
    double sums[STATES_MOST] = { 0 };
    memset(dense->rows, 0, sizeof(dense->rows));
    for (size_t p = 0; p < chain->path_count; p++) {
        const struct path_outcome *outcome = &set->paths[p].outcome;
        double journeys = outcome->conversions + outcome->nulls;
        for (size_t i = chain->first[p]; i < chain->first[p + 1]; i++) {
            const struct chain_edge *edge = &chain->edges[chain->way[i]];
            sums[edge->from] += journeys;
            dense->rows[edge->from][edge->to] -= journeys;
        }
        sums[chain->end[p]] += journeys;
        dense->rows[chain->end[p]][n] += outcome->conversions;
    }
    for (size_t i = 0; i < n; i++) {
        bool lost = removed >= 0 && contains(chain, i, removed);
        for (size_t j = 0; j <= n; j++)
            dense->rows[i][j] = lost || sums[i] <= 0 ? 0 : dense->rows[i][j] / sums[i];
        dense->rows[i][i] = 1;
    }
}

/* Gauss and Jordan; the chance to convert from the start. */
static double solve(struct dense *dense)
{
    size_t n = dense->count;
    for (size_t c = 0; c < n; c++) {
        for (size_t i = 0; i < n; i++) {
            double factor = i == c ? 0 : dense->rows[i][c] / dense->rows[c][c];
            for (size_t j = c; factor != 0 && j <= n; j++)
                dense->rows[i][j] -= factor * dense->rows[c][j];
        }
    }
    return dense->rows[0][n] / dense->rows[0][0];
}

static void check_removal(struct arena *arena, struct set *set)
{
    static struct dense dense;
    struct attribution got = attribute_set(arena, set);
    for (int k = 0; k < ATTRIBUTION_ORDERS; k++) {
        struct chain chain;
        ck_assert(chain_init(arena, set->paths, set->input.count, set->input.touchpoints, k + 1,
                             STATES_MOST, &chain));
        fill_dense(&dense, &chain, set, -1);
        double whole = solve(&dense);
        for (size_t t = 0; t < got.count; t++) {
            double removal = got.rows[t].removals[k].conversions;
            fill_dense(&dense, &chain, set, (int)t);
            ck_assert_double_eq_tol(removal, 1 - solve(&dense) / whole, 1e-12);
            ck_assert(removal >= 0 && removal <= 1 + 1e-15);
        }
    }
}

START_TEST(test_removal_is_loss)
{
    for_random_sets(STEPS_MOST, check_removal);
}
END_TEST

/* ---- Nothing is lost with a touchpoint that leads nowhere, and only with such ---- */

static bool leads_to_conversion(const struct set *set, size_t touchpoint)
{
    bool leads[TOUCHPOINTS_MOST] = { false };
    for (size_t round = 0; round <= set->input.touchpoints; round++) {
        for (size_t i = 0; i < set->input.count; i++) {
            const struct attribution_path *path = &set->paths[i];
            double journeys = path->outcome.conversions + path->outcome.nulls;
            for (size_t k = 0; journeys > 0 && k < path->step_count; k++)
                leads[path->steps[k]] |= k + 1 < path->step_count ? leads[path->steps[k + 1]]
                                                                  : path->outcome.conversions > 0;
        }
    }
    return leads[touchpoint];
}

static void check_zero(struct arena *arena, struct set *set)
{
    struct attribution got = attribute_set(arena, set);
    for (size_t t = 0; t < got.count; t++)
        ck_assert_int_eq(got.rows[t].removals[0].conversions > 0, leads_to_conversion(set, t));
}

START_TEST(test_nothing_is_lost_where_nothing_leads_on)
{
    for_random_sets(STEPS_MOST, check_zero);
}
END_TEST

/* ---- Linear over unique touchpoints is the Shapley value ---- */

static unsigned members(const struct attribution_path *path)
{
    unsigned set = 0;
    for (size_t k = 0; k < path->step_count; k++)
        set |= 1u << path->steps[k];
    return set;
}

/* Conversions of the journeys that needed no others. */
static double worth(const struct set *set, unsigned coalition)
{
    double sum = 0;
    for (size_t i = 0; i < set->input.count; i++)
        if ((members(&set->paths[i]) & ~coalition) == 0)
            sum += set->paths[i].outcome.conversions;
    return sum;
}

static double shapley(const struct set *set, unsigned touchpoint)
{
    double sum = 0, n = (double)set->input.touchpoints;
    for (unsigned coalition = 0; coalition < 1u << set->input.touchpoints; coalition++) {
        if (coalition & 1u << touchpoint)
            continue;
        double size = __builtin_popcount(coalition);
        double weight = tgamma(size + 1) * tgamma(n - size) / tgamma(n + 1);
        sum += weight * (worth(set, coalition | 1u << touchpoint) - worth(set, coalition));
    }
    return sum;
}

static void check_shapley(struct arena *arena, struct set *set)
{
    struct attribution got = attribute_set(arena, set);
    for (unsigned t = 0; t < got.count; t++)
        ck_same(got.rows[t].credits[ATTRIBUTION_LINEAR].conversions, shapley(set, t));
}

START_TEST(test_linear_is_shapley)
{
    for_random_sets(STEPS_MOST, check_shapley);
}
END_TEST

Suite *insight_attribution_property_suite(void)
{
    Suite *suite = suite_create("insight_attribution_property");
    TCase *tests = tcase_create("attribution_property");
    tcase_add_test(tests, test_conversion_is_that_of_the_data);
    tcase_add_test(tests, test_credits_add_up);
    tcase_add_test(tests, test_repeats_change_nothing_at_order_1);
    tcase_add_test(tests, test_long_memory_is_presence);
    tcase_add_test(tests, test_removal_is_loss);
    tcase_add_test(tests, test_nothing_is_lost_where_nothing_leads_on);
    tcase_add_test(tests, test_linear_is_shapley);
    suite_add_tcase(suite, tests);
    return suite;
}
