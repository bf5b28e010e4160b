/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unpack.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/memory.h>

#define PACKED_BLOCK ((size_t)64 << 10)

/* The largest window there is, and a gzip header rather than zlib's own. */
#define GZIP_WINDOW (MAX_WBITS + 16)

struct unpacked {
    z_stream stream;
    bool between; /* at the end of a packed file: the next one may follow */
    unsigned char in[PACKED_BLOCK];
};

static bool check_kind(struct packed_file *file, struct error *err)
{
    struct stat status;
    if (fstat(file->fd, &status) != 0)
        return error_errno(err, errno, _("cannot read '%s'"), file->path);
    if (S_ISDIR(status.st_mode))
        return error_set(err, _("'%s' is a folder, not a file to import"), file->path);
    if (file->fd != STDIN_FILENO && (S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)))
        return error_set(err, _("'%s' is a device, not a file to import"), file->path);
    file->bytes_total = S_ISREG(status.st_mode) ? (uint64_t)status.st_size : 0;
    return true;
}

bool packed_open(struct packed_file *file, const char *path, const atomic_bool *cancel,
                 struct error *err)
{
    bool is_stdin = strcmp(path, "-") == 0;
    *file = (struct packed_file){ .path = path, .cancel = cancel };
    file->fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (file->fd < 0)
        return error_errno(err, errno, _("cannot read '%s'"), path);
    file->digester = digester_create();
    if (check_kind(file, err))
        return true;
    packed_close(file);
    return false;
}

void packed_close(struct packed_file *file)
{
    if (file->gzip != NULL)
        inflateEnd(&file->gzip->stream);
    free(file->gzip);
    if (file->fd > STDIN_FILENO)
        close(file->fd);
    digester_destroy(file->digester);
    *file = (struct packed_file){ .fd = -1 };
}

/* Bytes as they lie in the file. */
static bool read_raw(struct packed_file *file, void *to, size_t room, size_t *out,
                     struct error *err)
{
    ssize_t got;
    do
        got = read(file->fd, to, room);
    while (got < 0 && errno == EINTR && !(file->cancel != NULL && atomic_load(file->cancel)));
    if (got < 0)
        return error_errno(err, errno, _("cannot read '%s'"), file->path);
    digester_add(file->digester, to, (size_t)got);
    file->bytes_read += (uint64_t)got;
    *out = (size_t)got;
    return true;
}

/* ---- gzip ---- */

static bool damaged(const struct packed_file *file, struct error *err)
{
    return error_set(err, _("the packed file '%s' is damaged behind byte %llu"), file->path,
                     (unsigned long long)(file->bytes_read - file->gzip->stream.avail_in));
}

static bool begin_gzip(struct packed_file *file, const char *bytes, size_t count,
                       struct error *err)
{
    assert(count <= PACKED_BLOCK);
    file->gzip = memory_alloc(sizeof(*file->gzip));
    if (inflateInit2(&file->gzip->stream, GZIP_WINDOW) != Z_OK)
        return error_set(err, _("cannot unpack '%s'"), file->path);
    memcpy(file->gzip->in, bytes, count);
    file->gzip->stream.next_in = file->gzip->in;
    file->gzip->stream.avail_in = (uInt)count;
    return true;
}

/* False at the end of the file too, with `*ended`. */
static bool refill(struct packed_file *file, bool *ended, struct error *err)
{
    struct unpacked *gzip = file->gzip;
    size_t got;
    if (!read_raw(file, gzip->in, sizeof(gzip->in), &got, err))
        return false;
    *ended = got == 0;
    gzip->stream.next_in = gzip->in;
    gzip->stream.avail_in = (uInt)got;
    return true;
}

static bool unpack(struct packed_file *file, char *to, size_t room, size_t *out, struct error *err)
{
    struct unpacked *gzip = file->gzip;
    gzip->stream.next_out = (unsigned char *)to;
    gzip->stream.avail_out = (uInt)room;
    while (gzip->stream.avail_out == room) {
        bool ended = false;
        if (gzip->stream.avail_in == 0 && !refill(file, &ended, err))
            return false;
        if (ended && !gzip->between)
            return error_set(err, _("the packed file '%s' breaks off"), file->path);
        if (ended)
            break;
        if (gzip->between)
            inflateReset(&gzip->stream);
        int code = inflate(&gzip->stream, Z_NO_FLUSH);
        if (code != Z_OK && code != Z_STREAM_END)
            return damaged(file, err);
        gzip->between = code == Z_STREAM_END;
    }
    *out = room - gzip->stream.avail_out;
    return true;
}

/* ---- Either ---- */

/* The first bytes tell; a pipe may hand them out one by one. */
static bool read_first(struct packed_file *file, char *to, size_t room, size_t *out,
                       struct error *err)
{
    size_t got;
    *out = 0;
    do {
        if (!read_raw(file, to + *out, room - *out, &got, err))
            return false;
        *out += got;
    } while (*out == 1 && got > 0);
    return true;
}

static bool is_gzip(const char *bytes, size_t count)
{
    return count >= 2 && memcmp(bytes, "\x1F\x8B", 2) == 0;
}

bool packed_read(struct packed_file *file, char *to, size_t room, size_t *out, struct error *err)
{
    assert(room >= (file->bytes_read == 0 ? 2 : 1));
    if (file->gzip != NULL)
        return unpack(file, to, room, out, err);
    if (file->bytes_read > 0)
        return read_raw(file, to, room, out, err);
    size_t first = room < PACKED_BLOCK ? room : PACKED_BLOCK;
    if (!read_first(file, to, first, out, err))
        return false;
    if (!is_gzip(to, *out))
        return true;
    return begin_gzip(file, to, *out, err) && unpack(file, to, room, out, err);
}
