/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "suites.h"

#include <string.h>

#include <stellwerk/base/str.h>
#include <stellwerk/store/unassigned.h>

#include "../../src/store/derived.h"
#include "../../src/store/rollup.h"
#include "store/fixture.h"
#include "store/shuffle.h"

static struct fixture fixture;
static struct arena arena;

static void set_up(void)
{
    fixture_init(&fixture);
    arena_init(&arena);
    shuffle_begin(7);
}

static void tear_down(void)
{
    arena_finish(&arena);
    fixture_finish(&fixture);
}

/* ---- In a store ---- */

/* All rollups as one text, without the numbers that depend on the order of arrival. */
static const char dump_sql[] =
    "WITH s AS (SELECT series.id, source || ':' || coalesce(t.text, '-') || ':' ||"
    " coalesce(a.text, m.text, '-') || ':' || coalesce(p.text, '-') || ':' ||"
    " coalesce(o.text, k.text, '-') || ':' || coalesce(c.text, '-') || ':' ||"
    " coalesce(scale_max, '-') AS name FROM series"
    " LEFT JOIN word AS t ON t.id = touchpoint LEFT JOIN word AS a ON a.id = activity"
    " LEFT JOIN word AS m ON m.id = metric LEFT JOIN word AS p ON p.id = persona"
    " LEFT JOIN word AS o ON o.id = outcome LEFT JOIN word AS k ON k.id = kind"
    " LEFT JOIN word AS c ON c.id = channel),"
    " owners (series, owner) AS (SELECT id, name FROM s UNION ALL SELECT DISTINCT series,"
    " t.text || ' group ' || (-series >> 32 & 3) || coalesce(w.text, '') FROM rollup_span"
    " JOIN word AS t ON t.id = -series >> 34 LEFT JOIN word AS w ON w.id = -series & 0xffffffff"
    " WHERE series < 0),"
    " lines AS (SELECT name || ' ' || quantity || ' ' || month || ' ' || hex(days) AS line"
    " FROM rollup JOIN s ON s.id = series"
    " UNION ALL SELECT name || ' bins ' || quantity || ' ' || month || ' ' || hex(bins)"
    " FROM rollup_bins JOIN s ON s.id = series"
    " UNION ALL SELECT owner || ' ' || unit || ' ' || quantity || ' ' || chunk || ' ' ||"
    " hex(totals) || ' ' || coalesce(hex(bins), '') FROM rollup_span"
    " LEFT JOIN rollup_span_bins USING (series, quantity, unit, chunk) JOIN owners USING (series))"
    " SELECT group_concat(line, char(10)) FROM (SELECT line FROM lines ORDER BY line)";

static const char *dump(void)
{
    return fixture_ask(&fixture, dump_sql);
}

static void rebuild(void)
{
    struct store *store;
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert(sql_run(store, "BEGIN IMMEDIATE", &fixture.err));
    ck_assert_msg(derived_refresh_all(store, true, &fixture.err), "%s", fixture.err.text);
    ck_assert(sql_run(store, "COMMIT", &fixture.err));
    store_close(store);
}

/* What stands there is what the rows say: each table says so. */
static void expect_in_order(uint64_t *stale)
{
    struct store *store;
    struct derived_verdict verdict;
    const struct derived_kind *kind;
    *stale = 0;
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    for (size_t i = 0; (kind = derived_kind(i)) != NULL; i++) {
        void *self;
        ck_assert(kind->ops->open(store, kind, &self, &fixture.err));
        ck_assert_msg(kind->ops->verify(self, &verdict, &fixture.err), "%s", fixture.err.text);
        kind->ops->close(self);
        ck_assert_msg(verdict.different == 0, "%s: %d of %d", kind->name, (int)verdict.different,
                      (int)verdict.parts);
        *stale += verdict.stale;
    }
    store_close(store);
}

/* Likewise, and making it anew changes no bit. */
static void expect_kept(void)
{
    uint64_t stale;
    const char *before = dump();
    expect_in_order(&stale);
    ck_assert_uint_eq(stale, 0);
    rebuild();
    ck_assert_str_eq(dump(), before);
}

enum { LINES = 400 };

static const char header[] =
    "event_id,ts,case_id,activity,touchpoint,persona,outcome,channel,value,cost\n";

static void write_line(struct str *out, size_t number)
{
    static const char *const touchpoints[] = { "search", "ticket", "", "platform" };
    static const char *const outcomes[] = { "solved", "open", "" };
    str_printf(out, "e%zu,2026-%02zu-%02zuT%02zu:00:%02zuZ,c%zu,step-%zu,%s,%s,%s,%s,", number,
               1 + below(3), 1 + below(28), below(24), below(60), number % 40, number % 5,
               touchpoints[below(4)], below(2) ? "anna" : "", outcomes[below(3)],
               below(2) ? "web" : "app");
    if (below(4) > 0)
        str_printf(out, "%zu.%02zu", below(300), below(100));
    str_append(out, ",");
    if (below(3) == 0)
        str_printf(out, "%zu", below(4));
    str_append(out, "\n");
}

