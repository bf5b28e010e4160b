/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * An edit of a map in the workbench, from the command to the new frame of 80x24; what of it is the
 * edit itself, from the operation to the new text that is proved and read; and what of that is
 * reading the old text, reading the new one for the proof, and making a map of that.
 */

#include "benches.h"
#include "clock.h"
#include "figure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/app/session.h>
#include <stellwerk/base/array.h>
#include <stellwerk/base/file.h>
#include <stellwerk/mapfile/edit.h>
#include <stellwerk/mapfile/reader.h>
#include <stellwerk/mapfile/source.h>

enum { ROUNDS = 11 };

/* Adds the milliseconds of one edit and of its parts; false where the edit is refused. */
static bool time_edit(const char *path, const struct edited *old, const struct operation *operation,
                      struct series *series, struct error *err)
{
    struct arena arena = { 0 }, nodes = { 0 };
    struct diag_list findings;
    struct yaml_tree tree;
    struct journey *journey;
    struct edited new;
    double start = clock_cpu_ms();
    bool good = edit_apply(&arena, path, old->text, old->length, operation, &new, err);
    double edited = clock_cpu_ms();
    diag_list_init(&findings, &arena);
    good = good && yaml_read(&arena, &nodes, path, old->text, old->length, &tree, &findings);
    double read_old = clock_cpu_ms();
    good = good && yaml_read(&arena, &nodes, path, new.text, new.length, &tree, &findings);
    double read_new = clock_cpu_ms();
    good = good && map_read_tree(&arena, &nodes, &tree, &journey, &findings);
    double mapped = clock_cpu_ms();
    series_add(&series[0], edited - start);
    series_add(&series[1], read_old - edited);
    series_add(&series[2], read_new - read_old);
    series_add(&series[3], mapped - read_new);
    arena_finish(&nodes);
    arena_finish(&arena);
    return good;
}

/* Adds the milliseconds until an edit in the workbench is to be seen. */
static bool time_seen(struct session *session, int value, struct series *series, struct error *err)
{
    struct arena arena = { 0 };
    const char *line = arena_printf(&arena, "set touchpoint-20.experience.all %d", value);
    double start = clock_cpu_ms();
    bool good = session_command(session, line, err);
    session_draw(session, &arena, 80, 24, (struct medium){ 0 });
    series_add(series, clock_cpu_ms() - start);
    arena_finish(&arena);
    return good;
}

/* There is no place for journals: disks are not measured here. */
static bool time_session(const char *path, struct series *series, struct error *err)
{
    struct session_options options = { .map = path, .journals = "/dev/null/none" };
    struct session *session = session_create(&options, revision_read(path), err);
    if (session == NULL)
        return false;
    bool good = true;
    for (int round = 0; good && round < ROUNDS; round++)
        good = time_seen(session, 30 + round, series, err);
    session_destroy(session);
    return good;
}

static bool measure(const char *path, double limit, struct error *err)
{
    static const struct operation operation = { .verb = VERB_SET,
                                                .address = "touchpoint-20.experience.all",
                                                .value = "55" };
    struct series series[] = {
        { .program = "until it is seen" },
        { .program = "until it is proved" },
        { .program = "reading the old text" },
        { .program = "reading the new text" },
        { .program = "its map and lints" },
    };
    struct arena arena = { 0 };
    struct edited old = { 0 };
    char what[128];
    bool good = file_read(&arena, path, SOURCE_MAX, &old.text, &old.length, err);
    for (int round = 0; good && round < ROUNDS; round++)
        good = time_edit(path, &old, &operation, series + 1, err);
    good = good && time_session(path, series, err);
    snprintf(what, sizeof(what), "edit a map of %.0f kB", (double)old.length / 1000);
    if (good)
        figure_print(&(struct figure){ .suite = "edit",
                                       .what = what,
                                       .unit = "ms of processor",
                                       .series = series,
                                       .series_count = ARRAY_LEN(series),
                                       .bar = BAR_VALUE,
                                       .limit = limit });
    arena_finish(&arena);
    return good;
}

int bench_edit(int argc, char **argv)
{
    for (int i = 0; i + 1 < argc; i += 2) {
        struct error err;
        error_init(&err);
        if (!measure(argv[i], strtod(argv[i + 1], NULL), &err))
            return bench_fail("cannot edit '%s': %s", argv[i], err.text);
    }
    return EXIT_SUCCESS;
}
