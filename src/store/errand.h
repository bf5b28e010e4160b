/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work that another thread does with the connection of a store, while who sent it does what needs
 * none. Private to store/.
 *
 * One errand at a time, and as long as it is under way the connection is its alone: whoever wants
 * it, to bind a value or to reset a statement, too, waits for the errand first (sql.h asserts
 * that).
 *
 *     errand_send(&store->errand, …); …; errand_wait(&store->errand, …);
 */
#ifndef STELLWERK_SRC_STORE_ERRAND_H
#define STELLWERK_SRC_STORE_ERRAND_H

#include <pthread.h>
#include <stdbool.h>

#include <stellwerk/base/error.h>

typedef bool errand_work(void *data, struct error *err);

/* All zero: none was sent. */
struct errand {
    pthread_t thread;
    bool under_way;
    errand_work *work;
    void *data;
    bool good;
    struct error err;
};

/* Where none is under way. Fails where it cannot be sent: then it has not begun. */
[[nodiscard]] bool errand_send(struct errand *errand, errand_work *work, void *data,
                               struct error *err);

/* Until it is done, if one is under way; fails as it did. */
[[nodiscard]] bool errand_wait(struct errand *errand, struct error *err);

/* May the thread that asks use the connection? */
bool errand_allows(const struct errand *errand);

#endif
