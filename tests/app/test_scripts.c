/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Sessions driven by scripts: tests/app/scripts/NAME.txt says what is done and what is seen then.
 *
 *     # a remark
 *     > persona ada        runs a command line; what it complains of follows as "! …"
 *     key j Enter          presses keys
 *     type ber             types a text, letter by letter
 *     paste a text         pastes a text
 *     size 80x24           changes the size of the window
 *     sed this => that     somebody else changes the file
 *     reopen               the session ends without saving, as in a crash, and another begins
 *     rows 0 -2 -1         shows these rows of the frame, from below where negative
 *     frame                shows all of it
 *     state                shows what cannot be seen
 *     message              shows what is told, and what is unsaved
 *     list                 shows what the open list runs, or else says
 *     request              shows what was asked of the terminal
 *     map                  shows lines of the map that have changed since they were shown last
 *     file                 the same of the map's file
 *     cat FILE             shows all of a file
 *
 * FOLDER stands for the folder of the map. What follows as "| …" is what was seen.
 * `STELLWERK_REFRESH=1 make check` writes it anew; read the diff then.
 */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/array.h>
#include <stellwerk/base/diff.h>
#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>

static const char *const scripts[] = {
    "board", "cell", "complete", "conflict", "detail", "drag", "edit", "errors", "form", "gaps",
    "help", "lanes", "leave", "lens", "line", "metrics", "move", "palette", "personas", "promises",
    "recover",
    "reduction", "search", "settings", "silos", "sizes",
};

/* The text with one word in place of another, wherever it stands; free() it. */
static char *replaced(const char *text, const char *word, const char *by)
{
    struct str out;
    str_init(&out);
    for (const char *at; (at = strstr(text, word)) != NULL; text = at + strlen(word)) {
        str_append_bytes(&out, text, (size_t)(at - text));
        str_append(&out, by);
    }
    str_append(&out, text);
    char *copy = strdup(out.text);
    str_finish(&out);
    return copy;
}

static void do_command(struct workbench *bench, struct str *seen, const char *line)
{
    struct error err;
    error_init(&err);
    if (!session_command(bench->session, line, &err))
        str_printf(seen, "! %s\n", err.text);
}

static void do_type(struct workbench *bench, const char *text)
{
    for (; *text != '\0'; text++)
        session_key(bench->session, *text == ' ' ? "Space" : (char[2]){ *text, '\0' });
}

static void do_size(struct workbench *bench, const char *text)
{
    ck_assert_int_eq(sscanf(text, "%dx%d", &bench->columns, &bench->rows), 2);
}

/* "\\n" in the line is the end of one in the file. */
static void do_sed(struct workbench *bench, const char *line)
{
    char *text = replaced(line, "\\n", "\n");
    char *from = text, *arrow = strstr(text, " => ");
    ck_assert_msg(arrow != NULL, "what is it to become? sed this => that");
    *arrow = '\0';
    char *edited = workbench_edited(bench, from, arrow + 4);
    workbench_write(bench, bench->map, edited);
    free(edited);
    free(text);
}

static void show_row(struct workbench *bench, struct str *seen, int row)
{
    const char *text = workbench_row(bench, row);
    str_printf(seen, *text != '\0' ? "| %s\n" : "|%s\n", text);
}

static void show_rows(struct workbench *bench, struct str *seen, const char *text)
{
    for (char *end; *text != '\0'; text = end) {
        long row = strtol(text, &end, 10);
        ck_assert_ptr_ne(end, text);
        show_row(bench, seen, (int)row);
    }
}

static void show_frame(struct workbench *bench, struct str *seen)
{
    for (int row = 0; row < bench->rows; row++)
        show_row(bench, seen, row);
}

static const char *id_or_all(const char *id)
{
    return id != NULL ? id : "all";
}

