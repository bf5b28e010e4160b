/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "terminal.h"

#include "../support.h"

#include <check.h>
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const int patience_ms = 20000; /* far more than anything takes, also under valgrind */
static const int quiet_ms = 50;

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- Starting ------------------------------------------------------------------------------- */

static void set_environment(const struct terminal *terminal, const char *const *environment)
{
    static const char *const unwanted[] = { "COLORTERM", "COLORFGBG", "ESCDELAY", "NO_COLOR",
                                            "SSH_CONNECTION", "SSH_TTY", "VISUAL", "LANGUAGE" };
    for (size_t i = 0; i < sizeof(unwanted) / sizeof(*unwanted); i++)
        unsetenv(unwanted[i]);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("HOME", terminal->bench.folder, 1);
    setenv("XDG_CONFIG_HOME", terminal->bench.folder, 1);
    setenv("XDG_STATE_HOME", terminal->bench.folder, 1);
    for (; environment != NULL && *environment != NULL; environment++)
        putenv(strdup(*environment));
}

[[gnu::noreturn]] static void run_program(const struct terminal *terminal)
{
    char *program = build_path("stellwerk");
    execl(program, program, "open", terminal->bench.map, (char *)NULL);
    _exit(126);
}

[[gnu::noreturn]] static void run_live(const struct terminal *terminal)
{
    char *program = build_path("stellwerk");
    execl(program, program, "--live", terminal->bench.map, (char *)NULL);
    _exit(126);
}

/* A shell as small as job control allows. */
[[gnu::noreturn]] static void run_shell(const struct terminal *terminal)
{
    signal(SIGTTOU, SIG_IGN);
    pid_t child = fork();
    setpgid(child, child);
    tcsetpgrp(0, child == 0 ? getpid() : child);
    if (child == 0) {
        signal(SIGTTOU, SIG_DFL);
        run_program(terminal);
    }
    int status;
    while (waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status)) {
        char line[16];
        tcsetpgrp(0, getpid());
        if (write(1, "stopped\r\n", 9) != 9 || read(0, line, sizeof(line)) <= 0)
            _exit(125);
        tcsetpgrp(0, child);
        kill(-child, SIGCONT);
    }
    _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

static void start(struct terminal *terminal, int columns, int rows, const char *const *environment,
                  void (*run)(const struct terminal *))
{
    struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };
    *terminal = (struct terminal){ .bench = terminal->bench };
    if (terminal->bench.folder == NULL)
        workbench_make(&terminal->bench, true);
    glass_open(&terminal->glass, columns, rows);
    terminal->pid = forkpty(&terminal->fd, NULL, NULL, &size);
    ck_assert_int_ge(terminal->pid, 0);
    if (terminal->pid == 0) {
        set_environment(terminal, environment);
        run(terminal);
    }
}

void terminal_open(struct terminal *terminal, int columns, int rows,
                   const char *const *environment)
{
    start(terminal, columns, rows, environment, run_program);
}

void terminal_open_live(struct terminal *terminal, int columns, int rows)
{
    start(terminal, columns, rows, NULL, run_live);
}

void terminal_open_under_shell(struct terminal *terminal, int columns, int rows)
{
    start(terminal, columns, rows, NULL, run_shell);
}

void terminal_close(struct terminal *terminal)
{
    if (terminal->pid > 0) {
        kill(terminal->pid, SIGKILL);
        waitpid(terminal->pid, NULL, 0);
    }
    close(terminal->fd);
    free(terminal->raw);
    glass_close(&terminal->glass);
    workbench_remove(&terminal->bench);
    *terminal = (struct terminal){ 0 };
}

/* ---- Talking -------------------------------------------------------------------------------- */

void terminal_type(struct terminal *terminal, const char *keys)
{
    terminal->bytes = 0;
    terminal->writes = 0;
    ck_assert_int_eq(write(terminal->fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

void terminal_resize(struct terminal *terminal, int columns, int rows)
{
    struct winsize size = { .ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows };
    glass_resize(&terminal->glass, columns, rows);
    ck_assert_int_eq(ioctl(terminal->fd, TIOCSWINSZ, &size), 0);
}

static void take(struct terminal *terminal, const char *bytes, size_t length)
{
    glass_feed(&terminal->glass, bytes, length);
    terminal->raw = realloc(terminal->raw, terminal->bytes + length + 1);
    memcpy(terminal->raw + terminal->bytes, bytes, length);
    terminal->bytes += length;
    terminal->raw[terminal->bytes] = '\0';
    terminal->writes++;
}

/* One piece of what comes; false where nothing does until the deadline, or ever. */
static bool listen(struct terminal *terminal, int64_t deadline)
{
    int64_t left = deadline - milliseconds();
    struct pollfd polled = { .fd = terminal->fd, .events = POLLIN };
    char bytes[16384];
    if (left < 0 || poll(&polled, 1, (int)left) <= 0)
        return false;
    ssize_t length = read(terminal->fd, bytes, sizeof(bytes));
    if (length <= 0)
        return false;
    take(terminal, bytes, (size_t)length);
    return true;
}

static void wait_until(struct terminal *terminal, const char *text, bool seen)
{
    int64_t deadline = milliseconds() + patience_ms;
    int row, column;
    while (glass_find(&terminal->glass, text, &row, &column) != seen)
        ck_assert_msg(listen(terminal, deadline), "'%s' %s. The screen:\n%s", text,
                      seen ? "does not appear" : "stays", glass_text(&terminal->glass));
}

void terminal_wait(struct terminal *terminal, const char *text)
{
    wait_until(terminal, text, true);
}

void terminal_wait_gone(struct terminal *terminal, const char *text)
{
    wait_until(terminal, text, false);
}

void terminal_answer(struct terminal *terminal)
{
    ck_assert_msg(listen(terminal, milliseconds() + patience_ms), "nothing comes. The screen:\n%s",
                  glass_text(&terminal->glass));
    terminal_settle(terminal);
}

void terminal_settle(struct terminal *terminal)
{
    while (listen(terminal, milliseconds() + quiet_ms))
        ;
}

int terminal_end(struct terminal *terminal)
{
    int64_t deadline = milliseconds() + patience_ms;
    while (listen(terminal, deadline))
        ;
    int status;
    ck_assert_int_eq(waitpid(terminal->pid, &status, 0), terminal->pid);
    terminal->pid = 0;
    return status;
}
