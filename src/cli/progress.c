/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/progress.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/base/utf8.h>

enum { BAR_CELLS = 24, NAME_COLUMNS = 24, BETWEEN_US = 100000, SECOND_US = 1000000 };

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * SECOND_US + now.tv_nsec / 1000;
}

bool progress_begin(struct progress *progress, const char *file)
{
    const char *term = getenv("TERM");
    *progress = (struct progress){ .file = file, .started = now_us() };
    return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") != 0;
}

/* "3:07", minutes and seconds. */
static const char *time_left(struct arena *arena, double done, int64_t spent)
{
    double left = done > 0 ? (double)spent * (1 - done) / done / SECOND_US : 0;
    return arena_printf(arena, "%d:%02d", (int)(left / 60), (int)left % 60);
}

static const char *bar(struct arena *arena, double done)
{
    char *cells = arena_alloc(arena, BAR_CELLS + 1);
    int full = (int)(done * BAR_CELLS + 0.5);
    memset(cells, '#', (size_t)full);
    memset(cells + full, '.', (size_t)(BAR_CELLS - full));
    return cells;
}

static const char *line(struct arena *arena, const struct progress *progress,
                        const struct import_progress *state, int64_t spent)
{
    const char *name =
        utf8_fit(arena, sanitise_text(arena, path_base(progress->file), SANITISE_ONE_LINE),
                 NAME_COLUMNS, "~");
    double seconds = (double)spent / SECOND_US;
    const char *rate =
        locale_count(arena, (uint64_t)((double)state->records / (seconds > 0 ? seconds : 1)));
    const char *count = locale_count(arena, state->records);
    if (state->waited > 0)
        return arena_printf(arena, _("%s  the warehouse is computing  %d:%02d"), name,
                            (int)(state->waited / SECOND_US / 60),
                            (int)(state->waited / SECOND_US % 60));
    if (state->bytes_total == 0)
        return arena_printf(arena,
                            ngettext("%s  %s row  %s rows/s", "%s  %s rows  %s rows/s",
                                     (unsigned long)state->records),
                            name, count, rate);
    double done = (double)state->bytes / (double)state->bytes_total;
    done = done > 1 ? 1 : done;
    return arena_printf(arena, _("%s [%s] %3.0f%%  %s rows/s  %s left"), name, bar(arena, done),
                        done * 100, rate, time_left(arena, done, spent));
}

void progress_show(const struct import_progress *state, void *data)
{
    struct progress *progress = data;
    int64_t now = now_us();
    if (now - (progress->shown ? progress->shown : progress->started) < BETWEEN_US)
        return;
    progress->shown = now;
    struct arena arena;
    arena_init(&arena);
    fputc('\r', stderr);
    locale_print(line(&arena, progress, state, now - progress->started), stderr);
    fputs("\033[K", stderr);
    fflush(stderr);
    arena_finish(&arena);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = 0;
}
