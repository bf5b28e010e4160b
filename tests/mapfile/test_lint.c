/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>

#include "told.h"

/* Keys of the touchpoint "t" from line 7 on, the rest of the map, and all that is told. */
static const struct lint {
    const char *keys, *rest, *told;
} lints[] = {
    { "", "", "" },

    /* The clock stands at 2026-12-01. */
    { "", "reviewed: 2026-09-02\nreview_every: 90d\n", "" },
    { "", "reviewed: 2026-09-01\nreview_every: 90d\n", "7:11 warning review_overdue\n" },
    { "", "reviewed: 2020-01-01\n", "" },
    { "", "reviewed: 2026-12-01\nreview_every: 36h\n", "" },
    { "", "reviewed: 2026-12-02\n", "7:11 warning reviewed_in_future\n" },

    { "        opportunities: [{id: o, due: 2026-12-01}]\n", "", "" },
    { "        opportunities: [{id: o, due: 2026-11-30}]\n", "", "7:25 warning due_date_past\n" },
    { "        opportunities: [{id: o, due: 2026-11-30, status: done}]\n", "", "" },
    { "        opportunities: [{id: o, due: 2026-11-30, status: dropped}]\n", "", "" },
    { "        opportunities: [{id: o}, {id: o}]\n", "", "7:39-7:30 error duplicate_id\n" },

    { "        moment_of_truth: true\n        optional: true\n", "",
      "6:9 note optional_moment_of_truth\n" },
    { "        moment_of_truth: true\n        optional: true\n        importance: 3.9\n", "",
      "6:9 note optional_moment_of_truth\n" },
    { "        moment_of_truth: true\n        optional: true\n        importance: 4\n", "", "" },

    { "        promise: {claim: x}\n", "", "7:18 warning promise_without_score\n" },
    { "        promise: {score: 101}\n", "", "7:26 error out_of_range\n" },
    { "        promise: 80\n", "", "" },

    { "        aspects: [{id: a}, {id: b}, {id: a}]\n", "", "7:37-7:19 error duplicate_id\n" },

    { "        activities: [Ruf, RUF, x]\n", "", "" },
    { "        activities: [x, Ruf]\n      - {id: u, activities: [RUF, y]}\n", "",
      "8:9-6:9 warning shared_activity\n" },

    { "  - id: u\n", "", "7:5 warning empty_stage\n" },
    { "  - id: u\n    touchpoints: []\n", "", "7:5 warning empty_stage\n" },

    { "", "personas: {a: {share: 0.5}, b: {share: 0.5}, c: c}\n", "" },
    { "", "personas: {a: {share: 0.7}, b: {share: 0.4}, c: c}\n",
      "7:29 warning shares_above_one\n" },

    { "", "channels: {web: Web, app: App}\nhandovers: [[app, app]]\n",
      "7:12 note channel_unused\n8:13 warning handover_to_itself\n" },
    { "        channel: web\n", "channels: {web: Web}\n", "" },
    { "", "store: x.db\nchannels: {web: Web}\n", "" },

    { "", "metrics: {m: {type: nps}}\n", "7:11 note metric_unused\n" },
    { "        metrics: [m]\n", "metrics: {m: {type: nps}}\n", "" },
    { "        opportunities: [{id: o, expects: {metric: m, to: 1}}]\n",
      "metrics: {m: {type: nps}}\n", "" },
    { "        metrics: [m]\n"
      "        opportunities: [{id: o, experiment: {metric: m, a: x, b: y}}]\n",
      "metrics: {m: {type: nps}}\n", "" },
    { "        metrics: [m]\n"
      "        opportunities: [{id: o, experiment: {metric: m, a: x, b: x, share: 1}}]\n",
      "metrics: {m: {type: nps}}\n",
      "8:25 warning experiment_same_variants\n8:25 warning experiment_one_arm\n" },
    { "        metrics: [m]\n        opportunities: [{id: o, experiment: {metric: m, a: x, "
      "b: y, since: 2026-03-02, until: 2026-03-01}}]\n",
      "metrics: {m: {type: nps}}\n", "8:25 warning experiment_ends_before\n" },
    { "        opportunities: [{id: o, experiment: {metric: m, a: x, b: y}}]\n",
      "metrics: {m: {type: nps}}\n", "7:25 warning experiment_not_measured\n" },
    { "        metrics: [m]\n"
      "        opportunities: [{id: o, experiment: {metric: m, a: x, b: y}}]\n",
      "metrics: {m: {type: mean, from: observation}}\n",
      "8:25 warning experiment_not_measured\n" },
    { "        metrics: [m]\n"
      "        opportunities: [{id: o, experiment: {metric: m, a: x, b: y}}]\n",
      "metrics: {m: {type: count}}\n", "8:25 warning experiment_not_measured\n" },
    { "        metrics: [m]\n", "metrics: {m: {type: nps, aspect: a}}\n",
      "8:11 warning unknown_aspect\n" },
    { "        metrics: [m]\n        aspects: [{id: a}]\n",
      "metrics: {m: {type: nps, aspect: a}}\n", "" },

    { "", "budgets: [{touchpoint: t, gap: -3}, {all: true, gap: -5}]\n", "" },
    { "", "budgets: [{touchpoint: t, gap: -3}, {touchpoint: t, gap: -5}]\n",
      "7:37-7:11 warning duplicate_budget\n" },
    { "", "budgets: [{all: true, gap: -3}, {all: true, gap: -5}]\n",
      "7:33-7:11 warning duplicate_budget\n" },
};

START_TEST(test_lint)
{
    const struct lint *row = &lints[_i];
    ck_assert_ptr_nonnull(told_map(told_touchpoint(row->keys, row->rest)));
    ck_assert_msg(strcmp(told(), row->told) == 0, "%s%s says:\n%s", row->keys, row->rest, told());
}
END_TEST

START_TEST(test_a_map_to_start_from_is_fine)
{
    told_map("stellwerk: 1\ntitle: T\nstages:\n  - id: s\n    touchpoints: [{id: t}]\n");
    ck_assert_str_eq(told(), "");
}
END_TEST

START_TEST(test_maps_without_touchpoints)
{
    told_map("stellwerk: 1\ntitle: T\nstages: [{id: s}]\n");
    ck_assert_str_eq(told(), "3:10 warning no_touchpoints\n");
}
END_TEST

START_TEST(test_how_long_a_review_is_overdue)
{
    told_map(told_touchpoint("", "reviewed: 2026-08-31\nreview_every: 90d\n"));
    ck_assert_str_eq(told_text("review_overdue"), "the review of this map is 2 days overdue");
    told_finish();
    told_start();
    told_map(told_touchpoint("", "reviewed: 2026-09-01\nreview_every: 90d\n"));
    ck_assert_str_eq(told_text("review_overdue"), "the review of this map is 1 day overdue");
}
END_TEST

Suite *mapfile_lint_suite(void)
{
    Suite *suite = suite_create("mapfile_lint");
    TCase *tcase = tcase_create("all");
    tcase_add_checked_fixture(tcase, told_start, told_finish);
    tcase_add_loop_test(tcase, test_lint, 0, (int)ARRAY_LEN(lints));
    tcase_add_test(tcase, test_a_map_to_start_from_is_fine);
    tcase_add_test(tcase, test_maps_without_touchpoints);
    tcase_add_test(tcase, test_how_long_a_review_is_overdue);
    suite_add_tcase(suite, tcase);
    return suite;
}
