/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Errands are done once, by who helps or by who waits, and nobody else has the connection
 * meanwhile.
 */

#include "suites.h"

#include <pthread.h>
#include <sched.h>
#include <string.h>

#include <stellwerk/base/thread.h>

#include "../../src/store/errand.h"
#include "support.h"

enum { ERRANDS = 300 };

/* What an errand finds, and what it leaves. */
struct job {
    struct errand errand;
    int number, done; /* without a lock: the errand's alone, as long as it is under way */
    pthread_t by;
    bool allowed;
};

static bool work(void *data, struct error *err)
{
    struct job *job = data;
    job->done++;
    job->by = pthread_self();
    job->allowed = errand_allows(&job->errand);
    return job->number % 7 != 6 || error_set(err, "errand %d", job->number);
}

START_TEST(without_help_it_is_done_by_who_waits)
{
    struct job job = { 0 };
    struct error err;
    ck_assert(errand_wait(&job.errand, &err)); /* for none */
    ck_assert(errand_allows(&job.errand));
    errand_send(&job.errand, work, &job);
    ck_assert(!errand_allows(&job.errand));
    ck_assert_int_eq(job.done, 0);
    ck_assert(errand_wait(&job.errand, &err));
    ck_assert_int_eq(job.done, 1);
    ck_assert(job.allowed);
    ck_assert(errand_allows(&job.errand));
    ck_assert(errand_wait(&job.errand, &err));
    ck_assert_int_eq(job.done, 1);
}
END_TEST

START_TEST(nobody_helps_where_nothing_is_on_offer)
{
    struct errand_board board;
    struct job job = { 0 };
    struct error err;
    errand_board_init(&board);
    job.errand.board = &board;
    pthread_mutex_lock(&board.mutex);
    ck_assert(!errand_help(&board));
    pthread_mutex_unlock(&board.mutex);
    errand_send(&job.errand, work, &job);
    ck_assert(errand_wait(&job.errand, &err));
    pthread_mutex_lock(&board.mutex);
    ck_assert(!errand_help(&board));
    pthread_mutex_unlock(&board.mutex);
    ck_assert_int_eq(job.done, 1);
    errand_board_finish(&board);
}
END_TEST

struct helper {
    struct errand_board board;
    bool ends;
};

static void *help(void *data)
{
    struct helper *helper = data;
    pthread_mutex_lock(&helper->board.mutex);
    while (!helper->ends)
        if (!errand_help(&helper->board))
            pthread_cond_wait(&helper->board.changed, &helper->board.mutex);
    pthread_mutex_unlock(&helper->board.mutex);
    return NULL;
}

static bool is_on_offer(struct errand_board *board)
{
    pthread_mutex_lock(&board->mutex);
    bool waits = board->on_offer != NULL;
    pthread_mutex_unlock(&board->mutex);
    return waits;
}

/* Waits at once, or when the helper has come by. */
START_TEST(whoever_does_it_is_waited_for)
{
    struct helper helper = { 0 };
    struct job job = { 0 };
    struct error err;
    pthread_t thread;
    errand_board_init(&helper.board);
    job.errand.board = &helper.board;
    ck_assert_int_eq(thread_start(&thread, help, &helper), 0);
    for (job.number = 0; job.number < ERRANDS; job.number++) {
        errand_send(&job.errand, work, &job);
        bool helped = job.number % 2 == 0;
        while (helped && is_on_offer(&helper.board))
            sched_yield();
        error_init(&err);
        bool good = errand_wait(&job.errand, &err);
        ck_assert_int_eq(job.done, job.number + 1);
        ck_assert(job.allowed);
        ck_assert(good == (job.number % 7 != 6));
        ck_assert(good || strstr(err.text, "errand ") != NULL);
        ck_assert(!helped || !pthread_equal(job.by, pthread_self()));
    }
    pthread_mutex_lock(&helper.board.mutex);
    helper.ends = true;
    pthread_cond_signal(&helper.board.changed);
    pthread_mutex_unlock(&helper.board.mutex);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    errand_board_finish(&helper.board);
}
END_TEST

Suite *store_errand_suite(void)
{
    Suite *suite = suite_create("store_errand");
    TCase *tcase = tcase_create("errands");
    tcase_add_test(tcase, without_help_it_is_done_by_who_waits);
    tcase_add_test(tcase, nobody_helps_where_nothing_is_on_offer);
    tcase_add_test(tcase, whoever_does_it_is_waited_for);
    suite_add_tcase(suite, tcase);
    return suite;
}
