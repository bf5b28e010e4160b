/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/fatal.h>

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>

static void (*fatal_cleanup)(void);

void fatal_set_cleanup(void (*cleanup)(void))
{
    fatal_cleanup = cleanup;
}

/*
 * stdio may want a buffer, so the message goes out by hand; nothing can be done where that fails.
 */
static void write_error(const char *text)
{
    ssize_t ignored = write(STDERR_FILENO, text, strlen(text));
    (void)ignored;
}

void fatal_no_memory(void)
{
    void (*cleanup)(void) = fatal_cleanup;
    fatal_cleanup = NULL;
    if (cleanup != NULL)
        cleanup();
    write_error(_("stellwerk: there is no memory left; nothing that was saved is harmed"));
    write_error("\n");
    _exit(2);
}
