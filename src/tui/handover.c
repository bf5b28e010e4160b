/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "handover.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>
#include <stellwerk/tui/screen.h>

static const char *editor_command(void)
{
    static const char *const variables[] = { "VISUAL", "EDITOR" };
    for (size_t i = 0; i < 2; i++) {
        const char *command = getenv(variables[i]);
        if (command != NULL && *command != '\0')
            return command;
    }
    return "vi";
}

/* The variable may hold a command with options, so a shell takes it apart; the file is never part
 * of what the shell reads. */
[[gnu::noreturn]] static void run_editor(const char *command, const char *place, const char *path)
{
    signal(SIGINT, SIG_DFL);
    signal(SIGQUIT, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execl("/bin/sh", "sh", "-c", command, "sh", place, path, (char *)NULL);
    _exit(127);
}

static bool wait_for(pid_t child, int *status)
{
    pid_t ended;
    do
        ended = waitpid(child, status, 0);
    while (ended < 0 && errno == EINTR);
    return ended == child;
}

bool handover_edit(const char *path, unsigned line, struct error *err)
{
    struct arena scratch = { 0 };
    const char *editor = editor_command();
    const char *command = arena_printf(&scratch, "%s \"$@\"", editor);
    const char *place = arena_printf(&scratch, "+%u", line);
    const char *file = *path == '-' ? arena_printf(&scratch, "./%s", path) : path;
    screen_suspend();
    pid_t child = fork();
    if (child == 0)
        run_editor(command, place, file);
    int status = 0;
    bool done = child > 0 && wait_for(child, &status);
    screen_resume();
    if (!done)
        error_errno(err, errno, _("the editor cannot be started"));
    else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        done = error_set(err, _("there is no editor '%s': set VISUAL or EDITOR"), editor);
    arena_finish(&scratch);
    return done;
}

static void encode_base64(struct str *out, const char *bytes, size_t length)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned group = 0;
        for (size_t j = 0; j < 3; j++)
            group = group << 8 | (i + j < length ? (unsigned char)bytes[i + j] : 0);
        for (size_t j = 0; j < 4; j++)
            str_append_char(out, i + j <= length ? digits[group >> (18 - 6 * j) & 63] : '=');
    }
}

void handover_copy(const char *text)
{
    struct str sequence;
    str_init(&sequence);
    str_append(&sequence, "\033]52;c;");
    encode_base64(&sequence, text, strlen(text));
    str_append(&sequence, "\033\\");
    screen_send(sequence.text, sequence.length);
    str_finish(&sequence);
}
