/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../suites.h"
#include "workbench.h"

#include <poll.h>

static struct workbench bench;
static struct worker *worker;
static struct revision *revision;

static void set_up(void)
{
    struct error err;
    workbench_open(&bench, true);
    worker = worker_create(&err);
    ck_assert_ptr_nonnull(worker);
    revision = revision_read(bench.map);
}

static void tear_down(void)
{
    worker_destroy(worker);
    revision_release(revision);
    workbench_close(&bench);
}

static void order_figures(int persona)
{
    struct lens lens = { .persona = persona, .context = NONE };
    lens.period = period_containing(PERIOD_ALL, 0);
    worker_order(worker, &(struct order){ .kind = ORDER_MEASURE,
                                          .path = bench.store,
                                          .revision = revision,
                                          .lens = lens });
}

static struct outcome wait_for_outcome(void)
{
    struct outcome outcome;
    do {
        struct pollfd wake = { .fd = worker_fd(worker), .events = POLLIN };
        ck_assert_int_gt(poll(&wake, 1, 20000), 0);
    } while (!worker_take(worker, &outcome));
    return outcome;
}

START_TEST(test_reads_and_measures)
{
    worker_order(worker, &(struct order){ .kind = ORDER_READ, .path = bench.map });
    ck_assert(worker_busy(worker));
    struct outcome outcome = wait_for_outcome();
    ck_assert(!worker_busy(worker));
    ck_assert_int_eq(outcome.kind, ORDER_READ);
    ck_assert_str_eq(outcome.revision->journey->title, "A walk through the town hall");
    revision_release(outcome.revision);
    order_figures(NONE);
    outcome = wait_for_outcome();
    ck_assert_int_eq(outcome.kind, ORDER_MEASURE);
    ck_assert_uint_eq(figures_find(outcome.figures, 0, 0)->n, 6);
    figures_destroy(outcome.figures);
}
END_TEST

START_TEST(test_only_the_latest_order_counts)
{
    for (int i = 0; i < 50; i++)
        order_figures(i % 2);
    order_figures(NONE);
    struct outcome outcome = wait_for_outcome();
    ck_assert_int_eq(outcome.figures->lens.persona, NONE);
    figures_destroy(outcome.figures);
    ck_assert(!worker_take(worker, &outcome));
}
END_TEST

START_TEST(test_what_is_cancelled_is_not_delivered)
{
    for (int i = 0; i < 20; i++) {
        order_figures(NONE);
        worker_cancel(worker);
        ck_assert(!worker_busy(worker));
    }
    struct outcome outcome;
    ck_assert(!worker_take(worker, &outcome));
    order_figures(1);
    outcome = wait_for_outcome();
    ck_assert_int_eq(outcome.figures->lens.persona, 1);
    figures_destroy(outcome.figures);
}
END_TEST

START_TEST(test_a_missing_store_is_figures_that_say_so)
{
    worker_order(worker, &(struct order){ .kind = ORDER_MEASURE,
                                          .path = "/nonexistent/store.db",
                                          .revision = revision });
    struct outcome outcome = wait_for_outcome();
    ck_assert_str_ne(outcome.figures->problem.text, "");
    ck_assert_int_eq(outcome.figures->newest, TIME_NONE);
    figures_destroy(outcome.figures);
}
END_TEST

START_TEST(test_an_order_keeps_its_revision)
{
    order_figures(NONE);
    revision_release(revision); /* as a reload in the meantime does */
    struct outcome outcome = wait_for_outcome();
    ck_assert_uint_eq(outcome.figures->measure_count, 4);
    figures_destroy(outcome.figures);
    revision = NULL;
}
END_TEST

START_TEST(test_ends_in_the_middle_of_work)
{
    order_figures(NONE);
}
END_TEST

Suite *app_worker_suite(void)
{
    Suite *suite = suite_create("app_worker");
    TCase *tests = tcase_create("worker");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, test_reads_and_measures);
    tcase_add_test(tests, test_only_the_latest_order_counts);
    tcase_add_test(tests, test_what_is_cancelled_is_not_delivered);
    tcase_add_test(tests, test_a_missing_store_is_figures_that_say_so);
    tcase_add_test(tests, test_an_order_keeps_its_revision);
    tcase_add_test(tests, test_ends_in_the_middle_of_work);
    suite_add_tcase(suite, tests);
    return suite;
}
