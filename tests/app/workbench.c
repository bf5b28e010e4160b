/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workbench.h"

#include "../support.h"

#include <check.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/import.h>

static char *in_folder(const struct workbench *bench, const char *name)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", bench->folder, name), 0);
    return path;
}

static void write_whole(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

static void copy_map(const struct workbench *bench)
{
    char *from = source_path("tests/app/maps/walk.yaml");
    char *text = read_whole(from);
    write_whole(bench->map, text);
    free(text);
    free(from);
}

static uint64_t import_file(struct store *store, const char *path, enum import_as as)
{
    struct arena arena = { 0 };
    struct import_options options = { .as = as };
    struct import_report report;
    struct error err;
    error_init(&err);
    ck_assert_msg(store_import(&arena, store, path, &options, &report, &err), "%s", err.text);
    ck_assert_uint_eq(report.rejected, 0);
    arena_finish(&arena);
    return report.taken;
}

static struct store *create_store(const struct workbench *bench)
{
    struct store *store = NULL;
    struct error err;
    error_init(&err);
    ck_assert_msg(store_create(bench->store, &store, &err), "%s", err.text);
    return store;
}

static void build_store(const struct workbench *bench)
{
    char *answers = source_path("tests/app/maps/answers.csv");
    struct store *store = create_store(bench);
    ck_assert_uint_eq(import_file(store, answers, IMPORT_ANSWERS), 17);
    store_close(store);
    free(answers);
}

/* Rows as a text; NULL: none. */
static void import_text(const struct workbench *bench, struct store *store, const char *text,
                        enum import_as as)
{
    if (text == NULL)
        return;
    char *path = in_folder(bench, as == IMPORT_EVENTS ? "events.csv" : "answers.csv");
    write_whole(path, text);
    import_file(store, path, as);
    free(path);
}

static void make_folder(struct workbench *bench)
{
    *bench = (struct workbench){ .columns = 80, .rows = 24 };
    setenv("STELLWERK_NOW", "2026-06-01T12:00Z", 1);
    bench->folder = scratch_create();
    bench->map = in_folder(bench, "walk.yaml");
    bench->store = in_folder(bench, "walk.db");
    bench->journals = in_folder(bench, "journals");
}

void workbench_make(struct workbench *bench, bool with_store)
{
    make_folder(bench);
    copy_map(bench);
    if (with_store)
        build_store(bench);
}

void workbench_add_answers(struct workbench *bench, const char *answers)
{
    struct store *store = create_store(bench);
    import_text(bench, store, answers, IMPORT_ANSWERS);
    store_close(store);
}

static void begin(struct workbench *bench)
{
    struct session_options options = { .map = bench->map, .journals = bench->journals };
    struct error err;
    error_init(&err);
    bench->session = session_create(&options, revision_read(bench->map), &err);
    ck_assert_msg(bench->session != NULL, "%s", err.text);
    workbench_settle(bench);
    workbench_draw(bench);
}

void workbench_open(struct workbench *bench, bool with_store)
{
    workbench_make(bench, with_store);
    begin(bench);
}

void workbench_open_text(struct workbench *bench, const char *map, const char *events,
                         const char *answers)
{
    make_folder(bench);
    write_whole(bench->map, map);
    if (events != NULL || answers != NULL) {
        struct store *store = create_store(bench);
        import_text(bench, store, events, IMPORT_EVENTS);
        import_text(bench, store, answers, IMPORT_ANSWERS);
        store_close(store);
    }
    begin(bench);
}

void workbench_reopen(struct workbench *bench)
{
    session_destroy(bench->session);
    begin(bench);
}

void workbench_close(struct workbench *bench)
{
    session_destroy(bench->session);
    workbench_remove(bench);
}

void workbench_remove(struct workbench *bench)
{
    arena_finish(&bench->arena);
    free(bench->map);
    free(bench->store);
    free(bench->journals);
    scratch_remove(bench->folder);
}

void workbench_settle(struct workbench *bench)
{
    static const int patience_ms = 20000; /* far more than it takes, also under valgrind */
    while (session_busy(bench->session)) {
        struct pollfd wake = { .fd = session_wake_fd(bench->session), .events = POLLIN };
        ck_assert_msg(poll(&wake, 1, patience_ms) > 0, "the worker does not answer");
        session_collect(bench->session, 0);
    }
}

void workbench_press(struct workbench *bench, const char *keys)
{
    char *copy = strdup(keys), *state = NULL;
    for (char *key = strtok_r(copy, " ", &state); key != NULL; key = strtok_r(NULL, " ", &state)) {
        session_key(bench->session, key);
        workbench_settle(bench);
        workbench_draw(bench);
    }
    free(copy);
}

void workbench_draw(struct workbench *bench)
{
    arena_reset(&bench->arena);
    bench->frame = session_draw(bench->session, &bench->arena, bench->columns, bench->rows,
                                bench->medium);
    ck_assert_int_eq(bench->frame->columns, bench->columns);
    ck_assert_int_eq(bench->frame->rows, bench->rows);
}

const char *workbench_row(struct workbench *bench, int row)
{
    const struct scene *frame = bench->frame;
    row = row < 0 ? frame->rows + row : row;
    struct str text;
    str_init(&text);
    size_t end = 0;
    for (int column = 0; column < frame->columns; column++) {
        const struct cell *cell = &frame->cells[row * frame->columns + column];
        if (cell->bytes == 0 && cell->width > 0)
            str_append_char(&text, ' ');
        str_append_bytes(&text, cell->bytes > 0 ? cell->text : "", cell->bytes);
        if (cell->bytes > 0)
            end = text.length;
    }
    const char *copy = arena_strndup(&bench->arena, text.text, end);
    str_finish(&text);
    return copy;
}

const char *workbench_selected(const struct workbench *bench)
{
    int selected = bench->session->options.selected;
    return selected != NONE ? session_journey(bench->session)->touchpoints[selected].id : "none";
}

void workbench_write(struct workbench *bench, const char *path, const char *text)
{
    write_whole(path, text);
    for (int look = 0; look < 3; look++) { /* a change counts when the file has kept still */
        session_tick(bench->session);
        workbench_settle(bench);
    }
    workbench_draw(bench);
}

char *workbench_edited(const struct workbench *bench, const char *piece, const char *by)
{
    char *text = read_whole(bench->map), *edited = NULL;
    char *at = strstr(text, piece);
    ck_assert_msg(at != NULL, "the map has no '%s'", piece);
    const char *rest = at + strlen(piece);
    ck_assert_int_ge(asprintf(&edited, "%.*s%s%s", (int)(at - text), text, by, rest), 0);
    free(text);
    return edited;
}
