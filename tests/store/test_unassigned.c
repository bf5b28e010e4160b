/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/store/unassigned.h>

#include "store/fixture.h"
#include "support.h"

static struct fixture fixture;
static struct store *store;

static void set_up(void)
{
    fixture_init(&fixture);
    store = NULL;
    fixture_import(&fixture,
                   "ts,case_id,activity,touchpoint\n"
                   "2026-01-05T10:00:00Z,c1,Suche,\n"
                   "2026-01-06T10:00:00Z,c1,SUCHE,\n"
                   "2026-01-07T10:00:00Z,c2,suche,\n"
                   "2026-01-07T11:00:00Z,c2,suche,\n"
                   "2026-01-08T10:00:00Z,c2,Anruf,lobby\n"
                   "2026-01-09T10:00:00Z,c2,zahlen,pay\n"
                   "2026-01-09T11:00:00Z,c2,Sonst,\n",
                   NULL);
}

static void tear_down(void)
{
    store_close(store);
    fixture_finish(&fixture);
}

static const char *activities_of_search[] = { "Süche", "suche" };
static struct touchpoint touchpoints[] = {
    { .id = "search", .title = "Verbindung", .activities = { activities_of_search, 2 } },
    { .id = "pay", .title = "Bezahlen" },
};
static const struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = 2 };

/* "activity[@touchpoint] rows" of each. */
static const char *listed(const struct journey *map)
{
    struct unassigned_list list;
    const char *text = "";
    ck_assert_msg(store_unassigned(&fixture.arena, store, map, &list, &fixture.err), "%s",
                  fixture.err.text);
    uint64_t rows = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct unassigned *item = &list.items[i];
        text = arena_printf(&fixture.arena, "%s%s%s%s%s %d", text, i > 0 ? "; " : "",
                            item->activity, item->touchpoint != NULL ? "@" : "",
                            item->touchpoint != NULL ? item->touchpoint : "", (int)item->rows);
        rows += item->rows;
    }
    ck_assert_uint_eq(list.rows, rows);
    ck_assert_uint_eq(list.left_out, 0);
    return text;
}

/* From the rollups, which need no rows, and from the rows. */
START_TEST(activities_on_no_touchpoint_are_listed_by_count)
{
    struct unassigned_list list;
    fixture_change(&fixture, _i == 0 ? "DELETE FROM event" : "UPDATE derived SET version = 0");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert_str_eq(listed(NULL), "suche 2; SUCHE 1; Sonst 1; Suche 1");
    ck_assert_str_eq(listed(&journey), "suche 2; Anruf@lobby 1; SUCHE 1; Sonst 1; Suche 1");
    ck_assert(store_unassigned(&fixture.arena, store, NULL, &list, &fixture.err));
    ck_assert_int_eq(list.items[0].newest - list.items[0].oldest, INT64_C(3600000000));
}
END_TEST

START_TEST(assigning_follows_the_map)
{
    uint64_t rows;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_assign(store, &journey, &rows, &fixture.err), "%s", fixture.err.text);
    ck_assert_uint_eq(rows, 4);
    ck_assert_str_eq(listed(&journey), "Anruf@lobby 1; Sonst 1");
    ck_assert(store_assign(store, &journey, &rows, &fixture.err));
    ck_assert_uint_eq(rows, 0);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM events"
                                           " WHERE touchpoint = 'search'"),
                     "4");
}
END_TEST

START_TEST(a_reader_cannot_assign)
{
    uint64_t rows;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(!store_assign(store, &journey, &rows, &fixture.err));
    ck_assert_uint_eq(rows, 0);
}
END_TEST

/* An id goes before an activity, an activity before a title; what two share stands for neither. */
START_TEST(what_a_map_calls_things_is_ranked)
{
    static const char *first[] = { "Bezahlen", "both", "pay" };
    static const char *second[] = { "both" };
    struct touchpoint points[] = {
        { .id = "till", .title = "Kasse", .activities = { first, 3 } },
        { .id = "pay", .title = "Bezahlen", .activities = { second, 1 } },
    };
    struct journey map = { .touchpoints = points, .touchpoint_count = 2 };
    fixture_import(&fixture,
                   "ts,case_id,activity\n"
                   "2026-02-01,d,BEZAHLEN\n"
                   "2026-02-02,d,both\n"
                   "2026-02-03,d,Pay\n"
                   "2026-02-04,d,kasse\n",
                   &(struct import_options){ .journey = &map });
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT group_concat(coalesce(touchpoint, '-'), ' ')"
                                           " FROM (SELECT * FROM events WHERE case_id = 'd'"
                                           " ORDER BY ts)"),
                     "till - pay till");
}
END_TEST

Suite *store_unassigned_suite(void)
{
    Suite *suite = suite_create("store_unassigned");
    TCase *tests = tcase_create("unassigned");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_loop_test(tests, activities_on_no_touchpoint_are_listed_by_count, 0, 2);
    tcase_add_test(tests, assigning_follows_the_map);
    tcase_add_test(tests, a_reader_cannot_assign);
    tcase_add_test(tests, what_a_map_calls_things_is_ranked);
    suite_add_tcase(suite, tests);
    return suite;
}
