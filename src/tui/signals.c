/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/tui/screen.h>

static const int noted[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGWINCH, SIGTSTP, SIGCONT };
static const int deadly[] = { SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV };

static int signal_pipe[2] = { -1, -1 };
static struct sigaction before_noted[ARRAY_LEN(noted)], before_deadly[ARRAY_LEN(deadly)];
static struct sigaction before_pipe;

static void note(int number)
{
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    if (write(signal_pipe[1], &byte, 1) < 0)
        errno = 0; /* the pipe is full of signals that say the same */
    errno = saved;
}

static void die(int number)
{
    screen_emergency();
    signal(number, SIG_DFL);
    raise(number);
}

/* A debugger's or sanitiser's handler knows better than ours. */
static void handle_deadly(int number, struct sigaction *before)
{
    const struct sigaction action = { .sa_handler = die, .sa_flags = (int)SA_RESETHAND };
    sigaction(number, NULL, before);
    if (before->sa_handler == SIG_DFL)
        sigaction(number, &action, NULL);
}

bool signals_begin(struct error *err)
{
    if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
        return error_errno(err, errno, _("cannot make a pipe"));
    const struct sigaction action = { .sa_handler = note, .sa_flags = SA_RESTART };
    const struct sigaction ignore = { .sa_handler = SIG_IGN };
    for (size_t i = 0; i < ARRAY_LEN(noted); i++)
        sigaction(noted[i], &action, &before_noted[i]);
    for (size_t i = 0; i < ARRAY_LEN(deadly); i++)
        handle_deadly(deadly[i], &before_deadly[i]);
    sigaction(SIGPIPE, &ignore, &before_pipe);
    return true;
}

void signals_end(void)
{
    for (size_t i = 0; i < ARRAY_LEN(noted); i++)
        sigaction(noted[i], &before_noted[i], NULL);
    for (size_t i = 0; i < ARRAY_LEN(deadly); i++)
        sigaction(deadly[i], &before_deadly[i], NULL);
    sigaction(SIGPIPE, &before_pipe, NULL);
    close(signal_pipe[0]);
    close(signal_pipe[1]);
    signal_pipe[0] = signal_pipe[1] = -1;
}

int signals_fd(void)
{
    return signal_pipe[0];
}

int signals_take(void)
{
    unsigned char byte;
    return read(signal_pipe[0], &byte, 1) == 1 ? byte : 0;
}

/* Coming back is not noted either: who calls this knows it. */
void signals_stop(void)
{
    const struct sigaction plain = { .sa_handler = SIG_DFL };
    struct sigaction stop, resume;
    sigaction(SIGTSTP, &plain, &stop);
    sigaction(SIGCONT, &plain, &resume);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &stop, NULL);
    sigaction(SIGCONT, &resume, NULL);
}
