/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "pty.h"

#include "clock.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

[[gnu::noreturn]] static void become(const char *terminal, const char *const argv[],
                                     const char *folder)
{
    struct winsize size = { .ws_col = PTY_COLUMNS, .ws_row = PTY_ROWS };
    setsid();
    int fd = open(terminal, O_RDWR); /* now the controlling terminal */
    if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) < 0 || ioctl(fd, TIOCSWINSZ, &size) < 0)
        _exit(126);
    for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
        dup2(fd, i);
    if (fd > STDERR_FILENO)
        close(fd);
    if (folder != NULL && chdir(folder) < 0)
        _exit(126);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

bool pty_start(struct pty *pty, const char *const argv[], const char *folder)
{
    *pty = (struct pty){ .fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC) };
    str_init(&pty->sent);
    if (pty->fd < 0 || grantpt(pty->fd) < 0 || unlockpt(pty->fd) < 0)
        return false;
    const char *terminal = ptsname(pty->fd);
    pty->started = clock_wall_ms();
    pty->pid = fork();
    if (pty->pid == 0)
        become(terminal, argv, folder);
    return pty->pid > 0;
}

/* ---- What the system knows of it ------------------------------------------------------------ */

/* The number behind a word that begins a line of a file in /proc; -1 where there is none. */
static double proc_number(pid_t pid, const char *name, const char *word)
{
    char path[64], line[256];
    double number = -1;
    snprintf(path, sizeof(path), "/proc/%ld/%s", (long)pid, name);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, word, strlen(word)) == 0)
            number = strtod(line + strlen(word), NULL);
    if (file != NULL)
        fclose(file);
    return number;
}

/* Whether a task of the process is running or waits for a disk. */
static bool task_is_busy(pid_t pid, const char *task)
{
    char path[64], line[512];
    snprintf(path, sizeof(path), "/proc/%ld/task/%.20s/stat", (long)pid, task);
    FILE *file = fopen(path, "r");
    const char *name_end = NULL;
    if (file != NULL && fgets(line, sizeof(line), file) != NULL)
        name_end = strrchr(line, ')');
    if (file != NULL)
        fclose(file);
    return name_end != NULL && name_end[1] == ' ' && strchr("RD", name_end[2]) != NULL;
}

static bool is_busy(pid_t pid);

static bool child_is_busy(pid_t pid, const char *task)
{
    char path[64];
    long child;
    bool busy = false;
    snprintf(path, sizeof(path), "/proc/%ld/task/%.20s/children", (long)pid, task);
    FILE *file = fopen(path, "r");
    while (file != NULL && !busy && fscanf(file, "%ld", &child) == 1)
        busy = is_busy((pid_t)child);
    if (file != NULL)
        fclose(file);
    return busy;
}

/* Whether the process or one that it has started is at work; false where nothing tells. */
static bool is_busy(pid_t pid)
{
    char path[64];
    bool busy = false;
    snprintf(path, sizeof(path), "/proc/%ld/task", (long)pid);
    DIR *tasks = opendir(path);
    const struct dirent *task;
    while (tasks != NULL && !busy && (task = readdir(tasks)) != NULL)
        if (task->d_name[0] != '.')
            busy = task_is_busy(pid, task->d_name) || child_is_busy(pid, task->d_name);
    if (tasks != NULL)
        closedir(tasks);
    return busy;
}

double pty_writes(const struct pty *pty)
{
    return proc_number(pty->pid, "io", "syscw:");
}

double pty_peak_mb(const struct pty *pty)
{
    double kb = proc_number(pty->pid, "status", "VmHWM:");
    return kb < 0 ? kb : kb / 1024;
}

/* ---- Waiting ------------------------------------------------------------------------------- */

/* False when nothing came in time, or nothing will. */
static bool take(struct pty *pty, int wait_ms)
{
    char bytes[8192];
    struct pollfd polled = { .fd = pty->fd, .events = POLLIN };
    if (poll(&polled, 1, wait_ms) <= 0)
        return false;
    ssize_t got = read(pty->fd, bytes, sizeof(bytes));
    if (got <= 0) {
        pty->ended = true;
        return false;
    }
    str_append_bytes(&pty->sent, bytes, (size_t)got);
    return true;
}

double pty_settle(struct pty *pty, int first_ms, int quiet_ms)
{
    const int step_ms = 5, patience_ms = 20000;
    double start = clock_wall_ms(), last = start, quiet_since = start;
    while (!pty->ended && quiet_since - start < patience_ms) {
        bool came = take(pty, step_ms);
        double now = clock_wall_ms();
        if (came)
            last = now;
        if (came || is_busy(pty->pid))
            quiet_since = now;
        else if (now - quiet_since >= (last > start ? quiet_ms : first_ms))
            break;
    }
    return last - start;
}

double pty_press(struct pty *pty, const char *keys, int first_ms, int quiet_ms)
{
    str_clear(&pty->sent);
    if (write(pty->fd, keys, strlen(keys)) < 0)
        return 0;
    return pty_settle(pty, first_ms, quiet_ms);
}

/* ---- The end -------------------------------------------------------------------------------- */

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

double pty_stop(struct pty *pty, const char *keys)
{
    struct rusage usage = { 0 };
    int status;
    pid_t ended = 0;
    pty_press(pty, keys, 1000, 1000); /* until it closes its terminal */
    for (int i = 0; i < 50 && ended == 0; i++) {
        ended = wait4(pty->pid, &status, WNOHANG, &usage);
        if (ended == 0)
            poll(NULL, 0, 10);
    }
    if (ended == 0) {
        kill(pty->pid, SIGKILL);
        wait4(pty->pid, &status, 0, &usage);
    }
    close(pty->fd);
    str_finish(&pty->sent);
    return milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
}
