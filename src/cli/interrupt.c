/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/interrupt.h>

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

static atomic_bool interrupted;

static void on_interrupt(int)
{
    atomic_store(&interrupted, true);
}

void interrupt_catch(void)
{
    struct sigaction action = { .sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND };
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

const atomic_bool *interrupt_flag(void)
{
    return &interrupted;
}
