/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "suites.h"

#include <stdlib.h>

#include <stellwerk/base/array.h>
#include <stellwerk/insight/silos.h>

enum { SEARCH, BOOK, TICKET, RIDE, TOUCHPOINTS };
enum { VISITS, CSAT, DELAY, METRICS };
enum { MARKETING, SALES, OPERATIONS };

static const char *search_systems[] = { "website", "CRM" };
static const char *book_systems[] = { "crm", "ticketing" };
static const char *ticket_systems[] = { "Ticketing" };
static const char *ride_systems[] = { "control" };
static int search_metrics[] = { VISITS };
static int book_metrics[] = { VISITS, CSAT };
static int ride_metrics[] = { DELAY, CSAT };
static struct metric metrics[METRICS];
static struct touchpoint touchpoints[TOUCHPOINTS];
static struct journey journey;
static struct arena arena;

#define TEXTS(array)                                                                               \
    {                                                                                              \
        .items = (array), .count = ARRAY_LEN(array)                                                \
    }

static void setup(void)
{
    arena_init(&arena);
    metrics[VISITS] = (struct metric){ .id = "visits", .owner = "Marketing" };
    metrics[CSAT] = (struct metric){ .id = "csat" };
    metrics[DELAY] = (struct metric){ .id = "delay", .owner = "Operations" };
    touchpoints[SEARCH] = (struct touchpoint){ .owner = "Marketing",
                                               .systems = TEXTS(search_systems),
                                               .metrics = TEXTS(search_metrics) };
    touchpoints[BOOK] = (struct touchpoint){ .owner = "Sales",
                                             .systems = TEXTS(book_systems),
                                             .metrics = TEXTS(book_metrics) };
    touchpoints[TICKET] = (struct touchpoint){ .owner = "sales", .systems = TEXTS(ticket_systems) };
    touchpoints[RIDE] = (struct touchpoint){ .owner = "Operations",
                                             .systems = TEXTS(ride_systems),
                                             .metrics = TEXTS(ride_metrics) };
    journey = (struct journey){
        .touchpoints = touchpoints,
        .touchpoint_count = TOUCHPOINTS,
        .metrics = metrics,
        .metric_count = METRICS,
    };
}

static void teardown(void)
{
    arena_finish(&arena);
}

static const struct silos *silos(void)
{
    return silos_new(&arena, &journey);
}

START_TEST(owners_are_known_whatever_the_case)
{
    const struct silos *found = silos();
    ck_assert_uint_eq(found->owner_count, 3);
    ck_assert_str_eq(found->owners[SALES].name, "Sales");
    ck_assert_uint_eq(found->owners[SALES].touchpoints.count, 2);
    ck_assert_int_eq(found->owner_of[TICKET], SALES);
    ck_assert_uint_eq(found->owners[SALES].systems, 2);     /* crm, ticketing */
    ck_assert_uint_eq(found->owners[SALES].metrics, 1);     /* csat is nobody's */
    ck_assert_uint_eq(found->owners[MARKETING].foreign, 1); /* visits at the booking */
}
END_TEST

START_TEST(systems_and_metrics_are_held)
{
    const struct silos *found = silos();
    ck_assert_uint_eq(found->system_count, 4);
    ck_assert_uint_eq(found->thing_count, 7);
    const struct silo_thing *crm = &found->things[1];
    ck_assert_str_eq(crm->system, "CRM");
    ck_assert_uint_eq(crm->holders, 2);
    ck_assert_uint_eq(crm->touchpoints.count, 2);
    ck_assert_int_eq(crm->held[OPERATIONS], HOLDING_NONE);
    const struct silo_thing *visits = &found->things[4];
    ck_assert_int_eq(visits->metric, VISITS);
    ck_assert_int_eq(visits->held[MARKETING], HOLDING_HAS);
    ck_assert_int_eq(visits->held[SALES], HOLDING_LACKS);
    const struct silo_thing *csat = &found->things[5];
    ck_assert_int_eq(csat->held[SALES], HOLDING_HAS);
    ck_assert_int_eq(csat->held[OPERATIONS], HOLDING_HAS);
}
END_TEST

