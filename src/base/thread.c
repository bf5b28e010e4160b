/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/thread.h>

#include <signal.h>

#include <stellwerk/base/array.h>

/* What a thread brings on itself must reach it, or a crash would end without a word. */
static void choose_signals(sigset_t *out)
{
    static const int its_own[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGXFSZ };
    sigfillset(out);
    for (size_t i = 0; i < ARRAY_LEN(its_own); i++)
        sigdelset(out, its_own[i]);
}

int thread_start(pthread_t *out, void *(*run)(void *data), void *data)
{
    sigset_t others, before;
    choose_signals(&others);
    pthread_sigmask(SIG_SETMASK, &others, &before);
    int failure = pthread_create(out, NULL, run, data);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return failure;
}
