/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/mapfile/save.h>
#include <stellwerk/base/file.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>

/*
 * ".NAME.stellwerk-BASE-NEW-RANDOM": digests as 16 digits of their high half. While it is filled it
 * has PARTIAL behind it. Whoever fills it holds a lock on it, which goes with the process, so that
 * an abandoned one can be told from one in use.
 */
#define MARK ".stellwerk-"
#define PARTIAL "~"
enum { DIGEST_DIGITS = 16, RANDOM_LETTERS = 6 };

/* A save under way. Folder and names are settled once; every step works in the open folder. */
struct saving {
    char folder_path[PATH_MAX];
    const char *name; /* of the file, in its folder */
    char temporary[NAME_MAX + 1];
    int folder;   /* open on folder_path */
    int file;     /* open on the temporary; -1 */
    bool created; /* the temporary is there */
    struct stat original;
    struct digest base, wanted;
};

static bool digest_of(int folder, const char *name, struct digest *out)
{
    static const size_t block_size = 1 << 16;
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return false;
    struct digester *digester = digester_create();
    char *block = malloc(block_size);
    ssize_t got = -1;
    while (block && (got = read(file, block, block_size)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            break;
        digester_add(digester, block, (size_t)got);
    }
    int fault = errno;
    *out = digester_digest(digester);
    digester_destroy(digester);
    free(block);
    close(file);
    errno = fault;
    return got == 0;
}

static bool begin(struct saving *saving, const char *path, struct error *err)
{
    saving->folder = saving->file = -1;
    if (!realpath(path, saving->folder_path))
        return error_errno(err, errno, _("cannot save '%s'"), path);
    char *slash = strrchr(saving->folder_path, '/');
    saving->name = slash + 1;
    *slash = '\0';
    const char *folder = saving->folder_path[0] ? saving->folder_path : "/";
    saving->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (saving->folder < 0 ||
        fstatat(saving->folder, saving->name, &saving->original, AT_SYMLINK_NOFOLLOW) != 0)
        return error_errno(err, errno, _("cannot save '%s'"), path);
    if (!S_ISREG(saving->original.st_mode))
        return error_set(err, _("cannot save '%s': it is not a regular file"), path);
    if (saving->original.st_nlink > 1)
        return error_set(
            err,
            _("cannot save '%s': the file has %lu names (hard links), and saving would "
              "part them; make it a symbolic link or a file of its own"),
            path, (unsigned long)saving->original.st_nlink);
    if (faccessat(saving->folder, saving->name, W_OK, AT_EACCESS) != 0)
        return error_errno(err, errno, _("cannot save '%s'"), path);
    return true;
}

/* Owner and mode of the original, before there is a single byte in it. */
static bool dress(struct saving *saving, const char *path, struct error *err)
{
    struct stat own;
    const struct stat *original = &saving->original;
    if (fstat(saving->file, &own) != 0)
        return error_errno(err, errno, _("cannot save '%s'"), path);
    bool same = own.st_uid == original->st_uid && own.st_gid == original->st_gid;
    if (!same && fchown(saving->file, original->st_uid, original->st_gid) != 0)
        return error_errno(err, errno, _("cannot save '%s' and keep its owner"), path);
    if (fchmod(saving->file, original->st_mode & 07777) != 0)
        return error_errno(err, errno, _("cannot save '%s' and keep its mode"), path);
    return true;
}

/* Whoever cleans up may take a file for abandoned that has no lock yet, and remove it. */
static bool is_ours(int file)
{
    struct stat status;
    if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return false;
    return fstat(file, &status) == 0 && status.st_nlink > 0;
}

static bool name_temporary(struct saving *saving, const char *path, struct error *err)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
    unsigned char random[RANDOM_LETTERS];
    char suffix[RANDOM_LETTERS + 1] = { 0 };
    if (getentropy(random, sizeof random) != 0)
        return error_errno(err, errno, _("cannot save '%s'"), path);
    for (int i = 0; i < RANDOM_LETTERS; i++)
        suffix[i] = letters[random[i] % 32];
    int length = snprintf(saving->temporary, sizeof saving->temporary,
                          ".%s" MARK "%016llx-%016llx-%s" PARTIAL, saving->name,
                          (unsigned long long)saving->base.high,
                          (unsigned long long)saving->wanted.high, suffix);
    return length < (int)sizeof saving->temporary ||
           error_set(err,
                     _("cannot save '%s': its name is too long for a temporary file beside it"),
                     path);
}