START_TEST(who_lacks_what_another_one_has)
{
    const struct silos *found = silos();
    ck_assert_uint_eq(found->lack_count, 3);
    const struct silo_lack *metric = &found->lacks[0];
    ck_assert_int_eq(metric->kind, LACK_MEASURED_BY_OTHER);
    ck_assert_int_eq(metric->owner, SALES);
    ck_assert_int_eq(metric->holder, MARKETING);
    ck_assert_int_eq(metric->metric, VISITS);
    const struct silo_lack *seam = &found->lacks[1];
    ck_assert_int_eq(seam->kind, LACK_NOT_HANDED_ON);
    ck_assert_int_eq(seam->owner, OPERATIONS);
    ck_assert_int_eq(seam->holder, SALES);
    ck_assert_uint_eq(seam->systems.count, 1);
    ck_assert_str_eq(seam->systems.items[0], "Ticketing");
    ck_assert_int_eq(seam->touchpoints.items[0], RIDE);
    const struct silo_lack *nobody = &found->lacks[2];
    ck_assert_int_eq(nobody->kind, LACK_NOT_MEASURED);
    ck_assert_int_eq(nobody->touchpoints.items[0], TICKET);
    ck_assert_uint_eq(found->owners[OPERATIONS].lacks, 1);
    ck_assert(silo_measures(found, BOOK, MARKETING));
    ck_assert(!silo_measures(found, SEARCH, MARKETING)); /* it is its own */
    ck_assert(!silo_measures(found, RIDE, SALES));
}
END_TEST

/* From search to booking the CRM goes along; from ticket to ride nothing does. */
START_TEST(a_system_of_both_bridges_the_seam)
{
    const struct silos *found = silos();
    ck_assert_uint_eq(found->seams, 2);
    ck_assert_uint_eq(found->bridged, 1);
    ck_assert_uint_eq(found->unknown, 0);
    touchpoints[TICKET].systems.count = 0;
    found = silos();
    ck_assert_uint_eq(found->unknown, 1);
    ck_assert_uint_eq(found->counts[LACK_NOT_HANDED_ON], 0);
}
END_TEST

START_TEST(the_same_is_lacked_once_at_all_its_touchpoints)
{
    touchpoints[TICKET].metrics = (struct indices)TEXTS(book_metrics);
    const struct silos *found = silos();
    ck_assert_uint_eq(found->counts[LACK_MEASURED_BY_OTHER], 1);
    ck_assert_uint_eq(found->lacks[0].touchpoints.count, 2);
    ck_assert_uint_eq(found->foreign, 2);
    ck_assert_uint_eq(found->counts[LACK_NOT_MEASURED], 0);
}
END_TEST

START_TEST(what_nobody_owns_is_said)
{
    touchpoints[BOOK].owner = touchpoints[TICKET].owner = NULL;
    const struct silos *found = silos();
    ck_assert_uint_eq(found->counts[LACK_NO_OWNER], 1);
    const struct silo_lack *last = &found->lacks[found->lack_count - 1];
    ck_assert_uint_eq(last->touchpoints.count, 2);
    ck_assert_int_eq(last->owner, NONE);
    ck_assert_uint_eq(found->seams, 0);
}
END_TEST

START_TEST(an_owner_of_metrics_alone_is_one)
{
    metrics[CSAT].owner = "Research";
    const struct silos *found = silos();
    ck_assert_uint_eq(found->owner_count, 4);
    ck_assert_uint_eq(found->owners[3].touchpoints.count, 0);
    ck_assert_uint_eq(found->owners[3].foreign, 2);
}
END_TEST

START_TEST(nobody_and_nothing)
{
    journey.touchpoint_count = 0;
    journey.metric_count = 0;
    const struct silos *found = silos();
    ck_assert_uint_eq(found->owner_count, 0);
    ck_assert_uint_eq(found->lack_count, 0);
    journey.metric_count = METRICS; /* measured nowhere */
    ck_assert_uint_eq(silos()->owner_count, 2);
}
END_TEST

Suite *insight_silos_suite(void)
{
    Suite *suite = suite_create("insight_silos");
    TCase *tests = tcase_create("silos");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, owners_are_known_whatever_the_case);
    tcase_add_test(tests, systems_and_metrics_are_held);
    tcase_add_test(tests, who_lacks_what_another_one_has);
    tcase_add_test(tests, a_system_of_both_bridges_the_seam);
    tcase_add_test(tests, the_same_is_lacked_once_at_all_its_touchpoints);
    tcase_add_test(tests, what_nobody_owns_is_said);
    tcase_add_test(tests, an_owner_of_metrics_alone_is_one);
    tcase_add_test(tests, nobody_and_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
