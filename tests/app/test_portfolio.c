/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of maps on the desk: its table, from there to a map, and back. */

#include "../suites.h"
#include "../support.h"
#include "workbench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stellwerk/app/desk.h>

static struct workbench bench;
static struct desk *desk;

static void put(const char *name, const char *text)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", bench.folder, name), 0);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    ck_assert_int_eq(fclose(file), 0);
    free(path);
}

static void make_folder(const char *name)
{
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/%s", bench.folder, name), 0);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    free(path);
}

/* The session that is worked in now, settled and drawn. */
static void follow(void)
{
    bench.session = desk_session(desk);
    workbench_settle(&bench);
    workbench_draw(&bench);
}

static void answer(void)
{
    struct request request = session_take_request(bench.session);
    if (request.kind == REQUEST_OPEN)
        desk_open(desk, request.text);
    else if (request.kind == REQUEST_BACK)
        desk_back(desk);
    follow();
}

static void press(const char *keys)
{
    workbench_press(&bench, keys);
    answer();
}

static void set_up(void)
{
    workbench_make(&bench, true);
    put("another.yaml", "stellwerk: 1\ntitle: Another walk\nstages:\n  - id: s\n    touchpoints:\n"
                        "      - {id: desk, title: Desk, experience: {all: 40}}\n"
                        "      - {id: exit, title: Exit, experience: {all: 10}}\n");
    put("people.yaml", "personas:\n  ada: Ada\n"); /* a library is no map */
    put("torn.yaml", "title: [a\nstages: []\n");
    put(".hidden.yaml", "title: Nobody sees me\n");
    make_folder("town");
    put("town/hall.yml", "stellwerk: 1\ntitle: Town hall\nstages: []\n");
    struct session_options options = { .folder = bench.folder, .journals = bench.journals };
    struct error err;
    error_init(&err);
    desk = desk_create(&options, NULL, &err);
    ck_assert_msg(desk != NULL, "%s", err.text);
    follow();
}

static void tear_down(void)
{
    desk_destroy(desk);
    desk = NULL;
    char *town = NULL;
    ck_assert_int_gt(asprintf(&town, "%s/town/hall.yml", bench.folder), 0);
    remove(town);
    *strrchr(town, '/') = '\0';
    remove(town);
    free(town);
    workbench_remove(&bench);
}

/* Looks at the files until they are still, as the loop does. */
static void look(void)
{
    for (int i = 0; i < 3; i++) {
        session_tick(bench.session);
        follow();
    }
}

static bool says(const char *text)
{
    for (int row = 0; row < bench.rows; row++)
        if (strstr(workbench_row(&bench, row), text) != NULL)
            return true;
    return false;
}

static const char *row_of(const char *text)
{
    for (int row = 0; row < bench.rows; row++)
        if (strstr(workbench_row(&bench, row), text) != NULL)
            return workbench_row(&bench, row);
    ck_abort_msg("nowhere: %s", text);
}

START_TEST(maps_are_rows_and_broken_ones_too)
{
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    ck_assert(says("4 maps"));
    ck_assert(says("1 not readable"));
    ck_assert_ptr_nonnull(strstr(row_of("Another walk"), "10 Exit"));
    ck_assert_ptr_nonnull(strstr(row_of("torn.yaml"), "1: the list that opens"));
    ck_assert(says("A walk through"));
    ck_assert(says("Town hall"));
    ck_assert(!says("Nobody sees me"));
    ck_assert(!says("people.yaml"));
    ck_assert(says("The same on several maps"));
    ck_assert_ptr_nonnull(strstr(row_of("40–75"), "Desk"));
}
END_TEST

START_TEST(enter_opens_and_a_key_goes_back)
{
    press("s"); /* the lowest score first */
    ck_assert(says("the lowest score first"));
    press("Enter");
    ck_assert_int_eq(session_mode(bench.session), MODE_NORMAL);
    ck_assert(says("Another walk"));
    ck_assert(says("Backspace maps"));
    press("BS");
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    ck_assert(says("the lowest score first"));
    press("G Enter"); /* a broken one is told, and stays closed */
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    ck_assert(says("this map cannot be read: 1: the list"));
}
END_TEST

START_TEST(unsaved_edits_are_asked_about_and_seen_in_the_table)
{
    struct error err;
    error_init(&err);
    press("g Enter");
    ck_assert_msg(session_command(bench.session, "set exit.experience.all 90", &err), "%s",
                  err.text);
    press("BS");
    ck_assert_int_eq(session_mode(bench.session), MODE_LIST);
    press("Space"); /* save and leave */
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    look();
    ck_assert_ptr_nonnull(strstr(row_of("Another walk"), "40 Desk"));
}
END_TEST

START_TEST(new_maps_and_gone_ones_follow)
{
    put("new.yaml", "stellwerk: 1\ntitle: Brand new\nstages: []\n");
    char *path = NULL;
    ck_assert_int_gt(asprintf(&path, "%s/another.yaml", bench.folder), 0);
    remove(path);
    free(path);
    press("r");
    ck_assert(says("Brand new"));
    ck_assert(!says("Another walk"));
}
END_TEST

