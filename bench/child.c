/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "child.h"

#include "clock.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

[[gnu::noreturn]] static void become(const char *const argv[])
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    execvp(argv[0], (char *const *)argv);
    _exit(127);
}

static double milliseconds(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

bool child_run(const char *const argv[], struct usage *out)
{
    struct rusage usage;
    int status;
    double start = clock_wall_ms();
    pid_t child = fork();
    if (child == 0)
        become(argv);
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        return false;
    *out = (struct usage){
        .wall_ms = clock_wall_ms() - start,
        .cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime),
        .peak_mb = (double)usage.ru_maxrss / 1024,
    };
    return status == 0;
}
