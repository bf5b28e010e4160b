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
 *     rows 0 -2 -1         shows these rows of the frame, from below where negative
 *     frame                shows all of it
 *     state                shows what cannot be seen
 *
 * What follows as "| …" is what was seen. `STELLWERK_REFRESH=1 make check` writes it anew; read
 * the diff then.
 */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stellwerk/base/locale.h>
#include <stellwerk/base/str.h>

static const char *const scripts[] = {
    "cell", "complete", "detail", "errors",  "form",   "help",     "lanes",
    "lens", "line",     "move",   "palette", "search", "settings", "sizes",
};

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
        [MODE_NORMAL] = "normal",   [MODE_DETAIL] = "detail", [MODE_HELP] = "help",
        [MODE_LIST] = "list",       [MODE_PALETTE] = "palette", [MODE_COMMAND] = "command",
        [MODE_SEARCH] = "search",   [MODE_CELL] = "cell",     [MODE_FORM] = "form",
        [MODE_FIELD] = "field",     [MODE_DRAG] = "drag",     [MODE_CONFLICT] = "conflict",
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
    workbench_settle(bench);
    workbench_draw(bench);
    if (strncmp(line, "rows ", 5) == 0)
        show_rows(bench, seen, line + 5);
    else if (strcmp(line, "frame") == 0)
        show_frame(bench, seen);
    else if (strcmp(line, "state") == 0)
        show_state(bench, seen);
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
        perform(bench, out, line);
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
