/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/base/file.h>

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/fatal.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/base/str.h>

struct digest digest_bytes(const void *bytes, size_t length)
{
    XXH128_hash_t hash = XXH3_128bits(bytes, length);
    return (struct digest){ .high = hash.high64, .low = hash.low64 };
}

uint64_t hash_text(const char *text)
{
    return XXH3_64bits(text, strlen(text));
}

bool digest_equal(struct digest a, struct digest b)
{
    return a.high == b.high && a.low == b.low;
}

const char *digest_hex(struct arena *arena, struct digest digest)
{
    return arena_printf(arena, "%016" PRIx64 "%016" PRIx64, digest.high, digest.low);
}

struct digester *digester_create(void)
{
    XXH3_state_t *state = XXH3_createState();
    if (state == NULL)
        fatal_no_memory();
    XXH3_128bits_reset(state);
    return (struct digester *)state;
}

void digester_destroy(struct digester *digester)
{
    XXH3_freeState((XXH3_state_t *)digester);
}

void digester_add(struct digester *digester, const void *bytes, size_t length)
{
    XXH3_128bits_update((XXH3_state_t *)digester, bytes, length);
}

struct digest digester_digest(const struct digester *digester)
{
    XXH128_hash_t hash = XXH3_128bits_digest((const XXH3_state_t *)digester);
    return (struct digest){ .high = hash.high64, .low = hash.low64 };
}

/* What messages call the file. */
static const char *shown_name(const char *path)
{
    return strcmp(path, "-") == 0 ? _("standard input") : path;
}

static bool too_large(const char *path, size_t cap, struct error *err)
{
    const char *name = shown_name(path);
    if (cap >= 1 << 20)
        return error_set(err, _("'%s' is larger than %zu MiB"), name, cap >> 20);
    return error_set(err, _("'%s' is larger than %zu bytes"), name, cap);
}

static const size_t step = 64 << 10;

/* A size that the system tells is only a hint: the file may grow meanwhile, a pipe has none. */
static bool read_all(int fd, const char *path, size_t cap, size_t hint, struct str *out,
                     struct error *err)
{
    str_reserve(out, hint + 1);
    for (;;) {
        if (out->capacity - out->length < 2)
            str_reserve(out, step);
        ssize_t got = read(fd, out->text + out->length, out->capacity - out->length - 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, errno, _("cannot read '%s'"), shown_name(path));
        if (got == 0)
            return true;
        out->length += (size_t)got;
        if (out->length > cap)
            return too_large(path, cap, err);
    }
}

/* Opening must not wait for the other end of a fifo, nor take over a terminal. */
static bool open_regular(const char *path, size_t cap, int *out, size_t *size, struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return error_errno(err, errno, _("cannot open '%s'"), path);
    struct stat status;
    bool fine = fstat(fd, &status) == 0;
    if (!fine)
        error_errno(err, errno, _("cannot read '%s'"), path);
    else if (S_ISDIR(status.st_mode))
        fine = error_set(err, _("'%s' is a directory"), path);
    else if (!S_ISREG(status.st_mode))
        fine = error_set(err, _("'%s' is not a regular file"), path);
    else if (status.st_size > 0 && (uintmax_t)status.st_size > cap)
        fine = too_large(path, cap, err);
    if (!fine) {
        close(fd);
        return false;
    }
    *out = fd;
    *size = (size_t)status.st_size;
    return true;
}

bool file_read(struct arena *arena, const char *path, size_t cap, const char **out, size_t *length,
               struct error *err)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = STDIN_FILENO;
    size_t size = step;
    if (!standard_input && !open_regular(path, cap, &fd, &size, err))
        return false;
    struct str content;
    str_init(&content);
    bool fine = read_all(fd, path, cap, size, &content, err);
    if (fine) {
        *out = arena_strndup(arena, content.text, content.length);
        *length = content.length;
    }
    str_finish(&content);
    if (!standard_input)
        close(fd);
    return fine;
}

bool file_write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static int64_t modified_ns(const struct stat *status)
{
#ifdef __APPLE__
    const struct timespec *time = &status->st_mtimespec;
#else
    const struct timespec *time = &status->st_mtim;
#endif
    return (int64_t)time->tv_sec * 1000000000 + time->tv_nsec;
}

struct file_stamp file_stamp_read(const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return (struct file_stamp){ 0 };
    return (struct file_stamp){
        .device = (uint64_t)status.st_dev,
        .inode = (uint64_t)status.st_ino,
        .size = (uint64_t)status.st_size,
        .modified_ns = modified_ns(&status),
    };
}

bool file_stamp_equal(struct file_stamp a, struct file_stamp b)
{
    return a.device == b.device && a.inode == b.inode && a.size == b.size &&
           a.modified_ns == b.modified_ns;
}

struct file_source file_source_of(const char *path)
{
    return (struct file_source){ .path = path, .stamp = file_stamp_read(path) };
}

const char *path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash != NULL ? slash + 1 : path;
}

const char *folder_name(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    if (real == NULL)
        return arena_strdup(arena, path);
    const char *base = path_base(real);
    const char *name = arena_strdup(arena, *base != '\0' ? base : real);
    free(real);
    return name;
}

const char *path_beside(struct arena *arena, const char *beside, const char *name)
{
    int folder = (int)(path_base(beside) - beside);
    if (name[0] == '/' || folder == 0)
        return arena_strdup(arena, name);
    return arena_printf(arena, "%.*s%s", folder, beside, name);
}

const char *path_xdg(struct arena *arena, const char *kind)
{
    static const struct {
        const char *kind, *variable, *below_home;
    } folders[] = {
        { .kind = "CONFIG", .variable = "XDG_CONFIG_HOME", .below_home = ".config" },
        { .kind = "STATE", .variable = "XDG_STATE_HOME", .below_home = ".local/state" },
        { .kind = "CACHE", .variable = "XDG_CACHE_HOME", .below_home = ".cache" },
    };
    size_t i = 0;
    while (i < ARRAY_LEN(folders) && strcmp(folders[i].kind, kind) != 0)
        i++;
    assert(i < ARRAY_LEN(folders));
    /* The specification wants relative paths ignored. */
    const char *root = getenv(folders[i].variable);
    if (root != NULL && root[0] == '/')
        return arena_printf(arena, "%s/stellwerk", root);
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/')
        return NULL;
    return arena_printf(arena, "%s/%s/stellwerk", home, folders[i].below_home);
}

bool folder_make(const char *path)
{
    if (path[0] == '\0')
        return true; /* the current one */
    struct arena scratch = { 0 };
    char *folder = arena_strdup(&scratch, path);
    for (char *slash = folder; (slash = strchr(slash + 1, '/')) != NULL;) {
        *slash = '\0';
        mkdir(folder, 0700);
        *slash = '/';
    }
    mkdir(folder, 0700);
    struct stat status;
    bool there = stat(folder, &status) == 0 && S_ISDIR(status.st_mode);
    arena_finish(&scratch);
    return there;
}

bool folder_is(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}
