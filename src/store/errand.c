/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "errand.h"

#include <assert.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/thread.h>

/* The errand that this thread is on. */
static _Thread_local const struct errand *mine;

static void *run(void *data)
{
    struct errand *errand = data;
    mine = errand;
    errand->good = errand->work(errand->data, &errand->err);
    return NULL;
}

bool errand_send(struct errand *errand, errand_work *work, void *data, struct error *err)
{
    assert(!errand->under_way);
    errand->work = work;
    errand->data = data;
    error_init(&errand->err);
    errand->under_way = true;
    int failure = thread_start(&errand->thread, run, errand);
    if (failure == 0)
        return true;
    errand->under_way = false;
    return error_errno(err, failure, _("cannot start a thread"));
}

bool errand_wait(struct errand *errand, struct error *err)
{
    if (!errand->under_way)
        return true;
    pthread_join(errand->thread, NULL);
    errand->under_way = false;
    return errand->good || error_set(err, "%s", errand->err.text);
}

bool errand_allows(const struct errand *errand)
{
    return !errand->under_way || mine == errand;
}
