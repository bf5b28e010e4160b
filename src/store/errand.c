/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errand.h"

#include <assert.h>
#include <stddef.h>

/* The errand that this thread is on. */
static _Thread_local const struct errand *mine;

void errand_board_init(struct errand_board *board)
{
    *board = (struct errand_board){ 0 };
    pthread_mutex_init(&board->mutex, NULL);
    pthread_cond_init(&board->changed, NULL);
}

void errand_board_finish(struct errand_board *board)
{
    pthread_cond_destroy(&board->changed);
    pthread_mutex_destroy(&board->mutex);
}

static void run(struct errand *errand)
{
    mine = errand;
    errand->good = errand->work(errand->data, &errand->err);
    mine = NULL;
}

void errand_send(struct errand *errand, errand_work *work, void *data)
{
    struct errand_board *board = errand->board;
    assert(!errand->under_way);
    errand->work = work;
    errand->data = data;
    error_init(&errand->err);
    errand->under_way = true;
    if (board == NULL)
        return;
    pthread_mutex_lock(&board->mutex);
    board->on_offer = errand;
    board->done = false;
    pthread_cond_signal(&board->changed);
    pthread_mutex_unlock(&board->mutex);
}

/* What is on offer, which nobody else will take then; NULL. */
static struct errand *take(struct errand_board *board)
{
    struct errand *errand = board->on_offer;
    board->on_offer = NULL;
    return errand;
}

/* False where a helper has done it. */
static bool is_left_to_me(struct errand_board *board)
{
    pthread_mutex_lock(&board->mutex);
    bool mine_to_do = take(board) != NULL;
    while (!mine_to_do && !board->done)
        pthread_cond_wait(&board->changed, &board->mutex);
    pthread_mutex_unlock(&board->mutex);
    return mine_to_do;
}

bool errand_wait(struct errand *errand, struct error *err)
{
    if (!errand->under_way)
        return true;
    if (errand->board == NULL || is_left_to_me(errand->board))
        run(errand);
    errand->under_way = false;
    return errand->good || error_set(err, "%s", errand->err.text);
}

bool errand_help(struct errand_board *board)
{
    struct errand *errand = take(board);
    if (errand == NULL)
        return false;
    pthread_mutex_unlock(&board->mutex);
    run(errand);
    pthread_mutex_lock(&board->mutex);
    board->done = true;
    pthread_cond_signal(&board->changed);
    return true;
}

bool errand_allows(const struct errand *errand)
{
    return !errand->under_way || mine == errand;
}
