/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <math.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/chain.h>
#include <stellwerk/model/journey.h>

#include "insight/printed.h"

enum { START, A, B, C, NOWHERE, STATES };

/* A way between two states that so many take, or an end. A chain that no set of paths gives, since
 * as many need not come as go: every way is a path of its own, and paths end where nobody is. */
struct flow {
    uint32_t from, to;
    double journeys;
};

static const struct chain_state states[STATES] = {
    [START] = { { NONE, NONE, NONE } },
    [A] = { { 0, NONE, NONE } },
    [B] = { { 1, NONE, NONE } },
    [C] = { { 2, NONE, NONE } },
    [NOWHERE] = { { 3, NONE, NONE } },
};

/* Circles between A and B of `circles` journeys, which a few leave. */
static void find_effects(double circles, struct chain_effects *out)
{
    const struct flow flows[] = {
        { START, A, 3 }, { START, B, 1 }, { A, B, circles }, { A, C, 2 },
        { B, A, circles }, { B, C, 1 },   { C, A, 1 },
    };
    const struct flow ends[] = { { START, 0, 2 }, { A, 0, 1 }, { B, 1, 1 }, { C, 1, 3 },
                                 { C, 0, 5 } };
    enum { FLOWS = ARRAY_LEN(flows), PATHS = FLOWS + ARRAY_LEN(ends) };
    struct chain_edge edges[FLOWS];
    uint32_t way[FLOWS], end[PATHS];
    size_t first[PATHS + 1];
    struct path_outcome outcomes[PATHS] = { 0 };
    for (uint32_t i = 0; i < PATHS; i++) {
        first[i] = i < FLOWS ? i : FLOWS;
        if (i < FLOWS) {
            edges[i] = (struct chain_edge){ flows[i].from, flows[i].to };
            way[i] = i;
            end[i] = NOWHERE;
            outcomes[i].nulls = flows[i].journeys;
            continue;
        }
        const struct flow *at = &ends[i - FLOWS];
        end[i] = at->from;
        outcomes[i].conversions = outcomes[i].value = at->to ? at->journeys : 0;
        outcomes[i].nulls = at->to ? 0 : at->journeys;
    }
    first[PATHS] = FLOWS;
    struct chain chain = {
        .order = 1, .touchpoints = 4, .states = (struct chain_state *)states,
        .state_count = STATES, .edges = edges, .edge_count = FLOWS, .way = way, .first = first,
        .end = end, .path_count = PATHS,
    };
    ck_assert(chain_effects(&chain, outcomes, NULL, out));
}

/* However long journeys circle before they leave, no digit is lost. The figures are those of exact
 * rational arithmetic; an inverse is off by 5e-5 in the last row. */
START_TEST(test_long_circles)
{
    static const struct {
        double circles, conversion, removals[3];
    } rows[] = {
        { 1e6, 0.2857142233560833, { 0.999999222223608, 0.9999988333363194, 0.5333334414813743 } },
        { 1e9, 0.2857142856519274, { 0.9999999992222223, 0.9999999988333333,
                                     0.5333333334414815 } },
        { 1e12, 0.28571428571422336, { 0.9999999999992222, 0.9999999999988334,
                                       0.5333333333334415 } },
        { 1e15, 0.28571428571428564, { 0.9999999999999992, 0.9999999999999988,
                                       0.5333333333333334 } },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        double conversions[4], value[4];
        struct chain_effects effects = { .conversions = conversions, .value = value };
        find_effects(rows[i].circles, &effects);
        ck_assert_double_eq_tol(effects.conversion, rows[i].conversion, 2e-16);
        for (size_t t = 0; t < 3; t++) {
            ck_assert_double_eq_tol(conversions[t], rows[i].removals[t], 4e-16);
            ck_assert_double_eq_tol(value[t], rows[i].removals[t], 4e-16);
        }
        ck_assert_double_eq(conversions[3], 0);
    }
}
END_TEST

START_TEST(test_shape)
{
    static const int steps[] = { 0, 1, 1, 0, 1 };
    static const struct attribution_path paths[] = {
        { .steps = steps, .step_count = ARRAY_LEN(steps) }, { .step_count = 0 },
    };
    static const size_t counts[] = { 3, 5, 6 };
    struct arena arena;
    arena_init(&arena);
    for (int order = 1; order <= ATTRIBUTION_ORDERS; order++) {
        struct chain chain;
        ck_assert(chain_init(&arena, paths, 2, 2, order, 100, &chain));
        ck_assert_uint_eq(chain.state_count, counts[order - 1]);
        ck_assert_uint_eq(chain.end[1], 0);
        ck_assert_int_eq(chain.states[0].last[0], NONE);
        ck_assert_int_eq(chain.states[2].last[0], 1);
        ck_assert_int_eq(chain.states[2].last[1], order > 1 ? 0 : NONE);
        ck_assert(!chain_init(&arena, paths, 2, 2, order, counts[order - 1] - 1, &chain));
    }
    arena_finish(&arena);
}
END_TEST

Suite *insight_chain_suite(void)
{
    Suite *suite = suite_create("insight_chain");
    TCase *tests = tcase_create("chain");
    tcase_add_test(tests, test_long_circles);
    tcase_add_test(tests, test_shape);
    suite_add_tcase(suite, tests);
    return suite;
}