/* The lines of a file in any order, in some portions, each imported in commits of some rows. */
static void import_portions(char *const *lines, size_t count)
{
    struct str text;
    str_init(&text);
    for (size_t first = 0, some; first < count; first += some) {
        struct import_options options = { .batch_rows = 1 + below(100) };
        some = 1 + below(count - first);
        str_clear(&text);
        str_append(&text, header);
        for (size_t i = first; i < first + some; i++)
            str_append(&text, lines[i]);
        fixture_import(&fixture, text.text, &options);
    }
    str_finish(&text);
}

static void make_lines(char **lines)
{
    struct str line;
    str_init(&line);
    for (size_t i = 0; i < LINES; i++) {
        str_clear(&line);
        write_line(&line, i);
        lines[i] = arena_strdup(&arena, line.text);
    }
    str_finish(&line);
}

START_TEST(the_order_of_arrival_leaves_no_trace)
{
    char *lines[LINES];
    make_lines(lines);
    import_portions(lines, LINES);
    const char *first = arena_strdup(&arena, dump());
    ck_assert_uint_gt(strlen(first), 1000);
    expect_kept();
    for (int round = 0; round < 3; round++) {
        fixture_finish(&fixture);
        fixture_init(&fixture);
        shuffle(lines, LINES, sizeof(lines[0]));
        import_portions(lines, LINES);
        ck_assert_str_eq(dump(), first);
        expect_kept();
    }
}
END_TEST

START_TEST(a_killed_import_leaves_rows_and_rollups_or_neither)
{
    struct str text;
    uint64_t stale;
    str_init(&text);
    str_append(&text, header);
    for (size_t i = 0; i < KILLED_RECORDS + 100; i++)
        write_line(&text, i);
    fixture_import_and_die(&fixture, text.text);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT (count(*) % 300) || ' ' ||"
                                           " (count(*) BETWEEN 1500 AND 3000) FROM event"),
                     "0 1");
    expect_in_order(&stale);
    ck_assert_uint_gt(stale, 0); /* weeks and months wait for the end of an import */
    fixture_import(&fixture, text.text, NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM event"), "3100");
    expect_kept();
    str_finish(&text);
}
END_TEST

START_TEST(rows_that_say_more_are_counted_anew)
{
    char *lines[LINES];
    make_lines(lines);
    import_portions(lines, LINES);
    fixture_import(&fixture,
                   "event_id,ts,case_id,activity,touchpoint,value\n"
                   "e1000,2026-01-05T10:00:00Z,c1,look,search,5\n"
                   "e1001,2026-02-05T10:00:00Z,c1,look,,\n"
                   "e1002,2026-02-06T10:00:00Z,c1,look,search,7\n",
                   NULL);
    const char *before = dump();
    fixture_import(&fixture,
                   "event_id,ts,case_id,activity,touchpoint,value,outcome\n"
                   "e1000,2026-01-05T10:00:00Z,c1,look,ticket,6,solved\n"
                   "e1001,2026-02-05T10:00:00Z,c1,look,ticket,3,\n",
                   NULL);
    ck_assert_str_ne(dump(), before);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM rollup_stale"), "0");
    expect_kept();
}
END_TEST

START_TEST(assigned_rows_move_with_their_touchpoint)
{
    static struct touchpoint touchpoints[] = { { .id = "look" } };
    struct journey journey = { .touchpoints = touchpoints, .touchpoint_count = 1 };
    struct store *store;
    uint64_t rows;
    fixture_import(&fixture,
                   "ts,case_id,activity,value\n"
                   "2026-01-05T10:00:00Z,c1,look,5\n"
                   "2026-01-06T10:00:00Z,c1,pay,6\n"
                   "2026-03-06T10:00:00Z,c2,look,7\n",
                   NULL);
    ck_assert(store_create(fixture.store_path, &store, &fixture.err));
    ck_assert_msg(store_assign(store, &journey, &rows, &fixture.err), "%s", fixture.err.text);
    store_close(store);
    ck_assert_uint_eq(rows, 2);
    ck_assert_ptr_nonnull(strstr(dump(), "event:look:look"));
    ck_assert_ptr_null(strstr(dump(), "event:-:look"));
    expect_kept();
}
END_TEST

START_TEST(answers_are_rolled_up_too)
{
    fixture_import(&fixture,
                   "ts,response_id,touchpoint,metric,value,scale_min,scale_max,persona\n"
                   "2026-01-05,r1,ticket,csat,4,1,5,anna\n"
                   "2026-01-05,r2,ticket,csat,5,1,5,anna\n"
                   "2026-01-06,r3,ticket,csat,2,1,5,\n"
                   "2026-01-06,r4,ticket,nps,9,,,\n",
                   NULL);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM series WHERE source = 'answer'"),
                     "3");
    expect_kept();
}
END_TEST