static bool create_temporary(struct saving *saving, const char *path, struct error *err)
{
    for (int attempt = 0; attempt < 100; attempt++) {
        if (!name_temporary(saving, path, err))
            return false;
        saving->file = openat(saving->folder, saving->temporary,
                              O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        if (saving->file < 0 && errno != EEXIST)
            break;
        saving->created = saving->file >= 0 && is_ours(saving->file);
        if (saving->created)
            return dress(saving, path, err);
        if (saving->file >= 0) {
            close(saving->file);
            unlinkat(saving->folder, saving->temporary, 0);
        }
        saving->file = -1;
    }
    return error_errno(err, errno, _("cannot save '%s': no file can be made in its folder"), path);
}

static bool mark_whole(struct saving *saving, const char *path, struct error *err)
{
    char whole[sizeof saving->temporary];
    size_t length = strlen(saving->temporary) - strlen(PARTIAL);
    memcpy(whole, saving->temporary, length);
    whole[length] = '\0';
    if (renameat(saving->folder, saving->temporary, saving->folder, whole) != 0)
        return error_errno(err, errno, _("cannot save '%s'"), path);
    memcpy(saving->temporary, whole, length + 1);
    return true;
}

/* Written, on the disk, and read back: a disk that lies is found out before the old file goes. */
static bool fill_temporary(struct saving *saving, const char *path, const char *text, size_t length,
                           struct error *err)
{
    struct digest found;
    if (!file_write_all(saving->file, text, length) || fsync(saving->file) != 0 ||
        !digest_of(saving->folder, saving->temporary, &found))
        return error_errno(err, errno, _("cannot save '%s'"), path);
    if (!digest_equal(found, saving->wanted))
        return error_set(err,
                         _("cannot save '%s': the disk gives back another text than was "
                           "written to it"),
                         path);
    return mark_whole(saving, path, err);
}

static bool exchange(const struct saving *saving)
{
#ifdef RENAME_EXCHANGE
    return renameat2(saving->folder, saving->temporary, saving->folder, saving->name,
                     RENAME_EXCHANGE) == 0;
#else
    (void)saving;
    errno = ENOSYS;
    return false;
#endif
}

/* For file systems without an exchange. */
static enum save_outcome replace_checked(struct saving *saving, const char *path, struct error *err)
{
    struct digest found;
    bool known = digest_of(saving->folder, saving->name, &found);
    if (known && !digest_equal(found, saving->base))
        return SAVE_CHANGED;
    if (!known || renameat(saving->folder, saving->temporary, saving->folder, saving->name) != 0) {
        error_errno(err, errno, _("cannot save '%s'"), path);
        return SAVE_FAILED;
    }
    saving->created = false;
    return SAVE_DONE;
}

static enum save_outcome replace(struct saving *saving, const char *path, struct error *err)
{
    struct digest found;
    if (!exchange(saving)) {
        if (errno == ENOSYS || errno == EINVAL || errno == ENOTSUP)
            return replace_checked(saving, path, err);
        error_errno(err, errno, _("cannot save '%s'"), path);
        return SAVE_FAILED;
    }
    bool known = digest_of(saving->folder, saving->temporary, &found);
    int fault = errno;
    if (known && digest_equal(found, saving->base))
        return SAVE_DONE;
    if (exchange(saving)) {
        if (!known)
            error_errno(err, fault, _("cannot save '%s'"), path);
        return known ? SAVE_CHANGED : SAVE_FAILED;
    }
    /* Both texts are there, but somebody else's stands under the temporary name: keep it. */
    error_errno(err, errno,
                _("'%s' was saved, but another program had written it meanwhile; its "
                  "text is kept in '%s/%s'"),
                path, saving->folder_path, saving->temporary);
    saving->created = false;
    return SAVE_FAILED;
}

static void end(struct saving *saving)
{
    if (saving->file >= 0)
        close(saving->file);
    if (saving->created)
        unlinkat(saving->folder, saving->temporary, 0);
    if (saving->folder >= 0)
        close(saving->folder);
}

enum save_outcome save_text(const char *path, struct digest base, const char *text, size_t length,
                            struct error *err)
{
    struct saving saving = { .base = base, .wanted = digest_bytes(text, length) };
    enum save_outcome outcome = SAVE_FAILED;
    if (begin(&saving, path, err) && create_temporary(&saving, path, err) &&
        fill_temporary(&saving, path, text, length, err))
        outcome = replace(&saving, path, err);
    if (outcome == SAVE_DONE && fsync(saving.folder) != 0) {
        error_errno(err, errno, _("'%s' was saved, but may not survive a power cut"), path);
        outcome = SAVE_FAILED;
    }
    end(&saving);
    return outcome;
}

bool save_new(const char *path, const char *text, size_t length, struct error *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (file < 0)
        return error_errno(err, errno, _("cannot create '%s'"), path);
    bool written = file_write_all(file, text, length) && fsync(file) == 0;
    int fault = errno;
    if (close(file) != 0 && written) {
        fault = errno;
        written = false;
    }
    if (!written)
        unlink(path);
    return written || error_errno(err, fault, _("cannot write '%s'"), path);
}

/* ---- What a kill left behind ---------------------------------------------------- */

/* What a temporary's name says of it. */
struct remains {
    uint64_t base, wanted;
    bool partial;
};

/* False for any other file's name. */
static bool parse_remains(const char *entry, const char *name, struct remains *out)
{
    size_t length = strlen(name), mark = strlen(MARK);
    if (entry[0] != '.' || strncmp(entry + 1, name, length) != 0 ||
        strncmp(entry + 1 + length, MARK, mark) != 0)
        return false;
    const char *base = entry + 1 + length + mark, *wanted = base + DIGEST_DIGITS + 1;
    size_t whole = 2 * (DIGEST_DIGITS + 1) + RANDOM_LETTERS, all = strlen(base);
    out->partial = all == whole + strlen(PARTIAL) && strcmp(base + whole, PARTIAL) == 0;
    if ((all != whole && !out->partial) || strspn(base, "0123456789abcdef") != DIGEST_DIGITS ||
        strspn(wanted, "0123456789abcdef") != DIGEST_DIGITS)
        return false;
    out->base = strtoull(base, NULL, 16);
    out->wanted = strtoull(wanted, NULL, 16);
    return true;
}

/* The file, locked, where nobody fills it any more; -1. */
static int open_abandoned(int folder, const char *entry)
{
    struct stat status;
    int file = openat(folder, entry, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return -1;
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    close(file);
    return -1;
}

/* Removes what is left of one save; false where it holds somebody else's text. */
static bool clean_one(int folder, const char *entry, const struct remains *remains)
{
    struct digest found;
    int file = open_abandoned(folder, entry);
    if (file < 0)
        return true;
    bool known = digest_of(folder, entry, &found);
    bool own =
        remains->partial || !known || found.high == remains->base || found.high == remains->wanted;
    if (known && own)
        unlinkat(folder, entry, 0);
    close(file);
    return own;
}

const char *save_clean(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    const char *kept = NULL;
    if (!realpath(path, real))
        return NULL;
    char *slash = strrchr(real, '/');
    *slash = '\0';
    DIR *listing = opendir(real[0] ? real : "/");
    if (!listing)
        return NULL;
    for (struct dirent *entry; (entry = readdir(listing));) {
        struct remains remains;
        if (parse_remains(entry->d_name, slash + 1, &remains) &&
            !clean_one(dirfd(listing), entry->d_name, &remains) && !kept)
            kept = arena_printf(arena, "%s/%s", real, entry->d_name);
    }
    closedir(listing);
    return kept;
}
