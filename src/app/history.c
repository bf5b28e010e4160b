/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/history.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/memory.h>

void history_init(struct history *history)
{
    *history = (struct history){ 0 };
}

void history_finish(struct history *history)
{
    for (size_t i = 0; i < history->count; i++)
        free(history->lines[i]);
    free(history->lines);
    history_init(history);
}

static void history_remove(struct history *history, size_t index)
{
    free(history->lines[index]);
    history->count--;
    memmove(history->lines + index, history->lines + index + 1,
            (history->count - index) * sizeof(*history->lines));
}

void history_add(struct history *history, const char *line)
{
    if (line[strspn(line, " ")] == '\0')
        return;
    for (size_t i = 0; i < history->count; i++) {
        if (strcmp(history->lines[i], line) == 0) {
            history_remove(history, i);
            break;
        }
    }
    if (history->count == HISTORY_MAX)
        history_remove(history, 0);
    if (history->count == history->capacity) {
        history->capacity = history->capacity == 0 ? 16 : history->capacity * 2;
        size_t bytes = memory_product(history->capacity, sizeof(*history->lines));
        history->lines = memory_resize(history->lines, bytes);
    }
    history->lines[history->count++] = memory_strdup(line);
}

/* More than HISTORY_MAX lines of any sensible length. */
static const size_t file_max = (size_t)1 << 20;

void history_read(struct history *history, const char *path)
{
    struct arena scratch = { 0 };
    const char *text;
    size_t length;
    if (file_read(&scratch, path, file_max, &text, &length, NULL)) {
        char *state = NULL;
        char *lines = arena_strndup(&scratch, text, length);
        for (char *line = strtok_r(lines, "\n", &state); line != NULL;
             line = strtok_r(NULL, "\n", &state))
            history_add(history, line);
    }
    arena_finish(&scratch);
}

static bool write_lines(const struct history *history, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
    if (file == NULL)
        return false;
    for (size_t i = 0; i < history->count; i++)
        fprintf(file, "%s\n", history->lines[i]);
    bool written = !ferror(file);
    return fclose(file) == 0 && written;
}

void history_write(const struct history *history, const char *path)
{
    struct arena scratch = { 0 };
    char *fresh = arena_printf(&scratch, "%s.%ld", path, (long)getpid());
    folder_make(arena_strndup(&scratch, path, (size_t)(path_base(path) - path)));
    if (!write_lines(history, fresh) || rename(fresh, path) < 0)
        unlink(fresh);
    arena_finish(&scratch);
}
