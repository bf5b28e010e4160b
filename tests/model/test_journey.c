/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stellwerk/base/array.h>
#include <stellwerk/model/journey.h>

enum { WEB, APP, PAPER, PHONE, UNKNOWN };

static struct persona personas[] = { { .id = "anna" }, { .id = "ben" } };
static struct context contexts[] = { { .id = "hurried" }, { .id = "relaxed" } };
static struct channel channels[] = {
    [WEB] = { .id = "web", .medium = "digital" },
    [APP] = { .id = "app", .medium = "digital" },
    [PAPER] = { .id = "paper", .medium = "paper" },
    [PHONE] = { .id = "phone", .medium = "phone" },
    [UNKNOWN] = { .id = "unknown" },
};
static struct handover handovers[] = { { .from = PAPER, .to = PHONE } };
static struct stage stages[] = { { .id = "booking" }, { .id = "travel" } };
static struct touchpoint touchpoints[] = { { .id = "ticket" }, { .id = "platform" } };
static struct metric metrics[] = { { .id = "delay" }, { .id = "csat" } };

static const struct journey journey = {
    .personas = personas,
    .persona_count = ARRAY_LEN(personas),
    .contexts = contexts,
    .context_count = ARRAY_LEN(contexts),
    .channels = channels,
    .channel_count = ARRAY_LEN(channels),
    .handovers = handovers,
    .handover_count = ARRAY_LEN(handovers),
    .stages = stages,
    .stage_count = ARRAY_LEN(stages),
    .touchpoints = touchpoints,
    .touchpoint_count = ARRAY_LEN(touchpoints),
    .metrics = metrics,
    .metric_count = ARRAY_LEN(metrics),
};

START_TEST(test_finding_by_id)
{
    ck_assert_int_eq(journey_find_persona(&journey, "anna"), 0);
    ck_assert_int_eq(journey_find_persona(&journey, "ben"), 1);
    ck_assert_int_eq(journey_find_context(&journey, "relaxed"), 1);
    ck_assert_int_eq(journey_find_channel(&journey, "phone"), PHONE);
    ck_assert_int_eq(journey_find_stage(&journey, "travel"), 1);
    ck_assert_int_eq(journey_find_touchpoint(&journey, "platform"), 1);
    ck_assert_int_eq(journey_find_metric(&journey, "csat"), 1);
}
END_TEST

START_TEST(test_what_is_not_there)
{
    static const struct journey nothing = { 0 };
    ck_assert_int_eq(journey_find_persona(&journey, "ann"), NONE);
    ck_assert_int_eq(journey_find_context(&journey, ""), NONE);
    ck_assert_int_eq(journey_find_channel(&journey, "WEB"), NONE);
    ck_assert_int_eq(journey_find_stage(&journey, "ticket"), NONE);
    ck_assert_int_eq(journey_find_touchpoint(&journey, "booking"), NONE);
    ck_assert_int_eq(journey_find_metric(&nothing, "csat"), NONE);
}
END_TEST

static const struct {
    int from, to;
    bool broken;
} changes[] = {
    { WEB, WEB, false },
    { WEB, APP, false }, /* one medium */
    { WEB, PAPER, true },
    { PAPER, WEB, true },
    { PAPER, PHONE, false }, /* handed over */
    { PHONE, PAPER, true },  /* but not the other way */
    { WEB, UNKNOWN, false },
    { UNKNOWN, WEB, false },
    { NONE, WEB, false },
    { WEB, NONE, false },
    { NONE, NONE, false },
};

START_TEST(test_media_breaks)
{
    bool broken = journey_media_break(&journey, changes[_i].from, changes[_i].to);
    ck_assert_int_eq(broken, changes[_i].broken);
}
END_TEST

START_TEST(test_anchors_of_a_context_go_first)
{
    struct anchor general[] = { { 0, 100 }, { 120, 0 } };
    struct anchor hurried[] = { { 0, 100 }, { 15, 50 }, { 40, 0 } };
    struct context_anchors particular[] = {
        { .context = 1, .anchors = { hurried, ARRAY_LEN(hurried) } },
    };
    struct metric metric = { .anchors = { general, ARRAY_LEN(general) } };
    ck_assert_ptr_eq(metric_anchors(&metric, 1).items, general);
    metric.context_anchors = particular;
    metric.context_anchor_count = 1;
    ck_assert_ptr_eq(metric_anchors(&metric, 1).items, hurried);
    ck_assert_uint_eq(metric_anchors(&metric, 1).count, 3);
    ck_assert_ptr_eq(metric_anchors(&metric, 0).items, general);
    ck_assert_ptr_eq(metric_anchors(&metric, NONE).items, general);
    metric.anchors = (struct anchors){ 0 };
    ck_assert_uint_eq(metric_anchors(&metric, 0).count, 0);
}
END_TEST

static const struct unit_row {
    const char *unit;
    int64_t seconds;
} units[] = {
    { NULL, 86400 }, { "s", 1 },       { "min", 60 },    { "Min.", 60 },  { "h", 3600 },
    { "Std.", 3600 }, { "Tage", 86400 }, { "days", 86400 }, { "W", 604800 }, { "EUR", 0 },
};

START_TEST(test_units_of_time)
{
    const struct metric metric = { .unit = units[_i].unit };
    ck_assert_int_eq(metric_time_unit(&metric), units[_i].seconds * 1000000);
}
END_TEST

Suite *model_journey_suite(void)
{
    Suite *suite = suite_create("model_journey");
    TCase *tests = tcase_create("journey");
    tcase_add_test(tests, test_finding_by_id);
    tcase_add_test(tests, test_what_is_not_there);
    tcase_add_loop_test(tests, test_media_breaks, 0, ARRAY_LEN(changes));
    tcase_add_test(tests, test_anchors_of_a_context_go_first);
    tcase_add_loop_test(tests, test_units_of_time, 0, ARRAY_LEN(units));
    suite_add_tcase(suite, tests);
    return suite;
}
