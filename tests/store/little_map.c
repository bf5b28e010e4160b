/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "little_map.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include <stellwerk/base/time.h>

struct fixture fixture;
struct figures *figures;
static struct metric metrics[4];
struct journey journey;
struct lens lens;

struct anchor calm[] = { { 0, 100 }, { 15, 75 }, { 45, 50 }, { 120, 0 } };
static struct anchor haste[] = { { 0, 100 }, { 5, 75 }, { 15, 50 }, { 40, 0 } };
struct context_anchors in_haste = { .context = HURRIED, .anchors = { haste, 4 } };

void little_map_set_up(void)
{
    static struct persona personas[] = { { .id = "anna" }, { .id = "helga" } };
    static struct context contexts[] = { { .id = "hurried" }, { .id = "relaxed" } };
    static struct touchpoint touchpoints[] = { { .id = "search" }, { .id = "platform" } };
    static int indices[] = { 0, 1, 2, 3 };
    fixture_init(&fixture);
    figures = NULL;
    memset(metrics, 0, sizeof(metrics));
    for (size_t i = 0; i < 2; i++)
        touchpoints[i].metrics = (struct indices){ .items = indices, .count = 0 };
    journey = (struct journey){
        .personas = personas,
        .persona_count = 2,
        .contexts = contexts,
        .context_count = 2,
        .touchpoints = touchpoints,
        .touchpoint_count = 2,
        .metrics = metrics,
    };
    lens = (struct lens){
        .persona = NONE,
        .context = NONE,
        .period = { .first = INT32_MIN, .last = INT32_MAX },
    };
}

void little_map_tear_down(void)
{
    figures_destroy(figures);
    fixture_finish(&fixture);
}

struct metric *add_metric(struct metric metric)
{
    metrics[journey.metric_count] = metric;
    journey.metric_count++;
    for (size_t i = 0; i < 2; i++)
        journey.touchpoints[i].metrics.count = journey.metric_count;
    return &metrics[journey.metric_count - 1];
}

static const char *banner[] = { "banner" }, *buy[] = { "buy" }, *call[] = { "call" },
                  *pay[] = { "pay" };
struct filter is_banner = { .column = "activity", .values = { banner, 1 } };
struct filter is_buy = { .column = "activity", .values = { buy, 1 } };
struct filter is_call = { .column = "activity", .values = { call, 1 } };
struct filter is_pay = { .column = "activity", .values = { pay, 1 } };

struct metric of_two(enum metric_type type, struct filter *first, struct filter *then)
{
    size_t filters = type == METRIC_PER_CASE ? 0 : 1; /* which has no sides in a map */
    return (struct metric){
        .id = "m",
        .type = type,
        .quantile = NAN,
        .min_n = 1,
        .a = { .where = { first, filters } },
        .b = { .where = { then, filters } },
    };
}

void import_text(const char *text)
{
    struct import_report report = fixture_import(&fixture, text, NULL);
    ck_assert_uint_eq(report.rejected, 0);
}

void measure(void)
{
    struct store *store;
    figures_destroy(figures);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    figures = store_measure(store, &journey, &lens, &fixture.err);
    ck_assert_msg(figures != NULL, "%s", fixture.err.text);
    store_close(store);
}

const struct measure *at(int touchpoint, int metric)
{
    const struct measure *found = figures_find(figures, touchpoint, metric);
    ck_assert_ptr_nonnull(found);
    return found;
}

int64_t instant(const char *iso)
{
    int64_t parsed;
    ck_assert(time_parse_iso(iso, &parsed));
    return parsed;
}

int32_t day(const char *iso)
{
    return time_day(instant(iso));
}
