/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stellwerk/store/upkeep.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/i18n.h>

#include "schema.h"
#include "sql.h"

/* A migration under way. */
struct migration {
    struct arena *arena;
    const char *path;      /* as given, for messages */
    char *real;            /* where the file is */
    const char *temporary; /* beside it */
    struct store *old, *made;
    bool is_there;         /* the temporary is */
    int version;
};

static bool fail(const struct migration *migration, int fault, struct error *err)
{
    return error_errno(err, fault, _("cannot bring the store '%s' to this version"),
                       migration->path);
}

/* ---- What a kill has left ---- */

#define MARK ".migrating-"

/* Is it a temporary file of the store that is called `store`, or SQLite's beside one? */
static bool is_left_over(const char *name, const char *store)
{
    size_t length = strlen(store), digits;
    if (strncmp(name, store, length) != 0 || strncmp(name + length, MARK, strlen(MARK)) != 0)
        return false;
    const char *end = name + length + strlen(MARK);
    digits = strspn(end, "0123456789");
    end += digits;
    return digits > 0 && (*end == '\0' || strcmp(end, "-journal") == 0 ||
                          strcmp(end, "-wal") == 0 || strcmp(end, "-shm") == 0);
}

/* Whoever holds the store's lock is the only one who brings it to this version. */
static void remove_left_overs(struct migration *migration)
{
    const char *slash = strrchr(migration->real, '/');
    const char *folder = arena_strndup(migration->arena, migration->real,
                                       (size_t)(slash - migration->real) + 1);
    DIR *names = opendir(folder);
    const struct dirent *entry;
    struct stat status;
    while (names != NULL && (entry = readdir(names)) != NULL) {
        const char *path = arena_printf(migration->arena, "%s%s", folder, entry->d_name);
        if (is_left_over(entry->d_name, slash + 1) && lstat(path, &status) == 0 &&
            S_ISREG(status.st_mode))
            unlink(path);
    }
    if (names != NULL)
        closedir(names);
}

/* ---- The new file ---- */

/* With owner and mode of the old one, before there is a byte in it. */
static bool create_file(struct migration *migration, struct error *err)
{
    struct stat status;
    if (stat(migration->real, &status) != 0)
        return fail(migration, errno, err);
    migration->temporary = arena_printf(migration->arena, "%s" MARK "%ld", migration->real,
                                        (long)getpid());
    int file = open(migration->temporary, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return fail(migration, errno, err);
    migration->is_there = true;
    bool owned = status.st_uid == geteuid() || fchown(file, status.st_uid, status.st_gid) == 0;
    bool dressed = owned && fchmod(file, status.st_mode & 07777) == 0;
    int fault = errno;
    close(file);
    return dressed || fail(migration, fault, err);
}

static bool copy_pages(struct store *from, struct store *to, struct error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (backup == NULL)
        return sql_fail(to, err);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup) == SQLITE_OK || sql_fail(to, err);
}

/* The old store is held under a lock that no other writer gets past. */
static bool lock_old(struct migration *migration, struct error *err)
{
    if (!sql_run(migration->old, "BEGIN IMMEDIATE", err))
        return false;
    remove_left_overs(migration);
    return true;
}

/* SQLite copies only what the connection that it copies from does not write to itself. */
static bool copy_store(struct migration *migration, struct error *err)
{
    struct store *source;
    if (!sql_connect(migration->temporary, SQLITE_OPEN_READWRITE, &migration->made, err) ||
        !sql_connect(migration->real, SQLITE_OPEN_READONLY, &source, err))
        return false;
    bool copied = copy_pages(source, migration->made, err);
    store_close(source);
    return copied;
}

/* ---- Its place ---- */

/* Gives the old file a second name, which nothing has. */
static bool keep_old(struct migration *migration, const char **out, struct error *err)
{
    for (int i = 1; i < 1000; i++) {
        const char *name = i == 1 ? arena_printf(migration->arena, "%s.schema%d", migration->real,
                                                 migration->version)
                                  : arena_printf(migration->arena, "%s.schema%d.%d",
                                                 migration->real, migration->version, i);
        if (link(migration->real, name) == 0) {
            *out = name;
            return true;
        }
        if (errno != EEXIST)
            break;
    }
    return fail(migration, errno, err);
}

static bool sync_folder(struct migration *migration, struct error *err)
{
    char *slash = strrchr(migration->real, '/');
    const char *folder = slash == migration->real
                             ? "/"
                             : arena_strndup(migration->arena, migration->real,
                                             (size_t)(slash - migration->real));
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0)
        return fail(migration, errno, err);
    bool synced = fsync(opened) == 0;
    int fault = errno;
    close(opened);
    return synced || fail(migration, fault, err);
}

/* SQLite has synced the new file with its last commit. */
static bool exchange(struct migration *migration, struct store_migration *out, struct error *err)
{
    const char *kept = NULL;
    store_close(migration->made);
    migration->made = NULL;
    if (!keep_old(migration, &kept, err))
        return false;
    if (rename(migration->temporary, migration->real) != 0)
        return fail(migration, errno, err);
    migration->is_there = false;
    out->kept = kept;
    out->from = migration->version;
    return sync_folder(migration, err);
}

/* ---- From beginning to end ---- */

/* The version of an older store; 0 for whatever else is there or is not. */
static int version_of(struct store *store)
{
    int64_t application, version;
    bool read = sql_integer(store, "PRAGMA application_id", 0, &application, NULL) &&
                sql_integer(store, "PRAGMA user_version", 0, &version, NULL);
    bool older = read && application == SCHEMA_APPLICATION && version >= 1 &&
                 version < SCHEMA_VERSION;
    return older ? (int)version : 0;
}

static bool is_file(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
}

static bool make(struct migration *migration, struct store_migration *out, struct error *err)
{
    return lock_old(migration, err) && create_file(migration, err) && copy_store(migration, err) &&
           sql_run(migration->made, "BEGIN IMMEDIATE", err) &&
           schema_upgrade(migration->made, migration->version, err) &&
           sql_run(migration->made, "COMMIT", err) && exchange(migration, out, err);
}

bool store_migrate(struct arena *arena, const char *path, struct store_migration *out,
                   struct error *err)
{
    struct migration migration = { .arena = arena, .path = path };
    *out = (struct store_migration){ 0 };
    migration.real = is_file(path) ? realpath(path, NULL) : NULL;
    if (migration.real == NULL)
        return true;
    bool good = sql_connect(migration.real, SQLITE_OPEN_READWRITE, &migration.old, err);
    migration.version = good ? version_of(migration.old) : 0;
    if (migration.version != 0)
        good = make(&migration, out, err);
    if (migration.is_there && migration.made != NULL)
        sqlite3_exec(migration.made->db, "ROLLBACK", NULL, NULL, NULL);
    store_close(migration.made);
    if (migration.is_there)
        unlink(migration.temporary);
    store_close(migration.old);
    free(migration.real);
    return good;
}