static void show_state(struct workbench *bench, struct str *seen)
{
    static const char *const modes[MODE_COUNT] = {
        [MODE_NORMAL] = "normal",     [MODE_DETAIL] = "detail",   [MODE_HELP] = "help",
        [MODE_LIST] = "list",         [MODE_PALETTE] = "palette", [MODE_COMMAND] = "command",
        [MODE_SEARCH] = "search",     [MODE_CELL] = "cell",       [MODE_FORM] = "form",
        [MODE_GAPS] = "gaps",         [MODE_METRICS] = "metrics", [MODE_ROWS] = "rows",
        [MODE_PAGE] = "page",
        [MODE_PERSONAS] = "personas", [MODE_FIELD] = "field",     [MODE_DRAG] = "drag",
        [MODE_CONFLICT] = "conflict", [MODE_PATHS] = "paths",     [MODE_CASE] = "case",
        [MODE_CREDITS] = "credits",   [MODE_REDUCTION] = "reduction",
        [MODE_BOARD] = "board",
        [MODE_PROMISES] = "promises",
        [MODE_PORTFOLIO] = "portfolio",
    };
    const struct session *session = bench->session;
    const struct journey *journey = session_journey(session);
    const struct lens *lens = &session->lens;
    str_printf(seen, "| %s: %s for %s in %s, %s\n", modes[session_mode(session)],
               workbench_selected(bench),
               id_or_all(lens->persona != NONE ? journey->personas[lens->persona].id : NULL),
               id_or_all(lens->context != NONE ? journey->contexts[lens->context].id : NULL),
               locale_period(&bench->arena, lens->period));
}

static void show_message(struct workbench *bench, struct str *seen)
{
    const struct session *session = bench->session;
    const char *unsaved = session_unsaved(session, &bench->arena);
    str_printf(seen, "| %s (%s)\n", session->message[0] != '\0' ? session->message : "nothing",
               unsaved != NULL ? unsaved
               : session->live ? "live"
                               : "saved");
}

static void show_list(struct workbench *bench, struct str *seen)
{
    struct choices choices = list_choices(bench->session, &bench->arena, false);
    for (size_t i = 0; i < choices.count; i++) {
        const struct choice *choice = &choices.items[i];
        str_printf(seen, "| %s\n", choice->command != NULL ? choice->command : choice->text);
    }
}

static void show_request(struct workbench *bench, struct str *seen)
{
    struct request request = session_take_request(bench->session);
    switch (request.kind) {
    case REQUEST_NONE:
        str_append(seen, "| nothing\n");
        break;
    case REQUEST_QUIT:
        str_append(seen, "| quit\n");
        break;
    case REQUEST_SUSPEND:
        str_append(seen, "| suspend\n");
        break;
    case REQUEST_EDIT:
        str_printf(seen, "| edit %s:%u\n", request.text, request.line);
        break;
    case REQUEST_COPY:
        str_printf(seen, "| copy %s\n", request.text);
        break;
    case REQUEST_OPEN:
        str_printf(seen, "| open %s\n", request.text);
        break;
    case REQUEST_BACK:
        str_append(seen, "| back\n");
        break;
    }
}

static void show_line(struct str *seen, const char *mark, struct diff_line line)
{
    int length = (int)line.length;
    while (length > 0 && strchr("\r\n", line.text[length - 1]) != NULL)
        length--;
    str_printf(seen, "| %s%.*s\n", mark, length, line.text);
}

/* Keeps the text as the one shown last. */
static void show_changes(struct str *seen, char **shown, const char *text)
{
    struct arena scratch = { 0 };
    struct diff diff = diff_texts(&scratch, *shown, strlen(*shown), text, strlen(text));
    for (size_t i = 0; i < diff.changes.count; i++) {
        const struct diff_change *change = &diff.changes.items[i];
        if (change->kind == DIFF_GONE)
            show_line(seen, "-", diff.before.items[change->before]);
        else if (change->kind == DIFF_NEW)
            show_line(seen, "+", diff.after.items[change->after]);
    }
    if (strcmp(*shown, text) == 0)
        str_append(seen, "| as before\n");
    free(*shown);
    *shown = strdup(text);
    arena_finish(&scratch);
}

static char *shown_map, *shown_file;

static void show_map(struct workbench *bench, struct str *seen)
{
    show_changes(seen, &shown_map, bench->session->document.now->text);
}

