/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <stellwerk/cli/commands.h>

#include <stddef.h>
#include <string.h>

#include <stellwerk/base/i18n.h>
#include <stellwerk/base/sanitise.h>
#include <stellwerk/cli/diff.h>
#include <stellwerk/cli/output.h>
#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/save.h>
#include <stellwerk/mapfile/source.h>

struct edit_values {
    bool dry_run;
};

static const struct option_row rows[] = {
    { .name = "dry-run",
      .letter = 'n',
      .kind = OPTION_FLAG,
      .help = N_("Show what would change, as a diff, and change nothing"),
      .offset = offsetof(struct edit_values, dry_run) },
};

static const struct usage usage = {
    .name = "edit",
    .operands = N_("MAP OP [ARG...] [-- OP ...]"),
    .summary = N_("Change a map without touching anything else in its file."),
    .details = N_("Operations: set ADDRESS VALUE, unset ADDRESS, insert ADDRESS [VALUE] [PLACE], "
                  "delete ADDRESS, move ADDRESS PLACE, rename ADDRESS ID. Addresses are made of "
                  "ids: ticket.experience.anna, stage/booking.title, map.title. Places: first, "
                  "last, at N, before ID, after ID, into STAGE. Several operations stand apart "
                  "by --; all of them are made, or none."),
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .least = 2,
    .separated = true,
};

/* The text as it is after each operation; the first one that is refused ends it. */
static bool apply_all(struct arena *arena, const char *path, char **words, size_t count,
                      struct edited *text, struct error *err)
{
    for (size_t begin = 0; begin < count;) {
        size_t end = begin;
        while (end < count && strcmp(words[end], "--") != 0)
            end++;
        struct operation operation;
        if (!operation_parse((const char *const *)words + begin, end - begin, &operation, err) ||
            !edit_apply(arena, path, text->text, text->length, &operation, text, err))
            return false;
        begin = end + 1;
    }
    return true;
}

static bool print_diff(struct arena *arena, const char *path, const struct edited *before,
                       const struct edited *after, struct error *err)
{
    struct str diff, safe;
    str_init(&diff);
    str_init(&safe);
    const char *name = sanitise_text(arena, path, SANITISE_ONE_LINE);
    diff_append(&diff, name, before->text, before->length, after->text, after->length);
    sanitise_append(&safe, diff.text, diff.length, SANITISE_KEEP_LINES);
    bool fine = output_write(NULL, &safe, err);
    str_finish(&diff);
    str_finish(&safe);
    return fine;
}

/* What a killed save left goes; what is somebody else's stays and is told. */
static void clean(struct arena *arena, const char *path)
{
    struct error note;
    const char *kept = save_clean(arena, path);
    error_init(&note);
    if (kept == NULL)
        return;
    error_set(&note, _("another program wrote '%s' while it was saved; its text is kept in '%s'"),
              path, kept);
    error_print(&note, stderr);
}

static bool save(struct arena *arena, const char *path, const struct edited *before,
                 const struct edited *after, struct error *err)
{
    clean(arena, path);
    struct digest base = digest_bytes(before->text, before->length);
    if (digest_equal(base, digest_bytes(after->text, after->length)))
        return true;
    switch (save_text(path, base, after->text, after->length, err)) {
    case SAVE_DONE:
        return true;
    case SAVE_CHANGED:
        return error_set(err, _("'%s' was changed by another program meanwhile; nothing was saved"),
                         path);
    default:
        return false;
    }
}

static bool edit(struct arena *arena, const char *path, char **words, size_t count, bool dry_run,
                 struct error *err)
{
    struct edited before, after;
    if (!file_read(arena, path, SOURCE_MAX, &before.text, &before.length, err))
        return false;
    after = before;
    if (!apply_all(arena, path, words, count, &after, err))
        return false;
    return dry_run ? print_diff(arena, path, &before, &after, err)
                   : save(arena, path, &before, &after, err);
}

static int run(void *given, const struct operands *words)
{
    const struct edit_values *values = given;
    struct arena arena;
    struct error err;
    arena_init(&arena);
    error_init(&err);
    bool fine =
        edit(&arena, words->items[0], words->items + 1, words->count - 1, values->dry_run, &err);
    if (!fine)
        error_print(&err, stderr);
    arena_finish(&arena);
    return fine ? EXIT_FINE : EXIT_WRONG;
}

const struct subcommand command_edit = {
    .usage = &usage,
    .run = run,
    .size = sizeof(struct edit_values),
};
