/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/output.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/base/arena.h>
#include <stellwerk/base/file.h>
#include <stellwerk/base/i18n.h>
#include <stellwerk/model/words.h>

enum { USUAL_COLUMNS = 100, LEAST_COLUMNS = 40, MOST_COLUMNS = 1000 };

const struct words color_words = {
    .items = (const char *const[]){ "auto", "always", "never" },
    .count = 3,
};

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

static enum depth depth_of_terminal(void)
{
    const char *colors = getenv("COLORTERM"), *term = getenv("TERM");
    if (colors && (!strcmp(colors, "truecolor") || !strcmp(colors, "24bit")))
        return DEPTH_TRUE;
    if (term && strstr(term, "256"))
        return DEPTH_256;
    if (term && strstr(term, "direct"))
        return DEPTH_TRUE;
    return DEPTH_8;
}

enum depth output_depth(enum color_choice choice, FILE *stream)
{
    const char *term = getenv("TERM");
    bool dumb = !term || !*term || !strcmp(term, "dumb");
    if (choice == COLOR_NEVER)
        return DEPTH_MONO;
    if (choice == COLOR_ALWAYS)
        return dumb ? DEPTH_TRUE : depth_of_terminal();
    if (dumb || is_set("NO_COLOR") || !isatty(fileno(stream)))
        return DEPTH_MONO;
    return depth_of_terminal();
}

int output_columns(void)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS");
    int wanted = columns ? atoi(columns) : 0;
    if (wanted <= 0 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        wanted = size.ws_col;
    if (wanted <= 0)
        return USUAL_COLUMNS;
    return wanted < LEAST_COLUMNS ? LEAST_COLUMNS : wanted > MOST_COLUMNS ? MOST_COLUMNS : wanted;
}

static bool replace_file(const char *path, const struct str *text, struct error *err)
{
    struct arena arena;
    arena_init(&arena);
    char *beside = arena_printf(&arena, "%s.XXXXXX", path);
    mode_t mask = umask(0);
    umask(mask);
    int file = mkostemp(beside, O_CLOEXEC);
    bool made = file >= 0;
    bool fine =
        made && fchmod(file, 0666 & ~mask) == 0 && file_write_all(file, text->text, text->length);
    int fault = errno;
    if (made && close(file) != 0 && fine) {
        fault = errno;
        fine = false;
    }
    if (fine && rename(beside, path) != 0) {
        fault = errno;
        fine = false;
    }
    if (made && !fine)
        unlink(beside);
    arena_finish(&arena);
    return fine || error_errno(err, fault, _("cannot write '%s'"), path);
}

/* A device or a pipe is written to; nothing could take its place. */
static bool is_special(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static bool write_special(const char *path, const struct str *text, struct error *err)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return error_errno(err, errno, _("cannot write '%s'"), path);
    bool fine = file_write_all(file, text->text, text->length);
    int fault = errno;
    close(file);
    return fine || error_errno(err, fault, _("cannot write '%s'"), path);
}

bool output_write(const char *path, const struct str *text, struct error *err)
{
    if (path && strcmp(path, "-") != 0)
        return is_special(path) ? write_special(path, text, err) : replace_file(path, text, err);
    if (file_write_all(STDOUT_FILENO, text->text, text->length))
        return true;
    return error_errno(err, errno, _("cannot write to standard output"));
}