static void show_file(struct workbench *bench, struct str *seen)
{
    char *text = read_whole(bench->map);
    show_changes(seen, &shown_file, text);
    free(text);
}

static void show_reopened(struct workbench *bench, struct str *)
{
    workbench_reopen(bench);
}

static void show_text(struct str *seen, const char *path)
{
    char *text = read_whole(path), *state = NULL;
    for (char *line = strtok_r(text, "\n", &state); line != NULL;
         line = strtok_r(NULL, "\n", &state))
        str_printf(seen, "| %s\n", line);
    free(text);
}

static const struct {
    const char *word;
    void (*perform)(struct workbench *bench, struct str *seen);
} words[] = {
    { "frame", show_frame },     { "state", show_state }, { "request", show_request },
    { "map", show_map },         { "file", show_file },   { "reopen", show_reopened },
    { "message", show_message }, { "list", show_list },
};

static void perform(struct workbench *bench, struct str *seen, const char *line)
{
    if (strncmp(line, "> ", 2) == 0)
        do_command(bench, seen, line + 2);
    else if (strncmp(line, "key ", 4) == 0)
        workbench_press(bench, line + 4);
    else if (strncmp(line, "type ", 5) == 0)
        do_type(bench, line + 5);
    else if (strncmp(line, "paste ", 6) == 0)
        session_paste(bench->session, line + 6);
    else if (strncmp(line, "size ", 5) == 0)
        do_size(bench, line + 5);
    else if (strncmp(line, "sed ", 4) == 0)
        do_sed(bench, line + 4);
    else if (strncmp(line, "cat ", 4) == 0)
        show_text(seen, line + 4);
    workbench_settle(bench);
    workbench_draw(bench);
    if (strncmp(line, "rows ", 5) == 0)
        show_rows(bench, seen, line + 5);
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (strcmp(line, words[i].word) == 0)
            words[i].perform(bench, seen);
    }
}

/* Where the map is differs from run to run. */
static void perform_in_folder(struct workbench *bench, struct str *out, const char *line)
{
    struct str seen;
    str_init(&seen);
    char *meant = replaced(line, "FOLDER", bench->folder);
    perform(bench, &seen, meant);
    char *told = replaced(seen.text, bench->folder, "FOLDER");
    str_append(out, told);
    free(told);
    free(meant);
    str_finish(&seen);
}

/* The script with what was seen in place of what was written to be seen. */
static void run_script(struct workbench *bench, struct str *out, char *script)
{
    char *next;
    for (char *line = script; *line != '\0'; line = next) {
        next = strchr(line, '\n');
        ck_assert_ptr_nonnull(next);
        *next++ = '\0';
        if (*line == '|' || *line == '!')
            continue;
        str_printf(out, "%s\n", line);
        perform_in_folder(bench, out, line);
    }
}

static void write_whole(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "cannot write %s", path);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(test_script)
{
    char *name = NULL;
    ck_assert_int_gt(asprintf(&name, "tests/app/scripts/%s.txt", scripts[_i]), 0);
    char *path = source_path(name), *script = read_whole(path), *wanted = strdup(script);
    struct workbench bench;
    struct str seen;
    str_init(&seen);
    workbench_open(&bench, true);
    shown_map = read_whole(bench.map);
    shown_file = read_whole(bench.map);
    run_script(&bench, &seen, script);
    if (getenv("STELLWERK_REFRESH") != NULL)
        write_whole(path, seen.text);
    else
        ck_assert_msg(strcmp(seen.text, wanted) == 0,
                      "%s went another way.\n--- seen\n%s--- end\n"
                      "Where that is right: STELLWERK_REFRESH=1 make check, and read the diff",
                      name, seen.text);
    workbench_close(&bench);
    str_finish(&seen);
    free(shown_map);
    free(shown_file);
    free(script);
    free(wanted);
    free(path);
    free(name);
}
END_TEST

Suite *app_scripts_suite(void)
{
    Suite *suite = suite_create("app_scripts");
    TCase *tests = tcase_create("scripts");
    tcase_add_loop_test(tests, test_script, 0, sizeof(scripts) / sizeof(*scripts));
    suite_add_tcase(suite, tests);
    return suite;
}
