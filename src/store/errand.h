/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work with the connection of a store that another thread may take over, while who sent it does
 * what needs none. Private to store/.
 *
 * One errand at a time, and as long as it is under way the connection is its alone: whoever wants
 * it, to bind a value or to reset a statement, too, waits for the errand first (sql.h asserts
 * that).
 *
 *     errand_send(&store->errand, …); …; errand_wait(&store->errand, …);
 *
 * A helper is a thread that has its own work and looks in now and then, so that there are never
 * more threads at work than two. Where none has come by, who sent the errand does it on waiting.
 */
#ifndef STELLWERK_SRC_STORE_ERRAND_H
#define STELLWERK_SRC_STORE_ERRAND_H

#include <pthread.h>
#include <stdbool.h>

#include <stellwerk/base/error.h>

typedef bool errand_work(void *data, struct error *err);

struct errand;

/* Where two threads meet: of their own matters, too. */
struct errand_board {
    pthread_mutex_t mutex;   /* guards what follows */
    pthread_cond_t changed;  /* signalled for who waits; only one of them ever does */
    struct errand *on_offer; /* NULL: none */
    bool done;               /* the one that was taken over last */
};

/* All zero: none was sent, and nobody helps. */
struct errand {
    struct errand_board *board; /* borrowed; NULL: nobody helps */
    bool under_way;
    errand_work *work;
    void *data;
    bool good;
    struct error err;
};

void errand_board_init(struct errand_board *board);
void errand_board_finish(struct errand_board *board);

/* Where none is under way. */
void errand_send(struct errand *errand, errand_work *work, void *data);

/* Until it is done, if one is under way; fails as it did. */
[[nodiscard]] bool errand_wait(struct errand *errand, struct error *err);

/* Does what is on offer; false where nothing is. The board's mutex is locked before and behind it,
 * but not at work. */
[[nodiscard]] bool errand_help(struct errand_board *board);

/* May the thread that asks use the connection? */
bool errand_allows(const struct errand *errand);

#endif
