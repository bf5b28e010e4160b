/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/app/journal.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/source.h>

#include "journal_name.h"

/* The text of the map, and as many edits as anybody makes. */
static const size_t journal_max = 8 * SOURCE_MAX;

struct reader {
    struct arena *arena;
    const char *at, *end;
};

/* The next line without its end; NULL where it is not whole. */
static const char *next_line(struct reader *reader)
{
    const char *end = memchr(reader->at, '\n', (size_t)(reader->end - reader->at));
    if (end == NULL)
        return NULL;
    const char *line = arena_strndup(reader->arena, reader->at, (size_t)(end - reader->at));
    reader->at = end + 1;
    return line;
}

/* So many bytes with a line break behind them; NULL where they are not all there. */
static const char *next_bytes(struct reader *reader, size_t length)
{
    size_t left = (size_t)(reader->end - reader->at);
    if (left < 1 || left - 1 < length || reader->at[length] != '\n')
        return NULL;
    const char *bytes = arena_strndup(reader->arena, reader->at, length);
    reader->at += length + 1;
    return bytes;
}

static const char *next_block(struct reader *reader, const char *what, size_t *length)
{
    const char *line = next_line(reader);
    size_t name = strlen(what);
    if (line == NULL || strncmp(line, what, name) != 0 || sscanf(line + name, " %zu", length) != 1)
        return NULL;
    return next_bytes(reader, *length);
}

static bool read_head(struct reader *reader, const char *map, struct left_behind *out)
{
    size_t length = strlen(JOURNAL_HEAD);
    if ((size_t)(reader->end - reader->at) < length ||
        memcmp(reader->at, JOURNAL_HEAD, length) != 0)
        return false;
    reader->at += length;
    const char *path = next_block(reader, "path", &length);
    if (path == NULL || strcmp(path, map) != 0)
        return false;
    out->base = next_block(reader, "base", &out->base_length);
    return out->base != NULL;
}

static bool read_patch(struct reader *reader, const char *line, struct delta *out)
{
    if (sscanf(line, "patch %zu %zu %zu", &out->at, &out->removed_length, &out->added_length) != 3)
        return false;
    if (out->removed_length > journal_max || out->added_length > journal_max)
        return false;
    out->removed = next_bytes(reader, out->removed_length + out->added_length);
    if (out->removed == NULL)
        return false;
    out->added = out->removed + out->removed_length;
    return true;
}

static const struct {
    const char *name;
    enum record_kind kind;
} with_operation[] = {
    { .name = "do ", .kind = RECORD_DO },
    { .name = "and ", .kind = RECORD_AND },
    { .name = "held ", .kind = RECORD_HELD },
};

static bool read_record(struct reader *reader, struct record *out)
{
    const char *line = next_line(reader);
    *out = (struct record){ 0 };
    if (line == NULL)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(with_operation); i++) {
        size_t length = strlen(with_operation[i].name);
        if (strncmp(line, with_operation[i].name, length) != 0)
            continue;
        out->kind = with_operation[i].kind;
        return operation_parse_line(reader->arena, line + length, &out->operation, NULL);
    }
    if (strcmp(line, "undo") == 0) {
        out->kind = RECORD_UNDO;
        return true;
    }
    out->kind = RECORD_PATCH;
    return read_patch(reader, line, &out->delta);
}

static void read_records(struct reader *reader, struct left_behind *out)
{
    struct record record;
    while (reader->at < reader->end && !out->torn) {
        out->torn = !read_record(reader, &record);
        if (out->torn)
            return;
        out->records = arena_grow(reader->arena, out->records, out->count, &out->capacity,
                                  sizeof(*out->records));
        out->records[out->count++] = record;
    }
}

/* One that is locked belongs to a workbench that lives. */
static bool is_left(const char *path, struct stat *status)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    bool left = flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, status) == 0;
    close(fd);
    return left;
}

static bool read_journal(struct arena *arena, const char *path, const char *map,
                         struct left_behind *out)
{
    const char *text;
    size_t length;
    struct stat status;
    struct error err;
    error_init(&err);
    *out = (struct left_behind){ .file = path };
    if (!is_left(path, &status) || !file_read(arena, path, journal_max, &text, &length, &err))
        return false;
    out->written = (int64_t)status.st_mtime * 1000000;
    struct reader reader = { .arena = arena, .at = text, .end = text + length };
    if (!read_head(&reader, map, out))
        return false;
    read_records(&reader, out);
    return true;
}

static bool is_named(const char *name, const char *stem)
{
    size_t length = strlen(name), end = strlen(JOURNAL_END);
    return strncmp(name, stem, strlen(stem)) == 0 && length > end &&
           strcmp(name + length - end, JOURNAL_END) == 0;
}

bool journal_find(struct arena *arena, const char *map, const char *folder,
                  struct left_behind *out)
{
    struct journal_name name;
    journal_name_init(arena, map, folder, &name);
    DIR *entries = name.folder != NULL ? opendir(name.folder) : NULL;
    bool found = false;
    if (entries == NULL)
        return false;
    for (struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        struct left_behind other;
        if (!is_named(entry->d_name, name.stem))
            continue;
        const char *path = arena_printf(arena, "%s/%s", name.folder, entry->d_name);
        if (!read_journal(arena, path, name.map, &other))
            continue;
        if (other.count == 0)
            journal_discard(&other);
        else if (!found || other.written < out->written) {
            *out = other;
            found = true;
        }
    }
    closedir(entries);
    return found;
}

void journal_discard(const struct left_behind *found)
{
    unlink(found->file);
}