START_TEST(stores_that_are_filled_follow)
{
    bench.columns = 120; /* room for the age of the data */
    follow();
    char *before = strdup(row_of("A walk through"));
    look();
    ck_assert_str_eq(row_of("A walk through"), before);
    workbench_add_answers(&bench,
                          "response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max\n"
                          "900,2026-05-31,search,ease,experience,5,1,7\n");
    look();
    ck_assert_ptr_nonnull(strstr(row_of("A walk through"), " 1 day old"));
    ck_assert_ptr_null(strstr(before, " 1 day old"));
    remove(bench.store);
    look();
    ck_assert_ptr_null(strstr(row_of("A walk through"), " 1 day old"));
    workbench_add_answers(&bench,
                          "response_id,ts,touchpoint,metric,kind,value,scale_min,scale_max\n"
                          "901,2026-05-31,search,ease,experience,5,1,7\n");
    look();
    ck_assert_ptr_nonnull(strstr(row_of("A walk through"), " 1 day old"));
    free(before);
}
END_TEST

START_TEST(maps_and_libraries_that_change_follow)
{
    put("another.yaml", "stellwerk: 1\ntitle: Quite another walk\npersonas_from: [people.yaml]\n"
                        "stages: []\n");
    look();
    ck_assert(says("Quite another walk"));
    ck_assert(says("1 not readable"));
    put("people.yaml", "personas: [\n");
    look();
    press("Home");
    ck_assert(says("1 error, line"));
    put("people.yaml", "personas:\n  ada: Ada\n");
    look();
    ck_assert(!says("1 error, line"));
    put("town/mill.yaml", "stellwerk: 1\ntitle: The mill\nstages: []\n"); /* in a folder below */
    look();
    ck_assert(says("The mill"));
    char *mill = NULL;
    ck_assert_int_gt(asprintf(&mill, "%s/town/mill.yaml", bench.folder), 0);
    remove(mill);
    free(mill);
}
END_TEST

START_TEST(a_folder_goes_by_its_own_name)
{
    char *here = getcwd(NULL, 0), *town = NULL;
    struct error err;
    error_init(&err);
    ck_assert_int_gt(asprintf(&town, "%s/town", bench.folder), 0);
    ck_assert_int_eq(chdir(town), 0);
    desk_destroy(desk);
    desk = desk_create(&(struct session_options){ .folder = ".", .journals = bench.journals }, NULL,
                       &err);
    follow();
    ck_assert_int_eq(chdir(here), 0);
    ck_assert_ptr_nonnull(strstr(workbench_row(&bench, 0), " town "));
    free(town);
    free(here);
}
END_TEST

START_TEST(without_a_map_there_is_nothing_to_edit)
{
    static const char *const lines[] = { "new touchpoint Door", "view gaps",   "write",  "form",
                                         "set map.title X",     "persona all", "export", "undo" };
    for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
        struct error err;
        error_init(&err);
        ck_assert_msg(!session_command(bench.session, lines[i], &err), "%s", lines[i]);
        ck_assert_str_ne(err.text, "");
    }
    press("a e d X C-s Left Right PgDn Home End Tab");
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    press("? Esc C-p Esc : Esc");
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
}
END_TEST

START_TEST(shared_touchpoints_take_the_place_of_maps)
{
    press("v");
    ck_assert(says("what differs most surely first"));
    ck_assert(says("Another walk: 40"));
    press("Enter");
    ck_assert(says("v goes back to the maps"));
    press("v");
    ck_assert(says("by name of the file"));
}
END_TEST

START_TEST(a_map_alone_has_no_folder)
{
    struct error err;
    struct session_options options = { .map = bench.map, .journals = bench.journals };
    error_init(&err);
    desk_destroy(desk);
    desk = desk_create(&options, revision_read(bench.map), &err);
    follow();
    ck_assert(!says("Backspace maps"));
    ck_assert(!session_command(bench.session, "portfolio", &err));
    ck_assert_ptr_nonnull(strstr(err.text, "no folder is open"));
    ck_assert(!session_command(bench.session, "open", &err));
}
END_TEST

START_TEST(clicks_select_and_open)
{
    const struct region row = { .kind = REGION_ROW, .index = 0 };
    press("j");
    session_click(bench.session, &row);
    answer();
    ck_assert_int_eq(session_mode(bench.session), MODE_PORTFOLIO);
    session_click(bench.session, &row);
    answer();
    ck_assert_int_eq(session_mode(bench.session), MODE_NORMAL);
}
END_TEST

Suite *app_portfolio_suite(void)
{
    Suite *suite = suite_create("app_portfolio");
    TCase *tests = tcase_create("portfolio");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, maps_are_rows_and_broken_ones_too);
    tcase_add_test(tests, enter_opens_and_a_key_goes_back);
    tcase_add_test(tests, unsaved_edits_are_asked_about_and_seen_in_the_table);
    tcase_add_test(tests, new_maps_and_gone_ones_follow);
    tcase_add_test(tests, stores_that_are_filled_follow);
    tcase_add_test(tests, maps_and_libraries_that_change_follow);
    tcase_add_test(tests, a_folder_goes_by_its_own_name);
    tcase_add_test(tests, without_a_map_there_is_nothing_to_edit);
    tcase_add_test(tests, shared_touchpoints_take_the_place_of_maps);
    tcase_add_test(tests, a_map_alone_has_no_folder);
    tcase_add_test(tests, clicks_select_and_open);
    suite_add_tcase(suite, tests);
    return suite;
}
