/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/rejects.h>

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

struct rejects {
    const char *path;
    FILE *file; /* NULL before the first row */
    uint64_t count;
};

struct rejects *rejects_create(const char *path)
{
    struct rejects *rejects = memory_alloc(sizeof(*rejects));
    rejects->path = path;
    return rejects;
}

static bool fail(const struct rejects *rejects, struct error *err)
{
    return error_errno(err, errno, _("cannot write the rejected rows to '%s'"), rejects->path);
}

/* Rows may hold what customers said: the file is for its owner alone. */
static bool open_file(struct rejects *rejects, struct error *err)
{
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
    int fd = open(rejects->path, flags, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return fail(rejects, err);
    rejects->file = fdopen(fd, "w");
    if (rejects->file == NULL) {
        close(fd);
        return fail(rejects, err);
    }
    fputs("file,line,reason,record\n", rejects->file);
    return true;
}

bool rejects_add(struct rejects *rejects, const char *file, uint64_t line, const char *reason,
                 const char *record, size_t length, struct error *err)
{
    if (rejects->file == NULL && !open_file(rejects, err))
        return false;
    csv_fwrite(rejects->file, file, strlen(file));
    fprintf(rejects->file, ",%" PRIu64 ",", line);
    csv_fwrite(rejects->file, reason, strlen(reason));
    fputc(',', rejects->file);
    csv_fwrite(rejects->file, record, length);
    fputc('\n', rejects->file);
    rejects->count++;
    return ferror(rejects->file) == 0 || fail(rejects, err);
}

uint64_t rejects_count(const struct rejects *rejects)
{
    return rejects->count;
}

bool rejects_close(struct rejects *rejects, struct error *err)
{
    if (rejects == NULL)
        return true;
    bool good = true;
    if (rejects->file != NULL) {
        good = ferror(rejects->file) == 0;
        good = fclose(rejects->file) == 0 && good;
    }
    if (!good)
        fail(rejects, err);
    free(rejects);
    return good;
}