/* Rows that were written by someone who knows of no rollups, or before there were any. */
START_TEST(a_store_without_rollups_gets_them_with_the_next_import)
{
    fixture_import(&fixture, "ts,case_id,activity,touchpoint\n2026-01-05,c1,look,search\n", NULL);
    fixture_change(&fixture, "DELETE FROM derived; DELETE FROM rollup; DELETE FROM rollup_bins;"
                             "DELETE FROM series");
    fixture_import(&fixture, "ts,case_id,activity,touchpoint\n2026-01-06,c1,look,search\n", NULL);
    ck_assert_str_ne(dump(), "");
    expect_kept();
}
END_TEST

START_TEST(verifying_sees_what_is_wrong_with_weeks_and_months)
{
    static const char *const harms[] = {
        "DELETE FROM rollup_span WHERE unit = 1 AND quantity = 0",
        "DELETE FROM rollup_span_bins WHERE unit = 0",
        "UPDATE rollup_span SET totals = x'00' WHERE unit = 0 AND quantity = 0",
        "INSERT INTO rollup_span_bins VALUES (-1, 1, 0, 7, x'00')",
    };
    struct store *store;
    struct derived_verdict verdict;
    void *self;
    fixture_import(&fixture,
                   "ts,case_id,activity,touchpoint,value\n"
                   "2026-01-05,c1,look,search,1\n2026-02-05,c1,look,search,2\n",
                   NULL);
    fixture_change(&fixture, harms[_i]);
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(rollup_of_events.ops->open(store, &rollup_of_events, &self, &fixture.err));
    ck_assert(rollup_of_events.ops->verify(self, &verdict, &fixture.err));
    rollup_of_events.ops->close(self);
    store_close(store);
    ck_assert_uint_eq(verdict.different, 1);
    rebuild();
    expect_kept();
}
END_TEST

START_TEST(verifying_sees_what_is_wrong)
{
    struct store *store;
    struct derived_verdict verdict;
    void *self;
    fixture_import(&fixture,
                   "ts,case_id,activity,touchpoint,value\n"
                   "2026-01-05,c1,look,search,1\n2026-02-05,c1,look,search,2\n",
                   NULL);
    fixture_change(&fixture, "DELETE FROM event WHERE value = 1;"
                             "UPDATE event SET value = 3 WHERE value = 2");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(rollup_of_events.ops->open(store, &rollup_of_events, &self, &fixture.err));
    ck_assert(rollup_of_events.ops->verify(self, &verdict, &fixture.err));
    rollup_of_events.ops->close(self);
    store_close(store);
    /* January has three parts for no row; of February the value's two parts differ. Weeks and
     * months are as the days say. */
    ck_assert_uint_eq(verdict.different, 5);
    rebuild();
    expect_kept();
}
END_TEST

/* ---- Too many series ---- */

START_TEST(activities_that_are_sentences_are_folded)
{
    struct str text;
    struct store *store;
    bool ready;
    unsigned folded;
    str_init(&text);
    str_append(&text, "ts,case_id,activity,touchpoint,value\n");
    for (int i = 0; i < ROLLUP_SERIES + 100; i++)
        str_printf(&text, "2026-01-%02d,c%d,sentence %d,%s,%d\n", 1 + i % 28, i, i,
                   i % 2 ? "search" : "ticket", i % 10);
    fixture_import(&fixture, text.text, NULL);
    str_finish(&text);
    ck_assert_str_eq(fixture_ask(&fixture, "SELECT count(*) FROM series"), "2");
    ck_assert(store_open(fixture.store_path, &store, &fixture.err));
    ck_assert(rollup_is_ready(store, IMPORT_EVENTS, &ready, &folded, &fixture.err));
    store_close(store);
    ck_assert(ready);
    ck_assert_uint_eq(folded, 1u << 1);
    expect_kept();
}
END_TEST

Suite *store_rollup_suite(void)
{
    Suite *suite = suite_create("store_rollup");
    TCase *tests = tcase_create("rollup");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_order_of_arrival_leaves_no_trace);
    tcase_add_test(tests, a_killed_import_leaves_rows_and_rollups_or_neither);
    tcase_add_test(tests, rows_that_say_more_are_counted_anew);
    tcase_add_test(tests, assigned_rows_move_with_their_touchpoint);
    tcase_add_test(tests, answers_are_rolled_up_too);
    tcase_add_test(tests, a_store_without_rollups_gets_them_with_the_next_import);
    tcase_add_test(tests, verifying_sees_what_is_wrong);
    tcase_add_loop_test(tests, verifying_sees_what_is_wrong_with_weeks_and_months, 0, 4);
    tcase_add_test(tests, activities_that_are_sentences_are_folded);
    suite_add_tcase(suite, tests);
    return suite;
}
