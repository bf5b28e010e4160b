/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "support.h"

#include <check.h>
#include <ftw.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void skip_report(const char *test, const char *why)
{
    fprintf(stderr, "SKIP: %s: %s\n", test, why);
}

void test_locale(void)
{
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        setlocale(LC_CTYPE, "en_US.UTF-8");
}

static char *path_below(const char *variable, const char *otherwise, const char *name)
{
    const char *root = getenv(variable);
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", root != NULL ? root : otherwise, name), 0);
    return path;
}

char *source_path(const char *name)
{
    return path_below("STELLWERK_SOURCE", ".", name);
}

char *build_path(const char *name)
{
    return path_below("STELLWERK_BUILD", ".", name);
}

char *shared_path(const char *name)
{
    char *path = path_below("STELLWERK_SHARED", "../shared", name);
    if (access(path, R_OK) == 0)
        return path;
    free(path);
    return NULL;
}

char *read_whole(const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "cannot open %s", path);
    size_t length = 0;
    char *text = NULL;
    FILE *copy = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(copy);
    char block[4096];
    for (size_t n; (n = fread(block, 1, sizeof(block), file)) > 0;)
        fwrite(block, 1, n, copy);
    ck_assert_msg(!ferror(file), "cannot read %s", path);
    fclose(file);
    ck_assert_int_eq(fclose(copy), 0);
    return text;
}

char *scratch_create(void)
{
    const char *root = getenv("TMPDIR");
    char *folder = NULL;
    int written = asprintf(&folder, "%s/stellwerk-XXXXXX", root != NULL ? root : "/tmp");
    ck_assert_int_gt(written, 0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    return folder;
}

static double rounds_factor(void)
{
    const char *factor = getenv("STELLWERK_ROUNDS");
    return factor != NULL ? strtod(factor, NULL) : 1;
}

size_t test_rounds(size_t usual)
{
    size_t rounds = (size_t)((double)usual * rounds_factor());
    return rounds > 0 ? rounds : 1;
}

int test_stride(void)
{
    double factor = rounds_factor();
    return factor < 1 && factor > 0 ? (int)(1 / factor) | 1 : 1;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)type;
    (void)where;
    return remove(path);
}

void scratch_remove(char *folder)
{
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    free(folder);
}
